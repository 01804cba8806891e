//! The heap verifier: after a collection, every word that the collector would follow leads to a whole object of a living
//! space, and every old object that references an aged one lies on a dirty card. A violation is a bug of ours and panics.

use super::region::Space;
use super::shape::{is_scanned, length_of, object_bytes, type_of};
use crate::abi::{CodeInfo, CodeKind, Ctx};
use crate::layout::*;
use crate::value::Value;
use std::ops::Range;

/// Greatest type number.
const LAST_TYPE: u8 = ObjectType::Syntax as u8;

impl Ctx {
    pub(super) fn verify_heap(&mut self, live: &[Value]) {
        let frames = (self.regs.sp as usize - self.stack_base as usize) / WORD;
        for &v in live.iter().chain(&[self.condition, self.handlers, self.winders, self.parameters, self.link]) {
            self.verify_value(v, "register");
        }
        self.verify_frames(self.stack_base, frames);
        let heap = &self.runtime.heap;
        let old: Vec<Range<usize>> = heap.old.runs().iter().map(|run| run.start..run.top).collect();
        let aged: Vec<Range<usize>> = heap.aged.runs().iter().map(|run| run.start..run.top).collect();
        let large: Vec<usize> = heap.large.iter().map(|large| large.at).collect();
        let statics = heap.statics.root_words();
        self.verify_words(statics, false);
        aged.into_iter().for_each(|words| self.verify_words(words, false));
        old.into_iter().for_each(|words| self.verify_words(words, true));
        for at in large {
            self.verify_large(at);
        }
    }

    fn verify_large(&mut self, at: usize) {
        // SAFETY: large objects start with their header.
        let head = unsafe { *(at as *const u64) };
        let space = self.runtime.heap.region.space(at);
        assert!(matches!(space, Space::LargeAged | Space::LargeOld), "a large object is {space:?}");
        assert!(head & TAG_MASK == TAG_HEADER, "a large object starts with {head:x}");
        if is_scanned(head) {
            self.verify_words(at + OBJECT_PAYLOAD..at + object_bytes(head), space == Space::LargeOld);
        } else if type_of(head) == ObjectType::StackSegment as u8 {
            self.verify_frames((at + OBJECT_PAYLOAD) as *const u64, length_of(head));
        }
    }

    fn verify_words(&mut self, words: Range<usize>, old: bool) {
        for at in words.step_by(WORD) {
            // SAFETY: the range consists of words of objects.
            let v = Value(unsafe { *(at as *const u64) });
            self.verify_value(v, "heap");
            if old && v.is_pointer() && !self.is_static(v) {
                let region = &mut self.runtime.heap.region;
                let aged = matches!(region.space(v.address()), Space::Aged | Space::AgedData | Space::LargeAged);
                assert!(
                    !aged || region.cards(at, WORD)[0] != 0,
                    "old word at {at:x} leads to an aged object unnoticed"
                );
            }
        }
    }

    fn verify_frames(&self, slice: *const u64, mut words: usize) {
        while words > 0 {
            // SAFETY: the slice consists of whole frames; that is what the assertions check.
            unsafe {
                let info = CodeInfo::of(*slice.add(words - 1) as usize);
                assert!(matches!(info.kind, CodeKind::Return | CodeKind::RaiseReturn), "a frame of {info:?}");
                let slots = info.slots as usize;
                assert!(slots < words, "a frame is larger than its slice");
                words -= slots + 1;
                for i in (0..slots).filter(|&i| i >= 64 || info.raw_slots >> i & 1 == 0) {
                    self.verify_value(Value(*slice.add(words + i)), "frame");
                }
            }
        }
    }

    fn verify_value(&self, v: Value, holder: &str) {
        if !v.is_pointer() {
            return;
        }
        let at = v.address();
        let region = &self.runtime.heap.region;
        assert!(region.contains(at) && at.is_multiple_of(ALIGN), "{holder}: {v:?} leads out of the heap");
        let space = region.space(at);
        if !self.is_static(v) {
            let fine = matches!(
                space,
                Space::Aged | Space::AgedData | Space::Old | Space::OldData | Space::LargeAged | Space::LargeOld
            );
            assert!(fine, "{holder}: {v:?} leads to {space:?} memory");
        }
        let head = self.field(v, 0).0;
        match v.tag() {
            TAG_CLOSURE if self.is_static(v) && head == 0 => {}
            TAG_CLOSURE => {
                // SAFETY: a closure's first word is a code address; that is what is being checked.
                let info = unsafe { CodeInfo::of(head as usize) };
                assert!(
                    head.is_multiple_of(16) && info.kind == CodeKind::Procedure,
                    "{holder}: {v:?} has code {head:x}"
                );
            }
            TAG_OBJECT => {
                let fine = head & TAG_MASK == TAG_HEADER && (1..=LAST_TYPE).contains(&type_of(head));
                assert!(fine, "{holder}: {v:?} has header {head:x}");
            }
            _ => assert!(head & TAG_MASK != TAG_HEADER, "{holder}: pair {v:?} holds header {head:x}"),
        }
    }
}
