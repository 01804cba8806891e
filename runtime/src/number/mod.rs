//! The numeric tower: fixnum, bignum, exact rational, flonum, complex.
//!
//! | kind | representation | invariant |
//! |---|---|---|
//! | fixnum | immediate | every exact integer in `FIXNUM_MIN..=FIXNUM_MAX` is one |
//! | bignum | sign and limbs in the heap | trimmed, and outside the fixnum range |
//! | ratnum | two exact integers | coprime, denominator greater than 1 |
//! | flonum | self-tagged or boxed | 0.0 is always `Ctx::flonum_zero` |
//! | compnum | two real numbers | both exact, the imaginary one not 0; or both flonums |
//!
//! So two exact numbers are equal only if they are of the same kind, and every function here keeps it so by making numbers
//! through the constructors of [`heap`]. Work that is linear in the operands' size runs on the limbs in the heap
//! ([`limbs`]); everything else goes through malachite's integers, whose memory is Rust's and temporary.
//!
//! An operation of an exact and an inexact number is done on doubles, the exact one rounded to nearest; only comparisons
//! are exact throughout. Exact 0 is the one exception: it is neutral in addition, so that `(+ -0.0)` stays negative. As a
//! factor it is 0.0 beside a flonum: `(* 0 1.5)` is 0.0 and `(* 0 +inf.0)` NaN, so that the exactness of a product does not
//! depend on values (R7RS 6.2.2 allows either).
//!
//! A real number in complex arithmetic is a scalar, not a number with an imaginary part of 0.0: `(* 2.0 1.0+inf.0i)` has no
//! NaN in it, and signs of zeros survive (Kahan, "Branch Cuts for Complex Elementary Functions", 1987).
//!
//! Work that can take long is done in steps ([`long`]), and stops between them when it is interrupted.
//!
//! Procedures answer `Result<Value, Raised>`: a condition is in `ctx.condition` when they fail. Sizes of results are
//! checked before any work is done ([`limit`]).

pub mod arith;
pub mod bits;
pub mod complex;
pub mod division;
mod elementary;
pub mod eqv;
pub mod exactness;
mod heap;
mod integer;
mod lexer;
mod limbs;
mod limit;
mod long;
mod parse;
pub mod power;
pub mod random;
mod rational;
pub mod real;
pub mod transcendental;
mod write;

pub use eqv::{eqv, hash};
pub use exactness::to_f64;
pub use heap::{flonum, is_number, is_real, make_flonum_from_bits, words};
pub use lexer::{Syntax, is_number_syntax};
pub use parse::{parse, parse_unless_interrupted};
pub use write::{write, write_unless_interrupted};

use crate::abi::Ctx;
use crate::value::Value;

/// A condition has been put into `ctx.condition`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raised;

/// What a procedure answers.
pub type Answer = Result<Value, Raised>;

/// The answer as a primitive gives it.
pub fn answer(result: Answer) -> Value {
    result.unwrap_or(Value::RAISED)
}

/// Magnitude of the least fixnum: no fixnum has a greater one.
const FIXNUM_LIMIT: u64 = 1 << 60;

/// A real number by its kind.
#[derive(Clone, Copy)]
enum Real {
    Fixnum(i64),
    Bignum(Value),
    Ratnum(Value),
    Flonum(f64),
}

impl Ctx {
    fn not_a(&mut self, who: &'static str, position: usize, got: Value, wanted: &'static str) -> Raised {
        self.wrong_type(who, position, got, wanted);
        Raised
    }
    fn divided_by_zero(&mut self, who: &'static str) -> Raised {
        self.division_by_zero(who);
        Raised
    }
}

/// An argument that must be a real number.
fn real_argument(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<Real, Raised> {
    heap::kind(v).ok_or_else(|| ctx.not_a(who, position, v, "real number"))
}

/// Checks that an argument is a number.
fn check_number(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<(), Raised> {
    if is_number(v) { Ok(()) } else { Err(ctx.not_a(who, position, v, "number")) }
}

#[cfg(test)]
mod tests;
