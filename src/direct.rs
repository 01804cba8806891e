//! Small expressions of `eval` without a compilation: those that need neither a procedure of their own nor a frame.
//!
//! ```text
//! (+ x (* 2 y))    (list 'a "b")    (if (null? l) 0 (length l))    (define n 5)    (f x (car y))
//! ```
//!
//! Such code applies primitives, chooses, and at its very end may call any procedure: [`is_simple`] looks, [`run`] does it, on the AST.
//! Nothing is collected meanwhile, since primitives never collect, so values are held as they are. What calls a procedure in the
//! midst of something, or makes one, or loops, is compiled: the two agree because both take primitives from the table.
//!
//! Cost: about a tenth of a compilation.

use crate::arena::IndexVec;
use crate::ast::ir::{Expr, ExprId, Item, Program, VarId};
use kestrel_runtime::control::primitive;
use kestrel_runtime::prim::{Prim, PrimCode};
use kestrel_runtime::{Ctx, Value};

/// Deepest nesting: the checks and the evaluation recurse natively.
const MAX_DEPTH: usize = 100;
/// Most arguments of the call in tail position; a compilation reports what is too much.
const MAX_ARGS: usize = 1000;

/// What an expression comes to.
pub(crate) enum Outcome {
    /// A value.
    Value(Value),
    /// A call of a procedure, in tail position.
    Call(Value, Vec<Value>),
    /// The condition is in the context.
    Raised,
}

/// Whether a program is simple: [`run`] can do it.
pub(crate) fn is_simple(program: &Program) -> bool {
    let Some((Item::Expr(last), others)) = program.items.split_last() else { return false };
    others.iter().all(|item| match item {
        Item::Expr(e) => is_value(program, *e, MAX_DEPTH),
        Item::Define(..) => false,
    }) && is_tail(program, *last, MAX_DEPTH)
}

/// Whether an expression may stand in tail position.
fn is_tail(program: &Program, e: ExprId, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let is_value = |e: ExprId| is_value(program, e, depth);
    match &program.exprs[e].expr {
        Expr::If(test, a, b) => is_value(*test) && is_tail(program, *a, depth) && is_tail(program, *b, depth),
        Expr::Seq(exprs) => exprs
            .split_last()
            .is_some_and(|(last, others)| others.iter().all(|&e| is_value(e)) && is_tail(program, *last, depth)),
        Expr::Let(bindings, body) => bindings.iter().all(|b| is_value(b.1)) && is_tail(program, *body, depth),
        Expr::Call(callee, args) => is_value(*callee) && args.len() <= MAX_ARGS && args.iter().all(|&a| is_value(a)),
        _ => is_value(e),
    }
}

/// Whether an expression comes to a value by primitives alone.
fn is_value(program: &Program, e: ExprId, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let is_value = |e: ExprId| is_value(program, e, depth);
    match &program.exprs[e].expr {
        Expr::Const(_) | Expr::Ref(_) | Expr::Prim(_) => true,
        Expr::If(a, b, c) => [*a, *b, *c].into_iter().all(is_value),
        Expr::Seq(exprs) => exprs.iter().all(|&e| is_value(e)),
        Expr::Let(bindings, body) => bindings.iter().all(|b| is_value(b.1)) && is_value(*body),
        Expr::Call(callee, args) => applied(program, *callee).is_some() && args.iter().all(|&a| is_value(a)),
        Expr::Set(..) | Expr::Lambda(_) | Expr::Letrec(..) | Expr::Fix(..) | Expr::Receive(..) => false,
    }
}

/// The primitive that a call applies, if it works without the stack.
fn applied(program: &Program, callee: ExprId) -> Option<Prim> {
    match program.exprs[callee].expr {
        Expr::Prim(prim) if !matches!(prim.info().code, PrimCode::Control(_)) => Some(prim),
        _ => None,
    }
}

/// Does what a simple program says.
pub(crate) fn run(ctx: &mut Ctx, program: &Program) -> Outcome {
    let mut run = Run { ctx, program, variables: IndexVec::filled(Value::UNSPECIFIED, program.vars.len()) };
    let mut outcome = Some(Outcome::Value(Value::UNSPECIFIED));
    for (i, item) in program.items.iter().enumerate() {
        let (Item::Expr(e) | Item::Define(_, e)) = *item;
        outcome = if i + 1 < program.items.len() { run.value(e).map(Outcome::Value) } else { run.tail(e) };
        if outcome.is_none() {
            break;
        }
    }
    outcome.unwrap_or(Outcome::Raised)
}

struct Run<'a> {
    ctx: &'a mut Ctx,
    program: &'a Program,
    variables: IndexVec<VarId, Value>,
}

/// `None`: raised.
impl Run<'_> {
    fn tail(&mut self, e: ExprId) -> Option<Outcome> {
        match &self.program.exprs[e].expr {
            Expr::If(test, a, b) => {
                let chosen = if self.value(*test)?.is_true() { *a } else { *b };
                self.tail(chosen)
            }
            Expr::Seq(exprs) => {
                let (last, others) = exprs.split_last()?;
                for &e in others {
                    self.value(e)?;
                }
                self.tail(*last)
            }
            Expr::Let(bindings, body) => {
                self.bind(bindings)?;
                self.tail(*body)
            }
            Expr::Call(callee, args) if applied(self.program, *callee).is_none() => {
                let callee = self.value(*callee)?;
                Some(Outcome::Call(callee, self.values(args)?))
            }
            _ => self.value(e).map(Outcome::Value),
        }
    }

    fn value(&mut self, e: ExprId) -> Option<Value> {
        match &self.program.exprs[e].expr {
            Expr::Const(value) => Some(*value),
            Expr::Ref(v) => Some(self.variables[*v]),
            Expr::Prim(prim) => Some(self.ctx.prim_procedure(*prim)),
            Expr::If(test, a, b) => {
                let chosen = if self.value(*test)?.is_true() { *a } else { *b };
                self.value(chosen)
            }
            Expr::Seq(exprs) => self.values(exprs)?.last().copied(),
            Expr::Let(bindings, body) => {
                self.bind(bindings)?;
                self.value(*body)
            }
            Expr::Call(callee, args) => {
                let prim = applied(self.program, *callee)?;
                let args = self.values(args)?;
                Some(primitive::apply(self.ctx, prim, &args)).filter(|&value| value != Value::RAISED)
            }
            Expr::Set(..) | Expr::Lambda(_) | Expr::Letrec(..) | Expr::Fix(..) | Expr::Receive(..) => None,
        }
    }

    fn values(&mut self, exprs: &[ExprId]) -> Option<Vec<Value>> {
        exprs.iter().map(|&e| self.value(e)).collect()
    }

    fn bind(&mut self, bindings: &[(VarId, ExprId)]) -> Option<()> {
        for &(v, init) in bindings {
            self.variables[v] = self.value(init)?;
        }
        Some(())
    }
}
