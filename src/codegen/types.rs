//! What is known of variables that hold numbers, and which of them are raw doubles.
//!
//! A variable is a flonum if whatever gives it its value answers a flonum or raises: arithmetic on a flonum and real numbers,
//! conversions of real numbers, flonum constants, and parameters of blocks that are only ever given flonums. Found by assuming the
//! most of all and taking it back until nothing changes. A flonum is kept raw if arithmetic uses it so, directly or through a block
//! parameter; other uses tag it. A loop over floats then runs in registers, without tags or boxes.
//!
//! Where an operand may be complex, so may the result, which is then a tagged word. A root is a flonum if what it is taken of is
//! known not to be negative, as `(sqrt (+ (* x x) (* y y)))` is.
//!
//! Costs: nothing where a code mentions no flonum; else linear per round, few rounds.

use crate::arena::IndexVec;
use crate::closure::ir::*;
use kestrel_runtime::number;
use kestrel_runtime::prim::{Prim, Type};

/// What is known of a value; each says all that the ones before it say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Known {
    /// Nothing.
    Nothing,
    /// It is a real number.
    Real,
    /// It is a flonum.
    Flonum,
    /// It is a flonum, and NaN or neither negative nor -0.0.
    Positive,
}

/// What is known of each variable.
pub(super) type Facts = IndexVec<Var, Known>;

/// What is known of an atom.
fn known(facts: &Facts, atom: Atom) -> Known {
    match atom {
        Atom::Var(v) => facts[v],
        Atom::Const(v) => match number::flonum(v) {
            Some(x) if x < 0.0 || x.is_sign_negative() => Known::Flonum,
            Some(_) => Known::Positive,
            None if number::is_real(v) => Known::Real,
            None => Known::Nothing,
        },
        _ => Known::Nothing,
    }
}

/// What is known of a primitive's answer.
pub(super) fn answer(facts: &Facts, prim: Prim, args: &[Atom]) -> Known {
    use Prim::*;
    let of = |i: usize| known(facts, args[i]);
    let least = args.iter().map(|&a| known(facts, a)).min().unwrap_or(Known::Nothing);
    let most = args.iter().map(|&a| known(facts, a)).max().unwrap_or(Known::Nothing);
    // Of real operands: a flonum if one is.
    let mixed = if least >= Known::Real { most.min(Known::Flonum) } else { Known::Nothing };
    // Of anything: these raise where an operand is not real.
    let checked = if most >= Known::Flonum { Known::Flonum } else { Known::Real };
    let positive = |sure: bool, otherwise: Known| if sure { Known::Positive } else { otherwise };
    match (prim, args.len()) {
        (Mul, 2) => positive(least == Known::Positive || args[0] == args[1] && least >= Known::Flonum, mixed),
        (Add | Div, 2) => positive(least == Known::Positive, mixed),
        (Sub, 2) | (Negate | Sin | Cos | Tan, 1) => mixed,
        (Square | Exp, 1) => positive(of(0) >= Known::Flonum, mixed),
        (Abs, 1) => positive(of(0) >= Known::Flonum, checked),
        (Max | Min | Atan, 2) | (Floor | Ceiling | Truncate | Round, 1) => checked,
        (Sqrt, 1) if of(0) == Known::Positive => Known::Positive,
        (Inexact | ExactToInexact, 1) if of(0) >= Known::Real => of(0).max(Known::Flonum),
        _ if prim.info().result == Type::FLONUM => Known::Flonum,
        _ if Type::REAL.contains(prim.info().result) => Known::Real,
        _ => Known::Nothing,
    }
}

/// Whether code for the primitive works on raw doubles.
fn works_raw(prim: Prim) -> bool {
    use Prim::*;
    matches!(prim, Add | Sub | Mul | Div | Negate | Abs | Square | Sqrt | Inexact | ExactToInexact)
        || matches!(prim, NumEq | Lt | Gt | Le | Ge | IsZero | IsPositive | IsNegative)
}

/// The double of a flonum constant.
pub(super) fn constant(atom: Atom) -> Option<f64> {
    match atom {
        Atom::Const(v) => number::flonum(v),
        _ => None,
    }
}

/// What is known of each variable, and its representation; `order` lists the reachable blocks.
pub(super) fn of_code(code: &Code, order: &[Block]) -> (Facts, IndexVec<Var, Repr>) {
    let mut repr: IndexVec<Var, Repr> = IndexVec::filled(Repr::Tagged, code.vars.len());
    for (v, data) in code.vars.enumerate() {
        repr[v] = data.repr;
    }
    if !order.iter().any(|&b| mentions_flonum(&code.blocks[b])) && code.vars.iter().all(|v| v.repr == Repr::Tagged) {
        return (IndexVec::filled(Known::Nothing, code.vars.len()), repr);
    }
    let facts = facts(code, order);
    let wanted = wanted(code, order);
    for v in code.vars.indices().filter(|&v| facts[v] >= Known::Flonum && wanted[v]) {
        repr[v] = Repr::Double;
    }
    (facts, repr)
}

fn mentions_flonum(block: &BlockData) -> bool {
    let prim = |prim: Prim, args: &[Atom]| {
        prim.info().result == Type::FLONUM
            || matches!(prim, Prim::Inexact | Prim::ExactToInexact)
            || (works_raw(prim) && args.iter().any(|&a| constant(a).is_some()))
    };
    let exit = match &block.exit {
        Exit::Branch { prim: p, args, .. } => prim(*p, args),
        Exit::Jump(_, args) => args.iter().any(|&a| constant(a).is_some()),
        _ => false,
    };
    exit || block.instrs.iter().any(|i| matches!(&i.op, Op::Prim(p, args) if prim(*p, args)))
}

fn facts(code: &Code, order: &[Block]) -> Facts {
    let mut facts: Facts = IndexVec::filled(Known::Nothing, code.vars.len());
    for (v, data) in code.vars.enumerate() {
        facts[v] = if data.repr == Repr::Double { Known::Flonum } else { Known::Nothing };
    }
    for &b in order {
        let block = &code.blocks[b];
        block.params.iter().chain(block.instrs.iter().map(|i| &i.var)).for_each(|&v| facts[v] = Known::Positive);
    }
    let mut changed = true;
    while changed {
        changed = false;
        let mut lower = |facts: &mut Facts, v: Var, to: Known| {
            if to < facts[v] {
                facts[v] = to;
                changed = true;
            }
        };
        for &b in order {
            let block = &code.blocks[b];
            for instr in &block.instrs {
                let holds = match &instr.op {
                    Op::Prim(prim, args) => answer(&facts, *prim, args),
                    _ => Known::Nothing,
                };
                lower(&mut facts, instr.var, holds);
            }
            if let Exit::Jump(to, args) = &block.exit {
                for (&v, &a) in code.blocks[*to].params.iter().zip(args) {
                    let holds = known(&facts, a);
                    lower(&mut facts, v, holds);
                }
            }
        }
    }
    facts
}

fn wanted(code: &Code, order: &[Block]) -> IndexVec<Var, bool> {
    let mut wanted: IndexVec<Var, bool> = IndexVec::filled(false, code.vars.len());
    let want = |wanted: &mut IndexVec<Var, bool>, a: &Atom| match *a {
        Atom::Var(v) if !wanted[v] => {
            wanted[v] = true;
            true
        }
        _ => false,
    };
    for &b in order {
        for instr in &code.blocks[b].instrs {
            if let Op::Prim(prim, args) = &instr.op
                && works_raw(*prim)
            {
                args.iter().for_each(|a| {
                    want(&mut wanted, a);
                });
            }
        }
        if let Exit::Branch { prim, args, .. } = &code.blocks[b].exit
            && works_raw(*prim)
        {
            args.iter().for_each(|a| {
                want(&mut wanted, a);
            });
        }
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &b in order.iter().rev() {
            if let Exit::Jump(to, args) = &code.blocks[b].exit {
                for (&v, a) in code.blocks[*to].params.iter().zip(args) {
                    changed |= wanted[v] && want(&mut wanted, a);
                }
            }
        }
    }
    wanted
}
