//! Text to numbers, correctly rounded or exact as the text asks.

use super::lexer::{Decimal, Exactness, RealText, Shape, Token, token};
use super::{Answer, Raised, complex, exactness, limit, rational};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::arithmetic::traits::Pow;
use malachite_base::num::basic::traits::{One, Zero};
use malachite_nz::integer::Integer;
use malachite_nz::natural::Natural;

/// Greatest power of ten in an exact decimal: more digits than anybody writes, and harmless to compute.
const MAX_EXACT_EXPONENT: i64 = 1_000_000;

/// The number that `text` denotes in this default radix (2 to 36). `None` if it is not a number, is the exact form of no
/// number (`1/0`, `#e+inf.0`), or is exact with an exponent of more than a million. It also is if an interrupt came before it was made.
pub fn parse(ctx: &mut Ctx, text: &str, radix: u32) -> Option<Value> {
    parse_unless_interrupted(ctx, text, radix).unwrap_or(None)
}

/// As [`parse`]; fails if an interrupt has come before it was done.
pub fn parse_unless_interrupted(ctx: &mut Ctx, text: &str, radix: u32) -> Result<Option<Value>, Raised> {
    let both = |ctx: &mut Ctx, a: RealText, b: RealText| -> Result<Option<(Value, Value)>, Raised> {
        let a = real(ctx, &a)?;
        Ok(a.zip(real(ctx, &b)?))
    };
    let zero = Value::fixnum(0);
    let parts = match token(text, radix) {
        None => return Ok(None),
        Some(Token::Real(part)) => return real(ctx, &part),
        Some(Token::Rectangular(None, im)) => real(ctx, &im)?.map(|im| (zero, im)),
        Some(Token::Rectangular(Some(re), im)) => both(ctx, re, im)?,
        Some(Token::Polar(magnitude, angle)) => {
            let is_exact = magnitude.exactness == Exactness::Exact;
            let Some((magnitude, angle)) = both(ctx, magnitude, angle)? else { return Ok(None) };
            let number = complex::make_polar(ctx, magnitude, angle)?;
            return Ok(if is_exact { exactness::exact(ctx, "string->number", number).ok() } else { Some(number) });
        }
    };
    Ok(parts.map(|(re, im)| complex::rectangular(ctx, re, im)))
}

fn real(ctx: &mut Ctx, real: &RealText) -> Result<Option<Value>, Raised> {
    if let Some(n) = real.as_fixnum() {
        return Ok(Some(Value::fixnum(n)));
    }
    match real.exactness {
        Exactness::Inexact => inexact(ctx, real).map(Some),
        Exactness::Exact => exact(ctx, real),
        Exactness::Unstated => match real.shape {
            Shape::Integer(_) | Shape::Ratio(..) => exact(ctx, real),
            _ => inexact(ctx, real).map(Some),
        },
    }
}

/// The integer of digits that the lexer has checked.
fn natural(ctx: &mut Ctx, digits: &str, radix: u32) -> Result<Natural, Raised> {
    limit::check_bits(ctx, "string->number", (digits.len() as u64).saturating_mul(u64::from(radix.ilog2())))?;
    limit::long(ctx, |kernel| kernel.of_text(digits, radix))
}

fn inexact(ctx: &mut Ctx, real: &RealText) -> Answer {
    let x = match real.shape {
        Shape::Infinity => f64::INFINITY,
        Shape::Nan => f64::NAN,
        Shape::Decimal(Decimal { text, .. }) => text.parse().expect("the lexer has checked the syntax"),
        Shape::Integer(digits) if real.radix == 10 => digits.parse().expect("the lexer has checked the digits"),
        Shape::Integer(digits) => exactness::ratio(false, &natural(ctx, digits, real.radix)?, &Natural::ONE),
        Shape::Ratio(n, d) => {
            let (n, d) = (natural(ctx, n, real.radix)?, natural(ctx, d, real.radix)?);
            match (n == Natural::ZERO, d == Natural::ZERO) {
                (true, true) => f64::NAN,
                (false, true) => f64::INFINITY,
                _ => exactness::ratio(false, &n, &d),
            }
        }
    };
    Ok(ctx.make_flonum(if real.negative && !x.is_nan() { -x } else { x }))
}

fn exact(ctx: &mut Ctx, real: &RealText) -> Result<Option<Value>, Raised> {
    let signed = |magnitude| Integer::from_sign_and_abs(!real.negative, magnitude);
    Ok(match real.shape {
        Shape::Infinity | Shape::Nan => None,
        Shape::Integer(digits) => {
            let n = natural(ctx, digits, real.radix)?;
            Some(ctx.integer_from(&signed(n)))
        }
        Shape::Ratio(n, d) => {
            let (n, d) = (natural(ctx, n, real.radix)?, natural(ctx, d, real.radix)?);
            (d != Natural::ZERO).then(|| rational::make(ctx, signed(n), Integer::from(d)))
        }
        Shape::Decimal(decimal) => {
            let Some((magnitude, exponent)) = decimal_parts(ctx, decimal)? else { return Ok(None) };
            let power = Natural::from(10u32).pow(exponent.unsigned_abs());
            Some(if exponent >= 0 {
                ctx.integer_from(&signed(magnitude * power))
            } else {
                rational::make(ctx, signed(magnitude), Integer::from(power))
            })
        }
    })
}

/// An exact decimal as an integer times a power of ten; `None` if the exponent is out of bounds.
fn decimal_parts(ctx: &mut Ctx, decimal: Decimal) -> Result<Option<(Natural, i64)>, Raised> {
    let fraction = decimal.fraction.trim_end_matches('0');
    let magnitude = natural(ctx, &["0", decimal.whole, fraction].concat(), 10)?;
    if magnitude == Natural::ZERO {
        return Ok(Some((magnitude, 0)));
    }
    let stated = if decimal.exponent.is_empty() { Some(0) } else { decimal.exponent.parse().ok() };
    let exponent = stated.and_then(|stated: i64| stated.checked_sub(fraction.len() as i64));
    let bounds = -MAX_EXACT_EXPONENT - fraction.len() as i64..=MAX_EXACT_EXPONENT;
    Ok(exponent.filter(|exponent| bounds.contains(exponent)).map(|exponent| (magnitude, exponent)))
}
