//! The tower against independent arithmetic (num-bigint, num-rational) on random numbers near the boundaries of the
//! representations, and example by example where R7RS or IEEE 754 fixes an answer.

mod complex;
mod examples;
mod properties;

use super::{answer, heap, write};
use crate::Ctx;
use crate::value::Value;

/// Deterministic random words (splitmix64; Steele, Lea & Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }
    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }
}

fn text(v: Value) -> String {
    assert!(heap::is_number(v), "{v:?} is not a number");
    write(v, 10)
}

/// The number of a text, which must be one.
fn read(ctx: &mut Ctx, text: &str) -> Value {
    super::parse(ctx, text, 10).unwrap_or_else(|| panic!("{text} is not a number"))
}
