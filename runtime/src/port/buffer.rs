//! One port's state: its buffer, its file, its position.

use super::PortKind;
use super::text::{Decoded, decode};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsRawFd;

/// Bytes read from a file at a time, and gathered before they are written.
const CHUNK: usize = 64 * 1024;
/// Output in memory up to here is not held against the memory limit.
const SMALL: usize = 1 << 20;

/// Why an operation failed.
#[derive(Debug)]
pub enum Failure {
    /// The system said so.
    Io(io::Error),
    /// Output in memory of that many bytes would exceed the limit.
    Memory(usize),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

/// The state of a port.
pub struct PortData {
    /// What it is for.
    pub kind: PortKind,
    /// Name for messages: of the file, or what it is.
    pub name: String,
    /// Whether `read` folds case (`#!fold-case`).
    pub fold_case: bool,
    /// Output is written out at once.
    pub(super) is_unbuffered: bool,
    /// Reading more input first writes out what the standard output has buffered.
    pub(super) flushes_output_first: bool,
    is_open: bool,
    /// What was last written out did not end a line.
    pub(super) is_mid_line: bool,
    /// Output is written out at the end of a line.
    is_interactive: bool,
    /// `None`: memory.
    file: Option<File>,
    /// Input: what has been read, unread from `at` on. Output: what is not yet written.
    buffer: Vec<u8>,
    at: usize,
    /// Line and column (from 1, in characters) of `buffer[counted]`.
    line: usize,
    column: usize,
    counted: usize,
}

impl Drop for PortData {
    fn drop(&mut self) {
        // Nobody is left to be told of an error.
        let _ = self.flush();
    }
}

impl PortData {
    fn new(name: &str, kind: PortKind, file: Option<File>, buffer: Vec<u8>) -> PortData {
        PortData {
            kind,
            name: name.to_owned(),
            fold_case: false,
            is_unbuffered: false,
            flushes_output_first: false,
            is_open: true,
            is_mid_line: false,
            is_interactive: kind.contains(PortKind::OUTPUT) && file.as_ref().is_some_and(File::is_terminal),
            file,
            buffer,
            at: 0,
            line: 1,
            column: 1,
            counted: 0,
        }
    }
    /// A port on a file; without one, always at its end and deaf.
    pub fn file(name: &str, kind: PortKind, file: Option<File>) -> PortData {
        PortData::new(name, kind, file, Vec::new())
    }
    /// An input port on bytes in memory.
    pub fn input(name: &str, kind: PortKind, content: Vec<u8>) -> PortData {
        PortData::new(name, kind | PortKind::INPUT, None, content)
    }
    /// An output port that gathers bytes in memory.
    pub fn output(name: &str, kind: PortKind) -> PortData {
        PortData::new(name, kind | PortKind::OUTPUT | PortKind::MEMORY, None, Vec::new())
    }
    /// Stands for a port that is gone.
    pub fn closed() -> PortData {
        let mut data = PortData::new("closed", PortKind::empty(), None, Vec::new());
        data.is_open = false;
        data
    }
    /// Whether it can still be used.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.is_open
    }
    /// Writes out and closes. What was gathered in memory can still be fetched.
    pub fn close(&mut self) -> io::Result<()> {
        let result = self.flush();
        self.is_open = false;
        self.file = None;
        if self.kind.contains(PortKind::INPUT) {
            self.buffer = Vec::new();
            self.at = 0;
            self.counted = 0;
        }
        result
    }

    // Input.

    /// What has been read and not been consumed.
    #[inline]
    pub fn unread(&self) -> &[u8] {
        &self.buffer[self.at..]
    }
    /// Consumes bytes of `unread`.
    #[inline]
    pub fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.buffer.len());
    }
    /// Whether the next refill would ask the system.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }
    /// Reads more into `unread`; false at the end. A terminal may go on after its end.
    #[cold]
    pub fn refill(&mut self) -> io::Result<bool> {
        let Some(file) = &mut self.file else { return Ok(false) };
        count(&mut self.line, &mut self.column, &self.buffer[self.counted..self.at]);
        self.buffer.drain(..self.at);
        self.at = 0;
        self.counted = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        let got = file.read(&mut self.buffer[old..]);
        self.buffer.truncate(old + *got.as_ref().unwrap_or(&0));
        Ok(got? > 0)
    }
    /// Line and column of the next character, both from 1.
    pub fn position(&mut self) -> (usize, usize) {
        count(&mut self.line, &mut self.column, &self.buffer[self.counted..self.at]);
        self.counted = self.at;
        (self.line, self.column)
    }
    /// The next character and its bytes; `None` at the end.
    #[inline]
    pub fn peek(&mut self) -> io::Result<Option<(char, usize)>> {
        match self.buffer.get(self.at) {
            Some(&b) if b < 0x80 => Ok(Some((b as char, 1))),
            _ => self.peek_slow(),
        }
    }
    #[cold]
    fn peek_slow(&mut self) -> io::Result<Option<(char, usize)>> {
        let Some(n) = self.peek_at(0)? else { return Ok(None) };
        let c = match decode(self.unread()) {
            Decoded::Char(c, _) => c,
            _ => char::REPLACEMENT_CHARACTER,
        };
        Ok(Some((c, n)))
    }
    /// Bytes of the character `offset` bytes further on, all of which have been peeked at; `None` at the end.
    pub fn peek_at(&mut self, offset: usize) -> io::Result<Option<usize>> {
        loop {
            match decode(self.unread().get(offset..).unwrap_or(&[])) {
                Decoded::Char(_, n) | Decoded::Invalid(n) => return Ok(Some(n)),
                Decoded::Incomplete if self.refill()? => {}
                Decoded::Incomplete => {
                    let left = self.unread().len().saturating_sub(offset);
                    return Ok((left > 0).then_some(left));
                }
            }
        }
    }
    /// The next byte; `None` at the end.
    #[inline]
    pub fn peek_byte(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.buffer.len() && !self.refill()? {
            return Ok(None);
        }
        Ok(self.buffer.get(self.at).copied())
    }
    /// Makes `unread` hold a whole line, if it is not the last; answers the bytes of the line and those with its end: LF, CR, or CR LF.
    /// `None` at the end of input.
    #[inline]
    pub fn find_line(&mut self) -> io::Result<Option<(usize, usize)>> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.at..];
            match memchr::memchr2(b'\n', b'\r', &unread[searched..]) {
                Some(i) => {
                    let end = searched + i;
                    if unread[end] == b'\n' {
                        return Ok(Some((end, end + 1)));
                    }
                    let has_next = unread.len() > end + 1 || self.refill()?;
                    let pair = has_next && self.unread().get(end + 1) == Some(&b'\n');
                    return Ok(Some((end, end + 1 + pair as usize)));
                }
                None => {
                    searched = unread.len();
                    if !self.refill()? {
                        return Ok((searched > 0).then_some((searched, searched)));
                    }
                }
            }
        }
    }
    /// Makes `unread` hold `wanted` bytes, unless the input ends before; answers how many of them there are.
    pub fn fill_to(&mut self, wanted: usize) -> io::Result<usize> {
        while self.unread().len() < wanted && self.refill()? {}
        Ok(self.unread().len().min(wanted))
    }
    /// Whether reading would not wait. `character`: for a whole character.
    pub fn is_ready(&self, character: bool) -> bool {
        let unread = self.unread();
        let buffered = if character { !matches!(decode(unread), Decoded::Incomplete) } else { !unread.is_empty() };
        if buffered {
            return true;
        }
        let Some(file) = &self.file else { return true };
        let mut poll = libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one valid pollfd; a time of 0 does not wait.
        unsafe { libc::poll(&mut poll, 1, 0) > 0 }
    }

    // Output.

    /// Writes bytes; memory may grow up to `limit`.
    #[inline]
    pub fn write(&mut self, bytes: &[u8], limit: usize) -> Result<(), Failure> {
        let size = self.buffer.len() + bytes.len();
        if size <= CHUNK && !self.is_interactive && !self.is_unbuffered {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        }
        self.write_slow(bytes, limit)
    }
    #[cold]
    fn write_slow(&mut self, bytes: &[u8], limit: usize) -> Result<(), Failure> {
        if self.file.is_none() {
            if self.kind.contains(PortKind::MEMORY) {
                let size = self.buffer.len() + bytes.len();
                // A vector that grows may need twice its size.
                if size > SMALL && size > limit / 4 {
                    return Err(Failure::Memory(size));
                }
                self.buffer.extend_from_slice(bytes);
            }
            return Ok(());
        }
        if self.buffer.len() + bytes.len() > CHUNK {
            self.flush()?;
        }
        if bytes.len() > CHUNK {
            self.buffer.clear();
            self.is_mid_line = bytes.last() != Some(&b'\n');
            let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes));
            return written.map_err(Failure::from);
        }
        self.buffer.extend_from_slice(bytes);
        if self.is_unbuffered || (self.is_interactive && bytes.contains(&b'\n')) {
            self.flush()?;
        }
        Ok(())
    }
    /// Writes out what is buffered for a file. What cannot be written is dropped, so that the error is reported once.
    pub fn flush(&mut self) -> io::Result<()> {
        if !self.kind.contains(PortKind::OUTPUT) || self.kind.contains(PortKind::MEMORY) || self.buffer.is_empty() {
            return Ok(());
        }
        let result = self.file.as_mut().map_or(Ok(()), |file| file.write_all(&self.buffer));
        self.is_mid_line = self.buffer.last() != Some(&b'\n');
        self.buffer.clear();
        result
    }
    /// What an output port in memory has gathered.
    pub fn gathered(&self) -> &[u8] {
        &self.buffer
    }
}

/// Moves a position past bytes.
fn count(line: &mut usize, column: &mut usize, bytes: &[u8]) {
    let newlines = memchr::memchr_iter(b'\n', bytes).count();
    let last_line = match memchr::memrchr(b'\n', bytes) {
        Some(i) => {
            *line += newlines;
            *column = 1;
            &bytes[i + 1..]
        }
        None => bytes,
    };
    *column += last_line.iter().filter(|&&b| b & 0xc0 != 0x80).count();
}
