//! Rounding, powers and transcendental functions, parts of complex numbers, exactness, and numbers as text.

use crate::abi::Ctx;
use crate::number::{self, Answer, answer, arith, complex, exactness, power, random, real, transcendental};
use crate::object::Str;
use crate::value::Value;

macro_rules! unary {
    ($($(#[$m:meta])* $f:ident $module:ident;)*) => {$(
        $(#[$m])*
        #[inline]
        pub fn $f(ctx: &mut Ctx, a: Value) -> Value {
            answer($module::$f(ctx, a))
        }
    )*};
}
unary! {
    /// `numerator`
    numerator real;
    /// `denominator`
    denominator real;
    /// `floor`
    floor real;
    /// `ceiling`
    ceiling real;
    /// `truncate`
    truncate real;
    /// `round`
    round real;
    /// `sqrt`
    sqrt power;
    /// `real-part`
    real_part complex;
    /// `imag-part`
    imag_part complex;
    /// `magnitude`
    magnitude complex;
    /// `angle`
    angle complex;
    /// `exp`
    exp transcendental;
    /// `sin`
    sin transcendental;
    /// `cos`
    cos transcendental;
    /// `tan`
    tan transcendental;
    /// `asin`
    asin transcendental;
    /// `acos`
    acos transcendental;
    /// `random`
    random random;
}

/// `make-rectangular`
#[inline]
pub fn make_rectangular(ctx: &mut Ctx, re: Value, im: Value) -> Value {
    answer(complex::make_rectangular(ctx, re, im))
}
/// `make-polar`
#[inline]
pub fn make_polar(ctx: &mut Ctx, magnitude: Value, angle: Value) -> Value {
    answer(complex::make_polar(ctx, magnitude, angle))
}
/// `rationalize`
#[inline]
pub fn rationalize(ctx: &mut Ctx, x: Value, y: Value) -> Value {
    answer(real::rationalize(ctx, x, y))
}
/// `square`
#[inline]
pub fn square(ctx: &mut Ctx, a: Value) -> Value {
    if !number::is_number(a) {
        return ctx.wrong_type("square", 1, a, "number");
    }
    answer(arith::multiply(ctx, a, a))
}
/// `expt`
#[inline]
pub fn expt(ctx: &mut Ctx, base: Value, exponent: Value) -> Value {
    answer(power::expt(ctx, base, exponent))
}

fn one_or_two(
    ctx: &mut Ctx,
    a: Value,
    b: Value,
    one: fn(&mut Ctx, Value) -> Answer,
    two: fn(&mut Ctx, Value, Value) -> Answer,
) -> Value {
    answer(if b == Value::ABSENT { one(ctx, a) } else { two(ctx, a, b) })
}

/// `log`
#[inline]
pub fn log(ctx: &mut Ctx, a: Value, base: Value) -> Value {
    one_or_two(ctx, a, base, transcendental::log, transcendental::log_to_base)
}
/// `atan`
#[inline]
pub fn atan(ctx: &mut Ctx, y: Value, x: Value) -> Value {
    one_or_two(ctx, y, x, transcendental::atan, transcendental::atan2)
}

/// `exact`
#[inline]
pub fn exact(ctx: &mut Ctx, a: Value) -> Value {
    answer(exactness::exact(ctx, "exact", a))
}
/// `inexact`
#[inline]
pub fn inexact(ctx: &mut Ctx, a: Value) -> Value {
    answer(exactness::inexact(ctx, "inexact", a))
}
/// `%flonum`
#[inline]
pub fn the_flonum(ctx: &mut Ctx, a: Value) -> Value {
    if number::flonum(a).is_some() { a } else { ctx.wrong_type("%flonum", 1, a, "flonum") }
}
/// `inexact->exact`
#[inline]
pub fn inexact_to_exact(ctx: &mut Ctx, a: Value) -> Value {
    answer(exactness::exact(ctx, "inexact->exact", a))
}
/// `exact->inexact`
#[inline]
pub fn exact_to_inexact(ctx: &mut Ctx, a: Value) -> Value {
    answer(exactness::inexact(ctx, "exact->inexact", a))
}

/// A radix argument; 10 if it was not given.
fn radix(v: Value) -> Option<u32> {
    match v.as_fixnum() {
        Some(n @ 2..=36) => Some(n as u32),
        _ => (v == Value::ABSENT).then_some(10),
    }
}

/// `number->string`
#[inline]
pub fn number_to_string(ctx: &mut Ctx, a: Value, base: Value) -> Value {
    let who = "number->string";
    if !number::is_number(a) {
        return ctx.wrong_type(who, 1, a, "number");
    }
    match radix(base) {
        Some(radix) => match number::write_unless_interrupted(ctx, a, radix) {
            Some(text) => ctx.string_from(&text).value(),
            None => ctx.leave_if_interrupted().map_or_else(|raised| raised, |()| Value::RAISED),
        },
        None => ctx.wrong_type(who, 2, base, "exact integer from 2 to 36"),
    }
}
/// `string->number`
#[inline]
pub fn string_to_number(ctx: &mut Ctx, text: Value, base: Value) -> Value {
    let who = "string->number";
    let Some(string) = Str::of(text) else { return ctx.wrong_type(who, 1, text, "string") };
    let Some(radix) = radix(base) else { return ctx.wrong_type(who, 2, base, "exact integer from 2 to 36") };
    let text = string.to_rust(ctx);
    number::parse_unless_interrupted(ctx, &text, radix).map_or(Value::RAISED, |n| n.unwrap_or(Value::FALSE))
}
