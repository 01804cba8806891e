//! Strings. Ranges are optional start and end indices, in characters.
use super::check::prims;
use crate::abi::Ctx;
use crate::layout::{PAIR_SIZE, WORD};
use crate::object::*;
use crate::unicode;
use crate::value::Value;
use std::cmp::Ordering;
use std::ops::Range;

macro_rules! compare {
    ($($(#[$m:meta])* $f:ident $name:literal $order:ident |$o:ident| $e:expr;)*) => {prims! {$(
        $(#[$m])*
        fn $f(ctx, a, b) {
            let (a, b) = (ctx.str_arg($name, 1, a)?, ctx.str_arg($name, 2, b)?);
            let $o = $order(ctx, a, b);
            Ok(Value::boolean($e))
        }
    )*}};
}
compare! {
    /// `string<?`
    lt "string<?" order |o| o.is_lt();
    /// `string>?`
    gt "string>?" order |o| o.is_gt();
    /// `string<=?`
    le "string<=?" order |o| o.is_le();
    /// `string>=?`
    ge "string>=?" order |o| o.is_ge();
    /// `string-ci=?`
    ci_eq "string-ci=?" folded_order |o| o.is_eq();
    /// `string-ci<?`
    ci_lt "string-ci<?" folded_order |o| o.is_lt();
    /// `string-ci>?`
    ci_gt "string-ci>?" folded_order |o| o.is_gt();
    /// `string-ci<=?`
    ci_le "string-ci<=?" folded_order |o| o.is_le();
    /// `string-ci>=?`
    ci_ge "string-ci>=?" folded_order |o| o.is_ge();
}

fn order(ctx: &Ctx, a: Str, b: Str) -> Ordering {
    a.text(ctx).compare(b.text(ctx))
}

fn folded_order(ctx: &Ctx, a: Str, b: Str) -> Ordering {
    unicode::fold_string(&a.to_rust(ctx)).cmp(&unicode::fold_string(&b.to_rust(ctx)))
}

prims! {
    /// `string?`
    fn is_string(_ctx, v) { Ok(Value::boolean(Str::of(v).is_some())) }
    /// `make-string`
    fn make(ctx, n, fill) {
        let n = ctx.size_arg("make-string", 1, n)?;
        let c = if fill == Value::ABSENT { ' ' } else { ctx.char_arg("make-string", 2, fill)? };
        let s = ctx.make_string("make-string", n, c as u32 > 0xff)?;
        s.fill(ctx, "make-string", 0..n, c)?;
        Ok(s.value())
    }
    /// `string`
    fn string(ctx; args) {
        for (i, &v) in args.iter().enumerate() {
            ctx.char_arg("string", i + 1, v)?;
        }
        Ok(ctx.string_from_chars(args.iter().filter_map(|v| v.as_char())).value())
    }
    /// `string-length`
    fn length(ctx, s) { Ok(Value::fixnum(ctx.str_arg("string-length", 1, s)?.len() as i64)) }
    /// `string-ref`
    fn get(ctx, s, i) {
        let s = ctx.str_arg("string-ref", 1, s)?;
        let at = ctx.index_arg("string-ref", 2, i, s.len())?;
        Ok(s.get(ctx, at).map_or(Value::FALSE, Value::char))
    }
    /// `string-set!`
    fn set(ctx, s, i, c) {
        let s = ctx.mutable_str_arg("string-set!", 1, s)?;
        let i = ctx.index_arg("string-set!", 2, i, s.len())?;
        let c = ctx.char_arg("string-set!", 3, c)?;
        s.set(ctx, "string-set!", i, c)?;
        Ok(Value::UNSPECIFIED)
    }
    /// `string=?` of two.
    fn eq(ctx, a, b) {
        let (a, b) = (ctx.str_arg("string=?", 1, a)?, ctx.str_arg("string=?", 2, b)?);
        Ok(Value::boolean(a.text(ctx).same(b.text(ctx))))
    }
    /// `substring`
    fn substring(ctx, s, start, end) { copy_range(ctx, "substring", s, start, end) }
    /// `string-copy`
    fn copy(ctx, s, start, end) { copy_range(ctx, "string-copy", s, start, end) }
    /// `string-append`
    fn append(ctx; args) {
        let (mut length, mut wide) = (0, false);
        for (i, &v) in args.iter().enumerate() {
            let s = ctx.str_arg("string-append", i + 1, v)?;
            length += s.len();
            wide |= s.is_wide(ctx);
        }
        let result = ctx.make_string("string-append", length, wide)?;
        let mut at = 0;
        for s in args.iter().filter_map(|&v| Str::of(v)) {
            result.copy_from(ctx, "string-append", at, s, 0..s.len())?;
            at += s.len();
        }
        Ok(result.value())
    }
    /// `string-copy!`
    fn copy_into(ctx, to, at, from, start, end) {
        let target = ctx.mutable_str_arg("string-copy!", 1, to)?;
        let source = ctx.str_arg("string-copy!", 3, from)?;
        let range = ctx.range_args("string-copy!", 4, start, end, source.len())?;
        let i = ctx.index_arg("string-copy!", 2, at, target.len() + 1)?;
        if target.len() - i < range.len() {
            return Err(ctx.wrong_type("string-copy!", 2, at, "index that leaves room for the copy"));
        }
        target.copy_from(ctx, "string-copy!", i, source, range)?;
        Ok(Value::UNSPECIFIED)
    }
    /// `string-fill!`
    fn fill(ctx, s, c, start, end) {
        let s = ctx.mutable_str_arg("string-fill!", 1, s)?;
        let c = ctx.char_arg("string-fill!", 2, c)?;
        let range = ctx.range_args("string-fill!", 3, start, end, s.len())?;
        s.fill(ctx, "string-fill!", range, c)?;
        Ok(Value::UNSPECIFIED)
    }
    /// `string->list`
    fn to_list(ctx, s, start, end) {
        let s = ctx.str_arg("string->list", 1, s)?;
        let range = ctx.range_args("string->list", 2, start, end, s.len())?;
        ctx.check_size("string->list", range.len(), PAIR_SIZE)?;
        let mut list = Value::NULL;
        for i in range.rev() {
            let c = s.get(ctx, i).map_or(Value::FALSE, Value::char);
            list = ctx.cons(c, list);
        }
        Ok(list)
    }
    /// `list->string`
    fn from_list(ctx, list) {
        let mut chars = Vec::with_capacity(ctx.list_arg("list->string", 1, list)?);
        let mut pairs = Pairs::new(list);
        while let Some(pair) = pairs.next(ctx) {
            match ctx.car(pair).as_char() {
                Some(c) => chars.push(c),
                None => return Err(ctx.wrong_type("list->string", 1, list, "list of characters")),
            }
        }
        Ok(ctx.string_from_chars(chars.iter().copied()).value())
    }
    /// `string->vector`
    fn to_vector(ctx, s, start, end) {
        let s = ctx.str_arg("string->vector", 1, s)?;
        let range = ctx.range_args("string->vector", 2, start, end, s.len())?;
        ctx.check_size("string->vector", range.len(), WORD)?;
        let chars: Vec<Value> = s.text(ctx).slice(range).chars().map(Value::char).collect();
        Ok(ctx.vector_from(&chars).value())
    }
    /// `vector->string`
    fn from_vector(ctx, v, start, end) {
        let vector = ctx.vector_arg("vector->string", 1, v)?;
        let range = ctx.range_args("vector->string", 2, start, end, vector.len())?;
        let items = vector.as_slice(ctx).get(range).unwrap_or(&[]);
        let chars: Option<Vec<char>> = items.iter().map(|c| c.as_char()).collect();
        match chars {
            Some(chars) => Ok(ctx.string_from_chars(chars.iter().copied()).value()),
            None => Err(ctx.wrong_type("vector->string", 1, v, "vector of characters")),
        }
    }
    /// `string-upcase`
    fn upcase(ctx, s) {
        let text = unicode::upcase_string(&ctx.str_arg("string-upcase", 1, s)?.to_rust(ctx));
        Ok(ctx.string_from(&text).value())
    }
    /// `string-downcase`
    fn downcase(ctx, s) {
        let text = unicode::downcase_string(&ctx.str_arg("string-downcase", 1, s)?.to_rust(ctx));
        Ok(ctx.string_from(&text).value())
    }
    /// `string-foldcase`
    fn foldcase(ctx, s) {
        let text = unicode::fold_string(&ctx.str_arg("string-foldcase", 1, s)?.to_rust(ctx));
        Ok(ctx.string_from(&text).value())
    }
    /// `string->utf8`
    fn to_utf8(ctx, s, start, end) {
        let s = ctx.str_arg("string->utf8", 1, s)?;
        let range = ctx.range_args("string->utf8", 2, start, end, s.len())?;
        let mut bytes = Vec::with_capacity(range.len());
        s.text(ctx).slice(range).push_utf8(&mut bytes);
        Ok(ctx.bytevector_from("string->utf8", &bytes)?.value())
    }
    /// `utf8->string`
    fn from_utf8(ctx, b, start, end) {
        let bytes = ctx.bytevector_arg("utf8->string", 1, b)?;
        let range = ctx.range_args("utf8->string", 2, start, end, bytes.len())?;
        let bytes = bytes.bytes(ctx).get(range).unwrap_or(&[]).to_vec();
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(ctx.string_from(text).value()),
            Err(_) => Err(ctx.wrong_type("utf8->string", 1, b, "bytevector of valid UTF-8")),
        }
    }
    /// Index of a character in a range of a string, or `#f`.
    fn index(ctx, s, c, start, end) {
        let s = ctx.str_arg("string-index", 1, s)?;
        let c = ctx.char_arg("string-index", 2, c)?;
        let range = ctx.range_args("string-index", 3, start, end, s.len())?;
        let from = range.start;
        let found = match s.text(ctx).slice(range) {
            Text::Narrow(b) => u8::try_from(c as u32).ok().and_then(|c| memchr::memchr(c, b)),
            Text::Wide(w) => w.iter().position(|&x| x == c as u32),
        };
        Ok(found.map_or(Value::FALSE, |i| Value::fixnum((from + i) as i64)))
    }
    /// Index of the first occurrence of a string in another from a start on, or `#f`.
    fn search(ctx, pattern, s, start) {
        let pattern = ctx.str_arg("string-search", 1, pattern)?;
        let s = ctx.str_arg("string-search", 2, s)?;
        let range = ctx.range_args("string-search", 3, start, Value::ABSENT, s.len())?;
        let from = range.start;
        let found = match (s.text(ctx).slice(range), pattern.text(ctx)) {
            (Text::Narrow(text), Text::Narrow(pattern)) => memchr::memmem::find(text, pattern),
            // In UTF-8 a match is a match of characters; its index is the number of characters in front.
            (text, pattern) => {
                let (mut bytes, mut wanted) = (Vec::new(), Vec::new());
                text.push_utf8(&mut bytes);
                pattern.push_utf8(&mut wanted);
                let found = memchr::memmem::find(&bytes, &wanted);
                found.map(|i| bytes[..i].iter().filter(|&&b| b & 0xc0 != 0x80).count())
            }
        };
        Ok(found.map_or(Value::FALSE, |i| Value::fixnum((from + i) as i64)))
    }
}

fn copy_range(ctx: &mut Ctx, who: &'static str, s: Value, start: Value, end: Value) -> Result<Value, Value> {
    let s = ctx.str_arg(who, 1, s)?;
    let range = ctx.range_args(who, 2, start, end, s.len())?;
    let Range { start, end } = range;
    if let Text::Narrow(_) = s.text(ctx) {
        let part = ctx.make_string(who, end - start, false)?;
        part.copy_from(ctx, who, 0, s, start..end)?;
        return Ok(part.value());
    }
    let wide = !s.text(ctx).slice(start..end).fits_narrow();
    let part = ctx.make_string(who, end - start, wide)?;
    part.copy_from(ctx, who, 0, s, start..end)?;
    Ok(part.value())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    const NONE: Value = Value::ABSENT;

    fn fix(n: i64) -> Value {
        Value::fixnum(n)
    }
    fn text(ctx: &Ctx, v: Value) -> String {
        Str::of(v).map_or("?".into(), |s| s.to_rust(ctx))
    }

    #[test]
    fn ranges_are_checked_at_every_edge() {
        let ctx = &mut *context();
        let s = ctx.string_from("abcd").value();
        assert_eq!(text(ctx, copy(&mut context(), s, NONE, NONE)), "abcd");
        for (start, end, want) in [(0, 0, ""), (4, 4, ""), (1, 3, "bc")] {
            let part = substring(ctx, s, fix(start), fix(end));
            assert_eq!(text(ctx, part), want);
        }
        for (start, end) in [(-1, 2), (3, 2), (0, 5), (5, 5)] {
            assert_eq!(substring(ctx, s, fix(start), fix(end)), Value::RAISED);
        }
        assert_eq!(get(ctx, s, fix(4)), Value::RAISED);
        assert_eq!(get(ctx, s, Value::char('a')), Value::RAISED);
        assert_eq!(get(ctx, s, fix(3)), Value::char('d'));
        assert_eq!(make(ctx, fix(1 << 58), NONE), Value::RAISED);
    }

    #[test]
    fn copy_into_overlaps_and_checks_room() {
        let ctx = &mut *context();
        let s = ctx.string_from("12345").value();
        assert_eq!(copy_into(ctx, s, fix(1), s, fix(0), fix(4)), Value::UNSPECIFIED);
        assert_eq!(text(ctx, s), "11234");
        assert_eq!(copy_into(ctx, s, fix(3), s, fix(0), fix(3)), Value::RAISED);
        assert_eq!(copy_into(ctx, s, fix(5), s, fix(2), fix(2)), Value::UNSPECIFIED);
        assert_eq!(copy_into(ctx, s, fix(6), s, fix(2), fix(2)), Value::RAISED);
        Str::of(s).map(Str::value).unwrap_or(s).make_immutable();
        assert_eq!(set(ctx, s, fix(0), Value::char('x')), Value::RAISED);
        assert_eq!(fill(ctx, s, Value::char('x'), NONE, NONE), Value::RAISED);
    }

    #[test]
    fn case_and_order() {
        let ctx = &mut *context();
        let (a, b) = (ctx.string_from("Straße").value(), ctx.string_from("STRASSE").value());
        assert_eq!(ci_eq(ctx, a, b), Value::TRUE);
        assert_eq!(eq(ctx, a, b), Value::FALSE);
        let up = upcase(ctx, a);
        assert_eq!(text(ctx, up), "STRASSE");
        let greek = ctx.string_from("ΧΑΟΣ").value();
        let down = downcase(ctx, greek);
        assert_eq!(text(ctx, down), "χαος");
        assert_eq!(lt(ctx, a, greek), Value::TRUE);
        assert_eq!(gt(ctx, a, a), Value::FALSE);
        assert_eq!(le(ctx, a, fix(1)), Value::RAISED);
    }

    #[test]
    fn conversions() {
        let ctx = &mut *context();
        let s = ctx.string_from("aλ\u{1F600}").value();
        let utf8 = to_utf8(ctx, s, fix(1), NONE);
        assert_eq!(Bytevector::of(utf8).map(|b| b.bytes(ctx).to_vec()), Some("λ\u{1F600}".into()));
        let back = from_utf8(ctx, utf8, NONE, fix(2));
        assert_eq!(text(ctx, back), "λ");
        assert_eq!(from_utf8(ctx, utf8, fix(1), NONE), Value::RAISED);
        let list = to_list(ctx, s, NONE, NONE);
        let again = from_list(ctx, list);
        assert_eq!(eq(ctx, s, again), Value::TRUE);
        let bad = ctx.cons(fix(1), list);
        assert_eq!(from_list(ctx, bad), Value::RAISED);
        let v = to_vector(ctx, s, fix(0), fix(1));
        let one = from_vector(ctx, v, NONE, NONE);
        assert_eq!(text(ctx, one), "a");
        let joined = append(ctx, [s, one, s].as_ptr(), 3);
        assert_eq!(text(ctx, joined), "aλ\u{1F600}aaλ\u{1F600}");
        let part = substring(ctx, s, fix(0), fix(1));
        assert!(Str::of(part).is_some_and(|p| !p.is_wide(ctx)));
    }

    #[test]
    fn searching() {
        let ctx = &mut *context();
        let (s, p) = (ctx.string_from("aλbλc").value(), ctx.string_from("λc").value());
        assert_eq!(search(ctx, p, s, NONE), fix(3));
        assert_eq!(search(ctx, s, p, NONE), Value::FALSE);
        assert_eq!(index(ctx, s, Value::char('λ'), fix(2), NONE), fix(3));
        let n = ctx.string_from("x;y;z").value();
        assert_eq!(index(ctx, n, Value::char(';'), fix(2), NONE), fix(3));
        assert_eq!(index(ctx, n, Value::char('λ'), NONE, NONE), Value::FALSE);
        let semi = ctx.string_from(";z").value();
        assert_eq!(search(ctx, semi, n, fix(1)), fix(3));
    }
}
