//! Text to numbers, correctly rounded or exact as the text asks.

use super::lexer::{Decimal, Exactness, RealText, Shape, Token, token};
use super::{complex, exactness, rational};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::Pow;
use malachite_base::num::basic::traits::{One, Zero};
use malachite_base::num::conversion::traits::FromStringBase;
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;

/// Greatest power of ten in an exact decimal: more digits than anybody writes, and harmless to compute.
const MAX_EXACT_EXPONENT: i64 = 1_000_000;

/// The number that `text` denotes in this default radix (2 to 36). `None` if it is not a number, is the exact form of no
/// number (`1/0`, `#e+inf.0`), or is exact with an exponent of more than a million.
pub fn parse(ctx: &mut Ctx, text: &str, radix: u32) -> Option<Value> {
    match token(text, radix)? {
        Token::Real(part) => real(ctx, &part),
        Token::Rectangular(re, im) => {
            let re = re.map_or(Some(Value::fixnum(0)), |re| real(ctx, &re))?;
            let im = real(ctx, &im)?;
            Some(complex::rectangular(ctx, re, im))
        }
        Token::Polar(magnitude, angle) => {
            let is_exact = magnitude.exactness == Exactness::Exact;
            let (magnitude, angle) = (real(ctx, &magnitude)?, real(ctx, &angle)?);
            let number = complex::make_polar(ctx, magnitude, angle).ok()?;
            if is_exact { exactness::exact(ctx, "string->number", number).ok() } else { Some(number) }
        }
    }
}

fn real(ctx: &mut Ctx, real: &RealText) -> Option<Value> {
    if let Some(n) = real.as_fixnum() {
        return Some(Value::fixnum(n));
    }
    match real.exactness {
        Exactness::Inexact => Some(inexact(ctx, real)),
        Exactness::Exact => exact(ctx, real),
        Exactness::Unstated => match real.shape {
            Shape::Integer(_) | Shape::Ratio(..) => exact(ctx, real),
            _ => Some(inexact(ctx, real)),
        },
    }
}

fn natural(digits: &str, radix: u32) -> Natural {
    Natural::from_string_base(radix as u8, digits).expect("the lexer has checked the digits")
}

fn inexact(ctx: &mut Ctx, real: &RealText) -> Value {
    let x = match real.shape {
        Shape::Infinity => f64::INFINITY,
        Shape::Nan => f64::NAN,
        Shape::Decimal(Decimal { text, .. }) => text.parse().expect("the lexer has checked the syntax"),
        Shape::Integer(digits) if real.radix == 10 => digits.parse().expect("the lexer has checked the digits"),
        Shape::Integer(digits) => exactness::ratio(false, &natural(digits, real.radix), &Natural::ONE),
        Shape::Ratio(n, d) => {
            let (n, d) = (natural(n, real.radix), natural(d, real.radix));
            match (n == Natural::ZERO, d == Natural::ZERO) {
                (true, true) => f64::NAN,
                (false, true) => f64::INFINITY,
                _ => exactness::ratio(false, &n, &d),
            }
        }
    };
    ctx.make_flonum(if real.negative && !x.is_nan() { -x } else { x })
}

fn exact(ctx: &mut Ctx, real: &RealText) -> Option<Value> {
    let signed = |magnitude| Integer::from_sign_and_abs(!real.negative, magnitude);
    match real.shape {
        Shape::Infinity | Shape::Nan => None,
        Shape::Integer(digits) => Some(ctx.integer_from(&signed(natural(digits, real.radix)))),
        Shape::Ratio(n, d) => {
            let d = natural(d, real.radix);
            (d != Natural::ZERO).then(|| rational::make(ctx, signed(natural(n, real.radix)), Integer::from(d)))
        }
        Shape::Decimal(decimal) => {
            let (magnitude, exponent) = decimal_parts(decimal)?;
            let power = Natural::from(10u32).pow(exponent.unsigned_abs());
            Some(if exponent >= 0 {
                ctx.integer_from(&signed(magnitude * power))
            } else {
                rational::make(ctx, signed(magnitude), Integer::from(power))
            })
        }
    }
}

/// An exact decimal as an integer times a power of ten.
fn decimal_parts(decimal: Decimal) -> Option<(Natural, i64)> {
    let fraction = decimal.fraction.trim_end_matches('0');
    let magnitude = natural(&["0", decimal.whole, fraction].concat(), 10);
    if magnitude == Natural::ZERO {
        return Some((magnitude, 0));
    }
    let stated: i64 = if decimal.exponent.is_empty() { 0 } else { decimal.exponent.parse().ok()? };
    let exponent = stated.checked_sub(fraction.len() as i64)?;
    (-MAX_EXACT_EXPONENT - fraction.len() as i64..=MAX_EXACT_EXPONENT)
        .contains(&exponent)
        .then_some((magnitude, exponent))
}
