use super::*;
use crate::layout::{FIXNUM_MAX, FIXNUM_MIN};
use crate::number::{eqv, hash, parse};
use crate::prim::{Prim, PrimCode};
use crate::testing::context;

/// Applies a primitive by its Scheme name to the numbers that these texts denote.
fn apply(ctx: &mut Ctx, name: &str, args: &[&str]) -> Value {
    let values: Vec<Value> = args.iter().map(|text| read(ctx, text)).collect();
    let at = |i: usize| values.get(i).copied().unwrap_or(Value::ABSENT);
    match Prim::named(name).unwrap_or_else(|| panic!("no primitive {name}")).info().code {
        PrimCode::F1(f) => f(ctx, at(0)),
        PrimCode::F2(f) => f(ctx, at(0), at(1)),
        _ => panic!("{name} takes neither one nor two arguments"),
    }
}

/// Each line: a primitive, its arguments, `=>` and the answer as text (`error` if it raises).
pub(super) fn check(table: &str) {
    let ctx = &mut *context();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (call, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("{line} has no answer"));
        let words: Vec<&str> = call.split_whitespace().collect();
        let v = apply(ctx, words[0], &words[1..]);
        let shown = match v {
            Value::TRUE => "#t".into(),
            Value::FALSE => "#f".into(),
            Value::RAISED => "error".into(),
            v => text(v),
        };
        assert_eq!(shown, expected, "{call}");
    }
}

#[test]
fn exactness_is_contagious() {
    check(
        "+ 1/2 0.5 => 1.0
         + 1 2.5 => 3.5
         + 0 -0.0 => -0.0
         + -0.0 0 => -0.0
         - -0.0 0 => -0.0
         - 0 0.0 => -0.0
         * 0 1.5 => 0.0
         * 2 1/2 => 1
         / 1 3 => 1/3
         / 6 3 => 2
         / 6 -4 => -3/2
         / -1152921504606846976 -1 => 1152921504606846976
         / 1.0 0.0 => +inf.0
         / 1 0.0 => +inf.0
         / 1 0 => error
         / 1.0 0 => error
         / 1/2 0 => error
         - 0.0 0.0 => 0.0
         %negate 0.0 => -0.0
         %negate -1152921504606846976 => 1152921504606846976
         %reciprocal 2 => 1/2
         %reciprocal 0 => error
         %reciprocal 0.0 => +inf.0
         max 1 2.0 => 2.0
         max 3 2.0 => 3.0
         max 1/2 1/3 => 1/2
         min 1 2.0 => 1.0
         max +nan.0 1 => +nan.0
         max 1 +nan.0 => +nan.0
         min -inf.0 5 => -inf.0
         abs -1152921504606846976 => 1152921504606846976
         abs -1/2 => 1/2
         abs -0.0 => 0.0
         magnitude -7.5 => 7.5
         exact 2.5 => 5/2
         exact -0.0 => 0
         exact 1e20 => 100000000000000000000
         exact +inf.0 => error
         exact +nan.0 => error
         inexact 1/3 => 0.3333333333333333
         inexact 9007199254740993 => 9007199254740992.0
         inexact 9007199254740995 => 9007199254740996.0",
    );
}

#[test]
fn comparisons() {
    check(
        "= 1 1.0 => #t
         = 1/2 0.5 => #t
         = 9007199254740993 9007199254740992.0 => #f
         < 9007199254740992.0 9007199254740993 => #t
         < 1/3 0.3333333333333333 => #f
         > 1/3 0.3333333333333333 => #t
         < +nan.0 1 => #f
         >= 1 +nan.0 => #f
         = +nan.0 +nan.0 => #f
         = 0.0 -0.0 => #t
         < -inf.0 -1000000000000000000000000000000 => #t
         > +inf.0 1000000000000000000000000000000 => #t
         <= 1000000000000000000000 1e21 => #t
         < 1e300 1000000000000000000000000 => #f
         < 5e-324 1/1000000000000000000000000000000000000 => #t",
    );
}

#[test]
fn predicates() {
    check(
        "integer? 3.0 => #t
         integer? 3.5 => #f
         integer? +inf.0 => #f
         rational? 1/2 => #t
         rational? +nan.0 => #f
         rational? 1.5 => #t
         real? +inf.0 => #t
         exact? 1/2 => #t
         exact? 1.0 => #f
         inexact? 1.0 => #t
         exact-integer? 5.0 => #f
         exact-integer? 100000000000000000000 => #t
         exact-rational? 1/2 => #t
         exact-rational? 0.5 => #f
         finite? 1e300 => #t
         finite? -inf.0 => #f
         infinite? -inf.0 => #t
         nan? +nan.0 => #t
         nan? 1 => #f
         zero? -0.0 => #t
         zero? 0 => #t
         zero? 1/2 => #f
         positive? 1/2 => #t
         negative? -0.0 => #f
         negative? -100000000000000000000 => #t
         positive? +nan.0 => #f
         odd? 3.0 => #t
         even? -4 => #t
         even? 100000000000000000001 => #f
         odd? 1.5 => error
         even? 1/2 => error",
    );
}

#[test]
fn integer_division() {
    check(
        "floor-quotient -5 2 => -3
         floor-remainder -5 2 => 1
         floor-quotient 5 -2 => -3
         floor-remainder 5 -2 => -1
         truncate-quotient -5 2 => -2
         truncate-remainder -5 2 => -1
         truncate-quotient -5.0 2 => -2.0
         floor-quotient -5.0 2 => -3.0
         modulo 13 -4.0 => -3.0
         modulo -13 4 => 3
         remainder -13 4 => -1
         quotient -1152921504606846976 -1 => 1152921504606846976
         quotient 1 0 => error
         quotient 1.0 0.0 => error
         modulo 1.5 2 => error
         floor-remainder 1/2 2 => error
         gcd 0 0 => 0
         gcd 32 -36 => 4
         gcd 32.0 36 => 4.0
         lcm 32 -36 => 288
         lcm 32.0 -36 => 288.0
         lcm 0 5 => 0
         gcd -1152921504606846976 -1152921504606846976 => 1152921504606846976",
    );
}

#[test]
fn rounding() {
    check(
        "round 7/2 => 4
         round 5/2 => 2
         round -5/2 => -2
         round 2.5 => 2.0
         round -2.5 => -2.0
         round -0.4 => -0.0
         floor -4.3 => -5.0
         ceiling -4.3 => -4.0
         truncate -4.3 => -4.0
         floor -7/2 => -4
         ceiling 7/2 => 4
         truncate -7/2 => -3
         round 7 => 7
         numerator 6/4 => 3
         denominator 6/4 => 2
         denominator 0.5 => 2.0
         numerator -0.75 => -3.0
         denominator 0 => 1
         numerator +inf.0 => error
         rationalize 3/10 1/10 => 1/3
         rationalize .3 1/10 => 0.3333333333333333
         rationalize -3/10 1/10 => -1/3
         rationalize 5 +inf.0 => 0.0
         rationalize +inf.0 1 => +inf.0
         rationalize +inf.0 +inf.0 => +nan.0",
    );
}

#[test]
fn powers_and_roots() {
    check(
        "expt 0 0 => 1
         expt 0.0 0 => 1
         expt 0 5 => 0
         expt 0 -1 => error
         expt 2 -3 => 1/8
         expt -2 3 => -8
         expt -1 100000000000000000000001 => -1
         expt 1 -100000000000000000000000 => 1
         expt 0 100000000000000000000000 => 0
         expt 2 100000000000000000000000 => error
         expt 1/2 100000000000000000000000 => error
         expt 7 1000000000000 => error
         expt 2 64 => 18446744073709551616
         expt 2/3 2 => 4/9
         expt -2/3 -3 => -27/8
         expt 4 1/2 => 2
         expt 2.0 3 => 8.0
         expt 2 0.5 => 1.4142135623730951
         expt -8 1/3 => 1.0+1.7320508075688772i
         expt -8.0 0.5 => 0.0+2.8284271247461903i
         expt -8.0 3.0 => -512.0
         expt 2 -1075.0 => 0.0
         sqrt 16 => 4
         sqrt 2 => 1.4142135623730951
         sqrt 1/4 => 1/2
         sqrt 16.0 => 4.0
         sqrt -0.0 => -0.0
         sqrt -4 => +2i
         sqrt -4.0 => 0.0+2.0i
         sqrt 1000000000000000000000000000000000000000000 => 1000000000000000000000
         sqrt 1152921504606846975 => 1073741824.0
         square -5 => 25
         square 1/2 => 1/4
         %exact-integer-sqrt 17 => 4
         %exact-integer-sqrt 0 => 0
         %exact-integer-sqrt -1 => error
         %exact-integer-sqrt 4.0 => error
         arithmetic-shift 1 4611686018427387904 => error
         arithmetic-shift -1 -4611686018427387904 => -1
         arithmetic-shift -1 -1000000000000000000 => -1
         arithmetic-shift 5 -100 => 0
         arithmetic-shift 0 1000000000000000000 => 0
         arithmetic-shift 1 59 => 576460752303423488
         arithmetic-shift 1 60 => 1152921504606846976
         arithmetic-shift -1 60 => -1152921504606846976",
    );
}

#[test]
fn roots_and_logarithms_of_numbers_beyond_doubles() {
    let ctx = &mut *context();
    let huge = format!("1{}1", "0".repeat(799));
    let root = apply(ctx, "sqrt", &[&format!("1{}2", "0".repeat(599))]);
    assert_eq!(text(root), "1e300");
    let tiny = apply(ctx, "sqrt", &[&format!("1/{huge}")]);
    assert_eq!(text(tiny), "0.0", "1e-400 has no double");
    let tiny = apply(ctx, "sqrt", &[&format!("2/1{}", "0".repeat(600))]);
    assert_eq!(text(tiny), "1.414213562373095e-300");
    for (args, expected) in [
        (vec![huge.clone(), "10".into()], 800.0),
        (vec![huge.clone(), "2".into()], 800.0 * std::f64::consts::LOG2_10),
        (vec![format!("1/{huge}")], -800.0 * std::f64::consts::LN_10),
    ] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let log = apply(ctx, "log", &args);
        let x = ctx.flonum_value(log).expect("a flonum");
        assert!((x - expected).abs() < 1e-9, "{args:?}: {x}");
    }
}

#[test]
fn transcendental_functions_keep_the_exact_points() {
    check(
        "exp 0 => 1
         exp 0.0 => 1.0
         exp 1 => 2.718281828459045
         log 1 => 0
         log 8 2 => 3.0
         log 1000 10 => 3.0
         log 0.0 => -inf.0
         log -1 => 0.0+3.141592653589793i
         log 0 => error
         log 1 0 => error
         log 2 1 => error
         sin 0 => 0
         cos 0 => 1
         atan 0 => 0
         acos 1 => 0
         asin 2 => 1.5707963267948966-1.3169578969248166i
         acos -2 => 3.141592653589793-1.3169578969248166i
         atan 0 1 => 0
         atan 0 0 => error
         atan 1 0 => 1.5707963267948966
         atan -1.0 -1 => -2.356194490192345
         atan 0 -1 => 3.141592653589793
         atan -0.0 -1.0 => -3.141592653589793",
    );
}

#[test]
fn wrong_types_raise() {
    let ctx = &mut *context();
    for prim in ["+", "-", "*", "/", "<", "quotient", "gcd", "expt", "max", "bitwise-and", "arithmetic-shift"] {
        let Some(PrimCode::F2(f)) = Prim::named(prim).map(|p| p.info().code) else { panic!("{prim}") };
        for (a, b) in [(Value::TRUE, Value::fixnum(1)), (Value::fixnum(1), Value::NULL)] {
            ctx.condition = Value::FALSE;
            assert_eq!(f(ctx, a, b), Value::RAISED, "{prim}");
            assert_ne!(ctx.condition, Value::FALSE, "{prim}");
        }
    }
    for prim in
        ["sqrt", "exact", "floor", "zero?", "odd?", "exp", "numerator", "square", "abs", "nan?", "bit-count", "random"]
    {
        let Some(PrimCode::F1(f)) = Prim::named(prim).map(|p| p.info().code) else { panic!("{prim}") };
        assert_eq!(f(ctx, Value::NULL), Value::RAISED, "{prim}");
    }
}

#[test]
fn text_of_flonums() {
    let ctx = &mut *context();
    for (x, expected) in [
        (0.5, "0.5"),
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (1e100, "1e100"),
        (1e21, "1e21"),
        (123456.0, "123456.0"),
        (1e-7, "1e-7"),
        (f64::INFINITY, "+inf.0"),
        (f64::NEG_INFINITY, "-inf.0"),
        (f64::NAN, "+nan.0"),
        (-f64::NAN, "+nan.0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e308"),
    ] {
        let v = ctx.make_flonum(x);
        assert_eq!(text(v), expected);
    }
    let v = ctx.make_flonum(-2.5);
    assert_eq!(write(v, 2), "#i-101/10");
    let v = ctx.make_flonum(255.0);
    assert_eq!(write(v, 16), "#iff");
}

#[test]
fn parsing() {
    let ctx = &mut *context();
    for (source, expected) in [
        ("#e1.5", "3/2"),
        ("#e1e3", "1000"),
        ("#e-1.25e-2", "-1/80"),
        ("#e0e999999999999", "0"),
        ("#i1/3", "0.3333333333333333"),
        ("#i-3", "-3.0"),
        ("#i1/0", "+inf.0"),
        ("#i#x10", "16.0"),
        ("#x-ff/2", "-255/2"),
        ("6/4", "3/2"),
        ("4/2", "2"),
        ("-0/5", "0"),
        (".5", "0.5"),
        ("-.5e1", "-5.0"),
        ("1.", "1.0"),
        ("1e400", "+inf.0"),
        ("-1e-400", "-0.0"),
        ("-nan.0", "+nan.0"),
        ("9007199254740993.0", "9007199254740992.0"),
        ("1152921504606846976", "1152921504606846976"),
        ("-1152921504606846977", "-1152921504606846977"),
    ] {
        let v = read(ctx, source);
        assert_eq!(text(v), expected, "{source}");
    }
    for source in ["1/0", "#e+inf.0", "#e1/0", "1/0+i", "+e", "abc", "", "#e1e2000000000"] {
        assert_eq!(parse(ctx, source, 10), None, "{source}");
    }
}

#[test]
fn eqv_tells_flonums_apart() {
    let ctx = &mut *context();
    let [zero, minus_zero, one, nan, other_nan, huge] =
        [0.0, -0.0, 1.0, f64::NAN, -f64::NAN, 1e300].map(|x| ctx.make_flonum(x));
    let same_huge = ctx.make_flonum(1e300);
    assert_eq!(zero, ctx.flonum_zero);
    assert!(!eqv(zero, minus_zero) && eqv(zero, zero));
    assert!(!eqv(one, Value::fixnum(1)));
    assert!(eqv(nan, other_nan) && hash(nan) == hash(other_nan));
    assert!(huge != same_huge && eqv(huge, same_huge) && hash(huge) == hash(same_huge));
    assert!(!eqv(Value::TRUE, Value::TRUE) && hash(Value::TRUE).is_none());
}

#[test]
fn wide_integers_are_normalised() {
    let ctx = &mut *context();
    for n in [0, 1, -1, FIXNUM_MAX, FIXNUM_MIN, FIXNUM_MAX + 1, FIXNUM_MIN - 1, i64::MAX, i64::MIN] {
        let v = ctx.make_integer(n);
        assert_eq!(text(v), n.to_string());
        assert_eq!(v.is_fixnum(), (FIXNUM_MIN..=FIXNUM_MAX).contains(&n));
    }
    let v = ctx.make_unsigned(u64::MAX);
    assert_eq!(text(v), u64::MAX.to_string());
    let v = ctx.make_wide(i128::MIN);
    assert_eq!(text(v), i128::MIN.to_string());
}

#[test]
fn random_stays_below_its_limit() {
    let ctx = &mut *context();
    let limits =
        ["1", "6", "1152921504606846975", "1152921504606846976", "100000000000000000000000000000", "1.0", "5e-324"];
    for limit in limits {
        for _ in 0..200 {
            let v = apply(ctx, "random", &[limit]);
            let limit = read(ctx, limit);
            assert_eq!(crate::number::arith::compare(ctx, "<", v, limit), Ok(Some(std::cmp::Ordering::Less)));
            assert_ne!(crate::number::arith::sign(ctx, "<", v), Ok(Some(std::cmp::Ordering::Less)));
        }
    }
    for limit in ["0", "-1", "1/2", "-1.0", "+inf.0", "-100000000000000000000"] {
        assert_eq!(apply(ctx, "random", &[limit]), Value::RAISED);
    }
}
