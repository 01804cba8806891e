//! The division operators of R7RS 6.2.6, gcd and lcm, odd and even: integers of either exactness.

use super::heap::{int, is_exact_integer};
use super::integer::{self, Rounding};
use super::{Answer, Raised, Real, exactness, heap};
use crate::abi::Ctx;
use crate::value::Value;

/// Two integers: both exact; or both as doubles; or exact, of which one was inexact and the other is no double.
enum Pair {
    Exact(Value, Value),
    Inexact(f64, f64),
    Mixed(Value, Value),
}

fn integer_pair(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Pair, Raised> {
    if is_exact_integer(a) && is_exact_integer(b) {
        return Ok(Pair::Exact(a, b));
    }
    let (x, y) = (integral_double(ctx, who, 1, a)?, integral_double(ctx, who, 2, b)?);
    if is_double(a) && is_double(b) {
        return Ok(Pair::Inexact(x, y));
    }
    Ok(Pair::Mixed(exactness::exact(ctx, who, a)?, exactness::exact(ctx, who, b)?))
}

/// Whether a double can be this integer.
fn is_double(v: Value) -> bool {
    heap::flonum(v).is_some() || v.as_fixnum().is_some_and(exactness::is_exact_double)
}

fn integral_double(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<f64, Raised> {
    match heap::kind(v) {
        Some(Real::Flonum(x)) if x.is_finite() && x.trunc() == x => Ok(x),
        Some(n @ (Real::Fixnum(_) | Real::Bignum(_))) => Ok(exactness::double(n)),
        _ => Err(ctx.not_a(who, position, v, "integer")),
    }
}

/// Operands of a division, the divisor not zero.
fn operands(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Pair, Raised> {
    let pair = integer_pair(ctx, who, a, b)?;
    match pair {
        Pair::Exact(_, b) | Pair::Mixed(_, b) if b == Value::fixnum(0) => Err(ctx.divided_by_zero(who)),
        Pair::Inexact(_, 0.0) => Err(ctx.divided_by_zero(who)),
        _ => Ok(pair),
    }
}

/// Truncated quotient and remainder, both exact; `None` if the quotient may have too many digits for a double.
fn quotient_remainder(a: f64, b: f64) -> Option<(f64, f64)> {
    let r = a % b;
    let q = ((a - r) / b).round();
    (q.abs() < 2f64.powi(52)).then_some((q, r))
}

/// A division of integers of any exactness, from what it is for exact ones, and for doubles if these have enough digits for it.
fn divide(
    ctx: &mut Ctx,
    who: &'static str,
    a: Value,
    b: Value,
    exact: impl Fn(&mut Ctx, Value, Value) -> Answer,
    double: impl Fn(f64, f64) -> Option<f64>,
) -> Answer {
    match operands(ctx, who, a, b)? {
        Pair::Exact(a, b) => exact(ctx, a, b),
        Pair::Inexact(x, y) => {
            if let Some(answer) = double(x, y) {
                return Ok(ctx.make_flonum(answer));
            }
            let (a, b) = (ctx.exact_of(who, 1, x)?, ctx.exact_of(who, 2, y)?);
            let v = exact(ctx, a, b)?;
            exactness::inexact(ctx, who, v)
        }
        Pair::Mixed(a, b) => {
            let v = exact(ctx, a, b)?;
            exactness::inexact(ctx, who, v)
        }
    }
}

/// `floor-quotient`
pub fn floor_quotient(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let exact = |ctx: &mut Ctx, a, b| integer::quotient(ctx, Rounding::Floor, a, b);
    divide(ctx, who, a, b, exact, |a, b| {
        let (q, r) = quotient_remainder(a, b)?;
        let above = r != 0.0 && (r < 0.0) != (b < 0.0);
        Some(q - above as u8 as f64)
    })
}

/// `truncate-quotient`, `quotient`
pub fn truncate_quotient(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let exact = |ctx: &mut Ctx, a, b| integer::quotient(ctx, Rounding::Truncate, a, b);
    divide(ctx, who, a, b, exact, |a, b| Some(quotient_remainder(a, b)?.0))
}

/// `floor-remainder`, `modulo`
pub fn floor_remainder(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let exact = |ctx: &mut Ctx, a, b| integer::remainder(ctx, Rounding::Floor, a, b);
    divide(ctx, who, a, b, exact, |a, b| {
        let r = a % b;
        Some(if r != 0.0 && (r < 0.0) != (b < 0.0) { r + b } else { r })
    })
}

/// `truncate-remainder`, `remainder`
pub fn truncate_remainder(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    let exact = |ctx: &mut Ctx, a, b| integer::remainder(ctx, Rounding::Truncate, a, b);
    divide(ctx, who, a, b, exact, |a, b| Some(a % b))
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
            exactness::inexact(ctx, who, v)
        }
        Pair::Mixed(a, b) => {
            let v = f(ctx, a, b)?;
            exactness::inexact(ctx, who, v)
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
