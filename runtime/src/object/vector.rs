//! Vectors and bytevectors.

use super::{MAX_LENGTH, view};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

view!(
    /// A vector.
    Vector
);
view!(
    /// A bytevector.
    Bytevector
);

/// Bytes that are granted without asking whether the memory limit allows them.
const SMALL: usize = 4096;

const fn slot(i: usize) -> usize {
    OBJECT_PAYLOAD + i * WORD
}

impl Vector {
    /// Number of elements.
    #[inline]
    pub fn len(self) -> usize {
        self.0.object_length()
    }
    /// Whether it has no elements.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Element `i`; `None` beyond the end.
    #[inline]
    pub fn get(self, ctx: &Ctx, i: usize) -> Option<Value> {
        (i < self.len()).then(|| ctx.field(self.0, slot(i)))
    }
    /// Changes element `i`; nothing happens beyond the end.
    #[inline]
    pub fn set(self, ctx: &mut Ctx, i: usize, x: Value) {
        if i < self.len() {
            ctx.set_field(self.0, slot(i), x);
        }
    }
    /// The elements.
    pub fn as_slice(self, _: &Ctx) -> &[Value] {
        // SAFETY: the payload is `len` values, which nothing changes while the context is borrowed.
        unsafe { std::slice::from_raw_parts((self.0.address() + OBJECT_PAYLOAD) as *const Value, self.len()) }
    }
    /// Copies `from[start..end]` to `self[at..]`, as if through a third vector. The caller has checked the ranges.
    pub fn copy_from(self, ctx: &mut Ctx, at: usize, from: Vector, start: usize, end: usize) {
        let n = end.saturating_sub(start);
        if self.0 == from.0 && at > start {
            for i in (0..n).rev() {
                let x = ctx.field(from.0, slot(start + i));
                ctx.set_field(self.0, slot(at + i), x);
            }
        } else {
            for i in 0..n {
                let x = ctx.field(from.0, slot(start + i));
                ctx.set_field(self.0, slot(at + i), x);
            }
        }
    }
    /// Copies `from[range]` to `self[at..]` in a vector that is fresh, so without barrier. Ranges that do not fit are cut.
    pub fn init_from(self, ctx: &mut Ctx, at: usize, from: Vector, range: std::ops::Range<usize>) {
        let n = range.len().min(self.len().saturating_sub(at));
        for i in 0..n {
            let Some(x) = from.get(ctx, range.start + i) else { return };
            ctx.init_field(self.0, slot(at + i), x);
        }
    }
}

impl Bytevector {
    /// Number of bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.0.object_length()
    }
    /// Whether it has no bytes.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// The bytes.
    #[inline]
    pub fn bytes(self, _: &Ctx) -> &[u8] {
        // SAFETY: the payload is `len` bytes, which nothing changes while the context is borrowed.
        unsafe { std::slice::from_raw_parts((self.0.address() + OBJECT_PAYLOAD) as *const u8, self.len()) }
    }
    /// The bytes, to be changed.
    #[inline]
    pub fn bytes_mut(self, _: &mut Ctx) -> &mut [u8] {
        // SAFETY: the payload is `len` bytes; the exclusive borrow of the context keeps every other access out.
        unsafe { std::slice::from_raw_parts_mut((self.0.address() + OBJECT_PAYLOAD) as *mut u8, self.len()) }
    }
    /// Copies `from[start..end]` to `self[at..]`, as if through a third bytevector; false, and no copy, if a range does not fit.
    pub fn copy_from(self, _: &mut Ctx, at: usize, from: Bytevector, start: usize, end: usize) -> bool {
        if start > end || end > from.len() || at > self.len() || self.len() - at < end - start {
            return false;
        }
        let base = |b: Bytevector| b.0.address() + OBJECT_PAYLOAD;
        // SAFETY: both ranges lie inside their objects; `copy` allows overlap.
        unsafe { std::ptr::copy((base(from) + start) as *const u8, (base(self) + at) as *mut u8, end - start) };
        true
    }
}

impl Ctx {
    /// Raises if an object of `count` elements of `unit` bytes cannot be had.
    #[inline]
    pub fn check_size(&mut self, who: &'static str, count: usize, unit: usize) -> Result<(), Value> {
        match count.checked_mul(unit) {
            Some(bytes) if bytes <= SMALL => Ok(()),
            Some(bytes) if bytes <= MAX_LENGTH => self.check_alloc(bytes),
            _ => Err(self.not_supported(who, "the result would be too large")),
        }
    }
    /// A fresh vector of `n` times `fill`.
    pub fn make_vector(&mut self, who: &'static str, n: usize, fill: Value) -> Result<Vector, Value> {
        self.check_size(who, n, WORD)?;
        let v = self.alloc_object(header(ObjectType::Vector, n), n * WORD);
        for i in 0..n {
            self.init_field(v, slot(i), fill);
        }
        Ok(Vector(v))
    }
    /// A fresh vector of these values.
    pub fn vector_from(&mut self, values: &[Value]) -> Vector {
        let v = self.alloc_values(ObjectType::Vector, values);
        Vector(v)
    }
    /// A fresh vector of the first `n` elements of a list that has as many.
    pub fn vector_from_list(&mut self, who: &'static str, n: usize, list: Value) -> Result<Vector, Value> {
        self.check_size(who, n, WORD)?;
        let v = self.alloc_object(header(ObjectType::Vector, n), n * WORD);
        let mut rest = list;
        for i in 0..n {
            self.init_field(v, slot(i), self.car(rest));
            rest = self.cdr(rest);
        }
        Ok(Vector(v))
    }
    /// A fresh bytevector of `n` zeros.
    pub fn make_bytevector(&mut self, who: &'static str, n: usize) -> Result<Bytevector, Value> {
        self.check_size(who, n, 1)?;
        Ok(Bytevector(self.alloc_object(header(ObjectType::Bytevector, n), n)))
    }
    /// A fresh bytevector of these bytes.
    pub fn bytevector_from(&mut self, who: &'static str, bytes: &[u8]) -> Result<Bytevector, Value> {
        let b = self.make_bytevector(who, bytes.len())?;
        b.bytes_mut(self).copy_from_slice(bytes);
        Ok(b)
    }
    /// A fresh list of these values.
    pub fn list(&mut self, values: &[Value]) -> Value {
        self.list_with_tail(values, Value::NULL)
    }
    /// The values, consed in front of `tail`.
    pub fn list_with_tail(&mut self, values: &[Value], tail: Value) -> Value {
        values.iter().rev().fold(tail, |rest, &x| self.cons(x, rest))
    }
}
