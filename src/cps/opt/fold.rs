//! Applications of primitives whose answer is known at compile time.
//!
//! A foldable primitive's own Rust function is called on its constant arguments, so that compile time and run time cannot disagree. Arguments
//! and answer must be immediates (or self-tagged flonums): nothing that is made here reaches the program. If the primitive raises,
//! the application stays as it is and raises when it is run.

use crate::cps::ir::Atom;
use kestrel_runtime::prim::{Prim, PrimCode, Type};
use kestrel_runtime::{Ctx, Value};

/// The answer of a primitive on these arguments, if it is known.
pub fn fold(ctx: Option<&mut Ctx>, prim: Prim, args: &[Atom]) -> Option<Value> {
    match (prim, args) {
        (Prim::Eq, [Atom::Var(a), Atom::Var(b)]) if a == b => return Some(Value::TRUE),
        (Prim::Eq, [Atom::Const(a), Atom::Const(b)]) => return Some(Value::boolean(a == b)),
        (Prim::True, [Atom::Const(a)]) => return Some(Value::boolean(a.is_true())),
        (Prim::True | Prim::IsProcedure, [Atom::Prim(_)]) => return Some(Value::TRUE),
        (Prim::Not, [Atom::Const(a)]) => return Some(Value::boolean(!a.is_true())),
        (Prim::Not, [Atom::Prim(_)]) => return Some(Value::FALSE),
        _ => {}
    }
    if !prim.is_foldable() {
        return None;
    }
    let constant = |atom: &Atom| match *atom {
        Atom::Const(value) if !value.is_pointer() => Some(value),
        _ => None,
    };
    let ctx = ctx?;
    let values = args.iter().map(constant).collect::<Option<Vec<Value>>>()?;
    if is_large(prim, &values) {
        return None;
    }
    let saved = ctx.condition;
    let answer = apply(ctx, prim, &values);
    ctx.condition = saved;
    answer.filter(|&value| !value.is_pointer() && value != Value::RAISED)
}

/// Whether the answer is an exact number that is no fixnum, and may be so large that making it takes long.
fn is_large(prim: Prim, values: &[Value]) -> bool {
    match (prim, values) {
        (Prim::Expt, &[base, exponent]) => {
            base.as_fixnum().is_some_and(|n| n.abs() > 1) && exponent.as_fixnum().is_some_and(|n| n.abs() > 64)
        }
        (Prim::ArithmeticShift, &[a, count]) => a != Value::fixnum(0) && count.as_fixnum().is_some_and(|n| n > 64),
        _ => false,
    }
}

/// Whether a primitive never answers `#f`.
pub fn always_true(prim: Prim) -> bool {
    !prim.info().result.intersects(Type::BOOLEAN)
}

/// Whether a primitive answers `#t` or `#f` and nothing else, so that it may stand in a `branch`.
pub fn is_test(prim: Prim) -> bool {
    prim.info().result == Type::BOOLEAN
}

fn apply(ctx: &mut Ctx, prim: Prim, values: &[Value]) -> Option<Value> {
    match (prim.info().code, values) {
        (PrimCode::F0(f), &[]) => Some(f(ctx)),
        (PrimCode::F1(f), &[a]) => Some(f(ctx, a)),
        (PrimCode::F2(f), &[a, b]) => Some(f(ctx, a, b)),
        (PrimCode::F3(f), &[a, b, c]) => Some(f(ctx, a, b, c)),
        (PrimCode::F4(f), &[a, b, c, d]) => Some(f(ctx, a, b, c, d)),
        (PrimCode::F5(f), &[a, b, c, d, e]) => Some(f(ctx, a, b, c, d, e)),
        (PrimCode::FN(f), values) => Some(f(ctx, values.as_ptr(), values.len())),
        _ => None,
    }
}
