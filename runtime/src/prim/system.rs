//! Files, process, clock.
use super::check::prims;
use crate::abi::Ctx;
use crate::symbol;
use crate::value::Value;
use std::time::SystemTime;

/// What `features` answers and `cond-expand` knows (R7RS appendix B).
pub const FEATURES: &[&str] = &[
    "r7rs",
    "exact-closed",
    "exact-complex",
    "ieee-float",
    "full-unicode",
    "ratios",
    "posix",
    "unix",
    "linux",
    "gnu-linux",
    "x86-64",
    "lp64",
    "little-endian",
    "jit",
    "kestrel",
    concat!("kestrel-", env!("CARGO_PKG_VERSION")),
];

prims! {
    /// `file-exists?`
    fn file_exists(ctx, name) {
        let path = ctx.str_arg("file-exists?", 1, name)?.to_rust(ctx);
        Ok(Value::boolean(std::path::Path::new(&path).exists()))
    }
    /// `delete-file`
    fn delete_file(ctx, name) {
        let path = ctx.str_arg("delete-file", 1, name)?.to_rust(ctx);
        match std::fs::remove_file(path) {
            Ok(()) => Ok(Value::UNSPECIFIED),
            Err(e) => Err(ctx.file_error("delete-file", name, &e)),
        }
    }
    /// `command-line`
    fn command_line(ctx) {
        let words = ctx.runtime.io.command_line.clone();
        let words: Vec<Value> = words.iter().map(|word| ctx.string_from(word).value()).collect();
        Ok(ctx.list(&words))
    }
    /// `get-environment-variable`
    fn environment_variable(ctx, name) {
        let name = ctx.str_arg("get-environment-variable", 1, name)?.to_rust(ctx);
        // The system's call takes neither of these, and panics on some.
        if name.is_empty() || name.contains(['=', '\0']) {
            return Ok(Value::FALSE);
        }
        Ok(std::env::var_os(name).map_or(Value::FALSE, |value| ctx.string_from(&value.to_string_lossy()).value()))
    }
    /// `get-environment-variables`
    fn environment_variables(ctx) {
        let mut all = Value::NULL;
        for (name, value) in std::env::vars_os() {
            let name = ctx.string_from(&name.to_string_lossy()).value();
            let value = ctx.string_from(&value.to_string_lossy()).value();
            let entry = ctx.cons(name, value);
            all = ctx.cons(entry, all);
        }
        Ok(all)
    }
    /// `current-second`
    fn current_second(ctx) {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Ok(ctx.make_flonum(since.map_or(0.0, |d| d.as_secs_f64())))
    }
    /// `current-jiffy`: nanoseconds since the runtime started.
    fn current_jiffy(ctx) { Ok(Value::fixnum(ctx.runtime.io.start.elapsed().as_nanos() as i64 & ((1 << 59) - 1))) }
    /// `jiffies-per-second`
    fn jiffies_per_second(_ctx) { Ok(Value::fixnum(1_000_000_000)) }
    /// `features`
    fn features(ctx) {
        let names: Vec<Value> = FEATURES.iter().map(|name| symbol::intern(name)).collect();
        Ok(ctx.list(&names))
    }
}
