//! Tags: tests, and the way between words and raw doubles.

use super::Res;
use super::function::{Double, Emitter, Int, Operand};
use inkwell::IntPredicate;
use kestrel_runtime::layout::*;

impl<'c> Emitter<'_, 'c, '_> {
    /// `word & mask == bits`
    pub(super) fn has_bits(&mut self, word: Int<'c>, mask: u64, bits: u64) -> Res<Int<'c>> {
        let low = self.b().build_and(word, self.imm(mask), "")?;
        self.compare(IntPredicate::EQ, low, self.imm(bits))
    }
    /// Whether a word has a tag.
    pub(super) fn has_tag(&mut self, word: Int<'c>, tag: u64) -> Res<Int<'c>> {
        self.has_bits(word, TAG_MASK, tag)
    }
    /// Whether a word is exactly this.
    pub(super) fn is(&mut self, word: Int<'c>, bits: u64) -> Res<Int<'c>> {
        self.compare(IntPredicate::EQ, word, self.imm(bits))
    }
    /// `#t` or `#f`.
    pub(super) fn boolean(&mut self, test: Int<'c>) -> Res<Int<'c>> {
        Ok(self.b().build_select(test, self.imm(IMM_TRUE), self.imm(IMM_FALSE), "")?.into_int_value())
    }

    /// The double whose bits a word holds.
    pub(super) fn bits_to_double(&mut self, word: Int<'c>) -> Res<Double<'c>> {
        Ok(self.b().build_bit_cast(word, self.unit.double, "")?.into_float_value())
    }
    /// The bits of a double.
    pub(super) fn double_to_bits(&mut self, double: Double<'c>) -> Res<Int<'c>> {
        Ok(self.b().build_bit_cast(double, self.unit.word, "")?.into_int_value())
    }

    /// The word that self-tags a double, right only if it then has a flonum's tag.
    pub(super) fn self_tag(&mut self, double: Double<'c>) -> Res<Int<'c>> {
        let bits = self.double_to_bits(double)?;
        let rotated = self.rotate(bits, FLONUM_ROTATE)?;
        self.offset(rotated, 1)
    }
    /// The double in a self-tagged word.
    pub(super) fn self_untag(&mut self, word: Int<'c>) -> Res<Double<'c>> {
        let rotated = self.offset(word, -1)?;
        let bits = self.rotate(rotated, 64 - FLONUM_ROTATE)?;
        self.bits_to_double(bits)
    }

    fn rotate(&mut self, word: Int<'c>, left: u32) -> Res<Int<'c>> {
        let rotate = self.unit.intrinsic("llvm.fshl")?;
        let call = self.b().build_direct_call(rotate, &[word.into(), word.into(), self.imm(left as u64).into()], "")?;
        let result = call.try_as_basic_value().basic().map(|v| v.into_int_value());
        result.ok_or_else(|| super::CodegenError("no result".into()))
    }

    /// An operand as a word; a double is self-tagged or boxed.
    pub(super) fn as_word(&mut self, value: Operand<'c>) -> Res<Int<'c>> {
        match value {
            Operand::Tagged(word) => Ok(word),
            Operand::Double(double) => self.make_flonum(double),
        }
    }
    /// An operand as a raw double; a word must be a flonum.
    pub(super) fn as_double(&mut self, value: Operand<'c>) -> Res<Double<'c>> {
        match value {
            Operand::Double(double) => Ok(double),
            Operand::Tagged(word) => self.flonum_value(word),
        }
    }
}
