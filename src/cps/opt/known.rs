//! Known calls: calls of known functions with several clauses or a rest list reach the right code with the arguments that it takes.
//!
//! ```text
//! (letfun ((fun f r ((x) A) ((x . more) B)))
//!   … (call f (1 2) k) …)
//! =>
//! (letfun ((fun f r ((x) A) ((y . rest) (call f2 (y rest) r)))
//!          (fun f2 r2 ((x more) B)))
//!   … (let l (cons 2 '()) (call f2 (1 l) k)) …)
//! ```
//!
//! Each clause that a known call selects moves to a function of its own with one clause and no rest list, which `beta`, `inline`, `contify`
//! and closure conversion handle best; the original remains for its other uses and is dropped by `dce` if there are none. A call that no clause
//! takes stays, and raises when it is run. Cost: linear.

use super::Context;
use crate::arena::IndexVec;
use crate::cps::analysis::uses::{Uses, clause_for};
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;

/// Resolves all known calls.
pub fn run(program: &mut Program, _: &mut Context) {
    let uses = Uses::count(program);
    let calls = calls(program, &uses);
    let mut workers: Vec<(Fun, usize, Fun)> = Vec::new();
    let mut worker_of: IndexVec<Fun, Vec<Option<Fun>>> = IndexVec::filled(Vec::new(), program.funs.len());
    for &(_, fun, clause) in &calls {
        if worker_of[fun].is_empty() {
            worker_of[fun] = vec![None; program.funs[fun].clauses.len()];
        }
        if worker_of[fun][clause].is_none() {
            let worker = split(program, fun, clause);
            worker_of[fun][clause] = Some(worker);
            workers.push((fun, clause, worker));
        }
    }
    for (term, fun, clause) in calls {
        if let Some(worker) = worker_of[fun][clause] {
            redirect(program, term, worker, fun, clause);
        }
    }
    bind(program, &worker_of);
    rename_returns(program, &workers);
}

/// Calls of known functions that need resolving, with the clause that each selects.
fn calls(program: &Program, uses: &Uses) -> Vec<(TermId, Fun, usize)> {
    let mut calls = Vec::new();
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        if let Term::Call { callee, args, .. } = &program.terms[term]
            && let Some(fun) = uses.fun(*callee)
            && let data = &program.funs[fun]
            && (data.clauses.len() > 1 || data.clauses.iter().any(|c| c.rest != Rest::None))
            && let Some(clause) = clause_for(data, args.len())
        {
            calls.push((term, fun, clause));
        }
    }
    calls
}

/// Moves a clause to a new function, and leaves a call of that in its place.
fn split(program: &mut Program, fun: Fun, clause: usize) -> Fun {
    let FunData { name, origin, ret: outer, .. } = program.funs[fun];
    let own = program.vars[program.funs[fun].var].name;
    let var = program.fresh(own);
    let ret = program.conts.push(ContData::Return(Fun(0)));
    let moved = program.funs[fun].clauses[clause].clone();
    let mut all = moved.params.clone();
    let mut params = Vec::new();
    for &param in &moved.params {
        let name = program.vars[param].name;
        params.push(program.fresh(name));
    }
    let mut args: Vec<Atom> = params.iter().copied().map(Atom::Var).collect();
    let mut rest = Rest::None;
    if let Rest::Bind(list) = moved.rest {
        let name = program.vars[list].name;
        let fresh = program.fresh(name);
        rest = Rest::Bind(fresh);
        all.push(list);
        args.push(Atom::Var(fresh));
    }
    let worker = Clause { params: all, rest: Rest::None, body: moved.body };
    let worker = program.funs.push(FunData { var, ret, clauses: vec![worker], name, origin });
    program.conts[ret] = ContData::Return(worker);
    let body = program.terms.push(Term::Call { callee: Atom::Var(var), args, cont: outer, origin });
    program.funs[fun].clauses[clause] = Clause { params, rest, body };
    worker
}

fn redirect(program: &mut Program, place: TermId, worker: Fun, fun: Fun, clause: usize) {
    let Term::Call { mut args, cont, origin, .. } = program.take(place) else {
        return;
    };
    let mut steps = Vec::new();
    let Clause { params, rest, .. } = &program.funs[fun].clauses[clause];
    if *rest != Rest::None {
        let further = args.split_off(params.len());
        args.push(program.list(&further, origin, &mut steps));
    }
    let callee = Atom::Var(program.funs[worker].var);
    program.terms[place] = program.chain(steps, Term::Call { callee, args, cont, origin });
}

/// Adds the new functions to the groups of the old ones.
fn bind(program: &mut Program, worker_of: &IndexVec<Fun, Vec<Option<Fun>>>) {
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        if let Term::LetFun { funs, .. } = &mut program.terms[term] {
            let new: Vec<Fun> = funs.iter().filter_map(|&f| worker_of.get(f)).flatten().copied().flatten().collect();
            funs.extend(new);
        }
    }
}

/// What was moved returns from its new function.
fn rename_returns(program: &mut Program, workers: &[(Fun, usize, Fun)]) {
    let mut old: IndexVec<Fun, Option<Cont>> = IndexVec::filled(None, program.funs.len());
    for &(fun, _, worker) in workers {
        old[worker] = Some(program.funs[fun].ret);
    }
    let mut walk = Walk::program(program);
    while let Some((term, fun)) = walk.next(program) {
        let new = program.funs[fun].ret;
        if let Term::Continue { cont, .. } | Term::Call { cont, .. } = &mut program.terms[term]
            && old[fun] == Some(*cont)
        {
            *cont = new;
        }
    }
}
