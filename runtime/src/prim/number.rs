//! Arithmetic and comparison on any mix of numbers.

use crate::abi::Ctx;
use crate::number::{answer, arith, complex};
use crate::value::Value;
use std::cmp::Ordering;

/// `+`
#[inline]
pub fn add(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::add(ctx, a, b))
}
/// `-`
#[inline]
pub fn sub(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::subtract(ctx, a, b))
}
/// `*`
#[inline]
pub fn mul(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::multiply(ctx, a, b))
}
/// `/`
#[inline]
pub fn div(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    answer(arith::divide(ctx, a, b))
}
/// `(- a)`
#[inline]
pub fn negate(ctx: &mut Ctx, a: Value) -> Value {
    answer(arith::negate(ctx, "-", a))
}
/// `(/ a)`
#[inline]
pub fn reciprocal(ctx: &mut Ctx, a: Value) -> Value {
    answer(arith::reciprocal(ctx, a))
}

fn test(ctx: &mut Ctx, who: &'static str, a: Value, b: Value, holds: fn(Ordering) -> bool) -> Value {
    match arith::compare(ctx, who, a, b) {
        Ok(order) => Value::boolean(order.is_some_and(holds)),
        Err(_) => Value::RAISED,
    }
}

macro_rules! comparisons {
    ($($(#[$m:meta])* $f:ident $name:literal $operator:tt $holds:ident;)*) => {$(
        $(#[$m])*
        #[inline]
        pub fn $f(ctx: &mut Ctx, a: Value, b: Value) -> Value {
            if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
                return Value::boolean(a $operator b);
            }
            if let (Some(a), Some(b)) = (a.as_self_tagged(), b.as_self_tagged()) {
                return Value::boolean(a $operator b);
            }
            test(ctx, $name, a, b, Ordering::$holds)
        }
    )*};
}
/// `=`
#[inline]
pub fn num_eq(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    if a.is_fixnum() && b.is_fixnum() {
        return Value::boolean(a == b);
    }
    if let (Some(a), Some(b)) = (a.as_self_tagged(), b.as_self_tagged()) {
        return Value::boolean(a == b);
    }
    complex::equal(ctx, a, b).map_or(Value::RAISED, Value::boolean)
}
comparisons! {
    /// `<`
    lt "<" < is_lt;
    /// `>`
    gt ">" > is_gt;
    /// `<=`
    le "<=" <= is_le;
    /// `>=`
    ge ">=" >= is_ge;
}
