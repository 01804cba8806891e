//! Passes from CPS to better CPS, one file each.
//!
//! | pass | what |
//! |---|---|
//! | [`primop`] | calls of primitives become `let` and `branch` |
//! | [`beta`] | shrinking reductions to a fixed point |
//! | [`dce`] | what nothing needs |
//! | [`known`] | `case-lambda` and rest lists of known functions are resolved at their calls |
//! | [`contify`] | functions that always return to the same place become continuations |
//! | [`eta`] | functions and continuations that only pass on become what they pass on to |
//! | [`inline`] | small functions are copied to their calls |
//! | [`unroll`] | small recursive functions are copied into themselves, once |
//!
//! [`copy`] makes renamed copies, [`fold`] computes on constants.

pub mod beta;
pub mod contify;
pub mod copy;
pub mod dce;
pub mod eta;
pub mod fold;
pub mod inline;
pub mod known;
pub mod primop;
pub mod unroll;

use crate::source::SourceMap;
use kestrel_runtime::Ctx;

/// What passes need besides the program.
pub struct Context<'a> {
    /// Receives the origins of copies.
    pub sources: &'a mut SourceMap,
    /// Runs primitives on constants; without it only the simplest are folded.
    pub ctx: Option<&'a mut Ctx>,
}
