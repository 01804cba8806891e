//! Ports and output.
use crate::abi::Ctx;
use crate::value::Value;

/// `display`
pub extern "C" fn display(_: &mut Ctx, a: Value, _port: Value) -> Value {
    print!("{a:?}");
    Value::UNSPECIFIED
}
/// `newline`
pub extern "C" fn newline(_: &mut Ctx, _port: Value) -> Value {
    println!();
    Value::UNSPECIFIED
}
