//! Numbers to text: the shortest decimal that reads back as the same double, and integers in any radix.

use super::heap::{bignum, kind, natural, ratnum};
use super::{Number, exactness};
use crate::value::Value;
use malachite_base::num::conversion::traits::ToStringBase;
use malachite_nz::natural::Natural;

/// A number's external representation in a radix from 2 to 36; the empty string if `v` is not a number.
///
/// Inexact numbers in another radix than 10 are written as exact ones with the prefix `#i`, since R7RS has no decimal
/// point there.
pub fn write(v: Value, radix: u32) -> String {
    match kind(v) {
        Some(Number::Fixnum(n)) if radix == 10 => n.to_string(),
        Some(Number::Fixnum(_) | Number::Bignum(_)) => integer(v, radix),
        Some(Number::Ratnum(v)) => {
            let (n, d) = ratnum(v);
            format!("{}/{}", integer(n, radix), integer(d, radix))
        }
        Some(Number::Flonum(x)) => double(x, radix),
        None => String::new(),
    }
}

fn integer(v: Value, radix: u32) -> String {
    let negative = v.as_fixnum().map_or_else(|| bignum(v).negative, |n| n < 0);
    signed(negative, &natural(v), radix)
}

fn signed(negative: bool, magnitude: &Natural, radix: u32) -> String {
    let digits = if radix == 10 { magnitude.to_string() } else { magnitude.to_string_base(radix as u8) };
    if negative { format!("-{digits}") } else { digits }
}

fn double(x: f64, radix: u32) -> String {
    if x.is_nan() {
        return "+nan.0".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "+inf.0" } else { "-inf.0" }.into();
    }
    if radix == 10 {
        return ryu::Buffer::new().format_finite(x).into();
    }
    let (negative, significand, exponent) = exactness::decompose(x);
    let significand = Natural::from(significand);
    if significand == 0 || exponent >= 0 {
        return format!("#i{}", signed(negative, &(significand << exponent.max(0) as u64), radix));
    }
    let twos = significand.trailing_zeros().unwrap_or(0).min(exponent.unsigned_abs());
    let numerator = signed(negative, &(significand >> twos), radix);
    let denominator = Natural::from(1u32) << (exponent.unsigned_abs() - twos);
    if denominator == 1 {
        return format!("#i{numerator}");
    }
    format!("#i{numerator}/{}", signed(false, &denominator, radix))
}
