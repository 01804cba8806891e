//! Work on long integers that takes longer than linear time, in steps between which it stops if it should.
//!
//! The library's functions cannot be stopped, and a product of the longest integers takes it minutes. So what is longer than a step (about
//! a second of the library's time) is split here until the pieces are steps: products by Karatsuba's method, quotients and roots as
//! in Brent & Zimmermann, Modern Computer Arithmetic (algorithms 1.8 and 1.12), text by halves. Everything answers `None` when it was stopped.
//!
//! Greatest common divisors are the library's alone, and wait.

use malachite_base::num::arithmetic::traits::*;
use malachite_base::num::basic::traits::{One, Zero};
use malachite_base::num::conversion::traits::{FromStringBase, ToStringBase};
use malachite_base::num::logic::traits::SignificantBits;
use malachite_nz::natural::Natural;

/// Bits of the longest integers that the library gets at once.
pub(super) const STEP: u64 = 1 << 26;
/// By how many times shorter the longest integers are that the library converts to or from text at once.
const TEXT: u64 = 16;

/// Kernels that ask before each step whether to stop.
pub(super) struct Long<'a> {
    stop: &'a dyn Fn() -> bool,
    step: u64,
}

/// `n / 2^bits`, and the rest.
fn split(n: &Natural, bits: u64) -> (Natural, Natural) {
    (n >> bits, n.mod_power_of_2(bits))
}

impl<'a> Long<'a> {
    /// Kernels that stop when `stop` answers true.
    pub fn new(stop: &'a dyn Fn() -> bool) -> Self {
        Long { stop, step: STEP }
    }

    fn go_on(&self) -> Option<()> {
        (!(self.stop)()).then_some(())
    }

    /// `a * b`
    pub fn multiply(&self, a: &Natural, b: &Natural) -> Option<Natural> {
        self.go_on()?;
        let (n, m) = (a.significant_bits(), b.significant_bits());
        if n < m {
            return self.multiply(b, a);
        }
        if n <= self.step {
            return Some(a * b);
        }
        let half = n.div_ceil(2);
        let (a1, a0) = split(a, half);
        if m <= half {
            return Some((self.multiply(&a1, b)? << half) + self.multiply(&a0, b)?);
        }
        let (b1, b0) = split(b, half);
        let (high, low) = (self.multiply(&a1, &b1)?, self.multiply(&a0, &b0)?);
        let middle = self.multiply(&(a1 + a0), &(b1 + b0))? - &high - &low;
        Some((((high << half) + middle) << half) + low)
    }

    /// `a * a`
    pub fn square(&self, a: &Natural) -> Option<Natural> {
        self.go_on()?;
        let n = a.significant_bits();
        if n <= self.step {
            return Some(a.square());
        }
        let half = n.div_ceil(2);
        let (a1, a0) = split(a, half);
        let (high, low) = (self.square(&a1)?, self.square(&a0)?);
        let middle = self.square(&(a1 + a0))? - &high - &low;
        Some((((high << half) + middle) << half) + low)
    }

    /// `base ^ exponent`, by repeated squaring of what is odd in the base
    pub fn power(&self, base: &Natural, exponent: u64) -> Option<Natural> {
        if base.significant_bits().saturating_mul(exponent) <= self.step {
            self.go_on()?;
            return Some(base.pow(exponent));
        }
        let twos = base.trailing_zeros().unwrap_or(0);
        let odd = base >> twos;
        let mut power = Natural::ONE;
        for bit in (0..u64::BITS - exponent.leading_zeros()).rev() {
            power = self.square(&power)?;
            if exponent >> bit & 1 == 1 {
                power = self.multiply(&power, &odd)?;
            }
        }
        Some(power << (twos * exponent))
    }

    /// Quotient and remainder; `b` is not zero.
    pub fn divide(&self, a: &Natural, b: &Natural) -> Option<(Natural, Natural)> {
        self.go_on()?;
        let (n, m) = (a.significant_bits(), b.significant_bits());
        if a < b {
            return Some((Natural::ZERO, a.clone()));
        }
        if n <= self.step {
            return Some(a.div_rem(b));
        }
        let length = n - m + 1;
        if length >= m {
            // The upper half of the quotient, then the lower one.
            let half = length / 2;
            let (high, low) = split(a, half);
            let (q1, r1) = self.divide(&high, b)?;
            let (q0, r0) = self.divide(&((r1 << half) + low), b)?;
            return Some(((q1 << half) + q0, r0));
        }
        // As many bits of the divisor as the quotient has give that or a little more.
        let dropped = m - length;
        let ((a1, a0), (b1, b0)) = (split(a, dropped), split(b, dropped));
        let (mut q, r) = self.divide(&a1, &b1)?;
        let too_much = self.multiply(&q, &b0)?;
        let mut rest = (r << dropped) + a0;
        while rest < too_much {
            q -= Natural::ONE;
            rest += b;
        }
        Some((q, rest - too_much))
    }

    /// The greatest integer whose square is not above `a`, and what is left.
    pub fn root(&self, a: &Natural) -> Option<(Natural, Natural)> {
        self.go_on()?;
        let n = a.significant_bits();
        if n <= self.step.max(16) {
            return Some(a.sqrt_rem());
        }
        let quarter = n / 4;
        let (high, low) = split(a, 2 * quarter);
        let (a1, a0) = split(&low, quarter);
        let (s, r) = self.root(&high)?;
        let (q, u) = self.divide(&((r << quarter) + a1), &(&s << 1u32))?;
        let mut root = (s << quarter) + &q;
        let too_much = self.square(&q)?;
        let mut rest = (u << quarter) + a0;
        while rest < too_much {
            rest += (&root << 1u32) - Natural::ONE;
            root -= Natural::ONE;
        }
        Some((root, rest - too_much))
    }

    /// Digits that are converted at once.
    fn digits(&self, radix: u32) -> usize {
        (self.step / TEXT / u64::from(radix.ilog2() + 1)).max(1) as usize
    }

    /// `radix ^ (digits 2^i)` for `i` from 0 while `wanted` says so of the exponent.
    fn powers(&self, radix: u32, mut wanted: impl FnMut(usize) -> bool) -> Option<Vec<Natural>> {
        let mut digits = self.digits(radix);
        let mut powers: Vec<Natural> = Vec::new();
        while wanted(digits) {
            powers.push(match powers.last() {
                None => self.power(&Natural::from(radix), digits as u64)?,
                Some(last) => self.square(last)?,
            });
            digits *= 2;
        }
        Some(powers)
    }

    /// An integer in a radix from 2 to 36.
    pub fn to_text(&self, n: &Natural, radix: u32) -> Option<String> {
        let bits = n.significant_bits();
        let powers = self.powers(radix, |digits| (digits as u64) * u64::from(radix.ilog2()) < bits)?;
        let mut text = String::new();
        self.add_digits(&mut text, n, radix, &powers)?;
        Some(text)
    }

    /// Adds the digits of a number below the square of the last power, or, to those that are there, just as many as that has.
    fn add_digits(&self, text: &mut String, n: &Natural, radix: u32, powers: &[Natural]) -> Option<()> {
        self.go_on()?;
        let Some((power, less)) = powers.split_last() else {
            let digits = n.to_string_base(radix as u8);
            if !text.is_empty() {
                text.extend(std::iter::repeat_n('0', self.digits(radix).saturating_sub(digits.len())));
                text.push_str(&digits);
            } else if *n != Natural::ZERO {
                text.push_str(&digits);
            }
            return Some(());
        };
        let (high, low) = match power.checked_log_base_2() {
            Some(bits) => split(n, bits),
            None => self.divide(n, power)?,
        };
        self.add_digits(text, &high, radix, less)?;
        self.add_digits(text, &low, radix, less)
    }

    /// The integer of digits in a radix from 2 to 36.
    pub fn of_text(&self, digits: &str, radix: u32) -> Option<Natural> {
        let powers = self.powers(radix, |n| n < digits.len())?;
        self.of_digits(digits, radix, &powers)
    }

    fn of_digits(&self, digits: &str, radix: u32, powers: &[Natural]) -> Option<Natural> {
        self.go_on()?;
        let Some((power, less)) = powers.split_last() else {
            return Some(Natural::from_string_base(radix as u8, digits).unwrap_or(Natural::ZERO));
        };
        let low = self.digits(radix) << less.len();
        let Some(high) = digits.len().checked_sub(low).filter(|&high| high > 0) else {
            return self.of_digits(digits, radix, less);
        };
        let (high, low) = digits.split_at(high);
        let (high, low) = (self.of_digits(high, radix, less)?, self.of_digits(low, radix, less)?);
        Some(match power.checked_log_base_2() {
            Some(bits) => (high << bits) + low,
            None => self.multiply(&high, power)? + low,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Numbers of many lengths: dense ones, and ones with long runs of zeros and of ones, where estimates are worst.
    fn numbers() -> Vec<Natural> {
        let mut state = 1u64;
        let mut limbs = |n: usize| -> Vec<u64> {
            let mut next = || {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                state.rotate_left(29)
            };
            (0..n).map(|_| next()).collect()
        };
        let mut all = vec![Natural::ZERO, Natural::ONE];
        for n in [1, 2, 3, 5, 8, 13, 21, 40] {
            all.push(Natural::from_owned_limbs_asc(limbs(n)));
            all.push((Natural::ONE << (n as u64 * 61)) - Natural::ONE);
            all.push((Natural::ONE << (n as u64 * 59)) + Natural::ONE);
            all.push(Natural::ONE << (n as u64 * 50));
            all.push(((Natural::ONE << (n as u64 * 40)) - Natural::ONE) << (n as u64 * 17));
        }
        all
    }

    fn kernels<'a>() -> Vec<Long<'a>> {
        [64, 100, 256, 1000].map(|step| Long { stop: &|| false, step }).into()
    }

    #[test]
    fn in_steps_as_at_once() {
        for long in kernels() {
            for a in &numbers() {
                assert_eq!(long.square(a), Some(a.square()));
                assert_eq!(long.root(a), Some(a.sqrt_rem()), "root of {a}");
                for b in &numbers() {
                    assert_eq!(long.multiply(a, b), Some(a * b));
                    if *b != Natural::ZERO {
                        assert_eq!(long.divide(a, b), Some(a.div_rem(b)), "{a} by {b}");
                    }
                }
                for e in [0, 1, 2, 3, 7, 8, 21] {
                    assert_eq!(long.power(a, e), Some(a.pow(e)), "{a} ^ {e}");
                }
            }
        }
    }

    #[test]
    fn text_in_steps_as_at_once() {
        for long in kernels() {
            for n in numbers().iter().skip(1) {
                for radix in [2, 3, 8, 10, 16, 19, 32, 36] {
                    let text = n.to_string_base(radix as u8);
                    assert_eq!(long.to_text(n, radix), Some(text.clone()));
                    assert_eq!(long.of_text(&text, radix), Some(n.clone()));
                    assert_eq!(long.of_text(&format!("000000000000{text}"), radix), Some(n.clone()));
                }
            }
        }
    }

    #[test]
    fn everything_stops() {
        let last = numbers().pop().expect("some");
        let text = last.to_string_base(10);
        let tasks: [&dyn Fn(&Long) -> bool; 7] = [
            &|long| long.multiply(&last, &last).is_none(),
            &|long| long.square(&last).is_none(),
            &|long| long.power(&last, 9).is_none(),
            &|long| long.divide(&(&last).square(), &last).is_none(),
            &|long| long.root(&last).is_none(),
            &|long| long.to_text(&last, 10).is_none(),
            &|long| long.of_text(&text, 10).is_none(),
        ];
        for task in tasks {
            for steps in [0, 1, 5] {
                let left = Cell::new(steps);
                let stop = || left.replace(left.get() - 1) <= 0;
                assert!(task(&Long { stop: &stop, step: 64 }), "after {steps} steps");
            }
        }
    }
}
