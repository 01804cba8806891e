//! Cells of assigned variables and of globals. Global cells lie in the static area and need no barrier, but a `%global` primitive may also be
//! applied to the cell of a local variable that could be used before its definition.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::Use;
use inkwell::IntPredicate;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

const CONTENT: i64 = CELL_VALUE as i64 - TAG_OBJECT as i64;

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn cell(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        Ok(Some(match (it.prim, it.args) {
            (Prim::MakeCell, &[a]) => self.make_cell(a, self.imm(IMM_FALSE))?,
            (Prim::MakeVariable, &[name]) => self.make_cell(self.imm(IMM_UNBOUND), name)?,
            (Prim::CellRef, &[c]) => self.load(c, CONTENT)?,
            (Prim::CellSet | Prim::GlobalDefine, &[c, v]) => self.store_field(c, CONTENT, v)?,
            (Prim::GlobalRef, &[c]) => {
                let content = self.load(c, CONTENT)?;
                self.require_bound(it, content)?;
                content
            }
            (Prim::GlobalSet, &[c, v]) => {
                let content = self.load(c, CONTENT)?;
                self.require_bound(it, content)?;
                self.store_field(c, CONTENT, v)?
            }
            _ => return Ok(None),
        }))
    }

    fn require_bound(&mut self, it: Use<'_, 'c>, content: Int<'c>) -> Res<()> {
        let bad = self.failing(it)?;
        let bound = self.compare(IntPredicate::NE, content, self.imm(IMM_UNBOUND))?;
        self.require(bound, bad)
    }
}
