//! The data of first-order CPS. Grammar and invariants: [`crate::closure`].

use crate::arena::IndexVec;
use crate::define_index;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

define_index!(
    /// A code: one machine-code function, or two for a procedure and its direct code.
    CodeId, "c"
);
define_index!(
    /// A variable, local to its code.
    Var, "v"
);
define_index!(
    /// A block, local to its code.
    Block, "b"
);

/// How values are represented in a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Repr {
    /// A tagged word.
    Tagged,
    /// A raw double.
    Double,
}

/// A variable.
#[derive(Clone, Copy, Debug)]
pub struct VarData {
    /// Source name (a symbol) or `#f`.
    pub name: Value,
    /// Representation.
    pub repr: Repr,
}

/// An argument.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Atom {
    /// A variable of the same code.
    Var(Var),
    /// An immediate or a static literal.
    Const(Value),
    /// A primitive's procedure.
    Prim(Prim),
    /// The static closure of a procedure code without free variables.
    Proc(CodeId),
}

/// Further values at a return point.
pub type Rest = crate::cps::ir::Rest<Var>;

/// One arity of a procedure.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// Required arguments.
    pub required: u32,
    /// Whether the others are passed on as a list.
    pub rest: bool,
    /// Direct code that does the work; takes the closure if its `closure` is set, then `required` (+1 with rest) arguments.
    pub target: CodeId,
}

/// What a code is.
#[derive(Clone, Debug)]
pub enum CodeKind {
    /// Entered through a closure; `body` is empty.
    Procedure {
        /// Free variables in the closure.
        free: u32,
        /// Arities, tried in order.
        clauses: Vec<Clause>,
    },
    /// Known calls and jumps.
    Direct {
        /// Closure parameter, if it needs one.
        closure: Option<Var>,
        /// Parameters: six in registers, further ones above sp; doubles in double registers, four at most.
        params: Vec<Var>,
    },
    /// A return point.
    Return {
        /// Values received.
        params: Vec<Var>,
        /// Further values.
        rest: Rest,
        /// Variables reloaded from the frame's slots, in order.
        frame: Vec<Var>,
    },
}

/// A code.
#[derive(Clone, Debug)]
pub struct Code {
    /// What it is.
    pub kind: CodeKind,
    /// Name for messages: a symbol, or `#f`.
    pub name: Value,
    /// Definition; for a return point, the call.
    pub origin: Origin,
    /// Variables.
    pub vars: IndexVec<Var, VarData>,
    /// Blocks; the first is the entry. Empty for procedures.
    pub blocks: IndexVec<Block, BlockData>,
}

impl Code {
    /// Number of instructions and blocks.
    pub fn size(&self) -> usize {
        self.blocks.iter().map(|block| block.instrs.len() + 1).sum()
    }
    /// Visits every binding of a variable, in the order of the text.
    pub fn each_binding(&self, mut visit: impl FnMut(Var)) {
        match &self.kind {
            CodeKind::Procedure { .. } => {}
            CodeKind::Direct { closure, params } => closure.iter().chain(params).for_each(|&v| visit(v)),
            CodeKind::Return { params, rest, frame } => {
                params.iter().for_each(|&v| visit(v));
                if let Rest::Bind(v) = *rest {
                    visit(v);
                }
                frame.iter().for_each(|&v| visit(v));
            }
        }
        for block in self.blocks.iter() {
            block.params.iter().for_each(|&v| visit(v));
            block.instrs.iter().for_each(|i| visit(i.var));
        }
    }
}

impl Op {
    /// The atoms it uses.
    pub fn atoms(&self) -> Vec<Atom> {
        match self {
            Op::Prim(_, args) | Op::Closure(_, args) => args.clone(),
            Op::ClosureRef(a, _) => vec![*a],
            Op::ClosureSet(a, _, b) => vec![*a, *b],
        }
    }
}

impl Exit {
    /// The atoms it uses.
    pub fn atoms(&self) -> Vec<Atom> {
        let with_callee = |callee: &Callee, args: &[Atom], frame: &[Atom]| {
            let callee = match *callee {
                Callee::Unknown(a) => Some(a),
                Callee::Known(_, closure) => closure,
            };
            callee.into_iter().chain(args.iter().copied()).chain(frame.iter().copied()).collect()
        };
        match self {
            Exit::Jump(_, args) | Exit::Branch { args, .. } | Exit::Return(args) => args.clone(),
            Exit::TailCall { callee, args, .. } => with_callee(callee, args, &[]),
            Exit::Call { callee, args, frame, .. } => with_callee(callee, args, frame),
        }
    }
    /// The blocks it goes to.
    pub fn successors(&self) -> impl Iterator<Item = Block> + use<> {
        let (a, b) = match self {
            Exit::Jump(b, _) => (Some(*b), None),
            Exit::Branch { then, otherwise, .. } => (Some(*then), Some(*otherwise)),
            Exit::Return(_) | Exit::TailCall { .. } | Exit::Call { .. } => (None, None),
        };
        a.into_iter().chain(b)
    }
}

/// A basic block with parameters.
#[derive(Clone, Debug)]
pub struct BlockData {
    /// Parameters.
    pub params: Vec<Var>,
    /// Straight-line part.
    pub instrs: Vec<Instr>,
    /// How it ends.
    pub exit: Exit,
}

/// `(let v op)`
#[derive(Clone, Debug)]
pub struct Instr {
    /// Bound variable.
    pub var: Var,
    /// Operation.
    pub op: Op,
    /// Position.
    pub origin: Origin,
}

/// Operations.
#[derive(Clone, Debug)]
pub enum Op {
    /// A primitive; may raise.
    Prim(Prim, Vec<Atom>),
    /// Allocates a closure of a procedure code with these free variables.
    Closure(CodeId, Vec<Atom>),
    /// Reads a free variable.
    ClosureRef(Atom, u32),
    /// Completes a closure of a recursive group; its result is unspecified.
    ClosureSet(Atom, u32, Atom),
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    /// Any value; must be checked to be a procedure.
    Unknown(Atom),
    /// Direct code, with its closure if it takes one.
    Known(CodeId, Option<Atom>),
}

/// How a block ends.
#[derive(Clone, Debug)]
pub enum Exit {
    /// To a block.
    Jump(Block, Vec<Atom>),
    /// On a primitive with a boolean result.
    Branch {
        /// Primitive.
        prim: Prim,
        /// Arguments.
        args: Vec<Atom>,
        /// On true.
        then: Block,
        /// On false.
        otherwise: Block,
        /// Position.
        origin: Origin,
    },
    /// To the frame below sp.
    Return(Vec<Atom>),
    /// A call in tail position.
    TailCall {
        /// Callee.
        callee: Callee,
        /// Arguments.
        args: Vec<Atom>,
        /// Position.
        origin: Origin,
    },
    /// A call that returns to `ret`.
    Call {
        /// Callee.
        callee: Callee,
        /// Arguments.
        args: Vec<Atom>,
        /// Return point, a `CodeKind::Return`.
        ret: CodeId,
        /// Frame slots.
        frame: Vec<Atom>,
        /// Position.
        origin: Origin,
    },
}

/// A program or one unit of an open world.
#[derive(Clone, Debug)]
pub struct Program {
    /// All codes.
    pub codes: IndexVec<CodeId, Code>,
    /// The procedure code that runs the program: no arguments, no free variables.
    pub entry: CodeId,
}
