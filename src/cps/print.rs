//! CPS to text: the grammar of [`crate::cps`] as S-expressions that [`super::parse`] reads back.
//!
//! ```text
//! (program
//!   (fun main.0 k0
//!     ((x.1)
//!       (let v2 (car x.1)
//!       (letcont
//!         ((cont k1 (y.3)
//!            (continue k0 y.3)))
//!       (call f.4 (v2 'a (prim cdr)) k1))))))
//! ```
//!
//! Variables and continuations are numbered in the order in which the text binds them, so that text does not depend on
//! the arena: a named variable is `name.N`, any other `vN`. A `let` chain stays at one depth. A function's name stands after its
//! continuation only where it is not its variable's. Values that a program cannot write have names of their own
//! (`%unspecified`, `%absent`, `%unbound`, `%eof`); all other symbols and compound constants are quoted. Origins are not printed.
//!
//! Cost: linear.

use super::ir::*;
use crate::arena::{Idx, IndexVec};
use crate::text::{self, Printing, WriteConstant, written_symbol};
use kestrel_runtime::symbol;
use std::fmt::Write;

/// Deeper text is not indented further, so that its size stays linear.
const MAX_INDENT: usize = 100;

/// The text of a program.
pub fn print(program: &Program, write: &WriteConstant) -> String {
    let mut printer = Printer {
        program,
        write,
        out: String::new(),
        vars: IndexVec::filled(None, program.vars.len()),
        conts: IndexVec::filled(None, program.conts.len()),
        next_var: 0,
        next_cont: 0,
        work: Vec::new(),
    };
    printer.program();
    printer.out
}

/// What is still to be printed, last first.
enum Work {
    Close,
    Term(TermId, usize),
    Fun(Fun, usize),
    Clause(Fun, usize, usize),
    Cont(Cont, usize),
    Line(usize),
    Text(&'static str),
}

struct Printer<'a> {
    program: &'a Program,
    write: &'a WriteConstant<'a>,
    out: String,
    vars: IndexVec<Var, Option<u32>>,
    conts: IndexVec<Cont, Option<u32>>,
    next_var: u32,
    next_cont: u32,
    work: Vec<Work>,
}

impl Printing for Printer<'_> {
    type Atom = Atom;
    type Var = Var;

    fn out(&mut self) -> &mut String {
        &mut self.out
    }

    fn atom(&mut self, atom: Atom) {
        match atom {
            Atom::Var(var) => self.var(var),
            Atom::Prim(prim) => text::primitive(&mut self.out, prim),
            Atom::Const(value) => text::constant(&mut self.out, value, self.write),
        }
    }

    fn binding(&mut self, var: Var) {
        self.bind(var);
        self.var(var);
    }
}

impl Printer<'_> {
    fn program(&mut self) {
        self.out.push_str("(program");
        self.work.push(Work::Close);
        if let Some(entry) = self.program.entry {
            self.work.push(Work::Fun(entry, 2));
            self.work.push(Work::Line(2));
            self.bind(self.program.funs[entry].var);
        }
        while let Some(work) = self.work.pop() {
            match work {
                Work::Close => self.out.push(')'),
                Work::Text(text) => self.out.push_str(text),
                Work::Line(indent) => self.line(indent),
                Work::Term(term, indent) => self.term(term, indent),
                Work::Fun(fun, indent) => self.fun(fun, indent),
                Work::Clause(fun, clause, indent) => self.clause(fun, clause, indent),
                Work::Cont(cont, indent) => self.cont(cont, indent),
            }
        }
        self.out.push('\n');
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent.min(MAX_INDENT)));
    }

    fn bind(&mut self, var: Var) {
        self.vars[var] = Some(self.next_var);
        self.next_var += 1;
    }

    fn bind_cont(&mut self, cont: Cont) {
        self.conts[cont] = Some(self.next_cont);
        self.next_cont += 1;
    }

    fn fun(&mut self, fun: Fun, indent: usize) {
        let data = &self.program.funs[fun];
        self.bind_cont(data.ret);
        self.out.push_str("(fun ");
        self.var(data.var);
        self.out.push(' ');
        self.cont_name(data.ret);
        if data.name != self.program.vars[data.var].name {
            self.out.push(' ');
            match symbol::name(data.name) {
                Some(name) => self.out.push_str(&written_symbol(name)),
                None => self.out.push_str("#f"),
            }
        }
        self.work.push(Work::Close);
        for clause in (0..data.clauses.len()).rev() {
            self.work.push(Work::Clause(fun, clause, indent + 2));
            self.work.push(Work::Line(indent + 2));
        }
    }

    fn clause(&mut self, fun: Fun, clause: usize, indent: usize) {
        let clause = &self.program.funs[fun].clauses[clause];
        self.out.push('(');
        self.bindings(&clause.params, clause.rest);
        self.work.push(Work::Close);
        self.work.push(Work::Term(clause.body, indent + 2));
        self.work.push(Work::Line(indent + 2));
    }

    fn cont(&mut self, cont: Cont, indent: usize) {
        self.out.push_str("(cont ");
        self.cont_name(cont);
        self.work.push(Work::Close);
        if let ContData::Local { params, rest, body } = &self.program.conts[cont] {
            self.out.push(' ');
            self.bindings(params, *rest);
            self.work.push(Work::Term(*body, indent + 2));
            self.work.push(Work::Line(indent + 2));
        }
    }

    fn term(&mut self, term: TermId, indent: usize) {
        match &self.program.terms[term] {
            Term::Let { var, prim, args, body, .. } => {
                self.bind(*var);
                self.out.push_str("(let ");
                self.var(*var);
                self.out.push(' ');
                self.application(prim.info().name, args);
                self.work.extend([Work::Close, Work::Term(*body, indent), Work::Line(indent)]);
            }
            Term::LetFun { funs, body } => {
                for &fun in funs {
                    self.bind(self.program.funs[fun].var);
                }
                self.out.push_str("(letfun");
                self.group(*body, indent);
                self.members(funs, indent, Work::Fun);
            }
            Term::LetCont { conts, body } => {
                for &cont in conts {
                    self.bind_cont(cont);
                }
                self.out.push_str("(letcont");
                self.group(*body, indent);
                self.members(conts, indent, Work::Cont);
            }
            Term::Continue { cont, args } => {
                self.out.push_str("(continue ");
                self.cont_name(*cont);
                self.atoms(args);
                self.out.push(')');
            }
            Term::Call { callee, args, cont, .. } => {
                self.out.push_str("(call ");
                self.atom(*callee);
                self.list(args);
                self.out.push(' ');
                self.cont_name(*cont);
                self.out.push(')');
            }
            Term::Branch { prim, args, then, otherwise, .. } => {
                self.out.push_str("(branch ");
                self.application(prim.info().name, args);
                self.out.push(' ');
                self.cont_name(*then);
                self.out.push(' ');
                self.cont_name(*otherwise);
                self.out.push(')');
            }
        }
    }

    fn group(&mut self, body: TermId, indent: usize) {
        self.line(indent + 2);
        self.work.extend([Work::Close, Work::Term(body, indent), Work::Line(indent), Work::Text(")")]);
        self.out.push('(');
    }

    fn members<T: Copy>(&mut self, members: &[T], indent: usize, work: impl Fn(T, usize) -> Work) {
        for (i, &member) in members.iter().enumerate().rev() {
            self.work.push(work(member, indent + 3));
            if i > 0 {
                self.work.push(Work::Line(indent + 3));
            }
        }
    }

    fn var(&mut self, var: Var) {
        match self.vars[var] {
            Some(n) => text::numbered(&mut self.out, self.program.vars[var].name, 'v', n as usize),
            None => {
                let _ = write!(self.out, "unbound-v{}", var.index());
            }
        }
    }

    fn cont_name(&mut self, cont: Cont) {
        let _ = match self.conts[cont] {
            Some(n) => write!(self.out, "k{n}"),
            None => write!(self.out, "unbound-k{}", cont.index()),
        };
    }
}
