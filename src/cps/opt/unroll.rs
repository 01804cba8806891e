//! Unrolling of recursion: a small function that calls itself other than in tail position gets one copy of itself in place of each such call.
//!
//! ```text
//! (fun fib r ((n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
//! =>
//! (fun fib r ((n) (if (< n 2) n (+ (let a (- n 1) (if (< a 2) a (+ (fib (- a 1)) (fib (- a 2)))))
//!                                  (let b (- n 2) (if (< b 2) b (+ (fib (- b 1)) (fib (- b 2)))))))))
//! ```
//!
//! Leaves of the recursion, most of its calls, then cost no call, and the others half a frame each. Only one level, since code grows by the number of calls
//! for each; tail calls are left to `contify`, which makes loops of them. All copies are made of the body as it was.
//! Cost: linear in the program and the copies.

use super::Context;
use super::copy::Copier;
use crate::arena::IndexVec;
use crate::cps::analysis::calls::CallGraph;
use crate::cps::analysis::uses::Uses;
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;
use rustc_hash::FxHashMap;

/// Terms of a function with all copies.
const LARGEST: u32 = 64;
/// All copies together have at most this many terms, and an eighth of those of the program.
const BUDGET: u32 = 300;

/// Unrolls small recursive functions once.
pub fn run(program: &mut Program, context: &mut Context) {
    let uses = Uses::count(program);
    let size = CallGraph::compute(program, &uses).size;
    let mut calls: IndexVec<Fun, Vec<TermId>> = IndexVec::filled(Vec::new(), program.funs.len());
    let mut walk = Walk::program(program);
    while let Some((place, fun)) = walk.next(program) {
        let Term::Call { callee, args, cont, .. } = &program.terms[place] else {
            continue;
        };
        let data = &program.funs[fun];
        if let [Clause { params, rest: Rest::None, .. }] = &data.clauses[..]
            && uses.fun(*callee) == Some(fun)
            && *cont != data.ret
            && params.len() == args.len()
        {
            calls[fun].push(place);
        }
    }
    let mut budget = BUDGET + program.entry.map_or(0, |entry| size[entry] / 8);
    for fun in program.funs.indices() {
        let added = size[fun] * calls[fun].len() as u32;
        if !calls[fun].is_empty() && size[fun] + added <= LARGEST && added <= budget {
            budget -= added;
            unroll(program, context, fun, &calls[fun]);
        }
    }
}

fn unroll(program: &mut Program, context: &mut Context, fun: Fun, calls: &[TermId]) {
    let copies: Vec<TermId> = calls.iter().map(|&call| copy(program, context, fun, call)).collect();
    for (&call, copy) in calls.iter().zip(copies) {
        program.terms[call] = program.take(copy);
    }
}

/// A copy of a function's body that does what a call of it would.
fn copy(program: &mut Program, context: &mut Context, fun: Fun, call: TermId) -> TermId {
    let place = program.terms.push(Term::Continue { cont: Cont(0), args: Vec::new() });
    let Term::Call { args, cont, origin, .. } = program.terms[call].clone() else {
        return place;
    };
    let data = &program.funs[fun];
    let Clause { params, body, .. } = &data.clauses[0];
    let vars: FxHashMap<Var, Atom> = params.iter().copied().zip(args).collect();
    let conts = FxHashMap::from_iter([(data.ret, cont)]);
    let body = *body;
    Copier { program, sources: context.sources, vars, conts, at: origin }.copy_into(body, place);
    place
}
