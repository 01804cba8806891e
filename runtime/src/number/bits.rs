//! Exact integers as infinite rows of bits in two's complement (SRFI 151).

use super::heap::{bignum, integer, is_exact_integer};
use super::{Answer, Raised, integer as int, limbs};
use crate::abi::Ctx;
use crate::value::Value;

/// Checks that both arguments are exact integers.
fn check(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<(), Raised> {
    if is_exact_integer(v) { Ok(()) } else { Err(ctx.not_a(who, position, v, "exact integer")) }
}

macro_rules! bitwise {
    ($($(#[$m:meta])* $f:ident $name:literal $operator:tt;)*) => {$(
        $(#[$m])*
        pub fn $f(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
            if a.is_fixnum() && b.is_fixnum() {
                return Ok(Value(a.0 $operator b.0));
            }
            check(ctx, $name, 1, a)?;
            check(ctx, $name, 2, b)?;
            Ok(ctx.integer_from(&(integer(a) $operator integer(b))))
        }
    )*};
}
bitwise! {
    /// `bitwise-and`
    and "bitwise-and" &;
    /// `bitwise-ior`
    or "bitwise-ior" |;
    /// `bitwise-xor`
    xor "bitwise-xor" ^;
}

/// `bitwise-not`: `-1 - a`
pub fn not(ctx: &mut Ctx, a: Value) -> Answer {
    check(ctx, "bitwise-not", 1, a)?;
    Ok(int::subtract(ctx, Value::fixnum(-1), a))
}

/// `arithmetic-shift`: left by a positive count, right (rounding down) by a negative one
pub fn shift(ctx: &mut Ctx, a: Value, count: Value) -> Answer {
    if let (Some(n), Some(count @ -63..=60)) = (a.as_fixnum(), count.as_fixnum()) {
        return Ok(if count < 0 { Value::fixnum(n >> -count) } else { ctx.make_wide((n as i128) << count) });
    }
    let who = "arithmetic-shift";
    check(ctx, who, 1, a)?;
    check(ctx, who, 2, count)?;
    let count = count.as_fixnum().unwrap_or_else(|| if bignum(count).negative { i64::MIN } else { i64::MAX });
    int::shift(ctx, who, a, count)
}

/// `bit-count`: ones of a number that is not negative, zeros of a negative one
pub fn count(ctx: &mut Ctx, a: Value) -> Answer {
    check(ctx, "bit-count", 1, a)?;
    if let Some(n) = a.as_fixnum() {
        return Ok(Value::fixnum((n ^ n >> 63).count_ones() as i64));
    }
    let n = bignum(a);
    let mut ones: u64 = n.limbs.iter().map(|limb| limb.count_ones() as u64).sum();
    if n.negative {
        // The zeros of -m are the ones of m - 1: its lowest one becomes zero and the zeros below it ones.
        let below: u64 = trailing_zeros(n.limbs);
        ones = ones - 1 + below;
    }
    Ok(ctx.make_unsigned(ones))
}

fn trailing_zeros(magnitude: &[u64]) -> u64 {
    let limb = magnitude.iter().position(|&limb| limb != 0).unwrap_or(0);
    limb as u64 * 64 + magnitude[limb].trailing_zeros() as u64
}

/// `integer-length`: bits that the number takes, its sign not counted
pub fn length(ctx: &mut Ctx, a: Value) -> Answer {
    check(ctx, "integer-length", 1, a)?;
    if let Some(n) = a.as_fixnum() {
        return Ok(Value::fixnum(64 - (n ^ n >> 63).leading_zeros() as i64));
    }
    let n = bignum(a);
    let length = limbs::bit_length(n.limbs);
    let power_of_two = trailing_zeros(n.limbs) + 1 == length;
    Ok(ctx.make_unsigned(length - (n.negative && power_of_two) as u64))
}
