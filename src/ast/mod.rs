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
//! The expander yields the whole language; [`letrec`] removes `letrec*` and `define` (leaving `Fix`, cells and `Let`), and
//! [`assignment`] removes `set!` (leaving cells). `ir::Program::stage` says which forms may occur; the verifier checks it.
//!
//! Open worlds (REPL, `eval`) do not use `define`: the expander turns their globals into calls of the primitives
//! `%global-ref`, `%global-set!`, `%global-define!` on a constant cell. Top-level variables of a closed program that cannot become known
//! functions or constants become such cells in [`letrec`].

pub mod ir;
