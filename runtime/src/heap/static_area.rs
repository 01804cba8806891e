//! The static area: objects that never move and live as long as the runtime.
//!
//! Its first half holds literals: immutable, and they reference only immediates and other static objects, so the collector
//! never looks at them. The second half holds what may reference the heap (global cells, static closures): the collector takes every
//! word of it as a root.

use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

/// Bump pointers of the two halves.
pub struct StaticArea {
    literals: usize,
    literals_end: usize,
    roots_start: usize,
    roots: usize,
    roots_end: usize,
}

impl StaticArea {
    /// An empty area at `base`.
    pub fn new(base: usize) -> StaticArea {
        let half = base + STATIC_BYTES / 2;
        StaticArea {
            literals: base,
            literals_end: half,
            roots_start: half,
            roots: half,
            roots_end: base + STATIC_BYTES,
        }
    }
    /// The words that are roots.
    pub fn root_words(&self) -> std::ops::Range<usize> {
        self.roots_start..self.roots
    }
    /// `None` when there is no room.
    fn bump(at: &mut usize, end: usize, bytes: usize) -> Option<usize> {
        let bytes = bytes.next_multiple_of(ALIGN);
        if bytes > end - *at {
            return None;
        }
        *at += bytes;
        Some(*at - bytes)
    }
}

impl Ctx {
    /// Whether a value is an object of the static area: a literal, a global cell, or a static closure.
    pub fn is_static(&self, value: Value) -> bool {
        value.is_pointer() && value.address().wrapping_sub(self.static_base) < STATIC_BYTES
    }
    fn static_raw(&mut self, bytes: usize) -> usize {
        let area = &mut self.runtime.heap.statics;
        let at = StaticArea::bump(&mut area.literals, area.literals_end, bytes);
        at.unwrap_or_else(|| self.fatal("the programs' literals are too large"))
    }
    fn static_root_raw(&mut self, bytes: usize) -> usize {
        let area = &mut self.runtime.heap.statics;
        let at = StaticArea::bump(&mut area.roots, area.roots_end, bytes);
        at.unwrap_or_else(|| self.fatal("the programs have too many variables and procedures"))
    }
    /// A literal pair.
    pub fn static_cons(&mut self, car: Value, cdr: Value) -> Value {
        debug_assert!(self.is_constant(car) && self.is_constant(cdr));
        let v = Value(self.static_raw(PAIR_SIZE) as u64 | TAG_PAIR);
        self.init_field(v, PAIR_CAR, car);
        self.init_field(v, PAIR_CDR, cdr);
        v
    }
    /// Completes a literal pair that was made with placeholders (circular literals).
    pub fn static_set_pair(&mut self, pair: Value, car: Value, cdr: Value) {
        debug_assert!(self.is_static(pair) && self.is_constant(car) && self.is_constant(cdr));
        self.init_field(pair, PAIR_CAR, car);
        self.init_field(pair, PAIR_CDR, cdr);
    }
    /// A literal object with this header (marked immutable) and `payload` bytes, zeroed; fill it by `init_field`.
    pub fn static_object(&mut self, header: u64, payload: usize) -> Value {
        let at = self.static_raw(OBJECT_PAYLOAD + payload);
        let v = Value(at as u64 | TAG_OBJECT);
        self.init_field(v, 0, Value(header | HEADER_IMMUTABLE));
        v
    }
    /// A literal string.
    pub fn static_string(&mut self, text: &str) -> Value {
        let length = text.chars().count();
        let wide = text.chars().any(|c| c as u32 > 0xff);
        let bytes = if wide { 4 * length } else { length };
        let data = self.static_object(header(ObjectType::StringData, bytes), bytes.next_multiple_of(WORD));
        for (i, c) in text.chars().enumerate() {
            let at = data.address() + OBJECT_PAYLOAD;
            // SAFETY: the payload has room for `length` characters of this width.
            unsafe { if wide { *(at as *mut u32).add(i) = c as u32 } else { *(at as *mut u8).add(i) = c as u8 } }
        }
        let string = self.static_object(header(ObjectType::String, length), 2 * WORD);
        self.init_field(string, STRING_FLAGS, Value(if wide { STRING_WIDE } else { 0 }));
        self.init_field(string, STRING_DATA, data);
        string
    }
    /// A literal vector.
    pub fn static_vector(&mut self, elements: &[Value]) -> Value {
        let v = self.static_object(header(ObjectType::Vector, elements.len()), elements.len() * WORD);
        for (i, &x) in elements.iter().enumerate() {
            debug_assert!(self.is_constant(x));
            self.init_field(v, OBJECT_PAYLOAD + i * WORD, x);
        }
        v
    }
    /// A literal bytevector.
    pub fn static_bytevector(&mut self, bytes: &[u8]) -> Value {
        let v = self.static_object(header(ObjectType::Bytevector, bytes.len()), bytes.len().next_multiple_of(WORD));
        let to = (v.address() + OBJECT_PAYLOAD) as *mut u8;
        // SAFETY: the payload has room for the bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
        v
    }
    /// A literal flonum: self-tagged, the preallocated zero, or boxed.
    pub fn static_flonum(&mut self, x: f64) -> Value {
        if let Some(v) = Value::self_tagged(x) {
            return v;
        }
        let v = self.static_object(header(ObjectType::Flonum, 1), WORD);
        self.init_field(v, OBJECT_PAYLOAD, Value(x.to_bits()));
        v
    }
    /// A deep copy of a heap datum without pointers inside (bignum, flonum, bytevector) as a literal.
    pub fn static_copy_data(&mut self, object: Value, payload: usize) -> Value {
        let head = self.field(object, 0).0;
        let v = self.static_object(head, payload);
        // SAFETY: both objects have `payload` bytes after their headers.
        unsafe {
            std::ptr::copy_nonoverlapping(
                (object.address() + OBJECT_PAYLOAD) as *const u8,
                (v.address() + OBJECT_PAYLOAD) as *mut u8,
                payload,
            );
        }
        v
    }
    /// A global variable's cell; writing it needs no barrier.
    pub fn static_cell(&mut self, value: Value, name: Value) -> Value {
        let v = Value(self.static_root_raw(3 * WORD) as u64 | TAG_OBJECT);
        self.init_field(v, 0, Value(header(ObjectType::Cell, 2)));
        self.init_field(v, CELL_VALUE, value);
        self.init_field(v, CELL_NAME, name);
        v
    }
    /// A closure that never moves; its free variables may be any values. `code` may be 0 until [`Ctx::set_static_closure_code`].
    pub fn static_closure(&mut self, code: usize, free: &[Value]) -> Value {
        let v = Value(self.static_root_raw((1 + free.len()) * WORD) as u64 | TAG_CLOSURE);
        self.init_field(v, CLOSURE_CODE, Value(code as u64));
        for (i, &x) in free.iter().enumerate() {
            self.init_field(v, CLOSURE_FREE + i * WORD, x);
        }
        v
    }
    /// Gives a static closure its code address.
    pub fn set_static_closure_code(&mut self, closure: Value, code: usize) {
        debug_assert!(closure.is_closure() && self.is_static(closure));
        self.init_field(closure, CLOSURE_CODE, Value(code as u64));
    }
    /// Whether a value may occur in a literal: not a pointer into the moving heap.
    pub fn is_constant(&self, value: Value) -> bool {
        !value.is_pointer() || self.is_static(value)
    }
}
