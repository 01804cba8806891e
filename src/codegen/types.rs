//! Which variables of a code are raw doubles.
//!
//! A variable is a flonum if whatever gives it its value answers a flonum or raises: flonum arithmetic (one flonum operand is enough,
//! there being no complex numbers), conversions, flonum constants, and parameters of blocks that are only ever given flonums. Found
//! by assuming it of all and taking it back until nothing changes. A flonum is kept raw if arithmetic uses it so, directly or through a
//! block parameter; other uses tag it. A loop over floats then runs in registers, without tags or boxes.
//!
//! Costs: nothing where a code mentions no flonum; else linear per round, few rounds.

use crate::arena::IndexVec;
use crate::closure::ir::*;
use kestrel_runtime::number;
use kestrel_runtime::prim::{Prim, Type};

/// Whether an arithmetic primitive answers a flonum when given one.
fn contagious(prim: Prim) -> bool {
    use Prim::*;
    matches!(prim, Add | Sub | Mul | Div | Negate | Abs | Square | Sqrt | Max | Min)
        || matches!(prim, Floor | Ceiling | Truncate | Round | Exp | Sin | Cos | Tan)
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

/// The representation of each variable; `order` lists the reachable blocks.
pub(super) fn representations(code: &Code, order: &[Block]) -> IndexVec<Var, Repr> {
    let mut repr: IndexVec<Var, Repr> = IndexVec::filled(Repr::Tagged, code.vars.len());
    for (v, data) in code.vars.enumerate() {
        repr[v] = data.repr;
    }
    if !order.iter().any(|&b| mentions_flonum(&code.blocks[b])) && code.vars.iter().all(|v| v.repr == Repr::Tagged) {
        return repr;
    }
    let flonum = flonums(code, order);
    let wanted = wanted(code, order);
    for v in code.vars.indices().filter(|&v| flonum[v] && wanted[v]) {
        repr[v] = Repr::Double;
    }
    repr
}

fn mentions_flonum(block: &BlockData) -> bool {
    let prim = |prim: Prim, args: &[Atom]| {
        prim.info().result == Type::FLONUM || (works_raw(prim) && args.iter().any(|&a| constant(a).is_some()))
    };
    let exit = match &block.exit {
        Exit::Branch { prim: p, args, .. } => prim(*p, args),
        Exit::Jump(_, args) => args.iter().any(|&a| constant(a).is_some()),
        _ => false,
    };
    exit || block.instrs.iter().any(|i| matches!(&i.op, Op::Prim(p, args) if prim(*p, args)))
}

fn flonums(code: &Code, order: &[Block]) -> IndexVec<Var, bool> {
    let mut flonum: IndexVec<Var, bool> = IndexVec::filled(false, code.vars.len());
    for (v, data) in code.vars.enumerate() {
        flonum[v] = data.repr == Repr::Double;
    }
    for &b in order {
        let block = &code.blocks[b];
        block.params.iter().chain(block.instrs.iter().map(|i| &i.var)).for_each(|&v| flonum[v] = true);
    }
    let mut changed = true;
    while changed {
        changed = false;
        for &b in order {
            let block = &code.blocks[b];
            let is = |flonum: &IndexVec<Var, bool>, a: Atom| match a {
                Atom::Var(v) => flonum[v],
                other => constant(other).is_some(),
            };
            for instr in &block.instrs {
                let holds = match &instr.op {
                    Op::Prim(prim, _) if prim.info().result == Type::FLONUM => true,
                    Op::Prim(prim, args) => contagious(*prim) && args.iter().any(|&a| is(&flonum, a)),
                    _ => false,
                };
                if flonum[instr.var] && !holds {
                    flonum[instr.var] = false;
                    changed = true;
                }
            }
            if let Exit::Jump(to, args) = &block.exit {
                for (&v, &a) in code.blocks[*to].params.iter().zip(args) {
                    if flonum[v] && !is(&flonum, a) {
                        flonum[v] = false;
                        changed = true;
                    }
                }
            }
        }
    }
    flonum
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
