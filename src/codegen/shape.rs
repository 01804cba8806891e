//! What must be known of a code before it is emitted: the order of its blocks, its loops, what it allocates and pushes.
//!
//! Loop headers are the targets of back edges of a depth-first walk, so every cycle has one. A heap check covers what is allocated
//! up to the next header or the end of the code, on the path that allocates most; so allocation itself never checks.

use super::{CodegenError, Res, heap};
use crate::arena::IndexVec;
use crate::closure::ir::*;
use kestrel_runtime::abi::{REG_ARGS, STACK_RED_ZONE};
use kestrel_runtime::layout::WORD;

/// Bytes that one heap check may reserve; the least room that a safepoint leaves is greater.
const MAX_RESERVED: usize = 1 << 17;
/// Words above `sp` that a code may use without asking for them: half the red zone, so that what C functions are told to read fits too.
const FREE_WORDS: usize = STACK_RED_ZONE / WORD / 2;

/// See the module.
pub(super) struct Shape {
    /// Reachable blocks, each after those that dominate it.
    pub order: Vec<Block>,
    /// Blocks to be kept small rather than fast.
    pub cold: IndexVec<Block, bool>,
    /// Loop headers.
    pub header: IndexVec<Block, bool>,
    /// Bytes allocated from a block's start (where it matters: the entry's and each header's) to the next check.
    pub reserve: IndexVec<Block, usize>,
    /// Tagged variables that a loop safepoint must save, by header; empty for other blocks.
    pub live: IndexVec<Block, Vec<Var>>,
    /// Whether it has loops.
    pub loops: bool,
    /// Whether it pushes frames.
    pub pushes: bool,
    /// Whether it calls or jumps to another code.
    pub calls: bool,
    /// Bytes to add to `sp` in a stack check.
    pub stack_extra: usize,
    /// Whether the slots of a popped frame keep their content up to the next call: nothing else is stored at `sp` before.
    pub keeps_frame: bool,
}

/// The blocks that a block may go to.
pub(super) fn successors(exit: &Exit) -> impl Iterator<Item = Block> + use<> {
    let (a, b) = match *exit {
        Exit::Jump(to, _) => (Some(to), None),
        Exit::Branch { then, otherwise, .. } => (Some(then), Some(otherwise)),
        _ => (None, None),
    };
    a.into_iter().chain(b)
}

fn allocation(block: &BlockData) -> usize {
    block.instrs.iter().map(|i| heap::inline_size(&i.op)).sum()
}

/// For each block, the bytes that a check at its start must reserve.
fn reserves(code: &Code, order: &[Block], header: &IndexVec<Block, bool>) -> IndexVec<Block, usize> {
    let mut reserve: IndexVec<Block, usize> = IndexVec::filled(0, code.blocks.len());
    for &b in order.iter().rev() {
        let block = &code.blocks[b];
        let after = successors(&block.exit).map(|s| if header[s] { 0 } else { reserve[s] }).max();
        reserve[b] = allocation(block) + after.unwrap_or(0);
    }
    reserve
}

/// Whether a code allocates no more at once than a heap check can reserve.
pub(super) fn fits(code: &Code) -> bool {
    if code.blocks.iter().map(allocation).sum::<usize>() <= MAX_RESERVED {
        return true;
    }
    let (order, header) = walk(code);
    reserves(code, &order, &header).iter().all(|&bytes| bytes <= MAX_RESERVED)
}

/// Examines a code that has blocks, of which some hardly ever run.
pub(super) fn shape(code: &Code, cold_blocks: &[Block]) -> Res<Shape> {
    let n = code.blocks.len();
    let mut cold = IndexVec::filled(false, n);
    cold_blocks.iter().for_each(|&b| cold[b] = true);
    let (order, header) = walk(code);
    let reserve = reserves(code, &order, &header);
    if let Some(most) = reserve.iter().find(|&&bytes| bytes > MAX_RESERVED) {
        return Err(CodegenError(format!("{most} bytes allocated at once")));
    }
    let loops = order.iter().any(|&b| header[b]);
    let live = if loops { live_at_headers(code, &order, &header) } else { IndexVec::filled(Vec::new(), n) };
    let (mut pushes, mut calls, mut words) = (false, false, live.iter().map(Vec::len).max().unwrap_or(0));
    for &b in &order {
        let most_args =
            code.blocks[b].instrs.iter().map(|i| if let Op::Prim(_, args) = &i.op { args.len() } else { 0 });
        words = words.max(most_args.max().unwrap_or(0));
        match &code.blocks[b].exit {
            Exit::Call { frame, args, .. } => {
                (pushes, calls) = (true, true);
                words = words.max(frame.len() + 1 + args.len());
            }
            Exit::TailCall { args, .. } => {
                calls = true;
                words = words.max(args.len());
            }
            Exit::Return(args) => words = words.max(args.len()),
            _ => {}
        }
    }
    let stores = |i: &Instr| matches!(&i.op, Op::Prim(prim, _) if prim.fixed_args().is_none());
    let tests = |exit: &Exit| matches!(exit, Exit::Branch { prim, .. } if prim.fixed_args().is_none());
    let keeps_frame =
        !loops && order.iter().all(|&b| !tests(&code.blocks[b].exit) && !code.blocks[b].instrs.iter().any(stores));
    let stack_extra = if words > FREE_WORDS + REG_ARGS { words * WORD } else { 0 };
    Ok(Shape {
        order,
        cold,
        header,
        reserve,
        live,
        loops,
        pushes: pushes || stack_extra > 0,
        calls,
        stack_extra,
        keeps_frame,
    })
}

/// Reverse postorder, and the targets of back edges.
pub(super) fn walk(code: &Code) -> (Vec<Block>, IndexVec<Block, bool>) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let n = code.blocks.len();
    let mut state = IndexVec::<Block, State>::filled(State::New, n);
    let mut header = IndexVec::filled(false, n);
    let mut order = Vec::with_capacity(n);
    let mut stack = vec![(Block(0), 0)];
    state[Block(0)] = State::Open;
    while let Some((b, next)) = stack.last_mut() {
        let b = *b;
        match successors(&code.blocks[b].exit).nth(*next) {
            Some(s) => {
                *next += 1;
                match state[s] {
                    State::New => {
                        state[s] = State::Open;
                        stack.push((s, 0));
                    }
                    State::Open => header[s] = true,
                    State::Done => {}
                }
            }
            None => {
                state[b] = State::Done;
                order.push(b);
                stack.pop();
            }
        }
    }
    order.reverse();
    (order, header)
}

/// The variables that are live where a block begins, its parameters included; by block, as sets of bits.
pub(super) fn live_in(code: &Code, order: &[Block]) -> IndexVec<Block, Vec<u64>> {
    let words = code.vars.len().div_ceil(64);
    let mut live_in = IndexVec::<Block, Vec<u64>>::filled(vec![0; words], code.blocks.len());
    let mut changed = true;
    while changed {
        changed = false;
        for &b in order.iter().rev() {
            let block = &code.blocks[b];
            let mut live = vec![0u64; words];
            for s in successors(&block.exit) {
                live.iter_mut().zip(&live_in[s]).for_each(|(a, b)| *a |= b);
                code.blocks[s].params.iter().for_each(|v| live[v.0 as usize / 64] &= !(1 << (v.0 % 64)));
            }
            exit_atoms(&block.exit, |a| set(&mut live, a));
            for instr in block.instrs.iter().rev() {
                live[instr.var.0 as usize / 64] &= !(1 << (instr.var.0 % 64));
                op_atoms(&instr.op, |a| set(&mut live, a));
            }
            if live != live_in[b] {
                live_in[b] = live;
                changed = true;
            }
        }
    }
    live_in
}

/// The members of a set of [`live_in`].
pub(super) fn members<'a>(code: &Code, set: &'a [u64]) -> impl Iterator<Item = Var> + use<'a> {
    code.vars.indices().filter(|v| set[v.0 as usize / 64] >> (v.0 % 64) & 1 == 1)
}

fn live_at_headers(code: &Code, order: &[Block], header: &IndexVec<Block, bool>) -> IndexVec<Block, Vec<Var>> {
    let live_in = live_in(code, order);
    let mut result = IndexVec::filled(Vec::new(), code.blocks.len());
    for b in code.blocks.indices().filter(|&b| header[b]) {
        result[b] = members(code, &live_in[b]).collect();
    }
    result
}

fn set(bits: &mut [u64], atom: Atom) {
    if let Atom::Var(v) = atom {
        bits[v.0 as usize / 64] |= 1 << (v.0 % 64);
    }
}

/// The atoms of an operation.
pub(super) fn op_atoms(op: &Op, mut f: impl FnMut(Atom)) {
    match op {
        Op::Prim(_, args) | Op::Closure(_, args) => args.iter().copied().for_each(f),
        Op::ClosureRef(a, _) => f(*a),
        Op::ClosureSet(a, _, b) => {
            f(*a);
            f(*b);
        }
    }
}

/// The atoms of an exit, those for block parameters included.
pub(super) fn exit_atoms(exit: &Exit, mut f: impl FnMut(Atom)) {
    let callee_atom = |callee: &Callee| match *callee {
        Callee::Unknown(a) => Some(a),
        Callee::Known(_, a) => a,
    };
    match exit {
        Exit::Jump(_, args) | Exit::Return(args) | Exit::Branch { args, .. } => args.iter().copied().for_each(f),
        Exit::TailCall { callee, args, .. } => callee_atom(callee).into_iter().chain(args.iter().copied()).for_each(f),
        Exit::Call { callee, args, frame, .. } => {
            callee_atom(callee).into_iter().for_each(&mut f);
            args.iter().chain(frame).copied().for_each(f);
        }
    }
}
