//! Numbers to text: the shortest decimal that reads back as the same double, and integers in any radix.

use super::heap::{bignum, compnum, kind, natural, ratnum};
use super::long::Long;
use super::{Real, exactness};
use crate::abi::Ctx;
use crate::value::Value;
use malachite_base::num::conversion::traits::ToStringBase;
use malachite_nz::natural::Natural;

/// A number's external representation in a radix from 2 to 36; the empty string if `v` is not a number.
///
/// Inexact numbers in another radix than 10 are written as exact ones with the prefix `#i`, since R7RS has no decimal
/// point there. Complex numbers in a radix of which `i` is a digit (19 and above) are written in decimal, with the prefix `#d`. So
/// every number is read back as it was.
pub fn write(v: Value, radix: u32) -> String {
    text(&Long::new(&|| false), v, radix).unwrap_or_default()
}

/// As [`write`]; `None` if an interrupt has come before it was done.
pub fn write_unless_interrupted(ctx: &Ctx, v: Value, radix: u32) -> Option<String> {
    text(&Long::new(&|| ctx.is_interrupted()), v, radix)
}

fn text(long: &Long, v: Value, radix: u32) -> Option<String> {
    let Some((re, im)) = compnum(v) else { return real(long, v, radix) };
    if radix > RADIX_OF_I {
        return Some(format!("#d{}", text(long, v, 10)?));
    }
    let (re, im) = (real(long, re, radix)?, real(long, im, radix)?);
    let prefix = if re.starts_with(PREFIX) || im.starts_with(PREFIX) { PREFIX } else { "" };
    let unprefixed = |part: &str| part.strip_prefix(PREFIX).unwrap_or(part).to_owned();
    let re = if re == "0" { String::new() } else { unprefixed(&re) };
    let im = match unprefixed(&im).as_str() {
        "1" if prefix.is_empty() => "+".into(),
        "-1" if prefix.is_empty() => "-".into(),
        im if im.starts_with(['+', '-']) => im.to_owned(),
        im => format!("+{im}"),
    };
    Some(format!("{prefix}{re}{im}i"))
}

/// The value of the digit `i`.
const RADIX_OF_I: u32 = 18;

/// Limbs of the longest integers that are converted without asking whether to stop.
const LIBRARY_LIMBS: u64 = 1 << 14;

/// What an inexact number in another radix than 10 begins with.
const PREFIX: &str = "#i";

fn real(long: &Long, v: Value, radix: u32) -> Option<String> {
    Some(match kind(v) {
        Some(Real::Fixnum(n)) if radix == 10 => n.to_string(),
        Some(Real::Fixnum(_) | Real::Bignum(_)) => integer(long, v, radix)?,
        Some(Real::Ratnum(v)) => {
            let (n, d) = ratnum(v);
            format!("{}/{}", integer(long, n, radix)?, integer(long, d, radix)?)
        }
        Some(Real::Flonum(x)) => double(x, radix),
        None => String::new(),
    })
}

fn integer(long: &Long, v: Value, radix: u32) -> Option<String> {
    let negative = v.as_fixnum().map_or_else(|| bignum(v).negative, |n| n < 0);
    let magnitude = natural(v);
    if magnitude.limb_count() <= LIBRARY_LIMBS {
        return Some(signed(negative, &magnitude, radix));
    }
    let digits = long.to_text(&magnitude, radix)?;
    Some(if negative { format!("-{digits}") } else { digits })
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
