//! The rest of a loop as a code of its own, for a loop that became hot while it ran in the baseline.
//!
//! ```text
//! (direct f (n) (block b0 () (jump b1 0 0.0)) (block b1 (i x) …))
//! ⇒ (direct f (i' x' n') (block b0 () (let x'' (%flonum x')) (jump b1' i' x'' n')) …)
//! ```
//!
//! `%flonum` tells [`super::types`] which variables are flonums; whoever enters the code has looked that they are. The calls in the copy return to the original's return points, which so have two callers.

use super::copy::{Copier, Names};
use super::shape;
use crate::arena::IndexVec;
use crate::closure::ir::*;
use kestrel_runtime::prim::Prim;

/// The code that goes on at a loop header of a direct code or return point. It takes the variables in `live`, which must be all that are live at
/// the header once its parameters are set, and of which those marked in `flonums` are flonums. `None` if a variable is missing.
pub fn loop_entry(code: &Code, header: Block, live: &[Var], flonums: &[bool]) -> Option<Code> {
    let mut new = Code {
        kind: CodeKind::Direct { closure: None, params: Vec::new() },
        name: code.name,
        origin: code.origin,
        vars: IndexVec::new(),
        blocks: IndexVec::new(),
    };
    let mut params = Vec::with_capacity(live.len());
    let mut instrs = Vec::new();
    let mut names = Names::default();
    for (&v, &flonum) in live.iter().zip(flonums) {
        let param = new.vars.push(code.vars[v]);
        params.push(param);
        names.insert(v, param);
        if flonum {
            let known = new.vars.push(code.vars[v]);
            let op = Op::Prim(Prim::TheFlonum, vec![Atom::Var(param)]);
            instrs.push(Instr { var: known, op, origin: code.origin });
            names.insert(v, known);
        }
    }
    new.kind = CodeKind::Direct { closure: None, params };

    let (order, _) = shape::walk(code);
    if shape::members(code, &shape::live_in(code, &order)[header]).any(|v| !names.contains_key(&v)) {
        return None;
    }
    let bound = bound_after(code, header);
    let fixed = names.iter().map(|(&v, &name)| (v, name)).filter(|(v, _)| !bound[*v]).collect();
    let mut copier = Copier::new(code, &order, new, fixed);
    let entry = copier.push(Vec::new(), instrs, Exit::Return(Vec::new()));
    let args: Vec<Atom> = code.blocks[header].params.iter().map(|&v| Atom::Var(v)).collect();
    let exit = copier.jump(header, &args, &names);
    copier.new.blocks[entry].exit = exit;
    Some(copier.finish().0)
}

/// Which variables are bound in the blocks that can be reached from one.
fn bound_after(code: &Code, from: Block) -> IndexVec<Var, bool> {
    let mut bound = IndexVec::filled(false, code.vars.len());
    let mut seen = IndexVec::filled(false, code.blocks.len());
    let mut work = vec![from];
    while let Some(b) = work.pop() {
        if !std::mem::replace(&mut seen[b], true) {
            let block = &code.blocks[b];
            block.params.iter().for_each(|&v| bound[v] = true);
            block.instrs.iter().for_each(|i| bound[i.var] = true);
            work.extend(block.exit.successors());
        }
    }
    bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::ir::Program;
    use crate::closure::{parse, verify};

    #[test]
    fn nested_loops_are_entered_at_the_inner_one() {
        let p = parse::program(
            "(program f (procedure f 0 (0 #f start))
               (direct start () (block b0 () (tail-call (code g) 3)))
               (direct g (n)
                 (block b0 () (let m (* n n)) (jump b1 0 1))
                 (block b1 (i x) (branch (< i n) b2 b5))
                 (block b2 () (let y (* x 2)) (jump b3 i y))
                 (block b3 (j z) (branch (< j m) b4 b6))
                 (block b4 () (let k (+ j 1)) (let u (+ z y)) (jump b3 k u))
                 (block b6 () (let l (+ i 1)) (jump b1 l z))
                 (block b5 () (return x))))",
        );
        let g = CodeId(2);
        let name = |v: &Var| kestrel_runtime::symbol::name(p.codes[g].vars[*v].name).unwrap_or("").to_owned();
        let live: Vec<Var> =
            p.codes[g].vars.indices().filter(|v| ["n", "m", "i", "y", "j", "z"].contains(&&*name(v))).collect();
        let flonums: Vec<bool> = live.iter().map(|v| ["y", "z"].contains(&&*name(v))).collect();
        let rest = loop_entry(&p.codes[g], Block(3), &live, &flonums).expect("all are there");
        assert!(loop_entry(&p.codes[g], Block(3), &live[1..], &flonums[1..]).is_none());
        let mut with_rest: Program = p.clone();
        with_rest.codes.push(rest);
        verify::verify(&with_rest).expect("a sound program");
    }
}
