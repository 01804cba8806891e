//! The heap: allocation, barriers, collection.
//!
//! Runtime code may allocate but never collects (see `abi`), so primitives hold plain values.

use crate::abi::Ctx;
use crate::control::Options;
use crate::layout::*;
use crate::object::syntax::NewestSyntax;
use crate::value::Value;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

mod area;
mod collect;
pub mod region;
mod shape;
pub mod static_area;
#[cfg(test)]
mod tests;
mod verify;

use area::{Area, Run};
use region::{BLOCK, LARGE, Region, Space};
use static_area::StaticArea;

/// Live bytes below which no major collection is made.
const LEAST_MAJOR: usize = 32 << 20;
/// What dead memory is filled with when the heap is verified: a closure at an address that does not exist.
const POISON: u8 = 0x6b;
/// Exit status when the runtime cannot go on, that of an uncaught error.
const EXIT_FATAL: i32 = 70;
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

/// An object with blocks of its own.
#[derive(Clone, Copy)]
struct Large {
    at: usize,
    bytes: usize,
}

/// What collections have cost so far.
#[derive(Clone, Copy, Default, Debug)]
pub struct GcStats {
    /// Minor collections.
    pub minor: u64,
    /// Major collections.
    pub major: u64,
    /// Bytes allocated, up to the last collection.
    pub allocated_bytes: u64,
    /// Bytes copied.
    pub copied_bytes: u64,
    /// Bytes in use after the last collection.
    pub live_bytes: u64,
    /// All pauses together.
    pub pause_total: Duration,
    /// The longest pause.
    pub pause_longest: Duration,
}

/// The collector's state.
pub struct Heap {
    pub(crate) region: Region,
    pub(crate) statics: StaticArea,
    /// First byte of the nursery, where compiled code allocates.
    pub(crate) nursery: usize,
    /// Its size.
    pub(crate) nursery_bytes: usize,
    /// Where the runtime allocates next, and the end of what it may use without asking.
    young: usize,
    young_end: usize,
    /// End of its chunk; in stress mode it asks for every object.
    chunk_end: usize,
    /// Runs of blocks in which the runtime has allocated since the last collection, and their sizes.
    young_runs: Vec<(usize, usize)>,
    /// Bytes that the runtime has taken since the last collection.
    young_bytes: usize,
    aged: Area,
    aged_data: Area,
    old: Area,
    old_data: Area,
    large: Vec<Large>,
    /// During a collection: condemned blocks.
    from: Vec<Run>,
    ephemerons: Vec<usize>,
    finalizers: Vec<(Value, u64)>,
    finalized: Vec<u64>,
    handles: Vec<Rc<Cell<Value>>>,
    /// Bytes that the last collection found in use.
    live_bytes: usize,
    /// Old bytes beyond which the next collection is a major one.
    major_at: usize,
    /// Bytes in use beyond which the program is told that memory is short.
    limit: usize,
    epoch: u64,
    old_epoch: u64,
    /// What the syntax objects were that the last major collection found.
    pub(crate) syntax: NewestSyntax,
    stats: GcStats,
}

impl Heap {
    /// Bytes that the last collection found in use.
    pub(crate) fn live_bytes(&self) -> usize {
        self.live_bytes
    }
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
            chunk_end: 0,
            young_runs: Vec::new(),
            young_bytes: 0,
            aged: Area::new(Space::Aged),
            aged_data: Area::new(Space::AgedData),
            old: Area::new(Space::Old),
            old_data: Area::new(Space::OldData),
            large: Vec::new(),
            from: Vec::new(),
            ephemerons: Vec::new(),
            finalizers: Vec::new(),
            finalized: Vec::new(),
            handles: Vec::new(),
            live_bytes: 0,
            major_at: LEAST_MAJOR.min(options.max_heap),
            limit: options.max_heap,
            epoch: 0,
            old_epoch: 0,
            syntax: NewestSyntax::default(),
            stats: GcStats::default(),
        }
    }
}

impl Ctx {
    /// Bytes of fresh young memory, uninitialised; the caller initialises all of it before anything else.
    /// The size is rounded up to [`ALIGN`]. Sizes that depend on the program are to be checked by [`Ctx::check_alloc`] before.
    pub fn alloc_raw(&mut self, bytes: usize) -> *mut u64 {
        let bytes = bytes.next_multiple_of(ALIGN);
        let heap = &mut self.runtime.heap;
        if bytes <= LARGE && heap.young_end - heap.young >= bytes {
            heap.young += bytes;
            return (heap.young - bytes) as *mut u64;
        }
        self.alloc_slow(bytes)
    }
    #[cold]
    fn alloc_slow(&mut self, bytes: usize) -> *mut u64 {
        let stress = self.runtime.options.gc_stress;
        if stress {
            self.request_safepoint();
        }
        let heap = &mut self.runtime.heap;
        let large = bytes > LARGE;
        if stress && !large && heap.chunk_end - heap.young >= bytes {
            heap.young += bytes;
            heap.young_end = heap.young;
            return (heap.young - bytes) as *mut u64;
        }
        let (run, space) =
            if large { (bytes.next_multiple_of(BLOCK), Space::LargeYoung) } else { (CHUNK, Space::Young) };
        let Some(at) = heap.region.take(run, space) else {
            self.fatal("the heap's address range is exhausted");
        };
        heap.young_bytes += run;
        if large {
            heap.large.push(Large { at, bytes: run });
        } else {
            heap.young_runs.push((at, run));
            heap.young = at + bytes;
            heap.chunk_end = at + run;
            heap.young_end = if stress { heap.young } else { heap.chunk_end };
        }
        if heap.young_bytes > heap.nursery_bytes {
            self.request_safepoint();
        }
        at as *mut u64
    }
    /// Ends the process, after writing out what ports hold back: for what no handler could mend.
    #[cold]
    pub(crate) fn fatal(&mut self, why: &str) -> ! {
        let _ = self.flush_all();
        eprintln!("kestrel: out of memory: {why}");
        std::process::exit(EXIT_FATAL)
    }
    /// Checks that a request of `bytes` stays within the memory limit; an error is `Value::RAISED`, with the condition set.
    /// What was alive at the last collection may be garbage by now, so a small request passes, and the next safepoint decides.
    pub fn check_alloc(&mut self, bytes: usize) -> Result<(), Value> {
        let (live, max) = (self.runtime.heap.live_bytes, self.runtime.options.max_heap);
        if live.saturating_add(bytes) <= max {
            return Ok(());
        }
        if bytes <= max / 16 {
            self.request_safepoint();
            return Ok(());
        }
        Err(self.out_of_memory(bytes))
    }
    /// Asks Scheme code to stop at its next safepoint.
    pub fn request_safepoint(&mut self) {
        self.hp_limit.store(0, Ordering::Relaxed);
    }
    /// Collects: a minor collection, and then a major one if that is due, or at once. `live` are values that only Rust code holds.
    /// Only at safepoints and in control functions: plain values held elsewhere are wrong afterwards.
    pub(crate) fn collect_at(&mut self, live: &mut [Value], major: bool) {
        let start = Instant::now();
        self.split_deep_stack();
        let verify = self.runtime.options.verify_heap;
        let heap = &mut self.runtime.heap;
        heap.stats.allocated_bytes += (self.regs.hp - heap.nursery + heap.young_bytes) as u64;
        if !major {
            heap.stats.minor += 1;
            self.run_collection(false, live);
            self.regs.hp = self.runtime.heap.nursery;
        }
        let crate::Runtime { heap, units, .. } = &mut *self.runtime;
        if major || heap.live_bytes > heap.major_at || units.are_many(heap.live_bytes) {
            heap.stats.major += 1;
            self.run_collection(true, live);
            self.regs.hp = self.runtime.heap.nursery;
            let max = self.runtime.options.max_heap;
            let heap = &mut self.runtime.heap;
            heap.major_at = (2 * heap.live_bytes).max(LEAST_MAJOR).min(max.max(heap.live_bytes));
            if heap.live_bytes <= max {
                heap.limit = max;
            }
        }
        if verify {
            self.verify_heap(live);
        }
        let heap = &mut self.runtime.heap;
        let pause = start.elapsed();
        heap.stats.pause_total += pause;
        heap.stats.pause_longest = heap.stats.pause_longest.max(pause);
        heap.stats.live_bytes = heap.live_bytes as u64;
    }
    /// A full collection, when no Scheme code runs and Rust holds values only in handles.
    pub fn collect(&mut self) {
        self.collect_at(&mut [], true);
        self.slide_stack(0);
        self.run_finalizers();
    }
    /// What collections have cost so far.
    pub fn gc_stats(&self) -> GcStats {
        self.runtime.heap.stats
    }
    /// Changes with every collection: tables that hash addresses compare it, and rehash.
    pub fn gc_epoch(&self) -> u64 {
        self.runtime.heap.epoch
    }
    /// Changes with every collection that moves old objects: enough for tables all of whose keys [`Ctx::is_settled`].
    pub fn gc_old_epoch(&self) -> u64 {
        self.runtime.heap.old_epoch
    }
    /// Whether a value's word stays the same until [`Ctx::gc_old_epoch`] changes.
    pub fn is_settled(&self, value: Value) -> bool {
        if !value.is_pointer() || self.is_static(value) {
            return true;
        }
        let space = self.runtime.heap.region.space(value.address());
        matches!(space, Space::Old | Space::OldData | Space::LargeYoung | Space::LargeAged | Space::LargeOld)
    }
    /// Has `Runtime::finalizer` called with this token some time after the object has become unreachable.
    pub fn finalize_later(&mut self, object: Value, token: u64) {
        self.runtime.heap.finalizers.push((object, token));
    }
    /// Sets what is called, outside of the collector, with the tokens of [`Ctx::finalize_later`].
    pub fn set_finalizer(&mut self, finalizer: fn(&mut Ctx, u64)) {
        self.runtime.finalizer = Some(finalizer);
    }
    pub(crate) fn run_finalizers(&mut self) {
        for token in std::mem::take(&mut self.runtime.heap.finalized) {
            if let Some(finalizer) = self.runtime.finalizer {
                finalizer(self, token);
            }
        }
    }
    /// Whether more is in use than allowed. The first time there is some room for handlers; `Some(true)` when that is used up as well.
    pub(crate) fn over_limit(&mut self) -> Option<bool> {
        let max = self.runtime.options.max_heap;
        let heap = &mut self.runtime.heap;
        if heap.live_bytes <= heap.limit {
            return None;
        }
        let again = heap.limit > max;
        heap.limit = heap.live_bytes + (max / 8).max(4 << 20);
        Some(again)
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
    /// A fresh closure without free variables.
    pub fn make_closure(&mut self, code: usize) -> Value {
        let p = self.alloc_raw(ALIGN);
        // SAFETY: fresh memory of two words, the closure and padding.
        unsafe {
            p.write(code as u64);
            p.add(1).write(0);
        }
        Value(p as u64 | TAG_CLOSURE)
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
