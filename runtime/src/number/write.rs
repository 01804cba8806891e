//! Numbers to text: the shortest decimal that reads back as the same double, and integers in any radix.

use super::heap::{bignum, compnum, kind, natural, ratnum};
use super::{Real, exactness};
use crate::value::Value;
use malachite_base::num::conversion::traits::ToStringBase;
use malachite_nz::natural::Natural;

/// A number's external representation in a radix from 2 to 36; the empty string if `v` is not a number.
///
/// Inexact numbers in another radix than 10 are written as exact ones with the prefix `#i`, since R7RS has no decimal
/// point there. Complex numbers in a radix of which `i` is a digit (19 and above) are written in decimal, with the prefix `#d`. So
/// every number is read back as it was.
pub fn write(v: Value, radix: u32) -> String {
    let Some((re, im)) = compnum(v) else { return real(v, radix) };
    if radix > RADIX_OF_I {
        return format!("#d{}", write(v, 10));
    }
    let (re, im) = (real(re, radix), real(im, radix));
    let prefix = if re.starts_with(PREFIX) || im.starts_with(PREFIX) { PREFIX } else { "" };
    let unprefixed = |part: &str| part.strip_prefix(PREFIX).unwrap_or(part).to_owned();
    let re = if re == "0" { String::new() } else { unprefixed(&re) };
    let im = match unprefixed(&im).as_str() {
        "1" if prefix.is_empty() => "+".into(),
        "-1" if prefix.is_empty() => "-".into(),
        im if im.starts_with(['+', '-']) => im.to_owned(),
        im => format!("+{im}"),
    };
    format!("{prefix}{re}{im}i")
}

/// The value of the digit `i`.
const RADIX_OF_I: u32 = 18;

/// What an inexact number in another radix than 10 begins with.
const PREFIX: &str = "#i";

fn real(v: Value, radix: u32) -> String {
    match kind(v) {
        Some(Real::Fixnum(n)) if radix == 10 => n.to_string(),
        Some(Real::Fixnum(_) | Real::Bignum(_)) => integer(v, radix),
        Some(Real::Ratnum(v)) => {
            let (n, d) = ratnum(v);
            format!("{}/{}", integer(n, radix), integer(d, radix))
        }
        Some(Real::Flonum(x)) => double(x, radix),
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
        return format!("{PREFIX}{}", signed(negative, &(significand << exponent.max(0) as u64), radix));
    }
    let twos = significand.trailing_zeros().unwrap_or(0).min(exponent.unsigned_abs());
    let numerator = signed(negative, &(significand >> twos), radix);
    let denominator = Natural::from(1u32) << (exponent.unsigned_abs() - twos);
    if denominator == 1 {
        return format!("{PREFIX}{numerator}");
    }
    format!("{PREFIX}{numerator}/{}", signed(false, &denominator, radix))
}
