//! First-order CPS to text: the grammar of [`crate::closure`] as S-expressions that [`super::parse`] reads back.
//!
//! ```text
//! (program main.0
//!   (procedure main.0 0
//!     (0 #f main.1))
//!   (direct main.1 ()
//!     (block b0 ()
//!       (call (code fib.2) (10) main.3 ())))
//! ```
//!
//! Codes are numbered as in the program, variables and blocks within their code in the order in which it binds them: a named one
//! is `name.N`, any other `cN`, `vN`. A variable that holds a double is bound as `(double v)`. Names of codes and constants are as in the
//! text of CPS. Origins are not printed. Cost: linear.

use super::ir::*;
use crate::arena::{Idx, IndexVec};
use crate::text::{self, Printing, WriteConstant};
use std::fmt::Write;

/// The text of a program.
pub fn print(program: &Program, write: &WriteConstant) -> String {
    let mut out = String::from("(program ");
    code_name(&mut out, program, program.entry);
    for (id, code) in program.codes.enumerate() {
        out.push_str("\n  ");
        let names = numbers(code);
        Printer { program, code, write, out: &mut out, names }.code(id);
    }
    out.push_str(")\n");
    out
}

fn code_name(out: &mut String, program: &Program, id: CodeId) {
    match program.codes.get(id) {
        Some(code) => text::numbered(out, code.name, 'c', id.index()),
        None => {
            let _ = write!(out, "unbound-c{}", id.index());
        }
    }
}

/// Numbers variables in the order of their binding.
fn numbers(code: &Code) -> IndexVec<Var, Option<usize>> {
    let mut numbers = IndexVec::filled(None, code.vars.len());
    let mut next = 0;
    code.each_binding(|v| {
        numbers[v] = Some(next);
        next += 1;
    });
    numbers
}

struct Printer<'a> {
    program: &'a Program,
    code: &'a Code,
    write: &'a WriteConstant<'a>,
    out: &'a mut String,
    names: IndexVec<Var, Option<usize>>,
}

impl Printing for Printer<'_> {
    type Atom = Atom;
    type Var = Var;

    fn out(&mut self) -> &mut String {
        self.out
    }

    fn atom(&mut self, atom: Atom) {
        match atom {
            Atom::Var(v) => self.var(v),
            Atom::Const(value) => text::constant(self.out, value, self.write),
            Atom::Prim(prim) => text::primitive(self.out, prim),
            Atom::Proc(code) => {
                self.out.push_str("(proc ");
                self.code_name(code);
                self.out.push(')');
            }
        }
    }

    fn binding(&mut self, v: Var) {
        let double = self.code.vars[v].repr == Repr::Double;
        if double {
            self.out.push_str("(double ");
        }
        self.var(v);
        if double {
            self.out.push(')');
        }
    }
}

impl Printer<'_> {
    fn code(&mut self, id: CodeId) {
        let code = self.code;
        match &code.kind {
            CodeKind::Procedure { free, clauses } => {
                self.out.push_str("(procedure ");
                self.code_name(id);
                let _ = write!(self.out, " {free}");
                for clause in clauses {
                    let rest = if clause.rest { "#t" } else { "#f" };
                    let _ = write!(self.out, "\n    ({} {rest} ", clause.required);
                    self.code_name(clause.target);
                    self.out.push(')');
                }
            }
            CodeKind::Direct { closure, params } => {
                self.out.push_str("(direct ");
                self.code_name(id);
                if let Some(closure) = closure {
                    self.out.push(' ');
                    self.binding(*closure);
                }
                self.out.push(' ');
                self.bindings(params, Rest::None);
            }
            CodeKind::Return { params, rest, frame } => {
                self.out.push_str("(return ");
                self.code_name(id);
                self.out.push(' ');
                self.bindings(params, *rest);
                self.out.push(' ');
                self.bindings(frame, Rest::None);
            }
        }
        for (id, block) in code.blocks.enumerate() {
            let _ = write!(self.out, "\n    (block {id:?} ");
            self.bindings(&block.params, Rest::None);
            for instr in &block.instrs {
                self.out.push_str("\n      (let ");
                self.binding(instr.var);
                self.out.push(' ');
                self.op(&instr.op);
                self.out.push(')');
            }
            self.out.push_str("\n      ");
            self.exit(&block.exit);
            self.out.push(')');
        }
        self.out.push(')');
    }

    fn op(&mut self, op: &Op) {
        match op {
            Op::Prim(prim, args) => return self.application(prim.info().name, args),
            Op::Closure(code, slots) => {
                self.out.push_str("(closure ");
                self.code_name(*code);
                self.atoms(slots);
            }
            Op::ClosureRef(closure, slot) => {
                self.out.push_str("(closure-ref ");
                self.atom(*closure);
                let _ = write!(self.out, " {slot}");
            }
            Op::ClosureSet(closure, slot, value) => {
                self.out.push_str("(closure-set! ");
                self.atom(*closure);
                let _ = write!(self.out, " {slot} ");
                self.atom(*value);
            }
        }
        self.out.push(')');
    }

    fn exit(&mut self, exit: &Exit) {
        match exit {
            Exit::Jump(block, args) => {
                let _ = write!(self.out, "(jump {block:?}");
                self.atoms(args);
            }
            Exit::Branch { prim, args, then, otherwise, .. } => {
                self.out.push_str("(branch ");
                self.application(prim.info().name, args);
                let _ = write!(self.out, " {then:?} {otherwise:?}");
            }
            Exit::Return(args) => {
                self.out.push_str("(return");
                self.atoms(args);
            }
            Exit::TailCall { callee, args, .. } => {
                self.out.push_str("(tail-call ");
                self.callee(callee);
                self.atoms(args);
            }
            Exit::Call { callee, args, ret, frame, .. } => {
                self.out.push_str("(call ");
                self.callee(callee);
                self.list(args);
                self.out.push(' ');
                self.code_name(*ret);
                self.list(frame);
            }
        }
        self.out.push(')');
    }

    fn callee(&mut self, callee: &Callee) {
        match callee {
            Callee::Unknown(atom) => self.atom(*atom),
            Callee::Known(code, closure) => {
                self.out.push_str("(code ");
                self.code_name(*code);
                self.atoms(closure.as_slice());
                self.out.push(')');
            }
        }
    }

    fn var(&mut self, v: Var) {
        match self.names.get(v).copied().flatten() {
            Some(n) => text::numbered(self.out, self.code.vars[v].name, 'v', n),
            None => {
                let _ = write!(self.out, "unbound-v{}", v.index());
            }
        }
    }

    fn code_name(&mut self, id: CodeId) {
        code_name(self.out, self.program, id);
    }
}
