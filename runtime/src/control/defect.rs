//! When Rust code called by Scheme code panics, the process ends: what the panic has interrupted cannot be trusted to be whole, and no unwinder can
//! pass the frames of Scheme code. What the program has written by then still gets out.

use crate::abi::Ctx;
use std::cell::Cell;
use std::io::Write;

thread_local! {
    /// The context whose Scheme code this thread is running; null without one.
    static RUNNING: Cell<*mut Ctx> = const { Cell::new(std::ptr::null_mut()) };
}

/// Makes a panic of any thread flush the ports of the Scheme code that the thread was running, say what has happened and end the process.
pub fn end_on_panic(status: i32) {
    std::panic::set_hook(Box::new(move |info| {
        // A panic in here must not come back for the same ports.
        let running = RUNNING.replace(std::ptr::null_mut());
        // SAFETY: the pointer is set only while `Ctx::enter` borrows the context. Everything that used the context before has been stopped for
        // good, since this function ends the process.
        if let Some(ctx) = unsafe { running.as_mut() } {
            // There is nobody left to be told of an error.
            let _ = ctx.flush_all();
        }
        let _ = writeln!(std::io::stderr(), "kestrel: internal error: {info}");
        std::process::exit(status);
    }));
}

/// Says that this thread now runs Scheme code of a context, or whatever `enter_into` answered before.
pub(super) fn enter_into(ctx: *mut Ctx) -> *mut Ctx {
    RUNNING.replace(ctx)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::Port;
    use crate::port::OUTPUT;
    use crate::testing::context;
    use crate::value::Value;
    use std::process::Command;

    const CHILD: &str = "KESTREL_TEST_PANIC";

    extern "C" fn write_and_panic(ctx: &mut Ctx, _: Value) {
        let port = Port::of(ctx.current_port(OUTPUT)).expect("a port");
        ctx.write_bytes("test", port, b"written before").expect("room in the buffer");
        panic!("on purpose");
    }

    /// Runs itself as the process that ends.
    #[test]
    fn a_panic_flushes_the_ports() {
        if std::env::var_os(CHILD).is_some() {
            end_on_panic(70);
            let ctx = &mut *context();
            let procedure = ctx.host_procedure(write_and_panic, Value::FALSE);
            let _ = ctx.enter(procedure, &[]);
            return;
        }
        let test = std::thread::current().name().expect("tests have names").to_owned();
        let child = Command::new(std::env::current_exe().expect("a test has a binary"))
            .args([&test, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .expect("the test runs again");
        assert_eq!(child.status.code(), Some(70));
        assert!(String::from_utf8_lossy(&child.stdout).contains("written before"));
        assert!(String::from_utf8_lossy(&child.stderr).contains("internal error: panicked at"));
    }
}
