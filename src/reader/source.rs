//! Where the reader's characters come from.

/// A sequence of characters with one character of lookahead.
pub trait CharSource {
    /// The next character, which stays; `None` at the end.
    fn peek(&mut self) -> Option<char>;
    /// Takes the next character.
    fn next(&mut self) -> Option<char>;
    /// Byte offset of the next character.
    fn offset(&self) -> u32;
}

/// A text in memory.
pub struct StrSource<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> StrSource<'a> {
    /// From the start of a text. Offsets beyond 2^32 - 1 stay at that.
    pub fn new(text: &'a str) -> Self {
        StrSource { text, position: 0 }
    }
    /// From a byte offset of a text.
    pub fn at(text: &'a str, position: usize) -> Self {
        StrSource { text, position }
    }
}

impl CharSource for StrSource<'_> {
    #[inline]
    fn peek(&mut self) -> Option<char> {
        match self.text.as_bytes().get(self.position) {
            Some(&b) if b < 0x80 => Some(b as char),
            Some(_) => self.text[self.position..].chars().next(),
            None => None,
        }
    }
    #[inline]
    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.position += c.len_utf8();
        Some(c)
    }
    #[inline]
    fn offset(&self) -> u32 {
        u32::try_from(self.position).unwrap_or(u32::MAX)
    }
}

impl<S: CharSource + ?Sized> CharSource for &mut S {
    fn peek(&mut self) -> Option<char> {
        (**self).peek()
    }
    fn next(&mut self) -> Option<char> {
        (**self).next()
    }
    fn offset(&self) -> u32 {
        (**self).offset()
    }
}
