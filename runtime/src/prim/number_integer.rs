//! Integer division, common divisors, and exact integers as rows of bits.

use crate::abi::Ctx;
use crate::number::{answer, bits, division, real};
use crate::value::Value;

/// Divisors by which fixnums can be divided without overflow or error.
fn plain(a: Value, b: Value) -> Option<(i64, i64)> {
    Some((a.as_fixnum()?, b.as_fixnum().filter(|&b| b > 0)?))
}

macro_rules! divisions {
    ($($(#[$m:meta])* $f:ident $name:literal $slow:ident |$a:ident, $b:ident| $fast:expr;)*) => {$(
        $(#[$m])*
        #[inline]
        pub fn $f(ctx: &mut Ctx, a: Value, b: Value) -> Value {
            match plain(a, b) {
                Some(($a, $b)) => Value::fixnum($fast),
                None => answer(division::$slow(ctx, $name, a, b)),
            }
        }
    )*};
}
divisions! {
    /// `floor-quotient`
    floor_quotient "floor-quotient" floor_quotient |a, b| a.div_euclid(b);
    /// `floor-remainder`
    floor_remainder "floor-remainder" floor_remainder |a, b| a.rem_euclid(b);
    /// `modulo`
    modulo "modulo" floor_remainder |a, b| a.rem_euclid(b);
    /// `truncate-quotient`
    truncate_quotient "truncate-quotient" truncate_quotient |a, b| a / b;
    /// `quotient`
    quotient "quotient" truncate_quotient |a, b| a / b;
    /// `truncate-remainder`
    truncate_remainder "truncate-remainder" truncate_remainder |a, b| a % b;
    /// `remainder`
    remainder "remainder" truncate_remainder |a, b| a % b;
}

/// `gcd`
#[inline]
pub fn gcd(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(division::gcd(ctx, a, b))
}
/// `lcm`
#[inline]
pub fn lcm(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(division::lcm(ctx, a, b))
}
/// The first value of `exact-integer-sqrt`
#[inline]
pub fn exact_integer_sqrt(ctx: &mut Ctx, a: Value) -> Value {
    answer(real::exact_integer_sqrt(ctx, a))
}

/// `bitwise-and`
#[inline]
pub fn bitwise_and(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::and(ctx, a, b))
}
/// `bitwise-ior`
#[inline]
pub fn bitwise_ior(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::or(ctx, a, b))
}
/// `bitwise-xor`
#[inline]
pub fn bitwise_xor(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::xor(ctx, a, b))
}
/// `bitwise-not`
#[inline]
pub fn bitwise_not(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::not(ctx, a))
}
/// `arithmetic-shift`
#[inline]
pub fn arithmetic_shift(ctx: &mut Ctx, a: Value, count: Value) -> Value {
    answer(bits::shift(ctx, a, count))
}
/// `bit-count`
#[inline]
pub fn bit_count(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::count(ctx, a))
}
/// `integer-length`
#[inline]
pub fn integer_length(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::length(ctx, a))
}
