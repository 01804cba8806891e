//! Arithmetic on exact rationals: integers and ratnums in any mix. Formulas that keep the operands of gcd small: Knuth,
//! The Art of Computer Programming, volume 2, section 4.5.1.

use super::heap::{integer, is_exact_integer, natural, parts};
use super::{Answer, Raised, heap, integer as int, limbs, limit};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::{DivExact, Gcd, Sign, UnsignedAbs};
use malachite_base::num::basic::traits::{One, Zero};
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;
use std::cmp::Ordering;

/// The number `numerator / denominator`, reduced; the denominator is not zero.
pub(super) fn make(ctx: &mut Ctx, numerator: Integer, denominator: Integer) -> Value {
    let negative = (numerator < Integer::ZERO) != (denominator < Integer::ZERO);
    let (numerator, denominator) = (numerator.unsigned_abs(), denominator.unsigned_abs());
    let g = (&numerator).gcd(&denominator);
    make_coprime(ctx, negative, &numerator.div_exact(&g), &denominator.div_exact(&g))
}

fn make_coprime(ctx: &mut Ctx, negative: bool, numerator: &Natural, denominator: &Natural) -> Value {
    let numerator = ctx.integer_from_limbs(negative, numerator.as_limbs_asc());
    if *denominator == Natural::ONE {
        return numerator;
    }
    let denominator = ctx.integer_from_limbs(false, denominator.as_limbs_asc());
    ctx.make_ratnum(numerator, denominator)
}

fn make_small(ctx: &mut Ctx, numerator: i128, denominator: i128) -> Value {
    let numerator = ctx.make_wide(numerator);
    if denominator == 1 {
        return numerator;
    }
    let denominator = ctx.make_wide(denominator);
    ctx.make_ratnum(numerator, denominator)
}

/// Numerators and denominators, if all four are fixnums.
fn small(a: Value, b: Value) -> Option<[i64; 4]> {
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    Some([an.as_fixnum()?, ad.as_fixnum()?, bn.as_fixnum()?, bd.as_fixnum()?])
}

fn gcd64(a: i64, b: i64) -> i64 {
    int::gcd_limb(a.unsigned_abs(), b.unsigned_abs()) as i64
}

/// `a + b`, or `a - b`
pub(super) fn add(ctx: &mut Ctx, who: &'static str, a: Value, b: Value, subtract: bool) -> Answer {
    if let Some([an, ad, bn, bd]) = small(a, b) {
        let bn = if subtract { -bn } else { bn };
        let g = gcd64(ad, bd);
        let sum = an as i128 * (bd / g) as i128 + bn as i128 * (ad / g) as i128;
        let rest = gcd64((sum % g as i128) as i64, g);
        return Ok(make_small(ctx, sum / rest as i128, (ad / g) as i128 * (bd / rest) as i128));
    }
    check_size(ctx, who, a, b)?;
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    let (ad, bd) = (natural(ad), natural(bd));
    let g = (&ad).gcd(&bd);
    let ad_part = ad.div_exact(&g);
    let left = integer(an) * Integer::from((&bd).div_exact(&g));
    let right = integer(bn) * Integer::from(&ad_part);
    let sum = if subtract { left - right } else { left + right };
    let negative = sum < Integer::ZERO;
    let sum = sum.unsigned_abs();
    let rest = (&sum).gcd(&g);
    Ok(make_coprime(ctx, negative, &sum.div_exact(&rest), &(ad_part * bd.div_exact(&rest))))
}

/// `a * b`
pub(super) fn multiply(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    product(ctx, who, an, ad, bn, bd)
}

/// `a / b`; `b` is not zero.
pub(super) fn divide(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    product(ctx, who, an, ad, bd, bn)
}

/// `(an * bn) / (ad * bd)`, where only `bd` of the denominators may be negative.
fn product(ctx: &mut Ctx, who: &'static str, an: Value, ad: Value, bn: Value, bd: Value) -> Answer {
    if let (Some(an), Some(ad), Some(bn), Some(bd)) = (an.as_fixnum(), ad.as_fixnum(), bn.as_fixnum(), bd.as_fixnum()) {
        let (bn, bd) = if bd < 0 { (-bn, -bd) } else { (bn, bd) };
        let (g, h) = (gcd64(an, bd), gcd64(bn, ad));
        return Ok(make_small(ctx, (an / g) as i128 * (bn / h) as i128, (ad / h) as i128 * (bd / g) as i128));
    }
    let bits = [an, ad, bn, bd].map(|v| limbs::bit_length(heap::int(v, &mut [0]).limbs));
    limit::check_bits(ctx, who, bits.iter().sum())?;
    let negative = [an, bn, bd].iter().filter(|&&v| int::is_negative(v)).count() % 2 == 1;
    let (an, ad, bn, bd) = (natural(an), natural(ad), natural(bn), natural(bd));
    let (g, h) = ((&an).gcd(&bd), (&bn).gcd(&ad));
    let numerator = an.div_exact(&g) * bn.div_exact(&h);
    let denominator = ad.div_exact(&h) * bd.div_exact(&g);
    Ok(make_coprime(ctx, negative, &numerator, &denominator))
}

fn check_size(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<(), Raised> {
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    let bits = [an, ad, bn, bd].map(|v| limbs::bit_length(heap::int(v, &mut [0]).limbs));
    limit::check_bits(ctx, who, bits.iter().sum())
}

/// Compares two exact numbers.
pub(super) fn compare(a: Value, b: Value) -> Ordering {
    if is_exact_integer(a) && is_exact_integer(b) {
        return int::compare(a, b);
    }
    let ((an, ad), (bn, bd)) = (parts(a), parts(b));
    match (int::is_negative(an), int::is_negative(bn)) {
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        _ => {}
    }
    if let Some([an, ad, bn, bd]) = small(a, b) {
        return (an as i128 * bd as i128).cmp(&(bn as i128 * ad as i128));
    }
    (integer(an) * integer(bd)).cmp(&(integer(bn) * integer(ad)))
}

/// Sign of an exact number.
pub(super) fn sign(a: Value) -> Ordering {
    integer(parts(a).0).sign()
}
