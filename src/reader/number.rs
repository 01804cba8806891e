//! Which tokens are numbers (R7RS 7.1.1, `<number>`), decided by spelling alone and without allocation.
//!
//! Only fixnums are converted here, since most numbers are fixnums; the text of all others goes to the runtime's `number::parse`.

use kestrel_runtime::Value;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Spelling {
    /// A fixnum.
    Fixnum(Value),
    /// Another real number.
    Real,
    /// A complex number that is not written as a real one.
    Complex,
    /// A fraction with denominator zero.
    ZeroDenominator,
    /// Not a number.
    Other,
}

/// Classifies a whole token, prefixes included.
pub fn classify(token: &str) -> Spelling {
    let mut text = token.as_bytes();
    let (mut radix, mut exactness) = (None, None);
    while let [b'#', letter, rest @ ..] = text {
        let letter = letter.to_ascii_lowercase();
        let slot = match letter {
            b'x' | b'd' | b'o' | b'b' => &mut radix,
            b'e' | b'i' => &mut exactness,
            _ => return Spelling::Other,
        };
        if slot.replace(letter).is_some() {
            return Spelling::Other;
        }
        text = rest;
    }
    let radix = match radix {
        Some(b'x') => 16,
        Some(b'o') => 8,
        Some(b'b') => 2,
        _ => 10,
    };
    if exactness != Some(b'i')
        && let Some(n) = fixnum(text, radix)
    {
        return Spelling::Fixnum(n);
    }
    complex(text, radix)
}

/// An integer that is a fixnum.
fn fixnum(text: &[u8], radix: u32) -> Option<Value> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut n: i64 = 0;
    for &b in digits {
        n = n.checked_mul(radix as i64)?.checked_add((b as char).to_digit(radix)? as i64)?;
    }
    Value::try_fixnum(if negative { -n } else { n })
}

/// What [`real`] finds at the start of a text.
struct Part<'a> {
    rest: &'a [u8],
    signed: bool,
    zero_denominator: bool,
}

fn complex(text: &[u8], radix: u32) -> Spelling {
    // `+i` and `-i`, alone or after a real part, have no digits.
    let unit = |t: &[u8]| matches!(t, [b'+' | b'-', b'i' | b'I']);
    if unit(text) {
        return Spelling::Complex;
    }
    let Some(first) = real(text, radix) else { return Spelling::Other };
    match first.rest {
        [] if first.zero_denominator => Spelling::ZeroDenominator,
        [] => Spelling::Real,
        [b'i' | b'I'] if first.signed => Spelling::Complex,
        [b'@', rest @ ..] => match real(rest, radix) {
            Some(Part { rest: [], .. }) => Spelling::Complex,
            _ => Spelling::Other,
        },
        rest if unit(rest) => Spelling::Complex,
        rest => match real(rest, radix) {
            Some(Part { rest: [b'i' | b'I'], signed: true, .. }) => Spelling::Complex,
            _ => Spelling::Other,
        },
    }
}

/// The longest real number at the start of a text.
fn real(text: &[u8], radix: u32) -> Option<Part<'_>> {
    let signed = matches!(text, [b'+' | b'-', ..]);
    let body = if signed { &text[1..] } else { text };
    if signed
        && body.len() >= 5
        && (body[..5].eq_ignore_ascii_case(b"inf.0") || body[..5].eq_ignore_ascii_case(b"nan.0"))
    {
        return Some(Part { rest: &body[5..], signed, zero_denominator: false });
    }
    let (whole, rest) = digits(body, radix);
    if let [b'/', after @ ..] = rest
        && whole > 0
    {
        let (n, rest) = digits(after, radix);
        let zero_denominator = after[..n].iter().all(|&b| b == b'0');
        return (n > 0).then_some(Part { rest, signed, zero_denominator });
    }
    let (fraction, mut rest) = match rest {
        [b'.', after @ ..] if radix == 10 => digits(after, 10),
        _ => (0, rest),
    };
    if whole + fraction == 0 {
        return None;
    }
    if radix == 10
        && let [b'e' | b'E', after @ ..] = rest
    {
        let after = if let [b'+' | b'-', digits @ ..] = after { digits } else { after };
        if let (1.., end) = digits(after, 10) {
            rest = end;
        }
    }
    Some(Part { rest, signed, zero_denominator: false })
}

/// Number of digits at the start of a text, and what follows them.
fn digits(text: &[u8], radix: u32) -> (usize, &[u8]) {
    let n = text.iter().take_while(|&&b| (b as char).is_digit(radix)).count();
    (n, &text[n..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixnums_of_every_radix() {
        for (text, n) in [
            ("0", 0),
            ("-0", 0),
            ("+17", 17),
            ("#xfF", 255),
            ("#b-101", -5),
            ("#o17", 15),
            ("#d9", 9),
            ("#e#x10", 16),
            ("#x#e10", 16),
        ] {
            assert_eq!(classify(text), Spelling::Fixnum(Value::fixnum(n)), "{text}");
        }
        assert_eq!(classify("1152921504606846975"), Spelling::Fixnum(Value::fixnum((1 << 60) - 1)));
        assert_eq!(classify("-1152921504606846976"), Spelling::Fixnum(Value::fixnum(-(1 << 60))));
    }

    #[test]
    fn other_reals() {
        let reals = "1152921504606846976 -1152921504606846977 1/2 -3/4 #xA/b 1. .5 1.5 -1.5e10 1e3 1E-3 +.5 #i1 #i1/2 #e1.5 #e1e3 +inf.0 -inf.0 \
                     +nan.0 +INF.0 99999999999999999999999999 0.0 -0.0 #d1.5 #i#xff";
        for text in reals.split_whitespace() {
            assert_eq!(classify(text), Spelling::Real, "{text}");
        }
    }

    #[test]
    fn complex_numbers() {
        for text in
            "+i -i 1+i 1-2i +2i -2.5i 1/2+3/4i 1@2 +inf.0i 1+inf.0i 1-nan.0i #x1+ai 1.5e3-1e2i -1@-2".split_whitespace()
        {
            assert_eq!(classify(text), Spelling::Complex, "{text}");
        }
    }

    #[test]
    fn not_numbers() {
        let others = "+ - ... . 1+ -1+ a 1a 1/ /2 1/2/3 1e 1e+ .e1 #x #xg #x1.5 #b2 #o8 #x#x1 #e#i1 #t 1.2.3 --1 +-1 2i i +inf.1 inf.0 1/2.0 1@ 1+2 \
                      +inf.0x #xinf 1_000 é";
        for text in others.split_whitespace() {
            assert_eq!(classify(text), Spelling::Other, "{text}");
        }
        assert_eq!(classify("1/0"), Spelling::ZeroDenominator);
        assert_eq!(classify("#i-1/00"), Spelling::ZeroDenominator);
    }
}
