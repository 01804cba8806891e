//! What is known of variables that hold numbers, and which of them are raw doubles.
//!
//! A variable is a flonum if whatever gives it its value answers a flonum or raises: arithmetic on a flonum and real numbers,
//! conversions of real numbers, flonum constants, and parameters of blocks that are only ever given flonums. Found by assuming the
//! most of all and taking it back until nothing changes. A flonum is kept raw if arithmetic uses it so, directly or through a block
//! parameter; other uses tag it. A loop over floats then runs in registers, without tags or boxes.
//!
//! Where an operand may be complex, so may the result, which is then a tagged word; [`super::speculate`] sees to it that this is
//! rare. What has been compared by `<` is real wherever that comparison dominates, and what was found not to be below 0 has a real
//! root; `(sqrt (+ (* x x) (* y y)))` of flonums is a flonum anyway.
//!
//! Costs: nothing where a code mentions no flonum; else linear per round, few rounds.

use crate::arena::IndexVec;
use crate::closure::ir::*;
use crate::dominators::Dominators;
use kestrel_runtime::prim::{Prim, Type};
use kestrel_runtime::{Value, number};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What is known of a value; each says all that the ones before it say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Known {
    /// Nothing.
    Nothing,
    /// It is a real number.
    Real,
    /// It is a flonum.
    Flonum,
    /// It is a flonum, and NaN or not below zero.
    NotNegative,
    /// It is a flonum, and NaN or neither below zero nor -0.0.
    Positive,
}

/// What comparisons have found out of a variable.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Found {
    pub real: bool,
    pub not_negative: bool,
}

/// What is found out of variables right where they get their values.
pub(super) type Asked = FxHashMap<Var, Found>;

/// What is found out of variables where a block begins.
type Checked = Rc<FxHashMap<Var, Found>>;

/// What is known of each variable, everywhere and in the block `here`.
pub(super) struct Facts {
    vars: IndexVec<Var, Known>,
    checked: IndexVec<Block, Checked>,
    asked: Asked,
    /// Where questions are about.
    pub here: Block,
    /// Whether operands of which nothing is known are taken for real ones, and roots for those of numbers that are not negative.
    hopeful: bool,
}

impl Facts {
    /// Nothing is known.
    pub fn none(code: &Code) -> Facts {
        let vars = IndexVec::filled(Known::Nothing, code.vars.len());
        let checked = IndexVec::filled(Checked::default(), code.blocks.len());
        Facts { vars, checked, asked: Asked::default(), here: Block(0), hopeful: false }
    }

    /// What is known of an atom.
    pub fn of(&self, atom: Atom) -> Known {
        match atom {
            Atom::Var(v) => {
                let found = self.checked[self.here].get(&v).copied().unwrap_or_default();
                let asked = self.asked.get(&v).copied().unwrap_or_default();
                match self.vars[v] {
                    Known::Nothing if found.real || asked.real => Known::Real,
                    Known::Flonum if found.not_negative || asked.not_negative => Known::NotNegative,
                    known => known,
                }
            }
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
    pub fn answer(&self, prim: Prim, args: &[Atom]) -> Known {
        use Known::*;
        use Prim::*;
        let of = |i: usize| self.of(args[i]);
        let least = args.iter().map(|&a| self.of(a)).min().unwrap_or(Nothing);
        let most = args.iter().map(|&a| self.of(a)).max().unwrap_or(Nothing);
        // Of real operands: a flonum if one is.
        let mixed = if least >= Real || self.hopeful && most >= Flonum { most.min(Flonum) } else { Nothing };
        // Of anything: these raise where an operand is not real.
        let checked = if most >= Flonum { Flonum } else { Real };
        match (prim, args.len()) {
            (Mul, 2) if args[0] == args[1] && least >= Flonum => Positive,
            (Add | Mul, 2) if least >= NotNegative => least,
            (Div, 2) if least >= NotNegative && of(1) == Positive => least,
            (Square | Exp | Abs, 1) if least >= Flonum => Positive,
            (Add | Sub | Mul | Div, 2) | (Negate | Sin | Cos | Tan | Square | Exp, 1) => mixed,
            // Of one argument, which may be complex; the other is absent.
            (Atan, 2) if args[1] == Atom::Const(Value::ABSENT) => match of(0) {
                Nothing => Nothing,
                known => known.min(Flonum),
            },
            (Max | Min | Atan, 2) | (Floor | Ceiling | Truncate | Round, 1) => checked,
            (Sqrt, 1) if least >= NotNegative => least,
            (Sqrt, 1) if self.hopeful && least >= Flonum => NotNegative,
            (Inexact | ExactToInexact, 1) if self.hopeful || least >= Real => least.max(Flonum),
            _ if prim.info().result == Type::FLONUM => Flonum,
            _ if Type::REAL.contains(prim.info().result) => Real,
            _ => Nothing,
        }
    }
}

/// What the exit of a block finds out on its way to one of its successors.
fn found_by(exit: &Exit, on_true: bool, mut find: impl FnMut(Var, Found)) {
    use Prim::{
        Ge, Gt, IsExactInteger, IsExactRational, IsInteger, IsNegative, IsPositive, IsRational, IsReal, Le, Lt,
    };
    let Exit::Branch { prim, args, .. } = exit else { return };
    let orders = matches!(prim, Lt | Gt | Le | Ge | IsPositive | IsNegative);
    let real = orders || on_true && matches!(prim, IsReal | IsRational | IsInteger | IsExactInteger | IsExactRational);
    let against_positive = match args.get(1) {
        None => true,
        Some(&Atom::Const(v)) => v.as_fixnum().is_some_and(|n| n >= 0) || number::flonum(v).is_some_and(|x| x >= 0.0),
        Some(_) => false,
    };
    let above = if on_true { matches!(prim, Gt | Ge | IsPositive) } else { matches!(prim, Lt | Le | IsNegative) };
    for (i, &a) in args.iter().enumerate() {
        if let Atom::Var(v) = a {
            find(v, Found { real, not_negative: i == 0 && above && against_positive });
        }
    }
}

/// What comparisons have found out where each block begins.
fn checked(code: &Code, order: &[Block]) -> IndexVec<Block, Checked> {
    let mut all = IndexVec::filled(Checked::default(), code.blocks.len());
    let compares =
        |&b: &Block| matches!(&code.blocks[b].exit, Exit::Branch { prim, .. } if prim.info().name != "%true?");
    if !order.iter().any(compares) {
        return all;
    }
    let successors: Vec<Vec<u32>> = code.blocks.iter().map(|b| b.exit.successors().map(|s| s.0).collect()).collect();
    let dominators = Dominators::compute(&successors);
    let mut ways_in = vec![0; code.blocks.len()];
    successors.iter().flatten().for_each(|&s| ways_in[s as usize] += 1);
    for &b in order {
        let Some(parent) = dominators.parent(b.0) else { continue };
        let exit = &code.blocks[Block(parent)].exit;
        let mut here = all[Block(parent)].clone();
        // What both ways find out holds in all that is dominated; what one finds out only if there is no other way in.
        let direct = ways_in[b.0 as usize] == 1;
        let mut news = Vec::new();
        if let (true, Exit::Branch { then, otherwise, .. }) = (direct, exit) {
            if *then == b {
                found_by(exit, true, |v, found| news.push((v, found)));
            } else if *otherwise == b {
                found_by(exit, false, |v, found| news.push((v, found)));
            }
        } else {
            found_by(exit, false, |v, found| news.push((v, Found { real: found.real, not_negative: false })));
        }
        for (v, found) in news {
            let before = here.get(&v).copied().unwrap_or_default();
            let after =
                Found { real: before.real || found.real, not_negative: before.not_negative || found.not_negative };
            if after != before {
                Rc::make_mut(&mut here).insert(v, after);
            }
        }
        all[b] = here;
    }
    all
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
    if !is_concerned(code, order) {
        return (Facts::none(code), repr);
    }
    let facts = facts(code, order, false, Asked::default());
    let wanted = wanted(code, order);
    for v in code.vars.indices().filter(|&v| facts.vars[v] >= Known::Flonum && wanted[v]) {
        repr[v] = Repr::Double;
    }
    (facts, repr)
}

/// Whether flonums occur in a code, as far as one sees.
pub(super) fn is_concerned(code: &Code, order: &[Block]) -> bool {
    order.iter().any(|&b| mentions_flonum(&code.blocks[b])) || code.vars.iter().any(|v| v.repr == Repr::Double)
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

/// What is known of each variable, if the questions `asked` are answered so; or, `hopeful`, what would be known if numbers of which
/// nothing is known were real.
pub(super) fn facts(code: &Code, order: &[Block], hopeful: bool, asked: Asked) -> Facts {
    let mut facts = Facts { checked: checked(code, order), hopeful, asked, ..Facts::none(code) };
    for (v, data) in code.vars.enumerate() {
        facts.vars[v] = if data.repr == Repr::Double { Known::Flonum } else { Known::Nothing };
    }
    for &b in order {
        let block = &code.blocks[b];
        block.params.iter().chain(block.instrs.iter().map(|i| &i.var)).for_each(|&v| facts.vars[v] = Known::Positive);
    }
    let mut changed = true;
    while changed {
        changed = false;
        let mut lower = |facts: &mut Facts, v: Var, to: Known| {
            if to < facts.vars[v] {
                facts.vars[v] = to;
                changed = true;
            }
        };
        for &b in order {
            facts.here = b;
            let block = &code.blocks[b];
            for instr in &block.instrs {
                let holds = match &instr.op {
                    Op::Prim(prim, args) => facts.answer(*prim, args),
                    _ => Known::Nothing,
                };
                lower(&mut facts, instr.var, holds);
            }
            if let Exit::Jump(to, args) = &block.exit {
                for (&v, &a) in code.blocks[*to].params.iter().zip(args) {
                    let holds = facts.of(a);
                    lower(&mut facts, v, holds);
                }
            }
        }
    }
    facts
}

/// Which variables arithmetic on raw doubles uses, directly or through a block parameter.
pub(super) fn wanted(code: &Code, order: &[Block]) -> IndexVec<Var, bool> {
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
