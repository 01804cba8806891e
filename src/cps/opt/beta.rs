//! Shrinking reductions to a fixed point: none makes the program larger.
//!
//! ```text
//! (letfun ((fun f r ((x) B))) … (call f (a) k))   =>  … B[x := a, r := k]          the only occurrence of f
//! (letcont ((cont k (x) B)) … (continue k a))     =>  … B[x := a]                  the only occurrence of k
//! (let v (+ 1 2) T)                               =>  T[v := 3]
//! (let v (< a b) (branch (%true? v) j k))         =>  (branch (< a b) j k)          the only occurrence of v
//! (branch (not v) j k)                            =>  (branch (%true? v) k j)
//! (continue k #f), k = (x) (branch (%true? x) i j)  =>  (continue j)                jumps to jumps and to tests are threaded
//! (let c (%make-cell a) … (%cell-ref c) …)        =>  … a …                        c never set
//! ```
//!
//! Sweeps go from outer to inner, with substitutions applied as occurrences are met and counts of occurrences kept right on the way, so that most of what
//! one reduction makes possible happens in the same sweep (Appel & Jim, "Shrinking lambda expressions in linear time", 1997, of which this is
//! the sweeping variant: it needs no links from binders to occurrences). The body of a function or continuation is visited after its scope, when it is
//! known whether anything but one inlined occurrence is left. Between sweeps [`super::dce`] removes what has died. Sweeps end when nothing
//! changes, or after [`SWEEPS`].
//!
//! What is moved keeps its origin if it is a continuation's, and gets one inlined at the call if it is a function's. A function that returns another number
//! of values than the continuation takes that it is inlined into goes through the procedure `values`, which raises the error.
//! Cost: linear per sweep.

use super::fold::{always_true, fold, is_test};
use super::{Context, dce, primop};
use crate::arena::{Idx, IndexVec};
use crate::cps::analysis::uses::{Uses, accepts, clause_for, grow_to};
use crate::cps::analysis::walk::Walk;
use crate::cps::build::Step;
use crate::cps::ir::*;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

/// Most sweeps of one run.
const SWEEPS: usize = 8;
/// Most copies of jumps and tests that one place goes through in a sweep: cyclic jumps have no end.
const THREADS: usize = 16;

/// Reduces until nothing changes.
pub fn run(program: &mut Program, context: &mut Context) {
    for _ in 0..SWEEPS {
        let dead = dce::eliminate(program);
        if !sweep(program, context) && !dead {
            return;
        }
    }
    dce::eliminate(program);
}

/// One sweep; answers whether it changed anything.
fn sweep(program: &mut Program, context: &mut Context) -> bool {
    let Some(entry) = program.entry else {
        return false;
    };
    let uses = Uses::count(program);
    let mut beta = Beta {
        uses,
        subst: IndexVec::filled(None, program.vars.len()),
        redirect: IndexVec::filled(None, program.conts.len()),
        definition: IndexVec::filled(None, program.vars.len()),
        cont_at: IndexVec::filled(None, program.conts.len()),
        cont_done: IndexVec::filled(false, program.conts.len()),
        fun_done: IndexVec::filled(false, program.funs.len()),
        before: IndexVec::filled(None, program.terms.len()),
        work: Vec::new(),
        changed: false,
        program,
        context,
    };
    beta.fun_done[entry] = true;
    beta.visit_clauses(entry);
    while let Some(work) = beta.work.pop() {
        match work {
            Work::Term(place, at) => beta.place(place, at),
            Work::Funs(place, from) => beta.funs(place, from),
            Work::Conts(place, from) => beta.conts(place, from),
        }
    }
    beta.changed
}

/// The call that a stretch of code was inlined at in this sweep.
type At = Option<Origin>;

enum Work {
    Term(TermId, At),
    /// Visit the next function of a `letfun` that is still needed, or drop those that are not.
    Funs(TermId, usize),
    /// The same for a `letcont`.
    Conts(TermId, usize),
}

struct Beta<'a, 'b> {
    program: &'a mut Program,
    context: &'a mut Context<'b>,
    uses: Uses,
    subst: IndexVec<Var, Option<Atom>>,
    /// Where a return continuation leads after its function has been inlined, and the call.
    redirect: IndexVec<Cont, Option<(Cont, Origin)>>,
    /// The primitive that made a variable's value, with its first argument.
    definition: IndexVec<Var, Option<(Prim, Option<Atom>)>>,
    cont_at: IndexVec<Cont, At>,
    cont_done: IndexVec<Cont, bool>,
    fun_done: IndexVec<Fun, bool>,
    /// The `let` that a term follows, with nothing but `letcont` and `letfun` between.
    before: IndexVec<TermId, Option<TermId>>,
    work: Vec<Work>,
    changed: bool,
}

impl Beta<'_, '_> {
    fn visit_clauses(&mut self, fun: Fun) {
        for clause in &self.program.funs[fun].clauses {
            self.work.push(Work::Term(clause.body, None));
        }
    }

    fn atom(&mut self, atom: Atom) -> Atom {
        let mut atom = atom;
        while let Atom::Var(var) = atom {
            match self.subst.get(var).copied().flatten() {
                Some(next) => atom = next,
                None => break,
            }
        }
        atom
    }

    fn atoms(&mut self, atoms: &mut [Atom]) {
        for atom in atoms {
            *atom = self.atom(*atom);
        }
    }

    fn substitute(&mut self, var: Var, atom: Atom) {
        grow_to(&mut self.subst, None, self.program.vars.len());
        self.uses.transfer(var, atom);
        self.subst[var] = Some(atom);
    }

    /// Where a jump to a continuation leads, and the call that was inlined if that is not where it was written to lead.
    fn cont(&self, cont: Cont) -> (Cont, Option<Origin>) {
        let mut found = (cont, None);
        while let Some((next, origin)) = self.redirect.get(found.0).copied().flatten() {
            found = (next, Some(origin));
        }
        found
    }

    fn origin(&mut self, origin: &mut Origin, at: At) {
        if let Some(at) = at {
            *origin = self.context.sources.inlined(*origin, at);
        }
    }

    /// Reduces the term in a place until it is in order, and leaves what it contains for later.
    fn place(&mut self, place: TermId, mut at: At) {
        let mut threads = 0;
        loop {
            let term = self.program.take(place);
            let next = match term {
                Term::Let { .. } => self.binding(place, term, at),
                Term::LetFun { funs, body } => {
                    self.follows(body, self.before(place));
                    self.program.terms[place] = Term::LetFun { funs, body };
                    self.work.extend([Work::Funs(place, 0), Work::Term(body, at)]);
                    None
                }
                Term::LetCont { conts, body } => {
                    let conts = self.float_targets(conts);
                    for &cont in &conts {
                        grow_to(&mut self.cont_at, None, cont.index() + 1);
                        self.cont_at[cont] = at;
                    }
                    self.follows(body, self.before(place));
                    self.program.terms[place] = Term::LetCont { conts, body };
                    self.work.extend([Work::Conts(place, 0), Work::Term(body, at)]);
                    None
                }
                Term::Continue { cont, args } => self.jump(place, cont, args, &mut threads),
                Term::Call { .. } => self.call(place, term, at),
                Term::Branch { .. } => self.branch(place, term, at),
            };
            match next {
                None => return,
                Some(next) => at = next,
            }
            self.changed = true;
        }
    }

    fn splice(&mut self, place: TermId, body: TermId) {
        self.program.terms[place] = self.program.take(body);
    }

    /// `Some` of the new surroundings if the place must be looked at again.
    fn binding(&mut self, place: TermId, term: Term, at: At) -> Option<At> {
        let Term::Let { var, prim, mut args, body, mut origin } = term else {
            self.program.terms[place] = term;
            return None;
        };
        self.atoms(&mut args);
        let known = match self.known(prim, &args) {
            Some(value) => Some(Atom::Const(value)),
            None => self.unset_cell(prim, &args),
        };
        if known.is_some() || (self.uses.vars[var] == 0 && prim.is_removable()) {
            if let Some(atom) = known {
                self.uses.more(atom);
                self.substitute(var, atom);
            }
            args.iter().for_each(|&a| self.uses.less(a));
            self.splice(place, body);
            return Some(at);
        }
        self.origin(&mut origin, at);
        grow_to(&mut self.definition, None, self.program.vars.len());
        self.definition[var] = Some((prim, args.first().copied()));
        self.follows(body, Some(place));
        self.program.terms[place] = Term::Let { var, prim, args, body, origin };
        self.work.push(Work::Term(body, at));
        None
    }

    /// The content of a cell that is only ever read.
    fn unset_cell(&self, prim: Prim, args: &[Atom]) -> Option<Atom> {
        match (prim, args) {
            (Prim::CellRef, [Atom::Var(cell)]) if self.uses.cell_refs[*cell] == self.uses.vars[*cell] => {
                match self.definition.get(*cell).copied().flatten()? {
                    (Prim::MakeCell, content) => content,
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn known(&mut self, prim: Prim, args: &[Atom]) -> Option<Value> {
        if let (Prim::True | Prim::Not, [Atom::Var(var)]) = (prim, args) {
            let made = self.definition.get(*var).copied().flatten();
            let certain = self.uses.fun_of[*var].is_some() || made.is_some_and(|(prim, _)| always_true(prim));
            return certain.then(|| Value::boolean(prim == Prim::True));
        }
        if let (Prim::IsProcedure, [Atom::Var(var)]) = (prim, args) {
            return self.uses.fun_of[*var].map(|_| Value::TRUE);
        }
        fold(self.context.ctx.as_deref_mut(), prim, args)
    }

    fn branch(&mut self, place: TermId, term: Term, at: At) -> Option<At> {
        let Term::Branch { mut prim, mut args, mut then, mut otherwise, mut origin } = term else {
            self.program.terms[place] = term;
            return None;
        };
        self.atoms(&mut args);
        self.origin(&mut origin, at);
        let mut before = self.before(place);
        loop {
            if let Some(value) = self.known(prim, &args) {
                let (taken, dropped) = if value.is_true() { (then, otherwise) } else { (otherwise, then) };
                args.iter().for_each(|&a| self.uses.less(a));
                self.uses.less_cont(dropped);
                self.program.terms[place] = Term::Continue { cont: taken, args: Vec::new() };
                return Some(None);
            }
            if prim == Prim::Not {
                prim = Prim::True;
                (then, otherwise) = (otherwise, then);
                self.changed = true;
                continue;
            }
            let Some((test, test_args, test_origin)) = self.merge(&mut before, prim, &args) else {
                break;
            };
            (prim, args, origin) = (test, test_args, test_origin);
            self.changed = true;
        }
        then = self.target(then);
        otherwise = self.target(otherwise);
        if then == otherwise && prim.is_removable() {
            args.iter().for_each(|&a| self.uses.less(a));
            self.uses.less_cont(then);
            self.program.terms[place] = Term::Continue { cont: then, args: Vec::new() };
            return Some(None);
        }
        self.program.terms[place] = Term::Branch { prim, args, then, otherwise, origin };
        None
    }

    fn before(&self, place: TermId) -> Option<TermId> {
        self.before.get(place).copied().flatten()
    }

    fn follows(&mut self, body: TermId, before: Option<TermId>) {
        grow_to(&mut self.before, None, self.program.terms.len());
        self.before[body] = before;
    }

    /// What the `let` before a test of its variable computes, if nothing else uses the variable. The `let` gives up its work, and the next sweep
    /// removes it.
    fn merge(&mut self, before: &mut Option<TermId>, prim: Prim, args: &[Atom]) -> Option<(Prim, Vec<Atom>, Origin)> {
        let (Prim::True, &[Atom::Var(tested)], &mut Some(place)) = (prim, args, &mut *before) else {
            return None;
        };
        match &mut self.program.terms[place] {
            Term::Let { var, prim, args, origin, .. }
                if *var == tested && self.uses.vars[tested] == 1 && is_test(*prim) =>
            {
                let prim = std::mem::replace(prim, Prim::True);
                let args = std::mem::replace(args, vec![Atom::Const(Value::FALSE)]);
                self.uses.vars[tested] = 0;
                let origin = *origin;
                *before = self.before(place);
                Some((prim, args, origin))
            }
            _ => None,
        }
    }

    /// Where a branch to `cont` ends up after continuations that only jump on without values.
    fn target(&mut self, cont: Cont) -> Cont {
        let mut found = cont;
        for _ in 0..THREADS {
            let ContData::Local { body, .. } = self.program.conts[found] else {
                break;
            };
            let Term::Continue { cont: next, ref args } = self.program.terms[body] else {
                break;
            };
            let (next, _) = self.cont(next);
            let plain =
                |k: &ContData| matches!(k, ContData::Local { params, rest: Rest::None, .. } if params.is_empty());
            if !args.is_empty() || next == found || !plain(&self.program.conts[next]) {
                break;
            }
            self.uses.less_cont(found);
            self.uses.conts[next] += 1;
            self.changed = true;
            found = next;
        }
        found
    }

    fn jump(&mut self, place: TermId, cont: Cont, mut args: Vec<Atom>, threads: &mut usize) -> Option<At> {
        self.atoms(&mut args);
        let (target, inlined) = self.cont(cont);
        if let Some(origin) = inlined
            && !accepts(self.program, target, args.len())
        {
            self.uses.returns[target] += 1;
            self.program.terms[place] = self.program.pass_on(target, args, origin);
            return None;
        }
        let ContData::Local { params, rest, body } = self.program.conts[target].clone() else {
            self.program.terms[place] = Term::Continue { cont: target, args };
            return None;
        };
        if self.uses.conts[target] == 1 && !self.cont_done[target] {
            if let Some(steps) = self.bind(&params, rest, args.clone(), inlined) {
                self.uses.conts[target] = 0;
                let term = self.program.take(body);
                self.program.terms[place] = self.program.chain(steps, term);
                return Some(self.cont_at.get(target).copied().flatten());
            }
        } else if *threads < THREADS
            && !matches!(rest, Rest::Bind(_))
            && let Some(copy) = self.thread(target, body, &params, &args)
        {
            *threads += 1;
            self.uses.less_cont(target);
            let at = if self.cont_done[target] { None } else { self.cont_at.get(target).copied().flatten() };
            self.program.terms[place] = copy;
            return Some(at);
        }
        self.program.terms[place] = Term::Continue { cont: target, args };
        None
    }

    /// A copy of a continuation's body, if that is a jump or a test.
    fn thread(&mut self, from: Cont, body: TermId, params: &[Var], args: &[Atom]) -> Option<Term> {
        let mut copy = match &self.program.terms[body] {
            Term::Continue { cont, .. } if self.cont(*cont).0 != from => self.program.terms[body].clone(),
            Term::Branch { prim: Prim::True, .. } => self.program.terms[body].clone(),
            _ => return None,
        };
        if let Term::Continue { args: atoms, .. } | Term::Branch { args: atoms, .. } = &mut copy {
            for atom in atoms {
                let resolved = self.atom(*atom);
                let passed = params.iter().position(|&p| Atom::Var(p) == resolved);
                *atom = passed.map_or(resolved, |i| args[i]);
                self.uses.more(*atom);
            }
        }
        match &mut copy {
            Term::Continue { cont, .. } => {
                let to = self.cont(*cont).0;
                self.uses.conts[to] += 1;
            }
            Term::Branch { then, otherwise, .. } => {
                self.uses.conts[*then] += 1;
                self.uses.conts[*otherwise] += 1;
            }
            _ => {}
        }
        args.iter().for_each(|&a| self.uses.less(a));
        Some(copy)
    }

    /// Substitutes arguments for parameters; answers the steps that make the rest list, or nothing if that cannot be done.
    fn bind(&mut self, params: &[Var], rest: Rest, args: Vec<Atom>, origin: Option<Origin>) -> Option<Vec<Step>> {
        let mut steps = Vec::new();
        let further = &args[params.len()..];
        match rest {
            Rest::None => {}
            Rest::Ignore => further.iter().for_each(|&a| self.uses.less(a)),
            Rest::Bind(_) if further.is_empty() => {}
            Rest::Bind(_) => {
                let list = self.program.list(further, origin?, &mut steps);
                self.uses.grow(self.program);
                let Rest::Bind(rest) = rest else { return None };
                for step in &steps {
                    self.uses.vars[step.var] = 1;
                }
                self.substitute(rest, list);
            }
        }
        if let (Rest::Bind(rest), []) = (rest, further) {
            self.substitute(rest, Atom::Const(Value::NULL));
        }
        for (&param, &arg) in params.iter().zip(&args) {
            self.substitute(param, arg);
        }
        Some(steps)
    }

    fn call(&mut self, place: TermId, term: Term, at: At) -> Option<At> {
        let Term::Call { callee, mut args, cont, mut origin } = term else {
            self.program.terms[place] = term;
            return None;
        };
        let callee = self.atom(callee);
        self.atoms(&mut args);
        let (cont, _) = self.cont(cont);
        self.origin(&mut origin, at);
        if let Some(fun) = self.uses.fun(callee)
            && self.uses.vars[self.program.funs[fun].var] == 1
            && !self.fun_done[fun]
            && let Some(clause) = clause_for(&self.program.funs[fun], args.len())
        {
            let data = &self.program.funs[fun];
            let Clause { params, rest, body } = data.clauses[clause].clone();
            let (var, ret) = (data.var, data.ret);
            if let Some(steps) = self.bind(&params, rest, args.clone(), Some(origin)) {
                self.uses.vars[var] = 0;
                self.uses.calls[var] = 0;
                self.uses.conts[cont] = (self.uses.conts[cont] + self.uses.conts[ret]).saturating_sub(1);
                self.uses.returns[cont] = (self.uses.returns[cont] + self.uses.returns[ret]).saturating_sub(1);
                self.redirect[ret] = Some((cont, origin));
                let term = self.program.take(body);
                self.program.terms[place] = self.program.chain(steps, term);
                return Some(Some(origin));
            }
        }
        let call = Term::Call { callee, args, cont, origin };
        self.program.terms[place] = call.clone();
        if !matches!(callee, Atom::Prim(_)) || !primop::resolve(self.program, self.context.sources, &self.uses, place) {
            return None;
        }
        self.uses.remove(&call);
        self.uses.grow(self.program);
        grow_to(&mut self.cont_done, false, self.program.conts.len());
        let mut walk = Walk::from(place, Fun(0));
        while let Some((term, _)) = walk.next(self.program) {
            self.uses.add(self.program, term);
        }
        Some(None)
    }

    /// Continuations that test their one parameter and do nothing else get the targets of the test out of the way, so that jumps to them with a
    /// known value can go there.
    fn float_targets(&mut self, conts: Vec<Cont>) -> Vec<Cont> {
        let mut all = Vec::with_capacity(conts.len());
        for cont in conts {
            all.push(cont);
            let ContData::Local { params, rest: Rest::None, body } = &self.program.conts[cont] else {
                continue;
            };
            let (&[param], body) = (&params[..], *body) else {
                continue;
            };
            if self.uses.vars[param] != 1 {
                continue;
            }
            let mut test = body;
            while let Term::LetCont { body, .. } = self.program.terms[test] {
                test = body;
            }
            if test == body
                || !matches!(&self.program.terms[test], Term::Branch { args, .. } if args[..] == [Atom::Var(param)])
            {
                continue;
            }
            while let Term::LetCont { conts, body: inner } = self.program.take(body) {
                all.extend(conts);
                self.splice(body, inner);
                if inner == test {
                    break;
                }
            }
            self.changed = true;
        }
        all
    }

    fn funs(&mut self, place: TermId, from: usize) {
        let Term::LetFun { funs, body } = &self.program.terms[place] else {
            return;
        };
        let next = later(funs, from, |fun| {
            let var = self.program.funs[fun].var;
            let open = !self.fun_done[fun] && self.uses.vars[var] > 0;
            open.then_some(self.uses.vars[var] == 1 && self.uses.calls[var] == 1)
        });
        if let Some((position, fun)) = next {
            self.fun_done[fun] = true;
            self.work.push(Work::Funs(place, position + 1));
            self.visit_clauses(fun);
            return;
        }
        let kept: Vec<Fun> = funs.iter().copied().filter(|&f| self.fun_done[f]).collect();
        let body = *body;
        self.changed |= kept.len() != funs.len();
        if kept.is_empty() {
            self.splice(place, body);
        } else {
            self.program.terms[place] = Term::LetFun { funs: kept, body };
        }
    }

    fn conts(&mut self, place: TermId, from: usize) {
        let Term::LetCont { conts, body } = &self.program.terms[place] else {
            return;
        };
        let next = later(conts, from, |cont| {
            let open = !self.cont_done[cont] && self.uses.conts[cont] > 0;
            open.then_some(self.uses.conts[cont] == 1 && self.uses.returns[cont] == 0)
        });
        if let Some((position, cont)) = next {
            self.cont_done[cont] = true;
            self.work.push(Work::Conts(place, position + 1));
            if let ContData::Local { body, .. } = self.program.conts[cont] {
                self.work.push(Work::Term(body, self.cont_at[cont]));
            }
            return;
        }
        let kept: Vec<Cont> = conts.iter().copied().filter(|&k| self.cont_done[k]).collect();
        let body = *body;
        self.changed |= kept.len() != conts.len();
        if kept.is_empty() {
            self.splice(place, body);
        } else {
            self.program.terms[place] = Term::LetCont { conts: kept, body };
        }
    }
}

/// The next member of a recursive group to visit, from a position on. Positions go through the group twice: members that occur once may yet be inlined
/// into others, so they wait for the second time. `open` answers nothing for members not to be visited, else whether to wait.
fn later<T: Copy>(group: &[T], from: usize, open: impl Fn(T) -> Option<bool>) -> Option<(usize, T)> {
    (from..2 * group.len()).find_map(|position| {
        let member = group[position % group.len()];
        let wait = open(member)?;
        (!wait || position >= group.len()).then_some((position, member))
    })
}
