//! Removes `letrec*`: what can be known procedures becomes `Fix`, what can be plain variables becomes `Let`.
//!
//! ```text
//! (letrec* ((a (read)) (even (lambda (n) … odd …)) (odd (lambda (n) … even … a …)) (b (even a))) e)
//!   =>  (let ((a (read))) (fix ((even …) (odd …)) (let ((b (even a))) e)))
//! ```
//!
//! Ghuloum & Dybvig, "Fixing Letrec (reloaded)" (2009): the strongly connected components of the graph of mentions, with an edge from each
//! complex binding to the complex one before it, so that these stay in order. A component of one binding that does not mention itself is a `Let`; of
//! unassigned lambdas, a `Fix`. In any other component the lambdas are a `Fix` within variables that are assigned in order. If such a variable may be used before
//! its initialisation (because an init in its component is more than a lambda), it becomes a checked variable (`%make-variable`, `%global-ref`), whose use before its
//! definition raises; otherwise [`super::assignment`] boxes it.
//!
//! Needs: [`super::toplevel`] has run. Gives: stage `LetrecFixed`. Cost: linear.

use super::ir::{Expr, ExprId, Node, Program, Stage, VarId};
use super::mentions::mentions;
use super::scc::components;
use crate::arena::{Idx, IndexVec};
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

/// Nesting of primitive applications up to which an expression can be simple.
const SIMPLE_DEPTH: u32 = 8;

/// Removes every `letrec*` of a program.
pub fn letrec(program: &mut Program) {
    let found = mentions(program);
    let old = program.exprs.len();
    let mut checked = IndexVec::filled(false, program.vars.len());
    for (e, graph) in found.letrecs {
        fix(program, e, graph, &mut checked);
    }
    use_checked(program, old, &checked);
    program.stage = Stage::LetrecFixed;
}

/// Rewrites one `letrec*`; `graph` are the mentions among its bindings.
fn fix(program: &mut Program, e: ExprId, mut graph: Vec<Vec<u32>>, checked: &mut IndexVec<VarId, bool>) {
    let origin = program.exprs[e].origin;
    let Expr::Letrec(bindings, body) = std::mem::replace(&mut program.exprs[e].expr, Expr::Const(Value::UNSPECIFIED))
    else {
        return;
    };
    let is_lambda: Vec<bool> = bindings.iter().map(|b| matches!(program.exprs[b.1].expr, Expr::Lambda(_))).collect();
    let mut last_complex = None;
    for (i, (_, init)) in bindings.iter().enumerate() {
        if !is_lambda[i] && !is_simple(program, *init, checked, SIMPLE_DEPTH) {
            graph[i].extend(last_complex.replace(i as u32));
        }
    }
    let mut result = body;
    for component in components(&graph).into_iter().rev() {
        let (fixed, complex): (Vec<u32>, Vec<u32>) =
            component.iter().partition(|&&i| is_lambda[i as usize] && !program.vars[bindings[i as usize].0].assigned);
        let pick =
            |indices: &[u32]| -> Vec<(VarId, ExprId)> { indices.iter().map(|&i| bindings[i as usize]).collect() };
        match component[..] {
            [i] if !graph[i as usize].contains(&i) && fixed.is_empty() => {
                result = push(program, Expr::Let(pick(&component), result), origin);
                continue;
            }
            _ => {}
        }
        let check = complex.iter().any(|&i| !is_lambda[i as usize]);
        let complex = pick(&complex);
        if !complex.is_empty() {
            let mut body: Vec<ExprId> = complex.iter().map(|&(v, init)| initialise(program, v, init, check)).collect();
            body.push(result);
            result = push(program, Expr::Seq(body), origin);
        }
        if !fixed.is_empty() {
            result = push(program, Expr::Fix(pick(&fixed), result), origin);
        }
        if !complex.is_empty() {
            let mut variables = Vec::with_capacity(complex.len());
            for (v, _) in complex {
                checked[v] = check;
                program.vars[v].assigned = !check;
                let name = program.vars[v].name;
                let start = match check {
                    true => {
                        let name = push(program, Expr::Const(name), origin);
                        call(program, Prim::MakeVariable, vec![name], origin)
                    }
                    false => push(program, Expr::Const(Value::UNSPECIFIED), origin),
                };
                variables.push((v, start));
            }
            result = push(program, Expr::Let(variables, result), origin);
        }
    }
    program.exprs[e].expr = match result == body {
        true => Expr::Seq(vec![body]),
        false => std::mem::replace(&mut program.exprs[result].expr, Expr::Const(Value::UNSPECIFIED)),
    };
}

fn initialise(program: &mut Program, v: VarId, init: ExprId, check: bool) -> ExprId {
    let origin = program.exprs[init].origin;
    if check {
        let cell = push(program, Expr::Ref(v), origin);
        call(program, Prim::CellSet, vec![cell, init], origin)
    } else {
        push(program, Expr::Set(v, init), origin)
    }
}

/// Whether an expression has no effect, depends on none, and makes nothing: it may be evaluated at any time.
fn is_simple(program: &Program, e: ExprId, checked: &IndexVec<VarId, bool>, depth: u32) -> bool {
    match &program.exprs[e].expr {
        Expr::Const(_) | Expr::Prim(_) | Expr::Lambda(_) => true,
        Expr::Ref(v) => !program.vars[*v].assigned && !checked[*v],
        Expr::Call(callee, args) => match program.exprs[*callee].expr {
            Expr::Prim(p) => {
                depth > 0
                    && p.info().effects.is_empty()
                    && p.fixed_args() == Some(args.len())
                    && args.iter().all(|a| is_simple(program, *a, checked, depth - 1))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Makes every use of a checked variable, among the first `old` expressions, one of its cell's content.
fn use_checked(program: &mut Program, old: usize, checked: &IndexVec<VarId, bool>) {
    for i in 0..old {
        let e = ExprId::new(i);
        let origin = program.exprs[e].origin;
        match program.exprs[e].expr {
            Expr::Ref(v) if checked[v] => {
                let cell = push(program, Expr::Ref(v), origin);
                program.exprs[e].expr = application(program, Prim::GlobalRef, vec![cell], origin);
            }
            Expr::Set(v, value) if checked[v] => {
                let cell = push(program, Expr::Ref(v), origin);
                program.exprs[e].expr = application(program, Prim::GlobalSet, vec![cell, value], origin);
            }
            _ => {}
        }
    }
}

/// A new expression.
pub(super) fn push(program: &mut Program, expr: Expr, origin: Origin) -> ExprId {
    program.exprs.push(Node { expr, origin })
}

/// The application of a primitive, as the content of a node.
pub(super) fn application(program: &mut Program, prim: Prim, args: Vec<ExprId>, origin: Origin) -> Expr {
    Expr::Call(push(program, Expr::Prim(prim), origin), args)
}

/// The application of a primitive, as a new expression.
pub(super) fn call(program: &mut Program, prim: Prim, args: Vec<ExprId>, origin: Origin) -> ExprId {
    let expr = application(program, prim, args, origin);
    push(program, expr, origin)
}
