use super::*;
use crate::number::{arith, bits, division, eqv, exactness, hash, parse, power, real};
use crate::testing::context;
use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::{Euclid, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

const ROUNDS: usize = 4000;

/// An integer that is small, near a power of two where representations change, or of up to forty limbs.
fn integer(dice: &mut Dice) -> BigInt {
    let near = |dice: &mut Dice, bits: u64| (BigInt::from(1) << bits) + BigInt::from(dice.below(5) as i64 - 2);
    let n = match dice.below(6) {
        0 => BigInt::from(dice.below(20)),
        1 => BigInt::from(dice.roll() >> dice.below(64)),
        2 => {
            let bits = [59, 60, 61, 63, 64, 65, 127, 128, 192][dice.below(9) as usize];
            near(dice, bits)
        }
        3 => {
            let bits = dice.below(2500);
            near(dice, bits)
        }
        _ => {
            let most = if dice.below(8) == 0 { 40 } else { 4 };
            let limbs = 1 + dice.below(most);
            let digits: Vec<u32> =
                (0..limbs * 2).map(|_| if dice.below(6) == 0 { u32::MAX } else { dice.roll() as u32 }).collect();
            BigInt::from(BigUint::new(digits))
        }
    };
    if dice.below(2) == 0 { n } else { -n }
}

fn rational(dice: &mut Dice) -> BigRational {
    let n = integer(dice);
    let mut d = if dice.below(2) == 0 { BigInt::from(1) } else { integer(dice) };
    if d.is_zero() {
        d = BigInt::from(7);
    }
    BigRational::new(n, d)
}

fn value(ctx: &mut Ctx, r: &BigRational) -> Value {
    read(ctx, &r.to_string())
}

/// Whether a value's representation is the one that its number must have, and is this number.
fn check(ctx: &Ctx, v: Value, expected: &BigRational, what: &str) {
    assert_ne!(v, Value::RAISED, "{what} raised {:?}", ctx.condition);
    assert_eq!(text(v), expected.to_string(), "{what}");
    let fits = expected.is_integer()
        && expected.numer().bits() <= 61
        && expected.numer().to_i64().is_some_and(|n| Value::try_fixnum(n).is_some());
    assert_eq!(v.is_fixnum(), fits, "{what}: representation of {expected}");
}

#[test]
fn arithmetic_agrees() {
    let ctx = &mut *context();
    let mut dice = Dice(1);
    for _ in 0..ROUNDS {
        let (a, b) = (rational(&mut dice), rational(&mut dice));
        let (x, y) = (value(ctx, &a), value(ctx, &b));
        let sum = answer(arith::add(ctx, x, y));
        check(ctx, sum, &(&a + &b), &format!("{a} + {b}"));
        let difference = answer(arith::subtract(ctx, x, y));
        check(ctx, difference, &(&a - &b), &format!("{a} - {b}"));
        let product = answer(arith::multiply(ctx, x, y));
        check(ctx, product, &(&a * &b), &format!("{a} * {b}"));
        if b.is_zero() {
            assert_eq!(answer(arith::divide(ctx, x, y)), Value::RAISED);
        } else {
            let quotient = answer(arith::divide(ctx, x, y));
            check(ctx, quotient, &(&a / &b), &format!("{a} / {b}"));
        }
        let negated = answer(arith::negate(ctx, "-", x));
        check(ctx, negated, &-&a, &format!("- {a}"));
        assert_eq!(arith::compare(ctx, "<", x, y), Ok(Some(a.cmp(&b))), "{a} <=> {b}");
        assert_eq!(arith::compare(ctx, "<", x, x), Ok(Some(Ordering::Equal)));
    }
}

#[test]
fn cancellation_and_carries_keep_numbers_normalised() {
    let ctx = &mut *context();
    let mut dice = Dice(2);
    for _ in 0..ROUNDS {
        let a = integer(&mut dice);
        let small = BigInt::from(dice.below(7) as i64 - 3);
        for b in [-&a + &small, &a + &small, -&a] {
            let (a, b) = (BigRational::from(a.clone()), BigRational::from(b));
            let (x, y) = (value(ctx, &a), value(ctx, &b));
            let sum = answer(arith::add(ctx, x, y));
            check(ctx, sum, &(&a + &b), &format!("{a} + {b}"));
            let difference = answer(arith::subtract(ctx, x, y));
            check(ctx, difference, &(&a - &b), &format!("{a} - {b}"));
        }
    }
}

#[test]
fn products_of_all_lengths_agree() {
    let ctx = &mut *context();
    let mut dice = Dice(3);
    for round in 0..300 {
        let mut pick = |limbs: u64| {
            let digits: Vec<u32> =
                (0..limbs * 2).map(|_| if dice.below(3) == 0 { 0 } else { dice.roll() as u32 }).collect();
            BigRational::from(BigInt::from_biguint(Sign::Minus, BigUint::new(digits)))
        };
        let (a, b) = (pick(round % 50), pick(round / 6));
        let (x, y) = (value(ctx, &a), value(ctx, &b));
        let product = answer(arith::multiply(ctx, x, y));
        check(ctx, product, &(&a * &b), "product");
        let square = answer(arith::multiply(ctx, x, x));
        check(ctx, square, &(&a * &a), "square");
    }
}

#[test]
fn division_agrees() {
    let ctx = &mut *context();
    let mut dice = Dice(4);
    for _ in 0..ROUNDS {
        let (a, b) = (integer(&mut dice), integer(&mut dice));
        let (x, y) = (value(ctx, &a.clone().into()), value(ctx, &b.clone().into()));
        if b.is_zero() {
            assert_eq!(answer(division::floor_quotient(ctx, "f", x, y)), Value::RAISED);
            continue;
        }
        let what = format!("{a} by {b}");
        let (tq, tr) = (&a / &b, &a % &b);
        let same_side = tr.is_zero() || tr.is_negative() == b.is_negative();
        let (fq, fr) = if same_side { (tq.clone(), tr.clone()) } else { (&tq - 1, &tr + &b) };
        let v = answer(division::truncate_quotient(ctx, "t", x, y));
        check(ctx, v, &tq.into(), &what);
        let v = answer(division::truncate_remainder(ctx, "t", x, y));
        check(ctx, v, &tr.into(), &what);
        let v = answer(division::floor_quotient(ctx, "f", x, y));
        check(ctx, v, &fq.into(), &what);
        let v = answer(division::floor_remainder(ctx, "f", x, y));
        check(ctx, v, &fr.into(), &what);
        let v = answer(division::gcd(ctx, x, y));
        let g = gcd(a.abs(), b.abs());
        check(ctx, v, &g.clone().into(), &what);
        let v = answer(division::lcm(ctx, x, y));
        check(ctx, v, &((&a * &b).abs() / g).into(), &what);
        assert_eq!(division::is_odd(ctx, "odd?", x), Ok(a.bit(0)));
    }
}

/// An operand that is not exact makes the answer inexact, but is not rounded itself, nor is the other one.
#[test]
fn division_of_inexact_integers_agrees() {
    let ctx = &mut *context();
    let mut dice = Dice(17);
    for round in 0..ROUNDS {
        let mut operand = |inexact: bool| loop {
            let (n, x) = (integer(&mut dice), double(&mut dice).trunc());
            match (inexact, x.is_finite()) {
                (false, _) => return (n.clone(), value(ctx, &n.into())),
                (true, true) => return (exact(x).to_integer(), ctx.make_flonum(x)),
                (true, false) => {}
            }
        };
        let ((a, x), (b, y)) = (operand(round % 3 != 0), operand(round % 3 != 1));
        if b.is_zero() {
            assert_eq!(answer(division::floor_remainder(ctx, "f", x, y)), Value::RAISED);
            continue;
        }
        let (tq, tr) = (&a / &b, &a % &b);
        let same_side = tr.is_zero() || tr.is_negative() == b.is_negative();
        let (fq, fr) = if same_side { (tq.clone(), tr.clone()) } else { (&tq - 1, &tr + &b) };
        let g = gcd(a.abs(), b.abs());
        let lcm = (&a * &b).abs() / &g;
        let answers = [
            (answer(division::truncate_quotient(ctx, "t", x, y)), tq),
            (answer(division::truncate_remainder(ctx, "t", x, y)), tr),
            (answer(division::floor_quotient(ctx, "f", x, y)), fq),
            (answer(division::floor_remainder(ctx, "f", x, y)), fr),
            (answer(division::gcd(ctx, x, y)), g),
            (answer(division::lcm(ctx, x, y)), lcm),
        ];
        for (v, expected) in answers {
            let x = ctx.flonum_value(v).unwrap_or_else(|| panic!("{a} and {b}: {v:?} is no flonum"));
            assert_nearest(x, &expected.into());
        }
    }
}

fn gcd(mut a: BigInt, mut b: BigInt) -> BigInt {
    while !b.is_zero() {
        (a, b) = (b.clone(), a.rem_euclid(&b));
    }
    a
}

#[test]
fn bit_operations_agree() {
    let ctx = &mut *context();
    let mut dice = Dice(5);
    for _ in 0..ROUNDS {
        let (a, b) = (integer(&mut dice), integer(&mut dice));
        let (x, y) = (value(ctx, &a.clone().into()), value(ctx, &b.clone().into()));
        let what = format!("{a}, {b}");
        let v = answer(bits::and(ctx, x, y));
        check(ctx, v, &(&a & &b).into(), &what);
        let v = answer(bits::or(ctx, x, y));
        check(ctx, v, &(&a | &b).into(), &what);
        let v = answer(bits::xor(ctx, x, y));
        check(ctx, v, &(&a ^ &b).into(), &what);
        let v = answer(bits::not(ctx, x));
        check(ctx, v, &(!&a).into(), &what);
        let count = dice.below(300) as i64 - 150;
        let shifted = if count >= 0 { &a << count } else { &a >> -count };
        let v = answer(bits::shift(ctx, x, Value::fixnum(count)));
        check(ctx, v, &shifted.into(), &format!("{a} << {count}"));
        let ones = if a.is_negative() { !&a } else { a.clone() };
        let v = answer(bits::count(ctx, x));
        let expected: u64 = ones.iter_u64_digits().map(|d| d.count_ones() as u64).sum();
        check(ctx, v, &BigInt::from(expected).into(), &what);
        let v = answer(bits::length(ctx, x));
        check(ctx, v, &BigInt::from(ones.bits()).into(), &what);
    }
}

/// A double of any kind, with a liking for integers, halves and the edges of the format.
fn double(dice: &mut Dice) -> f64 {
    match dice.below(6) {
        0 => f64::from_bits(dice.roll()),
        1 => dice.below(2000) as f64 / 4.0 - 250.0,
        2 => f64::from_bits(dice.below(1 << 54)),
        3 => (dice.roll() as f64) * 2f64.powi(dice.below(1000) as i32 - 40),
        4 => (1u64 << 53) as f64 * (dice.below(3) as f64 - 1.0) + dice.below(9) as f64 - 4.0,
        _ => [0.0, -0.0, 1.0, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY, f64::NEG_INFINITY]
            [dice.below(8) as usize],
    }
}

fn exact(x: f64) -> BigRational {
    BigRational::from_float(x).expect("finite")
}

#[test]
fn comparisons_with_flonums_are_exact() {
    let ctx = &mut *context();
    let mut dice = Dice(6);
    for _ in 0..ROUNDS {
        let x = double(&mut dice);
        if x.is_nan() {
            continue;
        }
        let mut a = rational(&mut dice);
        if x.is_finite() && dice.below(2) == 0 {
            a = exact(x) + BigRational::new(BigInt::from(dice.below(3) as i64 - 1), integer(&mut dice).abs() + 1);
        }
        let expected = match x {
            f64::INFINITY => Ordering::Less,
            f64::NEG_INFINITY => Ordering::Greater,
            x => a.cmp(&exact(x)),
        };
        let (u, v) = (value(ctx, &a), ctx.make_flonum(x));
        assert_eq!(arith::compare(ctx, "<", u, v), Ok(Some(expected)), "{a} <=> {x:?}");
        assert_eq!(arith::compare(ctx, "<", v, u), Ok(Some(expected.reverse())), "{x:?} <=> {a}");
    }
}

#[test]
fn doubles_become_exact_and_come_back() {
    let ctx = &mut *context();
    let mut dice = Dice(7);
    for _ in 0..ROUNDS {
        let x = double(&mut dice);
        let v = ctx.make_flonum(x);
        assert_eq!(ctx.flonum_value(v).map(f64::to_bits), Some(x.to_bits()));
        if !x.is_finite() {
            assert_eq!(answer(exactness::exact(ctx, "exact", v)), Value::RAISED);
            continue;
        }
        let e = answer(exactness::exact(ctx, "exact", v));
        check(ctx, e, &exact(x), &format!("{x:?}"));
        let back = answer(exactness::inexact(ctx, "inexact", e));
        assert_eq!(ctx.flonum_value(back), Some(x));
    }
}

#[test]
fn exact_numbers_round_to_the_nearest_double() {
    let ctx = &mut *context();
    let mut dice = Dice(8);
    for _ in 0..ROUNDS {
        let a = match dice.below(3) {
            0 => rational(&mut dice),
            1 => {
                // Halfway between two doubles, or just off it.
                let x = double(&mut dice).abs();
                if !x.is_finite() || x == f64::MAX {
                    continue;
                }
                let next = f64::from_bits(x.to_bits() + 1);
                let off = BigRational::new(BigInt::from(dice.below(3) as i64 - 1), BigInt::from(1) << dice.below(1300));
                if !next.is_finite() {
                    continue;
                }
                (exact(x) + exact(next)) / BigRational::from(BigInt::from(2)) + off
            }
            _ => rational(&mut dice) / BigRational::from(BigInt::from(1) << dice.below(2000)),
        };
        let v = value(ctx, &a);
        let x = exactness::to_f64(v).expect("a number");
        assert_nearest(x, &a);
    }
}

/// Whether no other double is nearer to `a`, and a tie went to the even one.
fn assert_nearest(x: f64, a: &BigRational) {
    let too_large = BigRational::from((BigInt::from(1) << 1024) - (BigInt::from(1) << 970));
    if x.is_infinite() {
        assert!(a.abs() >= too_large && (x > 0.0) == a.is_positive(), "{a} is not {x:?}");
        return;
    }
    assert!(a.abs() < too_large, "{a} should be infinite");
    let error = (exact(x) - a).abs();
    for neighbour in [x.next_up(), x.next_down()] {
        if neighbour.is_finite() {
            let other = (exact(neighbour) - a).abs();
            assert!(
                error < other || error == other && x.to_bits() & 1 == 0,
                "{a} is nearer to {neighbour:?} than to {x:?}"
            );
        }
    }
}

#[test]
fn text_round_trips_in_every_radix() {
    let ctx = &mut *context();
    let mut dice = Dice(9);
    for _ in 0..ROUNDS {
        let radix = 2 + dice.below(35) as u32;
        let v = if dice.below(2) == 0 {
            let r = rational(&mut dice);
            value(ctx, &r)
        } else {
            let x = double(&mut dice);
            ctx.make_flonum(x)
        };
        for radix in [radix, 10] {
            let written = write(v, radix);
            let back = parse(ctx, &written, radix).unwrap_or_else(|| panic!("{written} in radix {radix} is not read"));
            assert!(eqv(v, back), "{written} in radix {radix} reads as {}", text(back));
            assert_eq!(hash(v), hash(back));
        }
    }
}

#[test]
fn integers_are_written_as_num_writes_them() {
    let ctx = &mut *context();
    let mut dice = Dice(10);
    for _ in 0..ROUNDS / 4 {
        let (a, radix) = (integer(&mut dice), 2 + dice.below(35) as u32);
        let v = value(ctx, &a.clone().into());
        assert_eq!(write(v, radix), a.to_str_radix(radix));
    }
}

#[test]
fn eqv_is_equality_of_exact_numbers() {
    let ctx = &mut *context();
    let mut dice = Dice(11);
    for _ in 0..ROUNDS {
        let a = rational(&mut dice);
        let b = if dice.below(2) == 0 { a.clone() } else { rational(&mut dice) };
        let (x, y) = (value(ctx, &a), value(ctx, &b));
        assert_eq!(eqv(x, y), a == b, "{a}, {b}");
        assert!(a != b || hash(x) == hash(y));
    }
}

#[test]
fn rounding_agrees() {
    let ctx = &mut *context();
    let mut dice = Dice(12);
    for _ in 0..ROUNDS {
        let a = if dice.below(3) == 0 {
            BigRational::new(integer(&mut dice), BigInt::from(2))
        } else {
            rational(&mut dice)
        };
        let v = value(ctx, &a);
        let what = a.to_string();
        let r = answer(real::floor(ctx, v));
        check(ctx, r, &a.floor(), &what);
        let r = answer(real::ceiling(ctx, v));
        check(ctx, r, &a.ceil(), &what);
        let r = answer(real::truncate(ctx, v));
        check(ctx, r, &a.trunc(), &what);
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let up = (&a + &half).floor();
        let tie = (&up - &a) == half;
        let even = if tie && up.numer().bit(0) { up - BigRational::from(BigInt::from(1)) } else { up };
        let r = answer(real::round(ctx, v));
        check(ctx, r, &even, &what);
        let r = answer(real::numerator(ctx, v));
        check(ctx, r, &a.numer().clone().into(), &what);
        let r = answer(real::denominator(ctx, v));
        check(ctx, r, &a.denom().clone().into(), &what);
    }
}

#[test]
fn powers_and_roots_agree() {
    let ctx = &mut *context();
    let mut dice = Dice(13);
    for _ in 0..ROUNDS / 8 {
        let (a, e) = (rational(&mut dice), dice.below(20) as i32);
        let v = value(ctx, &a);
        let power = answer(power::expt(ctx, v, Value::fixnum(e as i64)));
        check(ctx, power, &num_traits::pow(a.clone(), e as usize), &format!("{a}^{e}"));
        if !a.is_zero() {
            let inverse = answer(power::expt(ctx, v, Value::fixnum(-e as i64)));
            check(ctx, inverse, &num_traits::pow(a.recip(), e as usize), &format!("{a}^-{e}"));
        }
        let square = value(ctx, &(&a * &a));
        let root = answer(power::sqrt(ctx, square));
        check(ctx, root, &a.abs(), &format!("root of the square of {a}"));
        let n = a.numer().abs();
        let v = value(ctx, &n.clone().into());
        let root = answer(real::exact_integer_sqrt(ctx, v));
        check(ctx, root, &n.sqrt().into(), "root");
    }
}

#[test]
fn rationalize_finds_the_simplest() {
    let ctx = &mut *context();
    let mut dice = Dice(14);
    for _ in 0..300 {
        let denominator = 1 + dice.below(1000) as i64;
        let x = BigRational::new(BigInt::from(dice.below(4000) as i64 - 2000), BigInt::from(denominator));
        let y = BigRational::new(BigInt::from(dice.below(30) as i64), BigInt::from(1 + dice.below(2000) as i64));
        let (low, high) = (&x - &y, &x + &y);
        let by_search = (1..).find_map(|d| {
            let scale = BigRational::from(BigInt::from(d));
            let (least, most) = ((&low * &scale).ceil(), (&high * &scale).floor());
            let nearest_zero = if least.is_positive() {
                least.clone()
            } else if most.is_negative() {
                most.clone()
            } else {
                BigRational::zero()
            };
            (least <= most).then(|| nearest_zero / scale)
        });
        let (u, v) = (value(ctx, &x), value(ctx, &y));
        let simplest = answer(real::rationalize(ctx, u, v));
        check(ctx, simplest, &by_search.expect("x itself"), &format!("({x}) +- ({y})"));
    }
}
