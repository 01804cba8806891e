//! Dead code: what no effect and no answer depends on goes away.
//!
//! ```text
//! (letfun ((fun f …)) T)                         =>  T                       f unused, or used by itself alone
//! (let v (cons a b) T)                           =>  T                       v unused
//! (letcont ((cont k (x y) … x …)) … (continue k a b))  =>  (cont k (x) …) (continue k a)
//! ```
//!
//! Marks from the entry what is needed, then sweeps: so recursive functions, cycles of loop variables and mutually recursive unused definitions die
//! as well. A parameter is needed if its variable is; an argument is needed if the parameter is that it is passed to (continuations, and functions
//! that are only ever called with a matching number of arguments). Parameters of continuations that calls return to stay, and are given
//! `%unspecified` where they are not needed. Primitives with effects, and those that may raise, are always needed.
//! Cost: linear.

use super::Context;
use crate::arena::IndexVec;
use crate::cps::analysis::uses::{Uses, clause_for};
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;
use kestrel_runtime::Value;

/// Removes dead code.
pub fn run(program: &mut Program, _: &mut Context) {
    eliminate(program);
}

/// Removes dead code; answers whether there was any.
pub fn eliminate(program: &mut Program) -> bool {
    let uses = Uses::count(program);
    let known = only_called(program, &uses);
    let mut marker = Marker {
        program,
        uses: &uses,
        known: &known,
        live: IndexVec::filled(false, program.vars.len()),
        reached: IndexVec::filled(false, program.conts.len()),
        definition: IndexVec::filled(None, program.vars.len()),
        feeds: IndexVec::filled(Vec::new(), program.vars.len()),
        terms: Vec::new(),
        vars: Vec::new(),
    };
    marker.run();
    let (live, reached) = (marker.live, marker.reached);
    Sweeper { program, uses: &uses, known: &known, live, reached, changed: false }.run()
}

/// Functions with one clause without rest list that occur only in calls with the right number of arguments.
fn only_called(program: &Program, uses: &Uses) -> IndexVec<Fun, bool> {
    let mut known = IndexVec::filled(false, program.funs.len());
    for (fun, data) in program.funs.enumerate() {
        known[fun] = matches!(&data.clauses[..], [clause] if clause.rest == Rest::None)
            && !uses.escapes(data.var)
            && program.entry != Some(fun);
    }
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        if let Term::Call { callee, args, .. } = &program.terms[term]
            && let Some(fun) = uses.fun(*callee)
            && clause_for(&program.funs[fun], args.len()).is_none()
        {
            known[fun] = false;
        }
    }
    known
}

struct Marker<'a> {
    program: &'a Program,
    uses: &'a Uses,
    known: &'a IndexVec<Fun, bool>,
    live: IndexVec<Var, bool>,
    reached: IndexVec<Cont, bool>,
    /// The removable `let` of a variable.
    definition: IndexVec<Var, Option<TermId>>,
    /// What is passed to a parameter that is not live yet.
    feeds: IndexVec<Var, Vec<Atom>>,
    terms: Vec<TermId>,
    vars: Vec<Var>,
}

impl Marker<'_> {
    fn run(&mut self) {
        if let Some(entry) = self.program.entry {
            self.mark(Atom::Var(self.program.funs[entry].var));
        }
        loop {
            if let Some(var) = self.vars.pop() {
                self.needed(var);
            } else if let Some(term) = self.terms.pop() {
                self.term(term);
            } else {
                return;
            }
        }
    }

    fn mark(&mut self, atom: Atom) {
        if let Atom::Var(var) = atom
            && !std::mem::replace(&mut self.live[var], true)
        {
            self.vars.push(var);
        }
    }

    fn needed(&mut self, var: Var) {
        if let Some(fun) = self.uses.fun_of[var] {
            self.terms.extend(self.program.funs[fun].clauses.iter().map(|clause| clause.body));
        }
        if let Some(term) = self.definition[var]
            && let Term::Let { args, .. } = &self.program.terms[term]
        {
            args.iter().for_each(|&a| self.mark(a));
        }
        for atom in std::mem::take(&mut self.feeds[var]) {
            self.mark(atom);
        }
    }

    fn feed(&mut self, param: Var, arg: Atom) {
        if self.live[param] {
            self.mark(arg);
        } else if let Atom::Var(_) = arg {
            self.feeds[param].push(arg);
        }
    }

    fn reach(&mut self, cont: Cont) {
        if !std::mem::replace(&mut self.reached[cont], true)
            && let ContData::Local { body, .. } = self.program.conts[cont]
        {
            self.terms.push(body);
        }
    }

    fn term(&mut self, term: TermId) {
        let program = self.program;
        match &program.terms[term] {
            Term::Let { var, prim, args, body, .. } => {
                if prim.is_removable() && !self.live[*var] {
                    self.definition[*var] = Some(term);
                } else {
                    args.iter().for_each(|&a| self.mark(a));
                }
                self.terms.push(*body);
            }
            Term::LetFun { body, .. } | Term::LetCont { body, .. } => self.terms.push(*body),
            Term::Continue { cont, args } => {
                self.reach(*cont);
                match &program.conts[*cont] {
                    ContData::Return(_) => args.iter().for_each(|&a| self.mark(a)),
                    ContData::Local { params, rest, .. } => {
                        params.iter().zip(args).for_each(|(&p, &a)| self.feed(p, a));
                        if let Rest::Bind(list) = *rest {
                            args.iter().skip(params.len()).for_each(|&a| self.feed(list, a));
                        }
                    }
                }
            }
            Term::Call { callee, args, cont, .. } => {
                self.reach(*cont);
                self.mark(*callee);
                match self.uses.fun(*callee) {
                    Some(fun) if self.known[fun] => {
                        let params = &program.funs[fun].clauses[0].params;
                        params.iter().zip(args).for_each(|(&p, &a)| self.feed(p, a));
                    }
                    _ => args.iter().for_each(|&a| self.mark(a)),
                }
            }
            Term::Branch { args, then, otherwise, .. } => {
                args.iter().for_each(|&a| self.mark(a));
                self.reach(*then);
                self.reach(*otherwise);
            }
        }
    }
}

struct Sweeper<'a> {
    program: &'a mut Program,
    uses: &'a Uses,
    known: &'a IndexVec<Fun, bool>,
    live: IndexVec<Var, bool>,
    reached: IndexVec<Cont, bool>,
    changed: bool,
}

impl Sweeper<'_> {
    fn run(mut self) -> bool {
        let mut work: Vec<TermId> = Vec::new();
        let mut conts = Vec::new();
        let mut funs: Vec<Fun> = self.program.entry.into_iter().collect();
        let mut next = 0;
        work.extend(funs.iter().flat_map(|&f| self.program.funs[f].clauses.iter().map(|clause| clause.body)));
        while let Some(place) = work.pop() {
            self.place(place, &mut work, &mut funs, &mut conts);
            while let Some(&fun) = funs.get(next.max(1)) {
                next = next.max(1) + 1;
                work.extend(self.program.funs[fun].clauses.iter().map(|clause| clause.body));
            }
        }
        // Parameters go last: until here calls and jumps are matched with the old ones.
        for cont in conts {
            self.trim_cont(cont);
        }
        for fun in funs {
            if self.known[fun] {
                let live = &self.live;
                self.program.funs[fun].clauses[0].params.retain(|&p| live[p]);
            }
        }
        self.changed
    }

    fn place(&mut self, place: TermId, work: &mut Vec<TermId>, all_funs: &mut Vec<Fun>, all_conts: &mut Vec<Cont>) {
        loop {
            let mut term = self.program.take(place);
            let mut dropped = None;
            match &mut term {
                Term::Let { var, prim, body, .. } => {
                    if prim.is_removable() && !self.live[*var] {
                        dropped = Some(*body);
                    } else {
                        work.push(*body);
                    }
                }
                Term::LetFun { funs, body } => {
                    let before = funs.len();
                    funs.retain(|&f| self.live[self.program.funs[f].var]);
                    self.changed |= funs.len() != before;
                    if funs.is_empty() {
                        dropped = Some(*body);
                    } else {
                        all_funs.extend(&*funs);
                        work.push(*body);
                    }
                }
                Term::LetCont { conts, body } => {
                    let before = conts.len();
                    conts.retain(|&k| self.reached[k]);
                    self.changed |= conts.len() != before;
                    if conts.is_empty() {
                        dropped = Some(*body);
                    } else {
                        for &cont in &*conts {
                            all_conts.push(cont);
                            if let ContData::Local { body, .. } = self.program.conts[cont] {
                                work.push(body);
                            }
                        }
                        work.push(*body);
                    }
                }
                Term::Continue { cont, args } => self.trim_jump(*cont, args),
                Term::Call { callee, args, .. } => {
                    if let Some(fun) = self.uses.fun(*callee)
                        && self.known[fun]
                    {
                        let mut params = self.program.funs[fun].clauses[0].params.iter();
                        let before = args.len();
                        args.retain(|_| params.next().is_some_and(|&p| self.live[p]));
                        self.changed |= args.len() != before;
                    }
                }
                Term::Branch { .. } => {}
            }
            match dropped {
                Some(body) => {
                    self.program.terms[place] = self.program.take(body);
                    self.changed = true;
                }
                None => {
                    self.program.terms[place] = term;
                    return;
                }
            }
        }
    }

    /// Whether calls return to a continuation, so that its parameters are not its own to change.
    fn is_return_point(&self, cont: Cont) -> bool {
        self.uses.returns[cont] > 0
    }

    fn trim_jump(&mut self, cont: Cont, args: &mut Vec<Atom>) {
        let ContData::Local { params, rest, .. } = &self.program.conts[cont] else {
            return;
        };
        let required = params.len();
        let rest = match *rest {
            Rest::Bind(list) => self.live[list],
            Rest::None | Rest::Ignore => false,
        };
        let before = args.len();
        if !rest {
            args.truncate(required);
        }
        if self.is_return_point(cont) {
            for (param, arg) in params.iter().zip(args.iter_mut()) {
                if !self.live[*param] && matches!(arg, Atom::Var(var) if !self.live[*var]) {
                    *arg = Atom::Const(Value::UNSPECIFIED);
                }
            }
        } else {
            let mut position = 0;
            args.retain(|_| {
                position += 1;
                params.get(position - 1).is_none_or(|&p| self.live[p])
            });
        }
        self.changed |= args.len() != before;
    }

    fn trim_cont(&mut self, cont: Cont) {
        let return_point = self.is_return_point(cont);
        let live = &self.live;
        if let ContData::Local { params, rest, .. } = &mut self.program.conts[cont] {
            if !return_point {
                params.retain(|&p| live[p]);
            }
            if let Rest::Bind(list) = *rest
                && !live[list]
            {
                *rest = if return_point { Rest::Ignore } else { Rest::None };
            }
        }
    }
}
