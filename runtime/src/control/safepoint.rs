//! Safepoints: where collections, interrupts and limits take effect.

use super::entry::{Leave, take_interrupt};
use crate::abi::Ctx;
use std::sync::atomic::Ordering;

impl Ctx {
    /// Sets both limits to what they are when nothing is asked for.
    pub(crate) fn reset_limits(&mut self) {
        let heap = &self.runtime.heap;
        self.hp_limit.store(heap.nursery + heap.nursery_bytes, Ordering::SeqCst);
        self.stack_limit.store(self.runtime.stack.limit(), Ordering::SeqCst);
    }
}

/// `kestrel_safepoint`: `regs.pc` is the code that asks, with its inputs in the registers.
pub(super) extern "C" fn entry_safepoint(ctx: &mut Ctx) {
    ctx.reset_limits();
    if take_interrupt(ctx) {
        let backtrace = ctx.backtrace();
        return ctx.leave(Leave::Interrupted(backtrace));
    }
    ctx.runtime.heap.renew_nursery();
    ctx.regs.hp = ctx.runtime.heap.nursery;
    ctx.reset_limits();
}

/// `Thunks::loop_safepoint`
pub(super) extern "C" fn loop_safepoint(ctx: &mut Ctx, sp: *mut u64, _end: *mut u64, hp: usize) -> u64 {
    ctx.reset_limits();
    ctx.regs.sp = sp;
    ctx.regs.hp = hp;
    if take_interrupt(ctx) {
        let backtrace = ctx.backtrace();
        ctx.runtime.leaving = Some(Leave::Interrupted(backtrace));
        return 1;
    }
    ctx.runtime.heap.renew_nursery();
    ctx.regs.hp = ctx.runtime.heap.nursery;
    ctx.reset_limits();
    0
}
