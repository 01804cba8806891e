//! UTF-8, one character at a time.

/// What bytes begin with.
pub enum Decoded {
    /// A character of that many bytes.
    Char(char, usize),
    /// That many bytes that cannot begin a character; they read as U+FFFD.
    Invalid(usize),
    /// Nothing yet, or the first bytes of a character.
    Incomplete,
}

/// Decodes the first character.
pub fn decode(bytes: &[u8]) -> Decoded {
    let head = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.valid_up_to() == 0 => {
            return e.error_len().map_or(Decoded::Incomplete, Decoded::Invalid);
        }
        Err(e) => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or(""),
    };
    valid.chars().next().map_or(Decoded::Incomplete, |c| Decoded::Char(c, c.len_utf8()))
}
