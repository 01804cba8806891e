//! Splits a code in two where flonum arithmetic meets numbers that may be complex.
//!
//! In `(lambda (c) (let loop ((z 0.0)) … (loop (+ (* z z) c))))` the sum is a flonum unless `c` is complex, which it never is. The code
//! asks once, where `c` gets its value, whether it is real:
//!
//! ```text
//! (block b0 () (branch (real? c) b1 b2))
//! ```
//!
//! b1 goes on as before, and there `c` is known to be real ([`super::types`]), so that `z` stays a raw double. b2 goes on with a copy of
//! the rest of the code, where nothing is known and no primitive is inline. A root asks likewise whether its operand is not negative.
//!
//! Invariant: the copy does what the original does ([`super::copy`]). Questions are asked only if a result of arithmetic stays raw by it.
//!
//! Costs: the size of a code at most doubles, but for what follows a question in its block; codes that would grow too large stay
//! as they are. This is a form of code splitting by type tests, as the SELF compiler did it (Chambers & Ungar 1990).

use super::copy::{Copier, Names};
use super::shape;
use super::types::{self, Asked, Facts, Known};
use crate::arena::IndexVec;
use crate::closure::ir::*;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use rustc_hash::{FxHashMap, FxHashSet};

/// Questions in a code, at most.
const MAX_QUESTIONS: usize = 24;
/// Instructions of a code that is split, at most.
const MAX_INSTRS: usize = 800;

/// What is asked about a variable right after it got its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Question {
    IsReal,
    IsNotNegative,
}

/// A code that was split.
pub(super) struct Split {
    pub code: Code,
    /// Blocks of the copy, which hardly ever run.
    pub cold: Vec<Block>,
}

/// The code split, if that pays.
pub(super) fn speculate(code: &Code) -> Option<Split> {
    if code.blocks.is_empty() {
        return None;
    }
    let (order, _) = shape::walk(code);
    let size: usize = code.blocks.iter().map(|b| b.instrs.len() + 1).sum();
    if size > MAX_INSTRS || !types::is_concerned(code, &order) {
        return None;
    }
    let questions = Finder::new(code, &order).questions();
    if questions.is_empty() || questions.len() > MAX_QUESTIONS {
        return None;
    }
    Some(Splitter::new(code, &order).split(&questions))
}

/// Where a variable is bound.
#[derive(Clone, Copy)]
enum Binding {
    /// By the code itself.
    Code,
    /// As a parameter of a block.
    Param(Block, usize),
    /// By an instruction.
    Instr(Block, usize),
}

fn bindings(code: &Code) -> IndexVec<Var, Binding> {
    let mut all = IndexVec::filled(Binding::Code, code.vars.len());
    for (b, block) in code.blocks.enumerate() {
        block.params.iter().enumerate().for_each(|(i, &v)| all[v] = Binding::Param(b, i));
        block.instrs.iter().enumerate().for_each(|(i, instr)| all[instr.var] = Binding::Instr(b, i));
    }
    all
}

/// Finds the questions to be asked.
struct Finder<'a> {
    code: &'a Code,
    order: &'a [Block],
    bindings: IndexVec<Var, Binding>,
    hope: Facts,
    seen: FxHashSet<Var>,
    found: Vec<(Var, Question)>,
}

impl<'a> Finder<'a> {
    fn new(code: &'a Code, order: &'a [Block]) -> Self {
        let (hope, bindings) = (types::facts(code, order, true, Asked::default()), bindings(code));
        Finder { code, order, bindings, hope, seen: FxHashSet::default(), found: Vec::new() }
    }

    fn questions(mut self) -> Vec<(Var, Question)> {
        let mut certain = types::facts(self.code, self.order, false, Asked::default());
        let wanted = self.relevant(&mut certain);
        let mut roots = Vec::new();
        for &b in self.order {
            certain.here = b;
            for instr in &self.code.blocks[b].instrs {
                let Op::Prim(prim, args) = &instr.op else { continue };
                self.hope.here = b;
                let raw = self.hope.answer(*prim, args) >= Known::Flonum;
                if !raw || !wanted[instr.var] || certain.answer(*prim, args) >= Known::Flonum {
                    continue;
                }
                for &a in args {
                    self.hope.here = b;
                    match (a, self.hope.of(a)) {
                        (Atom::Var(v), Known::Nothing) => self.ask_for_real(v),
                        (Atom::Var(v), Known::Flonum) if *prim == Prim::Sqrt => roots.push((b, v)),
                        _ => {}
                    }
                }
            }
        }
        self.ask_for_roots(roots);
        self.found
    }

    /// Asks whether operands of roots are not negative, where the other questions make sure that they are flonums: what is complex
    /// cannot be compared.
    fn ask_for_roots(&mut self, mut roots: Vec<(Block, Var)>) {
        let mut asked = Asked::default();
        self.found.iter().for_each(|&(v, _)| asked.entry(v).or_default().real = true);
        while !roots.is_empty() {
            let mut facts = types::facts(self.code, self.order, false, asked.clone());
            let before = self.found.len();
            roots.retain(|&(b, v)| {
                facts.here = b;
                let certain = facts.of(Atom::Var(v)) == Known::Flonum;
                let found = asked.entry(v).or_default();
                if certain && !found.not_negative {
                    found.not_negative = true;
                    self.found.push((v, Question::IsNotNegative));
                }
                !certain
            });
            if self.found.len() == before {
                return;
            }
        }
    }

    /// Which variables matter: those that arithmetic would like raw, and what makes these flonums.
    fn relevant(&mut self, certain: &mut Facts) -> IndexVec<Var, bool> {
        let mut relevant = types::wanted(self.code, self.order);
        let mut changed = true;
        while changed {
            changed = false;
            let mut mark = |relevant: &mut IndexVec<Var, bool>, a: &Atom| {
                if let Atom::Var(v) = *a
                    && !relevant[v]
                {
                    relevant[v] = true;
                    changed = true;
                }
            };
            for &b in self.order.iter().rev() {
                (self.hope.here, certain.here) = (b, b);
                let block = &self.code.blocks[b];
                if let Exit::Jump(to, args) = &block.exit {
                    for (&v, a) in self.code.blocks[*to].params.iter().zip(args) {
                        if relevant[v] {
                            mark(&mut relevant, a);
                        }
                    }
                }
                for instr in block.instrs.iter().rev() {
                    if let Op::Prim(prim, args) = &instr.op
                        && relevant[instr.var]
                        && self.hope.answer(*prim, args) > certain.answer(*prim, args)
                    {
                        args.iter().for_each(|a| mark(&mut relevant, a));
                    }
                }
            }
        }
        relevant
    }

    /// Asks whether a variable is real where it gets its value; of a block's parameter, whether what it is given is.
    fn ask_for_real(&mut self, v: Var) {
        let mut work = vec![v];
        while let Some(v) = work.pop() {
            if !self.seen.insert(v) {
                continue;
            }
            let Binding::Param(target, i) = self.bindings[v] else {
                self.found.push((v, Question::IsReal));
                continue;
            };
            for &b in self.order {
                if let Exit::Jump(to, args) = &self.code.blocks[b].exit
                    && *to == target
                    && let Atom::Var(given) = args[i]
                {
                    self.hope.here = b;
                    if self.hope.of(args[i]) == Known::Nothing {
                        work.push(given);
                    }
                }
            }
        }
    }
}

/// Builds the split code.
struct Splitter<'a> {
    copier: Copier<'a>,
    cold: Vec<Block>,
}

impl<'a> Splitter<'a> {
    fn new(old: &'a Code, order: &[Block]) -> Self {
        Splitter { copier: Copier::new(old, order, old.clone(), Names::default()), cold: Vec::new() }
    }

    fn split(mut self, questions: &[(Var, Question)]) -> Split {
        let bindings = bindings(self.copier.old);
        // By block, the position of the first instruction after the variable has its value.
        let mut places: FxHashMap<Block, Vec<(usize, Var, Question)>> = FxHashMap::default();
        for &(v, question) in questions {
            let (b, at) = match bindings[v] {
                Binding::Code => (Block(0), 0),
                Binding::Param(b, _) => (b, 0),
                Binding::Instr(b, i) => (b, i + 1),
            };
            places.entry(b).or_default().push((at, v, question));
        }
        let mut blocks: Vec<Block> = places.keys().copied().collect();
        blocks.sort_unstable();
        for b in blocks {
            let mut here = places.remove(&b).unwrap_or_default();
            here.sort_by_key(|&(at, v, _)| (at, v));
            // From the last to the first, so that positions stay right.
            for (at, v, question) in here.into_iter().rev() {
                self.ask(b, at, v, question);
            }
        }
        let (code, copied) = self.copier.finish();
        self.cold.extend(copied);
        Split { code, cold: self.cold }
    }

    /// Ends a block at a position by a question, and goes on in a new one or in a copy.
    fn ask(&mut self, b: Block, at: usize, v: Var, question: Question) {
        let block = &mut self.copier.new.blocks[b];
        let rest = block.instrs.split_off(at);
        let exit = std::mem::replace(&mut block.exit, Exit::Return(Vec::new()));
        let then = self.copier.push(Vec::new(), rest, exit);
        let otherwise = self.copier.push(Vec::new(), Vec::new(), Exit::Return(Vec::new()));
        self.copier.fill(otherwise, b, at, Names::default());
        self.cold.push(otherwise);
        let (prim, args) = match question {
            Question::IsReal => (Prim::IsReal, vec![Atom::Var(v)]),
            Question::IsNotNegative => (Prim::Ge, vec![Atom::Var(v), Atom::Const(Value::fixnum(0))]),
        };
        let origin = self.copier.old.origin;
        self.copier.new.blocks[b].exit = Exit::Branch { prim, args, then, otherwise, origin };
    }
}
