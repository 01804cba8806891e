//! Rounding, parts of rationals, and `rationalize`.

use super::heap::{integer, natural, parts, ratnum};
use super::{Answer, Real, arith, exactness, heap, integer as int, limit, rational, real_argument};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::{DivMod, DivRound, FloorSqrt};
use malachite_base::num::basic::traits::{One, Zero};
use malachite_base::num::logic::traits::SignificantBits;
use malachite_base::rounding_modes::RoundingMode;
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;

/// A real number rounded to an integer of the same exactness.
fn rounded(ctx: &mut Ctx, who: &'static str, v: Value, mode: RoundingMode, double: fn(f64) -> f64) -> Answer {
    match real_argument(ctx, who, 1, v)? {
        Real::Flonum(x) => Ok(ctx.make_flonum(double(x))),
        Real::Ratnum(v) => {
            let (n, d) = ratnum(v);
            Ok(ctx.integer_from(&integer(n).div_round(integer(d), mode).0))
        }
        _ => Ok(v),
    }
}

/// `floor`
pub fn floor(ctx: &mut Ctx, v: Value) -> Answer {
    rounded(ctx, "floor", v, RoundingMode::Floor, f64::floor)
}
/// `ceiling`
pub fn ceiling(ctx: &mut Ctx, v: Value) -> Answer {
    rounded(ctx, "ceiling", v, RoundingMode::Ceiling, f64::ceil)
}
/// `truncate`
pub fn truncate(ctx: &mut Ctx, v: Value) -> Answer {
    rounded(ctx, "truncate", v, RoundingMode::Down, f64::trunc)
}
/// `round`: to even in the middle
pub fn round(ctx: &mut Ctx, v: Value) -> Answer {
    rounded(ctx, "round", v, RoundingMode::Nearest, f64::round_ties_even)
}

/// `numerator`
pub fn numerator(ctx: &mut Ctx, v: Value) -> Answer {
    part(ctx, "numerator", v, |v| parts(v).0)
}
/// `denominator`
pub fn denominator(ctx: &mut Ctx, v: Value) -> Answer {
    part(ctx, "denominator", v, |v| parts(v).1)
}

fn part(ctx: &mut Ctx, who: &'static str, v: Value, part: fn(Value) -> Value) -> Answer {
    match real_argument(ctx, who, 1, v)? {
        Real::Flonum(0.0) if who == "numerator" => Ok(v),
        Real::Flonum(x) => {
            let v = ctx.exact_of(who, 1, x)?;
            exactness::inexact(ctx, who, part(v))
        }
        _ => Ok(part(v)),
    }
}

/// `rationalize`: the simplest rational number that differs from `x` by at most `y`.
pub fn rationalize(ctx: &mut Ctx, x: Value, y: Value) -> Answer {
    let who = "rationalize";
    let (a, b) = (real_argument(ctx, who, 1, x)?, real_argument(ctx, who, 2, y)?);
    let is_inexact = matches!(a, Real::Flonum(_)) || matches!(b, Real::Flonum(_));
    if is_inexact && !(arith::is_rational(x) && arith::is_rational(y)) {
        let (a, b) = (exactness::double(a), exactness::double(b));
        let nan = a.is_nan() || b.is_nan() || a.is_infinite() && b.is_infinite();
        return Ok(ctx.make_flonum(if nan {
            f64::NAN
        } else if a.is_infinite() {
            a
        } else {
            0.0
        }));
    }
    let (x, y) = (exactness::exact(ctx, who, x)?, exactness::exact(ctx, who, y)?);
    let y = arith::absolute(ctx, who, y)?;
    let (low, high) = (arith::subtract(ctx, x, y)?, arith::add(ctx, x, y)?);
    let simplest = simplest_between(ctx, low, high)?;
    if is_inexact { exactness::inexact(ctx, who, simplest) } else { Ok(simplest) }
}

/// The rational of least denominator (then least numerator) from `low` to `high`, by their common continued fraction.
fn simplest_between(ctx: &mut Ctx, low: Value, high: Value) -> Answer {
    if rational::sign(low).is_le() && rational::sign(high).is_ge() {
        return Ok(Value::fixnum(0));
    }
    if rational::sign(high).is_lt() {
        let (low, high) = (arith::negate(ctx, "-", high)?, arith::negate(ctx, "-", low)?);
        let simplest = simplest_between(ctx, low, high)?;
        return arith::negate(ctx, "-", simplest);
    }
    let as_integers = |v| {
        let (n, d) = parts(v);
        (integer(n), integer(d))
    };
    let ((mut ln, mut ld), (mut hn, mut hd)) = (as_integers(low), as_integers(high));
    let mut terms = Vec::new();
    let last = loop {
        limit::poll(ctx)?;
        let (term, rest) = (&ln).div_mod(&ld);
        if rest == Integer::ZERO {
            break term;
        }
        let (high_term, high_rest) = (&hn).div_mod(&hd);
        if term < high_term {
            break term + Integer::ONE;
        }
        terms.push(term);
        ((ln, ld), (hn, hd)) = ((hd, high_rest), (ld, rest));
    };
    let (mut n, mut d) = (last, Integer::ONE);
    for term in terms.into_iter().rev() {
        limit::poll(ctx)?;
        (n, d) = (term * &n + d, n);
    }
    Ok(rational::make(ctx, n, d))
}

/// The first value of `exact-integer-sqrt`: the greatest integer whose square is not above `v`.
pub fn exact_integer_sqrt(ctx: &mut Ctx, v: Value) -> Answer {
    if !heap::is_exact_integer(v) || int::is_negative(v) {
        return Err(ctx.not_a("exact-integer-sqrt", 1, v, "exact integer that is not negative"));
    }
    let root = int::square_root(ctx, v)?;
    Ok(ctx.integer_from_limbs(false, root.as_limbs_asc()))
}

/// The double nearest to the root of an exact number that is not negative, whatever its size.
pub(super) fn double_root(v: Value) -> f64 {
    let x = exactness::double(heap::kind(v).expect("a number"));
    if x.is_normal() || x == 0.0 && v == Value::fixnum(0) {
        return x.sqrt();
    }
    let (n, d) = parts(v);
    let (root, d) = root_parts(&natural(n), &natural(d));
    exactness::ratio(false, &root, &d)
}

/// Close to `sqrt(n / d)`, to more than 100 bits, as a numerator and a denominator: `sqrt(n d) / d` of the integers' upper bits.
fn root_parts(n: &Natural, d: &Natural) -> (Natural, Natural) {
    const KEPT: u64 = 320;
    const EXTRA: u64 = 128;
    let upper = |n: &Natural| {
        let dropped = n.significant_bits().saturating_sub(KEPT) & !1;
        (n >> dropped, dropped / 2)
    };
    let ((n, half_n), (d, half_d)) = (upper(n), upper(d));
    (((n * &d) << (2 * EXTRA)).floor_sqrt() << half_n, d << (EXTRA + half_d))
}

/// A rational number close to the root of a positive exact number: closer than doubles are.
pub(super) fn close_root(ctx: &mut Ctx, v: Value) -> Value {
    let (n, d) = parts(v);
    let (root, d) = root_parts(&natural(n), &natural(d));
    rational::make(ctx, Integer::from(root), Integer::from(d))
}
