//! Eta: what only passes its arguments on is what it passes them on to.
//!
//! ```text
//! (fun f r ((x y) (call g (x y) r)))   f := g     f anonymous; g a known function, or a primitive that never raises, that takes exactly these
//! (cont k (x) (continue j x))          k := j     j local, and takes exactly these
//! ```
//!
//! A function that the program has named keeps its name in messages, so it stays; calls of it are `inline`'s business. `g` must be known to take
//! the same number of arguments, or the error for a wrong number would be raised elsewhere; so would a primitive's own errors. Jumps to `k` and branches are already threaded
//! by `beta`; here are the calls that return to it. A continuation that passes on to a return is kept where calls return to it: it insists on
//! one value. Before: `beta`. Cost: linear.

use super::Context;
use crate::arena::IndexVec;
use crate::cps::analysis::uses::Uses;
use crate::cps::analysis::walk::Walk;
use crate::cps::ir::*;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Effects;

/// Replaces what only passes on.
pub fn run(program: &mut Program, _: &mut Context) {
    let uses = Uses::count(program);
    let mut vars: IndexVec<Var, Option<Atom>> = IndexVec::filled(None, program.vars.len());
    let mut conts: IndexVec<Cont, Option<Cont>> = IndexVec::filled(None, program.conts.len());
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        match &program.terms[term] {
            Term::LetFun { funs, .. } => {
                for &fun in funs {
                    let var = program.funs[fun].var;
                    if let Some(atom) = passes_to(program, &uses, fun)
                        && follow(atom, |a| variable(a).and_then(|v| vars[v])) != Atom::Var(var)
                    {
                        vars[var] = Some(atom);
                    }
                }
            }
            Term::LetCont { conts: group, .. } => {
                for &cont in group {
                    if let Some(next) = jumps_to(program, cont)
                        && follow(next, |k| conts[k]) != cont
                    {
                        conts[cont] = Some(next);
                    }
                }
            }
            _ => {}
        }
    }
    replace(program, &vars, &conts);
}

fn variable(atom: Atom) -> Option<Var> {
    match atom {
        Atom::Var(var) => Some(var),
        _ => None,
    }
}

fn follow<T: Copy>(start: T, next: impl Fn(T) -> Option<T>) -> T {
    std::iter::successors(Some(start), |&at| next(at)).last().unwrap_or(start)
}

/// What an anonymous function calls with just its parameters.
fn passes_to(program: &Program, uses: &Uses, fun: Fun) -> Option<Atom> {
    let data = &program.funs[fun];
    let [Clause { params, rest: Rest::None, body }] = &data.clauses[..] else {
        return None;
    };
    match &program.terms[*body] {
        Term::Call { callee, args, cont, .. } => {
            let takes_the_same = uses.fun(*callee).is_some_and(|callee| {
                let [clause] = &program.funs[callee].clauses[..] else {
                    return false;
                };
                clause.rest == Rest::None && clause.params.len() == params.len()
            });
            let named = data.name != Value::FALSE;
            (!named && *cont == data.ret && takes_the_same && are(args, params)).then_some(*callee)
        }
        // What `primop` has made of a call.
        Term::Let { var, prim, args, body, .. } => {
            let info = prim.info();
            let takes_the_same = info.min as usize == params.len() && info.max == Some(info.min);
            let returns = matches!(&program.terms[*body], Term::Continue { cont, args } if *cont == data.ret && args[..] == [Atom::Var(*var)]);
            let raises = info.effects.contains(Effects::RAISE);
            (data.name == Value::FALSE && !raises && takes_the_same && returns && are(args, params))
                .then_some(Atom::Prim(*prim))
        }
        _ => None,
    }
}

/// Where a continuation jumps with just its parameters, if that takes the same values.
fn jumps_to(program: &Program, cont: Cont) -> Option<Cont> {
    let ContData::Local { params, rest, body } = &program.conts[cont] else {
        return None;
    };
    let Term::Continue { cont: next, args } = &program.terms[*body] else {
        return None;
    };
    let ContData::Local { params: taken, rest: taken_rest, .. } = &program.conts[*next] else {
        return None;
    };
    let same = taken.len() == params.len() && rest == taken_rest && !matches!(rest, Rest::Bind(_));
    (same && are(args, params)).then_some(*next)
}

fn are(args: &[Atom], params: &[Var]) -> bool {
    args.iter().copied().eq(params.iter().copied().map(Atom::Var))
}

fn replace(program: &mut Program, vars: &IndexVec<Var, Option<Atom>>, conts: &IndexVec<Cont, Option<Cont>>) {
    let atom = |a: &mut Atom| *a = follow(*a, |a| variable(a).and_then(|v| vars[v]));
    let cont = |k: &mut Cont| *k = follow(*k, |k| conts[k]);
    let mut walk = Walk::program(program);
    while let Some((term, _)) = walk.next(program) {
        match &mut program.terms[term] {
            Term::Let { args, .. } => args.iter_mut().for_each(atom),
            Term::Branch { args, then, otherwise, .. } => {
                args.iter_mut().for_each(atom);
                cont(then);
                cont(otherwise);
            }
            Term::Continue { cont: target, args } => {
                args.iter_mut().for_each(atom);
                cont(target);
            }
            Term::Call { callee, args, cont: target, .. } => {
                atom(callee);
                args.iter_mut().for_each(atom);
                cont(target);
            }
            Term::LetFun { .. } | Term::LetCont { .. } => {}
        }
    }
}
