//! The lexical syntax of numbers (R7RS 7.1.1, `<num R>`), without allocation and without values.
//!
//! ```text
//! number  ::= prefix complex                             prefix: #b #o #d #x and #e #i, at most one of each, in any order
//! complex ::= real | real @ real | [real] sign [ureal] i | special i
//! real    ::= [sign] ureal | special                     special: +inf.0 -inf.0 +nan.0 -nan.0
//! ureal   ::= digits | digits / digits | decimal         decimals only in radix 10
//! ```
//!
//! Letters count in either case. Beyond R7RS, the default radix may be anything from 2 to 36. Text that reads both as a
//! real and as a complex number (`i` is a digit in radix 19 and above) is a real.

use super::FIXNUM_LIMIT;
use crate::layout::{FIXNUM_MAX, FIXNUM_MIN};

/// What a token is as a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Syntax {
    /// An exact integer that fits a fixnum.
    Fixnum(i64),
    /// Any other number: `number::parse` gives its value.
    Other,
    /// An exact fraction with denominator zero, alone or as a part: spelt like a number, but none.
    ZeroDenominator,
    /// Not a number.
    NotANumber,
}

/// An exactness prefix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Exactness {
    Exact,
    Inexact,
    Unstated,
}

/// The shape of a real number without its sign; the slices are as in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape<'a> {
    Integer(&'a str),
    Ratio(&'a str, &'a str),
    Decimal(Decimal<'a>),
    Infinity,
    Nan,
}

/// `whole . fraction e exponent`; at least one of `whole` and `fraction` is not empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decimal<'a> {
    /// Everything, as `f64::from_str` takes it.
    pub text: &'a str,
    pub whole: &'a str,
    pub fraction: &'a str,
    /// With its sign; empty if there is none.
    pub exponent: &'a str,
}

/// A real number taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RealText<'a> {
    pub exactness: Exactness,
    pub radix: u32,
    pub negative: bool,
    pub shape: Shape<'a>,
}

/// A number taken apart; radix and exactness of its parts are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    Real(RealText<'a>),
    /// The real part, if it is written, and the imaginary one.
    Rectangular(Option<RealText<'a>>, RealText<'a>),
    /// Magnitude and angle.
    Polar(RealText<'a>, RealText<'a>),
}

/// Whether `text` is a number in this default radix (2 to 36), and which fixnum if it is one.
pub fn is_number_syntax(text: &str, radix: u32) -> Syntax {
    let parts = match token(text, radix) {
        None => return Syntax::NotANumber,
        Some(Token::Real(real)) => [Some(real), None],
        Some(Token::Rectangular(re, im)) => [re, Some(im)],
        Some(Token::Polar(magnitude, angle)) => [Some(magnitude), Some(angle)],
    };
    if parts.iter().flatten().any(RealText::divides_by_zero) {
        return Syntax::ZeroDenominator;
    }
    match parts {
        [Some(real), None] => real.as_fixnum().map_or(Syntax::Other, Syntax::Fixnum),
        _ => Syntax::Other,
    }
}

impl RealText<'_> {
    fn divides_by_zero(&self) -> bool {
        let zero = matches!(self.shape, Shape::Ratio(_, d) if d.bytes().all(|digit| digit == b'0'));
        zero && self.exactness != Exactness::Inexact
    }
    /// The value, if it is written as an exact integer in fixnum range.
    pub(super) fn as_fixnum(&self) -> Option<i64> {
        let Shape::Integer(digits) = self.shape else { return None };
        if self.exactness == Exactness::Inexact {
            return None;
        }
        let mut n: u64 = 0;
        for c in digits.bytes() {
            n = n.checked_mul(self.radix as u64)?.checked_add((c as char).to_digit(self.radix)? as u64)?;
            if n > FIXNUM_LIMIT {
                return None;
            }
        }
        let n = if self.negative { -(n as i64) } else { n as i64 };
        (FIXNUM_MIN..=FIXNUM_MAX).contains(&n).then_some(n)
    }
}

/// Takes a number's text apart; `None` if it is not a number.
pub(super) fn token(text: &str, radix: u32) -> Option<Token<'_>> {
    if !text.is_ascii() {
        return None;
    }
    let (exactness, radix, body) = prefix(text, radix)?;
    let text_of = |(negative, shape)| RealText { exactness, radix, negative, shape };
    let Some((negative, shape, rest)) = real(body, radix) else {
        return imaginary(body, radix).map(|part| Token::Rectangular(None, text_of(part)));
    };
    let first = text_of((negative, shape));
    if rest.is_empty() {
        return Some(Token::Real(first));
    }
    if let Some(angle) = rest.strip_prefix('@') {
        return match real(angle, radix)? {
            (negative, shape, "") => Some(Token::Polar(first, text_of((negative, shape)))),
            _ => None,
        };
    }
    if body.starts_with(['+', '-']) && rest.eq_ignore_ascii_case("i") {
        return Some(Token::Rectangular(None, first));
    }
    imaginary(rest, radix).map(|part| Token::Rectangular(Some(first), text_of(part)))
}

fn prefix(mut text: &str, mut radix: u32) -> Option<(Exactness, u32, &str)> {
    let mut exactness = Exactness::Unstated;
    let mut radix_stated = false;
    while let Some(rest) = text.strip_prefix('#') {
        let letter = rest.bytes().next()?.to_ascii_lowercase();
        match letter {
            b'e' | b'i' if exactness == Exactness::Unstated => {
                exactness = if letter == b'e' { Exactness::Exact } else { Exactness::Inexact };
            }
            b'b' | b'o' | b'd' | b'x' if !radix_stated => {
                radix_stated = true;
                radix = match letter {
                    b'b' => 2,
                    b'o' => 8,
                    b'd' => 10,
                    _ => 16,
                };
            }
            _ => return None,
        }
        text = &rest[1..];
    }
    Some((exactness, radix, text))
}

fn sign(text: &str) -> (Option<bool>, &str) {
    match text.bytes().next() {
        Some(b'+') => (Some(false), &text[1..]),
        Some(b'-') => (Some(true), &text[1..]),
        _ => (None, text),
    }
}

/// The longest real number at the start of `text`: its sign, shape, and what follows it.
fn real(text: &str, radix: u32) -> Option<(bool, Shape<'_>, &str)> {
    let (stated, body) = sign(text);
    if stated.is_some()
        && let Some((shape, rest)) = special(body)
    {
        return Some((stated == Some(true), shape, rest));
    }
    let (shape, rest) = unsigned_real(body, radix)?;
    Some((stated == Some(true), shape, rest))
}

fn special(body: &str) -> Option<(Shape<'_>, &str)> {
    let word = body.get(..5)?;
    let shape = if word.eq_ignore_ascii_case("inf.0") {
        Shape::Infinity
    } else if word.eq_ignore_ascii_case("nan.0") {
        Shape::Nan
    } else {
        return None;
    };
    Some((shape, &body[5..]))
}

fn digits(text: &str, radix: u32) -> (&str, &str) {
    text.split_at(text.bytes().position(|c| !(c as char).is_digit(radix)).unwrap_or(text.len()))
}

fn unsigned_real(text: &str, radix: u32) -> Option<(Shape<'_>, &str)> {
    let (whole, rest) = digits(text, radix);
    if !whole.is_empty()
        && let Some(after) = rest.strip_prefix('/')
    {
        let (denominator, rest) = digits(after, radix);
        return (!denominator.is_empty()).then_some((Shape::Ratio(whole, denominator), rest));
    }
    if radix != 10 {
        return (!whole.is_empty()).then_some((Shape::Integer(whole), rest));
    }
    let (fraction, after_point) = match rest.strip_prefix('.') {
        Some(after) => digits(after, 10),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (exponent, rest) = exponent(after_point);
    let used = &text[..text.len() - rest.len()];
    if used.len() == whole.len() {
        return Some((Shape::Integer(whole), rest));
    }
    Some((Shape::Decimal(Decimal { text: used, whole, fraction, exponent }), rest))
}

fn exponent(text: &str) -> (&str, &str) {
    let Some(after) = text.strip_prefix(['e', 'E']) else { return ("", text) };
    let (_, unsigned) = sign(after);
    let (found, rest) = digits(unsigned, 10);
    if found.is_empty() { ("", text) } else { (&after[..after.len() - rest.len()], rest) }
}

/// `sign [ureal] i` or `special i`, and nothing else: its sign and shape.
fn imaginary(text: &str, radix: u32) -> Option<(bool, Shape<'_>)> {
    let (stated, body) = sign(text);
    let negative = stated?;
    let (shape, rest) = special(body).or_else(|| unsigned_real(body, radix)).unwrap_or((Shape::Integer("1"), body));
    rest.eq_ignore_ascii_case("i").then_some((negative, shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixnums_are_read_in_any_radix_and_up_to_their_bounds() {
        for (text, radix, n) in [
            ("0", 10, 0),
            ("-0", 10, 0),
            ("+17", 10, 17),
            ("#xFf", 10, 255),
            ("#e#b-101", 10, -5),
            ("#b#e101", 10, 5),
            ("#d10", 16, 10),
            ("zz", 36, 35 * 36 + 35),
            ("1152921504606846975", 10, FIXNUM_MAX),
            ("-1152921504606846976", 10, FIXNUM_MIN),
            ("00000000000000000000000000000000000000000001", 10, 1),
        ] {
            assert_eq!(is_number_syntax(text, radix), Syntax::Fixnum(n), "{text}");
        }
    }

    #[test]
    fn other_reals() {
        for text in [
            "1152921504606846976",
            "-1152921504606846977",
            "1/2",
            "-1/2",
            "6/3",
            "1.",
            ".5",
            "-.5e-3",
            "1e3",
            "1E+3",
            "1.5e10",
            "#i1",
            "#e1.5",
            "#i1/3",
            "+inf.0",
            "-INF.0",
            "+nan.0",
            "#x1/F",
            "#i#xff",
        ] {
            assert_eq!(is_number_syntax(text, 10), Syntax::Other, "{text}");
        }
    }

    #[test]
    fn complex_numbers_fall_into_their_parts() {
        for text in ["+i", "-i", "+2i", "-1/2i", "+inf.0i", "+INF.0I", "-nan.0i", "#e+1.5i"] {
            assert!(matches!(token(text, 10), Some(Token::Rectangular(None, _))), "{text}");
        }
        for text in ["1+i", "1-2i", "1e2+3.5i", "1-inf.0i", "#x1+Ai", "-nan.0-i", "1/2-3/4i", "1.5e3-1e2I", "+1+1i"] {
            assert!(matches!(token(text, 10), Some(Token::Rectangular(Some(_), _))), "{text}");
        }
        for text in ["1@2", "-1@-2", "+inf.0@1/2", "#x1@A"] {
            assert!(matches!(token(text, 10), Some(Token::Polar(..))), "{text}");
        }
    }

    #[test]
    fn zero_denominators_are_told_apart() {
        for text in ["1/0", "#e0/00", "-1/0i", "1/0@2", "#x1/0+i"] {
            assert_eq!(is_number_syntax(text, 10), Syntax::ZeroDenominator, "{text}");
        }
    }

    #[test]
    fn symbols_are_not_numbers() {
        for text in [
            "", "+", "-", ".", "...", "1+", "-1+", "1e", "1e+", "a", "#", "#b2", "#x", "#e", "#e#e1", "#x#b1", "#xfg",
            "1/", "/2", "1/-2", "1.5/2", "1/2e3", "1.2.3", "--1", "+-1", "inf.0", "+inf", "+inf.00", "i", "1i", "1+2",
            "1@", "@1", "1@2i", "1@2@3", "1+2i+3i", "1i+2", "+inf.0+2", "#b1.0", "#x1.8", "1 ", "é", "1é", "+2ii",
            "1+2i3", "#t", "1_000",
        ] {
            assert_eq!(is_number_syntax(text, 10), Syntax::NotANumber, "{text:?}");
        }
    }

    #[test]
    fn a_decimal_falls_into_its_parts() {
        let Some(Token::Real(real)) = token("-12.50e-3", 10) else { panic!("not real") };
        let Shape::Decimal(d) = real.shape else { panic!("not a decimal") };
        assert!(real.negative);
        assert_eq!((d.text, d.whole, d.fraction, d.exponent), ("12.50e-3", "12", "50", "-3"));
    }
}
