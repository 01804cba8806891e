//! Fixnum arithmetic and comparison, on tagged words.

use super::super::function::{Emitter, Int};
use super::super::{CodegenError, Res};
use super::{Use, Ways};
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

/// The comparison of words that compares fixnums; for one argument, with 0.
pub(super) fn comparison(prim: Prim) -> Option<IntPredicate> {
    Some(match prim {
        Prim::NumEq | Prim::IsZero => IntPredicate::EQ,
        Prim::Lt | Prim::IsNegative => IntPredicate::SLT,
        Prim::Gt | Prim::IsPositive => IntPredicate::SGT,
        Prim::Le => IntPredicate::SLE,
        Prim::Ge => IntPredicate::SGE,
        _ => return None,
    })
}

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn fixnum(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        use Prim::*;
        let slow = match (it.prim, it.args.len()) {
            (Add | Sub | Mul | Max | Min | BitwiseAnd | BitwiseIor | BitwiseXor, 2) => self.block(),
            (Quotient | TruncateQuotient | Remainder | TruncateRemainder | Modulo | FloorRemainder, 2) => self.block(),
            (Negate | Abs | BitwiseNot, 1) => self.block(),
            (ArithmeticShift, 2) if shift_amount(it.args[1]).is_some() => self.block(),
            _ => return Ok(None),
        };
        if let Some(test) = self.are_fixnums(it.args)? {
            self.require(test, slow)?;
        }
        let result = match (it.prim, it.args) {
            (Add, &[a, b]) => self.checked("llvm.sadd.with.overflow", a, b, slow)?,
            (Sub, &[a, b]) => self.checked("llvm.ssub.with.overflow", a, b, slow)?,
            (Mul, &[a, b]) => {
                // Untag a literal, if there is one: it disappears into the multiplication.
                let (a, b) = if b.is_const() { (b, a) } else { (a, b) };
                let plain = self.b().build_right_shift(a, self.imm(FIXNUM_SHIFT as u64), true, "")?;
                self.checked("llvm.smul.with.overflow", plain, b, slow)?
            }
            (Negate, &[a]) => self.checked("llvm.ssub.with.overflow", self.imm(0), a, slow)?,
            (Abs, &[a]) => {
                let negated = self.checked("llvm.ssub.with.overflow", self.imm(0), a, slow)?;
                self.select(IntPredicate::SLT, (a, self.imm(0)), (negated, a))?
            }
            (Max, &[a, b]) => self.select(IntPredicate::SGT, (a, b), (a, b))?,
            (Min, &[a, b]) => self.select(IntPredicate::SLT, (a, b), (a, b))?,
            (BitwiseAnd, &[a, b]) => self.b().build_and(a, b, "")?,
            (BitwiseIor, &[a, b]) => self.b().build_or(a, b, "")?,
            (BitwiseXor, &[a, b]) => self.b().build_xor(a, b, "")?,
            (BitwiseNot, &[a]) => self.b().build_xor(a, self.imm(!TAG_MASK), "")?,
            (ArithmeticShift, &[a, by]) => self.shift(a, shift_amount(by).unwrap_or(0), slow)?,
            (_, &[a, b]) => self.division(it.prim, a, b, slow)?,
            _ => return Err(CodegenError(format!("{} is not of fixnums", it.prim.info().name))),
        };
        Ok(Some(self.join_slow(result, it, slow)?))
    }

    /// Whether all of these are fixnums; literals that are need no test.
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

    fn select(&mut self, by: IntPredicate, (a, b): (Int<'c>, Int<'c>), (yes, no): (Int<'c>, Int<'c>)) -> Res<Int<'c>> {
        let test = self.compare(by, a, b)?;
        Ok(self.b().build_select(test, yes, no, "")?.into_int_value())
    }

    /// Quotients and remainders; a divisor of 0 or -1 is slow.
    fn division(&mut self, prim: Prim, a: Int<'c>, b: Int<'c>, slow: BasicBlock<'c>) -> Res<Int<'c>> {
        let above = self.offset(b, 1 << FIXNUM_SHIFT)?;
        let ordinary = self.compare(IntPredicate::UGT, above, self.imm(1 << FIXNUM_SHIFT))?;
        self.require(ordinary, slow)?;
        if matches!(prim, Prim::Quotient | Prim::TruncateQuotient) {
            let plain = self.b().build_int_signed_div(a, b, "")?;
            return Ok(self.b().build_left_shift(plain, self.imm(FIXNUM_SHIFT as u64), "")?);
        }
        let remainder = self.b().build_int_signed_rem(a, b, "")?;
        if matches!(prim, Prim::Remainder | Prim::TruncateRemainder) {
            return Ok(remainder);
        }
        let other_sign = self.b().build_xor(remainder, b, "")?;
        let other_sign = self.compare(IntPredicate::SLT, other_sign, self.imm(0))?;
        let some = self.compare(IntPredicate::NE, remainder, self.imm(0))?;
        let adjust = self.b().build_and(other_sign, some, "")?;
        let adjusted = self.b().build_int_add(remainder, b, "")?;
        Ok(self.b().build_select(adjust, adjusted, remainder, "")?.into_int_value())
    }

    fn shift(&mut self, a: Int<'c>, by: i64, slow: BasicBlock<'c>) -> Res<Int<'c>> {
        if by < 0 {
            let shifted = self.b().build_right_shift(a, self.imm(by.unsigned_abs()), true, "")?;
            return Ok(self.b().build_and(shifted, self.imm(!TAG_MASK), "")?);
        }
        let shifted = self.b().build_left_shift(a, self.imm(by as u64), "")?;
        let back = self.b().build_right_shift(shifted, self.imm(by as u64), true, "")?;
        let fits = self.compare(IntPredicate::EQ, back, a)?;
        self.require(fits, slow)?;
        Ok(shifted)
    }

    /// A branch on a comparison of two numbers, or of one with 0.
    pub(super) fn number_comparison(&mut self, it: Use<'_, 'c>, by: IntPredicate, ways: Ways<'c>) -> Res<()> {
        let (a, b) = match *it.args {
            [a, b] => (a, b),
            [a] => (a, self.imm(0)),
            _ => return Err(CodegenError(format!("{} arguments compared", it.args.len()))),
        };
        let both = self.are_fixnums(&[a, b])?;
        let slow = both.map(|test| (test, self.block()));
        if let Some((test, slow)) = slow {
            self.require(test, slow)?;
        }
        let test = self.compare(by, a, b)?;
        self.branch(test, ways.then, ways.otherwise)?;
        match slow {
            Some((_, slow)) => self.branch_slow(it, slow, ways),
            None => Ok(()),
        }
    }
}

/// A literal amount to shift by that keeps within a word.
fn shift_amount(by: Int<'_>) -> Option<i64> {
    let bits = by.get_sign_extended_constant().filter(|&bits| bits as u64 & TAG_MASK == TAG_FIXNUM)?;
    Some(bits >> FIXNUM_SHIFT).filter(|n| (-63..=60).contains(n))
}
