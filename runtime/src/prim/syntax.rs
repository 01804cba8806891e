//! Procedures on syntax objects (R6RS libraries, chapter 12). Most of their work is the expander's: see `object/syntax`.

use super::check::prims;
use crate::abi::Ctx;
use crate::object::Syntax;
use crate::object::syntax::Request;
use crate::symbol;
use crate::value::Value;

fn ask(ctx: &mut Ctx, who: &'static str, request: Request, args: &[Value]) -> Result<Value, Value> {
    match ctx.runtime.expander.service {
        Some(service) => service(ctx, request, args),
        None => Err(ctx.not_supported(who, "there is no expander")),
    }
}

fn identifier(ctx: &mut Ctx, who: &'static str, position: usize, v: Value) -> Result<Value, Value> {
    match Syntax::of(v) {
        Some(s) if s.name(ctx).is_symbol() => Ok(v),
        _ => Err(ctx.wrong_type(who, position, v, "identifier")),
    }
}

prims! {
    /// Whether a value is a syntax object.
    fn is_syntax(_ctx, v) { Ok(Value::boolean(Syntax::of(v).is_some())) }
    /// `identifier?`
    fn is_identifier(ctx, v) { Ok(Value::boolean(Syntax::of(v).is_some_and(|s| s.name(ctx).is_symbol()))) }
    /// `syntax->datum`
    fn to_datum(ctx, v) { ask(ctx, "syntax->datum", Request::ToDatum, &[v]) }
    /// `datum->syntax`
    fn from_datum(ctx, context, datum) {
        identifier(ctx, "datum->syntax", 1, context)?;
        ask(ctx, "datum->syntax", Request::FromDatum, &[context, datum])
    }
    /// `free-identifier=?`
    fn free_equal(ctx, a, b) {
        identifier(ctx, "free-identifier=?", 1, a)?;
        identifier(ctx, "free-identifier=?", 2, b)?;
        ask(ctx, "free-identifier=?", Request::FreeEqual, &[a, b])
    }
    /// `bound-identifier=?`
    fn bound_equal(ctx, a, b) {
        identifier(ctx, "bound-identifier=?", 1, a)?;
        identifier(ctx, "bound-identifier=?", 2, b)?;
        ask(ctx, "bound-identifier=?", Request::BoundEqual, &[a, b])
    }
    /// `generate-temporaries`
    fn temporaries(ctx, list) { ask(ctx, "generate-temporaries", Request::Temporaries, &[list]) }
    /// What a pattern's variables match in a value, as a vector; `#f` if it does not match.
    fn matched(ctx, pattern, v) { ask(ctx, "syntax-case", Request::Match, &[pattern, v]) }
    /// A template filled with its variables' values.
    fn fill(ctx; args) { ask(ctx, "syntax", Request::Fill, args) }
    /// The identifier at the head of a form, and the form as pairs and vectors; identifiers become symbols, unless kept or of other scopes.
    fn to_form(ctx, v, keep) { ask(ctx, "er-macro-transformer", Request::ToForm, &[v, keep]) }
    /// `syntax-violation`: who, message, form, and perhaps the part of it that is wrong.
    fn violation(ctx, who, message, form, part) {
        let text = match who {
            Value::FALSE => ctx.describe_plain(message),
            _ => format!("{}: {}", ctx.describe_plain(who), ctx.describe_plain(message)),
        };
        let message = ctx.string_from(&text).value();
        let part = if part == Value::ABSENT { Value::FALSE } else { part };
        let at = Syntax::of(part).or_else(|| Syntax::of(form));
        ctx.runtime.expander.violation = at.map(|s| (text, s.parts(ctx)));
        let payload = ctx.cons(form, part);
        ctx.condition = ctx.make_condition(symbol::intern("syntax"), message, Value::NULL, payload);
        Err(Value::RAISED)
    }
}

impl Ctx {
    /// A string's text, or `write`'s syntax of something else.
    fn describe_plain(&self, v: Value) -> String {
        crate::print::to_string(self, v, crate::print::Mode::Display)
    }
}
