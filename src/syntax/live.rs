//! Living data to syntax: what `eval` is given, and what transformers answer.
//!
//! ```text
//! (list 'f '(a b) r)   =>   text:      0 (1 . 2)   1 f   2 (3 . 4)  …
//!                           originals: 0 the pair         2 the pair  …
//! ```
//!
//! The text is a copy of the structure, made once, with sharing and cycles as they are; each datum keeps the object that it was made
//! from, so that what is quoted, or stands for itself, is that very object. The objects are the elements of one vector in the heap
//! that is a root as long as the text is there. No recursion.

use crate::arena::IndexVec;
use crate::reader::datum::{Data, Datum, DatumId, DatumKind};
use crate::source::{FileId, Span};
use kestrel_runtime::heap::Handle;
use kestrel_runtime::layout::{OBJECT_PAYLOAD, ObjectType, WORD};
use kestrel_runtime::number;
use kestrel_runtime::object::Str;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;

/// A living datum as a text.
pub struct Live {
    /// Its structure.
    pub data: Data,
    /// The whole.
    pub root: DatumId,
    /// A vector: for each datum the object that it was made from, or `Value::ABSENT` if the datum says it all.
    pub originals: Handle,
}

/// Where what a program made stands.
pub(super) const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

/// Takes a value apart. Nothing is collected meanwhile.
pub fn read(ctx: &mut Ctx, value: Value) -> Live {
    let mut walk = Walk { data: Data::new(), originals: IndexVec::new(), seen: FxHashMap::default(), work: Vec::new() };
    let root = walk.datum(ctx, value);
    while let Some((value, id)) = walk.work.pop() {
        walk.data[id].kind = if value.is_pair() {
            let (car, cdr) = (ctx.car(value), ctx.cdr(value));
            DatumKind::Pair(walk.datum(ctx, car), walk.datum(ctx, cdr))
        } else {
            let element = |i: usize| ctx.field(value, OBJECT_PAYLOAD + i * WORD);
            DatumKind::Vector((0..value.object_length()).map(|i| walk.datum(ctx, element(i))).collect())
        };
    }
    let originals: Vec<Value> = walk.originals.iter().copied().collect();
    let originals = ctx.vector_from(&originals).value();
    Live { data: walk.data, root, originals: ctx.root(originals) }
}

struct Walk {
    data: Data,
    originals: IndexVec<DatumId, Value>,
    /// Pairs and vectors that were met.
    seen: FxHashMap<Value, DatumId>,
    /// Those whose parts are still to be taken apart.
    work: Vec<(Value, DatumId)>,
}

impl Walk {
    fn datum(&mut self, ctx: &Ctx, value: Value) -> DatumId {
        if let Some(&known) = self.seen.get(&value) {
            return known;
        }
        let has_parts = value.is_pair() || value.is_a(ObjectType::Vector);
        let kind = if has_parts { DatumKind::Immediate(Value::NULL) } else { atom(ctx, value) };
        let says_all = matches!(kind, DatumKind::Immediate(v) if v == value);
        self.originals.push(if says_all { Value::ABSENT } else { value });
        let id = self.data.push(Datum { kind, span: NOWHERE });
        if has_parts {
            self.seen.insert(value, id);
            self.work.push((value, id));
        }
        id
    }
}

/// What the expander sees of a value without parts: text where that matters (strings to include files by, numbers in patterns).
fn atom(ctx: &Ctx, value: Value) -> DatumKind {
    if let Some(string) = Str::of(value) {
        DatumKind::String(string.to_rust(ctx).into())
    } else if !value.is_fixnum() && number::is_number(value) {
        DatumKind::Number(kestrel_runtime::print::to_string(ctx, value, kestrel_runtime::print::Mode::Write).into())
    } else if value.is_pointer() {
        DatumKind::Immediate(Value::UNSPECIFIED)
    } else {
        DatumKind::Immediate(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kestrel_runtime::control::Options;
    use kestrel_runtime::symbol;

    #[test]
    fn sharing_and_cycles_are_kept() {
        let mut ctx = Ctx::new(Options::default());
        let shared = ctx.list(&[Value::TRUE]);
        let ring = ctx.cons(shared, Value::NULL);
        ctx.set_cdr(ring, ring);
        let all = ctx.list(&[ring, shared, symbol::intern("x")]);
        let live = read(&mut ctx, all);
        // Three pairs of the list, the ring, the shared pair, and #t, x and twice ().
        assert_eq!(live.data.len(), 3 + 1 + 1 + 1 + 1 + 2);
        let original = |id: DatumId| ctx.field(live.originals.get(), OBJECT_PAYLOAD + id.0 as usize * WORD);
        assert_eq!(original(live.root), all);
        let DatumKind::Pair(first, _) = live.data[live.root].kind else { panic!("a pair") };
        assert_eq!(original(first), ring);
        assert!(matches!(live.data[first].kind, DatumKind::Pair(a, d) if d == first && original(a) == shared));
    }
}
