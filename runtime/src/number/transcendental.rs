//! `sqrt`, `expt`, and the functions that are done on doubles. Exact arguments give exact answers where R7RS has one to
//! give: roots of squares, integer powers, and the values at 0 and 1.

use super::heap::{self, bignum, parts};
use super::{Answer, Number, Raised, arith, exactness, integer as int, limbs, number, rational, real};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;
use std::f64::consts::{LN_2, LN_10};

const ZERO: Value = Value::fixnum(0);
const ONE: Value = Value::fixnum(1);

/// `sqrt`
pub fn sqrt(ctx: &mut Ctx, v: Value) -> Answer {
    let who = "sqrt";
    match number(ctx, who, 1, v)? {
        Number::Flonum(x) if x < 0.0 => Err(ctx.would_be_complex(who)),
        Number::Flonum(x) => Ok(ctx.make_flonum(x.sqrt())),
        _ if rational::sign(v) == Ordering::Less => Err(ctx.would_be_complex(who)),
        Number::Fixnum(n) if n < 1 << 52 => {
            let root = (n as f64).sqrt();
            Ok(if root.trunc() == root { Value::fixnum(root as i64) } else { ctx.make_flonum(root) })
        }
        _ => {
            let (n, d) = parts(v);
            if let (Some(n), Some(d)) = (int::exact_root(n), int::exact_root(d)) {
                return Ok(rational::make(ctx, n, d));
            }
            Ok(ctx.make_flonum(real::double_root(v)))
        }
    }
}

/// `expt`
pub fn expt(ctx: &mut Ctx, base: Value, exponent: Value) -> Answer {
    let who = "expt";
    let (b, e) = (number(ctx, who, 1, base)?, number(ctx, who, 2, exponent)?);
    match (b, e) {
        (Number::Flonum(_), _) | (_, Number::Flonum(_) | Number::Ratnum(_)) => {
            if exponent_is_half(exponent) {
                return sqrt(ctx, base);
            }
            if base == ZERO && matches!(e, Number::Ratnum(_)) && rational::sign(exponent).is_gt() {
                return Ok(ZERO);
            }
            let (b, e) = (exactness::double(b), exactness::double(e));
            if b < 0.0 && b.is_finite() && e.is_finite() && e.trunc() != e {
                return Err(ctx.would_be_complex(who));
            }
            Ok(ctx.make_flonum(b.powf(e)))
        }
        (_, Number::Fixnum(e)) => {
            let power = exact_power(ctx, who, base, e.unsigned_abs())?;
            invert_if(ctx, who, e < 0, power)
        }
        _ => {
            let e = bignum(exponent);
            match base.as_fixnum() {
                Some(-1) => Ok(Value::fixnum(if e.is_odd() { -1 } else { 1 })),
                Some(0 | 1) => invert_if(ctx, who, e.negative, base),
                _ => exact_power(ctx, who, base, u64::MAX),
            }
        }
    }
}

fn exponent_is_half(exponent: Value) -> bool {
    !heap::is_exact_integer(exponent) && arith::is_exact(exponent) && parts(exponent) == (ONE, Value::fixnum(2))
}

fn invert_if(ctx: &mut Ctx, who: &'static str, invert: bool, v: Value) -> Answer {
    match invert {
        false => Ok(v),
        true if v == ZERO => Err(ctx.divided_by_zero(who)),
        true => rational::divide(ctx, who, ONE, v),
    }
}

fn exact_power(ctx: &mut Ctx, who: &'static str, base: Value, exponent: u64) -> Answer {
    if heap::is_exact_integer(base) {
        return int::power(ctx, who, base, exponent);
    }
    if exponent == 0 {
        return Ok(ONE);
    }
    let (n, d) = parts(base);
    let (n, d) = (int::power(ctx, who, n, exponent)?, int::power(ctx, who, d, exponent)?);
    Ok(ctx.make_ratnum(n, d))
}

/// An argument as a double.
fn double(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<f64, Raised> {
    Ok(exactness::double(number(ctx, who, position, v)?))
}

/// Applies a function to a double, but answers `exact.1` for the exact argument `exact.0`.
fn apply(ctx: &mut Ctx, who: &'static str, v: Value, exact: (Value, Value), f: fn(f64) -> f64) -> Answer {
    if v == exact.0 {
        return Ok(exact.1);
    }
    let x = double(ctx, who, 1, v)?;
    Ok(ctx.make_flonum(f(x)))
}

/// `exp`
pub fn exp(ctx: &mut Ctx, v: Value) -> Answer {
    apply(ctx, "exp", v, (ZERO, ONE), f64::exp)
}
/// `sin`
pub fn sin(ctx: &mut Ctx, v: Value) -> Answer {
    apply(ctx, "sin", v, (ZERO, ZERO), f64::sin)
}
/// `cos`
pub fn cos(ctx: &mut Ctx, v: Value) -> Answer {
    apply(ctx, "cos", v, (ZERO, ONE), f64::cos)
}
/// `tan`
pub fn tan(ctx: &mut Ctx, v: Value) -> Answer {
    apply(ctx, "tan", v, (ZERO, ZERO), f64::tan)
}
/// `asin`
pub fn asin(ctx: &mut Ctx, v: Value) -> Answer {
    within_one(ctx, "asin", v)?;
    apply(ctx, "asin", v, (ZERO, ZERO), f64::asin)
}
/// `acos`
pub fn acos(ctx: &mut Ctx, v: Value) -> Answer {
    within_one(ctx, "acos", v)?;
    apply(ctx, "acos", v, (ONE, ZERO), f64::acos)
}

fn within_one(ctx: &mut Ctx, who: &'static str, v: Value) -> Result<(), Raised> {
    let x = double(ctx, who, 1, v)?;
    if x.abs() > 1.0 { Err(ctx.would_be_complex(who)) } else { Ok(()) }
}

/// `atan` of one argument
pub fn atan(ctx: &mut Ctx, v: Value) -> Answer {
    apply(ctx, "atan", v, (ZERO, ZERO), f64::atan)
}

/// `atan` of two: the angle of the point (x, y)
pub fn atan2(ctx: &mut Ctx, y: Value, x: Value) -> Answer {
    let (b, a) = (double(ctx, "atan", 1, y)?, double(ctx, "atan", 2, x)?);
    if y == ZERO && arith::is_exact(x) {
        match rational::sign(x) {
            Ordering::Greater => return Ok(ZERO),
            Ordering::Equal => return Err(ctx.divided_by_zero("atan")),
            Ordering::Less => {}
        }
    }
    Ok(ctx.make_flonum(b.atan2(a)))
}

/// `log` of one argument
pub fn log(ctx: &mut Ctx, v: Value) -> Answer {
    if v == ONE {
        return Ok(ZERO);
    }
    let x = logarithm(ctx, 1, v, Base::E)?;
    Ok(ctx.make_flonum(x))
}

/// `log` of two: to a base
pub fn log_to_base(ctx: &mut Ctx, v: Value, base: Value) -> Answer {
    let b = double(ctx, "log", 2, base)?;
    let known = if b == 2.0 {
        Base::Two
    } else if b == 10.0 {
        Base::Ten
    } else {
        Base::E
    };
    let x = logarithm(ctx, 1, v, known)?;
    if v == ONE && base != ONE {
        return Ok(ZERO);
    }
    if !matches!(known, Base::E) {
        return Ok(ctx.make_flonum(x));
    }
    let y = logarithm(ctx, 2, base, Base::E)?;
    if y == 0.0 && arith::is_exact(base) {
        return Err(ctx.divided_by_zero("log"));
    }
    Ok(ctx.make_flonum(x / y))
}

#[derive(Clone, Copy)]
enum Base {
    E,
    Two,
    Ten,
}

impl Base {
    fn log(self, x: f64) -> f64 {
        match self {
            Base::E => x.ln(),
            Base::Two => x.log2(),
            Base::Ten => x.log10(),
        }
    }
    /// The logarithm of 2.
    fn of_two(self) -> f64 {
        match self {
            Base::E => LN_2,
            Base::Two => 1.0,
            Base::Ten => LN_2 / LN_10,
        }
    }
}

fn logarithm(ctx: &mut Ctx, position: usize, v: Value, base: Base) -> Result<f64, Raised> {
    let x = double(ctx, "log", position, v)?;
    if x < 0.0 || x == 0.0 && arith::is_exact(v) && rational::sign(v) == Ordering::Less {
        return Err(ctx.would_be_complex("log"));
    }
    if x.is_normal() || !arith::is_exact(v) || v == ZERO {
        return Ok(base.log(x));
    }
    let (n, d) = parts(v);
    Ok(logarithm_of_integer(n, base) - logarithm_of_integer(d, base))
}

/// The logarithm of a positive integer of any size: a double times a power of two.
fn logarithm_of_integer(v: Value, base: Base) -> f64 {
    let mut room = [0];
    let magnitude = heap::int(v, &mut room).limbs;
    let drop = limbs::bit_length(magnitude).saturating_sub(64);
    let mut top = [0];
    limbs::shift_right(&mut top, magnitude, drop as usize);
    base.log(top[0] as f64) + drop as f64 * base.of_two()
}
