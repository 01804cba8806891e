//! Primitives as procedures: a static closure for each, whose one free variable is the primitive's number (a fixnum, and so
//! also the byte offset of its function in `ctx.prims`).

use super::thunk;
use crate::abi::{CodeInfo, Ctx, RUNTIME_UNIT};
use crate::layout::{CLOSURE_CODE, CLOSURE_FREE, FIXNUM_SHIFT};
use crate::prim::{Nary, Prim, PrimCode};
use crate::value::Value;

const _: () = assert!(1 << FIXNUM_SHIFT == size_of::<crate::prim::PrimFn>());

pub(super) fn procedures(ctx: &mut Ctx) -> Vec<Value> {
    Prim::all()
        .map(|prim| {
            let code = match (prim.info().code, prim.fixed_args()) {
                _ if prim == Prim::Values => thunk::values(),
                _ if matches!(prim, Prim::CallCc | Prim::CallWithCurrentContinuation) => thunk::call_cc(),
                (PrimCode::Control(_), _) => thunk::prim_control(),
                (_, Some(count)) => thunk::prim_fixed(count),
                _ => thunk::prim_other(),
            };
            ctx.static_closure(code, &[Value::fixnum(prim as i64)])
        })
        .collect()
}

/// The primitive whose procedure has been called.
pub(super) fn current(ctx: &Ctx) -> Prim {
    Prim::from_index((ctx.field(ctx.regs.closure, CLOSURE_FREE).0 >> FIXNUM_SHIFT) as usize)
}

impl Ctx {
    /// The procedure of a primitive: a static closure.
    pub fn prim_procedure(&self, prim: Prim) -> Value {
        self.runtime.procedures[prim as usize]
    }

    /// The primitive whose procedure this is, if it is one.
    pub fn procedure_prim(&self, procedure: Value) -> Option<Prim> {
        let code = self.field(procedure, CLOSURE_CODE).0 as usize;
        // SAFETY: a closure's first word is a code address.
        let ours = unsafe { CodeInfo::of(code) }.unit == RUNTIME_UNIT;
        let is_prim = ours && self.is_static(procedure);
        is_prim.then(|| Prim::from_index((self.field(procedure, CLOSURE_FREE).0 >> FIXNUM_SHIFT) as usize))
    }

    /// The name of a procedure: a symbol, or `#f` if it has none.
    pub fn procedure_name(&self, procedure: Value) -> Value {
        if let Some(prim) = self.procedure_prim(procedure) {
            return crate::symbol::intern(prim.info().name);
        }
        // SAFETY: a closure's first word is a code address.
        let info = unsafe { CodeInfo::of(self.field(procedure, CLOSURE_CODE).0 as usize) };
        self.site(info.unit, info.site).map_or(Value::FALSE, |site| site.procedure)
    }
}

/// Calls a function of a fixed number of arguments; missing ones are `ABSENT`.
pub(crate) fn call(ctx: &mut Ctx, prim: Prim, args: &[Value]) -> Value {
    let a = |i: usize| args.get(i).copied().unwrap_or(Value::ABSENT);
    match prim.info().code {
        PrimCode::F0(f) => f(ctx),
        PrimCode::F1(f) => f(ctx, a(0)),
        PrimCode::F2(f) => f(ctx, a(0), a(1)),
        PrimCode::F3(f) => f(ctx, a(0), a(1), a(2)),
        PrimCode::F4(f) => f(ctx, a(0), a(1), a(2), a(3)),
        PrimCode::F5(f) => f(ctx, a(0), a(1), a(2), a(3), a(4)),
        PrimCode::FN(f) => f(ctx, args.as_ptr(), args.len()),
        PrimCode::Control(_) => Value::UNSPECIFIED,
    }
}

fn fold(ctx: &mut Ctx, prim: Prim, args: &[Value]) -> Value {
    let mut result = args[0];
    for (i, &a) in args[1..].iter().enumerate() {
        result = call(ctx, prim, &[result, a]);
        if result == Value::RAISED {
            ctx.shift_argument(i.try_into().unwrap_or(0));
            break;
        }
    }
    result
}

fn chain(ctx: &mut Ctx, prim: Prim, args: &[Value]) -> Value {
    let mut result = Value::TRUE;
    for (i, pair) in args.windows(2).enumerate() {
        match call(ctx, prim, pair) {
            Value::RAISED => {
                ctx.shift_argument(i.try_into().unwrap_or(0));
                return Value::RAISED;
            }
            Value::FALSE => result = Value::FALSE,
            _ => {}
        }
    }
    result
}

/// Applies a primitive to any number of arguments, as a program may.
pub fn apply(ctx: &mut Ctx, prim: Prim, args: &[Value]) -> Value {
    let info = prim.info();
    if args.len() < info.min as usize || info.max.is_some_and(|max| args.len() > max as usize) {
        return ctx.wrong_count(
            crate::symbol::intern(info.name),
            args.len(),
            info.min as usize,
            info.max.map(usize::from),
        );
    }
    match (info.nary, args.len()) {
        (Nary::Fold(unit), 0) => Value::fixnum(unit),
        (Nary::Fold(unit), 1) => call(ctx, prim, &[args[0], Value::fixnum(unit)]),
        (Nary::FoldOr(single), 1) => call(ctx, single, args),
        (Nary::Chain, 1) => match call(ctx, prim, &[args[0], args[0]]) {
            Value::RAISED => Value::RAISED,
            _ => Value::TRUE,
        },
        (Nary::Fold(_) | Nary::FoldOr(_), _) => fold(ctx, prim, args),
        (Nary::Chain, _) => chain(ctx, prim, args),
        (Nary::Exact, _) => call(ctx, prim, args),
    }
}

/// A primitive procedure given another number of arguments than its function takes.
pub(super) extern "C" fn apply_other(ctx: &mut Ctx) {
    let args = ctx.arguments();
    match apply(ctx, current(ctx), &args) {
        Value::RAISED => ctx.raise_here(),
        value => ctx.return_value(value),
    }
}

/// A primitive procedure whose function answered `RAISED`.
pub(super) extern "C" fn raised(ctx: &mut Ctx) {
    ctx.raise_here();
}

/// A control procedure.
pub(super) extern "C" fn apply_control(ctx: &mut Ctx) {
    let prim = current(ctx);
    let info = prim.info();
    let count = ctx.regs.argc as usize;
    if count < info.min as usize || info.max.is_some_and(|max| count > max as usize) {
        ctx.wrong_count(crate::symbol::intern(info.name), count, info.min as usize, info.max.map(usize::from));
        return ctx.raise_here();
    }
    if let PrimCode::Control(f) = info.code {
        f(ctx);
    }
}
