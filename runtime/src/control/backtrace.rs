//! Backtraces: the stack walked by its return addresses, at no cost until one is wanted.

use super::continuation::{CONT_LINK, CONT_RETURN};
use super::stack::top_frames;
use crate::abi::{CodeInfo, CodeKind, Ctx, RUNTIME_UNIT};
use crate::layout::WORD;
use crate::value::Value;
use std::collections::VecDeque;

/// Innermost frames that are kept.
const INNER: usize = 64;
/// Outermost frames that are kept.
const OUTER: usize = 32;

/// A place in a unit: index of a [`Site`](crate::abi::Site).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The unit.
    pub unit: u32,
    /// The site in the unit.
    pub site: u32,
}

/// Where an error was: the raising operation, then the calls in progress, innermost first.
#[derive(Clone, Debug, Default)]
pub struct Backtrace {
    /// The frames that were kept.
    pub frames: Vec<Frame>,
    /// If frames were left out: how many, and before which of `frames` they would stand.
    pub omitted: Option<(usize, usize)>,
}

#[derive(Default)]
struct Collector {
    inner: Vec<Frame>,
    outer: VecDeque<Frame>,
    omitted: usize,
    /// The raising operation that was added last, until a frame follows.
    raising: Option<Frame>,
}

impl Collector {
    fn add_raising(&mut self, frame: Frame) {
        self.add(frame);
        self.raising = Some(frame);
    }
    fn add(&mut self, frame: Frame) {
        if frame.unit == RUNTIME_UNIT {
            return;
        }
        // A call of what is no procedure has pushed its frame already, which is the same place once more.
        if self.raising.take() == Some(frame) {
            return;
        }
        if self.inner.len() < INNER {
            return self.inner.push(frame);
        }
        self.outer.push_back(frame);
        if self.outer.len() > OUTER {
            self.outer.pop_front();
            self.omitted += 1;
        }
    }
    /// Adds the frames of a slice of `words` words.
    ///
    /// # Safety
    /// As for [`top_frames`].
    unsafe fn add_slice(&mut self, slice: *const u64, mut words: usize, mut code: usize) {
        while words > 0 {
            // SAFETY: `code` is the return address of the topmost frame of the `words` that remain.
            let info = unsafe { CodeInfo::of(code) };
            if info.kind == CodeKind::RaiseReturn {
                // SAFETY: such a frame's first two slots are the code address that raised, and the site.
                let (raiser, site) = unsafe { (*slice.add(words - 5), *slice.add(words - 4)) };
                if raiser != 0 {
                    // SAFETY: raising code gives its own code address.
                    let unit = unsafe { CodeInfo::of(raiser as usize) }.unit;
                    self.add_raising(Frame { unit, site: site as u32 });
                }
            }
            self.add(Frame { unit: info.unit, site: info.site });
            // SAFETY: the caller's promise.
            words -= unsafe { top_frames(slice, words, code, 1) };
            if words > 0 {
                // SAFETY: the topmost word of the remaining frames is a return address.
                code = unsafe { *slice.add(words - 1) } as usize;
            }
        }
    }
}

/// The frames of the stack, after the one of the raising operation.
pub(crate) fn walk(ctx: &Ctx, first: Option<Frame>) -> Backtrace {
    let mut all = Collector::default();
    first.into_iter().for_each(|frame| all.add_raising(frame));
    let words = (ctx.regs.sp as usize - ctx.stack_base as usize) / WORD;
    if words > 0 {
        // SAFETY: the live part consists of whole frames.
        unsafe { all.add_slice(ctx.stack_base, words, *ctx.stack_base.add(words - 1) as usize) };
    }
    let mut k = ctx.link;
    while k != Value::FALSE {
        let code = ctx.field(k, CONT_RETURN).0 as usize;
        // SAFETY: a continuation's slice consists of whole frames.
        unsafe { all.add_slice(ctx.continuation_slice(k), ctx.continuation_words(k), code) };
        k = ctx.field(k, CONT_LINK);
    }
    let omitted = (all.omitted > 0).then_some((all.omitted, all.inner.len()));
    all.inner.extend(all.outer);
    Backtrace { frames: all.inner, omitted }
}
