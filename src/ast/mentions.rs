//! Which definition mentions which variable: one walk over a program, for [`super::letrec`] and [`super::toplevel`].
//!
//! For each `letrec*`, the graph of its bindings: an edge from `i` to `j` if init `i` mentions variable `j` anywhere inside. For the
//! top level, each mention with the item it stands in. Cost: linear.

use super::ir::{Expr, ExprId, Item, Program, VarId};
use crate::arena::IndexVec;
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A reference or assignment of a top-level variable.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// The `Ref` or `Set`.
    pub expr: ExprId,
    /// The variable.
    pub var: VarId,
    /// Index of the item around it.
    pub item: u32,
}

/// What the walk finds.
#[derive(Debug, Default)]
pub struct Mentions {
    /// For each `letrec*`, outer ones first, the indices of the bindings that each binding mentions, in order and without repetition.
    pub letrecs: IndexMap<ExprId, Vec<Vec<u32>>, FxBuildHasher>,
    /// Mentions of variables that a `define` of the program binds.
    pub toplevel: Vec<Mention>,
}

/// What binds a variable.
#[derive(Clone, Copy)]
enum Binder {
    Toplevel,
    Letrec(ExprId, u32),
}

enum Step {
    Visit(ExprId),
    EnterBinding(ExprId, u32),
    LeaveBindings(ExprId),
}

/// Walks a program.
pub fn mentions(program: &Program) -> Mentions {
    let mut found = Mentions::default();
    let mut binders: IndexVec<VarId, Option<Binder>> = IndexVec::filled(None, program.vars.len());
    for item in &program.items {
        if let Item::Define(v, _) = item {
            binders[*v] = Some(Binder::Toplevel);
        }
    }
    // The binding of each `letrec*` that the walk is in.
    let mut current: FxHashMap<ExprId, u32> = FxHashMap::default();
    let mut work = Vec::new();
    for (index, item) in program.items.iter().enumerate() {
        let (Item::Define(_, e) | Item::Expr(e)) = item;
        work.push(Step::Visit(*e));
        while let Some(step) = work.pop() {
            let e = match step {
                Step::Visit(e) => e,
                Step::EnterBinding(letrec, i) => {
                    current.insert(letrec, i);
                    continue;
                }
                Step::LeaveBindings(letrec) => {
                    current.remove(&letrec);
                    continue;
                }
            };
            match &program.exprs[e].expr {
                Expr::Letrec(bindings, body) => {
                    found.letrecs.insert(e, vec![Vec::new(); bindings.len()]);
                    work.push(Step::Visit(*body));
                    work.push(Step::LeaveBindings(e));
                    for (i, (v, init)) in bindings.iter().enumerate().rev() {
                        binders[*v] = Some(Binder::Letrec(e, i as u32));
                        work.push(Step::Visit(*init));
                        work.push(Step::EnterBinding(e, i as u32));
                    }
                    continue;
                }
                Expr::Ref(v) | Expr::Set(v, _) => match binders[*v] {
                    Some(Binder::Toplevel) => found.toplevel.push(Mention { expr: e, var: *v, item: index as u32 }),
                    Some(Binder::Letrec(letrec, j)) => {
                        if let (Some(&i), Some(graph)) = (current.get(&letrec), found.letrecs.get_mut(&letrec)) {
                            graph[i as usize].push(j);
                        }
                    }
                    None => {}
                },
                _ => {}
            }
            let first = work.len();
            program.exprs[e].expr.for_each_child(|child| work.push(Step::Visit(child)));
            work[first..].reverse();
        }
    }
    for edges in found.letrecs.values_mut().flatten() {
        edges.sort_unstable();
        edges.dedup();
    }
    found
}
