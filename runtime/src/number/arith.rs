//! Addition, subtraction, multiplication, division, comparison, and what follows from them.

use super::heap::{is_exact_integer, kind};
use super::{Answer, Number, Raised, exactness, integer, number, rational};
use crate::abi::Ctx;
use crate::value::Value;
use std::cmp::Ordering;

/// The four operations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operation {
    fn name(self) -> &'static str {
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
        (None, _) => return Err(ctx.not_a(who, 1, a, "number")),
        (_, None) => return Err(ctx.not_a(who, 2, b, "number")),
    };
    let zero = Value::fixnum(0);
    match (x, y) {
        (Number::Flonum(_), _) if b == zero && matches!(operation, Add | Subtract) => Ok(a),
        (_, Number::Flonum(_)) if a == zero && operation == Add => Ok(b),
        (Number::Flonum(_), Number::Fixnum(0)) if operation == Divide => Err(ctx.divided_by_zero(who)),
        (Number::Flonum(_), _) | (_, Number::Flonum(_)) => {
            let (x, y) = (exactness::double(x), exactness::double(y));
            Ok(ctx.make_flonum(match operation {
                Add => x + y,
                Subtract => x - y,
                Multiply => x * y,
                Divide => x / y,
            }))
        }
        (Number::Ratnum(_), _) | (_, Number::Ratnum(_)) => match operation {
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
    match number(ctx, who, 1, a)? {
        Number::Flonum(x) => Ok(ctx.make_flonum(-x)),
        Number::Ratnum(_) => rational::multiply(ctx, who, a, Value::fixnum(-1)),
        _ => Ok(integer::negate(ctx, a)),
    }
}

/// `1 / a`
pub fn reciprocal(ctx: &mut Ctx, a: Value) -> Answer {
    number(ctx, "/", 1, a)?;
    divide(ctx, Value::fixnum(1), a)
}

/// Compares two real numbers exactly; `None` if one is a NaN.
pub fn compare(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<Option<Ordering>, Raised> {
    if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
        return Ok(Some(x.cmp(&y)));
    }
    let x = number(ctx, who, 1, a)?;
    let y = number(ctx, who, 2, b)?;
    Ok(match (x, y) {
        (Number::Flonum(x), Number::Flonum(y)) => x.partial_cmp(&y),
        (Number::Flonum(x), _) if x.is_nan() => None,
        (_, Number::Flonum(y)) if y.is_nan() => None,
        (_, Number::Flonum(y)) => Some(exactness::compare_with_double(a, y)),
        (Number::Flonum(x), _) => Some(exactness::compare_with_double(b, x).reverse()),
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
    matches!(kind(v), Some(Number::Flonum(x)) if x.is_nan())
}

/// Sign of a number as its comparison with 0; `None` for NaN.
pub fn sign(ctx: &mut Ctx, who: &'static str, a: Value) -> Result<Option<Ordering>, Raised> {
    Ok(match number(ctx, who, 1, a)? {
        Number::Fixnum(n) => Some(n.cmp(&0)),
        Number::Flonum(x) => x.partial_cmp(&0.0),
        _ => Some(rational::sign(a)),
    })
}

/// `|a|`
pub fn absolute(ctx: &mut Ctx, who: &'static str, a: Value) -> Answer {
    match number(ctx, who, 1, a)? {
        Number::Flonum(x) => Ok(ctx.make_flonum(x.abs())),
        _ if rational::sign(a) == Ordering::Less => negate(ctx, who, a),
        _ => Ok(a),
    }
}

/// Whether a value is an exact number.
pub fn is_exact(v: Value) -> bool {
    matches!(kind(v), Some(Number::Fixnum(_) | Number::Bignum(_) | Number::Ratnum(_)))
}

/// Whether a value is a fixnum or a bignum.
pub fn is_integer_exact(v: Value) -> bool {
    is_exact_integer(v)
}

/// Whether a value is a number that is an integer, exact or not.
pub fn is_integer(v: Value) -> bool {
    match kind(v) {
        Some(Number::Flonum(x)) => x.is_finite() && x.trunc() == x,
        Some(Number::Fixnum(_) | Number::Bignum(_)) => true,
        _ => false,
    }
}

/// Whether a value is a number that is neither infinite nor a NaN.
pub fn is_rational(v: Value) -> bool {
    match kind(v) {
        Some(Number::Flonum(x)) => x.is_finite(),
        n => n.is_some(),
    }
}
