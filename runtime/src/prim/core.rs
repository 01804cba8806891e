//! Truth and identity.
use crate::abi::Ctx;
use crate::object;
use crate::value::Value;

/// Whether a value counts as true.
pub extern "C" fn is_true(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_true())
}
/// `eq?`
pub extern "C" fn eq(_: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(a == b)
}
/// `not`
pub extern "C" fn not(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(!a.is_true())
}
/// `eqv?`
pub extern "C" fn eqv(_: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(object::eqv(a, b))
}
/// `equal?`
pub extern "C" fn equal(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    Value::boolean(object::equal(ctx, a, b))
}
/// `procedure?`
pub extern "C" fn is_procedure(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_closure())
}
