//! Primitives as the interpreter applies them: the commonest on fixnums and pairs here, all others through the table.

use super::prepare::Application;
use kestrel_runtime::abi::Ctx;
use kestrel_runtime::layout::FIXNUM_SHIFT;
use kestrel_runtime::prim::{Prim, PrimCode};
use kestrel_runtime::value::Value;

/// One argument.
pub fn apply1(ctx: &mut Ctx, application: &Application, a: Value) -> Value {
    match application.prim {
        Prim::True => return Value::boolean(a.is_true()),
        Prim::Not => return Value::boolean(!a.is_true()),
        Prim::IsNull => return Value::boolean(a == Value::NULL),
        Prim::IsPair => return Value::boolean(a.is_pair()),
        Prim::Car if a.is_pair() => return ctx.car(a),
        Prim::Cdr if a.is_pair() => return ctx.cdr(a),
        _ => {}
    }
    match application.code {
        PrimCode::F1(f) => f(ctx, a),
        _ => apply(ctx, application, &[a]),
    }
}

/// Two arguments.
pub fn apply2(ctx: &mut Ctx, application: &Application, a: Value, b: Value) -> Value {
    if let Some(value) = fixnums(application.prim, a, b) {
        return value;
    }
    match (application.prim, application.code) {
        (Prim::Eq, _) => Value::boolean(a == b),
        (Prim::Cons, _) => ctx.cons(a, b),
        (_, PrimCode::F2(f)) => f(ctx, a, b),
        _ => apply(ctx, application, &[a, b]),
    }
}

/// Arithmetic and comparison of two fixnums, on their tagged words: the tag is 0, so that an overflow of the word is one of the fixnum.
fn fixnums(prim: Prim, a: Value, b: Value) -> Option<Value> {
    if !(a.is_fixnum() && b.is_fixnum()) {
        return None;
    }
    let (a, b) = (a.0 as i64, b.0 as i64);
    let number = |n: Option<i64>| n.map(|n| Value(n as u64));
    match prim {
        Prim::Add => number(a.checked_add(b)),
        Prim::Sub => number(a.checked_sub(b)),
        Prim::Mul => number((a >> FIXNUM_SHIFT).checked_mul(b)),
        Prim::NumEq => Some(Value::boolean(a == b)),
        Prim::Lt => Some(Value::boolean(a < b)),
        Prim::Gt => Some(Value::boolean(a > b)),
        Prim::Le => Some(Value::boolean(a <= b)),
        Prim::Ge => Some(Value::boolean(a >= b)),
        _ => None,
    }
}

/// Any number of arguments: exactly those that the function takes.
pub fn apply(ctx: &mut Ctx, application: &Application, args: &[Value]) -> Value {
    match (application.code, args) {
        (PrimCode::F0(f), []) => f(ctx),
        (PrimCode::F1(f), &[a]) => f(ctx, a),
        (PrimCode::F2(f), &[a, b]) => f(ctx, a, b),
        (PrimCode::F3(f), &[a, b, c]) => f(ctx, a, b, c),
        (PrimCode::F4(f), &[a, b, c, d]) => f(ctx, a, b, c, d),
        (PrimCode::F5(f), &[a, b, c, d, e]) => f(ctx, a, b, c, d, e),
        (PrimCode::FN(f), args) => f(ctx, args.as_ptr(), args.len()),
        // The verifier admits no others.
        _ => Value::UNSPECIFIED,
    }
}
