//! Primitives: what is inline, and calling the rest through `ctx.prims`.
//!
//! An inline path and its slow path have the same meaning: the slow path *is* the primitive, on the same arguments. Where the
//! inline checks fail only when the primitive raises, the cold block does not come back.
//!
//! Each file knows the primitives of its kind by a function that answers `None` (or `false`) for all others.

use super::call::Path;
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
mod char;
mod fixnum;
mod flonum;
mod pair;
mod predicate;
mod record;
mod string;
mod vector;

/// A primitive with its arguments as words, and where it stands.
#[derive(Clone, Copy)]
struct Use<'a, 'c> {
    prim: Prim,
    args: &'a [Int<'c>],
    origin: Origin,
}

/// The two ways on from a predicate.
#[derive(Clone, Copy)]
struct Ways<'c> {
    then: BasicBlock<'c>,
    otherwise: BasicBlock<'c>,
}

impl<'c> Emitter<'_, 'c, '_> {
    /// A primitive applied for its value.
    pub(super) fn prim(&mut self, prim: Prim, args: &[Atom], origin: Origin) -> Res<Operand<'c>> {
        if self.cold && prim.fixed_args().is_some() {
            return Ok(Operand::Tagged(self.cold_prim(prim, args, origin)?));
        }
        if let Some(value) = self.flonum(prim, args, origin)? {
            return Ok(value);
        }
        if flonum::compares(prim) {
            let answer =
                self.value_of_branch(|e, ways| e.prim_branch(prim, args, origin, ways.then, ways.otherwise))?;
            return Ok(Operand::Tagged(answer));
        }
        let args = self.all_tagged(args)?;
        let it = Use { prim, args: &args, origin };
        Ok(Operand::Tagged(self.prim_value(it)?))
    }

    /// A primitive where it hardly ever runs: nothing inline.
    fn cold_prim(&mut self, prim: Prim, args: &[Atom], origin: Origin) -> Res<Int<'c>> {
        let args = self.all_tagged(args)?;
        self.call_prim(Use { prim, args: &args, origin }, Path::Cold)
    }

    fn prim_value(&mut self, it: Use<'_, 'c>) -> Res<Int<'c>> {
        if let Some(test) = self.simple_test(it)? {
            return self.boolean(test);
        }
        if predicate::is_branching(it.prim) {
            return self.value_of_branch(|e, ways| e.branching(it, ways));
        }
        let families = [Self::pair, Self::fixnum, Self::vector, Self::cell, Self::char, Self::string, Self::record];
        for family in families {
            if let Some(value) = family(self, it)? {
                return Ok(value);
            }
        }
        let path = if flonum::thunk(it.prim).is_some() { Path::Cold } else { Path::Usual };
        self.call_prim(it, path)
    }

    /// `#t` or `#f`, as `branch` decides.
    fn value_of_branch(&mut self, branch: impl FnOnce(&mut Self, Ways<'c>) -> Res<()>) -> Res<Int<'c>> {
        let ways = Ways { then: self.block(), otherwise: self.block() };
        let done = self.block();
        branch(self, ways)?;
        for block in [ways.then, ways.otherwise] {
            self.at(block);
            self.goto(done)?;
        }
        self.at(done);
        self.phi(&[(self.imm(IMM_TRUE), ways.then), (self.imm(IMM_FALSE), ways.otherwise)])
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
        let ways = Ways { then, otherwise };
        if self.cold
            && prim.fixed_args().is_some()
            && !matches!(prim, Prim::True | Prim::Eq | Prim::IsNull | Prim::IsPair)
        {
            let answer = self.cold_prim(prim, args, origin)?;
            let test = self.is(answer, IMM_TRUE)?;
            return self.branch(test, then, otherwise);
        }
        if self.flonum_branch(prim, args, origin, ways)? {
            return Ok(());
        }
        let args = self.all_tagged(args)?;
        let it = Use { prim, args: &args, origin };
        if predicate::is_branching(prim) {
            return self.branching(it, ways);
        }
        let test = match self.simple_test(it)? {
            Some(test) => test,
            None => {
                let answer = self.call_prim(it, Path::Usual)?;
                self.compare(IntPredicate::NE, answer, self.imm(IMM_FALSE))?
            }
        };
        self.branch(test, then, otherwise)
    }

    /// Calls the primitive; goes on with its answer, or raises.
    fn call_prim(&mut self, it: Use<'_, 'c>, path: Path) -> Res<Int<'c>> {
        let answer = self.apply_prim(it, path)?;
        if it.prim.info().effects.contains(Effects::RAISE) {
            let fine = self.compare(IntPredicate::NE, answer, self.imm(IMM_RAISED))?;
            let go_on = self.block();
            self.raise_unless(fine, go_on, it.origin)?;
            self.at(go_on);
        }
        Ok(answer)
    }

    /// A cold block that calls a primitive known to raise on these arguments.
    fn failing(&mut self, it: Use<'_, 'c>) -> Res<BasicBlock<'c>> {
        let here = self.here()?;
        let bad = self.block();
        self.at(bad);
        self.apply_prim(it, Path::Cold)?;
        self.raise(it.origin)?;
        self.at(here);
        Ok(bad)
    }

    /// Ends the fast path with its result, fills `slow` with a call of the primitive, and goes on with either.
    fn join_slow(&mut self, fast: Int<'c>, it: Use<'_, 'c>, slow: BasicBlock<'c>) -> Res<Int<'c>> {
        let done = self.block();
        let fast_end = self.here()?;
        self.goto(done)?;
        self.at(slow);
        let answer = self.call_prim(it, Path::Cold)?;
        let slow_end = self.here()?;
        self.goto(done)?;
        self.at(done);
        self.phi(&[(fast, fast_end), (answer, slow_end)])
    }

    /// Fills `slow` with a branch on what the primitive answers.
    fn branch_slow(&mut self, it: Use<'_, 'c>, slow: BasicBlock<'c>, ways: Ways<'c>) -> Res<()> {
        self.at(slow);
        let answer = self.call_prim(it, Path::Cold)?;
        let test = self.is(answer, IMM_TRUE)?;
        self.branch(test, ways.then, ways.otherwise)
    }

    fn apply_prim(&mut self, it: Use<'_, 'c>, path: Path) -> Res<Int<'c>> {
        let Use { prim, args, .. } = it;
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
        match flonum::thunk(prim) {
            Some(thunk) if path == Path::Cold => self.c_call(function, &passed, Path::Via(thunk)),
            _ => self.c_call(function, &passed, path),
        }
    }
}
