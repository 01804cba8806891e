//! Pairs and short lists.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::Use;
use inkwell::IntPredicate;
use kestrel_runtime::Ctx;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;
use std::mem::offset_of;

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn pair(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        Ok(Some(match (it.prim, it.args) {
            (Prim::Cons, &[a, d]) => self.cons(a, d)?,
            (Prim::Car, _) => self.pair_path(it, &[PAIR_CAR])?,
            (Prim::Cdr, _) => self.pair_path(it, &[PAIR_CDR])?,
            (Prim::Caar, _) => self.pair_path(it, &[PAIR_CAR, PAIR_CAR])?,
            (Prim::Cadr, _) => self.pair_path(it, &[PAIR_CDR, PAIR_CAR])?,
            (Prim::Cdar, _) => self.pair_path(it, &[PAIR_CAR, PAIR_CDR])?,
            (Prim::Cddr, _) => self.pair_path(it, &[PAIR_CDR, PAIR_CDR])?,
            (Prim::SetCar, &[p, x]) => self.set_pair(it, p, PAIR_CAR, x)?,
            (Prim::SetCdr, &[p, x]) => self.set_pair(it, p, PAIR_CDR, x)?,
            (Prim::List, elements) if super::super::heap::is_inline(it.prim, elements.len()) => {
                let mut list = self.imm(IMM_NULL);
                for &x in elements.iter().rev() {
                    list = self.cons(x, list)?;
                }
                list
            }
            _ => return Ok(None),
        }))
    }

    /// Follows fields, checking for a pair before each.
    fn pair_path(&mut self, it: Use<'_, 'c>, path: &[usize]) -> Res<Int<'c>> {
        let bad = self.failing(it)?;
        let mut at = it.args[0];
        for &offset in path {
            let is_pair = self.has_tag(at, TAG_PAIR)?;
            self.require(is_pair, bad)?;
            at = self.load(at, offset as i64 - TAG_PAIR as i64)?;
        }
        Ok(at)
    }

    fn set_pair(&mut self, it: Use<'_, 'c>, p: Int<'c>, offset: usize, x: Int<'c>) -> Res<Int<'c>> {
        let bad = self.failing(it)?;
        let is_pair = self.has_tag(p, TAG_PAIR)?;
        self.require(is_pair, bad)?;
        let base = self.ctx_word(offset_of!(Ctx, static_base))?;
        let distance = self.b().build_int_sub(p, base, "")?;
        let mutable = self.compare(IntPredicate::UGE, distance, self.imm(STATIC_BYTES as u64))?;
        self.require(mutable, bad)?;
        self.store_field(p, offset as i64 - TAG_PAIR as i64, x)
    }
}
