//! How often and in which roles variables and continuations occur. Linear.

use super::walk::Walk;
use crate::arena::{Idx, IndexVec};
use crate::cps::ir::*;
use kestrel_runtime::prim::Prim;

/// Counts of occurrences, binders left out.
pub struct Uses {
    /// All occurrences of a variable.
    pub vars: IndexVec<Var, u32>,
    /// Those of them in which it is called.
    pub calls: IndexVec<Var, u32>,
    /// Those of them in which it is the cell that `%cell-ref` reads.
    pub cell_refs: IndexVec<Var, u32>,
    /// All occurrences of a continuation.
    pub conts: IndexVec<Cont, u32>,
    /// Those of them in which a call returns to it.
    pub returns: IndexVec<Cont, u32>,
    /// The function that a variable is bound to by `letfun` (or as the entry).
    pub fun_of: IndexVec<Var, Option<Fun>>,
}

impl Uses {
    /// Counts all of a program.
    pub fn count(program: &Program) -> Uses {
        let mut uses = Uses {
            vars: IndexVec::filled(0, program.vars.len()),
            calls: IndexVec::filled(0, program.vars.len()),
            cell_refs: IndexVec::filled(0, program.vars.len()),
            conts: IndexVec::filled(0, program.conts.len()),
            returns: IndexVec::filled(0, program.conts.len()),
            fun_of: IndexVec::filled(None, program.vars.len()),
        };
        if let Some(entry) = program.entry {
            uses.fun_of[program.funs[entry].var] = Some(entry);
        }
        let mut walk = Walk::program(program);
        while let Some((term, _)) = walk.next(program) {
            uses.add(program, term);
        }
        uses
    }

    /// Counts a further term, without what it contains.
    pub fn add(&mut self, program: &Program, term: TermId) {
        match &program.terms[term] {
            Term::Let { prim, args, .. } => {
                self.atoms(args);
                if let (Prim::CellRef, [Atom::Var(cell)]) = (prim, &args[..]) {
                    self.cell_refs[*cell] += 1;
                }
            }
            Term::Branch { args, then, otherwise, .. } => {
                self.atoms(args);
                self.conts[*then] += 1;
                self.conts[*otherwise] += 1;
            }
            Term::LetFun { funs, .. } => {
                for &fun in funs {
                    self.fun_of[program.funs[fun].var] = Some(fun);
                }
            }
            Term::LetCont { .. } => {}
            Term::Continue { cont, args } => {
                self.atoms(args);
                self.conts[*cont] += 1;
            }
            Term::Call { callee, args, cont, .. } => {
                self.atoms(args);
                self.atoms(&[*callee]);
                if let Atom::Var(var) = callee {
                    self.calls[*var] += 1;
                }
                self.conts[*cont] += 1;
                self.returns[*cont] += 1;
            }
        }
    }

    fn atoms(&mut self, atoms: &[Atom]) {
        for atom in atoms {
            if let Atom::Var(var) = atom {
                self.vars[*var] += 1;
            }
        }
    }

    /// The function that an atom certainly is.
    pub fn fun(&self, atom: Atom) -> Option<Fun> {
        match atom {
            Atom::Var(var) => self.fun_of.get(var).copied().flatten(),
            _ => None,
        }
    }

    /// Whether a function occurs other than as what is called.
    pub fn escapes(&self, var: Var) -> bool {
        self.vars[var] != self.calls[var]
    }

    /// Makes room for variables and continuations that were made after counting.
    pub fn grow(&mut self, program: &Program) {
        while self.vars.len() < program.vars.len() {
            self.vars.push(0);
            self.calls.push(0);
            self.cell_refs.push(0);
            self.fun_of.push(None);
        }
        while self.conts.len() < program.conts.len() {
            self.conts.push(0);
            self.returns.push(0);
        }
    }

    /// Records that all `from` stands for `to` from now on: one occurrence of `to` is replaced by all those of `from`.
    pub fn transfer(&mut self, from: Var, to: Atom) {
        if let Atom::Var(to) = to {
            self.vars[to] = (self.vars[to] + self.vars[from]).saturating_sub(1);
            self.calls[to] += self.calls[from];
            self.cell_refs[to] += self.cell_refs[from];
        }
        self.vars[from] = 0;
        self.calls[from] = 0;
        self.cell_refs[from] = 0;
    }

    /// Counts further occurrences of an atom.
    pub fn more(&mut self, atom: Atom) {
        if let Atom::Var(var) = atom {
            self.vars[var] += 1;
        }
    }

    /// Uncounts a call.
    pub fn remove(&mut self, call: &Term) {
        if let Term::Call { callee, args, cont, .. } = call {
            args.iter().for_each(|&a| self.less(a));
            self.less(*callee);
            if let Atom::Var(var) = *callee {
                self.calls[var] = self.calls[var].saturating_sub(1);
            }
            self.less_cont(*cont);
            self.returns[*cont] = self.returns[*cont].saturating_sub(1);
        }
    }

    /// Uncounts an occurrence of a continuation.
    pub fn less_cont(&mut self, cont: Cont) {
        self.conts[cont] = self.conts[cont].saturating_sub(1);
    }

    /// Uncounts an occurrence of an atom.
    pub fn less(&mut self, atom: Atom) {
        if let Atom::Var(var) = atom {
            self.vars[var] = self.vars[var].saturating_sub(1);
        }
    }
}

/// The index of the clause that a call with `count` arguments enters.
pub fn clause_for(fun: &FunData, count: usize) -> Option<usize> {
    fun.clauses.iter().position(|clause| match clause.rest {
        Rest::None => clause.params.len() == count,
        _ => clause.params.len() <= count,
    })
}

/// Whether `count` values may be passed to a continuation by `continue`.
pub fn accepts(program: &Program, cont: Cont, count: usize) -> bool {
    match &program.conts[cont] {
        ContData::Return(_) => true,
        ContData::Local { params, rest: Rest::None, .. } => params.len() == count,
        ContData::Local { params, .. } => params.len() <= count,
    }
}

/// A table over variables that grows on demand.
pub fn grow_to<I: Idx, T: Clone>(table: &mut IndexVec<I, T>, value: T, len: usize) {
    while table.len() < len {
        table.push(value.clone());
    }
}
