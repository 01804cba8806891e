//! The graph of which function contains a reference to which, and its strongly connected components (Tarjan 1972, with an explicit stack).

use super::uses::Uses;
use super::walk::Walk;
use crate::arena::{Idx, IndexVec};
use crate::cps::ir::*;

/// References among known functions.
pub struct CallGraph {
    /// Components in an order in which callees come first; each a list of functions.
    pub components: Vec<Vec<Fun>>,
    /// Whether a function can reach itself.
    pub recursive: IndexVec<Fun, bool>,
    /// Number of terms that belong to a function itself, nested functions included.
    pub size: IndexVec<Fun, u32>,
}

impl CallGraph {
    /// The graph of all functions reached from the entry. A nested function counts as referred to by the one around it.
    pub fn compute(program: &Program, uses: &Uses) -> CallGraph {
        let mut edges: IndexVec<Fun, Vec<Fun>> = IndexVec::filled(Vec::new(), program.funs.len());
        let mut size: IndexVec<Fun, u32> = IndexVec::filled(0, program.funs.len());
        let mut nested = Vec::new();
        let mut walk = Walk::program(program);
        while let Some((term, fun)) = walk.next(program) {
            size[fun] += 1;
            let mut refer = |atom: &Atom| edges[fun].extend(uses.fun(*atom));
            match &program.terms[term] {
                Term::Let { args, .. } | Term::Branch { args, .. } | Term::Continue { args, .. } => {
                    args.iter().for_each(refer);
                }
                Term::Call { callee, args, .. } => {
                    refer(callee);
                    args.iter().for_each(refer);
                }
                Term::LetFun { funs, .. } => {
                    edges[fun].extend(funs);
                    nested.extend(funs.iter().map(|&f| (f, fun)));
                }
                Term::LetCont { .. } => {}
            }
        }
        for &(inner, outer) in nested.iter().rev() {
            size[outer] += size[inner];
        }
        let components = components(&edges, program.entry);
        let mut recursive = IndexVec::filled(false, program.funs.len());
        for component in &components {
            for &fun in component {
                recursive[fun] = component.len() > 1 || edges[fun].contains(&fun);
            }
        }
        CallGraph { components, recursive, size }
    }
}

fn components(edges: &IndexVec<Fun, Vec<Fun>>, entry: Option<Fun>) -> Vec<Vec<Fun>> {
    const UNSEEN: u32 = u32::MAX;
    let mut number = IndexVec::<Fun, u32>::filled(UNSEEN, edges.len());
    let mut low = IndexVec::<Fun, u32>::filled(0, edges.len());
    let mut open = IndexVec::<Fun, bool>::filled(false, edges.len());
    let mut stack = Vec::new();
    let mut result = Vec::new();
    let mut next = 0;
    for root in entry.into_iter().chain(edges.indices()) {
        if number[root] != UNSEEN || (Some(root) != entry && edges[root].is_empty()) {
            continue;
        }
        let mut path = vec![(root, 0usize)];
        while let Some(&mut (fun, ref mut at)) = path.last_mut() {
            if *at == 0 {
                number[fun] = next;
                low[fun] = next;
                next += 1;
                open[fun] = true;
                stack.push(fun);
            }
            let child = edges[fun][(*at).min(edges[fun].len())..].iter().copied().enumerate();
            let mut descend = None;
            for (skipped, child) in child {
                if number[child] == UNSEEN {
                    descend = Some((skipped, child));
                    break;
                }
                if open[child] {
                    low[fun] = low[fun].min(number[child]);
                }
            }
            if let Some((skipped, child)) = descend {
                // One past the child, and never 0, which means "not yet entered".
                *at += skipped + 1;
                path.push((child, 0));
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[fun]);
            }
            if low[fun] == number[fun] {
                let start = stack.iter().rposition(|&f| f == fun).unwrap_or(0);
                let component = stack.split_off(start);
                component.iter().for_each(|&f| open[f] = false);
                result.push(component);
            }
        }
    }
    debug_assert!(result.iter().all(|c| c.iter().all(|f| f.index() < edges.len())));
    result
}
