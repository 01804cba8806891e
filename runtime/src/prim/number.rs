//! Arithmetic on any mix of numbers.
use crate::abi::Ctx;
use crate::value::Value;

fn pair(ctx: &mut Ctx, who: &'static str, a: Value, b: Value) -> Result<(i64, i64), Value> {
    match (a.as_fixnum(), b.as_fixnum()) {
        (Some(a), Some(b)) => Ok((a, b)),
        (None, _) => Err(ctx.wrong_type(who, 1, a, "number")),
        (_, None) => Err(ctx.wrong_type(who, 2, b, "number")),
    }
}
macro_rules! arithmetic {
    ($($(#[$m:meta])* $f:ident $name:literal |$a:ident, $b:ident| $e:expr;)*) => {$(
        $(#[$m])*
        pub extern "C" fn $f(ctx: &mut Ctx, a: Value, b: Value) -> Value {
            match pair(ctx, $name, a, b) { Ok(($a, $b)) => $e, Err(e) => e }
        }
    )*};
}
arithmetic! {
    /// `+`
    add "+" |a, b| Value::fixnum(a + b);
    /// `-`
    sub "-" |a, b| Value::fixnum(a - b);
    /// `*`
    mul "*" |a, b| Value::fixnum(a * b);
    /// `=`
    num_eq "=" |a, b| Value::boolean(a == b);
    /// `<`
    lt "<" |a, b| Value::boolean(a < b);
    /// `>`
    gt ">" |a, b| Value::boolean(a > b);
    /// `<=`
    le "<=" |a, b| Value::boolean(a <= b);
    /// `>=`
    ge ">=" |a, b| Value::boolean(a >= b);
}
/// `(- a)`
pub extern "C" fn negate(ctx: &mut Ctx, a: Value) -> Value {
    sub(ctx, Value::fixnum(0), a)
}
