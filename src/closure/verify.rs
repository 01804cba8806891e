//! Checks the invariants of [`crate::closure`] and says which one a program breaks, and where.
//!
//! Codes are checked one by one; within one, a walk over the dominator tree of its blocks keeps the set of visible variables. Run after
//! conversion in debug builds and tests. Cost: near-linear.

use super::ir::*;
use crate::arena::{Idx, IndexVec};
use crate::dominators::Dominators;
use crate::text;
use kestrel_runtime::prim::{Prim, PrimCode};
use rustc_hash::FxHashMap;

/// A broken invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Its number in [`crate::closure`].
    pub invariant: u8,
    /// What is wrong.
    pub message: String,
}

type Outcome = Result<(), Violation>;

fn broken(invariant: u8, message: impl Into<String>) -> Outcome {
    Err(Violation { invariant, message: message.into() })
}

/// Checks a whole program.
pub fn verify(program: &Program) -> Outcome {
    let mut calls = IndexVec::filled(0u32, program.codes.len());
    for (id, code) in program.codes.enumerate() {
        let visible = IndexVec::filled(false, code.vars.len());
        let mut verifier = Verifier { program, code, visible, calls: &mut calls };
        verifier.code().map_err(|v| {
            let mut name = String::new();
            text::numbered(&mut name, code.name, 'c', id.index());
            Violation { message: format!("{name}: {}", v.message), ..v }
        })?;
    }
    for (id, code) in program.codes.enumerate() {
        if matches!(code.kind, CodeKind::Return { .. }) && calls[id] != 1 {
            return broken(3, format!("{id:?} is the return point of {} calls", calls[id]));
        }
    }
    match program.codes.get(program.entry).map(|c| &c.kind) {
        Some(CodeKind::Procedure { free: 0, clauses }) if clauses.iter().any(|c| c.required == 0) => Ok(()),
        _ => broken(4, "the entry is not a procedure of no arguments and no free variables"),
    }
}

struct Verifier<'a> {
    program: &'a Program,
    code: &'a Code,
    /// Variables bound in the dominating part of the walk.
    visible: IndexVec<Var, bool>,
    /// By return code: calls seen.
    calls: &'a mut IndexVec<CodeId, u32>,
}

impl Verifier<'_> {
    fn code(&mut self) -> Outcome {
        let code = self.code;
        if let CodeKind::Procedure { clauses, .. } = &code.kind {
            if !code.blocks.is_empty() || !code.vars.is_empty() {
                return broken(3, "a procedure code has no body");
            }
            return clauses.iter().try_for_each(|clause| self.clause(clause));
        }
        self.bindings()?;
        match code.blocks.iter().next() {
            None => return broken(2, "no blocks"),
            Some(first) if !first.params.is_empty() => return broken(2, "the first block has parameters"),
            Some(_) => {}
        }
        let mut succs = Vec::new();
        for block in code.blocks.iter() {
            let targets: Vec<u32> = block.exit.successors().map(|b| b.0).collect();
            if targets.iter().any(|&b| b as usize >= code.blocks.len()) {
                return broken(2, "a jump to a block that is not there");
            }
            if targets.contains(&0) {
                return broken(2, "a jump to the first block");
            }
            succs.push(targets);
        }
        let dominators = Dominators::compute(&succs);
        let mut children = vec![Vec::new(); succs.len()];
        for b in 1..succs.len() {
            match dominators.parent(b as u32) {
                Some(parent) => children[parent as usize].push(b),
                None => return broken(2, format!("block b{b} is not reached")),
            }
        }
        self.signature();
        let mut work = vec![(0, false)];
        while let Some((b, leaving)) = work.pop() {
            let block = &code.blocks[Block::new(b)];
            if leaving {
                block.params.iter().for_each(|&v| self.visible[v] = false);
                block.instrs.iter().for_each(|i| self.visible[i.var] = false);
            } else {
                self.block(block)?;
                work.push((b, true));
                work.extend(children[b].iter().map(|&c| (c, false)));
            }
        }
        Ok(())
    }

    /// Every variable is bound exactly once.
    fn bindings(&self) -> Outcome {
        let mut count = IndexVec::filled(0u32, self.code.vars.len());
        let mut missing = false;
        self.code.each_binding(|v| match v.index() < count.len() {
            true => count[v] += 1,
            false => missing = true,
        });
        if missing {
            return broken(1, "a variable that is not in the code's table");
        }
        match count.enumerate().find(|(_, n)| **n != 1) {
            Some((v, 0)) => broken(1, format!("{} is never bound", self.name(v))),
            Some((v, n)) => broken(1, format!("{} is bound {n} times", self.name(v))),
            None => Ok(()),
        }
    }

    fn signature(&mut self) {
        let code = self.code;
        match &code.kind {
            CodeKind::Procedure { .. } => {}
            CodeKind::Direct { closure, params } => {
                closure.iter().chain(params).for_each(|&v| self.visible[v] = true);
            }
            CodeKind::Return { params, rest, frame } => {
                params.iter().chain(frame).for_each(|&v| self.visible[v] = true);
                if let Rest::Bind(v) = *rest {
                    self.visible[v] = true;
                }
            }
        }
    }

    fn name(&self, v: Var) -> String {
        let mut name = String::new();
        match self.code.vars.get(v) {
            Some(data) => text::numbered(&mut name, data.name, 'v', v.index()),
            None => name = format!("{v:?}"),
        }
        name
    }

    fn clause(&self, clause: &Clause) -> Outcome {
        let takes = clause.required as usize + usize::from(clause.rest);
        match self.program.codes.get(clause.target).map(|c| (c, &c.kind)) {
            Some((code, CodeKind::Direct { params, .. }))
                if params.len() == takes && params.iter().all(|&v| is_tagged(code, v)) =>
            {
                Ok(())
            }
            _ => {
                broken(3, format!("the clause of {} arguments has no direct code that takes {takes}", clause.required))
            }
        }
    }

    fn block(&mut self, block: &BlockData) -> Outcome {
        block.params.iter().for_each(|&v| self.visible[v] = true);
        let mut fresh: FxHashMap<Var, u32> = FxHashMap::default();
        for instr in &block.instrs {
            self.atoms(&instr.op.atoms())?;
            self.op(&instr.op, &mut fresh)?;
            if let Op::Closure(code, _) = &instr.op {
                fresh.insert(instr.var, self.free(*code).unwrap_or(0));
            }
            self.visible[instr.var] = true;
        }
        self.atoms(&block.exit.atoms())?;
        self.exit(&block.exit)
    }

    fn atoms(&self, atoms: &[Atom]) -> Outcome {
        for &atom in atoms {
            match atom {
                Atom::Var(v) if !self.visible.get(v).copied().unwrap_or(false) => {
                    return broken(1, format!("{} is used where its binding does not reach", self.name(v)));
                }
                Atom::Proc(c) if self.free(c) != Some(0) => {
                    return broken(4, format!("(proc {c:?}) is not a procedure without free variables"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn free(&self, code: CodeId) -> Option<u32> {
        match self.program.codes.get(code)?.kind {
            CodeKind::Procedure { free, .. } => Some(free),
            _ => None,
        }
    }

    /// `fresh`: closures allocated in this block that nothing has observed, with their sizes.
    fn op(&self, op: &Op, fresh: &mut FxHashMap<Var, u32>) -> Outcome {
        match op {
            Op::Prim(prim, args) => {
                fresh.clear();
                self.application(*prim, args)
            }
            Op::Closure(code, slots) if self.free(*code) != Some(slots.len() as u32) => {
                broken(4, format!("a closure of {code:?} with {} slots", slots.len()))
            }
            Op::Closure(_, slots) => self.tagged(slots),
            Op::ClosureRef(closure, _) => {
                fresh.clear();
                self.tagged(&[*closure])
            }
            Op::ClosureSet(Atom::Var(v), slot, value) if fresh.get(v).is_some_and(|size| slot < size) => {
                self.tagged(&[*value])
            }
            Op::ClosureSet(..) => {
                broken(4, "closure-set! of a closure that is not fresh, or of a slot that is not there")
            }
        }
    }

    fn application(&self, prim: Prim, args: &[Atom]) -> Outcome {
        let info = prim.info();
        if let PrimCode::Control(_) = info.code {
            return broken(6, format!("{} is a control primitive", info.name));
        }
        let any = args.len() >= info.min as usize && info.max.is_none_or(|max| args.len() <= max as usize);
        if !prim.fixed_args().map_or(any, |n| n == args.len()) {
            return broken(6, format!("{} does not take {} arguments", info.name, args.len()));
        }
        Ok(())
    }

    fn exit(&mut self, exit: &Exit) -> Outcome {
        match exit {
            Exit::Jump(block, args) => {
                let params = &self.code.blocks[*block].params;
                self.pass(2, &format!("{block:?}"), self.code, params, args)
            }
            Exit::Branch { prim, args, then, otherwise, .. } => {
                if [then, otherwise].iter().any(|&&b| !self.code.blocks[b].params.is_empty()) {
                    return broken(2, "the target of a branch has parameters");
                }
                self.application(*prim, args)
            }
            Exit::Return(args) => self.tagged(args),
            Exit::TailCall { callee, args, .. } => self.callee(callee, args),
            Exit::Call { callee, args, ret, frame, .. } => {
                self.callee(callee, args)?;
                let program = self.program;
                match program.codes.get(*ret).map(|c| (c, &c.kind)) {
                    Some((code, CodeKind::Return { frame: vars, .. })) => {
                        self.calls[*ret] += 1;
                        self.pass(3, &format!("the frame of {ret:?}"), code, vars, frame)
                    }
                    _ => broken(3, format!("{ret:?} is not a return point")),
                }
            }
        }
    }

    fn callee(&self, callee: &Callee, args: &[Atom]) -> Outcome {
        match callee {
            Callee::Unknown(a) => {
                self.tagged(&[*a])?;
                self.tagged(args)
            }
            Callee::Known(code, given) => match self.program.codes.get(*code).map(|c| (c, &c.kind)) {
                Some((data, CodeKind::Direct { closure, params })) => {
                    if closure.is_some() != given.is_some() {
                        return broken(3, format!("{code:?} is called with or without a closure, but should not be"));
                    }
                    self.pass(3, &format!("{code:?}"), data, params, args)
                }
                _ => broken(3, format!("{code:?} is called, but is not a direct code")),
            },
        }
    }

    /// Checks arguments against the parameters of `code` that take them.
    fn pass(&self, invariant: u8, what: &str, code: &Code, params: &[Var], args: &[Atom]) -> Outcome {
        if params.len() != args.len() {
            return broken(invariant, format!("{what} takes {} values, but is given {}", params.len(), args.len()));
        }
        for (&param, &arg) in params.iter().zip(args) {
            if is_tagged(code, param) != self.is_value(arg) {
                return broken(3, format!("{what} is given a raw double for a value, or the reverse"));
            }
        }
        Ok(())
    }

    fn is_value(&self, atom: Atom) -> bool {
        match atom {
            Atom::Var(v) => is_tagged(self.code, v),
            _ => true,
        }
    }

    fn tagged(&self, atoms: &[Atom]) -> Outcome {
        match atoms.iter().all(|&a| self.is_value(a)) {
            true => Ok(()),
            false => broken(3, "a raw double where a value must be"),
        }
    }
}

fn is_tagged(code: &Code, v: Var) -> bool {
    code.vars.get(v).is_some_and(|data| data.repr == Repr::Tagged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::parse::program;

    /// The verdict on a program whose entry does nothing and that has these further codes: the number of the broken invariant.
    fn verdict(codes: &str) -> Option<u8> {
        let text = format!(
            "(program main (procedure main 0 (0 #f start)) (direct start () (block b0 () (return 1)))
               (procedure two 2 (1 #f body)) (direct body self (x) (block b0 () (return x))) {codes})"
        );
        verify(&program(&text)).err().map(|v| v.invariant)
    }

    /// The verdict on a direct code with parameters x and y and this body.
    fn body(blocks: &str) -> Option<u8> {
        verdict(&format!("(direct f (x y) {blocks})"))
    }

    #[test]
    fn accepts_what_is_right() {
        let call = "(direct f (x y) (block b0 () (call y (x) r (x))))";
        assert_eq!(verdict(&format!("{call} (return r (v) (x) (block b0 () (return v x)))")), None);
        let group = "(let a (closure two 1 x)) (let b (closure two a 2)) (let c (closure-set! a 0 b))";
        assert_eq!(body(&format!("(block b0 () {group} (tail-call (code body a) b))")), None);
        let iterate = "(block b0 () (jump b1 x)) (block b1 (i) (let j (+ i 1)) (branch (< j y) b2 b3))";
        assert_eq!(body(&format!("{iterate} (block b2 () (jump b1 j)) (block b3 () (return i))")), None);
    }

    #[test]
    fn bindings_are_unique_and_dominate() {
        assert_eq!(body("(block b0 () (return z))"), Some(1));
        assert_eq!(body("(block b0 () (let x (car y)) (return x))"), Some(1));
        let join = "(block b1 () (let z (car x)) (jump b3)) (block b2 () (jump b3)) (block b3 () (return z))";
        assert_eq!(body(&format!("(block b0 () (branch (pair? x) b1 b2)) {join}")), Some(1));
        assert_eq!(body("(block b0 () (let z (car w)) (let w (car x)) (return z))"), Some(1));
    }

    #[test]
    fn jumps_fit_their_targets() {
        assert_eq!(body("(block b0 () (jump b0))"), Some(2));
        assert_eq!(body("(block b0 () (jump b1)) (block b1 (z) (return z))"), Some(2));
        assert_eq!(body("(block b0 () (branch (pair? x) b1 b1)) (block b1 (z) (return z))"), Some(2));
        assert_eq!(body("(block b0 () (return x)) (block b1 () (return x))"), Some(2));
        assert_eq!(body("(block b0 (z) (return x))"), Some(2));
        assert_eq!(body(""), Some(2));
    }

    #[test]
    fn calls_fit_their_codes() {
        assert_eq!(body("(block b0 () (tail-call (code body) x))"), Some(3));
        assert_eq!(body("(block b0 () (tail-call (code start x)))"), Some(3));
        assert_eq!(body("(block b0 () (tail-call (code body x)))"), Some(3));
        assert_eq!(body("(block b0 () (tail-call (code two) x))"), Some(3));
        assert_eq!(body("(block b0 () (call x () body ()))"), Some(3));
        assert_eq!(verdict("(return r (v) (x) (block b0 () (return v)))"), Some(3));
        let frame = "(direct f (x) (block b0 () (call x () r (x x))))";
        assert_eq!(verdict(&format!("{frame} (return r (v) (x) (block b0 () (return v)))")), Some(3));
        let twice = "(direct f (x) (block b0 () (branch (pair? x) b1 b2)) (block b1 () (call x () r ()))";
        let twice = format!("{twice} (block b2 () (call x () r ())))");
        assert_eq!(verdict(&format!("{twice} (return r (v) () (block b0 () (return v)))")), Some(3));
        assert_eq!(verdict("(procedure p 0 (2 #f body))"), Some(3));
        assert_eq!(verdict("(procedure p 0 (0 #t start))"), Some(3));
    }

    #[test]
    fn doubles_are_not_values() {
        assert_eq!(verdict("(direct f ((double x)) (block b0 () (return x)))"), Some(3));
        assert_eq!(body("(block b0 () (jump b1 x)) (block b1 ((double z)) (return x))"), Some(3));
    }

    #[test]
    fn closures_fit_their_procedures() {
        assert_eq!(body("(block b0 () (let c (closure two x)) (return c))"), Some(4));
        assert_eq!(body("(block b0 () (return (proc two)))"), Some(4));
        assert_eq!(body("(block b0 () (let u (closure-set! x 0 y)) (return x))"), Some(4));
        let set = |between: &str, slot: u32| {
            body(&format!(
                "(block b0 () (let c (closure two x y)) {between} (let u (closure-set! c {slot} y)) (return c))"
            ))
        };
        assert_eq!(set("", 1), None);
        assert_eq!(set("", 2), Some(4));
        assert_eq!(set("(let p (cons c c))", 1), Some(4));
        assert_eq!(
            verify(&program("(program e (procedure e 0 (1 #f d)) (direct d (x) (block b0 () (return x))))"))
                .err()
                .map(|v| v.invariant),
            Some(4)
        );
    }

    #[test]
    fn primitives_get_what_they_take() {
        assert_eq!(body("(block b0 () (let z (car x y)) (return z))"), Some(6));
        assert_eq!(body("(block b0 () (let z (+ x y x)) (return z))"), Some(6));
    }
}
