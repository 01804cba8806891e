//! Which continuations of a function's clause become codes of their own, and what those need.
//!
//! The clause's body and its local continuations are nodes; jumps are edges. Control enters a code at its clause's entry or at a
//! return point, so a virtual root (node 0) has edges to the body (node 1) and to every continuation that a call returns to. The least set of
//! *heads*, such that every other node is reached from one head only, is the root's children in the dominator tree (as in contification by
//! dominators, Fluet & Weeks 2001): a node reached from two codes, such as a loop or a join that crosses a call, is a child of the root.
//!
//! The clause's own code is a loop if a tail call of the clause itself lies in it: that is a jump then.
//!
//! A head that is small and straight is *cloned* into each code that reaches it instead of becoming one.

use super::functions::{Functions, Mention, Rep};
use crate::cps::ir::*;
use crate::dominators::Dominators;
use rustc_hash::{FxHashMap, FxHashSet};

/// Index of a node.
pub type Node = usize;
/// The node of the clause's body.
pub const ENTRY: Node = 1;
/// Most `let`s of a cloned continuation.
const CLONE_LETS: usize = 6;

/// The place of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A block of the code it is reached from.
    Block,
    /// A block of each of the codes it is reached from.
    Clone,
    /// The clause's own code, or a direct code that others jump to.
    Direct,
    /// The return point of the one call that mentions it.
    Return,
}

/// The body of the clause or a local continuation.
#[derive(Default)]
struct NodeData {
    succs: Vec<Node>,
    returns: Vec<Node>,
    /// Mentioned variables, free ones of the function replaced by its closure.
    uses: FxHashSet<Var>,
    /// Mentioned variables that the closure holds.
    captured: FxHashSet<Var>,
    binds: Vec<Var>,
    lets: usize,
    /// Ends in a return or a tail call.
    leaves: bool,
    /// Ends in a tail call of the clause itself.
    again: bool,
}

/// What the code starting at a head needs.
#[derive(Default, Clone)]
pub struct Head {
    /// Variables it takes from the code before, sorted; the function's own variable stands for its closure.
    pub live: Vec<Var>,
    /// Variables of the closure that are best read at once: used in several blocks, or in a loop.
    pub preload: Vec<Var>,
    /// Whether its own code jumps back to it (or, for the clause's, calls the clause again in tail position).
    pub is_loop: bool,
}

/// The analysis of one clause.
pub struct Flow {
    /// Node of a local continuation.
    pub node_of: FxHashMap<Cont, Node>,
    /// By node.
    pub class: Vec<Class>,
    /// By node; meaningful for all but [`Class::Block`].
    pub heads: Vec<Head>,
}

struct Builder<'a> {
    program: &'a Program,
    functions: &'a Functions,
    fun: Fun,
    clause: usize,
    captured: FxHashSet<Var>,
    node_of: FxHashMap<Cont, Node>,
    nodes: Vec<NodeData>,
}

impl Flow {
    /// Analyses a clause.
    pub fn new(program: &Program, functions: &Functions, fun: Fun, clause: usize) -> Flow {
        let captured = match functions.rep[fun] {
            Rep::Closure => functions.needs[fun].iter().copied().collect(),
            _ => FxHashSet::default(),
        };
        let nodes = vec![NodeData::default(), NodeData::default()];
        let mut builder = Builder { program, functions, fun, clause, captured, node_of: FxHashMap::default(), nodes };
        let clause = &program.funs[fun].clauses[clause];
        builder.nodes[ENTRY].binds.extend(bound(&clause.params, clause.rest));
        match functions.rep[fun] {
            Rep::Static => {}
            Rep::Lifted => builder.nodes[ENTRY].binds.extend(&functions.needs[fun]),
            Rep::Closure => builder.nodes[ENTRY].binds.push(program.funs[fun].var),
        }
        let mut work = vec![(ENTRY, clause.body)];
        while let Some((node, term)) = work.pop() {
            builder.walk(node, term, &mut work);
        }
        builder.finish()
    }
}

/// Variables bound by parameters.
pub fn bound(params: &[Var], rest: Rest) -> impl Iterator<Item = Var> + Clone + '_ {
    let rest = match rest {
        Rest::Bind(v) => Some(v),
        _ => None,
    };
    params.iter().copied().chain(rest)
}

impl Builder<'_> {
    fn walk(&mut self, node: Node, mut term: TermId, work: &mut Vec<(Node, TermId)>) {
        let program = self.program;
        loop {
            match &program.terms[term] {
                Term::Let { var, args, body, .. } => {
                    self.atoms(node, args);
                    self.nodes[node].binds.push(*var);
                    self.nodes[node].lets += 1;
                    term = *body;
                }
                Term::LetFun { funs, body } => {
                    for &f in funs.iter().filter(|&&f| self.functions.rep[f] == Rep::Closure) {
                        self.nodes[node].binds.push(program.funs[f].var);
                        self.nodes[node].lets += 1;
                        let functions = self.functions;
                        functions.needs[f].iter().for_each(|&v| self.mention(node, v));
                    }
                    term = *body;
                }
                Term::LetCont { conts, body } => {
                    for &k in conts {
                        if let ContData::Local { params, rest, body } = &program.conts[k] {
                            let new = self.nodes.len();
                            self.nodes.push(NodeData { binds: bound(params, *rest).collect(), ..NodeData::default() });
                            self.node_of.insert(k, new);
                            work.push((new, *body));
                        }
                    }
                    term = *body;
                }
                Term::Continue { cont, args } => {
                    self.atoms(node, args);
                    match self.node_of.get(cont) {
                        Some(&k) => self.nodes[node].succs.push(k),
                        None => self.nodes[node].leaves = true,
                    }
                    return;
                }
                Term::Call { callee, args, cont, .. } => {
                    self.atoms(node, args);
                    self.callee(node, *callee, args.len());
                    match self.node_of.get(cont) {
                        Some(&k) => self.nodes[node].returns.push(k),
                        None => {
                            let known = self.functions.known(program, *callee, args.len());
                            self.nodes[node].leaves = true;
                            self.nodes[node].again = known == Some((self.fun, self.clause));
                        }
                    }
                    return;
                }
                Term::Branch { args, then, otherwise, .. } => {
                    self.atoms(node, args);
                    let targets = [then, otherwise].map(|k| self.node_of.get(k).copied());
                    self.nodes[node].succs.extend(targets.into_iter().flatten());
                    return;
                }
            }
        }
    }

    fn mention(&mut self, node: Node, v: Var) {
        if self.captured.contains(&v) {
            self.nodes[node].captured.insert(v);
            self.nodes[node].uses.insert(self.program.funs[self.fun].var);
        } else {
            self.nodes[node].uses.insert(v);
        }
    }

    fn atoms(&mut self, node: Node, args: &[Atom]) {
        for a in args {
            if let Atom::Var(v) = *a {
                match self.functions.bound_to[v] {
                    None => self.mention(node, v),
                    Some(f) => self.function(node, f),
                }
            }
        }
    }

    fn callee(&mut self, node: Node, callee: Atom, argc: usize) {
        match self.functions.known(self.program, callee, argc) {
            Some((f, _)) => self.function(node, f),
            None => self.atoms(node, &[callee]),
        }
    }

    fn function(&mut self, node: Node, f: Fun) {
        let functions = self.functions;
        match functions.mention(self.program, f) {
            Mention::Nothing => {}
            Mention::Needs(list) => list.iter().for_each(|&v| self.mention(node, v)),
            Mention::Closure(v) => self.mention(node, v),
        }
    }

    fn finish(self) -> Flow {
        let n = self.nodes.len();
        let mut succs: Vec<Vec<u32>> = self.nodes.iter().map(|d| d.succs.iter().map(|&s| s as u32).collect()).collect();
        let mut returns = vec![0; n];
        let mut jumped = vec![false; n];
        for d in &self.nodes {
            d.returns.iter().for_each(|&k| returns[k] += 1);
            d.succs.iter().for_each(|&k| jumped[k] = true);
        }
        succs[0] = (1..n).filter(|&k| k == ENTRY || returns[k] > 0).map(|k| k as u32).collect();
        let dominators = Dominators::compute(&succs);

        let mut class = vec![Class::Block; n];
        for k in 1..n {
            if dominators.parent(k as u32) == Some(0) {
                class[k] = if k != ENTRY && returns[k] == 1 && !jumped[k] { Class::Return } else { Class::Direct };
            }
        }
        let is_head: Vec<bool> = class.iter().map(|c| *c != Class::Block).collect();
        for (k, class) in class.iter_mut().enumerate().skip(ENTRY + 1) {
            let data = &self.nodes[k];
            let onward = |&s: &Node| is_head[s] && s < k;
            if *class == Class::Direct
                && data.lets <= CLONE_LETS
                && data.returns.is_empty()
                && data.succs.len() <= 1
                && (data.leaves || data.succs.iter().all(onward))
            {
                *class = Class::Clone;
            }
        }
        let heads = self.heads(&class, &dominators);
        Flow { node_of: self.node_of, class, heads }
    }

    fn heads(&self, class: &[Class], dominators: &Dominators) -> Vec<Head> {
        let n = self.nodes.len();
        let mut heads = vec![Head::default(); n];
        let mut needs: Vec<FxHashSet<Var>> = vec![FxHashSet::default(); n];
        let mut binds: Vec<FxHashSet<Var>> = vec![FxHashSet::default(); n];
        let mut users: Vec<Vec<Node>> = vec![Vec::new(); n];
        let mut work = Vec::new();
        for h in (1..n).filter(|&h| class[h] != Class::Block) {
            let region = self.region(h, class);
            let mut times: FxHashMap<Var, usize> = FxHashMap::default();
            let mut loops = false;
            for &k in &region {
                let data = &self.nodes[k];
                binds[h].extend(&data.binds);
                data.captured.iter().for_each(|&v| *times.entry(v).or_default() += 1);
                let inside = |s: Node| s == h || matches!(class[s], Class::Block | Class::Clone);
                loops |= data.succs.iter().any(|&s| inside(s) && dominators.is_back_edge(k as u32, s as u32));
                heads[h].is_loop |= data.succs.contains(&h) || (h == ENTRY && data.again);
                let apart = |&s: &Node| s != h && matches!(class[s], Class::Direct | Class::Return);
                data.succs.iter().filter(|s| apart(s)).for_each(|&s| users[s].push(h));
                data.returns.iter().for_each(|&s| users[s].push(h));
                work.extend(data.uses.iter().map(|&v| (h, v)));
            }
            let mut preload: Vec<Var> =
                times.iter().filter(|(_, t)| loops || heads[h].is_loop || **t > 1).map(|(v, _)| *v).collect();
            preload.sort_unstable();
            heads[h].preload = preload;
        }
        while let Some((h, v)) = work.pop() {
            if !binds[h].contains(&v) && needs[h].insert(v) {
                work.extend(users[h].iter().map(|&u| (u, v)));
            }
        }
        for (head, needs) in heads.iter_mut().zip(needs) {
            head.live = needs.into_iter().collect();
            head.live.sort_unstable();
        }
        heads
    }

    /// The nodes of the code that starts at a head, clones included.
    fn region(&self, head: Node, class: &[Class]) -> Vec<Node> {
        let mut region = vec![head];
        let mut seen: FxHashSet<Node> = region.iter().copied().collect();
        let mut next = 0;
        while let Some(&k) = region.get(next) {
            next += 1;
            for &s in &self.nodes[k].succs {
                if matches!(class[s], Class::Block | Class::Clone) && seen.insert(s) {
                    region.push(s);
                }
            }
        }
        region
    }
}
