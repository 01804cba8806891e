//! Between exact numbers and doubles: correctly rounded one way, exact the other.

use super::heap::{integer, natural, parts, ratnum};
use super::{Answer, Raised, Real, check_number, complex, heap, integer as int, limbs, rational};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::DivRem;
use malachite_base::num::basic::traits::Zero;
use malachite_base::num::logic::traits::SignificantBits;
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;
use std::cmp::Ordering;

/// Bits of a double's significand.
const PRECISION: i64 = 53;
/// Exponent of the lowest bit of the least double.
const LEAST_EXPONENT: i64 = -1074;
/// Greatest exponent of the lowest bit of a double.
const GREATEST_EXPONENT: i64 = 971;

/// A double as `significand * 2^exponent`, sign apart. `x` must be finite.
pub(super) fn decompose(x: f64) -> (bool, u64, i64) {
    let bits = x.to_bits();
    let (field, fraction) = (bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
    let negative = x.is_sign_negative();
    if field == 0 { (negative, fraction, LEAST_EXPONENT) } else { (negative, fraction | 1 << 52, field as i64 - 1075) }
}

/// The double nearest to `(top + something) * 2^exponent`, ties to even, where the something is between 0 and 1 and
/// is 0 exactly if `sticky` is false. If it is true, `top` must have its highest bit set.
fn compose(negative: bool, top: u64, sticky: bool, exponent: i64) -> f64 {
    if top == 0 {
        return if negative { -0.0 } else { 0.0 };
    }
    let length = 64 - top.leading_zeros() as i64;
    let drop = (length - PRECISION).max(LEAST_EXPONENT - exponent);
    let (mut significand, mut exponent) = (top, exponent);
    if drop > 64 {
        (significand, exponent) = (0, LEAST_EXPONENT);
    } else if drop > 0 {
        let wide = (top as u128) << 64 >> drop;
        let (kept, lost) = ((wide >> 64) as u64, wide as u64);
        let half = 1 << 63;
        let up = lost > half || lost == half && (sticky || kept & 1 == 1);
        significand = kept + up as u64;
        exponent += drop;
    }
    let up_to_53 = significand == 1 << PRECISION;
    if up_to_53 {
        significand >>= 1;
        exponent += 1;
    }
    let magnitude = if significand == 0 {
        0
    } else {
        let lift = (significand.leading_zeros() as i64 - 11).min(exponent - LEAST_EXPONENT);
        let (significand, exponent) = (significand << lift, exponent - lift);
        if exponent > GREATEST_EXPONENT {
            f64::INFINITY.to_bits()
        } else if significand >> 52 == 0 {
            significand
        } else {
            ((exponent + 1075) as u64) << 52 | significand & ((1 << 52) - 1)
        }
    };
    f64::from_bits(magnitude | (negative as u64) << 63)
}

/// The double nearest to a magnitude times `2^exponent`.
fn compose_limbs(negative: bool, magnitude: &[u64], sticky: bool, exponent: i64) -> f64 {
    let length = limbs::bit_length(magnitude);
    if length <= 64 {
        return compose(negative, magnitude.first().copied().unwrap_or(0), sticky, exponent);
    }
    let mut top = [0];
    let drop = length - 64;
    let lost = limbs::shift_right(&mut top, magnitude, drop as usize);
    compose(negative, top[0], sticky || lost, exponent + drop as i64)
}

/// The double nearest to `numerator / denominator`.
pub(super) fn ratio(negative: bool, numerator: &Natural, denominator: &Natural) -> f64 {
    let scale = 66 + denominator.significant_bits() as i64 - numerator.significant_bits() as i64;
    let (q, r) = if scale >= 0 {
        (numerator << scale as u64).div_rem(denominator.clone())
    } else {
        numerator.clone().div_rem(denominator << scale.unsigned_abs())
    };
    compose_limbs(negative, q.as_limbs_asc(), r != Natural::ZERO, -scale)
}

/// Whether every integer up to this magnitude is a double.
pub(super) fn is_exact_double(n: i64) -> bool {
    n.unsigned_abs() <= 1 << PRECISION
}

/// The double nearest to a real number; `None` if it is not one.
pub fn to_f64(v: Value) -> Option<f64> {
    heap::kind(v).map(double)
}

/// The double nearest to a real number.
pub(super) fn double(n: Real) -> f64 {
    match n {
        Real::Fixnum(n) => n as f64,
        Real::Flonum(x) => x,
        Real::Bignum(v) => {
            let n = heap::bignum(v);
            compose_limbs(n.negative, n.limbs, false, 0)
        }
        Real::Ratnum(v) => {
            let (n, d) = ratnum(v);
            if let (Some(n), Some(d)) = (n.as_fixnum(), d.as_fixnum())
                && is_exact_double(n)
                && is_exact_double(d)
            {
                return n as f64 / d as f64;
            }
            ratio(int::is_negative(n), &natural(n), &natural(d))
        }
    }
}

/// `inexact`
pub fn inexact(ctx: &mut Ctx, who: &'static str, v: Value) -> Answer {
    match heap::kind(v) {
        Some(Real::Flonum(_)) => Ok(v),
        Some(n) => Ok(ctx.make_flonum(double(n))),
        None => {
            check_number(ctx, who, 1, v)?;
            if complex::is_exact(v) { Ok(complex::inexact(ctx, complex::doubles(v))) } else { Ok(v) }
        }
    }
}

/// `exact`
pub fn exact(ctx: &mut Ctx, who: &'static str, v: Value) -> Answer {
    match heap::kind(v) {
        Some(Real::Flonum(x)) if x.is_finite() => Ok(exact_double(ctx, x)),
        Some(Real::Flonum(_)) => Err(ctx.not_a(who, 1, v, "finite number")),
        Some(_) => Ok(v),
        None => {
            check_number(ctx, who, 1, v)?;
            let (x, y) = complex::doubles(v);
            if complex::is_exact(v) {
                return Ok(v);
            }
            if !(x.is_finite() && y.is_finite()) {
                return Err(ctx.not_a(who, 1, v, "finite number"));
            }
            let (re, im) = (exact_double(ctx, x), exact_double(ctx, y));
            Ok(complex::rectangular(ctx, re, im))
        }
    }
}

/// The exact value of a finite double.
pub(super) fn exact_double(ctx: &mut Ctx, x: f64) -> Value {
    let n = x as i64;
    if n as f64 == x && n != i64::MAX {
        return ctx.make_integer(n);
    }
    let (negative, significand, exponent) = decompose(x);
    if exponent >= 0 {
        let mut out = [0; 17];
        limbs::shift_left(&mut out, &[significand], exponent as usize);
        return ctx.integer_from_limbs(negative, &out);
    }
    let numerator = Integer::from_sign_and_abs(!negative, Natural::from(significand));
    rational::make(ctx, numerator, Integer::from(1) << exponent.unsigned_abs())
}

/// Compares an exact number with a double that is not a NaN, without rounding.
pub(super) fn compare_with_double(a: Value, x: f64) -> Ordering {
    if x.is_infinite() {
        return if x > 0.0 { Ordering::Less } else { Ordering::Greater };
    }
    if let Some(n) = a.as_fixnum().filter(|&n| is_exact_double(n)) {
        return (n as f64).partial_cmp(&x).expect("not a NaN");
    }
    let (negative, significand, exponent) = decompose(x);
    let (n, d) = parts(a);
    if heap::is_exact_integer(a) && exponent >= 0 {
        let mut out = [0; 17];
        limbs::shift_left(&mut out, &[significand], exponent as usize);
        return heap::int(n, &mut [0]).compare(heap::Int { negative, limbs: limbs::trim(&out) });
    }
    let significand = Integer::from_sign_and_abs(!negative, Natural::from(significand));
    let right = integer(d) * significand;
    if exponent >= 0 {
        integer(n).cmp(&(right << exponent as u64))
    } else {
        (integer(n) << exponent.unsigned_abs()).cmp(&right)
    }
}

impl Ctx {
    /// The exact value of a double; fails for infinities and NaN.
    pub(super) fn exact_of(&mut self, who: &'static str, position: usize, x: f64) -> Answer {
        if x.is_finite() {
            return Ok(exact_double(self, x));
        }
        let v = self.make_flonum(x);
        Err::<Value, Raised>(self.not_a(who, position, v, "finite number"))
    }
}
