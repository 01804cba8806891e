//! Characters.
use super::check::prims;
use crate::abi::Ctx;
use crate::unicode;
use crate::value::Value;

macro_rules! compare {
    ($($(#[$m:meta])* $f:ident $name:literal $key:path, $op:tt;)*) => {prims! {$(
        $(#[$m])*
        fn $f(ctx, a, b) {
            let (a, b) = (ctx.char_arg($name, 1, a)?, ctx.char_arg($name, 2, b)?);
            Ok(Value::boolean($key(a) $op $key(b)))
        }
    )*}};
}
compare! {
    /// `char=?`
    eq "char=?" u32::from, ==;
    /// `char<?`
    lt "char<?" u32::from, <;
    /// `char>?`
    gt "char>?" u32::from, >;
    /// `char<=?`
    le "char<=?" u32::from, <=;
    /// `char>=?`
    ge "char>=?" u32::from, >=;
    /// `char-ci=?`
    ci_eq "char-ci=?" unicode::foldcase, ==;
    /// `char-ci<?`
    ci_lt "char-ci<?" unicode::foldcase, <;
    /// `char-ci>?`
    ci_gt "char-ci>?" unicode::foldcase, >;
    /// `char-ci<=?`
    ci_le "char-ci<=?" unicode::foldcase, <=;
    /// `char-ci>=?`
    ci_ge "char-ci>=?" unicode::foldcase, >=;
}

macro_rules! of_char {
    ($($(#[$m:meta])* $f:ident $name:literal |$c:ident| $e:expr;)*) => {prims! {$(
        $(#[$m])*
        fn $f(ctx, c) {
            let $c = ctx.char_arg($name, 1, c)?;
            Ok($e)
        }
    )*}};
}
of_char! {
    /// `char->integer`
    to_integer "char->integer" |c| Value::fixnum(c as i64);
    /// `char-alphabetic?`
    is_alphabetic "char-alphabetic?" |c| Value::boolean(unicode::is_alphabetic(c));
    /// `char-numeric?`
    is_numeric "char-numeric?" |c| Value::boolean(unicode::is_digit(c));
    /// `char-whitespace?`
    is_whitespace "char-whitespace?" |c| Value::boolean(unicode::is_whitespace(c));
    /// `char-upper-case?`
    is_upper_case "char-upper-case?" |c| Value::boolean(unicode::is_upper_case(c));
    /// `char-lower-case?`
    is_lower_case "char-lower-case?" |c| Value::boolean(unicode::is_lower_case(c));
    /// `char-upcase`
    upcase "char-upcase" |c| Value::char(unicode::upcase(c));
    /// `char-downcase`
    downcase "char-downcase" |c| Value::char(unicode::downcase(c));
    /// `char-foldcase`
    foldcase "char-foldcase" |c| Value::char(unicode::foldcase(c));
    /// `digit-value`
    digit_value "digit-value" |c| unicode::digit_value(c).map_or(Value::FALSE, |n| Value::fixnum(n as i64));
}

prims! {
    /// `char?`
    fn is_char(_ctx, v) { Ok(Value::boolean(v.is_char())) }
    /// `integer->char`
    fn from_integer(ctx, v) {
        let c = v.as_fixnum().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32);
        c.map(Value::char).ok_or_else(|| ctx.wrong_type("integer->char", 1, v, "Unicode scalar value"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    #[test]
    fn surrogates_and_large_numbers_are_no_characters() {
        let ctx = &mut *context();
        for n in [0xd800, 0xdfff, 0x110000, -1, 1 << 40] {
            assert_eq!(from_integer(ctx, Value::fixnum(n)), Value::RAISED);
        }
        assert_eq!(from_integer(ctx, Value::fixnum(0x10ffff)), Value::char('\u{10ffff}'));
        assert_eq!(to_integer(ctx, Value::char('λ')), Value::fixnum(0x3bb));
        assert_eq!(to_integer(ctx, Value::fixnum(1)), Value::RAISED);
    }

    #[test]
    fn case_is_folded_in_ci_comparisons() {
        let ctx = &mut *context();
        assert_eq!(ci_eq(ctx, Value::char('Σ'), Value::char('ς')), Value::TRUE);
        assert_eq!(eq(ctx, Value::char('a'), Value::char('A')), Value::FALSE);
        assert_eq!(is_numeric(ctx, Value::char('½')), Value::FALSE);
        assert_eq!(digit_value(ctx, Value::char('x')), Value::FALSE);
    }
}
