//! The heap: allocation, barriers, collection.
//!
//! Runtime code may allocate but never collects (see `abi`), so primitives hold plain values.

use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

impl Ctx {
    /// Bytes of fresh young memory (a multiple of [`ALIGN`]), uninitialised; the caller initialises all of it before anything else.
    pub fn alloc_raw(&mut self, bytes: usize) -> *mut u64 {
        let layout = std::alloc::Layout::from_size_align(bytes.next_multiple_of(ALIGN), ALIGN).expect("size fits");
        // SAFETY: the layout is not of size 0.
        unsafe { std::alloc::alloc_zeroed(layout) as *mut u64 }
    }
    /// A fresh object with this header and `payload` bytes, zeroed.
    pub fn alloc_object(&mut self, header: u64, payload: usize) -> Value {
        let p = self.alloc_raw(OBJECT_PAYLOAD + payload);
        // SAFETY: fresh memory of at least one word.
        unsafe { p.write(header) };
        Value(p as u64 | TAG_OBJECT)
    }
    /// A fresh pair.
    pub fn cons(&mut self, a: Value, b: Value) -> Value {
        let p = self.alloc_raw(PAIR_SIZE);
        // SAFETY: fresh memory of two words.
        unsafe {
            p.write(a.0);
            p.add(1).write(b.0);
        }
        Value(p as u64 | TAG_PAIR)
    }
    /// A fresh cell.
    pub fn make_cell(&mut self, a: Value, name: Value) -> Value {
        let c = self.alloc_object(header(ObjectType::Cell, 2), 16);
        self.init_field(c, CELL_VALUE, a);
        self.init_field(c, CELL_NAME, name);
        c
    }
    /// A word of an object at a byte offset.
    pub fn field(&self, object: Value, offset: usize) -> Value {
        // SAFETY: callers pass live objects and offsets inside them.
        unsafe { *((object.address() + offset) as *const Value) }
    }
    /// Initialises a word of a fresh object: no barrier.
    pub fn init_field(&mut self, object: Value, offset: usize, x: Value) {
        // SAFETY: as for `field`.
        unsafe { *((object.address() + offset) as *mut Value) = x }
    }
    /// Writes a word of an object, with the write barrier.
    pub fn set_field(&mut self, object: Value, offset: usize, x: Value) {
        self.init_field(object, offset, x);
    }
    /// The car of a pair.
    pub fn car(&self, pair: Value) -> Value {
        self.field(pair, PAIR_CAR)
    }
    /// The cdr of a pair.
    pub fn cdr(&self, pair: Value) -> Value {
        self.field(pair, PAIR_CDR)
    }
    /// Writes a car.
    pub fn set_car(&mut self, pair: Value, x: Value) {
        self.set_field(pair, PAIR_CAR, x);
    }
    /// Writes a cdr.
    pub fn set_cdr(&mut self, pair: Value, x: Value) {
        self.set_field(pair, PAIR_CDR, x);
    }
}
