//! Pairs and the kernel of lists. Walks end on circular lists, with an error where a proper list is wanted.
use super::check::prims;
use crate::abi::Ctx;
use crate::layout::PAIR_SIZE;
use crate::object::{ListBuilder, Pairs, equal, eqv};
use crate::value::Value;

/// `cons`
#[inline]
pub fn cons(ctx: &mut Ctx, a: Value, b: Value) -> Value {
    ctx.cons(a, b)
}
/// `car`
#[inline]
pub fn car(ctx: &mut Ctx, a: Value) -> Value {
    if a.is_pair() { ctx.car(a) } else { ctx.wrong_type("car", 1, a, "pair") }
}
/// `cdr`
#[inline]
pub fn cdr(ctx: &mut Ctx, a: Value) -> Value {
    if a.is_pair() { ctx.cdr(a) } else { ctx.wrong_type("cdr", 1, a, "pair") }
}
/// `set-car!`
#[inline]
pub fn set_car(ctx: &mut Ctx, a: Value, x: Value) -> Value {
    if !a.is_pair() {
        return ctx.wrong_type("set-car!", 1, a, "pair");
    }
    if ctx.is_static(a) {
        return ctx.immutable_literal("set-car!", 1, a);
    }
    ctx.set_car(a, x);
    Value::UNSPECIFIED
}
/// `set-cdr!`
#[inline]
pub fn set_cdr(ctx: &mut Ctx, a: Value, x: Value) -> Value {
    if !a.is_pair() {
        return ctx.wrong_type("set-cdr!", 1, a, "pair");
    }
    if ctx.is_static(a) {
        return ctx.immutable_literal("set-cdr!", 1, a);
    }
    ctx.set_cdr(a, x);
    Value::UNSPECIFIED
}
/// `pair?`
#[inline]
pub fn is_pair(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a.is_pair())
}
/// `null?`
#[inline]
pub fn is_null(_: &mut Ctx, a: Value) -> Value {
    Value::boolean(a == Value::NULL)
}

prims! {
    /// `list`
    fn list(ctx; args) { Ok(ctx.list(args)) }
    /// `make-list`
    fn make_list(ctx, n, fill) {
        let n = ctx.size_arg("make-list", 1, n)?;
        ctx.check_size("make-list", n, PAIR_SIZE)?;
        let fill = if fill == Value::ABSENT { Value::UNSPECIFIED } else { fill };
        Ok((0..n).fold(Value::NULL, |rest, _| ctx.cons(fill, rest)))
    }
    /// `list?`
    fn is_list(ctx, v) { Ok(Value::boolean(ctx.list_length(v).is_some())) }
    /// `length`
    fn length(ctx, v) { Ok(Value::fixnum(ctx.list_arg("length", 1, v)? as i64)) }
    /// `list-tail`
    fn list_tail(ctx, v, k) {
        let wanted = ctx.size_arg("list-tail", 2, k)?;
        match ctx.list_tail(v, wanted) {
            Ok(tail) => Ok(tail),
            Err(0) => Err(ctx.wrong_type("list-tail", 1, v, "pair")),
            Err(pairs) => Err(ctx.bad_range("list-tail", 2, k, 0, pairs + 1)),
        }
    }
    /// `list-ref`
    fn list_ref(ctx, v, k) {
        let pair = element(ctx, "list-ref", v, k)?;
        Ok(ctx.car(pair))
    }
    /// `list-set!`
    fn list_set(ctx, v, k, x) {
        let pair = element(ctx, "list-set!", v, k)?;
        if ctx.is_static(pair) {
            return Err(ctx.immutable_literal("list-set!", 1, v));
        }
        ctx.set_car(pair, x);
        Ok(Value::UNSPECIFIED)
    }
    /// `list-copy`
    fn list_copy(ctx, v) {
        let (mut copy, mut pairs) = (ListBuilder::new(), Pairs::new(v));
        while let Some(pair) = pairs.next(ctx) {
            let x = ctx.car(pair);
            copy.push(ctx, x);
        }
        match pairs.end() {
            Some(end) => Ok(copy.finish(ctx, end)),
            None => Err(ctx.wrong_type("list-copy", 1, v, "list")),
        }
    }
    /// `last-pair`
    fn last_pair(ctx, v) {
        let (mut last, mut pairs) = (v, Pairs::new(v));
        while let Some(pair) = pairs.next(ctx) {
            last = pair;
        }
        if v.is_pair() && pairs.end().is_some() { Ok(last) } else { Err(ctx.wrong_type("last-pair", 1, v, "pair")) }
    }
    /// `append`
    fn append(ctx; args) {
        let Some((&last, front)) = args.split_last() else { return Ok(Value::NULL) };
        let (mut result, mut length) = (ListBuilder::new(), 0);
        for (i, &list) in front.iter().enumerate() {
            length += ctx.list_arg("append", i + 1, list)?;
            ctx.check_size("append", length, PAIR_SIZE)?;
            let mut rest = list;
            while rest.is_pair() {
                let x = ctx.car(rest);
                result.push(ctx, x);
                rest = ctx.cdr(rest);
            }
        }
        Ok(result.finish(ctx, last))
    }
    /// `reverse`
    fn reverse(ctx, v) { reverse_onto(ctx, "reverse", v, Value::NULL) }
    /// `append-reverse`
    fn append_reverse(ctx, v, tail) { reverse_onto(ctx, "append-reverse", v, tail) }
    /// `memq`
    fn memq(ctx, x, l) { member_by(ctx, "memq", l, |_, y| x == y) }
    /// `memv`
    fn memv(ctx, x, l) { member_by(ctx, "memv", l, |_, y| eqv(x, y)) }
    /// `member` with `equal?`
    fn member(ctx, x, l) { member_by(ctx, "member", l, |ctx, y| equal(ctx, x, y)) }
    /// `assq`
    fn assq(ctx, x, l) { assoc_by(ctx, "assq", l, |_, y| x == y) }
    /// `assv`
    fn assv(ctx, x, l) { assoc_by(ctx, "assv", l, |_, y| eqv(x, y)) }
    /// `assoc` with `equal?`
    fn assoc(ctx, x, l) { assoc_by(ctx, "assoc", l, |ctx, y| equal(ctx, x, y)) }
    /// `caar`
    fn caar(ctx, v) { path(ctx, "caar", v, &[false, false]) }
    /// `cadr`
    fn cadr(ctx, v) { path(ctx, "cadr", v, &[true, false]) }
    /// `cdar`
    fn cdar(ctx, v) { path(ctx, "cdar", v, &[false, true]) }
    /// `cddr`
    fn cddr(ctx, v) { path(ctx, "cddr", v, &[true, true]) }
}

/// The pair that holds element `k` of a list (the arguments of `list-ref`).
fn element(ctx: &mut Ctx, who: &'static str, list: Value, k: Value) -> Result<Value, Value> {
    let index = ctx.size_arg(who, 2, k)?;
    if !list.is_pair() {
        return Err(ctx.wrong_type(who, 1, list, "pair"));
    }
    match ctx.list_tail(list, index) {
        Ok(pair) if pair.is_pair() => Ok(pair),
        Ok(_) => Err(ctx.bad_range(who, 2, k, 0, index)),
        Err(pairs) => Err(ctx.bad_range(who, 2, k, 0, pairs)),
    }
}

fn reverse_onto(ctx: &mut Ctx, who: &'static str, v: Value, tail: Value) -> Result<Value, Value> {
    let (mut result, mut pairs) = (tail, Pairs::new(v));
    while let Some(pair) = pairs.next(ctx) {
        let x = ctx.car(pair);
        result = ctx.cons(x, result);
    }
    if pairs.end() == Some(Value::NULL) { Ok(result) } else { Err(ctx.wrong_type(who, 1, v, "list")) }
}

#[inline]
fn member_by(
    ctx: &mut Ctx,
    who: &'static str,
    list: Value,
    same: impl Fn(&Ctx, Value) -> bool,
) -> Result<Value, Value> {
    let mut pairs = Pairs::new(list);
    while let Some(pair) = pairs.next(ctx) {
        if same(ctx, ctx.car(pair)) {
            return Ok(pair);
        }
    }
    if pairs.end() == Some(Value::NULL) { Ok(Value::FALSE) } else { Err(ctx.wrong_type(who, 2, list, "list")) }
}

#[inline]
fn assoc_by(ctx: &mut Ctx, who: &'static str, list: Value, same: impl Fn(&Ctx, Value) -> bool) -> Result<Value, Value> {
    let mut pairs = Pairs::new(list);
    while let Some(pair) = pairs.next(ctx) {
        let entry = ctx.car(pair);
        if !entry.is_pair() {
            return Err(ctx.wrong_type(who, 2, list, "association list"));
        }
        if same(ctx, ctx.car(entry)) {
            return Ok(entry);
        }
    }
    let proper = pairs.end() == Some(Value::NULL);
    if proper { Ok(Value::FALSE) } else { Err(ctx.wrong_type(who, 2, list, "association list")) }
}

/// Takes cars (`false`) and cdrs (`true`), first step first.
fn path(ctx: &mut Ctx, who: &'static str, v: Value, steps: &[bool]) -> Result<Value, Value> {
    let mut at = v;
    for &is_cdr in steps {
        if !at.is_pair() {
            return Err(ctx.wrong_type(
                who,
                1,
                v,
                if steps[0] { "pair with another pair in its cdr" } else { "pair with another pair in its car" },
            ));
        }
        at = if is_cdr { ctx.cdr(at) } else { ctx.car(at) };
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    fn fix(n: i64) -> Value {
        Value::fixnum(n)
    }

    fn ring(ctx: &mut Ctx) -> Value {
        let l = ctx.list(&[fix(1), fix(2)]);
        let last = ctx.cdr(l);
        ctx.set_cdr(last, l);
        l
    }

    #[test]
    fn circular_and_improper_lists_are_refused() {
        let ctx = &mut *context();
        let (ring, dotted) = (ring(ctx), ctx.cons(fix(1), fix(2)));
        for bad in [ring, dotted, fix(7)] {
            assert_eq!(is_list(ctx, bad), Value::FALSE);
            assert_eq!(length(ctx, bad), Value::RAISED);
            assert_eq!(reverse(ctx, bad), Value::RAISED);
            assert_eq!(memq(ctx, fix(9), bad), Value::RAISED);
            assert_eq!(append(ctx, [bad, Value::NULL].as_ptr(), 2), Value::RAISED);
            assert_eq!(assv(ctx, fix(9), bad), Value::RAISED);
        }
        assert_eq!(list_copy(ctx, ring), Value::RAISED);
        assert_eq!(memq(ctx, fix(2), ring), ctx.cdr(ring));
        let copy = list_copy(ctx, dotted);
        assert!(copy != dotted && equal(ctx, copy, dotted));
        assert_eq!(list_copy(ctx, fix(3)), fix(3));
    }

    #[test]
    fn append_shares_its_last_argument() {
        let ctx = &mut *context();
        let (a, b) = (ctx.list(&[fix(1)]), ctx.list(&[fix(2)]));
        let both = append(ctx, [Value::NULL, a, Value::NULL, b].as_ptr(), 4);
        assert_eq!(ctx.cdr(both), b);
        assert!(both != a && ctx.cdr(a) == Value::NULL);
        assert_eq!(append(ctx, [fix(5)].as_ptr(), 1), fix(5));
        assert_eq!(append(ctx, std::ptr::null(), 0), Value::NULL);
    }

    #[test]
    fn tails_and_paths() {
        let ctx = &mut *context();
        let l = ctx.list(&[fix(1), fix(2), fix(3)]);
        assert_eq!(list_tail(ctx, l, fix(3)), Value::NULL);
        assert_eq!(list_tail(ctx, l, fix(4)), Value::RAISED);
        assert_eq!(list_ref(ctx, l, fix(2)), fix(3));
        assert_eq!(list_ref(ctx, l, fix(3)), Value::RAISED);
        assert_eq!(list_ref(ctx, l, fix(-1)), Value::RAISED);
        let ring = ring(ctx);
        for k in [0, 1, 62, 63, 64, 65, 66, 127, 128, 1 << 59] {
            assert_eq!(list_ref(ctx, ring, fix(k)), fix(1 + k % 2), "{k}");
            let before_ring = ctx.cons(fix(2), ring);
            assert_eq!(list_ref(ctx, before_ring, fix(k)), fix(2 - k % 2), "{k}");
        }
        assert_eq!(cadr(ctx, l), fix(2));
        assert_eq!(cddr(ctx, Value::NULL), Value::RAISED);
        assert_eq!(caar(ctx, l), Value::RAISED);
        assert_eq!(last_pair(ctx, l), ctx.cdr(ctx.cdr(l)));
        let v = make_list(ctx, fix(2), fix(0));
        assert_eq!(ctx.list_length(v), Some(2));
        assert_eq!(make_list(ctx, fix(1 << 59), fix(0)), Value::RAISED);
    }
}
