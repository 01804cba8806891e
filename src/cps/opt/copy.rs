//! Copies of terms with fresh binders.
//!
//! Every variable, continuation and function bound inside the copied term gets a fresh one; free ones stay, or become what the caller
//! has put into the maps before. What belongs to the copied function itself gets origins inlined at the call; functions nested in it
//! keep theirs, since they still have frames of their own. A return to a continuation that takes another number of values becomes a call of
//! `values`, which raises the error. Cost: linear in the size of the copy.

use crate::cps::ir::*;
use crate::source::{Origin, SourceMap};
use rustc_hash::FxHashMap;

/// A copy in the making.
pub struct Copier<'a> {
    /// Receives the copy.
    pub program: &'a mut Program,
    /// Receives the origins.
    pub sources: &'a mut SourceMap,
    /// What stands for a variable in the copy.
    pub vars: FxHashMap<Var, Atom>,
    /// What stands for a continuation in the copy.
    pub conts: FxHashMap<Cont, Cont>,
    /// The call that the copy replaces.
    pub at: Origin,
}

/// A term to copy into a place, and whether it belongs to a nested function.
type Work = Vec<(TermId, TermId, bool)>;

impl Copier<'_> {
    /// Copies a term into a place.
    pub fn copy_into(&mut self, source: TermId, place: TermId) {
        let mut work: Work = vec![(source, place, false)];
        while let Some((source, place, nested)) = work.pop() {
            let term = self.term(source, nested, &mut work);
            self.program.terms[place] = term;
        }
    }

    /// A fresh variable for a bound one.
    pub fn bind(&mut self, var: Var) -> Var {
        let fresh = self.program.vars.push(self.program.vars[var]);
        self.vars.insert(var, Atom::Var(fresh));
        fresh
    }

    fn term(&mut self, source: TermId, nested: bool, work: &mut Work) -> Term {
        let at = self.at;
        let mut term = self.program.terms[source].clone();
        match &mut term {
            Term::Let { var, args, body, origin, .. } => {
                self.atoms(args);
                *var = self.bind(*var);
                self.origin(origin, nested, at);
                *body = self.later(*body, nested, work);
            }
            Term::LetFun { funs, body } => {
                *funs = self.funs(funs, work);
                *body = self.later(*body, nested, work);
            }
            Term::LetCont { conts, body } => {
                *conts = self.locals(conts, nested, work);
                *body = self.later(*body, nested, work);
            }
            Term::Continue { cont, args } => {
                self.atoms(args);
                let target = self.cont(*cont);
                if target == *cont || matches!(self.program.conts[target], ContData::Return(_)) {
                    *cont = target;
                } else {
                    term = self.program.pass_on(target, std::mem::take(args), at);
                }
            }
            Term::Call { callee, args, cont, origin } => {
                *callee = self.atom(*callee);
                self.atoms(args);
                *cont = self.cont(*cont);
                self.origin(origin, nested, at);
            }
            Term::Branch { args, then, otherwise, origin, .. } => {
                self.atoms(args);
                *then = self.cont(*then);
                *otherwise = self.cont(*otherwise);
                self.origin(origin, nested, at);
            }
        }
        term
    }

    fn origin(&mut self, origin: &mut Origin, nested: bool, at: Origin) {
        if !nested {
            *origin = self.sources.inlined(*origin, at);
        }
    }

    fn later(&mut self, source: TermId, nested: bool, work: &mut Work) -> TermId {
        let place = self.program.terms.push(Term::Continue { cont: Cont(0), args: Vec::new() });
        work.push((source, place, nested));
        place
    }

    fn funs(&mut self, funs: &[Fun], work: &mut Work) -> Vec<Fun> {
        for &fun in funs {
            self.bind(self.program.funs[fun].var);
        }
        funs.iter()
            .map(|&fun| {
                let mut data = self.program.funs[fun].clone();
                if let Some(Atom::Var(var)) = self.vars.get(&data.var) {
                    data.var = *var;
                }
                let ret = self.program.conts.push(ContData::Return(Fun(0)));
                self.conts.insert(data.ret, ret);
                data.ret = ret;
                for clause in &mut data.clauses {
                    self.params(&mut clause.params, &mut clause.rest);
                    clause.body = self.later(clause.body, true, work);
                }
                let copy = self.program.funs.push(data);
                self.program.conts[ret] = ContData::Return(copy);
                copy
            })
            .collect()
    }

    fn locals(&mut self, conts: &[Cont], nested: bool, work: &mut Work) -> Vec<Cont> {
        let mut fresh = Vec::with_capacity(conts.len());
        for &cont in conts {
            let copy = self.program.conts.push(self.program.conts[cont].clone());
            self.conts.insert(cont, copy);
            fresh.push(copy);
        }
        for &copy in &fresh {
            let mut data = self.program.conts[copy].clone();
            if let ContData::Local { params, rest, body } = &mut data {
                self.params(params, rest);
                *body = self.later(*body, nested, work);
            }
            self.program.conts[copy] = data;
        }
        fresh
    }

    fn params(&mut self, params: &mut [Var], rest: &mut Rest) {
        for param in params {
            *param = self.bind(*param);
        }
        if let Rest::Bind(var) = rest {
            *var = self.bind(*var);
        }
    }

    fn atoms(&self, atoms: &mut [Atom]) {
        for atom in atoms {
            *atom = self.atom(*atom);
        }
    }

    fn atom(&self, atom: Atom) -> Atom {
        match atom {
            Atom::Var(var) => self.vars.get(&var).copied().unwrap_or(atom),
            _ => atom,
        }
    }

    fn cont(&self, cont: Cont) -> Cont {
        self.conts.get(&cont).copied().unwrap_or(cont)
    }
}
