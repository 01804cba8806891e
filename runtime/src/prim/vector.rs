//! Vectors and bytevectors. Ranges are optional start and end indices.
use super::check::prims;
use crate::abi::Ctx;
use crate::layout::PAIR_SIZE;
use crate::object::*;
use crate::value::Value;

prims! {
    /// `vector?`
    fn is_vector(_ctx, v) { Ok(Value::boolean(Vector::of(v).is_some())) }
    /// `make-vector`
    fn make(ctx, n, fill) {
        let n = ctx.size_arg("make-vector", 1, n)?;
        let fill = if fill == Value::ABSENT { Value::UNSPECIFIED } else { fill };
        Ok(ctx.make_vector("make-vector", n, fill)?.value())
    }
    /// `vector`
    fn vector(ctx; args) { Ok(ctx.vector_from(args).value()) }
    /// `vector-length`
    fn length(ctx, v) { Ok(Value::fixnum(ctx.vector_arg("vector-length", 1, v)?.len() as i64)) }
    /// `vector-ref`
    fn get(ctx, v, i) {
        let v = ctx.vector_arg("vector-ref", 1, v)?;
        let at = ctx.index_arg("vector-ref", 2, i, v.len())?;
        Ok(v.get(ctx, at).unwrap_or(Value::UNSPECIFIED))
    }
    /// `vector-set!`
    fn set(ctx, v, i, x) {
        let v = ctx.mutable_vector_arg("vector-set!", 1, v)?;
        let i = ctx.index_arg("vector-set!", 2, i, v.len())?;
        v.set(ctx, i, x);
        Ok(Value::UNSPECIFIED)
    }
    /// `vector->list`
    fn to_list(ctx, v, start, end) {
        let v = ctx.vector_arg("vector->list", 1, v)?;
        let range = ctx.range_args("vector->list", 2, start, end, v.len())?;
        ctx.check_size("vector->list", range.len(), PAIR_SIZE)?;
        let mut list = Value::NULL;
        for i in range.rev() {
            let x = v.get(ctx, i).unwrap_or(Value::UNSPECIFIED);
            list = ctx.cons(x, list);
        }
        Ok(list)
    }
    /// `list->vector`
    fn from_list(ctx, list) {
        let n = ctx.list_arg("list->vector", 1, list)?;
        Ok(ctx.vector_from_list("list->vector", n, list)?.value())
    }
    /// `vector-fill!`
    fn fill(ctx, v, x, start, end) {
        let v = ctx.mutable_vector_arg("vector-fill!", 1, v)?;
        for i in ctx.range_args("vector-fill!", 3, start, end, v.len())? {
            v.set(ctx, i, x);
        }
        Ok(Value::UNSPECIFIED)
    }
    /// `vector-copy`
    fn copy(ctx, v, start, end) {
        let v = ctx.vector_arg("vector-copy", 1, v)?;
        let range = ctx.range_args("vector-copy", 2, start, end, v.len())?;
        let copy = ctx.make_vector("vector-copy", range.len(), Value::FALSE)?;
        copy.init_from(ctx, 0, v, range);
        Ok(copy.value())
    }
    /// `vector-copy!`
    fn copy_into(ctx, to, at, from, start, end) {
        let target = ctx.mutable_vector_arg("vector-copy!", 1, to)?;
        let source = ctx.vector_arg("vector-copy!", 3, from)?;
        let range = ctx.range_args("vector-copy!", 4, start, end, source.len())?;
        let i = ctx.index_arg("vector-copy!", 2, at, target.len() + 1)?;
        if target.len() - i < range.len() {
            return Err(ctx.wrong_type("vector-copy!", 2, at, "index that leaves room for the copy"));
        }
        target.copy_from(ctx, i, source, range.start, range.end);
        Ok(Value::UNSPECIFIED)
    }
    /// `vector-append`
    fn append(ctx; args) {
        let mut length = 0;
        for (i, &v) in args.iter().enumerate() {
            length += ctx.vector_arg("vector-append", i + 1, v)?.len();
        }
        let result = ctx.make_vector("vector-append", length, Value::FALSE)?;
        let mut at = 0;
        for v in args.iter().filter_map(|&v| Vector::of(v)) {
            result.init_from(ctx, at, v, 0..v.len());
            at += v.len();
        }
        Ok(result.value())
    }

    /// `bytevector?`
    fn is_bytevector(_ctx, v) { Ok(Value::boolean(Bytevector::of(v).is_some())) }
    /// `make-bytevector`
    fn make_bytes(ctx, n, fill) {
        let n = ctx.size_arg("make-bytevector", 1, n)?;
        let byte = if fill == Value::ABSENT { 0 } else { ctx.byte_arg("make-bytevector", 2, fill)? };
        let b = ctx.make_bytevector("make-bytevector", n)?;
        if byte != 0 {
            b.bytes_mut(ctx).fill(byte);
        }
        Ok(b.value())
    }
    /// `bytevector`
    fn bytevector(ctx; args) {
        let mut bytes = Vec::with_capacity(args.len());
        for (i, &v) in args.iter().enumerate() {
            bytes.push(ctx.byte_arg("bytevector", i + 1, v)?);
        }
        Ok(ctx.bytevector_from("bytevector", &bytes)?.value())
    }
    /// `bytevector-length`
    fn bytes_length(ctx, b) { Ok(Value::fixnum(ctx.bytevector_arg("bytevector-length", 1, b)?.len() as i64)) }
    /// `bytevector-u8-ref`
    fn get_byte(ctx, b, i) {
        let b = ctx.bytevector_arg("bytevector-u8-ref", 1, b)?;
        let at = ctx.index_arg("bytevector-u8-ref", 2, i, b.len())?;
        Ok(Value::fixnum(b.bytes(ctx).get(at).copied().unwrap_or(0) as i64))
    }
    /// `bytevector-u8-set!`
    fn set_byte(ctx, b, i, x) {
        let b = ctx.mutable_bytevector_arg("bytevector-u8-set!", 1, b)?;
        let at = ctx.index_arg("bytevector-u8-set!", 2, i, b.len())?;
        let byte = ctx.byte_arg("bytevector-u8-set!", 3, x)?;
        if let Some(slot) = b.bytes_mut(ctx).get_mut(at) {
            *slot = byte;
        }
        Ok(Value::UNSPECIFIED)
    }
    /// `bytevector-copy`
    fn copy_bytes(ctx, b, start, end) {
        let b = ctx.bytevector_arg("bytevector-copy", 1, b)?;
        let range = ctx.range_args("bytevector-copy", 2, start, end, b.len())?;
        let copy = ctx.make_bytevector("bytevector-copy", range.len())?;
        copy.copy_from(ctx, 0, b, range.start, range.end);
        Ok(copy.value())
    }
    /// `bytevector-copy!`
    fn copy_bytes_into(ctx, to, at, from, start, end) {
        let target = ctx.mutable_bytevector_arg("bytevector-copy!", 1, to)?;
        let source = ctx.bytevector_arg("bytevector-copy!", 3, from)?;
        let range = ctx.range_args("bytevector-copy!", 4, start, end, source.len())?;
        let i = ctx.index_arg("bytevector-copy!", 2, at, target.len() + 1)?;
        if !target.copy_from(ctx, i, source, range.start, range.end) {
            return Err(ctx.wrong_type("bytevector-copy!", 2, at, "index that leaves room for the copy"));
        }
        Ok(Value::UNSPECIFIED)
    }
    /// `bytevector-append`
    fn append_bytes(ctx; args) {
        let mut length = 0;
        for (i, &b) in args.iter().enumerate() {
            length += ctx.bytevector_arg("bytevector-append", i + 1, b)?.len();
        }
        let result = ctx.make_bytevector("bytevector-append", length)?;
        let mut at = 0;
        for b in args.iter().filter_map(|&b| Bytevector::of(b)) {
            result.copy_from(ctx, at, b, 0, b.len());
            at += b.len();
        }
        Ok(result.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    const NONE: Value = Value::ABSENT;

    fn fix(n: i64) -> Value {
        Value::fixnum(n)
    }
    fn items(ctx: &Ctx, v: Value) -> Vec<i64> {
        let all = Vector::of(v).map_or(&[][..], |v| v.as_slice(ctx));
        all.iter().map(|x| x.as_fixnum().unwrap_or(-1)).collect()
    }
    fn count(ctx: &mut Ctx, n: i64) -> Value {
        let all: Vec<Value> = (1..=n).map(fix).collect();
        ctx.vector_from(&all).value()
    }

    #[test]
    fn vector_copies_overlap_both_ways() {
        let ctx = &mut *context();
        let v = count(ctx, 5);
        assert_eq!(copy_into(ctx, v, fix(1), v, fix(0), fix(4)), Value::UNSPECIFIED);
        assert_eq!(items(ctx, v), [1, 1, 2, 3, 4]);
        assert_eq!(copy_into(ctx, v, fix(0), v, fix(2), NONE), Value::UNSPECIFIED);
        assert_eq!(items(ctx, v), [2, 3, 4, 3, 4]);
        assert_eq!(copy_into(ctx, v, fix(3), v, fix(0), fix(3)), Value::RAISED);
        assert_eq!(copy_into(ctx, v, fix(5), v, fix(5), NONE), Value::UNSPECIFIED);
    }

    #[test]
    fn vector_ranges() {
        let ctx = &mut *context();
        let v = count(ctx, 4);
        let part = copy(ctx, v, fix(1), fix(3));
        assert_eq!(items(ctx, part), [2, 3]);
        assert_eq!(fill(ctx, v, fix(0), fix(2), NONE), Value::UNSPECIFIED);
        assert_eq!(items(ctx, v), [1, 2, 0, 0]);
        let list = to_list(ctx, v, NONE, fix(2));
        let back = from_list(ctx, list);
        assert_eq!(items(ctx, back), [1, 2]);
        let both = append(ctx, [v, back].as_ptr(), 2);
        assert_eq!(items(ctx, both), [1, 2, 0, 0, 1, 2]);
        assert_eq!(get(ctx, v, fix(4)), Value::RAISED);
        assert_eq!(get(ctx, v, fix(-1)), Value::RAISED);
        assert_eq!(to_list(ctx, v, fix(3), fix(2)), Value::RAISED);
        assert_eq!(make(ctx, fix(1_000_000_000_000_000), NONE), Value::RAISED);
        assert_eq!(make(ctx, fix(-1), NONE), Value::RAISED);
        v.make_immutable();
        assert_eq!(set(ctx, v, fix(0), fix(1)), Value::RAISED);
    }

    #[test]
    fn bytevectors() {
        let ctx = &mut *context();
        let b = bytevector(ctx, [fix(1), fix(2), fix(255)].as_ptr(), 3);
        assert_eq!(copy_bytes_into(ctx, b, fix(1), b, fix(0), fix(2)), Value::UNSPECIFIED);
        assert_eq!(Bytevector::of(b).map(|b| b.bytes(ctx).to_vec()), Some(vec![1, 1, 2]));
        assert_eq!(copy_bytes_into(ctx, b, fix(2), b, fix(0), fix(2)), Value::RAISED);
        assert_eq!(set_byte(ctx, b, fix(0), fix(256)), Value::RAISED);
        assert_eq!(set_byte(ctx, b, fix(3), fix(0)), Value::RAISED);
        assert_eq!(get_byte(ctx, b, fix(2)), fix(2));
        let both = append_bytes(ctx, [b, b].as_ptr(), 2);
        let part = copy_bytes(ctx, both, fix(2), fix(4));
        assert_eq!(Bytevector::of(part).map(|b| b.bytes(ctx).to_vec()), Some(vec![2, 1]));
        let filled = make_bytes(ctx, fix(2), fix(9));
        assert_eq!(Bytevector::of(filled).map(|b| b.bytes(ctx).to_vec()), Some(vec![9, 9]));
    }
}
