//! A context for unit tests of objects and primitives.

use crate::Ctx;
use crate::control::Options;

/// A context with a small nursery.
pub fn context() -> Box<Ctx> {
    Ctx::new(Options { max_heap: 1 << 30, nursery: 1 << 20, ..Options::default() })
}
