//! Inlining: small known functions are copied to where they are called.
//!
//! ```text
//! (fun square r ((x) (let y (* x x) (continue r y))))
//! (call square (a) k)   =>  (let y2 (* a a) (continue k y2))
//! ```
//!
//! Callees are treated before callers (components of the call graph), so that a small function made of small functions is still judged by the size it has in the
//! end, and one run suffices. Recursive functions are not copied. A function may be larger if arguments are constants, and much larger if one is a
//! known function that the body calls, since that is how `map` and its kin become loops. All copies together are limited by the program's size.
//! The idea of judging by what the context makes of a copy is Waddell & Dybvig's ("Fast and effective procedure inlining", 1997); we only
//! estimate, and let `beta` shrink afterwards. What occurs once is `beta`'s business, too.
//! Cost: linear in the program and the copies.

use super::Context;
use super::copy::Copier;
use crate::arena::{Idx, IndexVec};
use crate::cps::analysis::calls::CallGraph;
use crate::cps::analysis::uses::Uses;
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;
use rustc_hash::FxHashMap;

/// Terms of a function that is worth copying anywhere.
const SMALL: u32 = 12;
/// Further terms for each constant argument.
const PER_CONSTANT: u32 = 4;
/// Further terms if an argument is a known function that the callee calls.
const FOR_FUNCTION: u32 = 80;
/// All copies together have at most this many terms plus those of the program.
const BUDGET: u32 = 2000;

/// Copies small functions to their calls.
pub fn run(program: &mut Program, context: &mut Context) {
    let uses = Uses::count(program);
    let graph = CallGraph::compute(program, &uses);
    let mut size = graph.size;
    let mut budget = BUDGET + program.entry.map_or(0, |entry| size[entry]);
    for (fun, place) in calls_inside_out(program, &graph.components) {
        let Term::Call { callee, args, .. } = &program.terms[place] else {
            continue;
        };
        let Some(callee) = uses.fun(*callee) else {
            continue;
        };
        let [Clause { params, rest: Rest::None, .. }] = &program.funs[callee].clauses[..] else {
            continue;
        };
        let fits = size[callee] <= SMALL + bonus(&uses, params, args) && size[callee] <= budget;
        if callee == fun || graph.recursive[callee] || params.len() != args.len() || !fits {
            continue;
        }
        budget -= size[callee];
        size[fun] += size[callee];
        copy(program, context, place, callee);
    }
}

/// All calls with the function that each is in, callees' before callers'.
fn calls_inside_out(program: &Program, components: &[Vec<Fun>]) -> Vec<(Fun, TermId)> {
    let mut rank = IndexVec::<Fun, u32>::filled(u32::MAX, program.funs.len());
    for (i, &fun) in components.iter().flatten().enumerate() {
        rank[fun] = i as u32;
    }
    let mut calls = Vec::new();
    let mut walk = Walk::program(program);
    while let Some((term, fun)) = walk.next(program) {
        if let Term::Call { .. } = program.terms[term] {
            calls.push((fun, term));
        }
    }
    calls.sort_by_key(|&(fun, term)| (rank[fun], term.index()));
    calls
}

fn bonus(uses: &Uses, params: &[Var], args: &[Atom]) -> u32 {
    let function = |(&param, &arg): (&Var, &Atom)| {
        let known = uses.fun(arg).is_some() || matches!(arg, Atom::Prim(_));
        known && uses.calls.get(param).is_some_and(|&calls| calls > 0)
    };
    let constants = args.iter().filter(|arg| matches!(arg, Atom::Const(_))).count() as u32;
    let functions = if params.iter().zip(args).any(function) { FOR_FUNCTION } else { 0 };
    constants * PER_CONSTANT + functions
}

fn copy(program: &mut Program, context: &mut Context, place: TermId, callee: Fun) {
    let Term::Call { args, cont, origin, .. } = program.take(place) else {
        return;
    };
    let data = &program.funs[callee];
    let Clause { params, body, .. } = &data.clauses[0];
    let vars: FxHashMap<Var, Atom> = params.iter().copied().zip(args).collect();
    let conts = FxHashMap::from_iter([(data.ret, cont)]);
    let body = *body;
    let mut copier = Copier { program, sources: context.sources, vars, conts, at: origin };
    copier.copy_into(body, place);
}
