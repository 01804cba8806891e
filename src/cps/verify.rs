//! Checks the invariants of [`crate::cps`] and says which one a program breaks, and where.
//!
//! One walk over the tree with an explicit stack; scopes are counted in side tables by entering and leaving binders. Run after
//! every pass in debug builds and tests. Cost: linear.

use super::ir::*;
use crate::arena::{Idx, IndexVec};
use kestrel_runtime::prim::{Nary, Prim, PrimCode};

/// Which primitive applications are in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// As converted: primitives may have any number of arguments that a program may give.
    Converted,
    /// After `primop`: exactly as many as the primitive's function takes.
    Resolved,
}

/// A broken invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Its number in [`crate::cps`].
    pub invariant: u8,
    /// What is wrong.
    pub message: String,
}

/// Checks a whole program.
pub fn verify(program: &Program, stage: Stage) -> Result<(), Violation> {
    let mut verifier = Verifier {
        program,
        stage,
        bound: IndexVec::filled(false, program.vars.len()),
        visible: IndexVec::filled(false, program.vars.len()),
        cont_bound: IndexVec::filled(false, program.conts.len()),
        cont_owner: IndexVec::filled(None, program.conts.len()),
        fun_bound: IndexVec::filled(false, program.funs.len()),
        reached: IndexVec::filled(false, program.terms.len()),
        owner: None,
        work: Vec::new(),
    };
    verifier.run()
}

/// Steps of the walk, last first.
enum Work {
    Term(TermId),
    /// Walk a function's clauses with it as the owner of continuations, then go back to the owner before.
    Function(Fun),
    Clause(Fun, usize),
    Local(Cont),
    HideVars(Vec<Var>),
    HideConts(Vec<Cont>),
    Owner(Option<Fun>),
}

struct Verifier<'a> {
    program: &'a Program,
    stage: Stage,
    bound: IndexVec<Var, bool>,
    visible: IndexVec<Var, bool>,
    cont_bound: IndexVec<Cont, bool>,
    /// The function in which a continuation may be used, while it is in scope.
    cont_owner: IndexVec<Cont, Option<Fun>>,
    fun_bound: IndexVec<Fun, bool>,
    reached: IndexVec<TermId, bool>,
    owner: Option<Fun>,
    work: Vec<Work>,
}

type Check = Result<(), Violation>;

fn broken<T>(invariant: u8, message: impl Into<String>) -> Result<T, Violation> {
    Err(Violation { invariant, message: message.into() })
}

impl Verifier<'_> {
    fn run(&mut self) -> Check {
        let Some(entry) = self.program.entry else {
            return broken(1, "the program has no entry");
        };
        let data = &self.program.funs[entry];
        if !matches!(&data.clauses[..], [clause] if clause.params.is_empty() && clause.rest == Rest::None) {
            return broken(1, "the entry takes arguments");
        }
        self.bind_fun(entry)?;
        self.work.push(Work::Function(entry));
        while let Some(work) = self.work.pop() {
            match work {
                Work::Term(term) => self.term(term)?,
                Work::Function(fun) => self.function(fun)?,
                Work::Clause(fun, clause) => self.clause(fun, clause)?,
                Work::Local(cont) => self.local(cont)?,
                Work::HideVars(vars) => vars.into_iter().for_each(|v| self.visible[v] = false),
                Work::HideConts(conts) => conts.into_iter().for_each(|k| self.cont_owner[k] = None),
                Work::Owner(owner) => self.owner = owner,
            }
        }
        Ok(())
    }

    fn bind(&mut self, var: Var) -> Check {
        if self.bound.get(var).copied() != Some(false) {
            return broken(1, format!("{var:?} is bound twice"));
        }
        self.bound[var] = true;
        self.visible[var] = true;
        Ok(())
    }

    fn bind_cont(&mut self, cont: Cont) -> Check {
        if self.cont_bound.get(cont).copied() != Some(false) {
            return broken(1, format!("{cont:?} is bound twice"));
        }
        self.cont_bound[cont] = true;
        self.cont_owner[cont] = self.owner;
        Ok(())
    }

    fn bind_fun(&mut self, fun: Fun) -> Check {
        if self.fun_bound.get(fun).copied() != Some(false) {
            return broken(1, format!("{fun:?} is bound twice"));
        }
        self.fun_bound[fun] = true;
        self.bind(self.program.funs[fun].var)
    }

    fn function(&mut self, fun: Fun) -> Check {
        let data = &self.program.funs[fun];
        self.work.push(Work::Owner(self.owner));
        self.work.push(Work::HideConts(vec![data.ret]));
        self.owner = Some(fun);
        match self.program.conts.get(data.ret) {
            Some(ContData::Return(f)) if *f == fun => self.bind_cont(data.ret)?,
            _ => return broken(2, format!("{:?} is not the return continuation of {fun:?}", data.ret)),
        }
        for clause in 0..data.clauses.len() {
            self.work.push(Work::Clause(fun, clause));
        }
        Ok(())
    }

    fn clause(&mut self, fun: Fun, clause: usize) -> Check {
        let clause = &self.program.funs[fun].clauses[clause];
        if clause.rest == Rest::Ignore {
            return broken(1, format!("a clause of {fun:?} ignores further arguments"));
        }
        self.params(&clause.params, clause.rest)?;
        self.work.push(Work::Term(clause.body));
        Ok(())
    }

    fn params(&mut self, params: &[Var], rest: Rest) -> Check {
        let mut all = params.to_vec();
        if let Rest::Bind(var) = rest {
            all.push(var);
        }
        for &var in &all {
            self.bind(var)?;
        }
        self.work.push(Work::HideVars(all));
        Ok(())
    }

    fn local(&mut self, cont: Cont) -> Check {
        match &self.program.conts[cont] {
            ContData::Local { params, rest, body } => {
                self.params(params, *rest)?;
                self.work.push(Work::Term(*body));
                Ok(())
            }
            ContData::Return(_) => broken(2, format!("{cont:?} is bound by letcont, but a return continuation")),
        }
    }

    fn term(&mut self, term: TermId) -> Check {
        if std::mem::replace(&mut self.reached[term], true) {
            return broken(1, format!("{term:?} occurs twice"));
        }
        match &self.program.terms[term] {
            Term::Let { var, prim, args, body, .. } => {
                self.application(*prim, args)?;
                self.bind(*var)?;
                self.work.extend([Work::HideVars(vec![*var]), Work::Term(*body)]);
            }
            Term::LetFun { funs, body } => {
                for &fun in funs {
                    self.bind_fun(fun)?;
                }
                self.work.push(Work::HideVars(funs.iter().map(|&f| self.program.funs[f].var).collect()));
                self.work.push(Work::Term(*body));
                self.work.extend(funs.iter().map(|&f| Work::Function(f)));
            }
            Term::LetCont { conts, body } => {
                for &cont in conts {
                    self.bind_cont(cont)?;
                }
                self.work.push(Work::HideConts(conts.clone()));
                self.work.push(Work::Term(*body));
                self.work.extend(conts.iter().map(|&k| Work::Local(k)));
            }
            Term::Continue { cont, args } => {
                self.atoms(args)?;
                self.use_cont(*cont)?;
                if let ContData::Local { params, rest, .. } = &self.program.conts[*cont] {
                    let fits =
                        if *rest == Rest::None { args.len() == params.len() } else { args.len() >= params.len() };
                    if !fits {
                        return broken(3, format!("{cont:?} takes {} values, not {}", params.len(), args.len()));
                    }
                }
            }
            Term::Call { callee, args, cont, .. } => {
                self.atom(*callee)?;
                self.atoms(args)?;
                self.use_cont(*cont)?;
            }
            Term::Branch { prim, args, then, otherwise, .. } => {
                self.application(*prim, args)?;
                self.target(*then)?;
                self.target(*otherwise)?;
            }
        }
        Ok(())
    }

    fn use_cont(&self, cont: Cont) -> Check {
        match self.cont_owner.get(cont) {
            Some(Some(owner)) if Some(*owner) == self.owner => Ok(()),
            Some(Some(_)) => broken(2, format!("{cont:?} is used outside of its function")),
            _ => broken(1, format!("{cont:?} is used out of scope")),
        }
    }

    fn target(&self, cont: Cont) -> Check {
        self.use_cont(cont)?;
        match &self.program.conts[cont] {
            ContData::Local { params, rest: Rest::None, .. } if params.is_empty() => Ok(()),
            _ => broken(4, format!("{cont:?} is a branch's target, but not local or takes values")),
        }
    }

    fn application(&self, prim: Prim, args: &[Atom]) -> Check {
        let info = prim.info();
        if let PrimCode::Control(_) = info.code {
            return broken(5, format!("{} is a control primitive", info.name));
        }
        let allowed = |n: usize| n >= info.min as usize && info.max.is_none_or(|max| n <= max as usize);
        let exact = prim.fixed_args().map_or_else(|| allowed(args.len()), |n| n == args.len());
        let given = exact || (self.stage == Stage::Converted && allowed(args.len()));
        if !given {
            let takes = if info.nary == Nary::Exact { "" } else { " after primop" };
            return broken(5, format!("{} does not take {} arguments{takes}", info.name, args.len()));
        }
        self.atoms(args)
    }

    fn atoms(&self, atoms: &[Atom]) -> Check {
        atoms.iter().try_for_each(|&a| self.atom(a))
    }

    fn atom(&self, atom: Atom) -> Check {
        match atom {
            Atom::Var(var) if self.visible.get(var).copied() != Some(true) => {
                broken(1, format!("v{} is used out of scope", var.index()))
            }
            Atom::Const(value) if value == kestrel_runtime::Value::RAISED => {
                broken(6, format!("{value:?} is not a constant"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arena::IndexVec;
    use crate::reader::{self, datum::Data};
    use crate::source::{FileId, SourceFile, SourceMap};
    use kestrel_runtime::Value;

    /// The other invariants are broken by the texts of tests/text/cps/broken.ir; no text says a constant that is none.
    #[test]
    fn constants_are_immediates_or_static() {
        let text = "(program (fun main k0 (() (let x (cons 1 2) (continue k0 x)))))";
        let mut sources = SourceMap::default();
        sources.add(SourceFile { name: "text".into(), path: None, text: text.into() });
        let mut data = Data::new();
        let root = reader::read_all(FileId(0), text, &mut data).expect("readable")[0];
        let mut program = crate::cps::parse::parse(&data, root, &mut sources, &mut |_, _| None).expect("a program");
        assert_eq!(verify(&program, Stage::Resolved), Ok(()));
        let mut terms: IndexVec<TermId, Term> = std::mem::replace(&mut program.terms, IndexVec::new());
        for term in terms.iter_mut() {
            if let Term::Let { args, .. } = term {
                args[0] = Atom::Const(Value::RAISED);
            }
        }
        program.terms = terms;
        assert_eq!(verify(&program, Stage::Resolved).map_err(|v| v.invariant), Err(6));
    }
}
