//! Predicates of numbers, and max, min and absolute value.

use crate::abi::Ctx;
use crate::number::{Raised, answer, arith, complex, division, flonum, is_number, is_real};
use crate::value::Value;
use std::cmp::Ordering;

/// `number?`, `complex?`
#[inline]
pub fn number(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(is_number(a))
}
/// `real?`
#[inline]
pub fn real(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(is_real(a))
}
/// `rational?`
#[inline]
pub fn rational(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_rational(a))
}
/// `integer?`
#[inline]
pub fn integer(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_integer(a))
}
/// `exact-integer?`
#[inline]
pub fn exact_integer(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_integer_exact(a))
}
/// `exact-rational?`
#[inline]
pub fn exact_rational(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_exact(a))
}

fn exactness(ctx: &mut Ctx, who: &'static str, a: Value, wanted: bool) -> Value {
    if is_number(a) { Value::boolean(complex::is_exact(a) == wanted) } else { ctx.wrong_type(who, 1, a, "number") }
}

/// Whether a property holds of a number's two parts; exact ones count as 0.
fn property(ctx: &mut Ctx, who: &'static str, a: Value, holds: fn(f64, f64) -> bool) -> Value {
    match flonum(a) {
        Some(x) => Value::boolean(holds(x, 0.0)),
        None if !is_number(a) => ctx.wrong_type(who, 1, a, "number"),
        None if complex::is_exact(a) => Value::boolean(holds(0.0, 0.0)),
        None => {
            let (x, y) = complex::doubles(a);
            Value::boolean(holds(x, y))
        }
    }
}

/// `exact?`
#[inline]
pub fn exact(ctx: &mut Ctx, a: Value) -> Value {
    exactness(ctx, "exact?", a, true)
}
/// `inexact?`
#[inline]
pub fn inexact(ctx: &mut Ctx, a: Value) -> Value {
    exactness(ctx, "inexact?", a, false)
}
/// `finite?`
#[inline]
pub fn finite(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "finite?", a, |x, y| x.is_finite() && y.is_finite())
}
/// `infinite?`
#[inline]
pub fn infinite(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "infinite?", a, |x, y| x.is_infinite() || y.is_infinite())
}
/// `nan?`
#[inline]
pub fn nan(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "nan?", a, |x, y| x.is_nan() || y.is_nan())
}

fn signed(ctx: &mut Ctx, who: &'static str, a: Value, wanted: Ordering) -> Value {
    arith::sign(ctx, who, a).map_or(Value::RAISED, |sign| Value::boolean(sign == Some(wanted)))
}

/// `zero?`
#[inline]
pub fn zero(ctx: &mut Ctx, a: Value) -> Value {
    complex::is_zero(ctx, a).map_or(Value::RAISED, Value::boolean)
}
/// `positive?`
#[inline]
pub fn positive(ctx: &mut Ctx, a: Value) -> Value {
    signed(ctx, "positive?", a, Ordering::Greater)
}
/// `negative?`
#[inline]
pub fn negative(ctx: &mut Ctx, a: Value) -> Value {
    signed(ctx, "negative?", a, Ordering::Less)
}

fn parity(odd: Result<bool, Raised>, wanted: bool) -> Value {
    odd.map_or(Value::RAISED, |odd| Value::boolean(odd == wanted))
}

/// `odd?`
#[inline]
pub fn odd(ctx: &mut Ctx, a: Value) -> Value {
    parity(division::is_odd(ctx, "odd?", a), true)
}
/// `even?`
#[inline]
pub fn even(ctx: &mut Ctx, a: Value) -> Value {
    parity(division::is_odd(ctx, "even?", a), false)
}

/// `max`
#[inline]
pub fn max(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::extreme(ctx, "max", a, b, Ordering::Greater))
}
/// `min`
#[inline]
pub fn min(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::extreme(ctx, "min", a, b, Ordering::Less))
}
/// `(max a)`: the number itself
#[inline]
pub fn max_of_one(ctx: &mut Ctx, a: Value) -> Value {
    itself(ctx, "max", a)
}
/// `(min a)`: the number itself
#[inline]
pub fn min_of_one(ctx: &mut Ctx, a: Value) -> Value {
    itself(ctx, "min", a)
}
fn itself(ctx: &mut Ctx, who: &'static str, a: Value) -> Value {
    if is_real(a) { a } else { ctx.wrong_type(who, 1, a, "real number") }
}
/// `abs`
#[inline]
pub fn abs(ctx: &mut Ctx, a: Value) -> Value {
    answer(arith::absolute(ctx, "abs", a))
}
