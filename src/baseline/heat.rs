//! How often the codes of a unit have run, and where machine code has taken their place.
//!
//! Entries and back edges are counted by code. At [`Heat::hot`] the interpreter asks for the code to be compiled, at an entry, or in the
//! midst of a loop: the rest of the loop and of its code is then compiled as a code of its own, which takes the live variables as arguments
//! (on-stack replacement, as in Hölzle & Ungar 1994, but that the interpreter's registers are all there is to replace). Whether compiling
//! succeeds is seen here afterwards; a code that cannot be compiled stays in the baseline.

use crate::arena::Idx;
use crate::closure::ir::{Block, CodeId};
use kestrel_runtime::Ctx;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};

/// A loop in progress: its header, and which of the variables that are live there are flonums now.
pub type Loop = (Block, Box<[bool]>);

/// What the interpreter asks for.
pub struct Hot {
    /// The unit's number.
    pub unit: u32,
    /// The code.
    pub code: CodeId,
    /// Where it is, if it is not at its entry.
    pub in_loop: Option<Loop>,
}

/// Has hot code compiled, if that can be done now.
pub type Compile = fn(&mut Ctx, Hot);

/// See the module.
pub struct Heat {
    /// Runs after which code is hot.
    hot: u32,
    /// What compiles it.
    pub(super) compile: Compile,
    counts: Box<[Cell<u32>]>,
    /// Addresses of machine code; 0 where there is none.
    compiled: Box<[Cell<usize>]>,
    loops: RefCell<FxHashMap<(CodeId, Loop), Option<usize>>>,
}

/// The count of a code that cannot be compiled.
const NEVER: u32 = u32::MAX;

impl Heat {
    /// Nothing has run yet. `codes` is the number of codes.
    pub fn new(hot: u32, codes: usize, compile: Compile) -> Heat {
        Heat {
            hot: hot.clamp(1, NEVER - 1),
            compile,
            counts: (0..codes).map(|_| Cell::new(0)).collect(),
            compiled: (0..codes).map(|_| Cell::new(0)).collect(),
            loops: RefCell::default(),
        }
    }

    /// Counts a run; whether the code is hot and could be compiled.
    pub(super) fn is_hot(&self, code: CodeId) -> bool {
        let count = &self.counts[code.index()];
        let n = count.get();
        if n < self.hot {
            count.set(n + 1);
        }
        n == self.hot
    }

    /// Whether a code has run at least an eighth as often as hot code: worth compiling along with what calls it.
    pub fn is_warm(&self, code: CodeId) -> bool {
        self.counts.get(code.index()).is_some_and(|n| n.get() != NEVER && n.get() >= self.hot.div_ceil(8))
    }

    /// The address of a code's machine code.
    pub fn compiled(&self, code: CodeId) -> Option<usize> {
        self.compiled.get(code.index()).map(Cell::get).filter(|&address| address != 0)
    }

    /// Machine code takes the place of a code.
    pub(super) fn set_compiled(&self, code: CodeId, address: usize) {
        self.compiled[code.index()].set(address);
    }

    /// A code is not to be compiled.
    pub fn refuse(&self, code: CodeId) {
        self.counts[code.index()].set(NEVER);
    }

    /// The machine code of the rest of a loop: `None` if nobody has asked for it, `Some(None)` if it cannot be had.
    pub(super) fn in_loop(&self, code: CodeId, at: &Loop) -> Option<Option<usize>> {
        self.loops.borrow().get(&(code, at.clone())).copied()
    }

    /// Notes the machine code of the rest of a loop, or that there cannot be any.
    pub fn set_in_loop(&self, code: CodeId, at: Loop, address: Option<usize>) {
        self.loops.borrow_mut().insert((code, at), address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_warm_and_hot() {
        let heat = Heat::new(16, 2, |_, _| {});
        let (a, b) = (CodeId(0), CodeId(1));
        let hot: Vec<bool> = (0..18).map(|_| heat.is_hot(a)).collect();
        assert_eq!(hot.iter().position(|&h| h), Some(16));
        assert!(hot[17] && heat.is_warm(a) && !heat.is_warm(b));
        assert!(!heat.is_hot(b) && !heat.is_warm(b) && !heat.is_hot(b) && heat.is_warm(b));
        heat.refuse(a);
        assert!(!heat.is_hot(a) && !heat.is_warm(a));
        assert!(!heat.is_warm(CodeId(2)) && heat.compiled(CodeId(2)).is_none());
    }
}
