//! [`Value`]: a tagged word, with its tests and conversions. No heap access here except through `object/`.

use crate::layout::*;

/// A tagged 64-bit Scheme value; see [`crate::layout`] for the encoding.
///
/// Equality of `Value`s is `eq?`. A `Value` is a plain word: it stays right only until the next collection, and
/// collections happen only at safepoints of Scheme code (see `heap`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct Value(pub u64);

impl Value {
    /// `#f`
    pub const FALSE: Value = Value(IMM_FALSE);
    /// `#t`
    pub const TRUE: Value = Value(IMM_TRUE);
    /// `()`
    pub const NULL: Value = Value(IMM_NULL);
    /// The unspecified value.
    pub const UNSPECIFIED: Value = Value(IMM_UNSPECIFIED);
    /// The end-of-file object.
    pub const EOF: Value = Value(IMM_EOF);
    /// A variable's content before its definition.
    pub const UNBOUND: Value = Value(IMM_UNBOUND);
    /// A primitive's answer after it has set `Ctx::condition`.
    pub const RAISED: Value = Value(IMM_RAISED);
    /// An optional argument that was not given.
    pub const ABSENT: Value = Value(IMM_ABSENT);

    /// `#t` or `#f`.
    pub const fn boolean(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }
    /// A fixnum, without a range check: `n` must lie within `FIXNUM_MIN..=FIXNUM_MAX`.
    pub const fn fixnum(n: i64) -> Value {
        debug_assert!(n >= FIXNUM_MIN && n <= FIXNUM_MAX);
        Value((n as u64) << FIXNUM_SHIFT)
    }
    /// A fixnum if `n` fits in one.
    pub const fn try_fixnum(n: i64) -> Option<Value> {
        if n >= FIXNUM_MIN && n <= FIXNUM_MAX { Some(Value::fixnum(n)) } else { None }
    }
    /// A character.
    pub const fn char(c: char) -> Value {
        Value((c as u64) << IMM_KIND_BITS | IMM_CHAR)
    }
    /// A symbol, from its interner key.
    pub const fn symbol_from_key(key: u32) -> Value {
        Value((key as u64) << IMM_KIND_BITS | IMM_SYMBOL)
    }
    /// The double as a self-tagged word, if its exponent allows.
    pub fn self_tagged(x: f64) -> Option<Value> {
        let w = x.to_bits().rotate_left(FLONUM_ROTATE).wrapping_add(1);
        (w & FLONUM_MASK == TAG_FLONUM).then_some(Value(w))
    }

    /// The tag bits.
    pub const fn tag(self) -> u64 {
        self.0 & TAG_MASK
    }
    /// Whether this is a fixnum.
    pub const fn is_fixnum(self) -> bool {
        self.tag() == TAG_FIXNUM
    }
    /// Whether this is a pair.
    pub const fn is_pair(self) -> bool {
        self.tag() == TAG_PAIR
    }
    /// Whether this is an object with a header.
    pub const fn is_object(self) -> bool {
        self.tag() == TAG_OBJECT
    }
    /// Whether this is a closure.
    pub const fn is_closure(self) -> bool {
        self.tag() == TAG_CLOSURE
    }
    /// Whether this is a flonum held in the word itself (boxed ones are objects).
    pub const fn is_self_tagged_flonum(self) -> bool {
        self.0 & FLONUM_MASK == TAG_FLONUM
    }
    /// Whether the word is an address (pair, object or closure).
    pub const fn is_pointer(self) -> bool {
        matches!(self.tag(), TAG_PAIR | TAG_OBJECT | TAG_CLOSURE)
    }
    /// Whether this is a character.
    pub const fn is_char(self) -> bool {
        self.0 & IMM_KIND_MASK == IMM_CHAR
    }
    /// Whether this is a symbol.
    pub const fn is_symbol(self) -> bool {
        self.0 & IMM_KIND_MASK == IMM_SYMBOL
    }
    /// Whether this counts as true: everything but `#f`.
    pub const fn is_true(self) -> bool {
        self.0 != IMM_FALSE
    }
    /// The integer in a fixnum.
    pub const fn as_fixnum(self) -> Option<i64> {
        if self.is_fixnum() { Some(self.0 as i64 >> FIXNUM_SHIFT) } else { None }
    }
    /// The character in a character.
    pub fn as_char(self) -> Option<char> {
        if self.is_char() { char::from_u32((self.0 >> IMM_KIND_BITS) as u32) } else { None }
    }
    /// The interner key of a symbol.
    pub const fn as_symbol_key(self) -> Option<u32> {
        if self.is_symbol() { Some((self.0 >> IMM_KIND_BITS) as u32) } else { None }
    }
    /// The double in a self-tagged flonum.
    pub const fn as_self_tagged(self) -> Option<f64> {
        if self.is_self_tagged_flonum() {
            Some(f64::from_bits(self.0.wrapping_sub(1).rotate_right(FLONUM_ROTATE)))
        } else {
            None
        }
    }
    /// The address in a pointer value, tag removed.
    pub const fn address(self) -> usize {
        (self.0 & !TAG_MASK) as usize
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            v if v.is_fixnum() => write!(f, "{}", v.0 as i64 >> FIXNUM_SHIFT),
            v if v.as_self_tagged().is_some() => write!(f, "{:?}", v.as_self_tagged().unwrap_or(0.0)),
            v if v.is_char() => write!(f, "{:?}", v.as_char()),
            v => write!(f, "#<{:x}>", v.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn self_tagging_round_trips_and_refuses_extremes() {
        for x in [1.0, -1.0, 0.1, 1e70, -1e-70, 3.5e76] {
            assert_eq!(Value::self_tagged(x).and_then(Value::as_self_tagged), Some(x));
        }
        for x in [0.0, -0.0, 1e300, 1e-300, f64::INFINITY, f64::NAN] {
            assert_eq!(Value::self_tagged(x), None);
        }
    }

    #[test]
    fn fixnums_keep_their_sign_and_range() {
        for n in [0, 1, -1, FIXNUM_MAX, FIXNUM_MIN] {
            assert_eq!(Value::fixnum(n).as_fixnum(), Some(n));
        }
        assert_eq!(Value::try_fixnum(FIXNUM_MAX + 1), None);
    }
}
