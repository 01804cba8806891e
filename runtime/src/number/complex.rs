//! Complex numbers in rectangular parts: making them, taking them apart, and arithmetic on them.
//!
//! The parts of a complex number are both exact or both flonums. An exact imaginary part of 0 makes a real number, an
//! inexact one does not: `(make-rectangular 1 0)` is 1, `(make-rectangular 1 0.0)` is 1.0+0.0i.

use super::arith::{self, Operation};
use super::elementary::{self, Pair};
use super::heap::{compnum, kind};
use super::{Answer, Raised, Real, check_number, exactness, is_real, power, rational, real, real_argument};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;
use std::f64::consts::PI;

const ZERO: Value = Value::fixnum(0);

/// The real and the imaginary part of any number.
pub(super) fn parts(v: Value) -> (Value, Value) {
    compnum(v).unwrap_or((v, ZERO))
}

/// The parts of any number as doubles, the imaginary one of a real number 0.0.
pub fn doubles(v: Value) -> (f64, f64) {
    let (re, im) = parts(v);
    let double = |v| exactness::to_f64(v).unwrap_or(f64::NAN);
    (double(re), double(im))
}

/// The number of two real parts.
pub(super) fn rectangular(ctx: &mut Ctx, re: Value, im: Value) -> Value {
    if im == ZERO {
        return re;
    }
    if arith::is_exact(re) == arith::is_exact(im) {
        return ctx.make_compnum(re, im);
    }
    let double = |v| exactness::to_f64(v).unwrap_or(f64::NAN);
    inexact(ctx, (double(re), double(im)))
}

/// The complex number of two doubles; never a real number.
pub(super) fn inexact(ctx: &mut Ctx, (re, im): Pair) -> Value {
    let (re, im) = (ctx.make_flonum(re), ctx.make_flonum(im));
    ctx.make_compnum(re, im)
}

/// `make-rectangular`
pub fn make_rectangular(ctx: &mut Ctx, re: Value, im: Value) -> Answer {
    real_argument(ctx, "make-rectangular", 1, re)?;
    real_argument(ctx, "make-rectangular", 2, im)?;
    Ok(rectangular(ctx, re, im))
}

/// `make-polar`
pub fn make_polar(ctx: &mut Ctx, magnitude: Value, angle: Value) -> Answer {
    let r = real_argument(ctx, "make-polar", 1, magnitude)?;
    let angle_double = exactness::double(real_argument(ctx, "make-polar", 2, angle)?);
    if angle == ZERO || magnitude == ZERO {
        return Ok(magnitude);
    }
    Ok(inexact(ctx, elementary::polar(exactness::double(r), angle_double)))
}

/// `real-part`
pub fn real_part(ctx: &mut Ctx, v: Value) -> Answer {
    check_number(ctx, "real-part", 1, v)?;
    Ok(parts(v).0)
}

/// `imag-part`
pub fn imag_part(ctx: &mut Ctx, v: Value) -> Answer {
    check_number(ctx, "imag-part", 1, v)?;
    Ok(parts(v).1)
}

/// `magnitude`: exact if it can be
pub fn magnitude(ctx: &mut Ctx, v: Value) -> Answer {
    check_number(ctx, "magnitude", 1, v)?;
    let Some((re, im)) = compnum(v) else { return arith::absolute(ctx, "magnitude", v) };
    if !arith::is_exact(re) {
        let (x, y) = doubles(v);
        return Ok(ctx.make_flonum(x.hypot(y)));
    }
    let square = norm(ctx, re, im)?;
    power::sqrt(ctx, square)
}

/// The square of the magnitude of exact parts.
pub(super) fn norm(ctx: &mut Ctx, re: Value, im: Value) -> Answer {
    let (re, im) = (arith::multiply(ctx, re, re)?, arith::multiply(ctx, im, im)?);
    arith::add(ctx, re, im)
}

/// `angle`: exact 0 for an exact number that is not negative, 0 included
pub fn angle(ctx: &mut Ctx, v: Value) -> Answer {
    check_number(ctx, "angle", 1, v)?;
    match kind(v) {
        Some(Real::Flonum(x)) => {
            let angle = if x.is_nan() { x } else { 0f64.atan2(x) };
            Ok(ctx.make_flonum(angle))
        }
        Some(_) if rational::sign(v) == Ordering::Less => Ok(ctx.make_flonum(PI)),
        Some(_) => Ok(ZERO),
        None => {
            let (x, y) = scaled_doubles(ctx, v)?;
            Ok(ctx.make_flonum(y.atan2(x)))
        }
    }
}

/// The parts as doubles of about the same proportion, also where they are too large or too small for doubles.
fn scaled_doubles(ctx: &mut Ctx, v: Value) -> Result<Pair, Raised> {
    let (re, im) = parts(v);
    let (x, y) = doubles(v);
    if !arith::is_exact(re) || x.is_normal() && y.is_normal() {
        return Ok((x, y));
    }
    if re == ZERO {
        return Ok((0.0, if rational::sign(im) == Ordering::Less { -1.0 } else { 1.0 }));
    }
    let ratio = arith::divide(ctx, im, re)?;
    let slope = exactness::to_f64(ratio).unwrap_or(f64::NAN);
    Ok(if rational::sign(re) == Ordering::Less { (-1.0, -slope) } else { (1.0, slope) })
}

/// An operation of which an operand is not real.
pub(super) fn operate(ctx: &mut Ctx, operation: Operation, a: Value, b: Value) -> Answer {
    use Operation::*;
    let who = operation.name();
    check_number(ctx, who, 1, a)?;
    check_number(ctx, who, 2, b)?;
    let ((ar, ai), (br, bi)) = (parts(a), parts(b));
    let (re, im) = match operation {
        Add => (arith::add(ctx, ar, br)?, arith::add(ctx, ai, bi)?),
        Subtract => (arith::subtract(ctx, ar, br)?, arith::subtract(ctx, ai, bi)?),
        Divide if b == ZERO => return Err(ctx.divided_by_zero(who)),
        Multiply if is_real(a) => (arith::multiply(ctx, a, br)?, arith::multiply(ctx, a, bi)?),
        Multiply if is_real(b) => (arith::multiply(ctx, ar, b)?, arith::multiply(ctx, ai, b)?),
        Divide if is_real(b) => (arith::divide(ctx, ar, b)?, arith::divide(ctx, ai, b)?),
        Multiply | Divide if !is_exact(a) || !is_exact(b) => {
            let f = if operation == Multiply { elementary::multiply } else { elementary::divide };
            return Ok(inexact(ctx, f(doubles(a), doubles(b))));
        }
        Multiply => product(ctx, (ar, ai), (br, bi))?,
        Divide => {
            let conjugate = (br, arith::negate(ctx, who, bi)?);
            let norm = norm(ctx, br, bi)?;
            let (re, im) = product(ctx, (ar, ai), conjugate)?;
            (arith::divide(ctx, re, norm)?, arith::divide(ctx, im, norm)?)
        }
    };
    Ok(rectangular(ctx, re, im))
}

/// `(a + bi)(c + di)`, exact
fn product(ctx: &mut Ctx, (a, b): (Value, Value), (c, d): (Value, Value)) -> Result<(Value, Value), Raised> {
    let (ac, bd) = (arith::multiply(ctx, a, c)?, arith::multiply(ctx, b, d)?);
    let (ad, bc) = (arith::multiply(ctx, a, d)?, arith::multiply(ctx, b, c)?);
    Ok((arith::subtract(ctx, ac, bd)?, arith::add(ctx, ad, bc)?))
}

/// Applies a function that answers real numbers to each part of a number that is not real.
pub(super) fn map(ctx: &mut Ctx, v: Value, f: impl Fn(&mut Ctx, Value) -> Answer) -> Answer {
    let (re, im) = parts(v);
    let (re, im) = (f(ctx, re)?, f(ctx, im)?);
    Ok(rectangular(ctx, re, im))
}

/// Whether a number, complex or not, is exact.
pub fn is_exact(v: Value) -> bool {
    arith::is_exact(parts(v).0)
}

/// `=`
pub fn equal(ctx: &mut Ctx, a: Value, b: Value) -> Result<bool, Raised> {
    check_number(ctx, "=", 1, a)?;
    check_number(ctx, "=", 2, b)?;
    let ((ar, ai), (br, bi)) = (parts(a), parts(b));
    Ok(arith::compare(ctx, "=", ar, br)? == Some(Ordering::Equal)
        && arith::compare(ctx, "=", ai, bi)? == Some(Ordering::Equal))
}

/// Whether a number is zero, of either exactness.
pub fn is_zero(ctx: &mut Ctx, v: Value) -> Result<bool, Raised> {
    check_number(ctx, "zero?", 1, v)?;
    Ok(doubles_are_zero(v))
}

fn doubles_are_zero(v: Value) -> bool {
    let zero = |v| v == ZERO || matches!(kind(v), Some(Real::Flonum(0.0)));
    let (re, im) = parts(v);
    zero(re) && zero(im)
}

/// The square root of an exact number that is not real: exact if both its parts can be.
pub(super) fn exact_sqrt(ctx: &mut Ctx, v: Value) -> Result<Option<Value>, Raised> {
    let (re, im) = parts(v);
    let norm = norm(ctx, re, im)?;
    let Some(modulus) = power::exact_sqrt(ctx, norm)? else { return Ok(None) };
    let two = Value::fixnum(2);
    let sum = arith::add(ctx, modulus, re)?;
    let half = arith::divide(ctx, sum, two)?;
    let Some(root) = power::exact_sqrt(ctx, half)? else { return Ok(None) };
    // The imaginary part of the root is half that of the number by the root's real part, or, if that is 0, all there is.
    let other = if root == ZERO {
        let rest = arith::negate(ctx, "sqrt", re)?;
        match power::exact_sqrt(ctx, rest)? {
            Some(other) => other,
            None => return Ok(None),
        }
    } else {
        let twice = arith::multiply(ctx, root, two)?;
        arith::divide(ctx, im, twice)?
    };
    Ok(Some(rectangular(ctx, root, other)))
}

/// The square root of an exact number that is not real, inexact, whatever the size of its parts: of `h`, half the sum of the modulus
/// and of the real part's magnitude, and of what the square of half the imaginary part is of `h`.
pub(super) fn inexact_sqrt(ctx: &mut Ctx, v: Value) -> Answer {
    let (re, im) = parts(v);
    let norm = norm(ctx, re, im)?;
    let modulus = real::close_root(ctx, norm);
    let size = arith::absolute(ctx, "sqrt", re)?;
    let sum = arith::add(ctx, modulus, size)?;
    let h = arith::divide(ctx, sum, Value::fixnum(2))?;
    let half = arith::divide(ctx, im, Value::fixnum(2))?;
    let square = arith::multiply(ctx, half, half)?;
    let other = arith::divide(ctx, square, h)?;
    let (root, other) = (real::double_root(h), real::double_root(other));
    let (x, y) = if rational::sign(re) == Ordering::Less { (other, root) } else { (root, other) };
    Ok(inexact(ctx, (x, if rational::sign(im) == Ordering::Less { -y } else { y })))
}
