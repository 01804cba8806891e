//! Checks of arguments: each answers the typed argument, or `Value::RAISED` (as `Err`) with the condition in place.

use crate::abi::Ctx;
use crate::layout::ObjectType;
use crate::object::*;
use crate::value::Value;
use std::ops::Range;

/// Defines primitives' functions: bodies answer `Result<Value, Value>`, whose error is `Value::RAISED`.
macro_rules! prims {
    ($($(#[$m:meta])* fn $f:ident($ctx:ident $(, $a:ident)* $(; $args:ident)?) $body:block)*) => {$(
        prims!(@ [$(#[$m])*] $f $ctx [$($a)*] [$($args)?] $body);
    )*};
    (@ [$(#[$m:meta])*] $f:ident $ctx:ident [$($a:ident)*] [] $body:block) => {
        $(#[$m])*
        #[inline]
        pub fn $f($ctx: &mut Ctx $(, $a: Value)*) -> Value {
            #[inline(always)]
            fn run($ctx: &mut Ctx $(, $a: Value)*) -> Result<Value, Value> $body
            run($ctx $(, $a)*).unwrap_or_else(|raised| raised)
        }
    };
    (@ [$(#[$m:meta])*] $f:ident $ctx:ident [] [$args:ident] $body:block) => {
        $(#[$m])*
        #[inline]
        pub fn $f($ctx: &mut Ctx, first: *const Value, count: usize) -> Value {
            fn run($ctx: &mut Ctx, $args: &[Value]) -> Result<Value, Value> $body
            run($ctx, $crate::prim::check::arguments(first, count)).unwrap_or_else(|raised| raised)
        }
    };
}
pub(crate) use prims;

/// The arguments of an `FN` primitive.
pub(crate) fn arguments<'a>(first: *const Value, count: usize) -> &'a [Value] {
    if count == 0 {
        return &[];
    }
    // SAFETY: by the contract of `PrimCode::FN`, `count` arguments lie there and stay valid during the call.
    unsafe { std::slice::from_raw_parts(first, count) }
}

/// `Ok` if the value is there, else the wrong-type error.
macro_rules! typed {
    ($($(#[$m:meta])* $f:ident $view:ident $wanted:literal;)*) => {
        impl Ctx {$(
            $(#[$m])*
            #[inline]
            pub fn $f(&mut self, who: &'static str, position: usize, v: Value) -> Result<$view, Value> {
                match $view::of(v) {
                    Some(view) => Ok(view),
                    None => Err(self.wrong_type(who, position, v, $wanted)),
                }
            }
        )*}
    };
}
typed! {
    /// A string.
    str_arg Str "string";
    /// A vector.
    vector_arg Vector "vector";
    /// A bytevector.
    bytevector_arg Bytevector "bytevector";
    /// A hash table.
    table_arg HashTable "hash table";
    /// A port.
    port_arg Port "port";
    /// A promise.
    promise_arg Promise "promise";
    /// An error object.
    condition_arg Condition "error object";
}

impl Ctx {
    /// A string that may be changed.
    pub fn mutable_str_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<Str, Value> {
        let s = self.str_arg(who, position, v)?;
        self.mutable(who, position, v)?;
        Ok(s)
    }
    /// A vector that may be changed.
    pub fn mutable_vector_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<Vector, Value> {
        let s = self.vector_arg(who, position, v)?;
        self.mutable(who, position, v)?;
        Ok(s)
    }
    /// A bytevector that may be changed.
    pub fn mutable_bytevector_arg(
        &mut self,
        who: &'static str,
        position: usize,
        v: Value,
    ) -> Result<Bytevector, Value> {
        let s = self.bytevector_arg(who, position, v)?;
        self.mutable(who, position, v)?;
        Ok(s)
    }
    fn mutable(&mut self, who: &'static str, position: usize, v: Value) -> Result<(), Value> {
        if v.is_immutable() { Err(self.immutable_literal(who, position, v)) } else { Ok(()) }
    }
    /// A character.
    #[inline]
    pub fn char_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<char, Value> {
        v.as_char().ok_or_else(|| self.wrong_type(who, position, v, "character"))
    }
    /// A symbol's name.
    pub fn symbol_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<&'static str, Value> {
        crate::symbol::name(v).ok_or_else(|| self.wrong_type(who, position, v, "symbol"))
    }
    /// A byte.
    #[inline]
    pub fn byte_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<u8, Value> {
        let byte = v.as_fixnum().and_then(|n| u8::try_from(n).ok());
        byte.ok_or_else(|| self.wrong_type(who, position, v, "byte"))
    }
    /// An index below `length`.
    #[inline]
    pub fn index_arg(&mut self, who: &'static str, position: usize, v: Value, length: usize) -> Result<usize, Value> {
        match v.as_fixnum() {
            Some(i) if (i as u64) < length as u64 => Ok(i as usize),
            None if !v.is_a(ObjectType::Bignum) => Err(self.wrong_type(who, position, v, "exact integer")),
            _ => Err(self.bad_range(who, position, v, 0, length)),
        }
    }
    /// A size: an exact integer that is not negative; one that is no fixnum can only be too large.
    pub fn size_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<usize, Value> {
        match v.as_fixnum() {
            Some(n) if n >= 0 => Ok(n as usize),
            _ if v.is_a(ObjectType::Bignum) => Err(self.wrong_type(who, position, v, "size that fits in memory")),
            _ => Err(self.wrong_type(who, position, v, "exact nonnegative integer")),
        }
    }
    /// Optional start and end (`position` is the start's) in something of `length` elements.
    pub fn range_args(
        &mut self,
        who: &'static str,
        position: usize,
        start: Value,
        end: Value,
        length: usize,
    ) -> Result<Range<usize>, Value> {
        let last = match end {
            Value::ABSENT => length,
            _ => self.bounded_arg(who, position + 1, end, 0, length)?,
        };
        let first = match start {
            Value::ABSENT => 0,
            _ => self.bounded_arg(who, position, start, 0, last)?,
        };
        Ok(first..last)
    }
    /// An exact integer from `low` to `high`, both included.
    fn bounded_arg(
        &mut self,
        who: &'static str,
        position: usize,
        v: Value,
        low: usize,
        high: usize,
    ) -> Result<usize, Value> {
        match v.as_fixnum() {
            Some(n) if n >= low as i64 && n as u64 <= high as u64 => Ok(n as usize),
            None if !v.is_a(ObjectType::Bignum) => Err(self.wrong_type(who, position, v, "exact integer")),
            _ => Err(self.bad_range(who, position, v, low, high + 1)),
        }
    }
    /// The length of a proper list.
    pub fn list_arg(&mut self, who: &'static str, position: usize, v: Value) -> Result<usize, Value> {
        self.list_length(v).ok_or_else(|| self.wrong_type(who, position, v, "list"))
    }
}
