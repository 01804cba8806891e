//! Control: the way between Rust and Scheme code, the stack, continuations, raising.
//!
//! # A control function
//! is an `extern "C" fn(&mut Ctx)` called by a thunk with the registers of Scheme code in `ctx.regs`. It leaves in `ctx.regs` what
//! should happen next, by one of [`Ctx::return_value`], [`Ctx::return_values`], [`Ctx::tail_call`], [`Ctx::signal`]. It may
//! collect and may enter Scheme ([`Ctx::enter`]); values that it holds across either are rooted handles.
//!
//! # The stack
//! is one region. Its live part is `[stack_base, sp)`; below it lie slices that `call/cc` has frozen in place and that belong to
//! continuation objects. The word below `stack_base` is always the underflow thunk's address, so that a return
//! out of the live part goes to [`stack`], which brings back the topmost frames of `ctx.link`. At a collection frozen slices and
//! the old part of the live stack move to the heap, and the rest slides down: see [`continuation`].

pub mod backtrace;
pub mod continuation;
pub mod defect;
pub mod dynamic;
pub mod entry;
pub mod host;
pub mod interrupt;
pub mod native;
pub mod parameter;
pub mod primitive;
pub mod raise;
pub mod safepoint;
pub mod service;
pub mod stack;
pub mod thunk;

pub use backtrace::{Backtrace, Frame};
pub use entry::{Leave, Options, Uncaught};
pub use host::HostFn;
pub use interrupt::Interrupter;
pub use service::{Serve, Service};
