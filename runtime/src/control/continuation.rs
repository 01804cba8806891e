//! Continuations as objects.
//!
//! A continuation object (`ObjectType::Continuation`) stands for a slice of stack and what lies below it:
//!
//! ```text
//! header | return address | slice address | words | segment | start | link | handlers | winders | parameters | entry
//! ```
//!
//! The slice is `words` long and lies either in place (its address is not 0) in the stack region, below the live part, or from
//! word `start` on in a `StackSegment` object. The return address of its topmost frame is in the object. Slices are never
//! written. Capturing (Hieb, Dybvig & Bruggeman 1990) freezes the live part where it is: constant time. Returning into a slice
//! splits off its topmost frames and copies those alone. The collector moves slices that are alive from the
//! stack region to segments; a segment never changes, so it is scanned once for each time that it moves.
//!
//! The usual cases (one value, a short slice, room in the nursery) are done by the thunks alone, in the same steps as here.
//!
//! What a program holds is a continuation procedure: a closure over the object. Raw words in the object are
//! multiples of 8, which look like fixnums.

use super::{primitive, thunk};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

/// Offset of the return address of the topmost frame.
pub const CONT_RETURN: usize = 8;
/// Offset of the slice's address in the stack region, or 0.
pub const CONT_SLICE: usize = 16;
/// Offset of the number of words of the slice, a fixnum.
pub const CONT_WORDS: usize = 24;
/// Offset of the segment that holds the slice, or `#f`.
pub const CONT_SEGMENT: usize = 32;
/// Offset of the slice's first word in the segment, a fixnum.
pub const CONT_START: usize = 40;
/// Offset of the continuation object below, or `#f`.
pub const CONT_LINK: usize = 48;
/// Offset of the handlers.
pub const CONT_HANDLERS: usize = 56;
/// Offset of the winders.
pub const CONT_WINDERS: usize = 64;
/// Offset of the parameters.
pub const CONT_PARAMETERS: usize = 72;
/// Offset of the entry's serial number, a fixnum.
pub const CONT_ENTRY: usize = 80;
/// Payload words.
pub(super) const CONT_LENGTH: usize = 10;

impl Ctx {
    pub(crate) fn continuation_words(&self, k: Value) -> usize {
        (self.field(k, CONT_WORDS).0 >> FIXNUM_SHIFT) as usize
    }

    /// Where the words of a continuation's slice are.
    pub(crate) fn continuation_slice(&self, k: Value) -> *const u64 {
        let in_place = self.field(k, CONT_SLICE).0 as usize;
        if in_place != 0 {
            return in_place as *const u64;
        }
        let start = (self.field(k, CONT_START).0 >> FIXNUM_SHIFT) as usize;
        (self.field(k, CONT_SEGMENT).address() + OBJECT_PAYLOAD + start * WORD) as *const u64
    }

    fn new_continuation(&mut self, return_address: u64, slice: u64, words: usize) -> Value {
        let k = self.alloc_object(header(ObjectType::Continuation, CONT_LENGTH), CONT_LENGTH * WORD);
        self.init_field(k, CONT_RETURN, Value(return_address));
        self.init_field(k, CONT_SLICE, Value(slice));
        self.init_field(k, CONT_WORDS, Value::fixnum(words as i64));
        self.init_field(k, CONT_SEGMENT, Value::FALSE);
        self.init_field(k, CONT_LINK, self.link);
        self.init_field(k, CONT_HANDLERS, self.handlers);
        self.init_field(k, CONT_WINDERS, self.winders);
        self.init_field(k, CONT_PARAMETERS, self.parameters);
        self.init_field(k, CONT_ENTRY, self.entry);
        k
    }

    /// Makes the live part of the stack, up to `regs.sp`, the slice of a fresh continuation object.
    pub(crate) fn freeze(&mut self) -> Value {
        self.freeze_below(self.regs.sp)
    }

    /// The same, of the frames below `end`; those above it stay alive.
    pub(crate) fn freeze_below(&mut self, end: *mut u64) -> Value {
        let words = (end as usize - self.stack_base as usize) / WORD;
        // SAFETY: the word below the end is the return address of the topmost frame, or below the base the underflow thunk's.
        let return_address = unsafe { *end.sub(1) };
        let k = self.new_continuation(return_address, self.stack_base as u64, words);
        if words > 0 {
            // SAFETY: as above; the frames below now belong to the continuation, which has the return address.
            unsafe { *end.sub(1) = thunk::underflow() as u64 };
            self.stack_base = end;
            self.link = k;
        }
        k
    }

    /// Leaves a continuation's topmost `n` words in it and links a fresh one for the others.
    pub(crate) fn split_continuation(&mut self, k: Value, n: usize) {
        let lower = self.continuation_words(k) - n;
        // SAFETY: `lower > 0`, and the topmost word of the lower frames is a return address.
        let return_address = unsafe { *self.continuation_slice(k).add(lower - 1) };
        let [slice, segment, start, link] = [CONT_SLICE, CONT_SEGMENT, CONT_START, CONT_LINK].map(|o| self.field(k, o));
        let rest = self.new_continuation(return_address, slice.0, lower);
        self.init_field(rest, CONT_SEGMENT, segment);
        self.init_field(rest, CONT_START, start);
        self.init_field(rest, CONT_LINK, link);
        self.init_field(k, CONT_WORDS, Value::fixnum(n as i64));
        if slice.0 != 0 {
            self.init_field(k, CONT_SLICE, Value(slice.0 + (lower * WORD) as u64));
        } else {
            self.init_field(k, CONT_START, Value(start.0 + ((lower as u64) << FIXNUM_SHIFT)));
        }
        self.set_field(k, CONT_LINK, rest);
    }

    /// Drops the live part of the stack and goes on in a continuation, with the values in place.
    fn reinstate(&mut self, k: Value) {
        let words = (self.regs.sp as usize - self.stack_base as usize) / WORD;
        self.pop_below_values(words);
        self.link = k;
        self.handlers = self.field(k, CONT_HANDLERS);
        self.winders = self.field(k, CONT_WINDERS);
        self.parameters = self.field(k, CONT_PARAMETERS);
        self.resume_link();
    }

    /// The continuation object of a continuation procedure.
    pub(crate) fn continuation_of(&self, procedure: Value) -> Option<Value> {
        let is_one = procedure.is_closure() && self.field(procedure, CLOSURE_CODE).0 as usize == thunk::continuation();
        is_one.then(|| self.field(procedure, CLOSURE_FREE))
    }

    fn check_barrier(&mut self, k: Value) -> bool {
        if self.field(k, CONT_ENTRY) == self.entry {
            return true;
        }
        self.continuation_barrier();
        self.raise_here();
        false
    }
}

/// `call/cc`, where its thunk does not do it: the same, with the runtime's own memory.
pub extern "C" fn call_cc(ctx: &mut Ctx) {
    let receiver = ctx.regs.a[0];
    if !receiver.is_closure() {
        let name = primitive::current(ctx).info().name;
        ctx.wrong_type(name, 1, receiver, "procedure");
        return ctx.raise_here();
    }
    let k = ctx.freeze();
    let p = ctx.alloc_raw(2 * WORD);
    // SAFETY: fresh memory of two words.
    unsafe {
        p.write(thunk::continuation() as u64);
        p.add(1).write(k.0);
    }
    ctx.tail_call(receiver, &[Value(p as u64 | TAG_CLOSURE)]);
}

/// A continuation procedure is called.
pub(super) extern "C" fn invoke(ctx: &mut Ctx) {
    let procedure = ctx.regs.closure;
    let k = ctx.field(procedure, CLOSURE_FREE);
    if !ctx.check_barrier(k) {
        return;
    }
    if ctx.winders == ctx.field(k, CONT_WINDERS) {
        return ctx.reinstate(k);
    }
    let values = ctx.arguments().iter().rev().fold(Value::NULL, |rest, &v| ctx.cons(v, rest));
    ctx.tail_call(ctx.runtime.rewinder, &[procedure, values]);
}

/// `%reinstate`: goes on in a continuation with a list of values, whatever the winders.
pub extern "C" fn reinstate(ctx: &mut Ctx) {
    let [procedure, mut values, ..] = ctx.regs.a;
    let Some(k) = ctx.continuation_of(procedure) else {
        ctx.wrong_type("%reinstate", 1, procedure, "continuation");
        return ctx.raise_here();
    };
    if !ctx.check_barrier(k) {
        return;
    }
    let mut list = Vec::new();
    while values.is_pair() {
        list.push(ctx.car(values));
        values = ctx.cdr(values);
    }
    ctx.set_arguments(&list);
    ctx.reinstate(k);
}

/// `%continuation-winders`
pub fn continuation_winders(ctx: &mut Ctx, procedure: Value) -> Value {
    match ctx.continuation_of(procedure) {
        Some(k) => ctx.field(k, CONT_WINDERS),
        None => ctx.wrong_type("%continuation-winders", 1, procedure, "continuation"),
    }
}
