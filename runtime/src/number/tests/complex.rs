use super::examples::check;
use super::*;
use crate::number::{arith, complex, eqv, hash, parse, power};
use crate::testing::context;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

const ROUNDS: usize = 1500;

/// A Gaussian rational.
#[derive(Clone, PartialEq, Debug)]
struct Gauss(BigRational, BigRational);

impl Gauss {
    fn random(dice: &mut Dice) -> Gauss {
        let part = |dice: &mut Dice| {
            let n = BigInt::from(dice.roll() as i64 >> dice.below(64)) << [0, 0, 0, 70][dice.below(4) as usize];
            let d = BigInt::from(1 + (dice.roll() >> dice.below(64)).min(u64::MAX - 1));
            BigRational::new(n, if dice.below(2) == 0 { d } else { BigInt::from(1) })
        };
        let re = part(dice);
        let im = if dice.below(6) == 0 { BigRational::zero() } else { part(dice) };
        Gauss(if dice.below(6) == 0 { BigRational::zero() } else { re }, im)
    }
    fn add(&self, other: &Gauss) -> Gauss {
        Gauss(&self.0 + &other.0, &self.1 + &other.1)
    }
    fn negate(&self) -> Gauss {
        Gauss(-&self.0, -&self.1)
    }
    fn multiply(&self, other: &Gauss) -> Gauss {
        Gauss(&self.0 * &other.0 - &self.1 * &other.1, &self.0 * &other.1 + &self.1 * &other.0)
    }
    fn norm(&self) -> BigRational {
        &self.0 * &self.0 + &self.1 * &self.1
    }
    fn reciprocal(&self) -> Gauss {
        let norm = self.norm();
        Gauss(&self.0 / &norm, -&self.1 / norm)
    }
    /// As R7RS writes it, or close enough for `parse`.
    fn text(&self) -> String {
        let sign = if self.1.is_negative() { "" } else { "+" };
        format!("{}{sign}{}i", self.0, self.1)
    }
    fn value(&self, ctx: &mut Ctx) -> Value {
        read(ctx, &self.text())
    }
}

fn is(ctx: &mut Ctx, v: Value, expected: &Gauss, what: &str) {
    let expected = expected.value(ctx);
    assert!(eqv(v, expected), "{what} is {}, not {}", text(v), text(expected));
}

#[test]
fn gaussian_rationals_agree() {
    let ctx = &mut *context();
    let mut dice = Dice(21);
    for _ in 0..ROUNDS {
        let (a, b) = (Gauss::random(&mut dice), Gauss::random(&mut dice));
        let (x, y) = (a.value(ctx), b.value(ctx));
        let what = format!("{} and {}", a.text(), b.text());
        let v = answer(arith::add(ctx, x, y));
        is(ctx, v, &a.add(&b), &what);
        let v = answer(arith::subtract(ctx, x, y));
        is(ctx, v, &a.add(&b.negate()), &what);
        let v = answer(arith::multiply(ctx, x, y));
        is(ctx, v, &a.multiply(&b), &what);
        let v = answer(arith::divide(ctx, x, y));
        if b.norm().is_zero() {
            assert_eq!(v, Value::RAISED);
        } else {
            is(ctx, v, &a.multiply(&b.reciprocal()), &what);
        }
        assert_eq!(complex::equal(ctx, x, y), Ok(a == b), "{what}");
    }
}

#[test]
fn roots_of_squares_are_exact_and_principal() {
    let ctx = &mut *context();
    let mut dice = Dice(22);
    for _ in 0..ROUNDS / 3 {
        let a = Gauss::random(&mut dice);
        let square = a.multiply(&a).value(ctx);
        let root = answer(power::sqrt(ctx, square));
        let principal = a.0.is_positive() || a.0.is_zero() && !a.1.is_negative();
        is(ctx, root, &if principal { a.clone() } else { a.negate() }, &format!("root of the square of {}", a.text()));
        let norm = Gauss(a.norm() * a.norm(), BigRational::zero()).value(ctx);
        let magnitude = answer(complex::magnitude(ctx, square));
        let expected = answer(power::sqrt(ctx, norm));
        assert!(eqv(magnitude, expected), "magnitude of the square of {}", a.text());
    }
}

#[test]
fn integer_powers_are_products() {
    let ctx = &mut *context();
    let mut dice = Dice(23);
    for _ in 0..200 {
        let a = Gauss::random(&mut dice);
        if a.norm().is_zero() {
            continue;
        }
        let (n, base) = (dice.below(9) as i64, a.value(ctx));
        let one = Gauss(BigRational::from(BigInt::from(1)), BigRational::zero());
        let power = (0..n).fold(one, |product, _| product.multiply(&a));
        let v = answer(power::expt(ctx, base, Value::fixnum(n)));
        is(ctx, v, &power, &format!("{} ^ {n}", a.text()));
        let v = answer(power::expt(ctx, base, Value::fixnum(-n)));
        is(ctx, v, &power.reciprocal(), &format!("{} ^ -{n}", a.text()));
    }
}

#[test]
fn complex_text_round_trips() {
    let ctx = &mut *context();
    let mut dice = Dice(24);
    for _ in 0..ROUNDS {
        let v = if dice.below(2) == 0 {
            Gauss::random(&mut dice).value(ctx)
        } else {
            let (re, im) = (f64::from_bits(dice.roll()), [f64::from_bits(dice.roll()), 0.0, -0.0, f64::INFINITY]);
            let (re, im) = (ctx.make_flonum(re), ctx.make_flonum(im[dice.below(4) as usize]));
            answer(complex::make_rectangular(ctx, re, im))
        };
        for radix in [2, 8, 10, 16] {
            let written = write(v, radix);
            let back = parse(ctx, &written, radix).unwrap_or_else(|| panic!("{written} in radix {radix} is not read"));
            assert!(eqv(v, back), "{written} in radix {radix} reads as {}", text(back));
            assert_eq!(hash(v), hash(back));
        }
    }
}

#[test]
fn decimals_are_read_and_written_as_rust_does() {
    let ctx = &mut *context();
    let mut dice = Dice(25);
    for _ in 0..ROUNDS * 4 {
        let digits: String = (0..1 + dice.below(25)).map(|_| char::from(b'0' + dice.below(10) as u8)).collect();
        let point = dice.below(digits.len() as u64 + 1) as usize;
        let sign = ["", "-", "+"][dice.below(3) as usize];
        let exponent = dice.below(700) as i64 - 350;
        let source = format!("{sign}{}.{}e{exponent}", &digits[..point], &digits[point..]);
        let expected: f64 = source.parse().expect("a decimal");
        let v = read(ctx, &source);
        assert_eq!(ctx.flonum_value(v).map(f64::to_bits), Some(expected.to_bits()), "{source}");
        if expected.is_finite() {
            let written = text(v);
            assert_eq!(written.parse(), Ok(expected), "{written}");
            let shortest = format!("{expected:e}");
            let significant =
                |s: &str| s.bytes().take_while(|&c| c != b'e').filter(u8::is_ascii_digit).collect::<Vec<_>>();
            let trim = |digits: Vec<u8>| {
                let text = String::from_utf8(digits).expect("digits");
                text.trim_matches('0').to_owned()
            };
            assert_eq!(trim(significant(&written)), trim(significant(&shortest)), "{written} is not the shortest");
        }
    }
}

#[test]
fn parts_are_of_one_exactness() {
    check(
        "make-rectangular 1 0 => 1
         make-rectangular 1.0 0 => 1.0
         make-rectangular 1 0.0 => 1.0+0.0i
         make-rectangular 0 1.0 => 0.0+1.0i
         make-rectangular 1/2 -1 => 1/2-i
         make-polar 2 0 => 2
         make-polar 0 1 => 0
         make-polar 2 0.0 => 2.0+0.0i
         + 1 +2.0i => 1.0+2.0i
         + 1-i +i => 1
         - 1.0+2.0i 1.0+2.0i => 0.0+0.0i
         %negate 1-i => -1+i
         %reciprocal +i => -i
         * 2 1.0+2.0i => 2.0+4.0i
         * 2.0 1.0+inf.0i => 2.0+inf.0i
         / 1.0+inf.0i 2 => 0.5+inf.0i
         / 1.0+2.0i 0.0 => +inf.0+inf.0i
         / 1+i 0 => error
         / 1.0+i 0 => error
         square 1+i => +2i
         exact 1.5+2.0i => 3/2+2i
         exact 1.0+0.0i => 1
         exact 1.0+inf.0i => error
         inexact 1/3+i => 0.3333333333333333+1.0i
         exact? 1+i => #t
         inexact? 1+i => #f
         real-part 1.5+2i => 1.5
         imag-part 1.5 => 0
         magnitude -5 => 5
         magnitude 3/5+4/5i => 1
         magnitude 3.0+4.0i => 5.0
         magnitude +inf.0+nan.0i => +inf.0
         angle -1.0 => 3.141592653589793
         angle 1.0 => 0.0
         angle 5 => 0
         angle +i => 1.5707963267948966",
    );
}

#[test]
fn only_some_procedures_take_complex_numbers() {
    check(
        "number? +i => #t
         complex? +i => #t
         real? +i => #f
         real? 1.0+0.0i => #f
         rational? 1+i => #f
         integer? 1+i => #f
         exact-rational? 1+i => #f
         zero? 0.0+0.0i => #t
         zero? +i => #f
         nan? 1.0+nan.0i => #t
         infinite? +nan.0-inf.0i => #t
         finite? 1.0+nan.0i => #f
         finite? 1+i => #t
         = 1+i 1.0+1.0i => #t
         = +nan.0+1.0i +nan.0+1.0i => #f
         < 1+i 2 => error
         max 1 +i => error
         abs -1-i => error
         floor 1.5+i => error
         odd? 1+i => error
         positive? 1+i => error
         numerator 1/2+i => error
         quotient 4+i 2 => error
         gcd 4 2+2i => error
         atan 1+i 2 => error
         make-polar +i 1 => error
         %exact-integer-sqrt +i => error",
    );
}

#[test]
fn branch_cuts_are_those_of_the_standard() {
    check(
        "log -1 => 0.0+3.141592653589793i
         log -1.0-0.0i => 0.0-3.141592653589793i
         log -0.0 => -inf.0+3.141592653589793i
         log -8 2 => 3.0+4.532360141827194i
         log 0 2 => error
         sqrt -1.0-0.0i => 0.0-1.0i
         sqrt -inf.0 => 0.0+inf.0i
         sqrt -1/4 => +1/2i
         asin 2.0+0.0i => 1.5707963267948966+1.3169578969248166i
         asin -2 => -1.5707963267948966+1.3169578969248166i
         acos 2 => 0.0+1.3169578969248166i
         atan +i => error
         atan +2i => 1.5707963267948966+0.5493061443340549i
         atan -2i => -1.5707963267948966-0.5493061443340549i
         atan -0.0+2.0i => -1.5707963267948966+0.5493061443340549i
         exp +i => 0.5403023058681398+0.8414709848078965i
         sin +i => 0.0+1.1752011936438014i
         tan +1000.0i => 0.0+1.0i
         expt 0 1+i => 0
         expt 0.0 1+i => 0.0
         expt 0 +i => error
         expt -4 3/2 => -8i
         expt -1 0.5 => 0.0+1.0i
         expt 1+i 0 => 1
         expt 1.5+i 0 => 1",
    );
}
