//! Cells of assigned local variables and of globals. Global cells lie in the static area and are always roots: no barrier.

use super::super::Res;
use super::super::function::{Emitter, Int};
use crate::source::Origin;
use inkwell::IntPredicate;
use kestrel_runtime::Value;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

const CONTENT: i64 = CELL_VALUE as i64 - TAG_OBJECT as i64;

impl<'c> Emitter<'_, 'c, '_> {
    /// `(%cell-ref c)`
    pub(super) fn cell_ref(&mut self, c: Int<'c>) -> Res<Int<'c>> {
        self.load(c, CONTENT)
    }

    /// `(%global-ref c)`
    pub(super) fn global_ref(&mut self, c: Int<'c>, origin: Origin) -> Res<Int<'c>> {
        let value = self.load(c, CONTENT)?;
        self.require_bound(Prim::GlobalRef, value, &[c], origin)?;
        Ok(value)
    }

    /// `(%global-set! c v)`
    pub(super) fn global_set(&mut self, c: Int<'c>, v: Int<'c>, origin: Origin) -> Res<Int<'c>> {
        let old = self.load(c, CONTENT)?;
        self.require_bound(Prim::GlobalSet, old, &[c, v], origin)?;
        self.global_define(c, v)
    }

    /// `(%global-define! c v)`
    pub(super) fn global_define(&mut self, c: Int<'c>, v: Int<'c>) -> Res<Int<'c>> {
        self.store(c, CONTENT, v)?;
        Ok(self.imm(Value::UNSPECIFIED.0))
    }

    fn require_bound(&mut self, prim: Prim, content: Int<'c>, args: &[Int<'c>], origin: Origin) -> Res<()> {
        let bad = self.block();
        let bound = self.compare(IntPredicate::NE, content, self.imm(IMM_UNBOUND))?;
        self.require(bound, bad)?;
        let good = self.here()?;
        self.at(bad);
        self.fail_prim(prim, args, origin)?;
        self.at(good);
        Ok(())
    }
}
