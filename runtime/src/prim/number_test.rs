//! Predicates of numbers, and max, min and absolute value.

use crate::abi::Ctx;
use crate::number::{Raised, answer, arith, division, flonum, is_number};
use crate::value::Value;
use std::cmp::Ordering;

/// `number?`, `complex?`, `real?`: all numbers are real as yet
pub extern "C" fn number(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(is_number(a))
}
/// `rational?`
pub extern "C" fn rational(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_rational(a))
}
/// `integer?`
pub extern "C" fn integer(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_integer(a))
}
/// `exact-integer?`
pub extern "C" fn exact_integer(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_integer_exact(a))
}
/// `exact-rational?`
pub extern "C" fn exact_rational(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(arith::is_exact(a))
}

fn property(ctx: &mut Ctx, who: &'static str, a: Value, of_exact: bool, of_double: fn(f64) -> bool) -> Value {
    match flonum(a) {
        Some(x) => Value::boolean(of_double(x)),
        None if arith::is_exact(a) => Value::boolean(of_exact),
        None => ctx.wrong_type(who, 1, a, "number"),
    }
}

/// `exact?`
pub extern "C" fn exact(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "exact?", a, true, |_| false)
}
/// `inexact?`
pub extern "C" fn inexact(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "inexact?", a, false, |_| true)
}
/// `finite?`
pub extern "C" fn finite(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "finite?", a, true, f64::is_finite)
}
/// `infinite?`
pub extern "C" fn infinite(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "infinite?", a, false, f64::is_infinite)
}
/// `nan?`
pub extern "C" fn nan(ctx: &mut Ctx, a: Value) -> Value {
    property(ctx, "nan?", a, false, f64::is_nan)
}

fn signed(ctx: &mut Ctx, who: &'static str, a: Value, wanted: Ordering) -> Value {
    arith::sign(ctx, who, a).map_or(Value::RAISED, |sign| Value::boolean(sign == Some(wanted)))
}

/// `zero?`
pub extern "C" fn zero(ctx: &mut Ctx, a: Value) -> Value {
    signed(ctx, "zero?", a, Ordering::Equal)
}
/// `positive?`
pub extern "C" fn positive(ctx: &mut Ctx, a: Value) -> Value {
    signed(ctx, "positive?", a, Ordering::Greater)
}
/// `negative?`
pub extern "C" fn negative(ctx: &mut Ctx, a: Value) -> Value {
    signed(ctx, "negative?", a, Ordering::Less)
}

fn parity(odd: Result<bool, Raised>, wanted: bool) -> Value {
    odd.map_or(Value::RAISED, |odd| Value::boolean(odd == wanted))
}

/// `odd?`
pub extern "C" fn odd(ctx: &mut Ctx, a: Value) -> Value {
    parity(division::is_odd(ctx, "odd?", a), true)
}
/// `even?`
pub extern "C" fn even(ctx: &mut Ctx, a: Value) -> Value {
    parity(division::is_odd(ctx, "even?", a), false)
}

/// `max`
pub extern "C" fn max(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::extreme(ctx, "max", a, b, Ordering::Greater))
}
/// `min`
pub extern "C" fn min(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::extreme(ctx, "min", a, b, Ordering::Less))
}
/// `(max a)`: the number itself
pub extern "C" fn max_of_one(ctx: &mut Ctx, a: Value) -> Value {
    itself(ctx, "max", a)
}
/// `(min a)`: the number itself
pub extern "C" fn min_of_one(ctx: &mut Ctx, a: Value) -> Value {
    itself(ctx, "min", a)
}
fn itself(ctx: &mut Ctx, who: &'static str, a: Value) -> Value {
    if is_number(a) { a } else { ctx.wrong_type(who, 1, a, "number") }
}
/// `abs`
pub extern "C" fn abs(ctx: &mut Ctx, a: Value) -> Value {
    answer(arith::absolute(ctx, "abs", a))
}
/// `magnitude`
pub extern "C" fn magnitude(ctx: &mut Ctx, a: Value) -> Value {
    answer(arith::absolute(ctx, "magnitude", a))
}
