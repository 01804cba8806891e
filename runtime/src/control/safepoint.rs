//! Safepoints: where collections, interrupts and limits take effect.
//!
//! In stress mode every safepoint of code that allocates collects, and every one after the runtime has allocated: the limit is `hp` itself. The code asks again when it is re-entered with
//! the same `hp`, so the limit then rises step by step until its need fits.

use super::entry::{Leave, take_interrupt};
use super::stack::top_frames;
use crate::abi::{CODE_HAS_CLOSURE, CodeInfo, CodeKind, Ctx, REG_ARGS};
use crate::layout::WORD;
use crate::value::Value;
use std::sync::atomic::Ordering;

/// Live words of stack beyond which a collection freezes the lower part.
const DEEP: usize = 1024;
/// Words of stack that it leaves alone then.
const SHALLOW: usize = 512;

/// Where the last collection was in stress mode.
#[derive(Default)]
pub struct Stress {
    pc: usize,
    hp: usize,
    level: u32,
}

/// Registers that hold values, in the order in which they are collected.
struct Live {
    closure: bool,
    registers: usize,
    /// Words above sp.
    above: usize,
}

impl Live {
    /// What is alive on entry to a code address.
    fn at(ctx: &Ctx, code: usize) -> Live {
        // SAFETY: code that stops at a safepoint gives its own address.
        let info = unsafe { CodeInfo::of(code) };
        let count = match info.kind {
            CodeKind::Procedure | CodeKind::ReturnValues => ctx.regs.argc as usize,
            CodeKind::Return | CodeKind::RaiseReturn | CodeKind::Underflow | CodeKind::Exit => 1,
            CodeKind::Direct => {
                return Live {
                    closure: info.flags & CODE_HAS_CLOSURE != 0,
                    registers: info.reg_args as usize,
                    above: info.stack_args as usize,
                };
            }
        };
        Live {
            closure: info.kind == CodeKind::Procedure,
            registers: count.min(REG_ARGS),
            above: count.saturating_sub(REG_ARGS),
        }
    }
    /// The arguments of a control procedure, and itself.
    fn procedure(ctx: &Ctx) -> Live {
        let count = ctx.regs.argc as usize;
        Live { closure: true, registers: count.min(REG_ARGS), above: count.saturating_sub(REG_ARGS) }
    }
}

impl Ctx {
    /// Sets both limits to what they are when nothing is asked for.
    pub(crate) fn reset_limits(&mut self) {
        let heap = &self.runtime.heap;
        let end = heap.nursery + heap.nursery_bytes;
        let limit = match self.runtime.stress.level {
            _ if !self.runtime.options.gc_stress => end,
            0 => self.regs.hp,
            level => end.min(self.regs.hp + (16 << level.min(32))),
        };
        self.hp_limit.store(limit, Ordering::SeqCst);
        self.stack_limit.store(self.runtime.stack.limit(), Ordering::SeqCst);
    }

    /// Collects with these registers alive, then moves the live part of the stack down.
    fn collect_registers(&mut self, live: Live) {
        let Live { closure, registers, above } = live;
        let mut values = Vec::with_capacity(1 + registers + above);
        values.push(if closure { self.regs.closure } else { Value::FALSE });
        values.extend_from_slice(&self.regs.a[..registers]);
        // SAFETY: the arguments beyond the registers lie above sp.
        values.extend((0..above).map(|i| unsafe { Value(*self.regs.sp.add(i)) }));
        self.collect_at(&mut values, false);
        self.regs.closure = values[0];
        self.regs.a[..registers].copy_from_slice(&values[1..1 + registers]);
        for (i, v) in values[1 + registers..].iter().enumerate() {
            // SAFETY: as above; the stack has not moved yet.
            unsafe { *self.regs.sp.add(i) = v.0 };
        }
        self.slide_stack(above);
    }

    /// Freezes all but the topmost frames of a deep stack, so that they move to the heap and are not scanned again and again.
    pub(crate) fn split_deep_stack(&mut self) {
        let words = (self.regs.sp as usize - self.stack_base as usize) / WORD;
        if words > DEEP {
            // SAFETY: the live part consists of whole frames, and its topmost word is a return address.
            let n = unsafe {
                let top = *self.regs.sp.sub(1) as usize;
                top_frames(self.stack_base, words, top, SHALLOW)
            };
            // SAFETY: `n <= words`.
            let end = unsafe { self.regs.sp.sub(n) };
            self.freeze_below(end);
        }
    }

    /// Moves the live part of the stack, and `above` words above it, to the bottom of the region, after a collection has emptied
    /// that of frozen slices.
    pub(crate) fn slide_stack(&mut self, above: usize) {
        let to = self.runtime.stack.start();
        let words = (self.regs.sp as usize - self.stack_base as usize) / WORD;
        // SAFETY: both ranges lie in the region, with the word below the base; nothing points into the stack.
        unsafe {
            std::ptr::copy(self.stack_base.sub(1), to.sub(1), 1 + words + above);
            self.regs.sp = to.add(words);
        }
        self.stack_base = to;
    }

    /// For control procedures that push frames, with their arguments in the registers alone, since objects may move: collects if the
    /// stack is full.
    pub(crate) fn ensure_stack(&mut self) {
        if self.regs.sp as usize > self.runtime.stack.limit() || self.runtime.options.gc_stress {
            let live = Live::procedure(self);
            self.collect_registers(live);
        }
    }

    /// Whether Rust code that stands in for Scheme code should stop: the limits are exceeded or have been set to 0.
    pub(crate) fn wants_to_stop(&self) -> bool {
        let heap = &self.runtime.heap;
        self.hp_limit.load(Ordering::Relaxed) < heap.nursery + heap.nursery_bytes
            || self.regs.sp as usize > self.stack_limit.load(Ordering::Relaxed)
    }

    /// The safepoint of a procedure in Rust with arguments in the registers; `false` if it must end at once.
    pub(crate) fn stop_in_procedure(&mut self, registers: usize, above: usize) -> bool {
        self.reset_limits();
        if take_interrupt(self) {
            let backtrace = self.backtrace();
            self.leave(Leave::Interrupted(backtrace));
            return false;
        }
        self.collect_registers(Live { closure: true, registers, above });
        self.run_finalizers();
        self.reset_limits();
        if self.memory_is_short() {
            self.signal(0, 0);
            return false;
        }
        true
    }

    /// After a collection: whether the program must be told that memory is short; the condition is set then. A program
    /// that goes on allocating in its handlers is not asked again.
    fn memory_is_short(&mut self) -> bool {
        let Some(again) = self.over_limit() else {
            return false;
        };
        self.collect_limit_reached();
        if again {
            self.handlers = Value::NULL;
        }
        true
    }
}

impl Ctx {
    /// The safepoint of an entry of code that runs in Rust: `regs.pc` is its address, all its inputs are in `regs`. Control must then go to
    /// `regs.pc`, which is another address if the code must not be run.
    pub fn safepoint(&mut self) {
        entry_safepoint(self);
    }
    /// The safepoint of a loop that runs in Rust: the `count` words at `regs.sp` are its live values. They may have changed, and
    /// moved together with `regs.sp`. `false`: the loop must raise. `code` is the address of the code that it is part of.
    pub fn loop_safepoint(&mut self, count: usize, code: usize) -> bool {
        let (sp, hp) = (self.regs.sp, self.regs.hp);
        self.runtime.executing = code;
        let goes_on = loop_safepoint(self, sp, sp.wrapping_add(count), hp) == 0;
        self.runtime.executing = 0;
        goes_on
    }
}

/// `kestrel_safepoint`: `regs.pc` is the code that asks, with its inputs in the registers.
pub(super) extern "C" fn entry_safepoint(ctx: &mut Ctx) {
    let code = ctx.regs.pc;
    ctx.reset_limits();
    if take_interrupt(ctx) {
        let backtrace = ctx.backtrace();
        return ctx.leave(Leave::Interrupted(backtrace));
    }
    let stress = &ctx.runtime.stress;
    let again = ctx.runtime.options.gc_stress
        && (stress.pc, stress.hp) == (code, ctx.regs.hp)
        && ctx.runtime.stack.is_roomy(ctx.regs.sp);
    if again {
        ctx.runtime.stress.level += 1;
        return ctx.reset_limits();
    }
    let live = Live::at(ctx, code);
    ctx.runtime.executing = code;
    ctx.collect_registers(live);
    ctx.runtime.executing = 0;
    ctx.run_finalizers();
    ctx.runtime.stress = Stress { pc: code, hp: ctx.regs.hp, level: 0 };
    ctx.reset_limits();
    if ctx.memory_is_short() {
        // SAFETY: as for `Live::at`.
        let site = unsafe { CodeInfo::of(code) }.site;
        ctx.signal(code, site as u64);
    }
}

/// `Thunks::loop_safepoint`
pub(super) extern "C" fn loop_safepoint(ctx: &mut Ctx, sp: *mut u64, end: *mut u64, hp: usize) -> u64 {
    ctx.regs.sp = sp;
    ctx.regs.hp = hp;
    ctx.reset_limits();
    if take_interrupt(ctx) {
        let backtrace = ctx.backtrace();
        ctx.runtime.leaving = Some(Leave::Interrupted(backtrace));
        return 1;
    }
    let count = (end as usize - sp as usize) / WORD;
    // SAFETY: the loop has stored that many live values at sp.
    let values = unsafe { std::slice::from_raw_parts_mut(sp as *mut Value, count) };
    ctx.collect_at(values, false);
    ctx.run_finalizers();
    ctx.runtime.stress = Stress { pc: 0, hp: ctx.regs.hp, level: 0 };
    ctx.reset_limits();
    ctx.memory_is_short() as u64
}
