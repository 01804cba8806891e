//! Data as read: an arena, so that circular data (datum labels) and deep nesting are ordinary.

use crate::arena::IndexVec;
use crate::define_index;
use crate::source::Span;
use kestrel_runtime::Value;

define_index!(
    /// A datum.
    DatumId, "d"
);

/// A datum and where it was read.
#[derive(Clone, Debug)]
pub struct Datum {
    /// Content.
    pub kind: DatumKind,
    /// Position.
    pub span: Span,
}

/// Content of a datum.
#[derive(Clone, Debug)]
pub enum DatumKind {
    /// Booleans, characters, symbols, fixnums, `()`.
    Immediate(Value),
    /// Any other number: its text, checked and with its radix and exactness prefix, as `number::parse` takes it.
    Number(Box<str>),
    /// A string.
    String(Box<str>),
    /// A bytevector.
    Bytevector(Box<[u8]>),
    /// A pair.
    Pair(DatumId, DatumId),
    /// A vector.
    Vector(Box<[DatumId]>),
}

/// An arena of data.
pub type Data = IndexVec<DatumId, Datum>;
