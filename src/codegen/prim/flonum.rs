//! Flonums: self-tagged or boxed words, and raw doubles.

use super::super::Res;
use super::super::call::Path;
use super::super::function::{Double, Emitter, Int};
use kestrel_runtime::Ctx;
use kestrel_runtime::layout::*;
use std::mem::offset_of;

impl<'c> Emitter<'_, 'c, '_> {
    /// Whether a word is a self-tagged flonum.
    pub(super) fn is_self_tagged(&mut self, word: Int<'c>) -> Res<Int<'c>> {
        self.has_bits(word, FLONUM_MASK, TAG_FLONUM)
    }

    /// The word of a double.
    pub(in super::super) fn make_flonum(&mut self, double: Double<'c>) -> Res<Int<'c>> {
        let (box_it, done) = (self.block(), self.block());
        let word = self.self_tag(double)?;
        let fits = self.is_self_tagged(word)?;
        let fast_end = self.here()?;
        self.expect(fits, done, box_it)?;
        self.at(box_it);
        let make = self.ctx_word(offset_of!(Ctx, thunks.make_flonum))?;
        let bits = self.double_to_bits(double)?;
        let boxed = self.c_call(make, &[self.regs.ctx, bits], Path::Cold)?;
        self.goto(done)?;
        self.at(done);
        self.phi(&[(word, fast_end), (boxed, box_it)])
    }

    /// The double of a word that is a flonum.
    pub(in super::super) fn flonum_value(&mut self, word: Int<'c>) -> Res<Double<'c>> {
        let (boxed, done) = (self.block(), self.block());
        let fast = self.self_untag(word)?;
        let fits = self.is_self_tagged(word)?;
        let fast_end = self.here()?;
        self.expect(fits, done, boxed)?;
        self.at(boxed);
        let bits = self.load(word, OBJECT_PAYLOAD as i64 - TAG_OBJECT as i64)?;
        let slow = self.bits_to_double(bits)?;
        self.goto(done)?;
        self.at(done);
        let phi = self.b().build_phi(self.unit.double, "")?;
        phi.add_incoming(&[(&fast, fast_end), (&slow, boxed)]);
        Ok(phi.as_basic_value().into_float_value())
    }
}
