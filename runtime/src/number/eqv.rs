//! Identity of numbers as `eqv?` sees it, and hashes that agree with it.

use super::heap::{bignum, compnum, kind, ratnum};
use super::{Real, heap};
use crate::value::Value;

/// Whether two values are the same number: equal, of the same exactness, and, for flonums, with the same bits
/// (so 0.0 and -0.0 differ), but all NaNs alike; complex numbers by their parts. `false` if either is not a number.
pub fn eqv(a: Value, b: Value) -> bool {
    match (kind(a), kind(b)) {
        (Some(Real::Fixnum(a)), Some(Real::Fixnum(b))) => a == b,
        (Some(Real::Flonum(a)), Some(Real::Flonum(b))) => canonical_bits(a) == canonical_bits(b),
        (Some(Real::Bignum(a)), Some(Real::Bignum(b))) => same_integer(a, b),
        (Some(Real::Ratnum(a)), Some(Real::Ratnum(b))) => {
            let ((an, ad), (bn, bd)) = (ratnum(a), ratnum(b));
            same_integer(an, bn) && same_integer(ad, bd)
        }
        (None, None) => match (compnum(a), compnum(b)) {
            (Some((ar, ai)), Some((br, bi))) => eqv(ar, br) && eqv(ai, bi),
            _ => false,
        },
        _ => false,
    }
}

/// A hash of a number such that `eqv` numbers have the same; `None` if `a` is not a number.
pub fn hash(a: Value) -> Option<u64> {
    if let Some((re, im)) = compnum(a) {
        return Some(mix(hash(re)?, hash(im)?));
    }
    Some(match kind(a)? {
        Real::Fixnum(_) => mix(0, a.0),
        Real::Flonum(x) => mix(1, canonical_bits(x)),
        Real::Bignum(v) => hash_integer(v),
        Real::Ratnum(v) => {
            let (n, d) = ratnum(v);
            mix(hash_integer(n), hash_integer(d))
        }
    })
}

fn canonical_bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

fn same_integer(a: Value, b: Value) -> bool {
    a == b
        || !a.is_fixnum() && !b.is_fixnum() && {
            let (a, b) = (bignum(a), bignum(b));
            a.negative == b.negative && a.limbs == b.limbs
        }
}

fn hash_integer(v: Value) -> u64 {
    let mut room = [0];
    let n = heap::int(v, &mut room);
    n.limbs.iter().fold(n.negative as u64, |hash, &limb| mix(hash, limb))
}

/// Mixes a word into a hash: multiply to twice the width and fold.
fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word ^ 0x9e37_79b9_7f4a_7c15) as u128 * 0xbf58_476d_1ce4_e5b9;
    hash.rotate_left(5) ^ product as u64 ^ (product >> 64) as u64
}
