//! Numbers in the heap: the only file of the tower that touches memory.
//!
//! References into the heap that are handed out here stay right because runtime code never collects, and because numbers
//! are never changed once they are made.

use super::{FIXNUM_LIMIT, Real, limbs};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;
use malachite_base::num::basic::traits::Zero;
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;
use std::cmp::Ordering;

/// Offset of a bignum's sign (0 or 1).
const BIGNUM_SIGN: usize = OBJECT_PAYLOAD;
/// Offset of a bignum's first limb.
const BIGNUM_LIMBS: usize = OBJECT_PAYLOAD + WORD;
/// Offset of a ratnum's numerator.
const RATNUM_NUMERATOR: usize = OBJECT_PAYLOAD;
/// Offset of a ratnum's denominator.
const RATNUM_DENOMINATOR: usize = OBJECT_PAYLOAD + WORD;

/// Offset of a compnum's real part.
const COMPNUM_REAL: usize = OBJECT_PAYLOAD;
/// Offset of a compnum's imaginary part.
const COMPNUM_IMAGINARY: usize = OBJECT_PAYLOAD + WORD;

const FLONUM_TYPE: u64 = ObjectType::Flonum as u64;
const BIGNUM_TYPE: u64 = ObjectType::Bignum as u64;
const RATNUM_TYPE: u64 = ObjectType::Ratnum as u64;
const COMPNUM_TYPE: u64 = ObjectType::Compnum as u64;

/// An exact integer seen as sign and trimmed magnitude.
#[derive(Clone, Copy)]
pub(super) struct Int<'a> {
    pub negative: bool,
    pub limbs: &'a [u64],
}

/// Room for the limb of a fixnum that is seen as an [`Int`].
pub(super) type Room = [u64; 1];

/// The word at a byte offset from an object's address.
///
/// # Safety
/// `v` must be a live object with a word there.
unsafe fn word(v: Value, offset: usize) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { *((v.address() + offset) as *const u64) }
}

fn object_type(v: Value) -> u64 {
    // SAFETY: only called for values with the object tag, whose word 0 is a header.
    unsafe { word(v, 0) >> HEADER_TYPE_SHIFT & 0xff }
}

/// What kind of real number a value is.
pub(super) fn kind(v: Value) -> Option<Real> {
    if let Some(n) = v.as_fixnum() {
        return Some(Real::Fixnum(n));
    }
    if let Some(x) = v.as_self_tagged() {
        return Some(Real::Flonum(x));
    }
    if !v.is_object() {
        return None;
    }
    match object_type(v) {
        // SAFETY: a flonum object has its double in its only payload word.
        FLONUM_TYPE => Some(Real::Flonum(f64::from_bits(unsafe { word(v, OBJECT_PAYLOAD) }))),
        BIGNUM_TYPE => Some(Real::Bignum(v)),
        RATNUM_TYPE => Some(Real::Ratnum(v)),
        _ => None,
    }
}

/// Whether a value is a number.
pub fn is_number(v: Value) -> bool {
    kind(v).is_some() || is_compnum(v)
}

/// Words of the bignums that a number consists of.
pub fn words(v: Value) -> usize {
    match kind(v) {
        Some(Real::Bignum(v)) => bignum(v).limbs.len(),
        Some(Real::Ratnum(v)) => {
            let (n, d) = ratnum(v);
            words(n) + words(d)
        }
        Some(_) => 0,
        None => compnum(v).map_or(0, |(re, im)| words(re) + words(im)),
    }
}

/// Whether a value is a real number.
pub fn is_real(v: Value) -> bool {
    kind(v).is_some()
}

/// Whether a value is a number that is not real.
pub(super) fn is_compnum(v: Value) -> bool {
    v.is_object() && object_type(v) == COMPNUM_TYPE
}

/// The real and the imaginary part of a number that is not real.
pub(super) fn compnum(v: Value) -> Option<(Value, Value)> {
    // SAFETY: a compnum has these two words.
    is_compnum(v).then(|| unsafe { (Value(word(v, COMPNUM_REAL)), Value(word(v, COMPNUM_IMAGINARY))) })
}

/// The double in a flonum.
pub fn flonum(v: Value) -> Option<f64> {
    match kind(v) {
        Some(Real::Flonum(x)) => Some(x),
        _ => None,
    }
}

/// Whether a value is a fixnum or a bignum.
pub(super) fn is_exact_integer(v: Value) -> bool {
    v.is_fixnum() || v.is_object() && object_type(v) == BIGNUM_TYPE
}

/// An exact integer's sign and magnitude. `v` must be a fixnum or a bignum.
pub(super) fn int<'a>(v: Value, room: &'a mut Room) -> Int<'a> {
    match v.as_fixnum() {
        Some(n) => {
            room[0] = n.unsigned_abs();
            Int { negative: n < 0, limbs: limbs::trim(room) }
        }
        None => bignum(v),
    }
}

/// A bignum's sign and magnitude.
pub(super) fn bignum<'a>(v: Value) -> Int<'a> {
    debug_assert!(v.is_object() && object_type(v) == BIGNUM_TYPE);
    // SAFETY: a bignum's header counts its limbs, which follow the sign word.
    unsafe {
        let length = (word(v, 0) >> HEADER_LENGTH_SHIFT) as usize;
        let first = (v.address() + BIGNUM_LIMBS) as *const u64;
        Int { negative: word(v, BIGNUM_SIGN) != 0, limbs: std::slice::from_raw_parts(first, length) }
    }
}

/// A ratnum's numerator and denominator.
pub(super) fn ratnum(v: Value) -> (Value, Value) {
    debug_assert!(v.is_object() && object_type(v) == RATNUM_TYPE);
    // SAFETY: a ratnum has these two words.
    unsafe { (Value(word(v, RATNUM_NUMERATOR)), Value(word(v, RATNUM_DENOMINATOR))) }
}

/// Numerator and denominator of any exact number.
pub(super) fn parts(v: Value) -> (Value, Value) {
    if is_exact_integer(v) { (v, Value::fixnum(1)) } else { ratnum(v) }
}

/// An exact integer as malachite's. `v` must be a fixnum or a bignum.
pub(super) fn integer(v: Value) -> Integer {
    match v.as_fixnum() {
        Some(n) => Integer::from(n),
        None => {
            let Int { negative, limbs } = bignum(v);
            Integer::from_sign_and_abs(!negative, Natural::from_limbs_asc(limbs))
        }
    }
}

/// The magnitude of an exact integer as malachite's. `v` must be a fixnum or a bignum.
pub(super) fn natural(v: Value) -> Natural {
    Natural::from_limbs_asc(int(v, &mut [0]).limbs)
}

impl Int<'_> {
    /// Compares two integers.
    pub fn compare(self, other: Int) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => limbs::compare(self.limbs, other.limbs),
            (true, true) => limbs::compare(other.limbs, self.limbs),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
    /// Whether it is odd.
    pub fn is_odd(self) -> bool {
        self.limbs.first().is_some_and(|limb| limb & 1 == 1)
    }
}

/// `Thunks::make_flonum`
pub extern "C" fn make_flonum_from_bits(ctx: &mut Ctx, bits: u64) -> Value {
    ctx.make_flonum(f64::from_bits(bits))
}

impl Ctx {
    /// The flonum of a double.
    pub fn make_flonum(&mut self, x: f64) -> Value {
        if let Some(v) = Value::self_tagged(x) {
            return v;
        }
        if x.to_bits() == 0 { self.flonum_zero } else { self.box_flonum(x) }
    }
    /// The double in a flonum.
    pub fn flonum_value(&self, v: Value) -> Option<f64> {
        flonum(v)
    }
    /// A fresh box, whatever the double; only for `make_flonum` and for making `flonum_zero` itself.
    pub fn box_flonum(&mut self, x: f64) -> Value {
        let p = self.alloc_raw(OBJECT_PAYLOAD + WORD);
        // SAFETY: fresh memory of two words.
        unsafe {
            p.write(header(ObjectType::Flonum, 1));
            p.add(1).write(x.to_bits());
        }
        Value(p as u64 | TAG_OBJECT)
    }
    /// The exact integer of an `i64`.
    pub fn make_integer(&mut self, n: i64) -> Value {
        Value::try_fixnum(n).unwrap_or_else(|| self.make_bignum(n < 0, 1, |limbs| limbs[0] = n.unsigned_abs()))
    }
    /// The exact integer of a `u64`.
    pub fn make_unsigned(&mut self, n: u64) -> Value {
        self.integer_from_limbs(false, &[n])
    }
    /// The exact integer of an `i128`.
    pub(super) fn make_wide(&mut self, n: i128) -> Value {
        if let Ok(n) = i64::try_from(n) {
            return self.make_integer(n);
        }
        let magnitude = n.unsigned_abs();
        self.integer_from_limbs(n < 0, &[magnitude as u64, (magnitude >> 64) as u64])
    }
    /// The exact integer of a sign and any magnitude.
    pub(super) fn integer_from_limbs(&mut self, negative: bool, magnitude: &[u64]) -> Value {
        let magnitude = limbs::trim(magnitude);
        match *magnitude {
            [] => Value::fixnum(0),
            [n] if n < FIXNUM_LIMIT || negative && n == FIXNUM_LIMIT => {
                Value::fixnum(if negative { -(n as i64) } else { n as i64 })
            }
            _ => self.make_bignum(negative, magnitude.len(), |out| out.copy_from_slice(magnitude)),
        }
    }
    /// The exact integer of one of malachite's.
    pub(super) fn integer_from(&mut self, n: &Integer) -> Value {
        self.integer_from_limbs(*n < Integer::ZERO, n.unsigned_abs_ref().as_limbs_asc())
    }
    /// A bignum whose `length` limbs `fill` writes, all of them. They must turn out normalised and not a fixnum.
    pub(super) fn make_bignum(&mut self, negative: bool, length: usize, fill: impl FnOnce(&mut [u64])) -> Value {
        let bytes = BIGNUM_LIMBS + length * WORD;
        let p = self.alloc_raw(bytes);
        // SAFETY: fresh memory of that many bytes, rounded up to the alignment; the heap's pages are mapped and so hold
        // some initialised word everywhere, and nothing else refers to them yet.
        let out = unsafe {
            p.write(header(ObjectType::Bignum, length));
            p.add(BIGNUM_SIGN / WORD).write(negative as u64);
            if !bytes.is_multiple_of(ALIGN) {
                p.add(bytes / WORD).write(0);
            }
            std::slice::from_raw_parts_mut(p.add(BIGNUM_LIMBS / WORD), length)
        };
        fill(out);
        debug_assert!(out.last().is_some_and(|&top| top != 0));
        debug_assert!(length > 1 || out[0] > FIXNUM_LIMIT || out[0] == FIXNUM_LIMIT && !negative);
        Value(p as u64 | TAG_OBJECT)
    }
    /// The ratnum of coprime parts, the denominator greater than 1.
    pub(super) fn make_ratnum(&mut self, numerator: Value, denominator: Value) -> Value {
        self.make_two_parts(ObjectType::Ratnum, numerator, denominator)
    }
    /// The compnum of two real parts, both exact or both flonums, the imaginary one not exact 0.
    pub(super) fn make_compnum(&mut self, real: Value, imaginary: Value) -> Value {
        self.make_two_parts(ObjectType::Compnum, real, imaginary)
    }
    fn make_two_parts(&mut self, kind: ObjectType, first: Value, second: Value) -> Value {
        const { assert!(RATNUM_NUMERATOR == COMPNUM_REAL && RATNUM_DENOMINATOR == COMPNUM_IMAGINARY) };
        let p = self.alloc_raw(OBJECT_PAYLOAD + 2 * WORD);
        // SAFETY: fresh memory of three words and one of padding.
        unsafe {
            p.write(header(kind, 2));
            p.add(RATNUM_NUMERATOR / WORD).write(first.0);
            p.add(RATNUM_DENOMINATOR / WORD).write(second.0);
            p.add(3).write(0);
        }
        Value(p as u64 | TAG_OBJECT)
    }
}
