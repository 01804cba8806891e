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
        pub extern "C" fn $f(ctx: &mut Ctx, a: Value, b: Value) -> Value {
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
pub extern "C" fn gcd(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(division::gcd(ctx, a, b))
}
/// `lcm`
pub extern "C" fn lcm(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(division::lcm(ctx, a, b))
}
/// The first value of `exact-integer-sqrt`
pub extern "C" fn exact_integer_sqrt(ctx: &mut Ctx, a: Value) -> Value {
    answer(real::exact_integer_sqrt(ctx, a))
}

/// `bitwise-and`
pub extern "C" fn bitwise_and(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::and(ctx, a, b))
}
/// `bitwise-ior`
pub extern "C" fn bitwise_ior(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::or(ctx, a, b))
}
/// `bitwise-xor`
pub extern "C" fn bitwise_xor(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(bits::xor(ctx, a, b))
}
/// `bitwise-not`
pub extern "C" fn bitwise_not(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::not(ctx, a))
}
/// `arithmetic-shift`
pub extern "C" fn arithmetic_shift(ctx: &mut Ctx, a: Value, count: Value) -> Value {
    answer(bits::shift(ctx, a, count))
}
/// `bit-count`
pub extern "C" fn bit_count(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::count(ctx, a))
}
/// `integer-length`
pub extern "C" fn integer_length(ctx: &mut Ctx, a: Value) -> Value {
    answer(bits::length(ctx, a))
}
