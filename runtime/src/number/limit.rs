//! Sizes of results are checked here before anything is computed or allocated.

use super::Raised;
use super::long::Long;
use crate::abi::Ctx;

/// Bits of the largest integer that is ever made, whatever the memory limit: half a gigabyte of them, which also bounds
/// the temporary memory of a multiplication.
const MAX_BITS: u64 = 1 << 32;

/// Fails if an integer of this many bits would be too large.
pub(super) fn check_bits(ctx: &mut Ctx, who: &'static str, bits: u64) -> Result<(), Raised> {
    if bits > MAX_BITS {
        return Err(too_large(ctx, who));
    }
    ctx.check_alloc((bits / 8) as usize + 32).map_err(|_| Raised)
}

/// Does work on long integers, which stops if it is interrupted.
pub(super) fn long<T>(ctx: &mut Ctx, work: impl FnOnce(&Long) -> Option<T>) -> Result<T, Raised> {
    let done = {
        let ctx = &*ctx;
        work(&Long::new(&|| ctx.is_interrupted()))
    };
    match done {
        Some(value) => Ok(value),
        None => {
            // It has stopped, so there was an interrupt.
            let _ = ctx.leave_if_interrupted();
            Err(Raised)
        }
    }
}

/// Fails if an interrupt was asked for: for loops whose steps are arithmetic.
pub(super) fn poll(ctx: &mut Ctx) -> Result<(), Raised> {
    if ctx.is_interrupted() { ctx.leave_if_interrupted().map_err(|_| Raised) } else { Ok(()) }
}

/// The failure of an operation whose result would be too large.
#[cold]
pub(super) fn too_large(ctx: &mut Ctx, who: &'static str) -> Raised {
    ctx.not_supported(who, "the result would be too large");
    Raised
}
