//! Visits every term of a program once, outer before inner, without recursion.

use crate::cps::ir::*;

/// A walk over terms; each is answered with the function it belongs to.
pub struct Walk {
    work: Vec<(TermId, Fun)>,
}

impl Walk {
    /// All terms of a program.
    pub fn program(program: &Program) -> Walk {
        let mut walk = Walk { work: Vec::new() };
        if let Some(entry) = program.entry {
            walk.push_fun(program, entry);
        }
        walk
    }

    /// The terms from one on, as part of a function.
    pub fn from(term: TermId, fun: Fun) -> Walk {
        Walk { work: vec![(term, fun)] }
    }

    /// The next term. What it contains comes later, as it then is.
    pub fn next(&mut self, program: &Program) -> Option<(TermId, Fun)> {
        let (term, fun) = self.work.pop()?;
        match &program.terms[term] {
            Term::Let { body, .. } => self.work.push((*body, fun)),
            Term::LetFun { funs, body } => {
                for &f in funs.iter().rev() {
                    self.push_fun(program, f);
                }
                self.work.push((*body, fun));
            }
            Term::LetCont { conts, body } => {
                for &k in conts.iter().rev() {
                    if let ContData::Local { body, .. } = &program.conts[k] {
                        self.work.push((*body, fun));
                    }
                }
                self.work.push((*body, fun));
            }
            Term::Continue { .. } | Term::Call { .. } | Term::Branch { .. } => {}
        }
        Some((term, fun))
    }

    fn push_fun(&mut self, program: &Program, fun: Fun) {
        self.work.extend(program.funs[fun].clauses.iter().rev().map(|clause| (clause.body, fun)));
    }
}
