//! To-space: runs of blocks of one space that are filled from the bottom and scanned by a cursor.

use super::region::{BLOCK, Region, Space};

/// A block (or a few) that holds objects up to `top`.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// First address.
    pub start: usize,
    /// One past the last object.
    pub top: usize,
    /// One past the last block; there is more than one only for an object that is larger than a block.
    pub end: usize,
}

/// The objects of one space.
pub struct Area {
    space: Space,
    runs: Vec<Run>,
    /// Where scanning goes on: a run and an address in it.
    cursor: (usize, usize),
}

impl Area {
    /// An empty area.
    pub fn new(space: Space) -> Area {
        Area { space, runs: Vec::new(), cursor: (0, 0) }
    }
    /// Room for an object of `bytes` bytes; `None` when the address range is exhausted.
    #[inline]
    pub fn alloc(&mut self, region: &mut Region, bytes: usize) -> Option<usize> {
        match self.runs.last_mut() {
            Some(run) if run.end - run.top >= bytes => {
                run.top += bytes;
                Some(run.top - bytes)
            }
            _ => {
                let size = bytes.next_multiple_of(BLOCK);
                let start = region.take(size, self.space)?;
                self.runs.push(Run { start, top: start + bytes, end: start + size });
                Some(start)
            }
        }
    }
    /// The runs.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
    /// Takes all runs away; what is allocated from now on lies in fresh ones.
    pub fn take(&mut self) -> Vec<Run> {
        self.cursor = (0, 0);
        std::mem::take(&mut self.runs)
    }
    /// Starts scanning behind the last object.
    pub fn start_scan(&mut self) {
        self.cursor = (self.runs.len().saturating_sub(1), self.runs.last().map_or(0, |run| run.top));
    }
    /// The next words that have not been scanned.
    pub fn next_unscanned(&mut self) -> Option<std::ops::Range<usize>> {
        loop {
            let (i, at) = self.cursor;
            let run = self.runs.get(i)?;
            let at = at.max(run.start);
            if at < run.top {
                self.cursor = (i, run.top);
                return Some(at..run.top);
            }
            if i + 1 == self.runs.len() {
                return None;
            }
            self.cursor = (i + 1, 0);
        }
    }
    /// Bytes of its blocks.
    pub fn bytes(&self) -> usize {
        self.runs.iter().map(|run| run.end - run.start).sum()
    }
}
