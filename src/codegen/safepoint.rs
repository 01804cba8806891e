//! Where compiled code may stop: entry checks, loop checks; and raising.

use super::call::Path;
use super::function::{Emitter, Hp, Int, Operand};
use super::shape::Shape;
use super::{CodegenError, Res};
use crate::closure::ir::*;
use crate::source::Origin;
use inkwell::IntPredicate;
use kestrel_runtime::Ctx;
use kestrel_runtime::layout::WORD;
use std::mem::offset_of;

impl<'c> Emitter<'_, 'c, '_> {
    /// A word of the context.
    pub(super) fn ctx_word(&mut self, offset: usize) -> Res<Int<'c>> {
        self.load(self.regs.ctx, offset as i64)
    }
    /// Writes a word of the context.
    pub(super) fn set_ctx_word(&mut self, offset: usize, word: Int<'c>) -> Res<()> {
        self.store(self.regs.ctx, offset as i64, word)
    }
    /// The address of the function that is being built.
    fn own_address(&self) -> Int<'c> {
        self.function.as_global_value().as_pointer_value().const_to_int(self.unit.word)
    }

    /// The check at a code's entry, before anything else happens: room for what it allocates, and for what it pushes. A code that does
    /// neither but goes on to another still polls, so that every cycle does; a return point need not, since what it returns to is finite.
    pub(super) fn entry_check(&mut self, shape: &Shape) -> Res<()> {
        let is_return = matches!(self.code.kind, CodeKind::Return { .. });
        let reserve = shape.reserve[shape.order[0]];
        let polls = shape.calls && !shape.pushes && !is_return;
        let heap = if reserve > 0 || polls {
            let end = self.offset(self.regs.hp, reserve as i64)?;
            let limit = self.ctx_word(offset_of!(Ctx, hp_limit))?;
            Some(self.compare(IntPredicate::ULE, end, limit)?)
        } else {
            None
        };
        let stack = if shape.pushes && (!is_return || shape.stack_extra > 0) {
            let end = self.offset(self.regs.sp, shape.stack_extra as i64)?;
            let limit = self.ctx_word(offset_of!(Ctx, stack_limit))?;
            Some(self.compare(IntPredicate::ULE, end, limit)?)
        } else {
            None
        };
        if heap.is_none() && stack.is_none() {
            return Ok(());
        }
        let cold = self.block();
        for test in [heap, stack].into_iter().flatten() {
            self.require(test, cold)?;
        }
        let start = self.here()?;
        self.at(cold);
        let own = self.own_address();
        self.set_ctx_word(offset_of!(Ctx, regs.pc), own)?;
        let safepoint = self.ctx_word(offset_of!(Ctx, thunks.safepoint))?;
        self.jump_unchanged(safepoint)?;
        self.at(start);
        Ok(())
    }

    /// The check at a loop header: `live` variables are saved above `sp` and reloaded around the call of the runtime.
    pub(super) fn loop_check(&mut self, reserve: usize, live: &[Var]) -> Res<()> {
        let hp = self.hp()?;
        let end = self.offset(hp, reserve as i64)?;
        let limit = self.ctx_word(offset_of!(Ctx, hp_limit))?;
        let fits = self.compare(IntPredicate::ULE, end, limit)?;
        let (go, cold) = (self.block(), self.block());
        self.expect(fits, go, cold)?;
        self.at(cold);
        let live: Vec<Var> = live.iter().copied().filter(|&v| self.repr[v] == Repr::Tagged).collect();
        for (i, &v) in live.iter().enumerate() {
            let word = self.tagged(Atom::Var(v))?;
            self.store(self.sp, (i * WORD) as i64, word)?;
        }
        let end = self.offset(self.sp, (live.len() * WORD) as i64)?;
        let safepoint = self.ctx_word(offset_of!(Ctx, thunks.loop_safepoint))?;
        let stop = self.c_call(safepoint, &[self.regs.ctx, self.sp, end, hp], Path::Cold)?;
        for (i, &v) in live.iter().enumerate() {
            let word = self.load(self.sp, (i * WORD) as i64)?;
            self.bind(v, Operand::Tagged(word))?;
        }
        let hp = self.ctx_word(offset_of!(Ctx, regs.hp))?;
        let Hp::Slot(slot) = self.hp else { return Err(CodegenError("a loop without hp slot".into())) };
        self.b().build_store(slot, hp)?;
        let go_on = self.compare(IntPredicate::EQ, stop, self.imm(0))?;
        self.raise_unless(go_on, go, self.code.origin)?;
        self.at(go);
        Ok(())
    }

    /// Branches to `go` if `test` holds, else raises what `ctx.condition` holds, at `origin`.
    pub(super) fn raise_unless(
        &mut self,
        test: Int<'c>,
        go: inkwell::basic_block::BasicBlock<'c>,
        origin: Origin,
    ) -> Res<()> {
        let raise = self.raise_edge(origin)?;
        self.expect(test, go, raise)
    }

    /// Raises what `ctx.condition` holds, at `origin`.
    pub(super) fn raise(&mut self, origin: Origin) -> Res<()> {
        let raise = self.raise_edge(origin)?;
        self.goto(raise)
    }

    /// The function's raising block, told that the current block goes there with `origin`.
    fn raise_edge(&mut self, origin: Origin) -> Res<inkwell::basic_block::BasicBlock<'c>> {
        let here = self.here()?;
        let (block, phi) = match self.raise {
            Some(it) => it,
            None => {
                let block = self.block();
                self.at(block);
                let phi = self.b().build_phi(self.unit.word, "")?;
                self.at(here);
                *self.raise.insert((block, phi))
            }
        };
        let site = self.unit.site(origin);
        phi.add_incoming(&[(&self.imm(site as u64), here)]);
        Ok(block)
    }

    /// Fills the raising block, if there is one.
    pub(super) fn finish_raise(&mut self) -> Res<()> {
        let Some((block, phi)) = self.raise else { return Ok(()) };
        self.at(block);
        self.set_raise_site(phi.as_basic_value().into_int_value())?;
        let raise = self.ctx_word(offset_of!(Ctx, thunks.raise))?;
        self.jump_bare(raise)
    }

    /// Says where an error that a thunk will raise comes from.
    pub(super) fn set_raise_site(&mut self, site: Int<'c>) -> Res<()> {
        let own = self.own_address();
        self.set_ctx_word(offset_of!(Ctx, raise_code), own)?;
        self.set_ctx_word(offset_of!(Ctx, raise_site), site)
    }
}
