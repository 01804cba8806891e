//! Characters.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::{Use, Ways};
use inkwell::IntPredicate;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

/// The comparison of words that compares characters.
pub(super) fn comparison(prim: Prim) -> Option<IntPredicate> {
    Some(match prim {
        Prim::CharEq => IntPredicate::EQ,
        Prim::CharLt => IntPredicate::ULT,
        Prim::CharGt => IntPredicate::UGT,
        Prim::CharLe => IntPredicate::ULE,
        Prim::CharGe => IntPredicate::UGE,
        _ => return None,
    })
}

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn char(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        let (Prim::CharToInteger, &[c]) = (it.prim, it.args) else { return Ok(None) };
        let bad = self.failing(it)?;
        let is_char = self.has_bits(c, IMM_KIND_MASK, IMM_CHAR)?;
        self.require(is_char, bad)?;
        let code = self.b().build_right_shift(c, self.imm(IMM_KIND_BITS as u64), false, "")?;
        Ok(Some(self.shift_left(code, FIXNUM_SHIFT)?))
    }

    pub(super) fn char_comparison(&mut self, it: Use<'_, 'c>, by: IntPredicate, ways: Ways<'c>) -> Res<()> {
        let bad = self.failing(it)?;
        for &c in it.args {
            let known = c.get_zero_extended_constant().is_some_and(|bits| bits & IMM_KIND_MASK == IMM_CHAR);
            if !known {
                let is_char = self.has_bits(c, IMM_KIND_MASK, IMM_CHAR)?;
                self.require(is_char, bad)?;
            }
        }
        let test = self.compare(by, it.args[0], it.args[1])?;
        self.branch(test, ways.then, ways.otherwise)
    }
}
