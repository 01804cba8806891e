//! Contification: a function whose calls all return to one continuation becomes a local continuation.
//!
//! ```text
//! (letfun ((fun loop r ((i) … (call loop (j) r) … (continue r i))))
//!   (call loop (0) k))
//! =>
//! (letcont ((cont loop (i) … (continue loop j) … (continue k i)))
//!   (continue loop 0))
//! ```
//!
//! Named `let`, `do` and local definitions become loops and joins this way, without closures or calls.
//!
//! Fluet & Weeks, "Contification using dominators" (ICFP 2001), their analysis A_Dom: a graph with an edge from a continuation to
//! each function that is called to return to it, from a function to each that it calls in tail position, and from a root to every continuation and to every
//! function that occurs other than in calls with a matching number of arguments. A function returns always to the same place iff the root is not its
//! immediate dominator; the place is its ancestor just below the root (a continuation, or a function's return). This finds mutually recursive groups too,
//! and is complete for what such an analysis can know.
//!
//! A continuation must be in scope where it is used: one whose function is bound in the scope of the place it returns to stays where it
//! is; any other moves in: to the group of that continuation, or to the start of that function.
//!
//! What a contified function does happens in the frame of the function that it moves into, so its origins become inlined at the call that enters it from
//! outside; where several do, at the first of them.
//!
//! Wants single clauses without rest lists (after [`super::known`]); a function with several clauses counts as not contifiable, and so does what it alone calls in tail
//! position. Cost: linear, but for dominators.

use super::Context;
use crate::arena::{Idx, IndexVec};
use crate::cps::analysis::uses::{Uses, clause_for};
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;
use crate::dominators::Dominators;
use crate::source::{Origin, SourceMap};
use indexmap::IndexMap;
use rustc_hash::FxHashMap;

/// Most calls that an origin becomes inlined at in one run.
const DEEPEST: u32 = 16;

/// Contifies every function that can be.
pub fn run(program: &mut Program, context: &mut Context) {
    let uses = Uses::count(program);
    let places = return_places(program, &uses);
    if places.iter().all(Option::is_none) {
        return;
    }
    relabel(program, context.sources, &uses, &places);
    let layout = Layout::compute(program);
    let mut contify = Contify { conts: IndexVec::filled(None, program.funs.len()), program, places };
    contify.make_continuations();
    contify.rewrite(&uses);
    contify.place(&layout);
}

/// Where a contifiable function returns to: a local continuation, or the return of another function.
type Places = IndexVec<Fun, Option<Cont>>;

fn return_places(program: &Program, uses: &Uses) -> Places {
    let fun_node = |fun: Fun| 1 + fun.index();
    let cont_node = |cont: Cont| 1 + program.funs.len() + cont.index();
    let single = |fun: Fun| program.funs[fun].clauses.len() == 1;
    let mut edges = vec![Vec::new(); 1 + program.funs.len() + program.conts.len()];
    let from_root: Vec<u32> = program
        .funs
        .enumerate()
        .filter(|(fun, data)| uses.escapes(data.var) || !single(*fun) || program.entry == Some(*fun))
        .map(|(fun, _)| fun_node(fun) as u32)
        .chain(program.conts.indices().filter(|&k| uses.returns[k] > 0).map(|k| cont_node(k) as u32))
        .collect();
    edges[0] = from_root;
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        let Term::Call { callee, args, cont, .. } = &program.terms[term] else {
            continue;
        };
        let Some(fun) = uses.fun(*callee) else {
            continue;
        };
        let from = match program.conts[*cont] {
            _ if clause_for(&program.funs[fun], args.len()).is_none() => 0,
            ContData::Local { .. } => cont_node(*cont),
            ContData::Return(caller) if single(caller) => fun_node(caller),
            ContData::Return(_) => 0,
        };
        edges[from].push(fun_node(fun) as u32);
    }
    let below = Dominators::compute(&edges).below_root();
    let mut places = IndexVec::filled(None, program.funs.len());
    for fun in program.funs.indices() {
        places[fun] = match below[fun_node(fun)].map(|node| node as usize) {
            Some(node) if node == fun_node(fun) => None,
            Some(node) if node > program.funs.len() => Some(Cont::new(node - 1 - program.funs.len())),
            Some(node) => Some(program.funs[Fun::new(node - 1)].ret),
            None => None,
        };
    }
    places
}

/// Gives the terms of contifiable functions origins that are inlined at the calls that enter them.
fn relabel(program: &mut Program, sources: &mut SourceMap, uses: &Uses, places: &Places) {
    let entries = entries(program, uses, places);
    let mut terms = Vec::new();
    let mut walk = Walk::program(program);
    while let Some((term, owner)) = walk.next(program) {
        if entries[owner].is_some() {
            terms.push((term, owner));
        }
    }
    for (term, owner) in terms {
        let mut at = owner;
        let mut depth = 0;
        // Entered from a function that is contified itself, and so on. The limit is for functions that nothing reaches: they may enter each other in a circle.
        while let Some((call, outer)) = entries[at]
            && depth < DEEPEST
            && let Some(origin) = program.terms[term].origin_mut()
        {
            *origin = sources.inlined(*origin, call);
            (at, depth) = (outer, depth + 1);
        }
    }
}

/// By contifiable function: the call that enters it from a function that returns elsewhere, and that function.
fn entries(program: &Program, uses: &Uses, places: &Places) -> IndexVec<Fun, Option<(Origin, Fun)>> {
    let mut entries = IndexVec::filled(None, program.funs.len());
    let mut inside = Vec::new();
    let mut walk = Walk::program(program);
    while let Some((term, owner)) = walk.next(program) {
        let Term::Call { callee, origin, .. } = &program.terms[term] else {
            continue;
        };
        let Some(fun) = uses.fun(*callee).filter(|&fun| places[fun].is_some()) else {
            continue;
        };
        if places[owner] == places[fun] {
            inside.push((owner, fun));
        } else if entries[fun].is_none() {
            entries[fun] = Some((*origin, owner));
        }
    }
    // Functions that only others of their group call are entered where those are.
    let mut callees: FxHashMap<Fun, Vec<Fun>> = FxHashMap::default();
    inside.iter().for_each(|&(caller, callee)| callees.entry(caller).or_default().push(callee));
    let mut work: Vec<Fun> = entries.indices().filter(|&fun| entries[fun].is_some()).collect();
    while let Some(fun) = work.pop() {
        for &callee in callees.get(&fun).into_iter().flatten() {
            if entries[callee].is_none() {
                entries[callee] = entries[fun];
                work.push(callee);
            }
        }
    }
    entries
}

/// Where everything stands in the tree of terms.
struct Layout {
    /// First and last number of a term's subtree in preorder.
    span: FxHashMap<TermId, (u32, u32)>,
    /// The `letfun` that binds a function, and the function around it.
    bound: IndexVec<Fun, Option<(TermId, Fun)>>,
    /// The `letcont` that binds a continuation.
    binder: IndexVec<Cont, Option<TermId>>,
}

impl Layout {
    fn compute(program: &Program) -> Layout {
        let mut layout = Layout {
            span: FxHashMap::default(),
            bound: IndexVec::filled(None, program.funs.len()),
            binder: IndexVec::filled(None, program.conts.len()),
        };
        let mut walk = Walk::program(program);
        let mut order = Vec::new();
        while let Some((term, owner)) = walk.next(program) {
            layout.span.insert(term, (order.len() as u32, order.len() as u32));
            order.push(term);
            match &program.terms[term] {
                Term::LetFun { funs, .. } => funs.iter().for_each(|&f| layout.bound[f] = Some((term, owner))),
                Term::LetCont { conts, .. } => conts.iter().for_each(|&k| layout.binder[k] = Some(term)),
                _ => {}
            }
        }
        for &term in order.iter().rev() {
            let mut last = layout.span[&term].1;
            let mut include = |inner: TermId| last = last.max(layout.span.get(&inner).map_or(0, |s| s.1));
            match &program.terms[term] {
                Term::Let { body, .. } => include(*body),
                Term::LetFun { funs, body } => {
                    include(*body);
                    funs.iter().flat_map(|&f| &program.funs[f].clauses).for_each(|clause| include(clause.body));
                }
                Term::LetCont { conts, body } => {
                    include(*body);
                    for &cont in conts {
                        if let ContData::Local { body, .. } = program.conts[cont] {
                            include(body);
                        }
                    }
                }
                _ => {}
            }
            layout.span.entry(term).and_modify(|span| span.1 = last);
        }
        layout
    }

    fn is_inside(&self, inner: TermId, outer: TermId) -> bool {
        match (self.span.get(&inner), self.span.get(&outer)) {
            (Some(inner), Some(outer)) => outer.0 <= inner.0 && inner.1 <= outer.1,
            _ => false,
        }
    }
}

struct Contify<'a> {
    program: &'a mut Program,
    places: Places,
    /// What contified functions have become.
    conts: IndexVec<Fun, Option<Cont>>,
}

impl Contify<'_> {
    fn make_continuations(&mut self) {
        for fun in self.program.funs.indices() {
            if self.places[fun].is_some()
                && let [Clause { params, rest, body }] = &self.program.funs[fun].clauses[..]
            {
                let data = ContData::Local { params: params.clone(), rest: *rest, body: *body };
                self.conts[fun] = Some(self.program.conts.push(data));
            }
        }
    }

    /// Where a use of this continuation leads now.
    fn target(&self, cont: Cont) -> Option<(Cont, Fun)> {
        match self.program.conts[cont] {
            ContData::Return(fun) => self.places.get(fun).copied().flatten().map(|place| (place, fun)),
            ContData::Local { .. } => None,
        }
    }

    fn rewrite(&mut self, uses: &Uses) {
        let mut walk = Walk::program(self.program);
        while let Some((place, _)) = walk.next(self.program) {
            let new = match &self.program.terms[place] {
                Term::Continue { cont, args } => {
                    let Some((target, fun)) = self.target(*cont) else {
                        continue;
                    };
                    self.program.pass_on(target, args.clone(), self.program.funs[fun].origin)
                }
                Term::Call { callee, args, cont, origin } => {
                    if let Some(jump) = uses.fun(*callee).and_then(|fun| self.conts[fun]) {
                        Term::Continue { cont: jump, args: args.clone() }
                    } else if let Some((target, _)) = self.target(*cont) {
                        Term::Call { callee: *callee, args: args.clone(), cont: target, origin: *origin }
                    } else {
                        continue;
                    }
                }
                _ => continue,
            };
            self.program.terms[place] = new;
        }
    }

    /// Binds the new continuations where they are in scope of all that they use and are used by.
    fn place(&mut self, layout: &Layout) {
        let mut groups: Vec<(TermId, Vec<Fun>)> = Vec::new();
        let mut moved: Vec<(Cont, Cont)> = Vec::new();
        let mut walk = Walk::program(self.program);
        while let Some((term, _)) = walk.next(self.program) {
            if let Term::LetFun { funs, .. } = &self.program.terms[term]
                && funs.iter().any(|&f| self.conts[f].is_some())
            {
                groups.push((term, funs.clone()));
            }
        }
        let mut stay: Vec<(TermId, Vec<Fun>, Vec<Cont>)> = Vec::new();
        for (term, funs) in groups {
            let mut kept = Vec::new();
            let mut here = Vec::new();
            for fun in funs {
                match (self.conts[fun], self.places[fun]) {
                    (Some(cont), Some(place)) if self.stays(layout, fun, place) => here.push(cont),
                    (Some(cont), Some(place)) => moved.push((place, cont)),
                    _ => kept.push(fun),
                }
            }
            stay.push((term, kept, here));
        }
        // Binders are changed before any term moves to another place, inner `letfun`s before outer ones, and starts of bodies last.
        let mut starts: IndexMap<Fun, Vec<Cont>> = IndexMap::new();
        for (place, cont) in moved {
            match self.program.conts[place] {
                ContData::Return(fun) => starts.entry(fun).or_default().push(cont),
                ContData::Local { .. } => {
                    if let Some(binder) = layout.binder[place]
                        && let Term::LetCont { conts, .. } = &mut self.program.terms[binder]
                    {
                        conts.push(cont);
                    }
                }
            }
        }
        for (term, kept, here) in stay.into_iter().rev() {
            self.rebind(term, kept, here);
        }
        for (fun, conts) in starts {
            let body = self.program.funs[fun].clauses[0].body;
            let inner = self.program.take(body);
            let inner = self.program.terms.push(inner);
            self.program.terms[body] = Term::LetCont { conts, body: inner };
        }
    }

    /// Replaces a `letfun` by one of the functions that are left, around a `letcont` of the continuations that stay.
    fn rebind(&mut self, term: TermId, kept: Vec<Fun>, here: Vec<Cont>) {
        let Term::LetFun { mut body, .. } = self.program.take(term) else {
            return;
        };
        if !kept.is_empty() {
            if !here.is_empty() {
                body = self.program.terms.push(Term::LetCont { conts: here, body });
            }
            self.program.terms[term] = Term::LetFun { funs: kept, body };
        } else if here.is_empty() {
            self.program.terms[term] = self.program.take(body);
        } else {
            self.program.terms[term] = Term::LetCont { conts: here, body };
        }
    }

    /// Whether a function's binding is in the scope of the place that it returns to.
    fn stays(&self, layout: &Layout, fun: Fun, place: Cont) -> bool {
        let Some((term, owner)) = layout.bound[fun] else {
            return true;
        };
        if self.places[owner] == Some(place) {
            return true;
        }
        match self.program.conts[place] {
            ContData::Return(outer) => {
                outer == owner || layout.is_inside(term, self.program.funs[outer].clauses[0].body)
            }
            ContData::Local { .. } => layout.binder[place].is_some_and(|binder| layout.is_inside(term, binder)),
        }
    }
}
