//! Panics in Rust code that Scheme code has called.
//!
//! A panic in a primitive that may raise becomes an error of the program's: [`catch`] stands around each primitive's function, where the
//! frames up to the panic are all Rust's. It costs nothing as long as nothing panics. What the primitive was changing may be left half
//! changed, but its objects are whole ones: memory is filled before a reference to it is stored.
//!
//! Any other panic ends the process: nobody looks whether a primitive without the effect `RAISE` has raised, the registers of a
//! control procedure cannot be trusted any more, and no unwinder can pass the frames of Scheme code. What the program has written by then still
//! gets out.

use crate::abi::Ctx;
use crate::value::Value;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

thread_local! {
    /// The context whose Scheme code this thread is running; null without one.
    static RUNNING: Cell<*mut Ctx> = const { Cell::new(std::ptr::null_mut()) };
    /// What the panic has said that is on its way to `catch`.
    static PENDING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The exit status of a process that a panic ends, once `end_on_panic` was called.
static STATUS: OnceLock<i32> = OnceLock::new();

/// Makes a panic that is not one of a primitive's flush the ports of the Scheme code that the thread was running, say what has happened
/// and end the process.
pub fn end_on_panic(status: i32) {
    if STATUS.set(status).is_err() {
        return;
    }
    std::panic::set_hook(Box::new(move |info| {
        let unwinding = PENDING.with_borrow(Option::is_some);
        if !unwinding && !RUNNING.get().is_null() {
            // If no `catch` comes first, the unwinding reaches a function that may not unwind, and that panics again.
            return PENDING.set(Some(info.to_string()));
        }
        end(status, &info.to_string());
    }));
}

/// Flushes the ports, says what has happened and ends the process.
fn end(status: i32, text: &str) -> ! {
    let text = PENDING.take().unwrap_or_else(|| text.to_owned());
    // A panic in here must not come back for the same ports.
    let running = RUNNING.replace(std::ptr::null_mut());
    // SAFETY: the pointer is set only while `Ctx::enter` borrows the context. Everything that used the context before has been stopped for
    // good, since this function ends the process.
    if let Some(ctx) = unsafe { running.as_mut() } {
        // There is nobody left to be told of an error.
        let _ = ctx.flush_all();
    }
    let _ = writeln!(std::io::stderr(), "kestrel: internal error: {text}");
    std::process::exit(status);
}

/// Says that this thread now runs Scheme code of a context, or whatever `enter_into` answered before.
pub(super) fn enter_into(ctx: *mut Ctx) -> *mut Ctx {
    RUNNING.replace(ctx)
}

/// Runs a primitive's function; if it panics, raises an internal error, or ends the process if the primitive may not raise.
#[inline(always)]
pub(crate) fn catch(ctx: &mut Ctx, who: &str, may_raise: bool, run: impl FnOnce(&mut Ctx) -> Value) -> Value {
    match catch_unwind(AssertUnwindSafe(|| run(ctx))) {
        Ok(value) => value,
        Err(payload) => caught(ctx, who, may_raise, payload),
    }
}

#[cold]
fn caught(ctx: &mut Ctx, who: &str, may_raise: bool, payload: Box<dyn Any + Send>) -> Value {
    let said = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
    let said = said.unwrap_or("unknown");
    match STATUS.get() {
        Some(&status) if !may_raise => end(status, said),
        None if !may_raise => std::process::abort(),
        _ => {}
    }
    let text = PENDING.take().unwrap_or_else(|| said.to_owned()).replace('\n', " ");
    ctx.raise_condition("internal", &format!("{who}: internal error: {text}"), &[], Value::FALSE)
}

/// `%defect`
pub fn fail(_: &mut Ctx) -> Value {
    panic!("a defect on purpose");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Port;
    use crate::port::OUTPUT;
    use crate::prim::{Prim, PrimCode};
    use crate::testing::context;
    use std::process::{Command, Output};

    const CHILD: &str = "KESTREL_TEST_PANIC";

    /// Runs the test that calls it as a process of its own; `None` in that process.
    fn child() -> Option<Output> {
        if std::env::var_os(CHILD).is_some() {
            return None;
        }
        let test = std::thread::current().name().expect("tests have names").to_owned();
        let child = Command::new(std::env::current_exe().expect("a test has a binary"))
            .args([&test, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .expect("the test runs again");
        Some(child)
    }

    fn write_before(ctx: &mut Ctx) {
        let port = Port::of(ctx.current_port(OUTPUT)).expect("a port");
        ctx.write_bytes("test", port, b"written before").expect("room in the buffer");
    }

    fn is_ended(child: &Output) {
        assert_eq!(child.status.code(), Some(70));
        assert!(String::from_utf8_lossy(&child.stdout).contains("written before"));
        assert!(String::from_utf8_lossy(&child.stderr).contains("internal error: panicked at"));
        assert!(String::from_utf8_lossy(&child.stderr).contains("on purpose"));
    }

    extern "C" fn write_and_panic(ctx: &mut Ctx, _: Value) {
        write_before(ctx);
        panic!("on purpose");
    }

    #[test]
    fn a_panic_in_a_control_procedure_flushes_the_ports_and_ends() {
        match child() {
            Some(child) => is_ended(&child),
            None => {
                end_on_panic(70);
                let ctx = &mut *context();
                let procedure = ctx.host_procedure(write_and_panic, Value::FALSE);
                let _ = ctx.enter(procedure, &[]);
            }
        }
    }

    extern "C" fn panic_where_nobody_may_raise(ctx: &mut Ctx, _: Value) {
        write_before(ctx);
        catch(ctx, "test", false, |_| panic!("on purpose"));
    }

    #[test]
    fn a_panic_in_a_primitive_that_may_not_raise_ends() {
        match child() {
            Some(child) => is_ended(&child),
            None => {
                end_on_panic(70);
                let ctx = &mut *context();
                let procedure = ctx.host_procedure(panic_where_nobody_may_raise, Value::FALSE);
                let _ = ctx.enter(procedure, &[]);
            }
        }
    }

    #[test]
    fn a_panic_in_a_primitive_is_an_error() {
        let ctx = &mut *context();
        let PrimCode::F0(defect) = Prim::Defect.info().code else { panic!("a primitive without arguments") };
        assert_eq!(defect(ctx), Value::RAISED);
        let condition = ctx.condition;
        assert_eq!(ctx.describe(condition), "%defect: internal error: a defect on purpose");
        assert_eq!(defect(ctx), Value::RAISED);
    }
}
