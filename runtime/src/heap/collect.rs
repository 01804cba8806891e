//! The collector: generational copying.
//!
//! Young objects (the nursery, the runtime's own chunks) become *aged* when they survive a collection, and *old* when they
//! survive the next. A minor collection condemns the young and the aged; a major one the old too. Living objects are copied
//! out of condemned blocks, Cheney's way: what has been copied is scanned in its turn, with a work list for what cannot be
//! scanned in place, and no recursion. Objects of more than [`LARGE`] bytes stay where they are and change their space.
//!
//! To-space is of two sorts. In *scanned* blocks every word is a value, a header (tag 7), a code address or another raw word that
//! is a multiple of 8 (tag 0): they can be scanned word by word from anywhere, without knowing where objects start, and so
//! cards need no crossing map. *Data* blocks hold the rest: bytes, limbs, doubles; ephemerons and stack segments, each with a list.
//!
//! A major collection also finds out which passing units of code are alive ([`crate::unit`]): by the code addresses in closures,
//! frames and continuations, and by [`Runtime::executing`].
//!
//! Forwarding: a pair's car is `IMM_FORWARDED` and its cdr the new value; an object's header or a closure's code address
//! is replaced by the new value.
//!
//! Invariants after a collection, checked by [`super::verify`]: no pointer leads to a young or free block; an old object that references an
//! aged one lies on a dirty card; all stack slices are in the heap.

use super::region::{BLOCK, LARGE, Space};
use super::shape::{closure_bytes, is_scanned, length_of, object_bytes, type_of};
use super::{Heap, Large};
use crate::Runtime;
use crate::abi::{CodeInfo, CodeKind, Ctx};
use crate::control::continuation::{CONT_RETURN, CONT_SEGMENT, CONT_SLICE, CONT_START, CONT_WORDS};
use crate::layout::*;
use crate::unit::Units;
use crate::value::Value;
use std::rc::Rc;

/// Work of one collection.
struct Collector<'a> {
    heap: &'a mut Heap,
    units: &'a mut Units,
    major: bool,
    /// Large objects found alive whose words are to be scanned.
    large: Vec<usize>,
    /// Stack segments whose frames are to be scanned.
    segments: Vec<usize>,
    /// Ephemerons reached whose key is not known to be alive.
    ephemerons: Vec<usize>,
    /// Passing units reached whose constants are to be scanned.
    reached: Vec<u32>,
    /// Bytes copied.
    copied: usize,
}

unsafe fn word(address: usize) -> u64 {
    // SAFETY: the caller passes the address of a word of a live object.
    unsafe { *(address as *const u64) }
}

unsafe fn set_word(address: usize, word: u64) {
    // SAFETY: the caller passes the address of a word of a live object.
    unsafe { *(address as *mut u64) = word }
}

/// What the collector does when a reservation of hundreds of gigabytes of addresses has no block left.
fn exhausted() -> ! {
    eprintln!("kestrel: the address range of the heap is exhausted");
    std::process::abort()
}

impl<'a> Collector<'a> {
    fn new(heap: &'a mut Heap, units: &'a mut Units, major: bool) -> Self {
        Collector {
            heap,
            units,
            major,
            large: Vec::new(),
            segments: Vec::new(),
            ephemerons: Vec::new(),
            reached: Vec::new(),
            copied: 0,
        }
    }

    /// Notes, in a major collection, that something alive has a code address.
    ///
    /// # Safety
    /// `code` must be 0 or a code address of a unit that exists.
    #[inline]
    unsafe fn reach_code(&mut self, code: usize) {
        // SAFETY: the caller's promise.
        if self.major && code != 0 && self.units.reach(unsafe { CodeInfo::of(code) }.unit) {
            // SAFETY: as above.
            self.reached.push(unsafe { CodeInfo::of(code) }.unit);
        }
    }

    /// Updates a unit's constants; whether one of them is aged now.
    fn scan_unit(&mut self, unit: u32) -> bool {
        let mut constants = self.units.take_constants(unit);
        constants.iter_mut().for_each(|slot| self.visit(slot));
        let aged = constants.iter().any(|&v| self.is_aged(v));
        self.units.put_constants(unit, constants);
        aged
    }

    /// Updates the constants of units that are roots.
    fn scan_units(&mut self) {
        if self.major {
            self.heap.syntax.clear();
            for unit in self.units.begin_major() {
                self.scan_unit(unit);
            }
            return;
        }
        for unit in self.units.take_unsettled() {
            if self.scan_unit(unit) {
                self.units.is_unsettled(unit);
            }
        }
    }

    /// The new value of a value.
    #[inline]
    fn forward(&mut self, v: Value) -> Value {
        if !v.is_pointer() {
            return v;
        }
        let at = v.address();
        if !self.heap.region.contains(at) {
            return v;
        }
        match self.heap.region.space(at) {
            Space::FromYoung => self.evacuate(v, false),
            Space::FromOld => self.evacuate(v, true),
            Space::LargeFromYoung => {
                self.keep_large(v, if self.major { Space::LargeOld } else { Space::LargeAged });
                v
            }
            Space::LargeFromOld => {
                self.keep_large(v, Space::LargeOld);
                v
            }
            _ => v,
        }
    }

    /// Updates a root.
    fn visit(&mut self, slot: &mut Value) {
        *slot = self.forward(*slot);
    }

    /// Fresh room for an object of `bytes` bytes, a multiple of `ALIGN`.
    #[inline(always)]
    fn room(&mut self, bytes: usize, scanned: bool, old: bool) -> usize {
        let heap = &mut *self.heap;
        let area = match (scanned, old) {
            (true, false) => &mut heap.aged,
            (false, false) => &mut heap.aged_data,
            (true, true) => &mut heap.old,
            (false, true) => &mut heap.old_data,
        };
        self.copied += bytes;
        area.alloc(&mut heap.region, bytes).unwrap_or_else(|| exhausted())
    }
    /// A copy of an object of `bytes` bytes.
    fn copy(&mut self, from: usize, bytes: usize, scanned: bool, old: bool) -> usize {
        let rounded = bytes.next_multiple_of(ALIGN);
        let to = self.room(rounded, scanned, old);
        // SAFETY: the object has `bytes` bytes, and the fresh room `rounded`, of which the last word may be padding.
        unsafe {
            if rounded != bytes {
                set_word(to + rounded - WORD, 0);
            }
            std::ptr::copy_nonoverlapping(from as *const u64, to as *mut u64, bytes / WORD);
        }
        to
    }
    fn evacuate(&mut self, v: Value, old: bool) -> Value {
        let from = v.address();
        // SAFETY: `v` is a value found in a live object or root, so it points to a whole object or one forwarded earlier.
        unsafe {
            let head = word(from);
            match v.tag() {
                TAG_PAIR => {
                    if head == IMM_FORWARDED {
                        return Value(word(from + PAIR_CDR));
                    }
                    let to = self.room(PAIR_SIZE, true, old);
                    set_word(to + PAIR_CAR, head);
                    set_word(to + PAIR_CDR, word(from + PAIR_CDR));
                    let new = Value(to as u64 | TAG_PAIR);
                    set_word(from, IMM_FORWARDED);
                    set_word(from + PAIR_CDR, new.0);
                    new
                }
                TAG_CLOSURE => {
                    if head & TAG_MASK == TAG_CLOSURE {
                        return Value(head);
                    }
                    self.reach_code(head as usize);
                    let new = Value(self.copy(from, closure_bytes(head as usize), true, old) as u64 | TAG_CLOSURE);
                    set_word(from, new.0);
                    new
                }
                _ => {
                    if head & TAG_MASK != TAG_HEADER {
                        return Value(head);
                    }
                    let to = self.copy(from, object_bytes(head), is_scanned(head), old);
                    let new = Value(to as u64 | TAG_OBJECT);
                    set_word(from, new.0);
                    self.copied_object(to, head, old);
                    new
                }
            }
        }
    }

    /// What some types need when they have been copied.
    #[inline]
    unsafe fn copied_object(&mut self, to: usize, head: u64, old: bool) {
        const EPHEMERON: u8 = ObjectType::Ephemeron as u8;
        const SEGMENT: u8 = ObjectType::StackSegment as u8;
        const CONTINUATION: u8 = ObjectType::Continuation as u8;
        const SYNTAX: u8 = ObjectType::Syntax as u8;
        match type_of(head) {
            EPHEMERON => {
                self.heap.ephemerons.push(to);
                self.ephemerons.push(to);
            }
            SEGMENT => self.segments.push(to),
            // SAFETY: `to` is a whole continuation object.
            CONTINUATION => unsafe {
                self.reach_code(word(to + CONT_RETURN) as usize);
                self.adopt_slice(to, old);
            },
            SYNTAX => {
                // SAFETY: `to` is a whole syntax object, whose first words are fixnums.
                let part = |i: usize| unsafe { word(to + OBJECT_PAYLOAD + i * WORD) >> FIXNUM_SHIFT } as u32;
                self.heap.syntax.note([0, 1, 2, 3].map(part));
            }
            _ => {}
        }
    }

    /// Moves the slice of a continuation out of the stack region.
    unsafe fn adopt_slice(&mut self, k: usize, old: bool) {
        // SAFETY: `k` is a whole continuation object; if it has a slice in place, that consists of whole frames whose topmost word
        // belongs to the object's return address.
        unsafe {
            let slice = word(k + CONT_SLICE) as usize;
            let words = (word(k + CONT_WORDS) >> FIXNUM_SHIFT) as usize;
            if slice == 0 || words == 0 {
                set_word(k + CONT_SLICE, 0);
                return;
            }
            let bytes = OBJECT_PAYLOAD + words * WORD;
            let to = if bytes > LARGE {
                let run = bytes.next_multiple_of(BLOCK);
                let space = if old { Space::LargeOld } else { Space::LargeAged };
                let to = self.heap.region.take(run, space).unwrap_or_else(|| exhausted());
                self.heap.large.push(Large { at: to, bytes: run });
                to
            } else {
                let heap = &mut *self.heap;
                let area = if old { &mut heap.old_data } else { &mut heap.aged_data };
                area.alloc(&mut heap.region, bytes.next_multiple_of(ALIGN)).unwrap_or_else(|| exhausted())
            };
            self.copied += bytes;
            set_word(to, header(ObjectType::StackSegment, words));
            std::ptr::copy_nonoverlapping(slice as *const u64, (to + OBJECT_PAYLOAD) as *mut u64, words);
            set_word(to + words * WORD, word(k + CONT_RETURN));
            set_word(k + CONT_SLICE, 0);
            set_word(k + CONT_SEGMENT, to as u64 | TAG_OBJECT);
            set_word(k + CONT_START, 0);
            self.segments.push(to);
        }
    }

    fn keep_large(&mut self, v: Value, space: Space) {
        let at = v.address();
        // SAFETY: a large object starts with its header, closures and pairs are never large.
        let head = unsafe { word(at) };
        self.heap.region.set_space(at, BLOCK, space);
        if is_scanned(head) {
            self.large.push(at);
        } else if type_of(head) == ObjectType::StackSegment as u8 {
            self.segments.push(at);
        }
    }

    /// Whether a value now leads to an aged object.
    fn is_aged(&self, v: Value) -> bool {
        v.is_pointer()
            && self.heap.region.contains(v.address())
            && matches!(self.heap.region.space(v.address()), Space::Aged | Space::AgedData | Space::LargeAged)
    }

    /// Updates the values in a range of words; those of old objects that lead to aged ones dirty their cards.
    fn scan(&mut self, words: std::ops::Range<usize>, old: bool) {
        for at in words.step_by(WORD) {
            // SAFETY: the range lies within to-space or a large object, all of whose words can be taken for values.
            let v = Value(unsafe { word(at) });
            if !v.is_pointer() {
                continue;
            }
            let new = self.forward(v);
            if new != v {
                // SAFETY: as above.
                unsafe { set_word(at, new.0) };
            }
            if old && self.is_aged(new) {
                self.heap.region.cards(at, WORD)[0] = CARD_DIRTY;
            }
        }
    }

    /// Updates the values in frames.
    ///
    /// # Safety
    /// `slice` must be `words` words of whole frames.
    unsafe fn scan_frames(&mut self, slice: *mut u64, mut words: usize) {
        // Recursion makes many frames of one kind.
        let (mut last, mut kind, mut slots, mut raw) = (0, CodeKind::Exit, 0, 0);
        while words > 0 {
            // SAFETY: the topmost word is a return address, and the frame below it has as many slots as its info says.
            unsafe {
                let code = *slice.add(words - 1) as usize;
                if code != last {
                    self.reach_code(code);
                    let info = CodeInfo::of(code);
                    (last, kind, slots, raw) = (code, info.kind, info.slots as usize, info.raw_slots);
                }
                words -= slots + 1;
                if kind == CodeKind::RaiseReturn {
                    self.reach_code(*slice.add(words) as usize);
                }
                for i in 0..slots {
                    let slot = slice.add(words + i);
                    if Value(*slot).is_pointer() && (i >= 64 || raw >> i & 1 == 0) {
                        *slot = self.forward(Value(*slot)).0;
                    }
                }
            }
        }
    }

    /// Roots of a minor collection in the old generation: what was written since the last one.
    fn scan_cards(&mut self) {
        let runs: Vec<(usize, usize)> = self.heap.old.runs().iter().map(|run| (run.start, run.top)).collect();
        let large: Vec<(usize, usize)> = (self.heap.large.iter())
            .filter(|large| self.heap.region.space(large.at) == Space::LargeOld)
            // SAFETY: a large object starts with its header.
            .map(|large| (large.at, unsafe { word(large.at) }))
            .filter(|&(_, head)| is_scanned(head))
            .map(|(at, head)| (at, at + object_bytes(head)))
            .collect();
        for (start, top) in runs.into_iter().chain(large) {
            self.scan_dirty(start, top);
        }
    }

    /// Scans the words between `start`, where a card begins, and `top` that lie on dirty cards, which are cleaned first.
    fn scan_dirty(&mut self, start: usize, top: usize) {
        let mut at = start;
        while at < top {
            let cards = self.heap.region.cards(at, top - at);
            let Some(clean) = cards.iter().position(|&card| card != 0) else {
                return;
            };
            cards[clean] = 0;
            at += clean << CARD_SHIFT;
            self.scan(at..top.min(at + (1 << CARD_SHIFT)), true);
            at += 1 << CARD_SHIFT;
        }
    }

    /// Scans until nothing more is found alive by strong references.
    fn drain(&mut self) {
        loop {
            if let Some(words) = self.heap.aged.next_unscanned() {
                self.scan(words, false);
            } else if let Some(words) = self.heap.old.next_unscanned() {
                self.scan(words, true);
            } else if let Some(at) = self.large.pop() {
                // SAFETY: a large object starts with its header.
                let bytes = unsafe { object_bytes(word(at)) };
                let old = self.heap.region.space(at) == Space::LargeOld;
                self.scan(at + OBJECT_PAYLOAD..at + bytes, old);
            } else if let Some(at) = self.segments.pop() {
                // SAFETY: a segment's payload is whole frames.
                unsafe { self.scan_frames((at + OBJECT_PAYLOAD) as *mut u64, length_of(word(at))) };
            } else if let Some(unit) = self.reached.pop() {
                self.scan_unit(unit);
            } else {
                return;
            }
        }
    }

    fn is_dead(&self, v: Value) -> bool {
        if !v.is_pointer() || !self.heap.region.contains(v.address()) {
            return false;
        }
        match self.heap.region.space(v.address()) {
            Space::LargeFromYoung | Space::LargeFromOld => true,
            // SAFETY: `v` points to a whole object, or to one that has been forwarded.
            Space::FromYoung | Space::FromOld => unsafe {
                let head = word(v.address());
                match v.tag() {
                    TAG_PAIR => head != IMM_FORWARDED,
                    TAG_CLOSURE => head & TAG_MASK != TAG_CLOSURE,
                    _ => head & TAG_MASK == TAG_HEADER,
                }
            },
            _ => false,
        }
    }

    /// Keeps the values of ephemerons whose keys are alive, to a fixed point, and breaks the others.
    fn finish_ephemerons(&mut self) {
        const KEY: usize = OBJECT_PAYLOAD;
        loop {
            let pending = std::mem::take(&mut self.ephemerons);
            let (dead, alive): (Vec<usize>, Vec<usize>) =
                // SAFETY: the list holds whole ephemerons in to-space.
                pending.into_iter().partition(|&at| self.is_dead(Value(unsafe { word(at + KEY) })));
            let progress = !alive.is_empty();
            for at in alive {
                let old = self.heap.region.space(at) == Space::OldData;
                self.scan(at + KEY..at + KEY + 2 * WORD, old);
            }
            self.drain();
            self.ephemerons.extend(dead);
            if !progress {
                break;
            }
        }
        for at in std::mem::take(&mut self.ephemerons) {
            // SAFETY: as above.
            unsafe {
                set_word(at + KEY, IMM_BROKEN);
                set_word(at + KEY + WORD, IMM_BROKEN);
            }
        }
    }

    /// Ephemerons that are not condemned: all are kept, and those that were written are looked at.
    fn old_ephemerons(&mut self, before: Vec<usize>) {
        for at in before {
            if self.heap.region.space(at) == Space::OldData {
                self.heap.ephemerons.push(at);
                if self.heap.region.cards(at, 3 * WORD).iter().any(|&card| card != 0) {
                    self.ephemerons.push(at);
                }
            }
        }
        for &at in &self.ephemerons {
            self.heap.region.cards(at, 3 * WORD).fill(0);
        }
    }
}

impl Ctx {
    /// Runs one collection; `live` are the values that only registers hold. The live part of the stack does not move.
    pub(super) fn run_collection(&mut self, major: bool, live: &mut [Value]) {
        let frames = (self.regs.sp as usize - self.stack_base as usize) / WORD;
        let Runtime { heap, entries, units, rewinder, options, executing, .. } = &mut *self.runtime;
        heap.condemn(major);
        let ephemerons = std::mem::take(&mut heap.ephemerons);
        let mut collector = Collector::new(heap, units, major);
        collector.scan_units();
        // SAFETY: whoever runs code sets it to that code's address for as long as it runs.
        unsafe { collector.reach_code(*executing) };
        collector.old_ephemerons(ephemerons);
        if !major {
            collector.scan_cards();
        }
        live.iter_mut().for_each(|slot| collector.visit(slot));
        for slot in [&mut self.condition, &mut self.handlers, &mut self.winders, &mut self.parameters, &mut self.link] {
            collector.visit(slot);
        }
        collector.visit(rewinder);
        for entry in entries {
            for slot in [&mut entry.outer, &mut entry.handlers, &mut entry.winders, &mut entry.parameters] {
                collector.visit(slot);
            }
        }
        // SAFETY: the live part of the stack consists of whole frames.
        unsafe { collector.scan_frames(self.stack_base, frames) };
        let statics = collector.heap.statics.root_words();
        collector.scan(statics, false);
        collector.visit_handles();
        collector.drain();
        collector.finish_ephemerons();
        collector.finish_finalizers();
        let copied = collector.copied;
        if major {
            units.end_major();
        }
        heap.stats.copied_bytes += copied as u64;
        let nursery_used = self.regs.hp - heap.nursery;
        heap.release(major, nursery_used, options.verify_heap);
    }
}

impl Collector<'_> {
    fn visit_handles(&mut self) {
        self.heap.handles.retain(|handle| Rc::strong_count(handle) > 1);
        for i in 0..self.heap.handles.len() {
            let new = self.forward(self.heap.handles[i].get());
            self.heap.handles[i].set(new);
        }
    }

    /// Finds the objects that died and have something to be done for them.
    fn finish_finalizers(&mut self) {
        for (object, token) in std::mem::take(&mut self.heap.finalizers) {
            if self.is_dead(object) {
                self.heap.finalized.push(token);
            } else {
                let object = self.forward(object);
                self.heap.finalizers.push((object, token));
            }
        }
    }
}

impl Heap {
    /// Turns the spaces to be collected into from-space.
    fn condemn(&mut self, major: bool) {
        let young = if major { Space::FromOld } else { Space::FromYoung };
        self.region.set_space(self.nursery, self.nursery_bytes, young);
        for &(at, bytes) in &self.young_runs {
            self.region.set_space(at, bytes, young);
        }
        self.from.extend(self.aged.take());
        self.from.extend(self.aged_data.take());
        if major {
            self.from.extend(self.old.take());
            self.from.extend(self.old_data.take());
        }
        for run in &self.from {
            self.region.set_space(run.start, run.end - run.start, Space::FromOld);
        }
        for large in &self.large {
            let from = match self.region.space(large.at) {
                Space::LargeYoung => Space::LargeFromYoung,
                Space::LargeAged => Space::LargeFromOld,
                Space::LargeOld if major => Space::LargeFromOld,
                other => other,
            };
            self.region.set_space(large.at, BLOCK, from);
        }
        self.old.start_scan();
    }

    /// Frees what is left in from-space; of the nursery, the first `nursery_used` bytes have been in use.
    fn release(&mut self, major: bool, nursery_used: usize, poison: bool) {
        let poison = |at: usize, bytes: usize| {
            if poison {
                // SAFETY: nothing in these blocks is alive.
                unsafe { (at as *mut u8).write_bytes(super::POISON, bytes) };
            }
        };
        poison(self.nursery, nursery_used);
        self.region.set_space(self.nursery, self.nursery_bytes, Space::Young);
        for (at, bytes) in std::mem::take(&mut self.young_runs) {
            poison(at, bytes);
            self.region.give(at, bytes);
        }
        for run in std::mem::take(&mut self.from) {
            poison(run.start, run.end - run.start);
            self.region.give(run.start, run.end - run.start);
        }
        let region = &mut self.region;
        self.large.retain(|large| {
            let alive = !matches!(region.space(large.at), Space::LargeFromYoung | Space::LargeFromOld);
            if !alive {
                poison(large.at, large.bytes);
                region.give(large.at, large.bytes);
            }
            alive
        });
        self.young = 0;
        self.young_end = 0;
        self.chunk_end = 0;
        self.young_bytes = 0;
        self.live_bytes = self.aged.bytes()
            + self.aged_data.bytes()
            + self.old.bytes()
            + self.old_data.bytes()
            + self.large.iter().map(|large| large.bytes).sum::<usize>();
        self.epoch += 1;
        if major {
            self.old_epoch += 1;
            self.region.release_free(64 * BLOCK);
        }
    }
}
