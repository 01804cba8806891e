//! Removes `set!`: each assigned variable becomes a cell.
//!
//! ```text
//! (lambda (n) (set! n (+ n 1)) n)
//!   =>  (lambda (m) (let ((n (%make-cell m))) (%cell-set! n (+ (%cell-ref n) 1)) (%cell-ref n)))
//! ```
//!
//! A continuation captured while the cell is in scope sees later assignments, as R7RS wants, since the cell is shared and never copied.
//!
//! Needs: stage `LetrecFixed` (the variables left are local ones: the top level's are cells already). Gives: stage `Unassigned`. Cost: linear,
//! one sweep over the arena.

use super::ir::{Expr, ExprId, Formals, Program, Stage, Var, VarId};
use super::letrec::{application, call, push};
use crate::arena::Idx;
use kestrel_runtime::prim::Prim;

/// Removes every `set!` of a program.
pub fn assignment(program: &mut Program) {
    debug_assert_eq!(program.stage, Stage::LetrecFixed);
    for i in 0..program.exprs.len() {
        let e = ExprId::new(i);
        let origin = program.exprs[e].origin;
        match program.exprs[e].expr {
            Expr::Ref(v) if program.vars[v].assigned => {
                let cell = push(program, Expr::Ref(v), origin);
                program.exprs[e].expr = application(program, Prim::CellRef, vec![cell], origin);
            }
            Expr::Set(v, value) => {
                let cell = push(program, Expr::Ref(v), origin);
                program.exprs[e].expr = application(program, Prim::CellSet, vec![cell, value], origin);
            }
            Expr::Let(..) | Expr::Lambda(_) | Expr::Receive(..) => boxes(program, e),
            _ => {}
        }
    }
    program.vars.iter_mut().for_each(|v| v.assigned = false);
    program.stage = Stage::Unassigned;
}

/// Makes the cells of the assigned variables that an expression binds.
fn boxes(program: &mut Program, e: ExprId) {
    let origin = program.exprs[e].origin;
    let mut expr = std::mem::replace(&mut program.exprs[e].expr, Expr::Seq(Vec::new()));
    match &mut expr {
        Expr::Let(bindings, _) => {
            for (v, init) in bindings {
                if program.vars[*v].assigned {
                    *init = call(program, Prim::MakeCell, vec![*init], origin);
                }
            }
        }
        Expr::Lambda(lambda) => {
            for clause in &mut lambda.clauses {
                box_formals(program, &mut clause.formals, &mut clause.body);
            }
        }
        Expr::Receive(formals, _, body) => box_formals(program, formals, body),
        _ => {}
    }
    program.exprs[e].expr = expr;
}

/// Replaces assigned parameters by fresh ones, and binds cells with their values around the body.
fn box_formals(program: &mut Program, formals: &mut Formals, body: &mut ExprId) {
    let origin = program.exprs[*body].origin;
    let mut cells: Vec<(VarId, ExprId)> = Vec::new();
    for v in formals.required.iter_mut().chain(&mut formals.rest) {
        if program.vars[*v].assigned {
            let parameter = program.vars.push(Var { name: program.vars[*v].name, assigned: false, toplevel: false });
            let value = push(program, Expr::Ref(parameter), origin);
            cells.push((std::mem::replace(v, parameter), call(program, Prim::MakeCell, vec![value], origin)));
        }
    }
    if !cells.is_empty() {
        *body = push(program, Expr::Let(cells, *body), origin);
    }
}
