//! Scheme code that runs during expansion: how a macro whose transformer is a procedure gets to it.
//!
//! To define such a macro, expand its right-hand side as a program of its own in which globals are cells (as in an open world: the
//! globals of a closed program have no values yet), and have it evaluated:
//!
//! ```text
//! let transformer: Handle = self.host.evaluate(self.sources, program)?;      // once, when the macro is defined
//! let output: Value = self.host.apply(self.sources, &transformer, &[form])?; // at each use
//! ```
//!
//! Rules, all because Scheme code may collect garbage and objects then move:
//! 1. The macro keeps the [`Handle`]: the transformer is a root as long as the macro lives.
//! 2. A [`Value`] that is not immediate, static or in a handle is wrong after `evaluate` and `apply`; arguments are passed as they are, and
//!    the answer is to be turned into syntax before the next call. That goes for constants in `Expander::program`, too:
//!    `Expander::constant` takes care of its own.
//! 3. Neither may be called while a borrow of the source map lasts; files that Scheme code adds to it keep their numbers.
//!
//! The code is compiled for the baseline. It runs in an entry of its own: without the program's exception handlers, and continuations
//! do not lead out of it. An uncaught error, a call of `exit` and an interrupt are answered as a [`Diagnostic`] without a place, to
//! which the expander adds the use of the macro. While it runs, what it evaluates in an environment of the world that is being expanded is
//! expanded for phase 1.

use super::live::Live;
use crate::ast::ir::Program;
use crate::diagnostic::Diagnostic;
use crate::reader::literal::{Fresh, Literals};
use crate::source::SourceMap;
use kestrel_runtime::heap::Handle;
use kestrel_runtime::{Ctx, Value};

/// What the expander asks of the runtime: constants, and running Scheme code. `Ctx` is one, if a compiler is installed in it.
pub trait PhaseOne: Literals {
    /// The runtime that the code runs in.
    fn ctx(&mut self) -> &mut Ctx;

    /// Runs a program whose globals are cells; answers the last of its values, rooted.
    fn evaluate(&mut self, sources: &mut SourceMap, program: Program) -> Result<Handle, Vec<Diagnostic>>;

    /// Calls a transformer. The answer is valid until Scheme code runs again.
    fn apply(
        &mut self,
        sources: &mut SourceMap,
        transformer: &Handle,
        arguments: &[Value],
    ) -> Result<Value, Diagnostic>;

    /// A global variable's cell, without a value.
    fn cell(&mut self, name: Value) -> Value;

    /// Makes constants in the heap, for code that `eval` is given.
    fn fresh(&mut self) -> Fresh<'_>;

    /// A living datum as a text.
    fn live(&mut self, value: Value) -> Live;

    /// Makes a value a root, if it is one that moves.
    fn keep(&mut self, value: Value) -> Option<Handle>;
}
