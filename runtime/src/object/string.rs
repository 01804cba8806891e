//! Strings: a header (length), a width flag and separate storage, so that `string-set!` can widen.
//!
//! Storage is one byte a character (Latin-1) or four (UTF-32). Every constructor chooses the narrow form when the characters fit; a string that
//! was widened stays wide, so equality and hashing compare characters, never bytes of different widths.

use super::{MAX_LENGTH, view};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;
use std::cmp::Ordering;
use std::ops::Range;

/// A string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Str(Value);

view!(
    /// Storage of a string.
    StringData
);

/// The characters of a string, in either width.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    /// Latin-1.
    Narrow(&'a [u8]),
    /// UTF-32; every element is a scalar value.
    Wide(&'a [u32]),
}

impl<'a> Text<'a> {
    /// Number of characters.
    pub fn len(self) -> usize {
        match self {
            Text::Narrow(b) => b.len(),
            Text::Wide(w) => w.len(),
        }
    }
    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// A part; the whole if the range does not fit.
    pub fn slice(self, r: Range<usize>) -> Text<'a> {
        match self {
            Text::Narrow(b) => Text::Narrow(b.get(r).unwrap_or(b)),
            Text::Wide(w) => Text::Wide(w.get(r).unwrap_or(w)),
        }
    }
    /// The characters.
    pub fn chars(self) -> impl DoubleEndedIterator<Item = char> + 'a {
        let (narrow, wide): (&[u8], &[u32]) = match self {
            Text::Narrow(b) => (b, &[]),
            Text::Wide(w) => (&[], w),
        };
        narrow.iter().map(|&b| b as char).chain(wide.iter().map(|&c| char::from_u32(c).unwrap_or('\u{fffd}')))
    }
    /// Appends the characters in UTF-8.
    pub fn push_utf8(self, out: &mut Vec<u8>) {
        match self {
            Text::Narrow(b) if b.is_ascii() => out.extend_from_slice(b),
            _ => {
                let mut buf = [0; 4];
                self.chars().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut buf).as_bytes()));
            }
        }
    }
    /// Order by code points.
    pub fn compare(self, other: Text<'_>) -> Ordering {
        match (self, other) {
            (Text::Narrow(a), Text::Narrow(b)) => a.cmp(b),
            (Text::Wide(a), Text::Wide(b)) => a.cmp(b),
            _ => self.chars().cmp(other.chars()),
        }
    }
    /// Whether the characters are the same.
    #[inline]
    pub fn same(self, other: Text<'_>) -> bool {
        self.len() == other.len()
            && match (self, other) {
                (Text::Narrow(a), Text::Narrow(b)) => a == b,
                (Text::Wide(a), Text::Wide(b)) => a == b,
                _ => self.chars().eq(other.chars()),
            }
    }
    /// Whether every character fits in one byte.
    pub fn fits_narrow(self) -> bool {
        match self {
            Text::Narrow(_) => true,
            Text::Wide(w) => w.iter().all(|&c| c <= 0xff),
        }
    }
}

impl Str {
    /// The view, if the value is a string.
    #[inline]
    pub fn of(v: Value) -> Option<Str> {
        v.is_a(ObjectType::String).then_some(Str(v))
    }
    /// The value.
    #[inline]
    pub fn value(self) -> Value {
        self.0
    }
    /// Number of characters.
    #[inline]
    pub fn len(self) -> usize {
        self.0.object_length()
    }
    /// Whether it has no characters.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Whether it uses four bytes a character.
    #[inline]
    pub fn is_wide(self, ctx: &Ctx) -> bool {
        ctx.field(self.0, STRING_FLAGS).0 & STRING_WIDE != 0
    }
    #[inline]
    fn storage(self, ctx: &Ctx) -> usize {
        ctx.field(self.0, STRING_DATA).address() + OBJECT_PAYLOAD
    }
    /// The characters.
    #[inline]
    pub fn text<'a>(self, ctx: &'a Ctx) -> Text<'a> {
        let (storage, len) = (self.storage(ctx), self.len());
        if self.is_wide(ctx) {
            // SAFETY: wide storage holds `len` 32-bit characters, which nothing changes while the context is borrowed.
            Text::Wide(unsafe { std::slice::from_raw_parts(storage as *const u32, len) })
        } else {
            // SAFETY: narrow storage holds `len` bytes, which nothing changes while the context is borrowed.
            Text::Narrow(unsafe { std::slice::from_raw_parts(storage as *const u8, len) })
        }
    }
    /// Character `i`; `None` beyond the end.
    #[inline]
    pub fn get(self, ctx: &Ctx, i: usize) -> Option<char> {
        match self.text(ctx) {
            Text::Narrow(b) => b.get(i).map(|&b| b as char),
            Text::Wide(w) => w.get(i).and_then(|&c| char::from_u32(c)),
        }
    }
    /// Gives the string four bytes a character, if it has not.
    fn widen(self, ctx: &mut Ctx, who: &'static str) -> Result<(), Value> {
        if self.is_wide(ctx) {
            return Ok(());
        }
        ctx.check_size(who, self.len(), 4)?;
        let data = ctx.alloc_object(header(ObjectType::StringData, self.len() * 4), self.len() * 4);
        let (from, to) = (self.storage(ctx) as *const u8, (data.address() + OBJECT_PAYLOAD) as *mut u32);
        for i in 0..self.len() {
            // SAFETY: `i` is below the length, which both storages have.
            unsafe { *to.add(i) = *from.add(i) as u32 };
        }
        ctx.set_field(self.0, STRING_DATA, data);
        ctx.init_field(self.0, STRING_FLAGS, Value(STRING_WIDE));
        Ok(())
    }
    /// Changes character `i` (nothing happens beyond the end); widens the string if it must.
    pub fn set(self, ctx: &mut Ctx, who: &'static str, i: usize, c: char) -> Result<(), Value> {
        self.fill(ctx, who, i..i.saturating_add(1), c)
    }
    /// Changes a range of characters, as far as it lies in the string; widens the string if it must.
    pub fn fill(self, ctx: &mut Ctx, who: &'static str, range: Range<usize>, c: char) -> Result<(), Value> {
        if c as u32 > 0xff && !range.is_empty() {
            self.widen(ctx, who)?;
        }
        let storage = self.storage(ctx);
        for i in range.start..range.end.min(self.len()) {
            // SAFETY: `i` is below the length of the storage, whose width was just made to fit.
            unsafe {
                if self.is_wide(ctx) {
                    *(storage as *mut u32).add(i) = c as u32;
                } else {
                    *(storage as *mut u8).add(i) = c as u8;
                }
            }
        }
        Ok(())
    }
    /// Copies `from[range]` to `self[at..]`, as if through a third string; widens `self` if it must. Ranges that do not fit are cut.
    pub fn copy_from(
        self,
        ctx: &mut Ctx,
        who: &'static str,
        at: usize,
        from: Str,
        range: Range<usize>,
    ) -> Result<(), Value> {
        let end = range.end.min(from.len());
        let n = end.saturating_sub(range.start).min(self.len().saturating_sub(at));
        if n == 0 {
            return Ok(());
        }
        if !self.is_wide(ctx) && !from.text(ctx).slice(range.start..range.start + n).fits_narrow() {
            self.widen(ctx, who)?;
        }
        let (to, source) = (self.storage(ctx), from.storage(ctx));
        let start = range.start;
        // SAFETY: both ranges were cut to their strings' lengths; equal widths use an overlapping copy, and different widths are
        // different storages. Narrow targets only get characters that fit.
        unsafe {
            match (self.is_wide(ctx), from.is_wide(ctx)) {
                (false, false) => std::ptr::copy((source + start) as *const u8, (to + at) as *mut u8, n),
                (true, true) => std::ptr::copy((source as *const u32).add(start), (to as *mut u32).add(at), n),
                (true, false) => {
                    for i in 0..n {
                        *(to as *mut u32).add(at + i) = *(source as *const u8).add(start + i) as u32;
                    }
                }
                (false, true) => {
                    for i in 0..n {
                        *(to as *mut u8).add(at + i) = *(source as *const u32).add(start + i) as u8;
                    }
                }
            }
        }
        Ok(())
    }
    /// The characters as a Rust string.
    pub fn to_rust(self, ctx: &Ctx) -> String {
        match self.text(ctx) {
            Text::Narrow(b) if b.is_ascii() => String::from_utf8_lossy(b).into_owned(),
            t => t.chars().collect(),
        }
    }
}

impl Ctx {
    /// A fresh string of `n` NUL characters, to be filled.
    pub fn make_string(&mut self, who: &'static str, n: usize, wide: bool) -> Result<Str, Value> {
        let unit = if wide { 4 } else { 1 };
        self.check_size(who, n, unit)?;
        Ok(self.alloc_string(n, unit))
    }
    fn alloc_string(&mut self, n: usize, unit: usize) -> Str {
        let data = self.alloc_object(header(ObjectType::StringData, n * unit), n * unit);
        let flags = Value(if unit == 4 { STRING_WIDE } else { 0 });
        let p = self.alloc_raw(OBJECT_PAYLOAD + 2 * WORD);
        // SAFETY: fresh memory of three words and one of padding.
        unsafe {
            p.write(header(ObjectType::String, n));
            p.add(STRING_FLAGS / WORD).write(flags.0);
            p.add(STRING_DATA / WORD).write(data.0);
            p.add(3).write(0);
        }
        Str(Value(p as u64 | TAG_OBJECT))
    }
    /// A fresh string of Latin-1 characters.
    pub fn string_from_latin1(&mut self, bytes: &[u8]) -> Str {
        let s = self.alloc_string(bytes.len(), 1);
        let storage = s.storage(self) as *mut u8;
        // SAFETY: the fresh storage has exactly that many bytes.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), storage, bytes.len()) };
        s
    }
    /// A fresh string of characters given as an iterator (walked twice) and their number.
    pub fn string_from_chars(&mut self, chars: impl Iterator<Item = char> + Clone) -> Str {
        let (mut n, mut top) = (0, 0);
        for c in chars.clone() {
            n += 1;
            top |= c as u32;
        }
        debug_assert!(n <= MAX_LENGTH);
        let s = self.alloc_string(n, if top > 0xff { 4 } else { 1 });
        let storage = s.storage(self);
        for (i, c) in chars.take(n).enumerate() {
            // SAFETY: `i` is below the length, and the width was chosen for the greatest character.
            unsafe {
                if top > 0xff {
                    *(storage as *mut u32).add(i) = c as u32;
                } else {
                    *(storage as *mut u8).add(i) = c as u8;
                }
            }
        }
        s
    }
    /// A fresh string.
    pub fn string_from(&mut self, text: &str) -> Str {
        if text.is_ascii() { self.string_from_latin1(text.as_bytes()) } else { self.string_from_chars(text.chars()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    #[test]
    fn width_follows_content() {
        let ctx = &mut *context();
        assert!(!ctx.string_from("stra\u{df}e").is_wide(ctx));
        assert!(ctx.string_from("\u{3bb}").is_wide(ctx));
        assert_eq!(ctx.string_from("a\u{1F600}b").to_rust(ctx), "a\u{1F600}b");
        assert_eq!(ctx.string_from("a\u{1F600}b").len(), 3);
    }

    #[test]
    fn set_widens_and_keeps_identity() {
        let ctx = &mut *context();
        let s = ctx.string_from("abc");
        assert!(s.set(ctx, "t", 1, '\u{3bb}').is_ok());
        assert!(s.is_wide(ctx));
        assert_eq!(s.to_rust(ctx), "a\u{3bb}c");
        assert!(s.set(ctx, "t", 1, 'b').is_ok());
        let plain = ctx.string_from("abc");
        assert!(s.text(ctx).same(plain.text(ctx)));
        assert_eq!(s.text(ctx).compare(plain.text(ctx)), Ordering::Equal);
    }

    #[test]
    fn copies_overlap_and_mix_widths() {
        let ctx = &mut *context();
        let s = ctx.string_from("abcdef");
        assert!(s.copy_from(ctx, "t", 2, s, 0..4).is_ok());
        assert_eq!(s.to_rust(ctx), "ababcd");
        assert!(s.copy_from(ctx, "t", 0, s, 2..6).is_ok());
        assert_eq!(s.to_rust(ctx), "abcdcd");
        let wide = ctx.string_from("x\u{3bb}y");
        assert!(s.copy_from(ctx, "t", 0, wide, 0..1).is_ok());
        assert!(!s.is_wide(ctx));
        assert!(s.copy_from(ctx, "t", 3, wide, 1..3).is_ok());
        assert_eq!(s.to_rust(ctx), "xbc\u{3bb}yd");
    }
}
