//! Exponential, logarithm, trigonometric functions and their inverses, done on doubles. Exact arguments give exact answers
//! at 0 and 1.
//!
//! A real argument outside a function's real domain gives the complex number that R7RS 6.2.6 defines: `(log -1)` is πi,
//! `(asin 2)` lies on the fourth quadrant's side of the cut, as the definition by logarithm and root has it.

use super::elementary::{self, Pair};
use super::heap::{self, kind, parts};
use super::{Answer, Real, arith, check_number, complex, exactness, limbs, rational, real_argument};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;
use std::f64::consts::{LN_2, LN_10, PI};

const ZERO: Value = Value::fixnum(0);
const ONE: Value = Value::fixnum(1);

/// A function of any number.
struct Function {
    who: &'static str,
    /// An exact argument that has an exact answer.
    exact: (Value, Value),
    /// On real arguments, NaN outside its real domain.
    real: fn(f64) -> f64,
    complex: fn(Pair) -> Pair,
}

impl Function {
    fn apply(self, ctx: &mut Ctx, v: Value) -> Answer {
        check_number(ctx, self.who, 1, v)?;
        if v == self.exact.0 {
            return Ok(self.exact.1);
        }
        let (x, y) = complex::doubles(v);
        if kind(v).is_none() {
            return Ok(complex::inexact(ctx, (self.complex)((x, y))));
        }
        let answer = (self.real)(x);
        // Of the functions here asin and acos alone have a real domain with an end, at ±1; infinities have no sine.
        if answer.is_nan() && x.abs() > 1.0 && matches!(self.who, "asin" | "acos") {
            let side = if x > 0.0 { -0.0 } else { 0.0 };
            let (re, im) = (self.complex)((x, side));
            if im.is_infinite() && arith::is_exact(v) {
                // The arc cosine of a great number is the logarithm of its double.
                let size = arith::absolute(ctx, self.who, v)?;
                return Ok(complex::inexact(ctx, (re, (logarithm(size) + LN_2).copysign(im))));
            }
            return Ok(complex::inexact(ctx, (re, im)));
        }
        Ok(ctx.make_flonum(answer))
    }
}

/// `exp`
pub fn exp(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "exp", exact: (ZERO, ONE), real: f64::exp, complex: elementary::exp }.apply(ctx, v)
}
/// `sin`
pub fn sin(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "sin", exact: (ZERO, ZERO), real: f64::sin, complex: elementary::sin }.apply(ctx, v)
}
/// `cos`
pub fn cos(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "cos", exact: (ZERO, ONE), real: f64::cos, complex: elementary::cos }.apply(ctx, v)
}
/// `tan`
pub fn tan(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "tan", exact: (ZERO, ZERO), real: f64::tan, complex: elementary::tan }.apply(ctx, v)
}
/// `asin`
pub fn asin(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "asin", exact: (ZERO, ZERO), real: f64::asin, complex: elementary::asin }.apply(ctx, v)
}
/// `acos`
pub fn acos(ctx: &mut Ctx, v: Value) -> Answer {
    Function { who: "acos", exact: (ONE, ZERO), real: f64::acos, complex: elementary::acos }.apply(ctx, v)
}

/// `atan` of one argument
pub fn atan(ctx: &mut Ctx, v: Value) -> Answer {
    let who = "atan";
    if let Some((re, im)) = heap::compnum(v)
        && re == ZERO
    {
        if im == ONE || im == Value::fixnum(-1) {
            return Err(ctx.not_a(who, 1, v, "number other than +i and -i"));
        }
        // Below -i the definition by logarithms is continuous with the third quadrant, above +i with the first.
        let y = exactness::to_f64(im).unwrap_or(f64::NAN);
        return Ok(complex::inexact(ctx, elementary::atan((0f64.copysign(y), y))));
    }
    Function { who, exact: (ZERO, ZERO), real: f64::atan, complex: elementary::atan }.apply(ctx, v)
}

/// `atan` of two: the angle of the point (x, y)
pub fn atan2(ctx: &mut Ctx, y: Value, x: Value) -> Answer {
    let b = exactness::double(real_argument(ctx, "atan", 1, y)?);
    let a = exactness::double(real_argument(ctx, "atan", 2, x)?);
    if y == ZERO && arith::is_exact(x) {
        match rational::sign(x) {
            Ordering::Greater => return Ok(ZERO),
            Ordering::Equal => return Err(ctx.not_a("atan", 2, x, "number other than exact 0 beside another")),
            Ordering::Less => {}
        }
    }
    // An exact number that no double is near beside another: both are taken exactly.
    let far = |v, d: f64| v != ZERO && arith::is_exact(v) && !d.is_normal();
    let finite = |v, d: f64| arith::is_exact(v) || d.is_finite() && d != 0.0;
    if (far(y, b) || far(x, a)) && finite(y, b) && finite(x, a) && y != ZERO {
        let (y, x) = (exactness::exact(ctx, "atan", y)?, exactness::exact(ctx, "atan", x)?);
        let v = complex::rectangular(ctx, x, y);
        return complex::angle(ctx, v);
    }
    Ok(ctx.make_flonum(b.atan2(a)))
}

/// `log` of one argument
pub fn log(ctx: &mut Ctx, v: Value) -> Answer {
    let who = "log";
    if v == ONE {
        return Ok(ZERO);
    }
    if v == ZERO {
        return Err(ctx.not_a(who, 1, v, "number other than exact 0"));
    }
    check_number(ctx, who, 1, v)?;
    match kind(v) {
        Some(Real::Flonum(x)) if x < 0.0 || x == 0.0 && x.is_sign_negative() => {
            Ok(complex::inexact(ctx, ((-x).ln(), PI)))
        }
        Some(Real::Flonum(x)) => Ok(ctx.make_flonum(x.ln())),
        Some(_) if rational::sign(v) == Ordering::Less => {
            let positive = arith::negate(ctx, who, v)?;
            let modulus = logarithm(positive);
            Ok(complex::inexact(ctx, (modulus, PI)))
        }
        Some(_) => {
            let x = logarithm(v);
            Ok(ctx.make_flonum(x))
        }
        None => {
            let (x, y) = complex::doubles(v);
            let fits = |x: f64| x.is_normal() || x == 0.0;
            if !complex::is_exact(v) || fits(x) && fits(y) {
                return Ok(complex::inexact(ctx, elementary::log((x, y))));
            }
            let (re, im) = complex::parts(v);
            let norm = complex::norm(ctx, re, im)?;
            let angle = complex::angle(ctx, v)?;
            let half = ctx.make_flonum(logarithm(norm) / 2.0);
            Ok(complex::rectangular(ctx, half, angle))
        }
    }
}

/// `log` of two: to a base
pub fn log_to_base(ctx: &mut Ctx, v: Value, base: Value) -> Answer {
    let who = "log";
    check_number(ctx, who, 1, v)?;
    check_number(ctx, who, 2, base)?;
    if base == ZERO || base == ONE {
        return Err(ctx.not_a(who, 2, base, "number other than exact 0 and 1"));
    }
    let known = match exactness::to_f64(base) {
        Some(2.0) => Some(Base::Two),
        Some(10.0) => Some(Base::Ten),
        _ => None,
    };
    if let Some(known) = known
        && v != ONE
        && v != ZERO
    {
        match kind(v) {
            Some(Real::Flonum(x)) if x > 0.0 => return Ok(ctx.make_flonum(known.log(x))),
            Some(n) if arith::is_exact(v) && rational::sign(v) == Ordering::Greater => {
                let x = logarithm_to(v, n, known);
                return Ok(ctx.make_flonum(x));
            }
            _ => {}
        }
    }
    let (a, b) = (log(ctx, v)?, log(ctx, base)?);
    arith::divide(ctx, a, b)
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

/// The natural logarithm of a positive exact number.
pub(super) fn logarithm(v: Value) -> f64 {
    kind(v).map_or(f64::NAN, |n| logarithm_to(v, n, Base::E))
}

fn logarithm_to(v: Value, n: Real, base: Base) -> f64 {
    let x = exactness::double(n);
    if x.is_normal() {
        return base.log(x);
    }
    let (n, d) = parts(v);
    logarithm_of_integer(n, base) - logarithm_of_integer(d, base)
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
