//! Elementary functions of complex numbers, on pairs of doubles.
//!
//! The inverse functions follow W. Kahan, "Branch Cuts for Complex Elementary Functions, or Much Ado About Nothing's Sign
//! Bit" (1987): on a branch cut, the sign of a zero says from which side it is approached. The cuts are those of R7RS
//! 6.2.6. No function overflows or loses all digits where its answer does not.

use std::f64::consts::{FRAC_PI_2, LN_2};

/// Real and imaginary part.
pub(super) type Pair = (f64, f64);

/// A product in which zero beats infinity and NaN.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0f64.copysign(a) * 1f64.copysign(b) } else { a * b }
}

/// `(a + bi)(c + di)`
pub(super) fn multiply((a, b): Pair, (c, d): Pair) -> Pair {
    (a * c - b * d, a * d + b * c)
}

/// `(a + bi) / (c + di)` (R. L. Smith, 1962)
pub(super) fn divide((a, b): Pair, (c, d): Pair) -> Pair {
    if c.abs() >= d.abs() {
        let ratio = if c == 0.0 { d } else { d / c };
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    }
}

/// `r (cos angle + i sin angle)`
pub(super) fn polar(r: f64, angle: f64) -> Pair {
    let (sin, cos) = angle.sin_cos();
    (times(r, cos), times(r, sin))
}

/// The square root with a real part that is not negative.
pub(super) fn sqrt((x, y): Pair) -> Pair {
    if y.is_infinite() {
        return (f64::INFINITY, y);
    }
    if x.is_infinite() {
        let finite = if y.is_nan() { y } else { 0.0 };
        return if x > 0.0 { (x, finite.copysign(y)) } else { (finite, f64::INFINITY.copysign(y)) };
    }
    if x == 0.0 && y == 0.0 {
        return (0.0, y);
    }
    // Powers of four keep the sum below from overflowing, and from losing digits to underflow.
    let largest = x.abs().max(y.abs());
    let (scale, unscale) = if largest > 1e300 {
        (2f64.powi(-4), 4.0)
    } else if largest < 1e-290 {
        (2f64.powi(108), 2f64.powi(-54))
    } else {
        (1.0, 1.0)
    };
    let (x, y) = (x * scale, y * scale);
    let root = ((x.abs() + x.hypot(y)) / 2.0).sqrt();
    let other = y.abs() / (2.0 * root);
    let (re, im) = if x >= 0.0 { (root, other) } else { (other, root) };
    (re * unscale, (im * unscale).copysign(y))
}

/// The logarithm with an imaginary part from -π to π.
pub(super) fn log((x, y): Pair) -> Pair {
    let (large, small) = (x.abs().max(y.abs()), x.abs().min(y.abs()));
    let modulus = x.hypot(y);
    let re = if (0.5..=2.0).contains(&modulus) {
        ((large - 1.0) * (large + 1.0) + small * small).ln_1p() / 2.0
    } else if modulus.is_infinite() && large.is_finite() || modulus < f64::MIN_POSITIVE && large > 0.0 {
        large.ln() + (small / large).powi(2).ln_1p() / 2.0
    } else {
        modulus.ln()
    };
    (re, y.atan2(x))
}

/// `e^z`
pub(super) fn exp((x, y): Pair) -> Pair {
    if y == 0.0 {
        return (x.exp(), y);
    }
    // e^x may overflow where e^x cos y does not.
    if x > 709.0 && x < 1500.0 {
        let half = (x / 2.0).exp();
        let (re, im) = polar(half, y);
        return (re * half, im * half);
    }
    polar(x.exp(), y)
}

/// `sin z`
pub(super) fn sin((x, y): Pair) -> Pair {
    let (sin, cos) = x.sin_cos();
    (times(sin, y.cosh()), times(cos, y.sinh()))
}

/// `cos z`
pub(super) fn cos((x, y): Pair) -> Pair {
    let (sin, cos) = x.sin_cos();
    (times(cos, y.cosh()), -times(sin, y.sinh()))
}

/// `tan z`, which is `-i tanh iz`
pub(super) fn tan((x, y): Pair) -> Pair {
    let (re, im) = tanh((-y, x));
    (im, -re)
}

fn tanh((x, y): Pair) -> Pair {
    // asinh of the greatest double, by 4: beyond it the answer is 1 but for the sign.
    if x.abs() > 177.5 {
        return (1f64.copysign(x), 0f64.copysign(y));
    }
    let t = y.tan();
    let beta = 1.0 + t * t;
    let s = x.sinh();
    let rho = (1.0 + s * s).sqrt();
    if t.is_infinite() {
        return (rho / s, 1.0 / t);
    }
    let denominator = 1.0 + beta * s * s;
    (beta * rho * s / denominator, t / denominator)
}

fn asinh(x: f64) -> f64 {
    if x.abs() > 1e150 { (x.abs().ln() + LN_2).copysign(x) } else { x.asinh() }
}

/// Roots of `1 - z` and of `1 + z`.
fn roots((x, y): Pair) -> (Pair, Pair) {
    (sqrt((1.0 - x, -y)), sqrt((1.0 + x, y)))
}

/// `asin z`
pub(super) fn asin(z: Pair) -> Pair {
    if z.0.is_infinite() || z.1.is_infinite() {
        return (z.0.atan2(z.1.abs()), f64::INFINITY.copysign(z.1));
    }
    let ((a, b), (c, d)) = roots(z);
    (z.0.atan2(a * c - b * d), asinh(a * d - b * c))
}

/// `acos z`
pub(super) fn acos(z: Pair) -> Pair {
    if z.0.is_infinite() || z.1.is_infinite() {
        return (z.1.abs().atan2(z.0), f64::INFINITY.copysign(-z.1));
    }
    let ((a, b), (c, d)) = roots(z);
    (2.0 * a.atan2(c), asinh(c * b - d * a))
}

/// `atan z`, which is `-i atanh iz`
pub(super) fn atan((x, y): Pair) -> Pair {
    let (re, im) = atanh((-y, x));
    (im, -re)
}

fn atanh((x, y): Pair) -> Pair {
    let theta = f64::MAX.sqrt() / 4.0;
    let rho = 1.0 / theta;
    let beta = 1f64.copysign(x);
    let (x, y) = (x.abs(), -y * beta);
    let (re, im) = if x > theta || y.abs() > theta {
        (divide((1.0, 0.0), (x, y)).0, FRAC_PI_2.copysign(y))
    } else if x == 1.0 && y == 0.0 {
        (f64::INFINITY, y)
    } else if x == 1.0 {
        let side = y.abs() + rho;
        let re = ((4.0 + y * y).sqrt().sqrt() / side.sqrt()).ln();
        (re, (FRAC_PI_2 + (side / 2.0).atan()).copysign(y) / 2.0)
    } else {
        let side = (y.abs() + rho).powi(2);
        let re = (4.0 * x / ((1.0 - x).powi(2) + side)).ln_1p() / 4.0;
        (re, (2.0 * y).atan2((1.0 - x) * (1.0 + x) - side) / 2.0)
    };
    (beta * re, -beta * im)
}

/// `z^n` by repeated squaring, for small `n`.
pub(super) fn power(z: Pair, n: u64) -> Pair {
    let (mut answer, mut square, mut n) = (None, z, n);
    while n > 0 {
        if n & 1 == 1 {
            answer = Some(answer.map_or(square, |a| multiply(a, square)));
        }
        n >>= 1;
        if n > 0 {
            square = multiply(square, square);
        }
    }
    answer.unwrap_or((1.0, 0.0))
}

/// `r (cos πt + i sin πt)`, exact at multiples of a right angle.
pub(super) fn polar_in_half_turns(r: f64, t: f64) -> Pair {
    let t = t % 2.0;
    let quarters = (t * 2.0).round();
    let rest = (t - quarters / 2.0) * std::f64::consts::PI;
    let (sin, cos) = rest.sin_cos();
    let (cos, sin) = match quarters.rem_euclid(4.0) as u8 {
        0 => (cos, sin),
        1 => (0.0 - sin, cos),
        2 => (-cos, 0.0 - sin),
        _ => (sin, -cos),
    };
    (times(r, cos), times(r, sin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near((a, b): Pair, (c, d): Pair) -> bool {
        let scale = c.hypot(d).max(1e-300);
        a == c && b == d || (a - c).hypot(b - d) <= 1e-14 * scale
    }

    /// Points all over the plane, not on a branch cut.
    fn points() -> impl Iterator<Item = Pair> {
        let axis = [-700.0, -3.5, -1.0, -0.3, -1e-9, 1e-9, 0.4, 1.0, 2.7, 600.0];
        axis.into_iter().flat_map(move |x| axis.into_iter().map(move |y| (x, y)))
    }

    #[test]
    fn inverse_functions_invert() {
        for z in points() {
            assert!(near(multiply(sqrt(z), sqrt(z)), z), "sqrt {z:?}");
            assert!(near(exp(log(z)), z), "log {z:?}");
            for (f, inverse, name) in
                [(sin as fn(Pair) -> Pair, asin as fn(Pair) -> Pair, "asin"), (cos, acos, "acos"), (tan, atan, "atan")]
            {
                let back = f(inverse(z));
                let scale = z.0.hypot(z.1).max(1.0);
                assert!((back.0 - z.0).hypot(back.1 - z.1) <= 1e-10 * scale, "{name} {z:?} gives {back:?}");
            }
        }
    }

    #[test]
    fn tangent_is_sine_by_cosine() {
        for z in points().filter(|z| z.1.abs() < 100.0 && z.0.abs() < 100.0) {
            assert!(near(tan(z), divide(sin(z), cos(z))), "tan {z:?}");
        }
    }

    #[test]
    fn the_sign_of_zero_says_on_which_side_of_a_cut() {
        assert_eq!(sqrt((-4.0, 0.0)), (0.0, 2.0));
        assert_eq!(sqrt((-4.0, -0.0)), (0.0, -2.0));
        assert!(log((-1.0, 0.0)).1 > 3.0 && log((-1.0, -0.0)).1 < -3.0);
        assert!(asin((2.0, 0.0)).1 > 1.0 && asin((2.0, -0.0)).1 < -1.0);
        assert!(acos((-2.0, 0.0)).1 < -1.0 && acos((-2.0, -0.0)).1 > 1.0);
        assert!(atan((0.0, 2.0)).0 > 1.0 && atan((-0.0, 2.0)).0 < -1.0);
    }

    #[test]
    fn extremes_neither_overflow_nor_underflow() {
        assert!(near(sqrt((1e308, 1e308)), multiply((1e154, 0.0), sqrt((1.0, 1.0)))));
        let (re, im) = sqrt((5e-324, 5e-324));
        assert!(re > 2e-162 && im > 1e-162 && re < 3e-162);
        assert!((log((1e308, 1e308)).0 - (1e308f64.ln() + LN_2 / 2.0)).abs() < 1e-12);
        assert_eq!(tan((0.0, 1000.0)), (0.0, 1.0));
        assert!(exp((710.0, 1.5)).0.is_finite());
        assert_eq!(exp((f64::INFINITY, 0.0)), (f64::INFINITY, 0.0));
        assert!(near(divide((1.0, 1.0), (1e300, 1e300)), (1e-300, 0.0)));
    }

    #[test]
    fn right_angles_are_exact() {
        assert_eq!(polar_in_half_turns(1.0, 0.5), (0.0, 1.0));
        assert_eq!(polar_in_half_turns(2.0, -0.5), (0.0, -2.0));
        assert_eq!(polar_in_half_turns(2.0, 1.5), (0.0, -2.0));
        assert!(near(polar_in_half_turns(2.0, 1.0 / 3.0), (1.0, 3f64.sqrt())));
    }
}
