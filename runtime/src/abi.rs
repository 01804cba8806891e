//! The contract between Scheme code (compiled or baseline), the assembly thunks and the runtime.
//!
//! # Registers
//! Scheme code has one signature, LLVM's `preserve_nonecc` (number 21), returning `void`, ending only in `musttail`:
//!
//! | parameter | sp | hp | ctx | closure | argc | a0 | a1 | a2 | a3 | a4 | a5 | d0-d3 |
//! |---|---|---|---|---|---|---|---|---|---|---|---|---|
//! | x86-64, LLVM 19 | R12 | R13 | R14 | R15 | RDI | RSI | RDX | RCX | R8 | R9 | R11 | XMM0-3 |
//!
//! RAX, RBX, R10 are scratch between functions; only RSP and RBP are preserved. On entry to any Scheme function RSP is 8
//! modulo 16 (as after a call). `argc` is a raw integer; `a0..a5` are values (or garbage where unused); `d0..d3` raw doubles.
//! Arguments beyond six lie at `[sp]`, `[sp+8]`, … (not yet covered by a frame: the callee owns them).
//!
//! # Stack
//! It grows upward. `sp` is the first free word. A non-tail call stores its frame's slots at `sp`, then the address of its
//! return point, and advances `sp` past both:
//!
//! ```text
//!   slot 0 … slot n-1 | return address |   <- sp as the callee sees it
//! ```
//!
//! A return to one value jumps to `[sp-8]` with the value in `a0` and `sp` unchanged; the return point pops its own frame
//! (`sp -= 8 * (n+1)`). A return of any other number of values puts the count in `argc` and the values where arguments go (a0..a5, then
//! above sp), reads `mv_entry` below the return address, and jumps to return address + `mv_entry`, or, if that is 0, to `kestrel_values_error`.
//! A tail call jumps with `sp` as it was on entry. Nothing points into the stack, so frames can move.
//!
//! # Code addresses
//! Every code address that a closure or a frame can hold has a [`CodeInfo`] just below it (LLVM prefix data, or written by
//! the baseline's stub emitter, or by the assembler for the runtime's thunks). The collector, `call/cc` and backtraces need nothing else.
//!
//! # Safepoints
//! A function that allocates checks `hp + need > ctx.hp_limit` once at entry for all it allocates until its next call; a function that
//! pushes frames checks `sp > ctx.stack_limit` (the stack has a red zone of [`STACK_RED_ZONE`] bytes above the limit; larger needs are added to sp);
//! one that does neither but calls checks `hp > ctx.hp_limit`, so that every cycle of calls polls. If the check fails, it stores its own address in
//! `ctx.regs.pc` and tail-calls `kestrel_safepoint` with its arguments in place, which saves the registers, runs [`crate::heap`]'s safepoint,
//! reloads and jumps to `pc` again. A loop inside a function polls at its header: the cold block stores its live values at
//! `[sp..]`, calls `loop_safepoint(ctx, sp, end_of_values, hp)` as a C function, and on answer 0 reloads them, and hp from `ctx.regs.hp`
//! (`sp` does not change); on answer 1 it raises (see below). An interrupt sets both limits to 0.
//!
//! # Write barrier
//! A store of a value into an existing object (not into a fresh one, a frame, or a static cell) is followed by
//! `*(ctx.card_table + (slot_address >> CARD_SHIFT)) = CARD_DIRTY`, one byte, unconditionally; stores of values known to be
//! immediates need none. Pair mutation first checks that the pair is not a literal: `address - ctx.static_base < STATIC_BYTES`,
//! unsigned, means that it is; other objects have the header bit.
//!
//! # Primitives
//! A primitive is an `extern "C" fn(&mut Ctx, …values) -> Value`, reached through `ctx.prims[id]`. It may allocate (from the runtime's own
//! region: `hp` does not change) but never collects, so it needs no roots. To raise, it sets `ctx.condition` and answers
//! `Value::RAISED`; Scheme code then stores its own code address in `ctx.raise_code`, the site's index in `ctx.raise_site`, and tail-calls `kestrel_raise`
//! with `sp` as on its own entry after popping (the frame it would have had for a tail call). A panic in it raises, too
//! (`control/defect.rs`); one that may take long asks `ctx.is_interrupted()` now and then.
//!
//! # Control procedures
//! `call/cc`, `apply`, `values`, `raise`, … are closures whose code is an assembly thunk: it saves the registers into `ctx.regs`, calls an
//! `extern "C" fn(&mut Ctx)`, reloads the registers and jumps to `ctx.regs.pc`. The baseline interpreter is entered the same way.

use crate::layout::WORD;
use crate::prim::{PRIM_COUNT, PrimFn};
use crate::value::Value;
use std::sync::atomic::AtomicUsize;

/// Arguments passed in registers; further ones lie above `sp`.
pub const REG_ARGS: usize = 6;
/// Doubles passed in registers.
pub const REG_DOUBLES: usize = 4;
/// Most arguments a call may have (also through `apply`); more raise an error.
pub const MAX_ARGS: usize = 1 << 20;
/// Bytes above `stack_limit` that a function may use without asking.
pub const STACK_RED_ZONE: usize = 16 * 1024;
/// The unit of the runtime's own thunks.
pub const RUNTIME_UNIT: u32 = 0;
/// Number of LLVM's `preserve_nonecc` calling convention.
pub const LLVM_PRESERVE_NONE: u32 = 21;

/// Registers of Scheme code as the thunks save and reload them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Regs {
    /// First free stack word.
    pub sp: *mut u64,
    /// First free nursery byte.
    pub hp: usize,
    /// The callee's closure.
    pub closure: Value,
    /// Number of arguments or of values.
    pub argc: u64,
    /// The first arguments.
    pub a: [Value; REG_ARGS],
    /// Raw doubles.
    pub d: [f64; REG_DOUBLES],
    /// Where to go next.
    pub pc: usize,
}

/// What a code address is.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeKind {
    /// Entered through a closure: `closure` and `argc` arguments are values.
    Procedure = 0,
    /// Entered from known calls and jumps only: `reg_args` registers and `stack_args` words are values.
    Direct = 1,
    /// A return point: a0 is a value and a frame of `slots` lies below the return address.
    Return = 2,
    /// The multiple-values entry of a return point: `argc` values, and its frame as for `Return`.
    ReturnValues = 3,
    /// Where a stack segment ends and the continuation below must be reinstated.
    Underflow = 4,
    /// Where a nested entry from Rust ends.
    Exit = 5,
    /// The frame `kestrel_raise` pushes: slots are the raising code address and site (both raw), condition, saved handlers.
    RaiseReturn = 6,
}

/// Metadata just below a code address. Same bytes as the LLVM prefix data that `codegen` emits.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// Return points: bit i set means that frame slot i is raw (not a value). Slots from 64 on are values.
    pub raw_slots: u64,
    /// The unit that owns this code.
    pub unit: u32,
    /// Index into the unit's sites: of the call for a return point, of the definition for an entry.
    pub site: u32,
    /// Return points: frame slots, without the return address. Procedures: free variables in the closure.
    pub slots: u32,
    /// Return points: offset from the code address to the multiple-values entry; 0: exactly one value is expected.
    pub mv_entry: i32,
    /// What this is.
    pub kind: CodeKind,
    /// Direct code: how many of a0..a5 are values.
    pub reg_args: u8,
    /// Direct code: how many values lie at sp.
    pub stack_args: u16,
    /// `CODE_HAS_CLOSURE` (always so for procedures), `CODE_BASELINE`.
    pub flags: u32,
}

/// `CodeInfo::flags`: the closure register holds a value at entry.
pub const CODE_HAS_CLOSURE: u32 = 1;
/// `CodeInfo::flags`: a stub of baseline code.
pub const CODE_BASELINE: u32 = 2;

const _: () = assert!(size_of::<CodeInfo>() == 32);

impl CodeInfo {
    /// The metadata of a code address.
    ///
    /// # Safety
    /// `code` must be a code address as described in the module documentation.
    pub unsafe fn of<'a>(code: usize) -> &'a CodeInfo {
        // SAFETY: the caller's promise; code addresses are 16-aligned and the info is 32 bytes just below.
        unsafe { &*((code - size_of::<CodeInfo>()) as *const CodeInfo) }
    }
    /// Bytes of a return point's frame, return address included.
    pub fn frame_bytes(&self) -> usize {
        (self.slots as usize + 1) * WORD
    }
}

/// A place in the source that a frame or an error can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Engine-wide file number.
    pub file: u32,
    /// Byte range in the file.
    pub start: u32,
    /// End of the byte range.
    pub end: u32,
    /// Name of the enclosing procedure: a symbol, or `#f` for anonymous or top-level code.
    pub procedure: Value,
    /// The site into whose procedure this code was inlined; `u32::MAX` if none.
    pub inlined_at: u32,
    /// What to add to the position of an argument in a message: the operation is part of an application to more arguments.
    pub shift: i8,
}

/// The state that Scheme code, thunks and primitives share; `ctx` in the calling convention.
#[repr(C)]
pub struct Ctx {
    /// First nursery byte that compiled code may not use; 0 asks for a stop at the next safepoint.
    pub hp_limit: AtomicUsize,
    /// Stack address above which a function must ask; 0 asks for a stop at the next safepoint.
    pub stack_limit: AtomicUsize,
    /// The condition of a primitive that answered `RAISED`.
    pub condition: Value,
    /// Code address of the function that raises.
    pub raise_code: usize,
    /// Site index, within that function's unit, of the operation that raised.
    pub raise_site: u64,
    /// The preallocated box of 0.0.
    pub flonum_zero: Value,
    /// Register save area of the thunks.
    pub regs: Regs,
    /// Exception handlers: a list, innermost first.
    pub handlers: Value,
    /// `dynamic-wind` entries: a list, innermost first.
    pub winders: Value,
    /// Parameter bindings: an association list of parameter and cell, innermost first.
    pub parameters: Value,
    /// The card table, biased: the card of an address is the byte at `card_table + (address >> CARD_SHIFT)`.
    pub card_table: usize,
    /// First address of the static area, which is [`crate::layout::STATIC_BYTES`] long.
    pub static_base: usize,
    /// Where the live part of the stack begins; the word below it is the address of the underflow thunk.
    pub stack_base: *mut u64,
    /// The continuation object below `stack_base`, or `#f` where the entry from Rust begins.
    pub link: Value,
    /// Serial number (a fixnum) of the entry from Rust in progress; continuations of another cannot be reinstated.
    pub entry: Value,
    /// The baseline's interpreter, called by `thunks.baseline_entry` with the descriptor that the stub put into RAX.
    pub baseline_run: Option<extern "C" fn(&mut Ctx, *const u8)>,
    /// Addresses of the assembly thunks that compiled code jumps to.
    pub thunks: Thunks,
    /// The primitives' functions by `Prim as usize`.
    pub prims: [PrimFn; PRIM_COUNT],
    /// Everything else the runtime owns; of no concern to Scheme code.
    pub runtime: Box<crate::Runtime>,
}

/// Thunks and C functions that compiled code reaches through `ctx`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Thunks {
    /// `kestrel_safepoint`: see the module documentation.
    pub safepoint: usize,
    /// `kestrel_raise`.
    pub raise: usize,
    /// `kestrel_arity_error`: tail-called by a procedure's entry with its closure, `argc` and arguments in place.
    pub arity_error: usize,
    /// `kestrel_not_a_procedure`: tail-called instead of a call with the callee (any value) in `closure`, `argc` and arguments in place,
    /// and `raise_code`/`raise_site` set. The frame of the call, if it is not a tail call, has been pushed.
    pub not_a_procedure: usize,
    /// `kestrel_values_error`: a return of `argc` values to a return point that takes another number.
    pub values_error: usize,
    /// Where baseline stubs jump to with their descriptor's address in RAX: saves the registers, calls `ctx.baseline_run`, reloads, goes to `regs.pc`.
    pub baseline_entry: usize,
    /// `extern "C" fn(&mut Ctx, sp: *mut u64, end_of_values: *mut u64, hp: usize) -> u64`: loop safepoint.
    pub loop_safepoint: usize,
    /// `extern "C" fn(&mut Ctx, sp: *const Value, count: usize, skip: usize) -> Value`: a fresh list of `count` arguments (or values)
    /// without the first `skip`; six were stored in `ctx.regs.a`, the others lie at `sp`.
    pub make_list: usize,
    /// Calls the C function in R10 with its arguments in place, whatever RSP is modulo 16; compiled code calls all C functions so.
    pub call: usize,
    /// The same, keeping all integer registers but RAX and R11.
    pub call_slow: usize,
    /// As `call_slow`, but two self-tagged flonums are added at once.
    pub add: usize,
    /// As `add`, for `-`.
    pub sub: usize,
    /// As `add`, for `*`.
    pub mul: usize,
    /// As `add`, for `/`.
    pub div: usize,
    /// As `add`, for `=`.
    pub num_eq: usize,
    /// As `add`, for `<`.
    pub lt: usize,
    /// As `add`, for `>`.
    pub gt: usize,
    /// As `add`, for `<=`.
    pub le: usize,
    /// As `add`, for `>=`.
    pub ge: usize,
    /// `extern "C" fn(&mut Ctx, bits: u64) -> Value`: a flonum, for raw doubles that cannot be self-tagged.
    pub make_flonum: usize,
}
