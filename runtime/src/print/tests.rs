use super::*;
use crate::testing::context;

fn written(ctx: &Ctx, v: Value) -> String {
    to_string(ctx, v, Mode::Write)
}

fn sym(name: &str) -> Value {
    symbol::intern(name)
}

#[test]
fn lists_vectors_and_abbreviations() {
    let ctx = &mut *context();
    let inner = ctx.list(&[Value::fixnum(1), Value::TRUE, Value::NULL]);
    let dotted = ctx.cons(inner, sym("a"));
    assert_eq!(written(ctx, dotted), "((1 #t ()) . a)");
    let v = ctx.vector_from(&[dotted, Value::char('x'), Value::EOF]).value();
    assert_eq!(written(ctx, v), "#(((1 #t ()) . a) #\\x #<eof>)");
    let quoted = ctx.list(&[sym("quote"), sym("x")]);
    let both = ctx.list(&[sym("unquote-splicing"), quoted]);
    assert_eq!(written(ctx, both), ",@'x");
    let three = ctx.list(&[sym("quote"), sym("x"), sym("y")]);
    assert_eq!(written(ctx, three), "(quote x y)");
    let empty = ctx.vector_from(&[]).value();
    assert_eq!(written(ctx, empty), "#()");
}

#[test]
fn odd_symbols_get_bars() {
    let plain = ["a", "+", "-", "...", "->x", "+x", "..a", "-.a", "<=?", "a.b", "λ", "A", "+i+", "a1", "-@"];
    let barred = [
        "", " ", "1", "1+", "-1", "+1a", ".", ".5", "+.5", "+i", "-I", "+inf.0", "-NaN.0x", "#a", "a b", "a|b", "a\"",
        "(", "'a", "a;", "\u{a0}",
    ];
    for name in plain {
        assert_eq!(written(&context(), sym(name)), name);
    }
    for name in barred {
        let text = written(&context(), sym(name));
        assert!(text.starts_with('|') && text.ends_with('|') && text.len() >= 2, "{text}");
    }
    assert_eq!(written(&context(), sym("a|\\\nb")), "|a\\|\\\\\\nb|");
}

#[test]
fn strings_and_characters() {
    let ctx = &mut *context();
    let s = ctx.string_from("a\"\\\n\t\u{7}\u{1}λ\u{feff}").value();
    assert_eq!(written(ctx, s), "\"a\\\"\\\\\\n\\t\\a\\x1;λ\\xfeff;\"");
    assert_eq!(to_string(ctx, s, Mode::Display), "a\"\\\n\t\u{7}\u{1}λ\u{feff}");
    for (c, text) in
        [(' ', "#\\space"), ('\0', "#\\null"), ('a', "#\\a"), ('\u{1}', "#\\x1"), ('(', "#\\("), ('é', "#\\é")]
    {
        assert_eq!(written(ctx, Value::char(c)), text);
    }
    let b = ctx.bytevector_from("t", &[0, 255]).map(Bytevector::value);
    assert_eq!(b.map(|b| written(ctx, b)), Ok("#u8(0 255)".into()));
}

#[test]
fn cycles_end_and_sharing_is_shown_on_demand() {
    let ctx = &mut *context();
    let l = ctx.list(&[sym("a"), sym("b")]);
    let last = ctx.cdr(l);
    ctx.set_cdr(last, l);
    assert_eq!(written(ctx, l), "#0=(a b . #0#)");
    assert_eq!(to_string(ctx, l, Mode::Display), "#0=(a b . #0#)");
    let self_car = ctx.cons(Value::FALSE, Value::NULL);
    ctx.set_car(self_car, self_car);
    let v = ctx.vector_from(&[self_car, l, self_car]).value();
    assert_eq!(written(ctx, v), "#(#0=(#0#) #1=(a b . #1#) #0#)");
    assert!(is_circular(ctx, v));
    let x = ctx.list(&[Value::fixnum(1)]);
    let twice = ctx.list(&[x, x]);
    assert_eq!(written(ctx, twice), "((1) (1))");
    assert_eq!(to_string(ctx, twice, Mode::WriteShared), "(#0=(1) #0#)");
    let tail = ctx.cons(x, x);
    assert_eq!(to_string(ctx, tail, Mode::WriteShared), "(#0=(1) . #0#)");
    assert!(to_limited_string(ctx, l, 20).ends_with('…'));
}

#[test]
fn cycle_that_starts_inside_a_list() {
    let ctx = &mut *context();
    let l = ctx.list(&[Value::fixnum(1), Value::fixnum(2), Value::fixnum(3)]);
    let (second, third) = (ctx.cdr(l), ctx.cdr(ctx.cdr(l)));
    ctx.set_cdr(third, second);
    assert_eq!(written(ctx, l), "(1 . #0=(2 3 . #0#))");
}

#[test]
fn deep_and_long_data() {
    let ctx = &mut *context();
    let (mut deep, mut long) = (Value::NULL, Value::NULL);
    for _ in 0..1_000_000 {
        deep = ctx.cons(deep, Value::NULL);
        long = ctx.cons(Value::fixnum(7), long);
    }
    assert_eq!(written(ctx, deep).len(), 2_000_002);
    assert_eq!(written(ctx, long).len(), 2_000_001);
    assert_eq!(to_limited_string(ctx, long, 10), "(7 7 7 7 7…");
}

#[test]
fn sharing_cannot_exhaust_memory() {
    let ctx = &mut *context();
    let shared = (0..60).fold(Value::NULL, |x, _| ctx.cons(x, x));
    assert_eq!(bounded_string(ctx, shared, Mode::Write, 1 << 20), None);
    assert!(bounded_string(ctx, shared, Mode::WriteShared, 1 << 20).is_some());
    assert_eq!(bounded_string(ctx, Value::TRUE, Mode::Write, 2), Some("#t".into()));
}

#[test]
fn records_and_conditions() {
    let ctx = &mut *context();
    let fields = ctx.vector_from(&[sym("x"), sym("y")]).value();
    let t = ctx.make_record_type(sym("<point>"), fields);
    let Some(rtd) = RecordType::of(t) else { panic!("a record type") };
    let p = ctx.make_record(rtd, &[Value::fixnum(1), sym("q")]);
    assert_eq!(written(ctx, p), "#<record point 1 q>");
    assert_eq!(written(ctx, t), "#<record-type point>");
    if let Some(r) = Record::of(p) {
        r.set_field(ctx, 1, p);
    }
    assert_eq!(written(ctx, p), "#0=#<record point 1 #0#>");
    let message = ctx.string_from("no").value();
    let irritants = ctx.list(&[Value::fixnum(1), message]);
    let c = ctx.make_condition(sym("error"), message, irritants, Value::FALSE);
    assert_eq!(written(ctx, c), "#<error \"no\" 1 \"no\">");
    let none = ctx.make_condition(sym("error"), message, Value::NULL, Value::FALSE);
    assert_eq!(written(ctx, none), "#<error \"no\">");
}
