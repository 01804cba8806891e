//! The division operators of R7RS 6.2.6, gcd and lcm, odd and even: integers of either exactness.

use super::heap::{int, is_exact_integer};
use super::integer::{self, Rounding};
use super::{Answer, Raised, Real, heap};
use crate::abi::Ctx;
use crate::value::Value;

/// Two integers: both exact, or both as doubles.
enum Pair {
    Exact(Value, Value),
    Inexact(f64, f64),
}

fn integer_pair(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Pair, Raised> {
    if is_exact_integer(a) && is_exact_integer(b) {
        return Ok(Pair::Exact(a, b));
    }
    Ok(Pair::Inexact(integral_double(ctx, who, 1, a)?, integral_double(ctx, who, 2, b)?))
}

fn integral_double(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<f64, Raised> {
    match heap::kind(v) {
        Some(Real::Flonum(x)) if x.is_finite() && x.trunc() == x => Ok(x),
        Some(n @ (Real::Fixnum(_) | Real::Bignum(_))) => Ok(super::exactness::double(n)),
        _ => Err(ctx.not_a(who, position, v, "integer")),
    }
}

/// Operands of a division, the divisor not zero.
fn operands(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Pair, Raised> {
    let pair = integer_pair(ctx, who, a, b)?;
    match pair {
        Pair::Exact(_, b) if b == Value::fixnum(0) => Err(ctx.divided_by_zero(who)),
        Pair::Inexact(_, 0.0) => Err(ctx.divided_by_zero(who)),
        _ => Ok(pair),
    }
}

/// Truncated quotient, as exact as a double can be, and remainder, which is exact.
fn quotient_remainder(a: f64, b: f64) -> (f64, f64) {
    let r = a % b;
    (((a - r) / b).round(), r)
}

/// `floor-quotient`
pub fn floor_quotient(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    match operands(ctx, who, a, b)? {
        Pair::Exact(a, b) => Ok(integer::quotient(ctx, Rounding::Floor, a, b)),
        Pair::Inexact(a, b) => {
            let (q, r) = quotient_remainder(a, b);
            let above = r != 0.0 && (r < 0.0) != (b < 0.0);
            Ok(ctx.make_flonum(q - above as u8 as f64))
        }
    }
}

/// `truncate-quotient`, `quotient`
pub fn truncate_quotient(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    match operands(ctx, who, a, b)? {
        Pair::Exact(a, b) => Ok(integer::quotient(ctx, Rounding::Truncate, a, b)),
        Pair::Inexact(a, b) => Ok(ctx.make_flonum(quotient_remainder(a, b).0)),
    }
}

/// `floor-remainder`, `modulo`
pub fn floor_remainder(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    match operands(ctx, who, a, b)? {
        Pair::Exact(a, b) => Ok(integer::remainder(ctx, Rounding::Floor, a, b)),
        Pair::Inexact(a, b) => {
            let r = a % b;
            Ok(ctx.make_flonum(if r != 0.0 && (r < 0.0) != (b < 0.0) { r + b } else { r }))
        }
    }
}

/// `truncate-remainder`, `remainder`
pub fn truncate_remainder(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    match operands(ctx, who, a, b)? {
        Pair::Exact(a, b) => Ok(integer::remainder(ctx, Rounding::Truncate, a, b)),
        Pair::Inexact(a, b) => Ok(ctx.make_flonum(a % b)),
    }
}

/// `gcd`
pub fn gcd(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    inexact_too(ctx, "gcd", a, b, |ctx, a, b| Ok(integer::gcd(ctx, a, b)))
}

/// `lcm`
pub fn lcm(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    inexact_too(ctx, "lcm", a, b, |ctx, a, b| integer::lcm(ctx, "lcm", a, b))
}

/// Applies a function of exact integers to integers of any exactness.
fn inexact_too(
    ctx: &mut Ctx,
    who: &'static str,
    a: Value,
    b: Value,
    f: fn(&mut Ctx, Value, Value) -> Answer,
) -> Answer {
    match integer_pair(ctx, who, a, b)? {
        Pair::Exact(a, b) => f(ctx, a, b),
        Pair::Inexact(a, b) => {
            let (a, b) = (ctx.exact_of(who, 1, a)?, ctx.exact_of(who, 2, b)?);
            let v = f(ctx, a, b)?;
            super::exactness::inexact(ctx, who, v)
        }
    }
}

/// Whether an integer of any exactness is odd.
pub fn is_odd(ctx: &mut Ctx, who: &'static str, a: Value) -> Result<bool, Raised> {
    if is_exact_integer(a) {
        return Ok(int(a, &mut [0]).is_odd());
    }
    Ok(integral_double(ctx, who, 1, a)? % 2.0 != 0.0)
}
