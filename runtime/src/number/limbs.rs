//! Kernels on magnitudes: slices of 64-bit limbs, least significant first. Linear ones, and the schoolbook product for
//! small operands. They write into the caller's slice, which may lie in the heap, and never allocate.
//!
//! A slice is *trimmed* if its last limb is not zero; zero is the empty slice.

use std::cmp::Ordering;

/// Bits of a limb.
pub const LIMB_BITS: usize = u64::BITS as usize;

/// Limbs between two saves of the carry flag in long additions.
const UNROLL: usize = 8;

/// The slice without zero limbs at its top.
pub fn trim(a: &[u64]) -> &[u64] {
    let n = a.iter().rposition(|&limb| limb != 0).map_or(0, |top| top + 1);
    &a[..n]
}

/// Compares two trimmed magnitudes.
pub fn compare(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Position of the highest one bit of a trimmed magnitude, plus one; 0 for zero.
pub fn bit_length(a: &[u64]) -> u64 {
    a.last().map_or(0, |top| a.len() as u64 * 64 - top.leading_zeros() as u64)
}

/// `out = a + b`, with `a` at least as long as `b` and `out` as long as `a`; answers the carry.
pub fn add(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    debug_assert!(a.len() >= b.len() && out.len() == a.len());
    let (low_a, high_a) = a.split_at(b.len());
    let (low_out, high_out) = out.split_at_mut(b.len());
    let mut carry = false;
    let ((o8, o_rest), (a8, a_rest), (b8, b_rest)) =
        (low_out.as_chunks_mut::<UNROLL>(), low_a.as_chunks::<UNROLL>(), b.as_chunks::<UNROLL>());
    for ((o, x), y) in o8.iter_mut().zip(a8).zip(b8) {
        for i in 0..UNROLL {
            (o[i], carry) = x[i].carrying_add(y[i], carry);
        }
    }
    for ((o, &x), &y) in o_rest.iter_mut().zip(a_rest).zip(b_rest) {
        (*o, carry) = x.carrying_add(y, carry);
    }
    for (o, &x) in high_out.iter_mut().zip(high_a) {
        (*o, carry) = x.overflowing_add(carry as u64);
    }
    carry
}

/// `out = a - b`, with `a >= b` and `out` as long as `a`.
pub fn subtract(out: &mut [u64], a: &[u64], b: &[u64]) {
    debug_assert!(a.len() >= b.len() && out.len() == a.len());
    let (low_a, high_a) = a.split_at(b.len());
    let (low_out, high_out) = out.split_at_mut(b.len());
    let mut borrow = false;
    let ((o8, o_rest), (a8, a_rest), (b8, b_rest)) =
        (low_out.as_chunks_mut::<UNROLL>(), low_a.as_chunks::<UNROLL>(), b.as_chunks::<UNROLL>());
    for ((o, x), y) in o8.iter_mut().zip(a8).zip(b8) {
        for i in 0..UNROLL {
            (o[i], borrow) = x[i].borrowing_sub(y[i], borrow);
        }
    }
    for ((o, &x), &y) in o_rest.iter_mut().zip(a_rest).zip(b_rest) {
        (*o, borrow) = x.borrowing_sub(y, borrow);
    }
    for (o, &x) in high_out.iter_mut().zip(high_a) {
        (*o, borrow) = x.overflowing_sub(borrow as u64);
    }
    debug_assert!(!borrow);
}

/// `out = a * m`, with `out` as long as `a`; answers the limb above.
pub fn multiply_by_limb(out: &mut [u64], a: &[u64], m: u64) -> u64 {
    let mut carry = 0;
    for (o, &x) in out.iter_mut().zip(a) {
        (*o, carry) = x.carrying_mul(m, carry);
    }
    carry
}

/// `out = a * b` by the schoolbook method, with `out` as long as both together and `b` not empty.
pub fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) {
    debug_assert!(out.len() == a.len() + b.len() && !b.is_empty());
    out[a.len()] = multiply_by_limb(&mut out[..a.len()], a, b[0]);
    for (j, &m) in b.iter().enumerate().skip(1) {
        let mut carry = 0;
        for (o, &x) in out[j..].iter_mut().zip(a) {
            (*o, carry) = x.carrying_mul_add(m, *o, carry);
        }
        out[j + a.len()] = carry;
    }
}

/// `out = a << bits`, zeros in front; what does not fit into `out` must be zero.
pub fn shift_left(out: &mut [u64], a: &[u64], bits: usize) {
    let (limbs, bits) = (bits / LIMB_BITS, bits % LIMB_BITS);
    out[..limbs].fill(0);
    let mut below = 0;
    for (i, o) in out[limbs..].iter_mut().enumerate() {
        let x = a.get(i).copied().unwrap_or(0);
        *o = if bits == 0 { x } else { x << bits | below >> (LIMB_BITS - bits) };
        below = x;
    }
}

/// `out = a >> bits`, rounding towards zero; `out` is as long as what remains. Answers whether a one bit was lost.
pub fn shift_right(out: &mut [u64], a: &[u64], bits: usize) -> bool {
    let (limbs, bits) = (bits / LIMB_BITS, bits % LIMB_BITS);
    let kept = &a[limbs.min(a.len())..];
    for (i, o) in out.iter_mut().enumerate() {
        let above = kept.get(i + 1).copied().unwrap_or(0);
        *o = if bits == 0 { kept[i] } else { kept[i] >> bits | above << (LIMB_BITS - bits) };
    }
    let partial = kept.first().is_some_and(|&x| bits != 0 && x << (LIMB_BITS - bits) != 0);
    partial || a[..limbs.min(a.len())].iter().any(|&x| x != 0)
}

/// Adds one in place; answers the carry.
pub fn increment(a: &mut [u64]) -> bool {
    a.iter_mut().all(|limb| {
        *limb = limb.wrapping_add(1);
        *limb == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOP: u64 = u64::MAX;

    #[test]
    fn carries_run_through_all_limbs() {
        for n in 1..12 {
            let ones = vec![TOP; n];
            let mut out = vec![7; n];
            assert!(add(&mut out, &ones, &[1]));
            assert_eq!(out, vec![0; n]);
            assert!(add(&mut out, &ones, &ones));
            assert_eq!((out[0], out[n - 1]), (TOP - 1, if n == 1 { TOP - 1 } else { TOP }));
        }
    }

    #[test]
    fn borrows_run_through_all_limbs() {
        for n in 2..12 {
            let mut a = vec![0; n];
            a[n - 1] = 1;
            let mut out = vec![7; n];
            subtract(&mut out, &a, &[1]);
            assert_eq!(trim(&out), vec![TOP; n - 1]);
        }
    }

    #[test]
    fn products_and_shifts_agree() {
        let a = [0x0123_4567_89ab_cdef, TOP, 3];
        for bits in 0..192 {
            let mut power = vec![0; 4];
            power[bits / 64] = 1 << (bits % 64);
            let (mut product, mut shifted) = ([0; 7], [1; 7]);
            multiply(&mut product, &a, &power);
            shift_left(&mut shifted, &a, bits);
            assert_eq!(product, shifted, "{bits}");
            let mut back = [0; 3];
            assert!(!shift_right(&mut back, trim(&shifted), bits));
            assert_eq!(back, a);
        }
    }

    #[test]
    fn shifting_right_tells_of_lost_bits() {
        let mut out = [0; 1];
        assert!(shift_right(&mut out, &[1, 1], 64));
        assert!(!shift_right(&mut out, &[0, 1], 64));
        assert!(shift_right(&mut out, &[0, 3], 65));
        assert_eq!(out, [1]);
        assert!(shift_right(&mut [], &[0, 3], 500));
    }

    #[test]
    fn incrementing_carries() {
        let mut a = [TOP, TOP, 1];
        assert!(!increment(&mut a));
        assert_eq!(a, [0, 0, 2]);
        assert!(increment(&mut [TOP]));
    }
}
