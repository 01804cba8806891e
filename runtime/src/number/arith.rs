//! Addition, subtraction, multiplication, division, comparison, and what follows from them. What is not real goes to
//! [`complex`].

use super::heap::{is_exact_integer, kind};
use super::{Answer, Raised, Real, check_number, complex, exactness, integer, rational, real_argument};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;

/// The four operations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operation {
    /// Its Scheme name.
    pub fn name(self) -> &'static str {
        match self {
            Operation::Add => "+",
            Operation::Subtract => "-",
            Operation::Multiply => "*",
            Operation::Divide => "/",
        }
    }
}

/// `a + b`
#[inline]
pub fn add(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    if a.is_fixnum() && b.is_fixnum() {
        if let Some(sum) = (a.0 as i64).checked_add(b.0 as i64) {
            return Ok(Value(sum as u64));
        }
    } else if let (Some(x), Some(y)) = (a.as_self_tagged(), b.as_self_tagged()) {
        return Ok(ctx.make_flonum(x + y));
    }
    mixed(ctx, Operation::Add, a, b)
}

/// `a - b`
#[inline]
pub fn subtract(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    if a.is_fixnum() && b.is_fixnum() {
        if let Some(difference) = (a.0 as i64).checked_sub(b.0 as i64) {
            return Ok(Value(difference as u64));
        }
    } else if let (Some(x), Some(y)) = (a.as_self_tagged(), b.as_self_tagged()) {
        return Ok(ctx.make_flonum(x - y));
    }
    mixed(ctx, Operation::Subtract, a, b)
}

/// `a * b`
#[inline]
pub fn multiply(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    if let (Some(x), Some(_)) = (a.as_fixnum(), b.as_fixnum()) {
        if let Some(product) = x.checked_mul(b.0 as i64) {
            return Ok(Value(product as u64));
        }
    } else if let (Some(x), Some(y)) = (a.as_self_tagged(), b.as_self_tagged()) {
        return Ok(ctx.make_flonum(x * y));
    }
    mixed(ctx, Operation::Multiply, a, b)
}

/// `a / b`
#[inline]
pub fn divide(ctx: &mut Ctx, a: Value, b: Value) -> Answer {
    if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
        if y != 0 && x % y == 0 {
            return Ok(ctx.make_integer(x / y));
        }
    } else if let (Some(x), Some(y)) = (a.as_self_tagged(), b.as_self_tagged()) {
        return Ok(ctx.make_flonum(x / y));
    }
    mixed(ctx, Operation::Divide, a, b)
}

#[inline(never)]
fn mixed(ctx: &mut Ctx, operation: Operation, a: Value, b: Value) -> Answer {
    use Operation::*;
    let who = operation.name();
    let (x, y) = match (kind(a), kind(b)) {
        (Some(x), Some(y)) => (x, y),
        _ => return complex::operate(ctx, operation, a, b),
    };
    let zero = Value::fixnum(0);
    match (x, y) {
        (Real::Flonum(_), _) if b == zero && matches!(operation, Add | Subtract) => Ok(a),
        (_, Real::Flonum(_)) if a == zero && operation == Add => Ok(b),
        (_, Real::Flonum(y)) if a == zero && operation == Subtract => Ok(ctx.make_flonum(-y)),
        (Real::Flonum(_), Real::Fixnum(0)) if operation == Divide => Err(ctx.divided_by_zero(who)),
        (Real::Flonum(_), _) | (_, Real::Flonum(_)) => {
            let (x, y) = (exactness::double(x), exactness::double(y));
            Ok(ctx.make_flonum(match operation {
                Add => x + y,
                Subtract => x - y,
                Multiply => x * y,
                Divide => x / y,
            }))
        }
        (Real::Ratnum(_), _) | (_, Real::Ratnum(_)) => match operation {
            Add => rational::add(ctx, who, a, b, false),
            Subtract => rational::add(ctx, who, a, b, true),
            Multiply => rational::multiply(ctx, who, a, b),
            Divide if b == zero => Err(ctx.divided_by_zero(who)),
            Divide => rational::divide(ctx, who, a, b),
        },
        _ => match operation {
            Add => Ok(integer::add(ctx, a, b)),
            Subtract => Ok(integer::subtract(ctx, a, b)),
            Multiply => integer::multiply(ctx, who, a, b),
            Divide if b == zero => Err(ctx.divided_by_zero(who)),
            Divide => rational::divide(ctx, who, a, b),
        },
    }
}

/// `-a`
pub fn negate(ctx: &mut Ctx, who: &'static str, a: Value) -> Answer {
    match kind(a) {
        Some(Real::Flonum(x)) => Ok(ctx.make_flonum(-x)),
        Some(Real::Ratnum(_)) => rational::multiply(ctx, who, a, Value::fixnum(-1)),
        Some(_) => Ok(integer::negate(ctx, a)),
        None => {
            check_number(ctx, who, 1, a)?;
            complex::map(ctx, a, |ctx, part| negate(ctx, who, part))
        }
    }
}

/// `1 / a`
pub fn reciprocal(ctx: &mut Ctx, a: Value) -> Answer {
    check_number(ctx, "/", 1, a)?;
    divide(ctx, Value::fixnum(1), a)
}

/// Compares two real numbers exactly; `None` if one is a NaN.
pub fn compare(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Option<Ordering>, Raised> {
    if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
        return Ok(Some(x.cmp(&y)));
    }
    let x = real_argument(ctx, who, 1, a)?;
    let y = real_argument(ctx, who, 2, b)?;
    Ok(match (x, y) {
        (Real::Flonum(x), Real::Flonum(y)) => x.partial_cmp(&y),
        (Real::Flonum(x), _) if x.is_nan() => None,
        (_, Real::Flonum(y)) if y.is_nan() => None,
        (_, Real::Flonum(y)) => Some(exactness::compare_with_double(a, y)),
        (Real::Flonum(x), _) => Some(exactness::compare_with_double(b, x).reverse()),
        _ => Some(rational::compare(a, b)),
    })
}

/// The greater (or the lesser) of two numbers; inexact if either is, and NaN if either is.
pub fn extreme(ctx: &mut Ctx, who: &'static str, a: Value, b: Value, wanted: Ordering) -> Answer {
    let order = compare(ctx, who, a, b)?;
    let inexact = !(is_exact(a) && is_exact(b));
    let chosen = match order {
        None if is_nan(a) => a,
        None => b,
        Some(order) if order == wanted => a,
        Some(_) => b,
    };
    if inexact { exactness::inexact(ctx, who, chosen) } else { Ok(chosen) }
}

fn is_nan(v: Value) -> bool {
    matches!(kind(v), Some(Real::Flonum(x)) if x.is_nan())
}

/// Sign of a number as its comparison with 0; `None` for NaN.
pub fn sign(ctx: &mut Ctx, who: &'static str, a: Value) -> Result<Option<Ordering>, Raised> {
    Ok(match real_argument(ctx, who, 1, a)? {
        Real::Fixnum(n) => Some(n.cmp(&0)),
        Real::Flonum(x) => x.partial_cmp(&0.0),
        _ => Some(rational::sign(a)),
    })
}

/// `|a|`
pub fn absolute(ctx: &mut Ctx, who: &'static str, a: Value) -> Answer {
    match real_argument(ctx, who, 1, a)? {
        Real::Flonum(x) => Ok(ctx.make_flonum(x.abs())),
        _ if rational::sign(a) == Ordering::Less => negate(ctx, who, a),
        _ => Ok(a),
    }
}

/// Whether a value is an exact real number.
pub fn is_exact(v: Value) -> bool {
    matches!(kind(v), Some(Real::Fixnum(_) | Real::Bignum(_) | Real::Ratnum(_)))
}

/// Whether a value is a fixnum or a bignum.
pub fn is_integer_exact(v: Value) -> bool {
    is_exact_integer(v)
}

/// Whether a value is a number that is an integer, exact or not.
pub fn is_integer(v: Value) -> bool {
    match kind(v) {
        Some(Real::Flonum(x)) => x.is_finite() && x.trunc() == x,
        Some(Real::Fixnum(_) | Real::Bignum(_)) => true,
        _ => false,
    }
}

/// Whether a value is a number that is neither infinite nor a NaN.
pub fn is_rational(v: Value) -> bool {
    match kind(v) {
        Some(Real::Flonum(x)) => x.is_finite(),
        n => n.is_some(),
    }
}
