//! Writes down the codes of one clause of a function: the clause's own, its return points, and the continuations that are codes.

use super::Converter;
use super::flow::{Class, ENTRY, Flow, Node, bound};
use super::functions::Rep;
use crate::arena::IndexVec;
use crate::closure::ir::{Atom, Block, BlockData, Callee, CodeId, CodeKind, Exit, Instr, Op, Repr, Rest, Var, VarData};
use crate::cps::ir as cps;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use rustc_hash::{FxHashMap, FxHashSet};

/// Emits a clause's code and all codes of its continuations.
pub(super) fn clause(converter: &mut Converter, fun: cps::Fun, clause: usize, code: CodeId) {
    let mut emitter = Clause {
        flow: Flow::new(converter.program, &converter.functions, fun, clause),
        captured: FxHashMap::default(),
        shared: FxHashMap::default(),
        jobs: vec![(code, Job::Entry)],
        converter,
        fun,
        clause,
    };
    if emitter.converter.functions.rep[fun] == Rep::Closure {
        let needs = &emitter.converter.functions.needs[fun];
        emitter.captured = needs.iter().enumerate().map(|(i, &v)| (v, i as u32)).collect();
    }
    while let Some((code, job)) = emitter.jobs.pop() {
        emitter.code(code, job);
    }
}

/// A code to be emitted.
enum Job {
    /// The clause's own.
    Entry,
    /// A continuation that other codes jump to.
    Direct(cps::Cont),
    /// The return point of a call, with the continuation's body or a tail call of its direct code; what its frame holds.
    Return(cps::Cont, Vec<cps::Var>),
}

struct Clause<'a, 'b> {
    converter: &'a mut Converter<'b>,
    flow: Flow,
    fun: cps::Fun,
    clause: usize,
    /// Position in the function's closure.
    captured: FxHashMap<cps::Var, u32>,
    /// Direct codes of continuations.
    shared: FxHashMap<cps::Cont, CodeId>,
    jobs: Vec<(CodeId, Job)>,
}

/// The code being written.
#[derive(Default)]
struct Body {
    /// The node it starts at, to which it may jump back.
    head: Node,
    /// What the frame held that a return point has popped.
    frame: Vec<cps::Var>,
    vars: IndexVec<Var, VarData>,
    blocks: IndexVec<Block, Option<BlockData>>,
    map: FxHashMap<cps::Var, Var>,
    /// Variables of the closure read in the current block.
    reads: FxHashMap<cps::Var, Var>,
    block_of: FxHashMap<cps::Cont, Block>,
    /// Where a tail call of the clause itself goes.
    again: Option<Block>,
    pending: Vec<cps::Cont>,
    instrs: Vec<Instr>,
}

impl Body {
    fn temporary(&mut self) -> Var {
        self.vars.push(VarData { name: Value::FALSE, repr: Repr::Tagged })
    }

    fn bind(&mut self, program: &cps::Program, v: cps::Var) -> Var {
        let new = self.vars.push(VarData { name: program.vars[v].name, repr: Repr::Tagged });
        self.map.insert(v, new);
        new
    }

    fn bind_all(&mut self, program: &cps::Program, vars: impl IntoIterator<Item = cps::Var>) -> Vec<Var> {
        vars.into_iter().map(|v| self.bind(program, v)).collect()
    }

    fn let_(&mut self, op: Op, origin: Origin) -> Var {
        let var = self.temporary();
        self.instrs.push(Instr { var, op, origin });
        var
    }

    /// Ends the current block.
    fn finish(&mut self, block: Block, params: Vec<Var>, exit: Exit) {
        self.reads.clear();
        self.blocks[block] = Some(BlockData { params, instrs: std::mem::take(&mut self.instrs), exit });
    }
}

impl Clause<'_, '_> {
    fn code(&mut self, code: CodeId, job: Job) {
        let program = self.converter.program;
        let mut body = Body::default();
        let kind = match job {
            Job::Entry => {
                body.head = ENTRY;
                let clause = &program.funs[self.fun].clauses[self.clause];
                let is_loop = self.flow.heads[ENTRY].is_loop;
                let own = bound(&clause.params, clause.rest);
                let mut params = self.parameters(&mut body, own.clone(), is_loop);
                let arguments = params.iter().map(|&v| Atom::Var(v)).collect();
                let closure = match self.converter.functions.rep[self.fun] {
                    Rep::Static => None,
                    Rep::Closure => Some(body.bind(program, program.funs[self.fun].var)),
                    Rep::Lifted => {
                        params.extend(body.bind_all(program, self.converter.functions.needs[self.fun].iter().copied()));
                        None
                    }
                };
                let mut entry = self.start(&mut body);
                let mut header = Vec::new();
                if is_loop {
                    let again = body.blocks.push(None);
                    body.finish(entry, Vec::new(), Exit::Jump(again, arguments));
                    body.again = Some(again);
                    entry = again;
                    header = body.bind_all(program, own);
                }
                self.term(&mut body, entry, header, clause.body);
                CodeKind::Direct { closure, params }
            }
            Job::Direct(k) => {
                let (required, rest, term) = local(program, k);
                body.head = self.flow.node_of[&k];
                let is_loop = self.flow.heads[body.head].is_loop;
                let mut params = self.parameters(&mut body, bound(required, rest), is_loop);
                let arguments = params.iter().map(|&v| Atom::Var(v)).collect();
                let closure = self.bind_live(&mut body, &mut params);
                let entry = self.start(&mut body);
                if is_loop {
                    let header = self.block(&mut body, k);
                    body.finish(entry, Vec::new(), Exit::Jump(header, arguments));
                } else {
                    self.term(&mut body, entry, Vec::new(), term);
                }
                CodeKind::Direct { closure, params }
            }
            Job::Return(k, live) => {
                let (required, rest, term) = local(program, k);
                let node = self.flow.node_of[&k];
                let params = body.bind_all(program, required.iter().copied());
                let rest = match rest {
                    cps::Rest::None => Rest::None,
                    cps::Rest::Ignore => Rest::Ignore,
                    cps::Rest::Bind(v) => Rest::Bind(body.bind(program, v)),
                };
                let frame = body.bind_all(program, live.iter().copied());
                body.frame = live;
                if self.flow.class[node] == Class::Direct {
                    let entry = body.blocks.push(None);
                    let list = if let Rest::Bind(v) = rest { Some(v) } else { None };
                    let args = params.iter().copied().chain(list).map(Atom::Var).collect();
                    let exit = self.enter_shared(&mut body, k, args);
                    body.finish(entry, Vec::new(), exit);
                } else {
                    body.head = node;
                    let entry = self.start(&mut body);
                    self.term(&mut body, entry, Vec::new(), term);
                }
                CodeKind::Return { params, rest, frame }
            }
        };
        while let Some(k) = body.pending.pop() {
            let (required, rest, term) = local(program, k);
            let params = body.bind_all(program, bound(required, rest));
            let block = body.block_of[&k];
            self.term(&mut body, block, params, term);
        }
        let data = &mut self.converter.codes[code];
        data.kind = kind;
        data.vars = body.vars;
        for block in body.blocks.into_iter() {
            data.blocks.push(block.expect("every block that is jumped to is written"));
        }
    }

    /// A direct code's own parameters; those of a loop are bound by its header, and only passed on to it here.
    fn parameters(&self, body: &mut Body, own: impl Iterator<Item = cps::Var>, is_loop: bool) -> Vec<Var> {
        let program = self.converter.program;
        if !is_loop {
            return body.bind_all(program, own);
        }
        let passed = |v: cps::Var| body.vars.push(VarData { name: program.vars[v].name, repr: Repr::Tagged });
        own.map(passed).collect()
    }

    /// Binds what a direct code takes besides its own parameters; the closure, if it is among them, has a register of its own.
    fn bind_live(&self, body: &mut Body, params: &mut Vec<Var>) -> Option<Var> {
        let program = self.converter.program;
        let own = self.own_closure();
        let mut closure = None;
        for &v in &self.flow.heads[body.head].live {
            let new = body.bind(program, v);
            if Some(v) == own {
                closure = Some(new);
            } else {
                params.push(new);
            }
        }
        closure
    }

    /// The variable that stands for the current closure.
    fn own_closure(&self) -> Option<cps::Var> {
        let closure = self.converter.functions.rep[self.fun] == Rep::Closure;
        closure.then_some(self.converter.program.funs[self.fun].var)
    }

    /// The entry block, with the closure's variables that the whole code uses.
    fn start(&mut self, body: &mut Body) -> Block {
        let entry = body.blocks.push(None);
        for v in self.flow.heads[body.head].preload.clone() {
            let Atom::Var(local) = self.value(body, v) else { continue };
            body.map.insert(v, local);
        }
        entry
    }

    fn value(&mut self, body: &mut Body, v: cps::Var) -> Atom {
        let program = self.converter.program;
        if let Some(f) = self.converter.functions.bound_to[v]
            && self.converter.functions.rep[f] != Rep::Closure
        {
            return Atom::Proc(self.converter.procedure(f));
        }
        if let Some(&local) = body.map.get(&v).or_else(|| body.reads.get(&v)) {
            return Atom::Var(local);
        }
        let own = Atom::Var(body.map[&program.funs[self.fun].var]);
        let read = body.let_(Op::ClosureRef(own, self.captured[&v]), program.funs[self.fun].origin);
        body.vars[read].name = program.vars[v].name;
        body.reads.insert(v, read);
        Atom::Var(read)
    }

    fn atom(&mut self, body: &mut Body, a: cps::Atom) -> Atom {
        match a {
            cps::Atom::Var(v) => self.value(body, v),
            cps::Atom::Const(c) => Atom::Const(c),
            cps::Atom::Prim(p) => Atom::Prim(p),
        }
    }

    fn atoms(&mut self, body: &mut Body, args: &[cps::Atom]) -> Vec<Atom> {
        args.iter().map(|&a| self.atom(body, a)).collect()
    }

    fn term(&mut self, body: &mut Body, block: Block, params: Vec<Var>, mut term: cps::TermId) {
        let program = self.converter.program;
        let exit = loop {
            match &program.terms[term] {
                cps::Term::Let { var, prim, args, body: next, origin } => {
                    let op = Op::Prim(*prim, self.atoms(body, args));
                    let var = body.bind(program, *var);
                    body.instrs.push(Instr { var, op, origin: *origin });
                    term = *next;
                }
                cps::Term::LetFun { funs, body: next } => {
                    self.closures(body, funs);
                    term = *next;
                }
                cps::Term::LetCont { body: next, .. } => term = *next,
                cps::Term::Continue { cont, args } => {
                    let args = self.atoms(body, args);
                    break match self.flow.node_of.get(cont) {
                        None => Exit::Return(args),
                        Some(_) => self.jump(body, *cont, args),
                    };
                }
                cps::Term::Call { callee, args, cont, origin } => {
                    break self.call(body, *callee, args, *cont, *origin);
                }
                cps::Term::Branch { prim, args, then, otherwise, origin } => {
                    let args = self.atoms(body, args);
                    break Exit::Branch {
                        prim: *prim,
                        args,
                        then: self.branch_target(body, *then),
                        otherwise: self.branch_target(body, *otherwise),
                        origin: *origin,
                    };
                }
            }
        };
        body.finish(block, params, exit);
    }

    /// Allocates the closures of a group; a slot for one that is allocated later is filled then.
    fn closures(&mut self, body: &mut Body, funs: &[cps::Fun]) {
        let program = self.converter.program;
        let group: Vec<cps::Fun> =
            funs.iter().copied().filter(|&f| self.converter.functions.rep[f] == Rep::Closure).collect();
        let mut later: FxHashMap<cps::Var, Vec<(cps::Fun, u32)>> = FxHashMap::default();
        let mut waiting: FxHashSet<cps::Var> = group.iter().map(|&f| program.funs[f].var).collect();
        for &f in &group {
            let data = &program.funs[f];
            let code = self.converter.procedure(f);
            let mut slots = Vec::new();
            for (i, v) in self.converter.functions.needs[f].clone().into_iter().enumerate() {
                if waiting.contains(&v) {
                    later.entry(v).or_default().push((f, i as u32));
                    slots.push(Atom::Const(Value::UNSPECIFIED));
                } else {
                    slots.push(self.value(body, v));
                }
            }
            let var = body.bind(program, data.var);
            body.instrs.push(Instr { var, op: Op::Closure(code, slots), origin: data.origin });
            waiting.remove(&data.var);
            for (holder, slot) in later.remove(&data.var).unwrap_or_default() {
                let holder = Atom::Var(body.map[&program.funs[holder].var]);
                body.let_(Op::ClosureSet(holder, slot, Atom::Var(var)), data.origin);
            }
        }
    }

    /// Fits the arguments to the parameters: further ones become a list, or are dropped.
    fn fit(
        &mut self,
        body: &mut Body,
        mut args: Vec<Atom>,
        required: usize,
        rest: cps::Rest,
        origin: Origin,
    ) -> Vec<Atom> {
        let further = args.split_off(required.min(args.len()));
        if let cps::Rest::Bind(_) = rest {
            let list = further.into_iter().rev().fold(Atom::Const(Value::NULL), |list, a| {
                Atom::Var(body.let_(Op::Prim(Prim::Cons, vec![a, list]), origin))
            });
            args.push(list);
        }
        args
    }

    fn block(&mut self, body: &mut Body, k: cps::Cont) -> Block {
        if let Some(&b) = body.block_of.get(&k) {
            return b;
        }
        let b = body.blocks.push(None);
        body.block_of.insert(k, b);
        body.pending.push(k);
        b
    }

    /// Whether a continuation is a block of the current code.
    fn is_inside(&self, body: &Body, k: cps::Cont) -> bool {
        let node = self.flow.node_of[&k];
        node == body.head || matches!(self.flow.class[node], Class::Block | Class::Clone)
    }

    fn jump(&mut self, body: &mut Body, k: cps::Cont, args: Vec<Atom>) -> Exit {
        let (required, rest, _) = local(self.converter.program, k);
        let origin = self.converter.program.funs[self.fun].origin;
        let args = self.fit(body, args, required.len(), rest, origin);
        if self.is_inside(body, k) { Exit::Jump(self.block(body, k), args) } else { self.enter_shared(body, k, args) }
    }

    fn branch_target(&mut self, body: &mut Body, k: cps::Cont) -> Block {
        if self.is_inside(body, k) {
            return self.block(body, k);
        }
        // The code's variables are read in the new block, after those of the current one.
        let outer = (std::mem::take(&mut body.instrs), std::mem::take(&mut body.reads));
        let block = body.blocks.push(None);
        let exit = self.enter_shared(body, k, Vec::new());
        body.finish(block, Vec::new(), exit);
        (body.instrs, body.reads) = outer;
        block
    }

    /// A tail call of a continuation's direct code.
    fn enter_shared(&mut self, body: &mut Body, k: cps::Cont, mut args: Vec<Atom>) -> Exit {
        let node = self.flow.node_of[&k];
        let data = &self.converter.program.funs[self.fun];
        let code = match self.shared.get(&k) {
            Some(&c) => c,
            None => {
                let code = self.converter.reserve(data.name, data.origin);
                self.shared.insert(k, code);
                self.jobs.push((code, Job::Direct(k)));
                code
            }
        };
        let own = self.own_closure();
        let mut closure = None;
        for v in self.flow.heads[node].live.clone() {
            let a = self.value(body, v);
            if Some(v) == own {
                closure = Some(a);
            } else {
                args.push(a);
            }
        }
        Exit::TailCall { callee: Callee::Known(code, closure), args, origin: data.origin }
    }

    fn call(
        &mut self,
        body: &mut Body,
        callee: cps::Atom,
        args: &[cps::Atom],
        cont: cps::Cont,
        origin: Origin,
    ) -> Exit {
        let program = self.converter.program;
        let mut args = self.atoms(body, args);
        let clause = self.converter.functions.known(program, callee, args.len());
        let callee = match clause {
            None => Callee::Unknown(self.atom(body, callee)),
            Some((f, clause)) => {
                let data = &program.funs[f].clauses[clause];
                args = self.fit(body, args, data.params.len(), data.rest, origin);
                if let Some(again) = body.again
                    && (f, clause) == (self.fun, self.clause)
                    && !self.flow.node_of.contains_key(&cont)
                {
                    return Exit::Jump(again, args);
                }
                let code = self.converter.direct(f, clause);
                let closure = match self.converter.functions.rep[f] {
                    Rep::Static => None,
                    Rep::Closure => Some(self.value(body, program.funs[f].var)),
                    Rep::Lifted => {
                        for v in self.converter.functions.needs[f].clone() {
                            args.push(self.value(body, v));
                        }
                        None
                    }
                };
                Callee::Known(code, closure)
            }
        };
        let Some(&node) = self.flow.node_of.get(&cont) else {
            return Exit::TailCall { callee, args, origin };
        };
        let live = in_place(&self.flow.heads[node].live, &body.frame);
        let frame = live.iter().map(|&v| self.value(body, v)).collect();
        let ret = self.converter.reserve(program.funs[self.fun].name, origin);
        self.jobs.push((ret, Job::Return(cont, live)));
        Exit::Call { callee, args, ret, frame, origin }
    }
}

/// The variables of a new frame in an order that leaves in its slot what the frame popped before has in one.
fn in_place(live: &[cps::Var], popped: &[cps::Var]) -> Vec<cps::Var> {
    let wanted: FxHashSet<cps::Var> = live.iter().copied().collect();
    let stays = |slot: usize| popped.get(slot).copied().filter(|v| wanted.contains(v));
    let kept: FxHashSet<cps::Var> = (0..live.len()).filter_map(stays).collect();
    let mut others = live.iter().copied().filter(|v| !kept.contains(v));
    (0..live.len()).filter_map(|slot| stays(slot).or_else(|| others.next())).collect()
}

/// The parts of a local continuation.
fn local(program: &cps::Program, k: cps::Cont) -> (&[cps::Var], cps::Rest, cps::TermId) {
    match &program.conts[k] {
        cps::ContData::Local { params, rest, body } => (params, *rest, *body),
        cps::ContData::Return(_) => unreachable!("return continuations have no node"),
    }
}
