//! Small pieces of new CPS that several passes make.

use super::analysis::uses::accepts;
use super::ir::*;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

/// A `let` still without a body.
pub struct Step {
    /// Bound variable.
    pub var: Var,
    /// Primitive.
    pub prim: Prim,
    /// Arguments.
    pub args: Vec<Atom>,
    /// Position.
    pub origin: Origin,
}

impl Program {
    /// A variable that nothing binds yet.
    pub fn fresh(&mut self, name: Value) -> Var {
        self.vars.push(VarData { name })
    }

    /// A local continuation that no `letcont` binds yet.
    pub fn fresh_cont(&mut self, params: Vec<Var>, rest: Rest, body: Term) -> Cont {
        let body = self.terms.push(body);
        self.conts.push(ContData::Local { params, rest, body })
    }

    /// `lets` in order around `last`.
    pub fn chain(&mut self, lets: Vec<Step>, last: Term) -> Term {
        lets.into_iter().rev().fold(last, |body, Step { var, prim, args, origin }| {
            let body = self.terms.push(body);
            Term::Let { var, prim, args, body, origin }
        })
    }

    /// Adds the steps that make a fresh list of `items`, and answers the list.
    pub fn list(&mut self, items: &[Atom], origin: Origin, steps: &mut Vec<Step>) -> Atom {
        items.iter().rev().fold(Atom::Const(Value::NULL), |tail, &item| {
            let var = self.fresh(Value::FALSE);
            steps.push(Step { var, prim: Prim::Cons, args: vec![item, tail], origin });
            Atom::Var(var)
        })
    }

    /// Takes a term out of its place, which must be filled again before it is reached: until then it holds what no other term is like.
    pub fn take(&mut self, term: TermId) -> Term {
        std::mem::replace(&mut self.terms[term], Term::LetFun { funs: Vec::new(), body: TermId(u32::MAX) })
    }

    /// A return of values that has been redirected to a continuation: a jump if that takes so many, else a call of `values`, which raises the error.
    pub fn pass_on(&self, cont: Cont, args: Vec<Atom>, origin: Origin) -> Term {
        match Prim::named("values") {
            Some(values) if !accepts(self, cont, args.len()) => {
                Term::Call { callee: Atom::Prim(values), args, cont, origin }
            }
            _ => Term::Continue { cont, args },
        }
    }
}
