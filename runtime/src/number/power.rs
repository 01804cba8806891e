//! `sqrt` and `expt`. Exact arguments give exact answers where R7RS has one to give: roots of squares and integer powers,
//! of complex numbers too.

use super::heap::{bignum, is_exact_integer, kind, parts};
use super::integer::Rounding::Truncate;
use super::{
    Answer, Raised, Real, arith, check_number, complex, elementary, exactness, integer as int, is_real, limit,
    rational, real, transcendental,
};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;

const ZERO: Value = Value::fixnum(0);
const ONE: Value = Value::fixnum(1);
const TWO: Value = Value::fixnum(2);

/// The exact root of an exact real number; `None` if it has none.
pub(super) fn exact_sqrt(ctx: &mut Ctx, v: Value) -> Result<Option<Value>, Raised> {
    let (n, d) = parts(v);
    let Some(n) = int::exact_root(ctx, n)? else { return Ok(None) };
    let Some(d) = int::exact_root(ctx, d)? else { return Ok(None) };
    Ok(Some(rational::make(ctx, n, d)))
}

/// `sqrt`: the root with a positive real part, or zero real part and an imaginary part that is not negative
pub fn sqrt(ctx: &mut Ctx, v: Value) -> Answer {
    match kind(v) {
        Some(Real::Flonum(x)) if x < 0.0 => Ok(complex::inexact(ctx, (0.0, (-x).sqrt()))),
        Some(Real::Flonum(x)) => Ok(ctx.make_flonum(x.sqrt())),
        Some(Real::Fixnum(n @ 0..=0xf_ffff_ffff_ffff)) => {
            let root = (n as f64).sqrt();
            Ok(if root.trunc() == root { Value::fixnum(root as i64) } else { ctx.make_flonum(root) })
        }
        Some(_) if rational::sign(v) == Ordering::Less => {
            let positive = arith::negate(ctx, "sqrt", v)?;
            let root = sqrt(ctx, positive)?;
            Ok(complex::rectangular(ctx, ZERO, root))
        }
        Some(_) => match exact_sqrt(ctx, v)? {
            Some(root) => Ok(root),
            None => Ok(ctx.make_flonum(real::double_root(v))),
        },
        None => {
            check_number(ctx, "sqrt", 1, v)?;
            if complex::is_exact(v)
                && let Some(root) = complex::exact_sqrt(ctx, v)?
            {
                return Ok(root);
            }
            let (x, y) = complex::doubles(v);
            if complex::is_exact(v) && !(fits(x) && fits(y)) {
                return complex::inexact_sqrt(ctx, v);
            }
            Ok(complex::inexact(ctx, elementary::sqrt((x, y))))
        }
    }
}

/// Whether a part of an exact number is not out of the range of doubles, as far as its double shows.
fn fits(x: f64) -> bool {
    x.is_normal() || x == 0.0
}

/// `expt`: the principal value, `e^(exponent log base)`
pub fn expt(ctx: &mut Ctx, base: Value, exponent: Value) -> Answer {
    let who = "expt";
    check_number(ctx, who, 1, base)?;
    check_number(ctx, who, 2, exponent)?;
    match (kind(base), kind(exponent)) {
        (_, Some(Real::Fixnum(e))) => integer_power(ctx, base, e < 0, e.unsigned_abs()),
        (_, Some(Real::Bignum(_))) => {
            let e = bignum(exponent);
            // Only the parity and the size of so great an exponent matter.
            let stand_in = u64::MAX - (!e.is_odd()) as u64;
            match base.as_fixnum() {
                Some(-1..=1) => integer_power(ctx, base, e.negative, stand_in),
                _ if complex::is_exact(base) && !is_unit(base) => Err(limit::too_large(ctx, who)),
                _ if is_real(base) => integer_power(ctx, base, e.negative, stand_in),
                _ if complex::is_exact(base) => {
                    let e = int::remainder(ctx, int::Rounding::Floor, exponent, Value::fixnum(4))?;
                    expt(ctx, base, e)
                }
                _ => general(ctx, base, exponent),
            }
        }
        (Some(b), Some(e)) => real_power(ctx, (base, b), (exponent, e)),
        _ => general(ctx, base, exponent),
    }
}

/// Whether an exact number that is not real is `+i` or `-i`.
fn is_unit(v: Value) -> bool {
    let (re, im) = complex::parts(v);
    re == ZERO && (im == ONE || im == Value::fixnum(-1))
}

fn integer_power(ctx: &mut Ctx, base: Value, negative: bool, exponent: u64) -> Answer {
    let who = "expt";
    if let Some(Real::Flonum(x)) = kind(base) {
        if exponent == 0 {
            return Ok(ONE);
        }
        // Rounding a great exponent could change its parity.
        let e = exponent as f64;
        let power = x.abs().powf(if negative { -e } else { e });
        return Ok(ctx.make_flonum(if x.is_sign_negative() && exponent % 2 == 1 { -power } else { power }));
    }
    if !is_real(base) && !complex::is_exact(base) {
        if exponent == 0 {
            return Ok(ONE);
        }
        if let Some(power) = inexact_power(complex::doubles(base), negative, exponent) {
            return Ok(complex::inexact(ctx, power));
        }
        let e = exponent as f64;
        let e = ctx.make_flonum(if negative { -e } else { e });
        return general(ctx, base, e);
    }
    let power = if is_real(base) { exact_power(ctx, base, exponent)? } else { complex_power(ctx, base, exponent)? };
    match negative {
        false => Ok(power),
        true if power == ZERO => Err(ctx.divided_by_zero(who)),
        true => arith::divide(ctx, ONE, power),
    }
}

/// A power by repeated squaring; `None` if squares overflow or vanish.
fn inexact_power(base: elementary::Pair, negative: bool, exponent: u64) -> Option<elementary::Pair> {
    let (x, y) = elementary::power(base, exponent);
    let (x, y) = if negative { elementary::divide((1.0, 0.0), (x, y)) } else { (x, y) };
    (x.is_finite() && y.is_finite() && (x != 0.0 || y != 0.0)).then_some((x, y))
}

fn exact_power(ctx: &mut Ctx, base: Value, exponent: u64) -> Answer {
    let who = "expt";
    if is_exact_integer(base) {
        return int::power(ctx, who, base, exponent);
    }
    if exponent == 0 {
        return Ok(ONE);
    }
    let (n, d) = parts(base);
    let (n, d) = (int::power(ctx, who, n, exponent)?, int::power(ctx, who, d, exponent)?);
    Ok(ctx.make_ratnum(n, d))
}

/// A power of an exact number that is not real, by repeated squaring.
fn complex_power(ctx: &mut Ctx, base: Value, exponent: u64) -> Answer {
    let exponent = if is_unit(base) { exponent % 4 } else { exponent };
    let (re, im) = complex::parts(base);
    let norm = complex::norm(ctx, re, im)?;
    // Half as many bits as the norm of the power has, which is the power of the norm: one of the parts has as many. Where
    // the norm is 1, the denominators grow.
    let (n, d) = parts(if norm == ONE { re } else { norm });
    let least_bits = (int::bit_length(n).max(int::bit_length(d)) - 1).max(2 * (norm == ONE) as u64);
    if exponent > 4 {
        limit::check_bits(ctx, "expt", least_bits.saturating_mul(exponent) / 2)?;
    }
    // Over a common denominator, so that there is nothing to reduce but at the end.
    let ((rn, rd), (jn, jd)) = (parts(re), parts(im));
    let d = int::lcm(ctx, "expt", rd, jd)?;
    let (rf, jf) = (int::quotient(ctx, Truncate, d, rd)?, int::quotient(ctx, Truncate, d, jd)?);
    let (re, im) = (int::multiply(ctx, "expt", rn, rf)?, int::multiply(ctx, "expt", jn, jf)?);
    let (mut answer, mut square, mut n) = (ONE, complex::rectangular(ctx, re, im), exponent);
    while n > 0 {
        limit::poll(ctx)?;
        if n & 1 == 1 {
            answer = arith::multiply(ctx, answer, square)?;
        }
        n >>= 1;
        if n > 0 {
            square = arith::multiply(ctx, square, square)?;
        }
    }
    let d = int::power(ctx, "expt", d, exponent)?;
    arith::divide(ctx, answer, d)
}

/// A real number to the power of one that is not an exact integer.
fn real_power(ctx: &mut Ctx, (base, b): (Value, Real), (exponent, e): (Value, Real)) -> Answer {
    if matches!(e, Real::Ratnum(_)) {
        let (numerator, denominator) = parts(exponent);
        if denominator == TWO {
            let root = sqrt(ctx, base)?;
            if numerator == ONE || complex::is_exact(root) {
                return expt(ctx, root, numerator);
            }
        }
        if base == ZERO {
            return if rational::sign(exponent).is_gt() { Ok(ZERO) } else { Err(ctx.divided_by_zero("expt")) };
        }
    }
    let (x, y) = (exactness::double(b), exactness::double(e));
    if x < 0.0 && !y.is_nan() && y.trunc() != y {
        return Ok(complex::inexact(ctx, elementary::polar_in_half_turns((-x).powf(y), y)));
    }
    if arith::is_exact(base) && base != ZERO && !x.is_normal() && y.is_finite() {
        let magnitude = arith::absolute(ctx, "expt", base)?;
        let power = (transcendental::logarithm(magnitude) * y).exp();
        return Ok(ctx.make_flonum(if x < 0.0 && y % 2.0 != 0.0 { -power } else { power }));
    }
    Ok(ctx.make_flonum(x.powf(y)))
}

/// A power of which base or exponent is not real.
fn general(ctx: &mut Ctx, base: Value, exponent: Value) -> Answer {
    let z = complex::doubles(base);
    let (c, d) = complex::doubles(exponent);
    if complex::is_zero(ctx, base)? {
        if c == 0.0 && d == 0.0 {
            return Ok(ctx.make_flonum(1.0));
        }
        let positive = arith::sign(ctx, "expt", complex::parts(exponent).0)? == Some(Ordering::Greater);
        return match (positive, complex::is_exact(base)) {
            (true, true) => Ok(ZERO),
            (true, false) => Ok(ctx.make_flonum(0.0)),
            (false, true) => Err(ctx.divided_by_zero("expt")),
            (false, false) => Ok(complex::inexact(ctx, (f64::NAN, f64::NAN))),
        };
    }
    if d == 0.0
        && c.trunc() == c
        && c.abs() < 2f64.powi(53)
        && c != 0.0
        && let Some(power) = inexact_power(z, c < 0.0, c.abs() as u64)
    {
        return Ok(complex::inexact(ctx, power));
    }
    // r^c has more right digits than e^(c log r).
    let (log_r, angle) = elementary::log(z);
    let modulus = z.0.hypot(z.1).powf(c) * (-d * angle).exp();
    if modulus.is_normal() && log_r.is_finite() {
        return Ok(complex::inexact(ctx, elementary::polar(modulus, d * log_r + c * angle)));
    }
    let logarithm = transcendental::log(ctx, base)?;
    let product = arith::multiply(ctx, logarithm, exponent)?;
    let power = elementary::exp(complex::doubles(product));
    Ok(complex::inexact(ctx, power))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{Raised, parse, write};
    use crate::testing::context;

    #[test]
    fn impossible_powers_fail_at_once() {
        let ctx = &mut *context();
        for (base, exponent) in [
            ("2", "1099511627776"),
            ("7", "1000000000000"),
            ("-3/2", "-1000000000000"),
            ("1+i", "1000000000000"),
            ("3/5+4/5i", "1000000000000"),
            ("1/2+1/2i", "1000000000000"),
            ("2", "1000000000000000000000000000"),
            ("1+i", "-1000000000000000000000000000"),
        ] {
            let (b, e) = (parse(ctx, base, 10).unwrap(), parse(ctx, exponent, 10).unwrap());
            assert_eq!(expt(ctx, b, e), Err(Raised), "{base} ^ {exponent}");
        }
    }

    #[test]
    fn units_have_any_power() {
        let ctx = &mut *context();
        for (base, exponent, expected) in [
            ("+i", "1000000000000000000000000000001", "+i"),
            ("-i", "1000000000000000000000000000003", "+i"),
            ("+i", "-1", "-i"),
            ("+i", "1000000000000000", "1"),
            ("-1", "1000000000000000000000000000001", "-1"),
            ("-1.0", "1000000000000000000000000000001", "-1.0"),
            ("-1.0", "9007199254740993", "-1.0"),
        ] {
            let (b, e) = (parse(ctx, base, 10).unwrap(), parse(ctx, exponent, 10).unwrap());
            let power = expt(ctx, b, e).unwrap();
            assert_eq!(write(power, 10), expected, "{base} ^ {exponent}");
        }
    }
}
