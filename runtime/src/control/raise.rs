//! Raising: handlers run in the context of the raise, with the outer handlers installed.
//!
//! `signal` pushes a frame (`CodeKind::RaiseReturn`) that remembers where the raise was, and calls the innermost handler; a
//! handler that returns to it has not handled the condition, which is an error of its own, raised to the outer
//! handlers. Without handlers the entry from Rust is left, with the stack still in place for a backtrace.

use super::entry::{Leave, Uncaught};
use super::thunk;
use crate::abi::{CodeInfo, Ctx, REG_ARGS};
use crate::layout::CLOSURE_CODE;
use crate::value::Value;

/// Words of the frame that `signal` pushes, return address included.
const RAISE_FRAME: usize = 5;

impl Ctx {
    /// Raises `ctx.condition` from an operation at `site` of the code at address `code` (0: from nowhere), not continuably.
    /// `regs.sp` must be as for a tail call.
    pub fn signal(&mut self, code: usize, site: u64) {
        if let Some(mut leave) = self.runtime.leaving.take() {
            if let Leave::Interrupted(backtrace) = &mut leave
                && backtrace.frames.is_empty()
            {
                *backtrace = super::backtrace::walk(self, self.frame_of(code, site as u32));
            }
            return self.leave(leave);
        }
        if !self.handlers.is_pair() {
            let first = self.frame_of(code, site as u32);
            let backtrace = super::backtrace::walk(self, first);
            let condition = self.condition;
            return self.leave(Leave::Uncaught(Uncaught { condition, backtrace }));
        }
        self.regs.argc = 0;
        self.regs.closure = Value::FALSE;
        self.runtime.executing = code;
        self.ensure_stack();
        self.runtime.executing = 0;
        let (handlers, condition) = (self.handlers, self.condition);
        self.push(&[code as u64, site, condition.0, handlers.0], thunk::raise_return());
        self.handlers = self.cdr(handlers);
        self.tail_call(self.car(handlers), &[condition]);
    }

    /// Raises that `regs.closure` is not a procedure.
    pub(crate) fn signal_not_a_procedure(&mut self, code: usize, site: u64) {
        self.not_a_procedure(self.regs.closure);
        self.signal(code, site);
    }

    /// Pushes a frame.
    pub(crate) fn push(&mut self, slots: &[u64], return_address: usize) {
        for &word in slots.iter().chain(&[return_address as u64]) {
            // SAFETY: control functions push few words, and the stack has a red zone above the limit that
            // compiled code checks before it calls anything.
            unsafe {
                *self.regs.sp = word;
                self.regs.sp = self.regs.sp.add(1);
            }
        }
    }

    /// Word number `i` below sp, from 1.
    pub(crate) fn below(&self, i: usize) -> u64 {
        // SAFETY: callers ask for words of the topmost frame.
        unsafe { *self.regs.sp.sub(i) }
    }

    /// Pops `words` off the stack; `regs.argc` values that arrived stay where values are expected.
    pub(crate) fn pop_below_values(&mut self, words: usize) {
        let above = (self.regs.argc as usize).saturating_sub(REG_ARGS);
        // SAFETY: the words popped lie below sp and the values above it.
        unsafe {
            let to = self.regs.sp.sub(words);
            std::ptr::copy(self.regs.sp, to, above);
            self.regs.sp = to;
        }
    }
}

/// `kestrel_raise`
pub(super) extern "C" fn raise_from_code(ctx: &mut Ctx) {
    // SAFETY: compiled code leaves its own code address.
    let unit = unsafe { CodeInfo::of(ctx.raise_code) }.unit;
    if let Some(site) = ctx.site(unit, ctx.raise_site as u32) {
        ctx.shift_argument(site.shift);
    }
    ctx.signal(ctx.raise_code, ctx.raise_site);
}

/// `kestrel_arity_error`
pub(super) extern "C" fn arity_error(ctx: &mut Ctx) {
    let closure = ctx.regs.closure;
    let code = ctx.field(closure, CLOSURE_CODE).0 as usize;
    ctx.wrong_argument_count(closure, ctx.regs.argc as usize);
    // SAFETY: a closure's first word is a code address.
    let site = unsafe { CodeInfo::of(code) }.site;
    ctx.signal(code, site as u64);
}

/// `kestrel_not_a_procedure`
pub(super) extern "C" fn not_a_procedure_from_code(ctx: &mut Ctx) {
    ctx.signal_not_a_procedure(ctx.raise_code, ctx.raise_site);
}

/// `kestrel_values_error`
pub(super) extern "C" fn values_error(ctx: &mut Ctx) {
    ctx.wrong_value_count(ctx.regs.argc as usize);
    ctx.signal(0, 0);
}

/// A handler called by `signal` has returned.
pub(super) extern "C" fn handler_returned(ctx: &mut Ctx) {
    let [handlers, condition, site, code] = [2, 3, 4, 5].map(|i| ctx.below(i));
    ctx.regs.argc = 0;
    ctx.pop_below_values(RAISE_FRAME);
    ctx.handlers = ctx.cdr(Value(handlers));
    ctx.handler_returned(Value(condition));
    ctx.signal(code as usize, site);
}

/// `raise`: a primitive that always fails, so that the error has the place of its call.
pub fn raise(ctx: &mut Ctx, object: Value) -> Value {
    ctx.condition = object;
    Value::RAISED
}

/// `raise-continuable`
pub extern "C" fn raise_continuable(ctx: &mut Ctx) {
    if !ctx.handlers.is_pair() {
        ctx.condition = ctx.regs.a[0];
        return ctx.raise_here();
    }
    ctx.ensure_stack();
    let handlers = ctx.handlers;
    let condition = ctx.regs.a[0];
    ctx.push(&[handlers.0], thunk::continuable_return());
    ctx.handlers = ctx.cdr(handlers);
    ctx.tail_call(ctx.car(handlers), &[condition]);
}

/// A handler called by `raise-continuable` has returned one value.
pub(super) extern "C" fn continuable_return(ctx: &mut Ctx) {
    ctx.regs.argc = 1;
    continuable_return_values(ctx);
}

/// A handler called by `raise-continuable` has returned.
pub(super) extern "C" fn continuable_return_values(ctx: &mut Ctx) {
    ctx.handlers = Value(ctx.below(2));
    ctx.pop_below_values(2);
    ctx.return_arguments();
}
