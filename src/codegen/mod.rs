//! First-order CPS to an LLVM module.
//!
//! Every code becomes one LLVM function of the signature that `runtime/src/abi.rs` describes, ending only in `musttail` calls;
//! blocks of a code become basic blocks, their parameters phis. A return point that accepts other than one value gets a second
//! function for its multiple-values entry. Below every code address lies a `CodeInfo` (prefix data).
//!
//! ```text
//! (direct c1 (v0) (block b0 () (branch (null? v0) b1 b2)) (block b1 () (return 0)) (block b2 () (let v1 (cdr v0)) (tail-call (code c1) v1)))
//! ⇒ define internal preserve_nonecc void @c1(i64 %sp, i64 %hp, i64 %ctx, …) prefix {…} { … icmp eq %a0, 22 … musttail call @c1(…) }
//! ```
//!
//! # Rules
//! 1. All integers are `i64`, addresses included; they become pointers just before a load, store or indirect call.
//! 2. What is common is inline, what is rare calls the primitive through `ctx.prims` in a block that LLVM places at the end.
//!    The IR of one operation stays small: LLVM's time is proportional to it.
//! 3. A branch on a predicate never makes a boolean value.
//! 4. Immediates are literals in the code; every other constant is loaded from the unit's table, so that a collector may see it and an
//!    object may be cached.
//! 5. The module exports one symbol, a [`Descriptor`], and imports nothing: the runtime is reached through `ctx`.
//!
//! Needs a program that `closure::verify` accepts. Costs LLVM about a millisecond per function.

pub use loop_entry::loop_entry;

use crate::closure::ir::{Code, CodeId, Program};
use crate::jit::{Context, Descriptor};
use crate::source::Origin;
use indexmap::IndexSet;
use inkwell::module::Module;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

mod call;
mod constants;
mod copy;
mod frame;
mod function;
mod heap;
mod loop_entry;
mod prim;
mod safepoint;
mod shape;
mod speculate;
mod tag;
mod types;
mod unit;

#[cfg(test)]
mod tests;

/// A failure to make code: an internal error, or a code that [`takes`] refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodegenError(pub String);

impl std::fmt::Display for CodegenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "code generation failed: {}", self.0)
    }
}

impl std::error::Error for CodegenError {}

impl From<inkwell::builder::BuilderError> for CodegenError {
    fn from(e: inkwell::builder::BuilderError) -> Self {
        CodegenError(e.to_string())
    }
}

type Res<T> = Result<T, CodegenError>;

/// What a slot of a unit's table of constants must hold before the unit runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Constant {
    /// A static literal or a symbol.
    Value(Value),
    /// A primitive's procedure.
    Prim(Prim),
    /// The static closure of a procedure code.
    Closure(CodeId),
    /// The code address of a code that is not compiled in this unit. (A multiple of 16, so the collector takes it for a fixnum.)
    Code(CodeId),
}

/// A module and what its loader must know.
pub struct Unit<'c> {
    /// The module, not yet optimised.
    pub module: Module<'c>,
    /// What it exports.
    pub descriptor: Descriptor,
    /// The codes whose addresses the descriptor lists, in that order.
    pub codes: Vec<CodeId>,
    /// The contents of the table of constants.
    pub constants: Vec<Constant>,
    /// Origins of the sites that code infos and `ctx.raise_site` number.
    pub sites: IndexSet<Origin>,
}

/// Whether this tier takes a code: not one that allocates more at once than a heap check can reserve, such as a list of 10,000 computed elements.
pub fn takes(code: &Code) -> bool {
    shape::fits(code)
}

/// Makes the module of unit number `unit` from some codes of a program.
pub fn compile<'c>(
    context: &'c Context,
    program: &Program,
    unit: u32,
    codes: Vec<CodeId>,
) -> Result<Unit<'c>, CodegenError> {
    unit::compile(context, program, unit, codes)
}
