//! `random`: xoshiro256++ (Blackman & Vigna 2021), one generator for each thread, seeded from the system.

use super::heap::{Room, int, kind};
use super::{Answer, Real, limbs};
use crate::abi::Ctx;
use crate::value::Value;
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

thread_local! {
    static STATE: Cell<[u64; 4]> = Cell::new(seed());
}

fn seed() -> [u64; 4] {
    let keys = RandomState::new();
    // The generator's only bad state is all zeros.
    [keys.hash_one(1), keys.hash_one(2), keys.hash_one(3), keys.hash_one(4) | 1]
}

fn next() -> u64 {
    STATE.with(|state| {
        let [a, b, c, d] = state.get();
        let answer = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        state.set([a ^ d, b ^ c, c ^ b << 17, d.rotate_left(45)]);
        answer
    })
}

/// A random exact integer from 0 (included) to the exact integer `limit` (excluded), or a random flonum from 0 to the
/// flonum `limit`.
pub fn random(ctx: &mut Ctx, limit: Value) -> Answer {
    match kind(limit) {
        Some(Real::Fixnum(n)) if n > 0 => Ok(Value::fixnum(below(n as u64) as i64)),
        Some(Real::Bignum(_)) if !int(limit, &mut [0]).negative => Ok(random_big(ctx, limit)),
        Some(Real::Flonum(x)) if x > 0.0 && x.is_finite() => {
            let unit = (next() >> 11) as f64 / (1u64 << 53) as f64;
            // Rounding can reach the limit when it is tiny.
            let y = unit * x;
            Ok(ctx.make_flonum(if y < x { y } else { 0.0 }))
        }
        _ => Err(ctx.not_a("random", 1, limit, "positive exact integer or positive flonum")),
    }
}

/// A uniform number below `n`, without bias (Lemire 2019).
fn below(n: u64) -> u64 {
    loop {
        let product = next() as u128 * n as u128;
        if product as u64 >= n.wrapping_neg() % n {
            return (product >> 64) as u64;
        }
    }
}

fn random_big(ctx: &mut Ctx, limit: Value) -> Value {
    let mut room: Room = [0];
    let limit = int(limit, &mut room).limbs;
    let mask = u64::MAX >> limit[limit.len() - 1].leading_zeros();
    let mut out = vec![0; limit.len()];
    loop {
        out.fill_with(next);
        out[limit.len() - 1] &= mask;
        if limbs::compare(limbs::trim(&out), limit).is_lt() {
            return ctx.integer_from_limbs(false, &out);
        }
    }
}
