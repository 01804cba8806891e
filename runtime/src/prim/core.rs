//! Truth and identity.
use crate::abi::Ctx;
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
