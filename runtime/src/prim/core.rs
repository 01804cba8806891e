//! Truth and identity.
use crate::abi::Ctx;
use crate::object;
use crate::value::Value;

/// Whether a value counts as true.
#[inline]
pub fn is_true(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_true())
}
/// `eq?`
#[inline]
pub fn eq(_: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(a == b)
}
/// `not`
#[inline]
pub fn not(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(!a.is_true())
}
/// `eqv?`
#[inline]
pub fn eqv(_: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(object::eqv(a, b))
}
/// `equal?`
#[inline]
pub fn equal(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(object::equal(ctx, a, b))
}
/// `procedure?`
#[inline]
pub fn is_procedure(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_closure())
}
