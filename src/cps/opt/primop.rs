//! Calls of primitives become `let`s, and every application has the number of arguments that the primitive's function takes.
//!
//! ```text
//! (call (prim +) (a b c) k)       =>  (let v (+ a b) (let w (+ v c) (continue k w)))
//! (call (prim <) (a b c) k)       =>  (let v (< a b) (let w (< b c) (letcont … (branch (%true? v) …))))
//! (call (prim newline) () k)      =>  (let v (newline %absent) (continue k v))
//! (call (prim values) (a b) k)    =>  (continue k a b)
//! (call (prim call-with-values) (p c) k)  =>  (letcont ((cont j (x …) (call c (x …) k))) (call p () j))   c a known function, p a procedure
//! ```
//!
//! The table's `Nary` column says how. The origins of such parts say by how much the positions of arguments in messages are off. An application to a number of arguments that the primitive does not take stays (or becomes) a call, so that
//! the procedure itself raises the error; so does one whose continuation does not take one value. Afterwards the IR is at
//! `verify::Stage::Resolved`. Needed at every level; before everything else, since the other passes count on it.
//! Cost: linear.

use super::Context;
use crate::cps::analysis::uses::{Uses, accepts};
use crate::cps::analysis::walk::Walk;
use crate::cps::build::Step;
use crate::cps::ir::*;
use crate::source::{Origin, SourceMap};
use kestrel_runtime::Value;
use kestrel_runtime::prim::{Nary, Prim, PrimCode};

/// Resolves every application of a primitive.
pub fn run(program: &mut Program, context: &mut Context) {
    let uses = Uses::count(program);
    let mut walk = Walk::program(program);
    let mut pending = Vec::new();
    while let Some((term, _)) = walk.next(program) {
        pending.push(term);
    }
    for term in pending {
        regular(program, context.sources, term);
        resolve(program, context.sources, &uses, term);
    }
}

/// Turns a `let` or `branch` with an irregular number of arguments into a call to a new continuation.
fn regular(program: &mut Program, sources: &mut SourceMap, place: TermId) {
    let irregular = |prim: Prim, args: &[Atom]| match prim.fixed_args() {
        Some(n) => n != args.len(),
        None => matches!(prim.info().code, PrimCode::Control(_)) || !takes(prim, args.len()),
    };
    let (prim, args, origin, cont) = match program.take(place) {
        Term::Let { var, prim, args, body, origin } if irregular(prim, &args) => {
            let cont = program.conts.push(ContData::Local { params: vec![var], rest: Rest::None, body });
            (prim, args, origin, cont)
        }
        Term::Branch { prim, args, then, otherwise, origin } if irregular(prim, &args) => {
            let var = program.fresh(Value::FALSE);
            let test = Term::Branch { prim: Prim::True, args: vec![Atom::Var(var)], then, otherwise, origin };
            (prim, args, origin, program.fresh_cont(vec![var], Rest::None, test))
        }
        other => {
            program.terms[place] = other;
            return;
        }
    };
    let mut call = Term::Call { callee: Atom::Prim(prim), args, cont, origin };
    if let Some(resolved) = expand(program, sources, &call) {
        call = resolved;
    }
    let body = program.terms.push(call);
    program.terms[place] = Term::LetCont { conts: vec![cont], body };
}

/// Whether a program may apply a primitive to this many arguments.
fn takes(prim: Prim, count: usize) -> bool {
    let info = prim.info();
    count >= info.min as usize && info.max.is_none_or(|max| count <= max as usize)
}

/// Rewrites the call of a primitive in this place, if there is one and it can be; answers whether.
pub fn resolve(program: &mut Program, sources: &mut SourceMap, uses: &Uses, place: TermId) -> bool {
    let term = program.take(place);
    let resolved = match &term {
        Term::Call { callee: Atom::Prim(prim), args, cont, origin } => match (prim.info().name, &args[..]) {
            ("call-with-values", &[producer, consumer]) => {
                call_with_values(program, uses, producer, consumer, *cont, *origin)
            }
            _ => expand(program, sources, &term),
        },
        _ => None,
    };
    let changed = resolved.is_some();
    program.terms[place] = resolved.unwrap_or(term);
    changed
}

/// What a call of a primitive is instead.
fn expand(program: &mut Program, sources: &mut SourceMap, call: &Term) -> Option<Term> {
    let &Term::Call { callee: Atom::Prim(prim), ref args, cont, origin } = call else {
        return None;
    };
    if prim.info().name == "values" && accepts(program, cont, args.len()) {
        return Some(Term::Continue { cont, args: args.clone() });
    }
    if !takes(prim, args.len()) || !accepts(program, cont, 1) {
        return None;
    }
    let info = prim.info();
    let fixed = match (info.code, prim.fixed_args()) {
        (PrimCode::Control(_), _) => return None,
        (_, Some(fixed)) => fixed,
        (_, None) => args.len(),
    };
    let mut steps = Vec::new();
    let mut apply = |program: &mut Program, prim: Prim, args: Vec<Atom>, shift: usize| {
        let var = program.fresh(Value::FALSE);
        let origin = sources.shifted(origin, i8::try_from(shift).unwrap_or(0));
        steps.push(Step { var, prim, args, origin });
        Atom::Var(var)
    };
    let answer = match (info.nary, &args[..]) {
        (Nary::Exact, args) => {
            if args.len() > fixed {
                return None;
            }
            let mut args = args.to_vec();
            args.resize(fixed, Atom::Const(Value::ABSENT));
            apply(program, prim, args, 0)
        }
        (Nary::Fold(unit), []) => Atom::Const(Value::fixnum(unit)),
        (Nary::Fold(unit), &[a]) => apply(program, prim, vec![a, Atom::Const(Value::fixnum(unit))], 0),
        (Nary::FoldOr(single), &[a]) => apply(program, single, vec![a], 0),
        (Nary::Fold(_) | Nary::FoldOr(_), &[first, ref rest @ ..]) => {
            rest.iter().enumerate().fold(first, |sum, (i, &a)| apply(program, prim, vec![sum, a], i))
        }
        (Nary::Chain, &[a]) => {
            apply(program, prim, vec![a, a], 0);
            Atom::Const(Value::TRUE)
        }
        (Nary::Chain, &[a, b]) => apply(program, prim, vec![a, b], 0),
        (Nary::Chain, args) if args.len() > 2 => {
            let pairs = args.windows(2).enumerate();
            let tests: Vec<Atom> = pairs.map(|(i, pair)| apply(program, prim, pair.to_vec(), i)).collect();
            let last = all(program, &tests, cont, origin);
            return Some(program.chain(steps, last));
        }
        (Nary::FoldOr(_) | Nary::Chain, _) => return None,
    };
    Some(program.chain(steps, Term::Continue { cont, args: vec![answer] }))
}

/// Passes on whether all tests are true. All have been made by now.
fn all(program: &mut Program, tests: &[Atom], cont: Cont, origin: Origin) -> Term {
    let (&last, others) = tests.split_last().expect("a chain has two tests at least");
    let no = Term::Continue { cont, args: vec![Atom::Const(Value::FALSE)] };
    let no = program.fresh_cont(Vec::new(), Rest::None, no);
    let inner = others.iter().rev().fold(Term::Continue { cont, args: vec![last] }, |yes, &test| {
        let yes = program.fresh_cont(Vec::new(), Rest::None, yes);
        let branch = Term::Branch { prim: Prim::True, args: vec![test], then: yes, otherwise: no, origin };
        let body = program.terms.push(branch);
        Term::LetCont { conts: vec![yes], body }
    });
    let body = program.terms.push(inner);
    Term::LetCont { conts: vec![no], body }
}

/// `call-with-values` with a consumer that has one arity: the producer returns straight to it.
fn call_with_values(
    program: &mut Program,
    uses: &Uses,
    producer: Atom,
    consumer: Atom,
    cont: Cont,
    origin: Origin,
) -> Option<Term> {
    let [clause] = &program.funs[uses.fun(consumer)?].clauses[..] else {
        return None;
    };
    let (names, rest) = (clause.params.clone(), clause.rest);
    let mut copy = |var: Var| program.fresh(program.vars[var].name);
    let params: Vec<Var> = names.into_iter().map(&mut copy).collect();
    let mut args: Vec<Atom> = params.iter().copied().map(Atom::Var).collect();
    let (callee, rest) = match rest {
        Rest::Bind(var) => {
            let list = copy(var);
            args.insert(0, consumer);
            args.push(Atom::Var(list));
            (Atom::Prim(Prim::named("apply")?), Rest::Bind(list))
        }
        _ => (consumer, Rest::None),
    };
    let pass = program.fresh_cont(params, rest, Term::Call { callee, args, cont, origin });
    let mut call = Term::Call { callee: producer, args: Vec::new(), cont: pass, origin };
    if uses.fun(producer).is_none() && !matches!(producer, Atom::Prim(_)) {
        // What is no procedure is not called: the primitive refuses it, whatever the consumer.
        let whole = Atom::Prim(Prim::named("call-with-values")?);
        let refused = Term::Call { callee: whole, args: vec![producer; 2], cont, origin };
        let then = program.fresh_cont(Vec::new(), Rest::None, call);
        let otherwise = program.fresh_cont(Vec::new(), Rest::None, refused);
        let branch = Term::Branch { prim: Prim::named("procedure?")?, args: vec![producer], then, otherwise, origin };
        let body = program.terms.push(branch);
        call = Term::LetCont { conts: vec![then, otherwise], body };
    }
    let body = program.terms.push(call);
    Some(Term::LetCont { conts: vec![pass], body })
}
