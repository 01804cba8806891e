//! Conditions that primitives raise: built here, put into `ctx.condition`, answered as `Value::RAISED`.

use crate::abi::Ctx;
use crate::value::Value;

impl Ctx {
    /// `who`'s argument number `position` (from 1) is `got`, which is not a `wanted`.
    #[cold]
    pub fn wrong_type(&mut self, _who: &'static str, _position: usize, _got: Value, _wanted: &'static str) -> Value {
        Value::RAISED
    }
    /// A variable was used before it had a value.
    #[cold]
    pub fn unbound_variable(&mut self, _name: Value) -> Value {
        Value::RAISED
    }
}
