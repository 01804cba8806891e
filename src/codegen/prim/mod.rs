//! Primitives: what is inline, and calling the rest through `ctx.prims`.
//!
//! An inline path and its slow path have the same meaning: the slow path *is* the primitive, on the same arguments. Where the
//! inline checks fail only when the primitive raises, the cold block does not come back.

use super::function::{Emitter, Int, Operand};
use super::{CodegenError, Res};
use crate::closure::ir::Atom;
use crate::source::Origin;
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::{Effects, Prim};
use kestrel_runtime::{Ctx, Value};
use std::mem::offset_of;

mod cell;
mod fixnum;
mod flonum;
mod pair;
mod predicate;

impl<'c> Emitter<'_, 'c, '_> {
    /// A primitive applied for its value.
    pub(super) fn prim(&mut self, prim: Prim, args: &[Atom], origin: Origin) -> Res<Operand<'c>> {
        if predicate::is_simple(prim) {
            let args = self.all_tagged(args)?;
            let test = self.simple_test(prim, &args)?;
            return Ok(Operand::Tagged(self.boolean(test)?));
        }
        if fixnum::is_comparison(prim) || predicate::is_compound(prim) {
            let (yes, no, done) = (self.block(), self.block(), self.block());
            self.prim_branch(prim, args, origin, yes, no)?;
            for block in [yes, no] {
                self.at(block);
                self.goto(done)?;
            }
            self.at(done);
            return Ok(Operand::Tagged(self.phi(&[(self.imm(IMM_TRUE), yes), (self.imm(IMM_FALSE), no)])?));
        }
        let words = self.all_tagged(args)?;
        Ok(Operand::Tagged(match (prim, words.as_slice()) {
            (Prim::Cons, &[a, d]) => self.cons(a, d)?,
            (Prim::Car, &[p]) => self.pair_field(prim, p, PAIR_CAR, origin)?,
            (Prim::Cdr, &[p]) => self.pair_field(prim, p, PAIR_CDR, origin)?,
            (Prim::Add | Prim::Sub | Prim::Mul, &[a, b]) => self.fixnum_arithmetic(prim, a, b, origin)?,
            (Prim::Negate, &[a]) => self.fixnum_negate(a, origin)?,
            (Prim::MakeCell, &[a]) => self.make_cell(a)?,
            (Prim::CellRef, &[c]) => self.cell_ref(c)?,
            (Prim::GlobalRef, &[c]) => self.global_ref(c, origin)?,
            (Prim::GlobalSet, &[c, v]) => self.global_set(c, v, origin)?,
            (Prim::GlobalDefine, &[c, v]) => self.global_define(c, v)?,
            _ => self.call_prim(prim, &words, origin)?,
        }))
    }

    /// A branch on a primitive that answers a boolean.
    pub(super) fn prim_branch(
        &mut self,
        prim: Prim,
        args: &[Atom],
        origin: Origin,
        then: BasicBlock<'c>,
        otherwise: BasicBlock<'c>,
    ) -> Res<()> {
        let words = self.all_tagged(args)?;
        if predicate::is_simple(prim) {
            let test = self.simple_test(prim, &words)?;
            return self.branch(test, then, otherwise);
        }
        if let (true, &[a, b]) = (fixnum::is_comparison(prim), words.as_slice()) {
            return self.fixnum_comparison(prim, a, b, origin, then, otherwise);
        }
        let answer = self.call_prim(prim, &words, origin)?;
        let test = self.compare(IntPredicate::NE, answer, self.imm(IMM_FALSE))?;
        self.branch(test, then, otherwise)
    }

    /// Calls the primitive; goes on with its answer, or raises.
    pub(super) fn call_prim(&mut self, prim: Prim, args: &[Int<'c>], origin: Origin) -> Res<Int<'c>> {
        let answer = self.apply_prim(prim, args)?;
        if prim.info().effects.contains(Effects::RAISE) {
            let fine = self.compare(IntPredicate::NE, answer, self.imm(IMM_RAISED))?;
            let go_on = self.block();
            self.raise_unless(fine, go_on, origin)?;
            self.at(go_on);
        }
        Ok(answer)
    }

    /// Ends the block by calling a primitive that is known to raise on these arguments.
    pub(super) fn fail_prim(&mut self, prim: Prim, args: &[Int<'c>], origin: Origin) -> Res<()> {
        self.apply_prim(prim, args)?;
        self.raise(origin)
    }

    fn apply_prim(&mut self, prim: Prim, args: &[Int<'c>]) -> Res<Int<'c>> {
        let function = self.ctx_word(offset_of!(Ctx, prims) + prim as usize * WORD)?;
        let mut passed = vec![self.regs.ctx];
        match prim.fixed_args() {
            Some(n) if args.len() <= n => {
                passed.extend_from_slice(args);
                passed.resize(n + 1, self.imm(Value::ABSENT.0));
            }
            Some(n) => {
                return Err(CodegenError(format!("{} takes {n} arguments, not {}", prim.info().name, args.len())));
            }
            None => {
                for (i, &a) in args.iter().enumerate() {
                    self.store(self.sp, (i * WORD) as i64, a)?;
                }
                passed.extend([self.sp, self.imm(args.len() as u64)]);
            }
        }
        self.c_call(function, &passed)
    }
}
