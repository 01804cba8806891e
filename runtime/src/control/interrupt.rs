//! Interrupts: Scheme code is stopped from another thread, or by Ctrl-C.
//!
//! An interrupt sets a flag, and both limits that Scheme code compares with to 0, so that its next safepoint finds the flag and leaves the
//! entry from Rust. A read that waits is ended by the signal and finds the flag, too (see [`crate::port`]).

use super::backtrace::Backtrace;
use super::entry::{Leave, take_interrupt};
use crate::abi::Ctx;
use crate::value::Value;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::sync::{Arc, OnceLock};

/// Stops Scheme code from another thread or a signal handler.
#[derive(Clone)]
pub struct Interrupter {
    pub(super) ctx: Arc<AtomicPtr<Ctx>>,
    pub(super) flag: Arc<AtomicBool>,
}

impl Interrupter {
    /// Whether an interrupt was asked for that Scheme code has not heeded yet.
    pub fn is_pending(&self) -> bool {
        self.flag.load(Ordering::SeqCst)
    }
    /// Makes Scheme code leave at its next safepoint. Safe to call in a signal handler.
    pub fn interrupt(&self) {
        self.flag.store(true, Ordering::SeqCst);
        let ctx = self.ctx.load(Ordering::SeqCst);
        if !ctx.is_null() {
            // SAFETY: the pointer is cleared before the context is dropped, and the two limits are atomics.
            unsafe {
                let (hp_limit, stack_limit) = (&raw const (*ctx).hp_limit, &raw const (*ctx).stack_limit);
                (*hp_limit).store(0, Ordering::SeqCst);
                (*stack_limit).store(0, Ordering::SeqCst);
            }
        }
    }
    /// Makes Ctrl-C (SIGINT) interrupt this runtime. A second one, before the first was heeded, ends the process with status 130.
    /// The first call in a process decides which runtime it is; reads that wait come back with `ErrorKind::Interrupted`.
    pub fn on_ctrl_c(self) -> io::Result<()> {
        if ON_CTRL_C.set(self).is_err() {
            return Ok(());
        }
        // SAFETY: a zeroed `sigaction` is a valid one without flags: in particular without SA_RESTART, so that reads end. The handler does
        // only what is allowed in one: atomics and `_exit`.
        let failed = unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = ctrl_c as extern "C" fn(libc::c_int) as usize;
            libc::sigemptyset(&mut action.sa_mask);
            libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut()) != 0
        };
        if failed { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
}

impl Ctx {
    /// For primitives that wait or work for long: if an interrupt was asked for, fails, and what raises then leaves.
    pub(crate) fn leave_if_interrupted(&mut self) -> Result<(), Value> {
        if !take_interrupt(self) {
            return Ok(());
        }
        self.runtime.leaving = Some(Leave::Interrupted(Backtrace::default()));
        Err(Value::RAISED)
    }
    /// Whether an interrupt was asked for that has not been heeded yet.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.runtime.interrupter.is_pending()
    }
}

/// What Ctrl-C interrupts.
static ON_CTRL_C: OnceLock<Interrupter> = OnceLock::new();
/// Exit status of a process that Ctrl-C ended, as shells report it.
const INTERRUPTED: i32 = 130;

extern "C" fn ctrl_c(_: libc::c_int) {
    let Some(interrupter) = ON_CTRL_C.get() else { return };
    if interrupter.is_pending() {
        // SAFETY: ends the process.
        unsafe { libc::_exit(INTERRUPTED) };
    }
    interrupter.interrupt();
}
