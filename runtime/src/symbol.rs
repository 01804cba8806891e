//! Symbols: names interned once for the whole process and kept for ever. A symbol value holds the interner's key.

use crate::value::Value;
use lasso::{Key, Spur, ThreadedRodeo};
use std::sync::{LazyLock, PoisonError, RwLock};

static INTERNER: LazyLock<ThreadedRodeo> = LazyLock::new(ThreadedRodeo::new);

/// The symbol of a name.
pub fn intern(name: &str) -> Value {
    Value::symbol_from_key(INTERNER.get_or_intern(name).into_usize() as u32)
}

/// The name of a symbol; `None` for any other value.
pub fn name(symbol: Value) -> Option<&'static str> {
    let key = symbol.as_symbol_key()?;
    if key >= UNINTERNED {
        let names = GENERATED.read().unwrap_or_else(PoisonError::into_inner);
        return names.get((key - UNINTERNED) as usize).copied();
    }
    INTERNER.try_resolve(&Spur::try_from_usize(key as usize)?)
}

/// Keys from here on are uninterned symbols, numbered in order of creation.
const UNINTERNED: u32 = 1 << 31;

static GENERATED: RwLock<Vec<&'static str>> = RwLock::new(Vec::new());

/// A fresh symbol that no `intern` ever answers; its name is the prefix and a number.
pub fn generate(prefix: &str) -> Value {
    let mut names = GENERATED.write().unwrap_or_else(PoisonError::into_inner);
    let number = names.len() as u32;
    names.push(Box::leak(format!("{prefix}{number}").into_boxed_str()));
    Value::symbol_from_key(UNINTERNED + number)
}

/// Whether a symbol was made by [`generate`].
pub fn is_generated(symbol: Value) -> bool {
    symbol.as_symbol_key().is_some_and(|key| key >= UNINTERNED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_symbols_are_fresh() {
        let (a, b) = (generate("g"), generate("g"));
        assert_ne!(a, b);
        let text = name(a).unwrap_or_default();
        assert!(text.starts_with('g'));
        assert_ne!(intern(text), a);
        assert!(is_generated(a) && !is_generated(intern(text)));
    }
}
