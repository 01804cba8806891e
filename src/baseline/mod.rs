//! The baseline tier: runs first-order CPS directly, on the same stack, frames, closures and heap as compiled code (DESIGN 7).
//!
//! | file | what |
//! |---|---|
//! | [`prepare`] | first-order CPS to the form that is run: a register for each variable, constants resolved |
//! | [`liveness`] | what a loop safepoint keeps |
//! | [`stub`] | code addresses for baseline code: executable stubs with a `CodeInfo` below |
//! | [`unit`] | a unit: prepared codes, stubs, and the machine code that has taken their place |
//! | [`heat`] | counts how often codes run, so that hot ones are compiled |
//! | [`run`] | the interpreter |
//! | [`primitive`] | primitives: the commonest inline, all others through the table |
//!
//! Nothing tells the tiers apart from outside: closures hold stub addresses, frames hold stub addresses of return points, and every entry
//! polls. A program is run by [`install`], [`Unit::new`], [`Unit::link`] and entering the static closure of its entry's address.

mod heat;
mod liveness;
mod prepare;
mod primitive;
mod run;
mod stub;
#[cfg(test)]
mod tests;
mod unit;

pub use heat::{Heat, Hot, Loop};
pub use stub::Pool;
pub use unit::{Closures, Unit};

use kestrel_runtime::Ctx;

/// Why a program cannot be prepared: a limit of this tier, or no memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(pub String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// Lets the stubs of a context find the interpreter. Once for each context.
pub fn install(ctx: &mut Ctx) {
    ctx.baseline_run = Some(run::run);
}
