//! Identity of numbers as `eqv?` sees it, and hashes that agree with it.

use super::heap::{bignum, kind, ratnum};
use super::{Number, heap};
use crate::value::Value;

/// Whether two values are the same number: equal, of the same exactness, and, for flonums, with the same bits
/// (so 0.0 and -0.0 differ), but all NaNs alike. `false` if either is not a number.
pub fn eqv(a: Value, b: Value) -> bool {
    match (kind(a), kind(b)) {
        (Some(Number::Fixnum(a)), Some(Number::Fixnum(b))) => a == b,
        (Some(Number::Flonum(a)), Some(Number::Flonum(b))) => canonical_bits(a) == canonical_bits(b),
        (Some(Number::Bignum(a)), Some(Number::Bignum(b))) => same_integer(a, b),
        (Some(Number::Ratnum(a)), Some(Number::Ratnum(b))) => {
            let ((an, ad), (bn, bd)) = (ratnum(a), ratnum(b));
            same_integer(an, bn) && same_integer(ad, bd)
        }
        _ => false,
    }
}

/// A hash of a number such that `eqv` numbers have the same; `None` if `a` is not a number.
pub fn hash(a: Value) -> Option<u64> {
    Some(match kind(a)? {
        Number::Fixnum(_) => mix(0, a.0),
        Number::Flonum(x) => mix(1, canonical_bits(x)),
        Number::Bignum(v) => hash_integer(v),
        Number::Ratnum(v) => {
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
