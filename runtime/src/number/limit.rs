//! Sizes of results are checked here before anything is computed or allocated.

use super::Raised;
use crate::abi::Ctx;

/// Bits of the largest integer that is ever made.
const MAX_BITS: u64 = 1 << 33;

/// Fails if an integer of this many bits would be too large.
pub(super) fn check_bits(ctx: &mut Ctx, who: &'static str, bits: u64) -> Result<(), Raised> {
    if bits <= MAX_BITS {
        return Ok(());
    }
    ctx.not_supported(who, "the result would be too large");
    Err(Raised)
}
