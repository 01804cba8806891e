//! Executable stubs: the code addresses of baseline code.
//!
//! Closures, frames and compiled code know code only by its address, with a `CodeInfo` just below. So each baseline code gets 64 bytes of
//! executable memory: its `CodeInfo`, then `mov rax, DESCRIPTOR; jmp [r14 + thunks.baseline_entry]`. The thunk saves
//! the registers and calls the interpreter with RAX. The interpreter itself recognises a stub by `CODE_BASELINE` and goes to the
//! descriptor without leaving Rust. A stub whose code has been compiled becomes `mov rax, ADDRESS; jmp rax`, without the mark.
//! No address is both writable and executable: stubs are written through a second mapping of the same memory,
//! which costs no system call for each unit.

use super::run::Descriptor;
use kestrel_runtime::abi::{CODE_BASELINE, CodeInfo, Ctx, Thunks};
use std::cell::RefCell;
use std::fs::File;
use std::mem::offset_of;
use std::ops::Range;
use std::os::fd::{AsRawFd, FromRawFd};
use std::rc::Rc;

/// Bytes of a stub, `CodeInfo` included.
pub const STUB: usize = 64;
const MOV_RAX: [u8; 2] = [0x48, 0xb8];
const JMP_R14: [u8; 3] = [0x41, 0xff, 0xa6];
const JMP_RAX: [u8; 2] = [0xff, 0xe0];
const ENTRY: u32 = (offset_of!(Ctx, thunks) + offset_of!(Thunks, baseline_entry)) as u32;

const _: () = assert!(size_of::<CodeInfo>() + MOV_RAX.len() + 8 + JMP_R14.len() + 4 <= STUB);

/// Bytes of a mapping that units share; larger units get one of their own.
const CHUNK: usize = 64 << 10;

/// Executable memory for stubs. Units come and go in it, since a process may have a limited number of mappings only.
#[derive(Clone, Default)]
pub struct Pool(Rc<RefCell<Vec<Chunk>>>);

struct Chunk {
    /// Where the code runs.
    base: usize,
    /// Where it is written.
    writable: usize,
    bytes: usize,
    /// Free ranges, by address.
    free: Vec<Range<usize>>,
}

impl Chunk {
    fn new(bytes: usize) -> std::io::Result<Chunk> {
        // SAFETY: the name is a string; the answer is checked, and owned from here on.
        let file = unsafe {
            match libc::memfd_create(c"kestrel-stubs".as_ptr(), libc::MFD_CLOEXEC) {
                -1 => return Err(std::io::Error::last_os_error()),
                file => File::from_raw_fd(file),
            }
        };
        file.set_len(bytes as u64)?;
        let map = |protection| {
            // SAFETY: a mapping at an address of the system's choice touches nothing that exists.
            let at =
                unsafe { libc::mmap(std::ptr::null_mut(), bytes, protection, libc::MAP_SHARED, file.as_raw_fd(), 0) };
            if at == libc::MAP_FAILED { Err(std::io::Error::last_os_error()) } else { Ok(at as usize) }
        };
        let mut chunk = Chunk { base: 0, writable: 0, bytes, free: Vec::new() };
        chunk.base = map(libc::PROT_READ | libc::PROT_EXEC)?;
        chunk.writable = map(libc::PROT_READ | libc::PROT_WRITE)?;
        chunk.free.push(chunk.base..chunk.base + bytes);
        Ok(chunk)
    }

    fn take(&mut self, bytes: usize) -> Option<Range<usize>> {
        let at = self.free.iter().position(|range| range.len() >= bytes)?;
        let start = self.free[at].start;
        self.free[at].start += bytes;
        if self.free[at].is_empty() {
            self.free.remove(at);
        }
        Some(start..start + bytes)
    }

    fn give(&mut self, range: Range<usize>) {
        let at = self.free.partition_point(|free| free.start < range.start);
        self.free.insert(at, range);
        if self.free.get(at + 1).is_some_and(|next| next.start == self.free[at].end) {
            self.free[at].end = self.free.remove(at + 1).end;
        }
        if at > 0 && self.free[at - 1].end == self.free[at].start {
            self.free[at - 1].end = self.free.remove(at).end;
        }
    }

    fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.bytes
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        for mapping in [self.base, self.writable].into_iter().filter(|&at| at != 0) {
            // SAFETY: the mapping was made by `new`; it is dropped with the last unit and the last pool that know it.
            unsafe { libc::munmap(mapping as *mut libc::c_void, self.bytes) };
        }
    }
}

impl Pool {
    /// Has `write` fill this many bytes, at another address than the answer.
    fn fill(&self, bytes: usize, write: impl FnOnce(*mut u8)) -> std::io::Result<Range<usize>> {
        let mut chunks = self.0.borrow_mut();
        let found = chunks.iter_mut().enumerate().find_map(|(i, chunk)| Some((i, chunk.take(bytes)?)));
        let (i, range) = match found {
            Some(found) => found,
            None => {
                let mut chunk = Chunk::new(bytes.next_multiple_of(CHUNK))?;
                let range = chunk.take(bytes).unwrap_or_default();
                chunks.push(chunk);
                (chunks.len() - 1, range)
            }
        };
        write((chunks[i].writable + (range.start - chunks[i].base)) as *mut u8);
        Ok(range)
    }

    /// Where to write what is at an address that `fill` gave.
    fn writable(&self, address: usize) -> Option<usize> {
        let chunks = self.0.borrow();
        let chunk = chunks.iter().find(|chunk| chunk.contains(address))?;
        Some(chunk.writable + (address - chunk.base))
    }

    fn give(&self, range: Range<usize>) {
        let mut chunks = self.0.borrow_mut();
        let Some(i) = chunks.iter().position(|chunk| chunk.contains(range.start)) else { return };
        chunks[i].give(range);
        if chunks[i].bytes > CHUNK && chunks[i].free[0].len() == chunks[i].bytes {
            chunks.swap_remove(i);
        }
    }
}

/// A unit's stubs.
pub struct Stubs {
    pool: Pool,
    range: Range<usize>,
}

impl Stubs {
    /// Writes a stub for each of these; stub `i` is at [`Stubs::address`]. Sets `CODE_BASELINE` in the infos.
    /// The descriptors must live as long as any code of the unit may run.
    pub fn new(pool: &Pool, stubs: &[(CodeInfo, *const Descriptor)]) -> std::io::Result<Stubs> {
        let bytes = (stubs.len() * STUB).max(STUB);
        let range = pool.fill(bytes, |base| {
            for (i, &(info, descriptor)) in stubs.iter().enumerate() {
                let mut code = Vec::with_capacity(STUB);
                code.extend(MOV_RAX);
                code.extend((descriptor as u64).to_le_bytes());
                code.extend(JMP_R14);
                code.extend(ENTRY.to_le_bytes());
                // SAFETY: stub `i` lies inside the writable range of `bytes` bytes, whose start is a multiple of `STUB`.
                unsafe {
                    let at = base.add(i * STUB);
                    (at as *mut CodeInfo).write(CodeInfo { flags: info.flags | CODE_BASELINE, ..info });
                    at.add(size_of::<CodeInfo>()).copy_from_nonoverlapping(code.as_ptr(), code.len());
                }
            }
        })?;
        Ok(Stubs { pool: pool.clone(), range })
    }

    /// Makes stubs lead to other code addresses.
    pub fn redirect(&self, stubs: &[(usize, usize)]) {
        let Some(base) = self.pool.writable(self.range.start) else { return };
        for &(i, target) in stubs {
            let mut code = Vec::with_capacity(STUB);
            code.extend(MOV_RAX);
            code.extend((target as u64).to_le_bytes());
            code.extend(JMP_RAX);
            let at = (base + i * STUB) as *mut CodeInfo;
            // SAFETY: stub `i` is one of this unit's, and longer than the new code. None runs now: this is Rust code.
            unsafe {
                (*at).flags &= !CODE_BASELINE;
                (at.add(1) as *mut u8).copy_from_nonoverlapping(code.as_ptr(), code.len());
            }
        }
    }

    /// The code address of stub `i`.
    pub fn address(&self, i: usize) -> usize {
        self.range.start + i * STUB + size_of::<CodeInfo>()
    }

    /// Addresses of all stubs.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

impl Drop for Stubs {
    fn drop(&mut self) {
        self.pool.give(self.range());
    }
}

/// The multiple-values entry that belongs to the code address of a return point of a unit that still exists; the same address, if there is none.
pub fn values_entry(address: usize) -> usize {
    // SAFETY: code addresses have a `CodeInfo` below.
    address.wrapping_add_signed(unsafe { CodeInfo::of(address) }.mv_entry as isize)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_share_mappings_and_give_them_back() {
        let pool = Pool::default();
        let info = CodeInfo {
            raw_slots: 0,
            unit: 7,
            site: 0,
            slots: 0,
            mv_entry: 0,
            kind: kestrel_runtime::abi::CodeKind::Procedure,
            reg_args: 0,
            stack_args: 0,
            flags: 0,
        };
        let make = |n: usize| Stubs::new(&pool, &vec![(info, std::ptr::null()); n]).expect("memory");
        let mut units: Vec<Stubs> = (0..1000).map(|i| make(1 + i % 5)).collect();
        let chunks = pool.0.borrow().len();
        for round in 0..20 {
            // Every second one goes, and others take their places.
            let mut i = 0;
            units.retain(|_| {
                i += 1;
                (i + round) % 2 == 0
            });
            units.extend((0..500).map(|i| make(1 + i % 5)));
            // SAFETY: stubs have been written at all of these addresses.
            assert!(units.iter().all(|unit| unsafe { CodeInfo::of(unit.address(0)) }.unit == 7));
        }
        assert!(pool.0.borrow().len() <= chunks + 1);
        let large = make(CHUNK / STUB + 1);
        assert!(pool.0.borrow().len() > chunks);
        // SAFETY: stubs have been written at all of these addresses.
        let is_baseline = |unit: &Stubs| unsafe { CodeInfo::of(unit.address(0)) }.flags & CODE_BASELINE != 0;
        assert!(units.iter().all(is_baseline));
        units[3].redirect(&[(0, units[4].address(0))]);
        assert_eq!(units.iter().position(|unit| !is_baseline(unit)), Some(3));
        drop((units, large));
        let pool = pool.0.borrow();
        assert!(pool.iter().all(|chunk| chunk.free.len() == 1 && chunk.free[0].len() == chunk.bytes));
    }
}
