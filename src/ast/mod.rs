//! The abstract syntax tree: what the expander produces, and what CPS conversion takes.
//!
//! ```text
//! program ::= item*                                    in order of evaluation: imported libraries first
//! item    ::= (define v e) | e
//! e ::= const | v | prim | (set! v e) | (if e e e) | (begin e …) | (lambda clause …)
//!     | (let ((v e) …) e) | (letrec* ((v e) …) e) | (receive formals e e) | (call e e …)
//! clause  ::= (formals e)        formals ::= (v … [. v])
//! ```
//!
//! The expander yields the whole language; [`toplevel`] removes `define` and [`letrec`] removes `letrec*` (leaving `Fix`, cells and `Let`), and
//! [`assignment`] removes `set!` (leaving cells). `ir::Program::stage` says which forms may occur; the verifier checks it.
//!
//! Open worlds (REPL, `eval`) do not use `define`: the expander turns their globals into calls of the primitives
//! `%global-ref`, `%global-set!`, `%global-define!` on a constant cell. Top-level variables of a closed program that cannot become known
//! functions or constants become such cells in [`toplevel`].

pub mod assignment;
pub mod ir;
pub mod letrec;
pub mod mentions;
pub mod parse;
pub mod print;
pub mod scc;
pub mod toplevel;
pub mod verify;

use crate::source::Origin;
use kestrel_runtime::Value;

/// Brings a program from stage `Expanded` to `Unassigned`. `place` is the origin of what no form stands for (the file as a whole);
/// `make_cell` makes the cell of a top-level variable, without a value, by its name.
pub fn lower(program: &mut ir::Program, place: Origin, make_cell: &mut dyn FnMut(Value) -> Value) {
    toplevel::toplevel(program, place, make_cell);
    letrec::letrec(program);
    assignment::assignment(program);
}
