//! Kestrel: a CPS-based JIT compiler for R7RS Scheme, targeting LLVM.

pub mod arena;
pub mod ast;
pub mod baseline;
pub mod closure;
pub mod codegen;
pub mod compiler;
pub mod cps;
pub mod diagnostic;
mod direct;
pub mod dominators;
pub mod engine;
mod eval;
mod failure;
pub mod jit;
pub mod load;
pub mod pipeline;
pub mod reader;
pub mod repl;
pub mod source;
pub mod syntax;
pub mod text;
