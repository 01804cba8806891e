//! What each function becomes: a static procedure, a lifted one, or a closure; and which variables it needs.
//!
//! A function's needs are the variables that its code mentions and does not bind, where mentioning a function means: nothing, if
//! that one is static; its needs, if it is lifted (they are passed as arguments); its closure otherwise. The least fixpoint
//! over all functions is found by propagating single variables along these references, so each pair of function and variable is handled once.

use crate::arena::IndexVec;
use crate::cps::ir::*;
use kestrel_runtime::abi::REG_ARGS;
use rustc_hash::FxHashSet;

/// How a function is represented.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rep {
    /// Needs nothing: no closure at all, or a static one if it escapes.
    Static,
    /// Well-known, and few needs: they are further parameters.
    Lifted,
    /// A closure that holds its needs.
    Closure,
}

/// The answers, for all functions that the entry reaches by nesting.
pub struct Functions {
    /// The function that a variable is bound to, for `letfun` variables.
    pub bound_to: IndexVec<Var, Option<Fun>>,
    /// Representation.
    pub rep: IndexVec<Fun, Rep>,
    /// Needed variables, sorted; empty iff static.
    pub needs: IndexVec<Fun, Vec<Var>>,
}

fn known(program: &Program, bound_to: &IndexVec<Var, Option<Fun>>, callee: Atom, argc: usize) -> Option<(Fun, usize)> {
    let Atom::Var(v) = callee else { return None };
    let fun = bound_to[v]?;
    let clause = program.funs[fun].clauses.iter().position(|c| match c.rest {
        Rest::None => c.params.len() == argc,
        _ => c.params.len() <= argc,
    })?;
    Some((fun, clause))
}

/// Visits every term of a function's own code; the bodies of nested functions are not its own.
pub fn own_terms(program: &Program, fun: Fun, mut visit: impl FnMut(&Term)) {
    let mut stack: Vec<TermId> = program.funs[fun].clauses.iter().map(|c| c.body).collect();
    while let Some(t) = stack.pop() {
        let term = &program.terms[t];
        visit(term);
        match term {
            Term::Let { body, .. } | Term::LetFun { body, .. } => stack.push(*body),
            Term::LetCont { conts, body } => {
                stack.push(*body);
                stack.extend(conts.iter().filter_map(|&k| match &program.conts[k] {
                    ContData::Local { body, .. } => Some(*body),
                    ContData::Return(_) => None,
                }));
            }
            Term::Continue { .. } | Term::Call { .. } | Term::Branch { .. } => {}
        }
    }
}

/// What one function's own code mentions.
#[derive(Default)]
struct Mentions {
    values: Vec<Var>,
    functions: Vec<Fun>,
    nested: Vec<Fun>,
}

impl Functions {
    /// Analyses a program.
    pub fn new(program: &Program, entry: Fun) -> Functions {
        let mut bound_to = IndexVec::filled(None, program.vars.len());
        for (f, data) in program.funs.enumerate() {
            bound_to[data.var] = Some(f);
        }
        let mut scan = Scan {
            program,
            bound_to,
            owner: IndexVec::filled(None, program.vars.len()),
            escapes: IndexVec::filled(false, program.funs.len()),
            mentions: program.funs.indices().map(|_| Mentions::default()).collect(),
            reachable: vec![entry],
        };
        scan.run();
        scan.decide()
    }

    /// The function and clause that a call reaches, if that is known.
    pub fn known(&self, program: &Program, callee: Atom, argc: usize) -> Option<(Fun, usize)> {
        known(program, &self.bound_to, callee, argc)
    }

    /// The needs that a mention of `fun` adds to the code around it.
    pub fn mention(&self, program: &Program, fun: Fun) -> Mention<'_> {
        match self.rep[fun] {
            Rep::Static => Mention::Nothing,
            Rep::Lifted => Mention::Needs(&self.needs[fun]),
            Rep::Closure => Mention::Closure(program.funs[fun].var),
        }
    }
}

/// See [`Functions::mention`].
pub enum Mention<'a> {
    /// Static.
    Nothing,
    /// Lifted: these variables.
    Needs(&'a [Var]),
    /// The variable that holds the closure.
    Closure(Var),
}

struct Scan<'a> {
    program: &'a Program,
    bound_to: IndexVec<Var, Option<Fun>>,
    owner: IndexVec<Var, Option<Fun>>,
    escapes: IndexVec<Fun, bool>,
    mentions: Vec<Mentions>,
    reachable: Vec<Fun>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut next = 0;
        while let Some(&fun) = self.reachable.get(next) {
            next += 1;
            for clause in &self.program.funs[fun].clauses {
                self.bind(fun, &clause.params, clause.rest);
            }
            let mut own = Mentions::default();
            let program = self.program;
            own_terms(program, fun, |term| self.term(fun, term, &mut own));
            for list in [&mut own.functions, &mut own.nested] {
                list.sort_unstable();
                list.dedup();
            }
            own.values.sort_unstable();
            own.values.dedup();
            self.reachable.extend(&own.nested);
            self.mentions[fun.0 as usize] = own;
        }
    }

    fn bind(&mut self, fun: Fun, params: &[Var], rest: Rest) {
        for &v in params {
            self.owner[v] = Some(fun);
        }
        if let Rest::Bind(v) = rest {
            self.owner[v] = Some(fun);
        }
    }

    fn values(&mut self, args: &[Atom], own: &mut Mentions) {
        for a in args {
            if let Atom::Var(v) = *a {
                match self.bound_to[v] {
                    Some(f) => {
                        self.escapes[f] = true;
                        own.functions.push(f);
                    }
                    None => own.values.push(v),
                }
            }
        }
    }

    fn term(&mut self, fun: Fun, term: &Term, own: &mut Mentions) {
        match term {
            Term::Let { var, args, .. } => {
                self.owner[*var] = Some(fun);
                self.values(args, own);
            }
            Term::LetFun { funs, .. } => {
                for &f in funs {
                    self.owner[self.program.funs[f].var] = Some(fun);
                    own.nested.push(f);
                }
            }
            Term::LetCont { conts, .. } => {
                for &k in conts {
                    if let ContData::Local { params, rest, .. } = &self.program.conts[k] {
                        self.bind(fun, params, *rest);
                    }
                }
            }
            Term::Continue { args, .. } | Term::Branch { args, .. } => self.values(args, own),
            Term::Call { callee, args, .. } => {
                self.values(args, own);
                match known(self.program, &self.bound_to, *callee, args.len()) {
                    Some((f, _)) => own.functions.push(f),
                    None => self.values(std::slice::from_ref(callee), own),
                }
            }
        }
    }

    /// Starts with every well-known function lifted; those that would take more arguments than there are registers get closures,
    /// which changes the needs of others. Two rounds of that suffice in practice; what is still too wide then passes arguments on the stack.
    fn decide(self) -> Functions {
        let mut closure = self.escapes.clone();
        let mut needs = self.solve(&closure);
        for _ in 0..2 {
            let mut changed = false;
            for &f in &self.reachable {
                let widest = |c: &Clause| c.params.len() + usize::from(c.rest != Rest::None);
                let params = self.program.funs[f].clauses.iter().map(widest).max().unwrap_or(0);
                if !closure[f] && needs[f].len() > 1 && params + needs[f].len() > REG_ARGS {
                    closure[f] = true;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
            needs = self.solve(&closure);
        }
        let mut rep = IndexVec::filled(Rep::Static, self.program.funs.len());
        for &f in &self.reachable {
            if !needs[f].is_empty() {
                rep[f] = if closure[f] { Rep::Closure } else { Rep::Lifted };
            }
        }
        Functions { bound_to: self.bound_to, rep, needs }
    }

    /// The least fixpoint of needs, given which functions are closures if they need anything.
    fn solve(&self, closure: &IndexVec<Fun, bool>) -> IndexVec<Fun, Vec<Var>> {
        // Whose needs grow with f's: `users` mention f, `makers` allocate its closure.
        let mut users: IndexVec<Fun, Vec<Fun>> = IndexVec::filled(Vec::new(), self.program.funs.len());
        let mut maker: IndexVec<Fun, Option<Fun>> = IndexVec::filled(None, self.program.funs.len());
        let mut work = Vec::new();
        for &f in &self.reachable {
            let own = &self.mentions[f.0 as usize];
            own.functions.iter().filter(|&&g| g != f).for_each(|&g| users[g].push(f));
            own.nested.iter().filter(|&&g| closure[g]).for_each(|&g| maker[g] = Some(f));
            work.extend(own.values.iter().map(|&v| (f, v)));
        }
        let mut sets: IndexVec<Fun, FxHashSet<Var>> = IndexVec::filled(FxHashSet::default(), self.program.funs.len());
        while let Some((f, v)) = work.pop() {
            let own_closure = closure[f] && v == self.program.funs[f].var;
            if self.owner[v] == Some(f) || own_closure || !sets[f].insert(v) {
                continue;
            }
            if closure[f] {
                if sets[f].len() == 1 {
                    work.extend(users[f].iter().map(|&g| (g, self.program.funs[f].var)));
                }
                work.extend(maker[f].map(|g| (g, v)));
            } else {
                work.extend(users[f].iter().map(|&g| (g, v)));
            }
        }
        let mut needs = IndexVec::filled(Vec::new(), self.program.funs.len());
        for &f in &self.reachable {
            let mut list: Vec<Var> = sets[f].iter().copied().collect();
            list.sort_unstable();
            needs[f] = list;
        }
        needs
    }
}
