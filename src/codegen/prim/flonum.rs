//! Flonums: self-tagged or boxed words, and arithmetic on raw doubles.
//!
//! Arithmetic is raw as soon as one operand is known to be a flonum ([`super::super::types`]). The other operand, if
//! unknown, is untagged if it is self-tagged, loaded if it is a box, converted if it is a fixnum; for all else, and for an exact 0, which
//! is special in addition and division, the primitive is called. The result is raw too, unless the primitive's answer may be complex.
//! Where neither operand is known, see `fixnum`.

use super::super::call::Path;
use super::super::function::{Double, Emitter, Int, Operand};
use super::super::types::Known;
use super::super::{CodegenError, Res, types};
use super::{Use, Ways};
use crate::closure::ir::Atom;
use crate::source::Origin;
use inkwell::basic_block::BasicBlock;
use inkwell::{FloatPredicate, IntPredicate};
use kestrel_runtime::Ctx;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;
use std::mem::offset_of;

/// Integers below this magnitude are doubles exactly.
const EXACT_LIMIT: i64 = 1 << 53;

fn comparison(prim: Prim) -> Option<FloatPredicate> {
    Some(match prim {
        Prim::NumEq | Prim::IsZero => FloatPredicate::OEQ,
        Prim::Lt | Prim::IsNegative => FloatPredicate::OLT,
        Prim::Gt | Prim::IsPositive => FloatPredicate::OGT,
        Prim::Le => FloatPredicate::OLE,
        Prim::Ge => FloatPredicate::OGE,
        _ => return None,
    })
}

fn all_raw(numbers: &[Number<'_>]) -> bool {
    numbers.iter().all(|n| matches!(n, Number::Double(_)))
}

/// Whether the primitive compares numbers.
pub(super) fn compares(prim: Prim) -> bool {
    comparison(prim).is_some()
}

/// Offset in the context of the thunk that does the primitive on two self-tagged flonums, and calls its function on anything else.
pub(super) fn thunk(prim: Prim) -> Option<usize> {
    Some(match prim {
        Prim::Add => offset_of!(Ctx, thunks.add),
        Prim::Sub => offset_of!(Ctx, thunks.sub),
        Prim::Mul => offset_of!(Ctx, thunks.mul),
        Prim::Div => offset_of!(Ctx, thunks.div),
        Prim::NumEq => offset_of!(Ctx, thunks.num_eq),
        Prim::Lt => offset_of!(Ctx, thunks.lt),
        Prim::Gt => offset_of!(Ctx, thunks.gt),
        Prim::Le => offset_of!(Ctx, thunks.le),
        Prim::Ge => offset_of!(Ctx, thunks.ge),
        _ => return None,
    })
}

fn converts(prim: Prim) -> bool {
    matches!(prim, Prim::Inexact | Prim::ExactToInexact)
}

/// An operand of an operation on doubles.
#[derive(Clone, Copy)]
enum Number<'c> {
    Double(Double<'c>),
    Unknown(Int<'c>),
}

impl<'c> Emitter<'_, 'c, '_> {
    /// Whether a word is a self-tagged flonum.
    fn is_self_tagged(&mut self, word: Int<'c>) -> Res<Int<'c>> {
        self.has_bits(word, FLONUM_MASK, TAG_FLONUM)
    }

    /// The word of a double.
    pub(in super::super) fn make_flonum(&mut self, double: Double<'c>) -> Res<Int<'c>> {
        let (other, zero, box_it, done) = (self.block(), self.block(), self.block(), self.block());
        let word = self.self_tag(double)?;
        let fits = self.is_self_tagged(word)?;
        let fast_end = self.here()?;
        self.expect(fits, done, other)?;
        self.at(other);
        let bits = self.double_to_bits(double)?;
        let is_zero = self.is(bits, 0)?;
        self.branch(is_zero, zero, box_it)?;
        self.at(zero);
        let zero_word = self.ctx_word(offset_of!(Ctx, flonum_zero))?;
        self.goto(done)?;
        self.at(box_it);
        let make = self.ctx_word(offset_of!(Ctx, thunks.make_flonum))?;
        let boxed = self.c_call(make, &[self.regs.ctx, bits], Path::Cold)?;
        self.goto(done)?;
        self.at(done);
        self.phi(&[(word, fast_end), (zero_word, zero), (boxed, box_it)])
    }

    /// The double of a word that is a flonum.
    pub(in super::super) fn flonum_value(&mut self, word: Int<'c>) -> Res<Double<'c>> {
        let (boxed, done) = (self.block(), self.block());
        let fast = self.self_untag(word)?;
        let fits = self.is_self_tagged(word)?;
        let fast_end = self.here()?;
        self.expect(fits, done, boxed)?;
        self.at(boxed);
        let slow = self.unbox(word)?;
        self.goto(done)?;
        self.at(done);
        self.double_phi(&[(fast, fast_end), (slow, boxed)])
    }

    fn unbox(&mut self, word: Int<'c>) -> Res<Double<'c>> {
        let bits = self.load(word, OBJECT_PAYLOAD as i64 - TAG_OBJECT as i64)?;
        self.bits_to_double(bits)
    }

    fn double_phi(&mut self, incoming: &[(Double<'c>, BasicBlock<'c>)]) -> Res<Double<'c>> {
        let phi = self.b().build_phi(self.unit.double, "")?;
        incoming.iter().for_each(|(v, b)| phi.add_incoming(&[(v, *b)]));
        Ok(phi.as_basic_value().into_float_value())
    }

    fn literal(&self, x: f64) -> Double<'c> {
        self.unit.double.const_float(x)
    }

    /// The operands, if one is known to be a flonum or the primitive makes one of any number.
    fn numbers(&mut self, prim: Prim, args: &[Atom]) -> Res<Option<Vec<Number<'c>>>> {
        let mut known = converts(prim);
        let mut numbers = Vec::with_capacity(2);
        for &a in args {
            numbers.push(match types::constant(a) {
                Some(x) => Number::Double(self.literal(x)),
                None => match self.operand(a)? {
                    Operand::Double(d) => Number::Double(d),
                    Operand::Tagged(w) => Number::Unknown(w),
                },
            });
            known |= matches!(numbers.last(), Some(Number::Double(_)));
        }
        // A literal fixnum beside a double: converted here, so that nothing is left to check.
        for (number, &a) in numbers.iter_mut().zip(args) {
            if let Atom::Const(v) = a
                && let Some(n) = v.as_fixnum()
                && (n != 0 || comparison(prim).is_some())
                && n.abs() < EXACT_LIMIT
            {
                *number = Number::Double(self.literal(n as f64));
            }
        }
        Ok(known.then_some(numbers))
    }

    /// An operand as a double; goes to `slow` if it is none of the kinds that are converted inline.
    fn double_of(&mut self, number: Number<'c>, prim: Prim, slow: BasicBlock<'c>) -> Res<Double<'c>> {
        let word = match number {
            Number::Double(d) => return Ok(d),
            Number::Unknown(word) => word,
        };
        let [tagged, other, fixnum, object, boxed, done] = [(); 6].map(|()| self.block());
        let is_tagged = self.is_self_tagged(word)?;
        self.expect(is_tagged, tagged, other)?;
        self.at(tagged);
        let from_tag = self.self_untag(word)?;
        self.goto(done)?;
        self.at(other);
        let is_fixnum = self.has_tag(word, TAG_FIXNUM)?;
        self.branch(is_fixnum, fixnum, object)?;
        self.at(fixnum);
        let n = self.b().build_right_shift(word, self.imm(FIXNUM_SHIFT as u64), true, "")?;
        if comparison(prim).is_some() {
            let above = self.offset(n, EXACT_LIMIT)?;
            let exact = self.compare(IntPredicate::ULT, above, self.imm(2 * EXACT_LIMIT as u64))?;
            self.require(exact, slow)?;
        } else if !converts(prim) && prim != Prim::Mul {
            let ordinary = self.compare(IntPredicate::NE, n, self.imm(0))?;
            self.require(ordinary, slow)?;
        }
        let from_fixnum = self.b().build_signed_int_to_float(n, self.unit.double, "")?;
        let fixnum_end = self.here()?;
        self.goto(done)?;
        self.at(object);
        let ways = Ways { then: boxed, otherwise: slow };
        self.has_type(word, ObjectType::Flonum, ways)?;
        self.at(boxed);
        let from_box = self.unbox(word)?;
        self.goto(done)?;
        self.at(done);
        self.double_phi(&[(from_tag, tagged), (from_fixnum, fixnum_end), (from_box, boxed)])
    }

    /// Raw arithmetic, where the operands allow it.
    pub(super) fn flonum(&mut self, prim: Prim, args: &[Atom], origin: Origin) -> Res<Option<Operand<'c>>> {
        use Prim::*;
        match (prim, args.len()) {
            (Add | Sub | Mul | Div, 2) | (Negate | Abs | Square | Sqrt | Inexact | ExactToInexact, 1) => {}
            _ => return Ok(None),
        }
        let Some(numbers) = self.numbers(prim, args)? else { return Ok(None) };
        let slow = self.block();
        let mut doubles = Vec::with_capacity(2);
        for &n in &numbers {
            doubles.push(self.double_of(n, prim, slow)?);
        }
        let b = self.b();
        let fast = match (prim, doubles.as_slice()) {
            (Add, &[x, y]) => b.build_float_add(x, y, "")?,
            (Sub, &[x, y]) => b.build_float_sub(x, y, "")?,
            (Mul, &[x, y]) => b.build_float_mul(x, y, "")?,
            (Div, &[x, y]) => b.build_float_div(x, y, "")?,
            (Negate, &[x]) => b.build_float_neg(x, "")?,
            (Square, &[x]) => b.build_float_mul(x, x, "")?,
            (Abs, &[x]) => self.double_intrinsic("llvm.fabs", x)?,
            (Sqrt, &[x]) if self.facts.answer(prim, args) >= Known::Flonum => self.double_intrinsic("llvm.sqrt", x)?,
            (Sqrt, &[x]) => {
                let real = b.build_float_compare(FloatPredicate::UGE, x, self.literal(0.0), "")?;
                self.require(real, slow)?;
                self.double_intrinsic("llvm.sqrt", x)?
            }
            (Inexact | ExactToInexact, &[x]) => x,
            _ => return Err(CodegenError(format!("{} is not raw", prim.info().name))),
        };
        let real = self.facts.answer(prim, args) >= Known::Flonum;
        let fast_end = self.here()?;
        if all_raw(&numbers) && real {
            self.at(slow);
            self.b().build_unreachable()?;
            self.at(fast_end);
            return Ok(Some(Operand::Double(fast)));
        }
        let done = self.block();
        if !real {
            let fast_word = self.make_flonum(fast)?;
            let fast_end = self.here()?;
            self.goto(done)?;
            self.at(slow);
            let words = self.words(&numbers)?;
            let slow_word = self.call_prim(Use { prim, args: &words, origin }, Path::Cold)?;
            let slow_end = self.here()?;
            self.goto(done)?;
            self.at(done);
            return Ok(Some(Operand::Tagged(self.phi(&[(fast_word, fast_end), (slow_word, slow_end)])?)));
        }
        self.goto(done)?;
        self.at(slow);
        let words = self.words(&numbers)?;
        let answer = self.call_prim(Use { prim, args: &words, origin }, Path::Cold)?;
        let slow_double = self.flonum_value(answer)?;
        let slow_end = self.here()?;
        self.goto(done)?;
        self.at(done);
        Ok(Some(Operand::Double(self.double_phi(&[(fast, fast_end), (slow_double, slow_end)])?)))
    }

    /// A branch on a raw comparison, where the operands allow it.
    pub(super) fn flonum_branch(&mut self, prim: Prim, args: &[Atom], origin: Origin, ways: Ways<'c>) -> Res<bool> {
        let (Some(by), 1..=2) = (comparison(prim), args.len()) else { return Ok(false) };
        let Some(numbers) = self.numbers(prim, args)? else { return Ok(false) };
        let slow = self.block();
        let mut doubles = Vec::with_capacity(2);
        for &n in &numbers {
            doubles.push(self.double_of(n, prim, slow)?);
        }
        doubles.resize(2, self.literal(0.0));
        let test = self.b().build_float_compare(by, doubles[0], doubles[1], "")?;
        self.branch(test, ways.then, ways.otherwise)?;
        self.at(slow);
        if all_raw(&numbers) {
            self.b().build_unreachable()?;
            return Ok(true);
        }
        let words = self.words(&numbers)?;
        let slow = self.here()?;
        self.branch_slow(Use { prim, args: &words, origin }, slow, ways)?;
        Ok(true)
    }

    fn words(&mut self, numbers: &[Number<'c>]) -> Res<Vec<Int<'c>>> {
        let mut words = Vec::with_capacity(numbers.len());
        for &n in numbers {
            words.push(match n {
                Number::Unknown(word) => word,
                Number::Double(d) => self.make_flonum(d)?,
            });
        }
        Ok(words)
    }

    fn double_intrinsic(&mut self, name: &'static str, x: Double<'c>) -> Res<Double<'c>> {
        let intrinsic = self.unit.intrinsic(name)?;
        let call = self.b().build_direct_call(intrinsic, &[x.into()], "")?;
        call.try_as_basic_value().basic().map(|v| v.into_float_value()).ok_or_else(|| CodegenError("no result".into()))
    }
}
