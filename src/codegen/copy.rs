//! Copies the part of a code that can be reached from a place in it.
//!
//! ```text
//! (block b1 (i) (let j (+ i n)) (branch (< j m) b2 b3))  ⇒  (block b1' (i' n' m') (let j' (+ i' n')) (branch (< j' m') b4 b5))
//!                                                            (block b4 () (jump b2' j' n' m'))  …
//! ```
//!
//! Blocks of the copy take everything that is live in them as parameters, since they are reached both from each other and from wherever the
//! copy is entered. So every variable is bound once, whatever the place was. What has one name in all of the copy is left out.

use super::shape;
use crate::arena::IndexVec;
use crate::closure::ir::*;
use rustc_hash::FxHashMap;

/// Variables of the copy, by those of the original.
pub(super) type Names = FxHashMap<Var, Var>;

/// Adds copies of the blocks of one code to another.
pub(super) struct Copier<'a> {
    /// The code that is copied from.
    pub old: &'a Code,
    /// The code that copies are added to.
    pub new: Code,
    /// The variables that have one name in all of the copy.
    fixed: Names,
    /// What each block of the copy takes besides the original's parameters.
    live: IndexVec<Block, Vec<Var>>,
    copies: IndexVec<Block, Option<Block>>,
    /// Blocks that are yet to be copied.
    work: Vec<Block>,
    /// Blocks of the copy.
    copied: Vec<Block>,
}

impl<'a> Copier<'a> {
    /// Nothing has been copied yet. `order` is that of [`shape::walk`]; `fixed` are variables that are bound before the copy is entered, and not in it.
    pub fn new(old: &'a Code, order: &[Block], new: Code, fixed: Names) -> Self {
        let sets = shape::live_in(old, order);
        let mut live = IndexVec::filled(Vec::new(), old.blocks.len());
        for (b, block) in old.blocks.enumerate() {
            let passed = |v: &Var| !block.params.contains(v) && !fixed.contains_key(v);
            live[b] = shape::members(old, &sets[b]).filter(passed).collect();
        }
        let copies = IndexVec::filled(None, old.blocks.len());
        Copier { old, new, fixed, live, copies, work: Vec::new(), copied: Vec::new() }
    }

    /// Copies what is still missing; answers the code and the blocks of the copy.
    pub fn finish(mut self) -> (Code, Vec<Block>) {
        while let Some(b) = self.work.pop() {
            self.copy(b);
        }
        (self.new, self.copied)
    }

    /// Adds a block.
    pub fn push(&mut self, params: Vec<Var>, instrs: Vec<Instr>, exit: Exit) -> Block {
        self.new.blocks.push(BlockData { params, instrs, exit })
    }

    /// Fills a block with a copy of what stands from a position on in a block of the original.
    pub fn fill(&mut self, into: Block, b: Block, from: usize, mut names: Names) {
        let old = self.old;
        let mut instrs = Vec::with_capacity(old.blocks[b].instrs.len() - from);
        for instr in &old.blocks[b].instrs[from..] {
            let op = map_op(&instr.op, &names);
            instrs.push(Instr { var: self.rename(&mut names, instr.var), op, origin: instr.origin });
        }
        let exit = match &old.blocks[b].exit {
            Exit::Jump(to, args) => self.jump(*to, args, &names),
            Exit::Branch { prim, args, then, otherwise, origin } => {
                let [then, otherwise] = [*then, *otherwise].map(|to| {
                    let exit = self.jump(to, &[], &names);
                    self.push(Vec::new(), Vec::new(), exit)
                });
                Exit::Branch { prim: *prim, args: map_all(args, &names), then, otherwise, origin: *origin }
            }
            exit => map_leaving(exit, &names),
        };
        let block = &mut self.new.blocks[into];
        (block.instrs, block.exit) = (instrs, exit);
    }

    /// A jump to the copy of a block, with these arguments and with what is live there.
    pub fn jump(&mut self, to: Block, args: &[Atom], names: &Names) -> Exit {
        let live = self.live[to].iter().map(|&v| map(Atom::Var(v), names));
        let args = args.iter().map(|&a| map(a, names)).chain(live).collect();
        Exit::Jump(self.target(to), args)
    }

    /// A fresh variable like one of the original.
    pub fn rename(&mut self, names: &mut Names, v: Var) -> Var {
        let fresh = self.new.vars.push(self.old.vars[v]);
        names.insert(v, fresh);
        fresh
    }

    /// The copy of a block.
    fn target(&mut self, b: Block) -> Block {
        if let Some(copy) = self.copies[b] {
            return copy;
        }
        let copy = self.push(Vec::new(), Vec::new(), Exit::Return(Vec::new()));
        self.copies[b] = Some(copy);
        self.copied.push(copy);
        self.work.push(b);
        copy
    }

    fn copy(&mut self, b: Block) {
        let Some(copy) = self.copies[b] else { return };
        let mut names = self.fixed.clone();
        let old: Vec<Var> = self.old.blocks[b].params.iter().chain(&self.live[b]).copied().collect();
        let params = old.into_iter().map(|v| self.rename(&mut names, v)).collect();
        self.new.blocks[copy].params = params;
        self.fill(copy, b, 0, names);
    }
}

fn map(a: Atom, names: &Names) -> Atom {
    match a {
        Atom::Var(v) => Atom::Var(names.get(&v).copied().unwrap_or(v)),
        other => other,
    }
}

fn map_all(atoms: &[Atom], names: &Names) -> Vec<Atom> {
    atoms.iter().map(|&a| map(a, names)).collect()
}

fn map_op(op: &Op, names: &Names) -> Op {
    match op {
        Op::Prim(prim, args) => Op::Prim(*prim, map_all(args, names)),
        Op::Closure(code, free) => Op::Closure(*code, map_all(free, names)),
        Op::ClosureRef(a, i) => Op::ClosureRef(map(*a, names), *i),
        Op::ClosureSet(a, i, x) => Op::ClosureSet(map(*a, names), *i, map(*x, names)),
    }
}

/// An exit that leaves the code.
fn map_leaving(exit: &Exit, names: &Names) -> Exit {
    let map_callee = |callee: Callee| match callee {
        Callee::Unknown(a) => Callee::Unknown(map(a, names)),
        Callee::Known(code, closure) => Callee::Known(code, closure.map(|a| map(a, names))),
    };
    match exit {
        Exit::Return(args) => Exit::Return(map_all(args, names)),
        Exit::TailCall { callee, args, origin } => {
            Exit::TailCall { callee: map_callee(*callee), args: map_all(args, names), origin: *origin }
        }
        Exit::Call { callee, args, ret, frame, origin } => Exit::Call {
            callee: map_callee(*callee),
            args: map_all(args, names),
            ret: *ret,
            frame: map_all(frame, names),
            origin: *origin,
        },
        Exit::Jump(..) | Exit::Branch { .. } => exit.clone(),
    }
}
