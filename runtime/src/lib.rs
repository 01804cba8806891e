//! The Kestrel runtime: values, numbers, memory, continuations and primitives. It does not know LLVM.

pub mod abi;
pub mod condition;
pub mod control;
pub mod heap;
pub mod layout;
pub mod number;
pub mod object;
pub mod port;
pub mod prim;
pub mod print;
pub mod symbol;
pub mod unicode;
pub mod unit;
pub mod value;

pub use abi::Ctx;
pub use value::Value;

/// What the runtime owns besides the registers and limits in [`Ctx`].
pub struct Runtime {
    pub(crate) heap: heap::Heap,
    pub(crate) stack: control::stack::Stack,
    pub(crate) units: unit::Units,
    /// Entries from Rust in progress.
    pub(crate) entries: Vec<control::entry::Entry>,
    /// Number of the latest nested entry.
    pub(crate) serial: i64,
    /// Why the innermost entry is being left.
    pub(crate) leaving: Option<control::Leave>,
    /// The library's procedure that reinstates a continuation with other winders.
    pub(crate) rewinder: Value,
    /// At a safepoint, the address of the code that runs and is in no frame and perhaps in no closure; else 0.
    pub(crate) executing: usize,
    /// Procedures of the primitives.
    pub(crate) procedures: Vec<Value>,
    /// What finalizes objects, by the tokens that they were registered with.
    pub(crate) finalizer: Option<fn(&mut Ctx, u64)>,
    /// In stress mode: where the last collection was, and how often the same code asked again.
    pub(crate) stress: control::safepoint::Stress,
    pub(crate) interrupter: control::Interrupter,
    pub(crate) options: control::Options,
    /// What compiles, for `eval` and the like: owned by whoever made the context, and taken out while it is at work.
    pub host: Option<Box<dyn std::any::Any>>,
    /// Answers what primitives ask about syntax objects.
    pub expander: object::syntax::Expander,
    /// Does what a program asks of the compiler.
    pub serve: Option<control::Serve>,
    /// Ports and the world outside.
    pub io: port::Io,
}

#[cfg(test)]
mod testing;
