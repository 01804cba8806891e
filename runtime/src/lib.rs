//! The Kestrel runtime: values, numbers, memory, continuations and primitives. It does not know LLVM.

pub mod abi;
pub mod condition;
pub mod heap;
pub mod layout;
pub mod number;
pub mod object;
pub mod prim;
pub mod print;
pub mod symbol;
pub mod value;

pub use abi::Ctx;
pub use value::Value;

/// What the runtime owns besides the registers and limits in [`Ctx`].
pub struct Runtime {}

#[cfg(test)]
mod testing;
