//! AST to text: the grammar of [`crate::ast`] as S-expressions that [`super::parse`] reads back.
//!
//! ```text
//! (program
//!   (define f.0
//!     (lambda f
//!       ((x.1) (call (prim car) x.1)))))
//! ```
//!
//! Variables are numbered in the order in which the text shows them. A lambda's name stands before its clauses, if it has one. What has no
//! parts that need lines of their own stays on one line. Origins are not printed.
//!
//! Cost: linear, apart from indentation.

use super::ir::*;
use crate::arena::IndexVec;
use crate::text::{self, WriteConstant, written_symbol};
use kestrel_runtime::symbol;

/// The text of a program.
pub fn print(program: &Program, write: &WriteConstant) -> String {
    let mut printer = Printer {
        program,
        write,
        out: String::from("(program"),
        vars: IndexVec::filled(None, program.vars.len()),
        next_var: 0,
        work: vec![Work::Close],
    };
    for item in program.items.iter().rev() {
        match item {
            Item::Expr(e) => printer.work.push(Work::Line(*e, 2)),
            Item::Define(v, e) => printer.work.extend([Work::Close, Work::Line(*e, 4), Work::Define(*v)]),
        }
    }
    printer.run();
    printer.out.push('\n');
    printer.out
}

/// What is still to be printed, last first.
enum Work {
    Close,
    Text(&'static str),
    /// An expression after a space.
    Same(ExprId, usize),
    /// An expression on a line of its own.
    Line(ExprId, usize),
    Break(usize),
    Define(VarId),
    Var(VarId),
    Formals(Formals),
}

struct Printer<'a> {
    program: &'a Program,
    write: &'a WriteConstant<'a>,
    out: String,
    vars: IndexVec<VarId, Option<usize>>,
    next_var: usize,
    work: Vec<Work>,
}

impl Printer<'_> {
    fn run(&mut self) {
        while let Some(work) = self.work.pop() {
            match work {
                Work::Close => self.out.push(')'),
                Work::Text(text) => self.out.push_str(text),
                Work::Same(e, indent) => {
                    self.out.push(' ');
                    self.expr(e, indent);
                }
                Work::Line(e, indent) => {
                    self.line(indent);
                    self.expr(e, indent);
                }
                Work::Break(indent) => self.line(indent),
                Work::Define(v) => {
                    self.line(2);
                    self.out.push_str("(define ");
                    self.var(v);
                }
                Work::Var(v) => self.var(v),
                Work::Formals(formals) => self.formals(&formals),
            }
        }
    }
    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
    fn var(&mut self, v: VarId) {
        let n = *self.vars[v].get_or_insert_with(|| {
            self.next_var += 1;
            self.next_var - 1
        });
        text::numbered(&mut self.out, self.program.vars[v].name, 'v', n);
    }
    fn formals(&mut self, formals: &Formals) {
        let alone = formals.required.is_empty() && formals.rest.is_some();
        if !alone {
            self.out.push('(');
        }
        for (i, v) in formals.required.iter().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            self.var(*v);
        }
        if let Some(rest) = formals.rest {
            if !alone {
                self.out.push_str(" . ");
            }
            self.var(rest);
        }
        if !alone {
            self.out.push(')');
        }
    }

    fn is_atom(&self, e: ExprId) -> bool {
        matches!(self.program.exprs[e].expr, Expr::Const(_) | Expr::Ref(_) | Expr::Prim(_))
    }
    /// Expressions after a head: on its line if all are atoms.
    fn parts(&mut self, parts: &[ExprId], indent: usize) {
        let one_line = parts.iter().all(|e| self.is_atom(*e));
        self.work.push(Work::Close);
        for e in parts.iter().rev() {
            self.work.push(if one_line { Work::Same(*e, indent) } else { Work::Line(*e, indent + 2) });
        }
    }

    fn expr(&mut self, e: ExprId, indent: usize) {
        let program = self.program;
        match &program.exprs[e].expr {
            Expr::Const(value) => text::constant(&mut self.out, *value, self.write),
            Expr::Ref(v) => self.var(*v),
            Expr::Prim(prim) => text::primitive(&mut self.out, *prim),
            Expr::Set(v, value) => {
                self.out.push_str("(set! ");
                self.var(*v);
                self.parts(&[*value], indent);
            }
            Expr::If(a, b, c) => {
                self.out.push_str("(if");
                self.parts(&[*a, *b, *c], indent);
            }
            Expr::Seq(exprs) => {
                self.out.push_str("(begin");
                self.parts(exprs, indent);
            }
            Expr::Lambda(lambda) => self.lambda(lambda, indent),
            Expr::Let(bindings, body) => self.bindings("(let", bindings, *body, indent),
            Expr::Letrec(bindings, body) => self.bindings("(letrec*", bindings, *body, indent),
            Expr::Fix(bindings, body) => self.bindings("(fix", bindings, *body, indent),
            Expr::Receive(formals, producer, body) => {
                self.out.push_str("(receive ");
                self.formals(formals);
                self.work.extend([Work::Close, Work::Line(*body, indent + 2), Work::Line(*producer, indent + 4)]);
            }
            Expr::Call(callee, args) => {
                self.out.push_str("(call");
                let parts: Vec<ExprId> = std::iter::once(*callee).chain(args.iter().copied()).collect();
                self.parts(&parts, indent);
            }
        }
    }
    fn lambda(&mut self, lambda: &Lambda, indent: usize) {
        self.out.push_str("(lambda");
        if let Some(name) = symbol::name(lambda.name) {
            self.out.push(' ');
            self.out.push_str(&written_symbol(name));
        }
        self.work.push(Work::Close);
        for clause in lambda.clauses.iter().rev() {
            let body = match self.is_atom(clause.body) {
                true => Work::Same(clause.body, indent),
                false => Work::Line(clause.body, indent + 4),
            };
            let formals = Work::Formals(clause.formals.clone());
            self.work.extend([Work::Close, body, formals, Work::Text("("), Work::Break(indent + 2)]);
        }
    }
    fn bindings(&mut self, head: &str, bindings: &[(VarId, ExprId)], body: ExprId, indent: usize) {
        self.out.push_str(head);
        self.work.extend([Work::Close, Work::Line(body, indent + 2), Work::Text(")")]);
        for (i, (v, init)) in bindings.iter().enumerate().rev() {
            let init = if self.is_atom(*init) { Work::Same(*init, indent) } else { Work::Line(*init, indent + 6) };
            self.work.extend([Work::Close, init, Work::Var(*v), Work::Text("(")]);
            self.work.push(if i == 0 { Work::Text(" (") } else { Work::Break(indent + 4) });
        }
        if bindings.is_empty() {
            self.work.push(Work::Text(" ("));
        }
    }
}
