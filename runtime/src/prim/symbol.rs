//! Symbols and booleans.
use super::check::prims;
use crate::abi::Ctx;
use crate::symbol;
use crate::value::Value;

prims! {
    /// `symbol?`
    fn is_symbol(_ctx, v) { Ok(Value::boolean(v.is_symbol())) }
    /// `symbol->string`: an immutable string.
    fn to_string(ctx, v) {
        let name = ctx.symbol_arg("symbol->string", 1, v)?;
        let s = ctx.string_from(name).value();
        s.make_immutable();
        Ok(s)
    }
    /// `string->symbol`
    fn from_string(ctx, v) {
        let s = ctx.str_arg("string->symbol", 1, v)?;
        Ok(symbol::intern(&s.to_rust(ctx)))
    }
    /// `symbol=?` of two.
    fn equal(ctx, a, b) {
        ctx.symbol_arg("symbol=?", 1, a)?;
        ctx.symbol_arg("symbol=?", 2, b)?;
        Ok(Value::boolean(a == b))
    }
    /// A fresh uninterned symbol.
    fn generate(ctx, prefix) {
        let prefix = match prefix {
            Value::ABSENT => "g".to_string(),
            _ => ctx.str_arg("generate-symbol", 1, prefix)?.to_rust(ctx),
        };
        Ok(symbol::generate(&prefix))
    }
    /// `boolean?`
    fn is_boolean(_ctx, v) { Ok(Value::boolean(v == Value::TRUE || v == Value::FALSE)) }
    /// `boolean=?` of two.
    fn boolean_equal(ctx, a, b) {
        for (i, v) in [a, b].into_iter().enumerate() {
            if v != Value::TRUE && v != Value::FALSE {
                return Err(ctx.wrong_type("boolean=?", i + 1, v, "boolean"));
            }
        }
        Ok(Value::boolean(a == b))
    }
}
