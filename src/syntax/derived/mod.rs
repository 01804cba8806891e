//! The derived forms of R7RS chapter 4, straight to AST.

pub mod binding;
pub mod conditional;
pub mod control;
pub mod record;
