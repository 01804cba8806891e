//! Variables in the heap.
use crate::abi::Ctx;
use crate::layout::{CELL_NAME, CELL_VALUE};
use crate::value::Value;

/// A fresh cell without a name.
#[inline]
pub fn make(ctx: &mut Ctx, a: Value) -> Value {
    ctx.make_cell(a, Value::FALSE)
}
/// A fresh cell without a value, for a variable of this name that may be used before its definition: `%global-ref` and `%global-set!` check it.
#[inline]
pub fn make_variable(ctx: &mut Ctx, name: Value) -> Value {
    ctx.make_cell(Value::UNBOUND, name)
}
/// A cell's content.
#[inline]
pub fn get(ctx: &mut Ctx, c: Value) -> Value {
    ctx.field(c, CELL_VALUE)
}
/// Assigns a cell.
#[inline]
pub fn set(ctx: &mut Ctx, c: Value, x: Value) -> Value {
    ctx.set_field(c, CELL_VALUE, x);
    Value::UNSPECIFIED
}
/// A global's value; raises if it has none.
#[inline]
pub fn global_ref(ctx: &mut Ctx, c: Value) -> Value {
    let v = ctx.field(c, CELL_VALUE);
    if v == Value::UNBOUND {
        let name = ctx.field(c, CELL_NAME);
        return ctx.unbound_variable(name);
    }
    v
}
/// Assigns a global; raises if it has no value yet.
#[inline]
pub fn global_set(ctx: &mut Ctx, c: Value, x: Value) -> Value {
    if ctx.field(c, CELL_VALUE) == Value::UNBOUND {
        let name = ctx.field(c, CELL_NAME);
        return ctx.unbound_variable(name);
    }
    set(ctx, c, x)
}
/// Defines a global.
#[inline]
pub fn global_define(ctx: &mut Ctx, c: Value, x: Value) -> Value {
    set(ctx, c, x)
}
