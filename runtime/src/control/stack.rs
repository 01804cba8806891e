//! The stack region, and what happens when a return leaves its live part.

use super::continuation::*;
use super::thunk;
use crate::abi::{CodeInfo, Ctx, MAX_ARGS, REG_ARGS};
use crate::layout::WORD;
use crate::value::Value;

/// Bytes below which compiled code may push frames without asking, live part and frozen slices together.
const LIMIT: usize = 1 << 20;
/// Bytes of address space: room for the arguments of the largest call wherever sp is.
const RESERVED: usize = 64 << 20;
/// Words of frames that one return through the underflow thunk brings back, if there are as many.
const COPY_WORDS: usize = 128;
/// Bytes of the longest slice that the thunks copy back as a whole.
pub(super) const COPY_IN_THUNK: usize = 2 * COPY_WORDS * WORD;

const _: () = assert!(RESERVED > 2 * (LIMIT + MAX_ARGS * WORD));

/// The stack's memory.
pub struct Stack {
    memory: *mut u64,
}

impl Stack {
    /// An empty stack.
    pub fn new() -> Stack {
        // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
        let p = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                RESERVED,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        assert!(p != libc::MAP_FAILED, "no address space for the stack");
        Stack { memory: p as *mut u64 }
    }
    /// Lowest possible base: the word below it exists.
    pub fn start(&self) -> *mut u64 {
        self.memory.wrapping_add(1)
    }
    /// What `Ctx::stack_limit` is when nothing is asked for.
    pub fn limit(&self) -> usize {
        self.memory as usize + LIMIT
    }
    /// Whether code that stops with this sp has other reasons than the limit.
    pub fn is_roomy(&self, sp: *mut u64) -> bool {
        (sp as usize) < self.memory as usize + LIMIT / 2
    }
}

impl Default for Stack {
    fn default() -> Stack {
        Stack::new()
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping was made by `new`; the context that used it is gone.
        unsafe { libc::munmap(self.memory as *mut libc::c_void, RESERVED) };
    }
}

/// How many of the topmost words of a slice of `words` words make whole frames of at least `least` words, or all. `words` is not 0.
///
/// # Safety
/// `slice` must point to that many words of whole frames; `top` is the return address of the topmost.
pub(crate) unsafe fn top_frames(slice: *const u64, words: usize, top: usize, least: usize) -> usize {
    let mut n = 0;
    let mut code = top;
    loop {
        // SAFETY: `code` is a return address: `top`, or the topmost word of the frames that remain.
        n += unsafe { CodeInfo::of(code) }.slots as usize + 1;
        debug_assert!(n <= words);
        if n >= least || n >= words {
            return n;
        }
        // SAFETY: `n < words`, and the word there is a return address.
        code = unsafe { *slice.add(words - n - 1) } as usize;
    }
}

impl Ctx {
    /// Goes on at the return point of `link`'s topmost frame, with the `regs.argc` values that are in place and sp at the base.
    pub(crate) fn resume_link(&mut self) {
        debug_assert!(self.regs.sp == self.stack_base);
        let k = loop {
            let k = self.link;
            if k == Value::FALSE {
                self.regs.pc = thunk::exit();
                return;
            }
            if self.continuation_words(k) > 0 {
                break k;
            }
            self.link = self.field(k, CONT_LINK);
        };
        let words = self.continuation_words(k);
        let code = self.field(k, CONT_RETURN).0 as usize;
        let slice = self.continuation_slice(k);
        // SAFETY: a continuation's slice consists of whole frames, and its return address is that of the topmost.
        let n = unsafe { top_frames(slice, words, code, COPY_WORDS) };
        if n < words {
            self.split_continuation(k, n);
        }
        let above = (self.regs.argc as usize).saturating_sub(REG_ARGS);
        // SAFETY: the stack has room for the frames and the values above the base, and frozen slices lie below it.
        // Values move up before the frames take their place.
        unsafe {
            let base = self.stack_base;
            std::ptr::copy(base, base.add(n), above);
            std::ptr::copy_nonoverlapping(slice.add(words - n), base, n);
            *base.add(n - 1) = code as u64;
            self.regs.sp = base.add(n);
        }
        self.link = self.field(k, CONT_LINK);
        self.regs.pc = self.return_entry(code);
    }
}

/// One value was returned out of the live part of the stack.
pub(super) extern "C" fn underflow(ctx: &mut Ctx) {
    ctx.regs.argc = 1;
    ctx.resume_link();
}

/// `argc` values were returned out of the live part of the stack.
pub(super) extern "C" fn underflow_values(ctx: &mut Ctx) {
    ctx.resume_link();
}
