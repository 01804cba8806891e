//! First-order CPS to the compact form that the interpreter runs: a register for each variable, atoms resolved to registers or values,
//! back edges marked with what is live there.

use super::Error;
use crate::closure::ir::{self, Atom, CodeId, Op};
use crate::dominators::back_edges;
use crate::source::Origin;
use indexmap::IndexSet;
use kestrel_runtime::abi::{Ctx, MAX_ARGS, REG_ARGS, STACK_RED_ZONE};
use kestrel_runtime::layout::WORD;
use kestrel_runtime::prim::{Prim, PrimCode};
use kestrel_runtime::value::Value;
use rustc_hash::FxBuildHasher;

/// Index of a register.
pub type Register = u32;

/// An argument.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    /// A register's content.
    Register(Register),
    /// A constant that does not move.
    Value(Value),
    /// An entry of the unit's table of constants.
    Constant(u32),
    /// The closure of a procedure code without free variables.
    Procedure(CodeId),
}

/// A code.
pub struct Code {
    /// What it is.
    pub kind: Kind,
    /// Index of its origin in the unit's sites.
    pub site: u32,
    /// Registers.
    pub registers: usize,
    /// Bytes above `sp` that it may use beyond the red zone.
    pub room: usize,
    /// Blocks; the first is the entry.
    pub blocks: Box<[Block]>,
}

/// What a code is.
pub enum Kind {
    /// Arity dispatch.
    Procedure(Box<[ir::Clause]>),
    /// Known calls and jumps.
    Direct {
        /// Where the closure goes.
        closure: Option<Register>,
        /// Where the arguments go.
        params: Box<[Register]>,
    },
    /// A return point.
    Return {
        /// Where the values go.
        params: Box<[Register]>,
        /// Further values.
        rest: ir::Rest,
        /// Where the frame's slots go.
        frame: Box<[Register]>,
    },
}

/// A basic block.
pub struct Block {
    /// Straight-line part.
    pub steps: Box<[Step]>,
    /// How it ends.
    pub exit: Exit,
    /// Of a block that a back edge goes to: the registers that are live once its parameters are set.
    pub live: Box<[Register]>,
}

/// A primitive applied.
pub struct Application {
    /// Which.
    pub prim: Prim,
    /// Its function.
    pub code: PrimCode,
    /// Arguments.
    pub args: Box<[Operand]>,
    /// Index in the unit's sites.
    pub site: u32,
}

/// An instruction.
pub enum Step {
    /// A primitive.
    Apply(Register, Application),
    /// Allocates a closure.
    Closure(Register, CodeId, Box<[Operand]>),
    /// Reads a free variable.
    ClosureRef(Register, Operand, u32),
    /// Fills a slot of a fresh closure.
    ClosureSet(Operand, u32, Operand),
}

/// An edge to a block.
#[derive(Clone, Copy)]
pub struct Edge {
    /// Where to.
    pub block: u32,
    /// Whether it closes a loop.
    pub back: bool,
}

/// What is called.
pub enum Callee {
    /// Any value.
    Unknown(Operand),
    /// A direct code and its closure.
    Known(CodeId, Option<Operand>),
}

/// How a block ends.
pub enum Exit {
    /// To a block, with the parameters set in parallel.
    Jump(Edge, Box<[(Register, Operand)]>),
    /// On a boolean.
    Branch(Application, Edge, Edge),
    /// To the frame below.
    Return(Box<[Operand]>),
    /// A call; with a return point and frame slots if it is not a tail call.
    Call {
        /// Callee.
        callee: Callee,
        /// Arguments.
        args: Box<[Operand]>,
        /// Return point and frame.
        frame: Option<(CodeId, Box<[Operand]>)>,
        /// Index in the unit's sites.
        site: u32,
    },
}

/// Prepares a code; `sites` collects origins.
///
/// `constants` collects those that may move.
pub fn prepare(
    ctx: &Ctx,
    code: &ir::Code,
    sites: &mut IndexSet<Origin>,
    constants: &mut IndexSet<Value, FxBuildHasher>,
) -> Result<Code, Error> {
    if code.vars.iter().any(|v| v.repr == ir::Repr::Double) {
        return Err(Error("the baseline takes no raw doubles".into()));
    }
    let mut preparer = Preparer { ctx, code, sites, constants, words: 0 };
    let site = preparer.site(code.origin);
    let registers = |vars: &[ir::Var]| vars.iter().map(|v| v.0).collect();
    let kind = match &code.kind {
        ir::CodeKind::Procedure { clauses, .. } => Kind::Procedure(clauses.clone().into()),
        ir::CodeKind::Direct { closure, params } => {
            Kind::Direct { closure: closure.map(|v| v.0), params: registers(params) }
        }
        ir::CodeKind::Return { params, rest, frame } => {
            Kind::Return { params: registers(params), rest: *rest, frame: registers(frame) }
        }
    };
    let successors = super::liveness::successors(code);
    let back = back_edges(&successors);
    let live = super::liveness::at_headers(code, &successors, &back);
    let mut blocks = Vec::new();
    for ((block, back), live) in code.blocks.iter().zip(back).zip(live) {
        let steps = block.instrs.iter().map(|i| preparer.step(i)).collect();
        let mut back = back.into_iter();
        let edge = |to: ir::Block| Edge { block: to.0, back: back.next().unwrap_or(false) };
        let exit = preparer.exit(&block.exit, edge)?;
        preparer.words = preparer.words.max(live.len());
        blocks.push(Block { steps, exit, live: live.into() });
    }
    let room = (preparer.words * WORD).saturating_sub(STACK_RED_ZONE / 2);
    Ok(Code { kind, site, registers: code.vars.len(), room, blocks: blocks.into() })
}

struct Preparer<'a> {
    ctx: &'a Ctx,
    code: &'a ir::Code,
    sites: &'a mut IndexSet<Origin>,
    constants: &'a mut IndexSet<Value, FxBuildHasher>,
    /// Most stack words that a call or a loop uses.
    words: usize,
}

impl Preparer<'_> {
    fn site(&mut self, origin: Origin) -> u32 {
        self.sites.insert_full(origin).0 as u32
    }

    fn operand(&mut self, atom: Atom) -> Operand {
        match atom {
            Atom::Var(v) => Operand::Register(v.0),
            Atom::Const(value) if self.ctx.is_constant(value) => Operand::Value(value),
            Atom::Const(value) => Operand::Constant(self.constants.insert_full(value).0 as u32),
            Atom::Prim(prim) => Operand::Value(self.ctx.prim_procedure(prim)),
            Atom::Proc(code) => Operand::Procedure(code),
        }
    }

    fn operands(&mut self, atoms: &[Atom]) -> Box<[Operand]> {
        atoms.iter().map(|&a| self.operand(a)).collect()
    }

    fn application(&mut self, prim: Prim, args: &[Atom], origin: Origin) -> Application {
        Application { prim, code: prim.info().code, args: self.operands(args), site: self.site(origin) }
    }

    fn step(&mut self, instr: &ir::Instr) -> Step {
        let to = instr.var.0;
        match &instr.op {
            Op::Prim(prim, args) => Step::Apply(to, self.application(*prim, args, instr.origin)),
            Op::Closure(code, slots) => Step::Closure(to, *code, self.operands(slots)),
            Op::ClosureRef(closure, slot) => Step::ClosureRef(to, self.operand(*closure), *slot),
            Op::ClosureSet(closure, slot, value) => {
                Step::ClosureSet(self.operand(*closure), *slot, self.operand(*value))
            }
        }
    }

    fn exit(&mut self, exit: &ir::Exit, mut edge: impl FnMut(ir::Block) -> Edge) -> Result<Exit, Error> {
        Ok(match exit {
            ir::Exit::Jump(block, args) => {
                let params = self.code.blocks[*block].params.iter();
                Exit::Jump(edge(*block), params.zip(args).map(|(p, &a)| (p.0, self.operand(a))).collect())
            }
            ir::Exit::Branch { prim, args, then, otherwise, origin } => {
                Exit::Branch(self.application(*prim, args, *origin), edge(*then), edge(*otherwise))
            }
            ir::Exit::Return(args) => {
                self.passes(args.len(), 0)?;
                Exit::Return(self.operands(args))
            }
            ir::Exit::TailCall { callee, args, origin } => self.call(callee, args, None, *origin)?,
            ir::Exit::Call { callee, args, ret, frame, origin } => {
                self.call(callee, args, Some((*ret, frame)), *origin)?
            }
        })
    }

    fn call(
        &mut self,
        callee: &ir::Callee,
        args: &[Atom],
        frame: Option<(CodeId, &Vec<Atom>)>,
        origin: Origin,
    ) -> Result<Exit, Error> {
        self.passes(args.len(), frame.map_or(0, |(_, slots)| slots.len() + 1))?;
        let callee = match *callee {
            ir::Callee::Unknown(a) => Callee::Unknown(self.operand(a)),
            ir::Callee::Known(code, closure) => Callee::Known(code, closure.map(|a| self.operand(a))),
        };
        let frame = frame.map(|(ret, slots)| (ret, self.operands(slots)));
        Ok(Exit::Call { callee, args: self.operands(args), frame, site: self.site(origin) })
    }

    /// Notes that so many values are passed above a frame of so many words.
    fn passes(&mut self, values: usize, frame: usize) -> Result<(), Error> {
        if values > MAX_ARGS || frame > MAX_ARGS {
            return Err(Error(format!("a call passes or keeps more than {MAX_ARGS} values")));
        }
        self.words = self.words.max(frame + values.saturating_sub(REG_ARGS));
        Ok(())
    }
}
