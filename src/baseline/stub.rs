//! Executable stubs: the code addresses of baseline code.
//!
//! Closures, frames and compiled code know code only by its address, with a `CodeInfo` just below. So each baseline code gets 64 bytes of
//! executable memory: its `CodeInfo`, then `mov rax, DESCRIPTOR; jmp [r14 + thunks.baseline_entry]`. The thunk saves
//! the registers and calls the interpreter with RAX. The interpreter itself recognises a stub by `CODE_BASELINE` and goes to the
//! descriptor without leaving Rust. Pages are written first and made executable afterwards.

use super::run::Descriptor;
use kestrel_runtime::abi::{CODE_BASELINE, CodeInfo, Ctx, Thunks};
use std::mem::offset_of;
use std::ops::Range;

/// Bytes of a stub, `CodeInfo` included.
pub const STUB: usize = 64;
const MOV_RAX: [u8; 2] = [0x48, 0xb8];
const JMP_R14: [u8; 3] = [0x41, 0xff, 0xa6];
const ENTRY: u32 = (offset_of!(Ctx, thunks) + offset_of!(Thunks, baseline_entry)) as u32;

const _: () = assert!(size_of::<CodeInfo>() + MOV_RAX.len() + 8 + JMP_R14.len() + 4 <= STUB);

/// A unit's stubs.
pub struct Stubs {
    base: *mut u8,
    bytes: usize,
}

impl Stubs {
    /// Writes a stub for each of these; stub `i` is at [`Stubs::address`]. Sets `CODE_BASELINE` in the infos.
    /// The descriptors must live as long as any code of the unit may run.
    pub fn new(stubs: &[(CodeInfo, *const Descriptor)]) -> std::io::Result<Stubs> {
        let bytes = (stubs.len() * STUB).max(1);
        // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
        let base = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                bytes,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(std::io::Error::last_os_error());
        }
        let result = Stubs { base: base as *mut u8, bytes };
        for (i, &(info, descriptor)) in stubs.iter().enumerate() {
            let mut code = Vec::with_capacity(STUB);
            code.extend(MOV_RAX);
            code.extend((descriptor as u64).to_le_bytes());
            code.extend(JMP_R14);
            code.extend(ENTRY.to_le_bytes());
            // SAFETY: stub `i` lies inside the fresh writable mapping, and the base is page-aligned.
            unsafe {
                let at = result.base.add(i * STUB);
                (at as *mut CodeInfo).write(CodeInfo { flags: info.flags | CODE_BASELINE, ..info });
                at.add(size_of::<CodeInfo>()).copy_from_nonoverlapping(code.as_ptr(), code.len());
            }
        }
        // SAFETY: the mapping is ours, and nothing writes to it any more.
        if unsafe { libc::mprotect(base, bytes, libc::PROT_READ | libc::PROT_EXEC) } != 0 {
            return Err(std::io::Error::last_os_error());
        }
        Ok(result)
    }

    /// The code address of stub `i`.
    pub fn address(&self, i: usize) -> usize {
        self.base as usize + i * STUB + size_of::<CodeInfo>()
    }

    /// Addresses of all stubs.
    pub fn range(&self) -> Range<usize> {
        self.base as usize..self.base as usize + self.bytes
    }
}

impl Drop for Stubs {
    fn drop(&mut self) {
        // SAFETY: the mapping was made by `new` and is not used any more.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.bytes) };
    }
}

/// The descriptor behind a code address, if it is a baseline stub's.
///
/// # Safety
/// `code` must be a code address as `abi` describes them, of a unit that still exists.
pub unsafe fn descriptor<'a>(code: usize) -> Option<&'a Descriptor> {
    // SAFETY: code addresses have a `CodeInfo` below; with `CODE_BASELINE`, the descriptor's address follows `mov rax`.
    unsafe {
        if CodeInfo::of(code).flags & CODE_BASELINE == 0 {
            return None;
        }
        let at = (code + MOV_RAX.len()) as *const *const Descriptor;
        Some(&*at.read_unaligned())
    }
}
