//! Pairs.
use crate::abi::Ctx;
use crate::value::Value;

/// `cons`
pub extern "C" fn cons(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    ctx.cons(a, b)
}
/// `car`
pub extern "C" fn car(ctx: &mut Ctx, a: Value) -> Value {
    if a.is_pair() { ctx.car(a) } else { ctx.wrong_type("car", 1, a, "pair") }
}
/// `cdr`
pub extern "C" fn cdr(ctx: &mut Ctx, a: Value) -> Value {
    if a.is_pair() { ctx.cdr(a) } else { ctx.wrong_type("cdr", 1, a, "pair") }
}
/// `set-car!`
pub extern "C" fn set_car(ctx: &mut Ctx, a: Value, x: Value) -> Value {
    if !a.is_pair() {
        return ctx.wrong_type("set-car!", 1, a, "pair");
    }
    ctx.set_car(a, x);
    Value::UNSPECIFIED
}
/// `set-cdr!`
pub extern "C" fn set_cdr(ctx: &mut Ctx, a: Value, x: Value) -> Value {
    if !a.is_pair() {
        return ctx.wrong_type("set-cdr!", 1, a, "pair");
    }
    ctx.set_cdr(a, x);
    Value::UNSPECIFIED
}
/// `pair?`
pub extern "C" fn is_pair(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_pair())
}
/// `null?`
pub extern "C" fn is_null(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a == Value::NULL)
}
