//! Predicates that are one test of a word.

use super::super::function::{Emitter, Int};
use super::super::{CodegenError, Res};
use inkwell::IntPredicate;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

/// Whether [`Emitter::simple_test`] knows the primitive.
pub(super) fn is_simple(prim: Prim) -> bool {
    matches!(prim, Prim::True | Prim::Not | Prim::Eq | Prim::IsPair | Prim::IsNull)
}

/// Whether the primitive is a predicate whose branch is better than its value.
pub(super) fn is_compound(_prim: Prim) -> bool {
    false
}

impl<'c> Emitter<'_, 'c, '_> {
    /// A predicate without effects as one bit.
    pub(super) fn simple_test(&mut self, prim: Prim, args: &[Int<'c>]) -> Res<Int<'c>> {
        match (prim, args) {
            (Prim::True, &[a]) => self.compare(IntPredicate::NE, a, self.imm(IMM_FALSE)),
            (Prim::Not, &[a]) => self.is(a, IMM_FALSE),
            (Prim::Eq, &[a, b]) => self.compare(IntPredicate::EQ, a, b),
            (Prim::IsPair, &[a]) => self.has_tag(a, TAG_PAIR),
            (Prim::IsNull, &[a]) => self.is(a, IMM_NULL),
            _ => Err(CodegenError(format!("{} is not a simple test", prim.info().name))),
        }
    }
}
