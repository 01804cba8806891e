//! The address range that holds everything: static area first, then blocks of [`BLOCK`] bytes, with two side tables.
//!
//! ```text
//! base                static_base + STATIC_BYTES            end
//! | literals … | roots … | nursery and other blocks …          |
//! ```
//!
//! One byte per block ([`Space`]) says what lies in it; one byte per card says whether it may have been written since the
//! last collection. The range is reserved once and backed by the system as it is touched. Memory never moves
//! between the side tables' owners: only [`super::collect`] changes a block's space.

use crate::layout::{CARD_SHIFT, STATIC_BYTES};
use std::collections::BTreeMap;

/// Bytes of a block.
pub const BLOCK: usize = 1 << BLOCK_SHIFT;
/// Binary logarithm of [`BLOCK`].
pub const BLOCK_SHIFT: u32 = 14;
/// Objects of more bytes get blocks of their own and never move.
pub const LARGE: usize = BLOCK / 2;

/// What a block holds.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Space {
    /// Nothing.
    Free = 0,
    /// Objects allocated since the last collection.
    Young = 1,
    /// Survivors of one collection.
    Aged = 2,
    /// Aged objects that are not scanned word by word.
    AgedData = 3,
    /// Old objects, all of whose words are values, headers or code addresses.
    Old = 4,
    /// Old objects that are not scanned word by word.
    OldData = 5,
    /// A large object allocated since the last collection.
    LargeYoung = 6,
    /// A large object that survived one collection.
    LargeAged = 7,
    /// A large old object.
    LargeOld = 8,
    /// During a collection: what is left behind when the living have been moved out; they become aged.
    FromYoung = 9,
    /// The same, of objects that become old.
    FromOld = 10,
    /// During a collection: a large object not yet found alive, which would become aged.
    LargeFromYoung = 11,
    /// The same, which would become old.
    LargeFromOld = 12,
}

/// The reserved range and its side tables.
pub struct Region {
    /// First address: the static area.
    pub base: usize,
    /// First address of the blocks.
    pub blocks: usize,
    /// One past the last address.
    pub end: usize,
    /// The mapping that the range is the aligned part of: address and bytes.
    mapping: (usize, usize),
    spaces: *mut u8,
    cards: *mut u8,
    free: BTreeMap<usize, usize>,
    frontier: usize,
}

fn reserve(bytes: usize) -> Option<usize> {
    // SAFETY: an anonymous mapping at an address of the system's choice touches nothing that exists.
    let p = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    (p != libc::MAP_FAILED).then_some(p as usize)
}

impl Region {
    /// Reserves room for about `heap` bytes of objects; `None` if the system refuses even a small range.
    pub fn new(heap: usize) -> Option<Region> {
        let mut bytes = heap.saturating_mul(4).clamp(16 << 30, 1 << 42).next_multiple_of(BLOCK) + STATIC_BYTES;
        let base = loop {
            match reserve(bytes + BLOCK) {
                Some(base) => break base,
                None if bytes <= STATIC_BYTES + (64 << 20) => return None,
                None => bytes = STATIC_BYTES + ((bytes - STATIC_BYTES) / 2).next_multiple_of(BLOCK),
            }
        };
        let start = base.next_multiple_of(BLOCK);
        let spaces = reserve(bytes >> BLOCK_SHIFT)?;
        let cards = reserve((bytes >> CARD_SHIFT) + 1)?;
        Some(Region {
            base: start,
            blocks: start + STATIC_BYTES,
            end: start + bytes,
            mapping: (base, bytes + BLOCK),
            spaces: spaces as *mut u8,
            cards: cards as *mut u8,
            free: BTreeMap::new(),
            frontier: start + STATIC_BYTES,
        })
    }

    /// The card table's address minus the number of the first card, as `Ctx::card_table` wants it.
    pub fn biased_cards(&self) -> usize {
        (self.cards as usize).wrapping_sub(self.base >> CARD_SHIFT)
    }

    /// Whether an address lies in the range.
    pub fn contains(&self, address: usize) -> bool {
        (self.base..self.end).contains(&address)
    }

    /// What the block of an address holds. The static area's blocks answer [`Space::Free`].
    pub fn space(&self, address: usize) -> Space {
        debug_assert!(self.contains(address));
        // SAFETY: the table has a byte for each block of the range, and only `set_space` writes it.
        unsafe { std::mem::transmute(*self.spaces.add((address - self.base) >> BLOCK_SHIFT)) }
    }

    /// Marks `bytes` (whole blocks) from an address on.
    pub fn set_space(&mut self, address: usize, bytes: usize, space: Space) {
        debug_assert!(self.contains(address) && bytes.is_multiple_of(BLOCK));
        // SAFETY: the blocks lie in the range, so the bytes lie in the table.
        unsafe { self.spaces.add((address - self.base) >> BLOCK_SHIFT).write_bytes(space as u8, bytes >> BLOCK_SHIFT) }
    }

    /// The cards of a range of addresses.
    pub fn cards(&mut self, address: usize, bytes: usize) -> &mut [u8] {
        debug_assert!(self.contains(address) && address + bytes <= self.end);
        let first = (address - self.base) >> CARD_SHIFT;
        let last = (address + bytes - 1 - self.base) >> CARD_SHIFT;
        // SAFETY: the table covers the range, and `&mut self` makes the slice unique within the collector.
        unsafe { std::slice::from_raw_parts_mut(self.cards.add(first), last - first + 1) }
    }

    /// Takes `bytes` (whole blocks), with clean cards; `None` when the range is exhausted.
    pub fn take(&mut self, bytes: usize, space: Space) -> Option<usize> {
        debug_assert!(bytes.is_multiple_of(BLOCK) && bytes > 0);
        let found = self.free.iter().find(|&(_, &length)| length >= bytes).map(|(&at, &length)| (at, length));
        let at = match found {
            Some((at, length)) => {
                self.free.remove(&at);
                if length > bytes {
                    self.free.insert(at + bytes, length - bytes);
                }
                at
            }
            None if self.end - self.frontier >= bytes => {
                self.frontier += bytes;
                self.frontier - bytes
            }
            None => return None,
        };
        self.cards(at, bytes).fill(0);
        self.set_space(at, bytes, space);
        Some(at)
    }

    /// Gives back `bytes` from an address on.
    pub fn give(&mut self, address: usize, bytes: usize) {
        self.set_space(address, bytes, Space::Free);
        let (mut at, mut length) = (address, bytes);
        if let Some((&before, &n)) = self.free.range(..address).next_back()
            && before + n == address
        {
            (at, length) = (before, n + length);
        }
        if let Some(n) = self.free.remove(&(address + bytes)) {
            length += n;
        }
        self.free.insert(at, length);
    }

    /// Returns the memory of free runs of at least `least` bytes to the system.
    pub fn release_free(&mut self, least: usize) {
        for (&at, &length) in self.free.iter().filter(|&(_, &length)| length >= least) {
            // SAFETY: the run is unused; it reads as zeros afterwards.
            unsafe { libc::madvise(at as *mut libc::c_void, length, libc::MADV_DONTNEED) };
        }
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        let bytes = self.end - self.base;
        // SAFETY: the three mappings were made by `new` and nothing refers to them any more.
        unsafe {
            libc::munmap(self.mapping.0 as *mut libc::c_void, self.mapping.1);
            libc::munmap(self.spaces as *mut libc::c_void, bytes >> BLOCK_SHIFT);
            libc::munmap(self.cards as *mut libc::c_void, (bytes >> CARD_SHIFT) + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_taken_coalesced_and_reused() {
        let mut region = Region::new(1 << 20).expect("address space");
        let a = region.take(BLOCK, Space::Old).expect("room");
        let b = region.take(2 * BLOCK, Space::Young).expect("room");
        assert_eq!(region.space(b + BLOCK), Space::Young);
        region.cards(b, 2 * BLOCK)[3] = 1;
        region.give(a, BLOCK);
        region.give(b, 2 * BLOCK);
        assert_eq!(region.space(a), Space::Free);
        let all = region.take(3 * BLOCK, Space::Old).expect("room");
        assert_eq!(all, a);
        assert!(region.cards(all, 3 * BLOCK).iter().all(|&c| c == 0));
    }
}
