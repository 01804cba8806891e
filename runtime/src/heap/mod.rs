//! The heap: allocation, barriers, collection.
//!
//! Runtime code may allocate but never collects (see `abi`), so primitives hold plain values.

use crate::abi::Ctx;
use crate::control::Options;
use crate::layout::*;
use crate::value::Value;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;

pub mod region;
pub mod static_area;

use region::{BLOCK, LARGE, Region, Space};
use static_area::StaticArea;

/// Bytes of the chunks that the runtime allocates its own young objects in.
const CHUNK: usize = 4 * BLOCK;

/// A value held by Rust code across collections.
#[derive(Clone)]
pub struct Handle(Rc<Cell<Value>>);

impl Handle {
    /// The value, as it is now.
    pub fn get(&self) -> Value {
        self.0.get()
    }
    /// Replaces the value.
    pub fn set(&self, value: Value) {
        self.0.set(value);
    }
}

/// The collector's state.
pub struct Heap {
    pub(crate) region: Region,
    pub(crate) statics: StaticArea,
    /// First byte of the nursery.
    pub(crate) nursery: usize,
    /// Its size.
    pub(crate) nursery_bytes: usize,
    young: usize,
    young_end: usize,
    /// Runs of blocks in which the runtime has allocated since the last collection.
    pub(crate) young_runs: Vec<(usize, usize)>,
    /// Bytes of `young_runs`.
    pub(crate) young_bytes: usize,
    /// Bytes that the last collection found in use.
    pub(crate) live_bytes: usize,
    pub(crate) handles: Vec<Rc<Cell<Value>>>,
}

impl Heap {
    /// An empty heap.
    pub fn new(options: &Options) -> Heap {
        let mut region = Region::new(options.max_heap).expect("no address space for the heap");
        let statics = StaticArea::new(region.base);
        let nursery_bytes = options.nursery.max(4 * BLOCK).next_multiple_of(BLOCK);
        let nursery = region.take(nursery_bytes, Space::Young).expect("no address space for the nursery");
        Heap {
            region,
            statics,
            nursery,
            nursery_bytes,
            young: 0,
            young_end: 0,
            young_runs: Vec::new(),
            young_bytes: 0,
            live_bytes: 0,
            handles: Vec::new(),
        }
    }
    /// Gives compiled code fresh memory.
    pub(crate) fn renew_nursery(&mut self) {
        self.nursery = self.region.take(self.nursery_bytes, Space::Young).expect("no address space for the nursery");
    }
}

impl Ctx {
    /// Bytes of fresh young memory, uninitialised; the caller initialises all of it before anything else.
    /// The size is rounded up to [`ALIGN`]. Sizes that depend on the program are to be checked by [`Ctx::check_alloc`] before.
    pub fn alloc_raw(&mut self, bytes: usize) -> *mut u64 {
        let bytes = bytes.next_multiple_of(ALIGN);
        let heap = &mut self.runtime.heap;
        if heap.young_end - heap.young >= bytes {
            heap.young += bytes;
            return (heap.young - bytes) as *mut u64;
        }
        self.alloc_slow(bytes)
    }
    #[cold]
    fn alloc_slow(&mut self, bytes: usize) -> *mut u64 {
        let heap = &mut self.runtime.heap;
        let large = bytes > LARGE;
        let (run, space) =
            if large { (bytes.next_multiple_of(BLOCK), Space::LargeYoung) } else { (CHUNK, Space::Young) };
        let at = heap.region.take(run, space).expect("the heap's address range is exhausted");
        heap.young_bytes += run;
        heap.young_runs.push((at, run));
        if !large {
            heap.young = at + bytes;
            heap.young_end = at + run;
        }
        if heap.young_bytes > heap.nursery_bytes {
            self.request_safepoint();
        }
        at as *mut u64
    }
    /// Checks that a request of `bytes` stays within the memory limit; an error is `Value::RAISED`, with the condition set.
    pub fn check_alloc(&mut self, bytes: usize) -> Result<(), Value> {
        let heap = &self.runtime.heap;
        if heap.live_bytes.saturating_add(bytes) <= self.runtime.options.max_heap {
            return Ok(());
        }
        Err(self.out_of_memory(bytes))
    }
    /// Asks Scheme code to stop at its next safepoint.
    pub fn request_safepoint(&mut self) {
        self.hp_limit.store(0, Ordering::Relaxed);
    }
    /// Makes a value a root until the handle and its clones are dropped.
    pub fn root(&mut self, value: Value) -> Handle {
        let cell = Rc::new(Cell::new(value));
        self.runtime.heap.handles.push(cell.clone());
        Handle(cell)
    }
    /// A fresh object with this header and `payload` bytes, zeroed.
    pub fn alloc_object(&mut self, header: u64, payload: usize) -> Value {
        let p = self.alloc_raw(OBJECT_PAYLOAD + payload);
        // SAFETY: fresh memory of that size.
        unsafe {
            p.write(header);
            (p.add(1) as *mut u8).write_bytes(0, (OBJECT_PAYLOAD + payload).next_multiple_of(ALIGN) - WORD);
        }
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
        self.write_barrier(object.address() + offset);
    }
    /// Records that a word of an existing object, at this address, has been overwritten.
    pub fn write_barrier(&mut self, slot: usize) {
        // SAFETY: the card table has a byte for every card of the heap's address range, where all objects lie.
        unsafe { *(self.card_table.wrapping_add(slot >> CARD_SHIFT) as *mut u8) = CARD_DIRTY }
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
