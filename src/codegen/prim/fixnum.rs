//! Fixnum arithmetic and comparison, on tagged words.

use super::super::function::{Emitter, Int};
use super::super::{CodegenError, Res};
use crate::source::Origin;
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

fn predicate(prim: Prim) -> Option<IntPredicate> {
    Some(match prim {
        Prim::NumEq => IntPredicate::EQ,
        Prim::Lt => IntPredicate::SLT,
        Prim::Gt => IntPredicate::SGT,
        Prim::Le => IntPredicate::SLE,
        Prim::Ge => IntPredicate::SGE,
        _ => return None,
    })
}

/// Whether the primitive compares two numbers.
pub(super) fn is_comparison(prim: Prim) -> bool {
    predicate(prim).is_some()
}

impl<'c> Emitter<'_, 'c, '_> {
    /// Whether all of these are fixnums; literals are not tested.
    pub(super) fn are_fixnums(&mut self, words: &[Int<'c>]) -> Res<Option<Int<'c>>> {
        let mut merged: Option<Int<'c>> = None;
        for &w in words {
            if w.get_zero_extended_constant().is_some_and(|bits| bits & TAG_MASK == TAG_FIXNUM) {
                continue;
            }
            merged = Some(match merged {
                None => w,
                Some(m) if m == w => m,
                Some(m) => self.b().build_or(m, w, "")?,
            });
        }
        merged.map(|w| self.has_tag(w, TAG_FIXNUM)).transpose()
    }

    /// Goes on if these are fixnums, else to `other`.
    fn require_fixnums(&mut self, words: &[Int<'c>], other: BasicBlock<'c>) -> Res<()> {
        match self.are_fixnums(words)? {
            Some(test) => self.require(test, other),
            None => Ok(()),
        }
    }

    /// `name` is an intrinsic `{i64, i1}`; goes on with the result, or to `overflow`.
    fn checked(&mut self, name: &'static str, a: Int<'c>, b: Int<'c>, overflow: BasicBlock<'c>) -> Res<Int<'c>> {
        let intrinsic = self.unit.intrinsic(name)?;
        let call = self.b().build_direct_call(intrinsic, &[a.into(), b.into()], "")?;
        let pair = call.try_as_basic_value().basic().map(|v| v.into_struct_value());
        let pair = pair.ok_or_else(|| CodegenError("no result".into()))?;
        let result = self.b().build_extract_value(pair, 0, "")?.into_int_value();
        let overflows = self.b().build_extract_value(pair, 1, "")?.into_int_value();
        let fits = self.b().build_not(overflows, "")?;
        self.require(fits, overflow)?;
        Ok(result)
    }

    /// `+`, `-` or `*` of two numbers.
    pub(super) fn fixnum_arithmetic(&mut self, prim: Prim, a: Int<'c>, b: Int<'c>, origin: Origin) -> Res<Int<'c>> {
        let (slow, done) = (self.block(), self.block());
        self.require_fixnums(&[a, b], slow)?;
        let fast = match prim {
            Prim::Add => self.checked("llvm.sadd.with.overflow", a, b, slow)?,
            Prim::Sub => self.checked("llvm.ssub.with.overflow", a, b, slow)?,
            _ => {
                let plain = self.b().build_right_shift(a, self.imm(FIXNUM_SHIFT as u64), true, "")?;
                self.checked("llvm.smul.with.overflow", plain, b, slow)?
            }
        };
        self.join_slow(fast, prim, &[a, b], origin, slow, done)
    }

    /// `(- a)`
    pub(super) fn fixnum_negate(&mut self, a: Int<'c>, origin: Origin) -> Res<Int<'c>> {
        let (slow, done) = (self.block(), self.block());
        self.require_fixnums(&[a], slow)?;
        let fast = self.checked("llvm.ssub.with.overflow", self.imm(0), a, slow)?;
        self.join_slow(fast, Prim::Negate, &[a], origin, slow, done)
    }

    /// Ends the fast path with its result, and fills `slow` with a call of the primitive.
    pub(super) fn join_slow(
        &mut self,
        fast: Int<'c>,
        prim: Prim,
        args: &[Int<'c>],
        origin: Origin,
        slow: BasicBlock<'c>,
        done: BasicBlock<'c>,
    ) -> Res<Int<'c>> {
        let fast_end = self.here()?;
        self.goto(done)?;
        self.at(slow);
        let answer = self.call_prim(prim, args, origin)?;
        let slow_end = self.here()?;
        self.goto(done)?;
        self.at(done);
        self.phi(&[(fast, fast_end), (answer, slow_end)])
    }

    /// A branch on a comparison of two numbers.
    pub(super) fn fixnum_comparison(
        &mut self,
        prim: Prim,
        a: Int<'c>,
        b: Int<'c>,
        origin: Origin,
        then: BasicBlock<'c>,
        otherwise: BasicBlock<'c>,
    ) -> Res<()> {
        let predicate = predicate(prim).ok_or_else(|| CodegenError("not a comparison".into()))?;
        let slow = self.block();
        let both = self.are_fixnums(&[a, b])?;
        if let Some(test) = both {
            self.require(test, slow)?;
        }
        let test = self.compare(predicate, a, b)?;
        self.branch(test, then, otherwise)?;
        self.at(slow);
        if both.is_none() {
            self.b().build_unreachable()?;
            return Ok(());
        }
        let answer = self.call_prim(prim, &[a, b], origin)?;
        let test = self.is(answer, IMM_TRUE)?;
        self.branch(test, then, otherwise)
    }
}
