//! Symbols: names interned once for the whole process and kept for ever. A symbol value holds the interner's key.

use crate::value::Value;
use lasso::{Key, Spur, ThreadedRodeo};
use std::sync::LazyLock;

static INTERNER: LazyLock<ThreadedRodeo> = LazyLock::new(ThreadedRodeo::new);

/// The symbol of a name.
pub fn intern(name: &str) -> Value {
    Value::symbol_from_key(INTERNER.get_or_intern(name).into_usize() as u32)
}

/// The name of a symbol; `None` for any other value.
pub fn name(symbol: Value) -> Option<&'static str> {
    let key = Spur::try_from_usize(symbol.as_symbol_key()? as usize)?;
    INTERNER.try_resolve(&key)
}
