//! Typed views of heap objects.
//!
//! A view (`Str`, `Vector`, `Record`, …) is a [`Value`] whose type has been checked: `Str::of(v)` answers `None` for anything else. Views are plain
//! words like values, right only until the next collection. Slices into an object borrow the [`Ctx`], so that nothing allocates
//! or mutates while they are in use; kernels that copy between objects are methods here, on addresses.
//!
//! Invariant: a `Value` with a pointer tag is the address of a live object. All `unsafe` of this folder rests on it, and on layout.rs.

use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

pub mod equal;
pub mod hash;
pub mod list;
pub mod slots;
pub mod string;
pub mod syntax;
pub mod table;
pub mod vector;

pub use equal::{equal, eqv};
pub use list::{ListBuilder, Pairs};
pub use slots::*;
pub use string::{Str, Text};
pub use syntax::Syntax;
pub use table::{HashTable, TableKind};
pub use vector::{Bytevector, Vector};

/// Most elements, and most bytes, of an object: what a header's length field can say.
pub const MAX_LENGTH: usize = (1 << (64 - HEADER_LENGTH_SHIFT)) - 1;

impl Value {
    /// The header word of an object with a header.
    #[inline]
    pub fn header(self) -> Option<u64> {
        // SAFETY: the tag says that the word is the address of an object with a header.
        self.is_object().then(|| unsafe { *(self.address() as *const u64) })
    }
    /// Whether this is an object of type `kind`.
    #[inline]
    pub fn is_a(self, kind: ObjectType) -> bool {
        self.header().is_some_and(|h| (h >> HEADER_TYPE_SHIFT) as u8 == kind as u8)
    }
    /// The number of an object's type (an [`ObjectType`] as `u8`); `None` for values without header.
    #[inline]
    pub fn object_type(self) -> Option<u8> {
        self.header().map(|h| (h >> HEADER_TYPE_SHIFT) as u8)
    }
    /// Whether the header says that this object must not be changed.
    #[inline]
    pub fn is_immutable(self) -> bool {
        self.header().is_some_and(|h| h & HEADER_IMMUTABLE != 0)
    }
    /// The length field of a value known to have a header; 0 for others.
    #[inline]
    pub fn object_length(self) -> usize {
        self.header().map_or(0, |h| (h >> HEADER_LENGTH_SHIFT) as usize)
    }
    /// Marks an object immutable (strings of symbols, literals).
    pub fn make_immutable(self) {
        if let Some(h) = self.header() {
            // SAFETY: as for `header`; only one thread runs Scheme code.
            unsafe { *(self.address() as *mut u64) = h | HEADER_IMMUTABLE };
        }
    }
}

/// Declares a view type over one object type.
macro_rules! view {
    ($(#[$m:meta])* $name:ident) => {
        $(#[$m])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name(pub(super) $crate::Value);
        impl $name {
            /// The view, if the value is of this type.
            #[inline]
            pub fn of(v: $crate::Value) -> Option<$name> {
                v.is_a($crate::layout::ObjectType::$name).then_some($name(v))
            }
            /// The value.
            #[inline]
            pub fn value(self) -> $crate::Value {
                self.0
            }
        }
    };
}
pub(crate) use view;

impl Ctx {
    /// A fresh object whose payload is these values.
    pub fn alloc_values(&mut self, kind: ObjectType, values: &[Value]) -> Value {
        let object = self.alloc_object(header(kind, values.len()), values.len() * WORD);
        for (i, &v) in values.iter().enumerate() {
            self.init_field(object, OBJECT_PAYLOAD + i * WORD, v);
        }
        object
    }
}
