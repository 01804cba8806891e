//! Which registers a loop safepoint must keep: the variables that are live where a back edge arrives.
//!
//! Each variable is followed from its uses back to its binding (Boissinot et al. 2011, section on sets built per variable), so the cost is that
//! of the answer over all blocks; codes without loops cost one sort of their blocks.

use crate::arena::{Idx, IndexVec};
use crate::closure::ir::{Atom, Code, Var};

/// The successors of each block.
pub fn successors(code: &Code) -> Vec<Vec<u32>> {
    code.blocks.iter().map(|b| b.exit.successors().map(|s| s.0).collect()).collect()
}

/// By block: for the targets of back edges, the registers that are live once its parameters are set; empty for others.
pub fn at_headers(code: &Code, successors: &[Vec<u32>], back: &[Vec<bool>]) -> Vec<Vec<u32>> {
    let n = code.blocks.len();
    let mut live = vec![Vec::new(); n];
    let mut preds = vec![Vec::new(); n];
    let mut header = vec![false; n];
    for b in 0..n {
        for (&s, &back) in successors[b].iter().zip(&back[b]) {
            preds[s as usize].push(b);
            header[s as usize] |= back;
        }
    }
    if !header.contains(&true) {
        return live;
    }
    // Parameters of the code itself count as bound in its first block.
    let mut bound_in: IndexVec<Var, usize> = IndexVec::filled(0, code.vars.len());
    let mut uses: Vec<(Var, usize)> = Vec::new();
    for (id, block) in code.blocks.enumerate() {
        block.params.iter().for_each(|&v| bound_in[v] = id.index());
        block.instrs.iter().for_each(|i| bound_in[i.var] = id.index());
        let atoms = block.instrs.iter().flat_map(|i| i.op.atoms()).chain(block.exit.atoms());
        uses.extend(atoms.filter_map(|a| match a {
            Atom::Var(v) => Some((v, id.index())),
            _ => None,
        }));
    }
    uses.sort_unstable();
    uses.dedup();
    let mut marked: Vec<Option<Var>> = vec![None; n];
    let mut work = Vec::new();
    for (v, b) in uses {
        work.push(b);
        while let Some(b) = work.pop() {
            if bound_in[v] == b || marked[b] == Some(v) {
                continue;
            }
            marked[b] = Some(v);
            if header[b] {
                live[b].push(v.0);
            }
            work.extend(&preds[b]);
        }
    }
    for (id, block) in code.blocks.enumerate().filter(|(id, _)| header[id.index()]) {
        live[id.index()].extend(block.params.iter().map(|v| v.0));
    }
    live
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::parse::program;
    use crate::dominators::back_edges;

    fn live(code: &Code) -> Vec<Vec<u32>> {
        let successors = successors(code);
        at_headers(code, &successors, &back_edges(&successors))
    }

    #[test]
    fn loops_keep_what_they_and_later_blocks_use() {
        let p = program(
            "(program e (direct e (n k dead)
               (block b0 () (let m (+ n 1)) (jump b1 0))
               (block b1 (i) (let u (car dead)) (branch (< i n) b2 b3))
               (block b2 () (let j (+ i 1)) (jump b1 j))
               (block b3 () (return k m)))
             (direct f (n) (block b0 () (branch (%true? n) b1 b1)) (block b1 () (return n))))",
        );
        let code = &p.codes[p.entry];
        let name = |v: &u32| kestrel_runtime::symbol::name(code.vars[Var(*v)].name).unwrap_or("");
        let kept = live(code);
        let mut names: Vec<_> = kept[1].iter().map(name).collect();
        names.sort_unstable();
        assert_eq!(names, ["dead", "i", "k", "m", "n"]);
        assert!(kept[0].is_empty() && kept[2].is_empty() && kept[3].is_empty());
        assert!(live(p.codes.iter().nth(1).expect("two codes")).iter().all(Vec::is_empty));
    }
}
