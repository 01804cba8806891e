//! Records, promises, error objects, ephemerons, and single values.
use super::check::prims;
use crate::abi::Ctx;
use crate::condition;
use crate::object::*;
use crate::symbol;
use crate::value::Value;

/// The record, if `v` is one of type `rtd`.
#[inline]
fn of_type(ctx: &Ctx, v: Value, rtd: Value) -> Option<Record> {
    Record::of(v).filter(|r| r.record_type(ctx) == rtd)
}

fn not_of_type(ctx: &mut Ctx, who: Value, v: Value, rtd: Value) -> Value {
    let wanted = RecordType::of(rtd).map_or("record", |t| t.plain_name(ctx));
    ctx.wrong_type(symbol::name(who).unwrap_or("record"), 1, v, wanted)
}

prims! {
    /// A fresh record type of a name and a vector of field names.
    fn make_type(ctx, name, fields) {
        ctx.symbol_arg("make-record-type", 1, name)?;
        ctx.vector_arg("make-record-type", 2, fields)?;
        Ok(ctx.make_record_type(name, fields))
    }
    /// A fresh record of a type and all its fields.
    fn make(ctx; args) {
        let Some((&rtd, fields)) = args.split_first() else { return Ok(Value::FALSE) };
        match RecordType::of(rtd) {
            Some(t) if t.field_count(ctx) == fields.len() => Ok(ctx.make_record(t, fields)),
            _ => Err(ctx.wrong_type("make-record", 1, rtd, "record type with that many fields")),
        }
    }
    /// Whether a value is a record of a type.
    fn is_record(ctx, v, rtd) { Ok(Value::boolean(of_type(ctx, v, rtd).is_some())) }
    /// Field of a record: record, type, index, name of the accessor.
    fn get(ctx, v, rtd, i, who) {
        let i = i.as_fixnum().unwrap_or(0) as usize;
        let field = of_type(ctx, v, rtd).and_then(|r| r.field(ctx, i));
        field.ok_or_else(|| not_of_type(ctx, who, v, rtd))
    }
    /// Changes a field: record, type, index, value, name of the modifier.
    fn set(ctx, v, rtd, i, x, who) {
        let i = i.as_fixnum().unwrap_or(0) as usize;
        match of_type(ctx, v, rtd) {
            Some(r) if r.set_field(ctx, i, x) => Ok(Value::UNSPECIFIED),
            _ => Err(not_of_type(ctx, who, v, rtd)),
        }
    }

    /// Whether a value is a promise.
    fn is_promise(_ctx, v) { Ok(Value::boolean(Promise::of(v).is_some())) }
    /// A promise: whether it is done, and its value or thunk.
    fn make_promise(ctx, done, content) { Ok(ctx.make_promise(done.is_true(), content)) }
    /// Whether a promise has its value.
    fn promise_done(ctx, p) {
        let p = ctx.promise_arg("force", 1, p)?.resolve(ctx);
        Ok(p.state(ctx))
    }
    /// A promise's value or thunk.
    fn promise_value(ctx, p) {
        let p = ctx.promise_arg("force", 1, p)?.resolve(ctx);
        Ok(p.content(ctx))
    }
    /// Gives a promise the state of another, and makes that one share all later changes (`promise-update!` of R7RS 7.3).
    fn promise_adopt(ctx, p, other) {
        let p = ctx.promise_arg("force", 1, p)?.resolve(ctx);
        let other = ctx.promise_arg("delay-force", 1, other)?.resolve(ctx);
        if p != other {
            let (state, content) = (other.state(ctx), other.content(ctx));
            p.set_state(ctx, state);
            p.set_content(ctx, content);
            other.set_state(ctx, p.value());
            other.set_content(ctx, Value::FALSE);
        }
        Ok(Value::UNSPECIFIED)
    }

    /// `error-object?`
    fn is_condition(_ctx, v) { Ok(Value::boolean(Condition::of(v).is_some())) }
    /// An error object: kind, message, list of irritants, payload.
    fn make_condition(ctx, kind, message, irritants, payload) {
        Ok(ctx.make_condition(kind, message, irritants, payload))
    }
    /// `error-object-message`
    fn condition_message(ctx, c) { Ok(ctx.condition_arg("error-object-message", 1, c)?.message(ctx)) }
    /// `error-object-irritants`; those of an error that a procedure has found in its argument are that argument.
    fn condition_irritants(ctx, c) {
        let c = ctx.condition_arg("error-object-irritants", 1, c)?;
        let of_value = symbol::name(c.kind(ctx)).is_some_and(|kind| condition::PAYLOAD_IS_IRRITANT.contains(&kind));
        if !of_value {
            return Ok(c.irritants(ctx));
        }
        let value = c.payload(ctx);
        Ok(ctx.cons(value, Value::NULL))
    }
    /// `read-error?`
    fn is_read_error(ctx, v) { Ok(Value::boolean(has_kind(ctx, v, "read"))) }
    /// `file-error?`
    fn is_file_error(ctx, v) { Ok(Value::boolean(has_kind(ctx, v, "file"))) }

    /// An ephemeron.
    fn make_ephemeron(ctx, key, datum) { Ok(ctx.make_ephemeron(key, datum)) }
    /// Whether a value is an ephemeron.
    fn is_ephemeron(_ctx, v) { Ok(Value::boolean(Ephemeron::of(v).is_some())) }
    /// An ephemeron's key, or `#f` if broken.
    fn ephemeron_key(ctx, e) {
        let e = ephemeron(ctx, "ephemeron-key", e)?;
        Ok(if e.is_broken(ctx) { Value::FALSE } else { e.key(ctx) })
    }
    /// An ephemeron's value, or `#f` if broken.
    fn ephemeron_datum(ctx, e) {
        let e = ephemeron(ctx, "ephemeron-datum", e)?;
        Ok(if e.is_broken(ctx) { Value::FALSE } else { e.datum(ctx) })
    }
    /// Whether an ephemeron's key is gone.
    fn is_ephemeron_broken(ctx, e) {
        let e = ephemeron(ctx, "ephemeron-broken?", e)?;
        Ok(Value::boolean(e.is_broken(ctx)))
    }

    /// The end-of-file object.
    fn eof_object(_ctx) { Ok(Value::EOF) }
    /// `eof-object?`
    fn is_eof_object(_ctx, v) { Ok(Value::boolean(v == Value::EOF)) }
    /// The unspecified value.
    fn void(_ctx) { Ok(Value::UNSPECIFIED) }
}

fn ephemeron(ctx: &mut Ctx, who: &'static str, v: Value) -> Result<Ephemeron, Value> {
    Ephemeron::of(v).ok_or_else(|| ctx.wrong_type(who, 1, v, "ephemeron"))
}

fn has_kind(ctx: &Ctx, v: Value, kind: &str) -> bool {
    Condition::of(v).is_some_and(|c| symbol::name(c.kind(ctx)) == Some(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    fn fix(n: i64) -> Value {
        Value::fixnum(n)
    }

    #[test]
    fn records_check_their_type() {
        let ctx = &mut *context();
        let names = ctx.vector_from(&[symbol::intern("x"), symbol::intern("y")]).value();
        let point = make_type(ctx, symbol::intern("point"), names);
        let other = make_type(ctx, symbol::intern("point"), names);
        let p = make(ctx, [point, fix(1), fix(2)].as_ptr(), 3);
        let who = symbol::intern("point-y");
        assert_eq!(get(ctx, p, point, fix(1), who), fix(2));
        assert_eq!(set(ctx, p, point, fix(1), fix(5), who), Value::UNSPECIFIED);
        assert_eq!(get(ctx, p, point, fix(1), who), fix(5));
        assert_eq!(get(ctx, p, other, fix(1), who), Value::RAISED);
        assert_eq!(get(ctx, names, point, fix(1), who), Value::RAISED);
        assert_eq!(is_record(ctx, p, other), Value::FALSE);
        assert_eq!(make(ctx, [point, fix(1)].as_ptr(), 2), Value::RAISED);
    }

    #[test]
    fn adopted_promises_share_their_state() {
        let ctx = &mut *context();
        let chain: Vec<Value> = (0..1000).map(|i| make_promise(ctx, Value::FALSE, fix(i))).collect();
        for pair in chain.windows(2) {
            promise_adopt(ctx, chain[0], pair[1]);
        }
        let last = make_promise(ctx, Value::TRUE, fix(-1));
        promise_adopt(ctx, chain[500], last);
        for &p in &chain {
            assert_eq!(promise_done(ctx, p), Value::TRUE);
            assert_eq!(promise_value(ctx, p), fix(-1));
        }
        assert_eq!(promise_adopt(ctx, last, chain[3]), Value::UNSPECIFIED);
        assert_eq!(promise_value(ctx, last), fix(-1));
        assert_eq!(promise_adopt(ctx, last, fix(1)), Value::RAISED);
    }
}
