//! Hashes of values that agree with `eq?`, `eqv?`, `equal?` and `string=?`. All are 32 bits, well mixed in the low ones.

use super::*;
use crate::number;

const K: u64 = 0x9e37_79b9_7f4a_7c15;
/// Parts of a compound value that its hash looks at.
const PARTS: usize = 48;

/// A value's hash, and whether it depends on where the value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hash {
    /// The hash.
    pub bits: u32,
    /// Whether it is of an address, which a collection may change.
    pub moves: bool,
}

#[inline]
fn mix(h: u64, x: u64) -> u64 {
    let product = (h ^ x) as u128 * K as u128;
    product as u64 ^ (product >> 64) as u64
}

#[inline]
fn finish(h: u64) -> u32 {
    (h ^ h >> 32) as u32
}

fn fixed(h: u64) -> Hash {
    Hash { bits: finish(h), moves: false }
}

/// Agrees with `eq?`.
#[inline]
pub fn eq_hash(ctx: &Ctx, v: Value) -> Hash {
    Hash { bits: finish(mix(K, v.0)), moves: v.is_pointer() && !ctx.is_static(v) }
}

/// Agrees with `eqv?`.
#[inline]
pub fn eqv_hash(ctx: &Ctx, v: Value) -> Hash {
    match v.is_object().then(|| number::hash(v)).flatten() {
        Some(h) => fixed(mix(K, h)),
        None => eq_hash(ctx, v),
    }
}

/// Agrees with `equal?`. Looks at a bounded part of compound values.
pub fn equal_hash(ctx: &Ctx, v: Value) -> Hash {
    if let Some(s) = Str::of(v) {
        return Hash { bits: text_hash(s.text(ctx)), moves: false };
    }
    if !v.is_pair() && Vector::of(v).is_none() && Bytevector::of(v).is_none() {
        return eqv_hash(ctx, v);
    }
    let (mut h, mut left, mut pending) = (K, PARTS, vec![v]);
    while let Some(v) = pending.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        if v.is_pair() {
            h = mix(h, 1);
            pending.push(ctx.cdr(v));
            pending.push(ctx.car(v));
        } else if let Some(vector) = Vector::of(v) {
            h = mix(h, vector.len() as u64);
            pending.extend(vector.as_slice(ctx).iter().take(left));
        } else if let Some(b) = Bytevector::of(v) {
            h = mix(h, bytes_hash(b.bytes(ctx)));
        } else if let Some(s) = Str::of(v) {
            h = mix(h, text_hash(s.text(ctx)) as u64);
        } else {
            h = mix(h, stable_hash(ctx, v));
        }
    }
    fixed(h)
}

/// A hash that no collection changes, for any value: agrees with `eqv?`. All moving objects of one type and length share theirs.
pub fn stable_hash(ctx: &Ctx, v: Value) -> u64 {
    let hash = eqv_hash(ctx, v);
    if !hash.moves {
        return hash.bits as u64;
    }
    mix(v.tag(), v.header().map_or(0, |h| h >> HEADER_TYPE_SHIFT))
}

#[inline]
fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(word)
}

fn bytes_hash(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<8>();
    let h = chunks.iter().fold(mix(K, bytes.len() as u64), |h, chunk| mix(h, u64::from_le_bytes(*chunk)));
    if rest.is_empty() { h } else { mix(h, word(rest)) }
}

/// Hash of characters, whatever their width in memory.
#[inline]
pub fn text_hash(text: Text<'_>) -> u32 {
    let wide = match text {
        Text::Narrow(bytes) => return finish(bytes_hash(bytes)),
        Text::Wide(wide) => wide,
    };
    if text.fits_narrow() {
        let bytes: Vec<u8> = wide.iter().map(|&c| c as u8).collect();
        return finish(bytes_hash(&bytes));
    }
    finish(wide.iter().fold(mix(K, wide.len() as u64), |h, &c| mix(h, c as u64)))
}
