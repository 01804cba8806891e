//! Closure conversion: optimised CPS to first-order CPS.
//!
//! ```text
//! (fun f k ((n) (letcont ((cont j (m) (let r (* n m) (continue k r)))) (branch (= n 0) …  (call f (n-1) j)))))
//! ⇒ (direct f (n) … (call (code f) n-1 j (n)))  (return j (m) (n) (block b () (let r (* n m)) (return r)))
//! ```
//!
//! Three questions, one file each: what a function becomes and which variables it needs ([`functions`]), which continuations
//! become codes and what their frames hold ([`flow`]), and how it is written down ([`emit`]). Codes are emitted on demand from the entry, so
//! what nothing reaches disappears.
//!
//! Keeps: evaluation order, origins (a return point has its call's). Needs: verified CPS; shrunk and contified CPS gives good code.
//! Enables: both executors. Follows Keep, Hearn & Dybvig, "Optimizing closures in O(0) time" (2012) in the cases that matter most: no closure for what
//! needs none, needs as parameters of well-known functions; closures are not yet shared between functions.
//! Costs: near-linear but for the sizes of frames and closures themselves.

mod emit;
mod flow;
mod functions;

use crate::arena::IndexVec;
use crate::closure::ir::{Block, Clause, Code, CodeId, CodeKind, Program};
use crate::cps::ir::{self as cps, Fun};
use crate::source::Origin;
use functions::{Functions, Rep};
use kestrel_runtime::Value;

/// Converts a program; `entry` is its [`cps::Program::entry`].
pub fn convert(program: &cps::Program, entry: Fun) -> Program {
    let mut converter = Converter {
        program,
        functions: Functions::new(program, entry),
        codes: IndexVec::new(),
        procedures: IndexVec::filled(None, program.funs.len()),
        directs: program.funs.iter().map(|f| vec![None; f.clauses.len()]).collect(),
        pending: Vec::new(),
    };
    let entry = converter.procedure(entry);
    let mut next = 0;
    while let Some(&(fun, clause, code)) = converter.pending.get(next) {
        next += 1;
        emit::clause(&mut converter, fun, clause, code);
    }
    Program { codes: converter.codes, entry }
}

struct Converter<'a> {
    program: &'a cps::Program,
    functions: Functions,
    codes: IndexVec<CodeId, Code>,
    procedures: IndexVec<Fun, Option<CodeId>>,
    directs: Vec<Vec<Option<CodeId>>>,
    pending: Vec<(Fun, usize, CodeId)>,
}

impl Converter<'_> {
    /// Makes room for a code that will be filled in.
    fn reserve(&mut self, name: Value, origin: Origin) -> CodeId {
        let kind = CodeKind::Procedure { free: 0, clauses: Vec::new() };
        self.codes.push(Code { kind, name, origin, vars: IndexVec::new(), blocks: IndexVec::<Block, _>::new() })
    }

    /// The direct code of a function's clause.
    fn direct(&mut self, fun: Fun, clause: usize) -> CodeId {
        if let Some(c) = self.directs[fun.0 as usize][clause] {
            return c;
        }
        let data = &self.program.funs[fun];
        let code = self.reserve(data.name, data.origin);
        self.directs[fun.0 as usize][clause] = Some(code);
        self.pending.push((fun, clause, code));
        code
    }

    /// The procedure code of a function that is not lifted.
    fn procedure(&mut self, fun: Fun) -> CodeId {
        if let Some(c) = self.procedures[fun] {
            return c;
        }
        let data = &self.program.funs[fun];
        let code = self.reserve(data.name, data.origin);
        self.procedures[fun] = Some(code);
        let clauses = data
            .clauses
            .iter()
            .enumerate()
            .map(|(i, c)| Clause {
                required: c.params.len() as u32,
                rest: c.rest != cps::Rest::None,
                target: self.direct(fun, i),
            })
            .collect();
        let free = if self.functions.rep[fun] == Rep::Closure { self.functions.needs[fun].len() as u32 } else { 0 };
        self.codes[code].kind = CodeKind::Procedure { free, clauses };
        code
    }
}
