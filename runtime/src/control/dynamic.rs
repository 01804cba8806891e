//! `apply`, `call-with-values`, `exit`, and access to the dynamic state for the library's Scheme code.

use super::entry::Leave;
use super::thunk;
use crate::abi::{Ctx, MAX_ARGS};
use crate::value::Value;

/// `apply`
pub extern "C" fn apply(ctx: &mut Ctx) {
    let mut args = ctx.arguments();
    let procedure = args.remove(0);
    if !procedure.is_closure() {
        ctx.wrong_type("apply", 1, procedure, "procedure");
        return ctx.raise_here();
    }
    let mut rest = args.pop().unwrap_or(Value::NULL);
    let last = rest;
    while rest.is_pair() && args.len() < MAX_ARGS {
        args.push(ctx.car(rest));
        rest = ctx.cdr(rest);
    }
    if rest != Value::NULL {
        if ctx.list_length(last).is_some() {
            ctx.too_many_arguments();
        } else {
            ctx.wrong_type("apply", ctx.regs.argc as usize, last, "list");
        }
        return ctx.raise_here();
    }
    ctx.tail_call(procedure, &args);
}

/// `values`, where it is not done by its thunk.
pub extern "C" fn values(ctx: &mut Ctx) {
    ctx.return_arguments();
}

/// `call-with-values`
pub extern "C" fn call_with_values(ctx: &mut Ctx) {
    for i in 0..2 {
        let procedure = ctx.regs.a[i];
        if !procedure.is_closure() {
            ctx.wrong_type("call-with-values", i + 1, procedure, "procedure");
            return ctx.raise_here();
        }
    }
    ctx.ensure_stack();
    let (producer, consumer) = (ctx.regs.a[0], ctx.regs.a[1]);
    ctx.push(&[consumer.0], thunk::consume());
    ctx.tail_call(producer, &[]);
}

/// The producer has returned other than one value, or the consumer is not a procedure.
pub(super) extern "C" fn consume_values(ctx: &mut Ctx) {
    let consumer = Value(ctx.below(2));
    ctx.pop_below_values(2);
    ctx.jump_to(consumer);
}

/// `%exit`: `#t` is success, `#f` failure, an integer its low byte as the system takes it, but never success unless it is 0.
pub extern "C" fn exit(ctx: &mut Ctx) {
    let status = match ctx.regs.a[0] {
        _ if ctx.regs.argc == 0 => 0,
        Value::TRUE => 0,
        status => match status.as_fixnum() {
            None => 1,
            Some(n) if n != 0 && n & 0xff == 0 => 0xff,
            Some(n) => (n & 0xff) as i32,
        },
    };
    ctx.leave(Leave::Exit(status));
}

macro_rules! state {
    ($($get:ident $set:ident $field:ident;)*) => {$(
        #[doc = concat!("Reads `ctx.", stringify!($field), "`.")]
        pub fn $get(ctx: &mut Ctx) -> Value {
            ctx.$field
        }
        #[doc = concat!("Writes `ctx.", stringify!($field), "`.")]
        pub fn $set(ctx: &mut Ctx, value: Value) -> Value {
            ctx.$field = value;
            Value::UNSPECIFIED
        }
    )*};
}
state! {
    handlers set_handlers handlers;
    winders set_winders winders;
    parameters set_parameters parameters;
}

/// `%set-rewinder!`
pub fn set_rewinder(ctx: &mut Ctx, procedure: Value) -> Value {
    ctx.runtime.rewinder = procedure;
    Value::UNSPECIFIED
}
