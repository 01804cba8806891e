//! Arithmetic on exact integers: fixnums and bignums in any mix. Arguments must be exact integers.
//!
//! The size of a sum or product is known from the operands' top limbs but for rare cases, so that results are written
//! straight into their object; in the rare cases they take a detour through a vector.

use super::heap::{Int, Room, bignum, int, natural};
use super::long::STEP;
use super::{Answer, FIXNUM_LIMIT, Raised, limbs, limit};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::*;
use malachite_base::num::basic::traits::{One, Zero};
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;
use std::cmp::Ordering;

/// Products of which the smaller operand has at most this many limbs are done in place.
const SCHOOLBOOK_LIMBS: usize = 24;

/// `a + b`
pub(super) fn add(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        return ctx.make_integer(a + b);
    }
    let (mut room_a, mut room_b): (Room, Room) = ([0], [0]);
    add_signed(ctx, int(a, &mut room_a), int(b, &mut room_b))
}

/// `a - b`
pub(super) fn subtract(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        return ctx.make_integer(a - b);
    }
    let (mut room_a, mut room_b): (Room, Room) = ([0], [0]);
    let b = int(b, &mut room_b);
    add_signed(ctx, int(a, &mut room_a), Int { negative: !b.negative, ..b })
}

fn add_signed(ctx: &mut Ctx, a: Int, b: Int) -> Value {
    if a.negative == b.negative {
        let (long, short) = if a.limbs.len() >= b.limbs.len() { (a, b) } else { (b, a) };
        return add_magnitudes(ctx, a.negative, long.limbs, short.limbs);
    }
    match limbs::compare(a.limbs, b.limbs) {
        Ordering::Equal => Value::fixnum(0),
        Ordering::Greater => subtract_magnitudes(ctx, a.negative, a.limbs, b.limbs),
        Ordering::Less => subtract_magnitudes(ctx, b.negative, b.limbs, a.limbs),
    }
}

fn add_magnitudes(ctx: &mut Ctx, negative: bool, a: &[u64], b: &[u64]) -> Value {
    let n = a.len();
    let top = |limbs: &[u64]| limbs.get(n - 1).copied().unwrap_or(0);
    match top(a).checked_add(top(b)) {
        Some(sum) if sum < u64::MAX && (n > 1 || sum > FIXNUM_LIMIT) => ctx.make_bignum(negative, n, |out| {
            limbs::add(out, a, b);
        }),
        None => ctx.make_bignum(negative, n + 1, |out| {
            let (top, out) = out.split_last_mut().expect("more than one limb");
            *top = limbs::add(out, a, b) as u64;
        }),
        Some(_) => {
            let mut out = vec![0; n + 1];
            out[n] = limbs::add(&mut out[..n], a, b) as u64;
            ctx.integer_from_limbs(negative, &out)
        }
    }
}

fn subtract_magnitudes(ctx: &mut Ctx, negative: bool, a: &[u64], b: &[u64]) -> Value {
    let n = a.len();
    let top = a[n - 1] - b.get(n - 1).copied().unwrap_or(0);
    if n > 1 && top > 1 {
        return ctx.make_bignum(negative, n, |out| limbs::subtract(out, a, b));
    }
    let mut out = vec![0; n];
    limbs::subtract(&mut out, a, b);
    ctx.integer_from_limbs(negative, &out)
}

/// `a * b`
pub(super) fn multiply(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        return Ok(ctx.make_wide(a as i128 * b as i128));
    }
    let (mut room_a, mut room_b): (Room, Room) = ([0], [0]);
    let (a, b) = (int(a, &mut room_a), int(b, &mut room_b));
    let (long, short) = if a.limbs.len() >= b.limbs.len() { (a.limbs, b.limbs) } else { (b.limbs, a.limbs) };
    let negative = a.negative != b.negative;
    if short.is_empty() {
        return Ok(Value::fixnum(0));
    }
    limit::check_bits(ctx, who, limbs::bit_length(long) + limbs::bit_length(short))?;
    if short.len() > SCHOOLBOOK_LIMBS {
        let same = std::ptr::eq(long, short);
        let (long, short) = (Natural::from_limbs_asc(long), Natural::from_limbs_asc(short));
        let product =
            limit::long(ctx, |kernel| if same { kernel.square(&long) } else { kernel.multiply(&long, &short) })?;
        return Ok(ctx.integer_from_limbs(negative, product.as_limbs_asc()));
    }
    let n = long.len() + short.len();
    let bits = limbs::bit_length(long) + limbs::bit_length(short);
    let below_top = (n as u64 - 1) * 64;
    Ok(if n > 2 && bits > below_top + 1 {
        ctx.make_bignum(negative, n, |out| limbs::multiply(out, long, short))
    } else if n > 2 && short.len() == 1 && bits <= below_top {
        ctx.make_bignum(negative, n - 1, |out| {
            limbs::multiply_by_limb(out, long, short[0]);
        })
    } else {
        let mut out = vec![0; n];
        limbs::multiply(&mut out, long, short);
        ctx.integer_from_limbs(negative, &out)
    })
}

/// `-a`
pub(super) fn negate(ctx: &mut Ctx, a: Value) -> Value {
    match a.as_fixnum() {
        Some(n) => ctx.make_integer(-n),
        None => {
            let a = bignum(a);
            ctx.integer_from_limbs(!a.negative, a.limbs)
        }
    }
}

/// Compares two exact integers.
pub(super) fn compare(a: Value, b: Value) -> Ordering {
    match (a.as_fixnum(), b.as_fixnum()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => int(a, &mut [0]).compare(int(b, &mut [0])),
    }
}

/// Whether an exact integer is less than zero.
pub(super) fn is_negative(a: Value) -> bool {
    int(a, &mut [0]).negative
}

/// Bits of the magnitude of an exact integer.
pub(super) fn bit_length(a: Value) -> u64 {
    limbs::bit_length(int(a, &mut [0]).limbs)
}

/// How a quotient is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    Floor,
    Truncate,
}

/// Quotient of exact integers; `b` is not zero.
pub(super) fn quotient(ctx: &mut Ctx, rounding: Rounding, a: Value, b: Value) -> Answer {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        let q = a / b;
        let inexact_below = rounding == Rounding::Floor && a % b != 0 && (a < 0) != (b < 0);
        return Ok(ctx.make_integer(q - inexact_below as i64));
    }
    if rounding == Rounding::Truncate && compare_magnitudes(a, b) == Ordering::Less {
        return Ok(Value::fixnum(0));
    }
    let negative = is_negative(a) != is_negative(b);
    let (mut q, r) = magnitudes_divided(ctx, a, b)?;
    if rounding == Rounding::Floor && negative && r != Natural::ZERO {
        q += Natural::ONE;
    }
    Ok(ctx.integer_from_limbs(negative, q.as_limbs_asc()))
}

/// Remainder of exact integers, with the divisor's sign for `Floor`, the dividend's for `Truncate`; `b` is not zero.
pub(super) fn remainder(ctx: &mut Ctx, rounding: Rounding, a: Value, b: Value) -> Answer {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        let r = a % b;
        let other_side = rounding == Rounding::Floor && r != 0 && (r < 0) != (b < 0);
        return Ok(Value::fixnum(if other_side { r + b } else { r }));
    }
    if rounding == Rounding::Truncate && compare_magnitudes(a, b) == Ordering::Less {
        return Ok(a);
    }
    let (negative, other_side) = (is_negative(a), is_negative(a) != is_negative(b));
    let r = magnitudes_divided(ctx, a, b)?.1;
    if rounding == Rounding::Floor && other_side && r != Natural::ZERO {
        let r = natural(b) - r;
        return Ok(ctx.integer_from_limbs(!negative, r.as_limbs_asc()));
    }
    Ok(ctx.integer_from_limbs(negative, r.as_limbs_asc()))
}

fn magnitudes_divided(ctx: &mut Ctx, a: Value, b: Value) -> Result<(Natural, Natural), Raised> {
    let (a, b) = (natural(a), natural(b));
    limit::long(ctx, |kernel| kernel.divide(&a, &b))
}

fn compare_magnitudes(a: Value, b: Value) -> Ordering {
    limbs::compare(int(a, &mut [0]).limbs, int(b, &mut [0]).limbs)
}

/// Greatest common divisor, not negative.
pub(super) fn gcd(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
        return ctx.make_unsigned(gcd_limb(a.unsigned_abs(), b.unsigned_abs()));
    }
    let g = natural(a).gcd(natural(b));
    ctx.integer_from_limbs(false, g.as_limbs_asc())
}

/// Greatest common divisor by the binary method.
pub(super) fn gcd_limb(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << twos
}

/// Least common multiple, not negative.
pub(super) fn lcm(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Answer {
    if a == Value::fixnum(0) || b == Value::fixnum(0) {
        return Ok(Value::fixnum(0));
    }
    let g = gcd(ctx, a, b);
    let part = quotient(ctx, Rounding::Truncate, a, g)?;
    let product = multiply(ctx, who, part, b)?;
    Ok(if is_negative(product) { negate(ctx, product) } else { product })
}

/// `a * 2^shift`, rounded down for negative shifts.
pub(super) fn shift(ctx: &mut Ctx, who: &'static str, a: Value, shift: i64) -> Answer {
    if a == Value::fixnum(0) || shift == 0 {
        return Ok(a);
    }
    let mut room: Room = [0];
    let a_int = int(a, &mut room);
    let length = limbs::bit_length(a_int.limbs);
    if shift > 0 {
        limit::check_bits(ctx, who, length.saturating_add(shift as u64))?;
        let mut n = (length + shift as u64).div_ceil(64) as usize;
        if n > 1 {
            return Ok(ctx.make_bignum(a_int.negative, n, |out| limbs::shift_left(out, a_int.limbs, shift as usize)));
        }
        n = a_int.limbs.len();
        debug_assert_eq!(n, 1);
        return Ok(ctx.integer_from_limbs(a_int.negative, &[a_int.limbs[0] << shift]));
    }
    let bits = shift.unsigned_abs();
    if let Some(n) = a.as_fixnum() {
        return Ok(Value::fixnum(n >> bits.min(63)));
    }
    if bits >= length {
        return Ok(Value::fixnum(if a_int.negative { -1 } else { 0 }));
    }
    let mut out = vec![0; (length - bits).div_ceil(64) as usize + 1];
    let n = out.len() - 1;
    if limbs::shift_right(&mut out[..n], a_int.limbs, bits as usize) && a_int.negative {
        out[n] = limbs::increment(&mut out[..n]) as u64;
    }
    Ok(ctx.integer_from_limbs(a_int.negative, &out))
}

/// `base^exponent`.
pub(super) fn power(ctx: &mut Ctx, who: &'static str, base: Value, exponent: u64) -> Answer {
    match base.as_fixnum() {
        _ if exponent == 0 => return Ok(Value::fixnum(1)),
        Some(0 | 1) => return Ok(base),
        Some(-1) => return Ok(Value::fixnum(if exponent % 2 == 1 { -1 } else { 1 })),
        Some(2) => return shift(ctx, who, Value::fixnum(1), exponent.min(i64::MAX as u64) as i64),
        _ => {}
    }
    let least_bits = limbs::bit_length(int(base, &mut [0]).limbs) - 1;
    limit::check_bits(ctx, who, least_bits.saturating_mul(exponent))?;
    let negative = is_negative(base) && exponent % 2 == 1;
    let base = natural(base);
    let power = limit::long(ctx, |kernel| kernel.power(&base, exponent))?;
    limit::check_bits(ctx, who, limbs::bit_length(power.as_limbs_asc()))?;
    Ok(ctx.integer_from_limbs(negative, power.as_limbs_asc()))
}

/// Root of the greatest square not above `a`, which is not negative.
pub(super) fn square_root(ctx: &mut Ctx, a: Value) -> Result<Natural, Raised> {
    let a = natural(a);
    Ok(limit::long(ctx, |kernel| kernel.root(&a))?.0)
}

/// The exact root of a square; `None` for other integers.
pub(super) fn exact_root(ctx: &mut Ctx, a: Value) -> Result<Option<Integer>, Raised> {
    if is_negative(a) {
        return Ok(None);
    }
    let a = natural(a);
    if limbs::bit_length(a.as_limbs_asc()) <= STEP {
        return Ok(a.checked_sqrt().map(Integer::from));
    }
    let (root, rest) = limit::long(ctx, |kernel| kernel.root(&a))?;
    Ok((rest == Natural::ZERO).then(|| Integer::from(root)))
}
