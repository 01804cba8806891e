//! Source files, byte spans, and the chain of where a piece of code came from.

use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// Number of a file in a [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A byte range of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Number of an origin in a [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Origin(pub u32);

/// Where an IR node came from: its span, the procedure around it, and, for inlined code, the call it was inlined at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OriginData {
    /// Position in the source.
    pub span: Span,
    /// Name of the enclosing procedure: a symbol value, or `#f`.
    pub procedure: kestrel_runtime::Value,
    /// The call site that this code was inlined at.
    pub inlined_at: Option<Origin>,
    /// The macro use that produced this code.
    pub expanded_from: Option<Span>,
}

/// One file's text.
pub struct SourceFile {
    /// Name as shown in messages.
    pub name: String,
    /// Path on disk, if it came from one.
    pub path: Option<PathBuf>,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// Whether it is a library that comes with Kestrel.
    pub fn is_embedded(&self) -> bool {
        self.path.is_none() && self.name.ends_with(".sld")
    }
}

/// All files and origins of an engine.
#[derive(Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    origins: Vec<OriginData>,
    /// What `inlined` has made: the origin, the one it is inlined at.
    copies: FxHashMap<(Origin, Origin), Origin>,
    /// What `shifted` has made.
    shifted: FxHashMap<(Origin, i8), Origin>,
    shifts: FxHashMap<Origin, i8>,
    /// Their keys, in the order in which they were made.
    copied: Vec<(Origin, Origin)>,
    parts: Vec<(Origin, i8)>,
}

/// How many origins there were; see [`SourceMap::forget`].
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    origins: usize,
    copied: usize,
    parts: usize,
}

impl SourceMap {
    /// A map whose file 0 is where code stands that was made by a program, and what stands nowhere.
    pub fn new() -> SourceMap {
        let mut map = SourceMap::default();
        map.add(SourceFile { name: "eval".to_owned(), path: None, text: String::new() });
        map
    }
    /// Adds a file and returns its number.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }
    /// A file that was read from a path before, with the same text.
    pub fn find(&self, path: &Path, text: &str) -> Option<FileId> {
        let found = self.files.iter().position(|file| file.path.as_deref() == Some(path) && file.text == text)?;
        Some(FileId(found as u32))
    }
    /// A file by its number.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
    /// The text of a span; empty if that is none.
    pub fn text_of(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
    /// Records an origin.
    pub fn origin(&mut self, data: OriginData) -> Origin {
        self.origins.push(data);
        Origin(self.origins.len() as u32 - 1)
    }
    /// An origin's data.
    pub fn origin_data(&self, o: Origin) -> &OriginData {
        &self.origins[o.0 as usize]
    }
    /// The origin of code that was at `inner` and is now a copy inlined at the call `at`. The same pair gives the same origin.
    pub fn inlined(&mut self, inner: Origin, at: Origin) -> Origin {
        let mut chain = vec![inner];
        let mut next = self.origin_data(inner).inlined_at;
        while let Some(outer) = next {
            chain.push(outer);
            next = self.origin_data(outer).inlined_at;
        }
        chain.into_iter().rev().fold(at, |outer, origin| {
            if let Some(&copy) = self.copies.get(&(origin, outer)) {
                return copy;
            }
            let data = *self.origin_data(origin);
            let copy = self.origin(OriginData { inlined_at: Some(outer), ..data });
            self.copies.insert((origin, outer), copy);
            self.copied.push((origin, outer));
            if let Some(&by) = self.shifts.get(&origin) {
                self.shifts.insert(copy, by);
            }
            copy
        })
    }
    /// The origin of a part of an application at `origin`, whose argument number n is the application's number n + `by`.
    pub fn shifted(&mut self, origin: Origin, by: i8) -> Origin {
        if by == 0 {
            return origin;
        }
        if let Some(&part) = self.shifted.get(&(origin, by)) {
            return part;
        }
        let part = self.origin(*self.origin_data(origin));
        self.shifted.insert((origin, by), part);
        self.parts.push((origin, by));
        self.shifts.insert(part, by);
        part
    }
    /// What to add to the positions of arguments in messages about code at an origin.
    pub fn shift(&self, origin: Origin) -> i8 {
        self.shifts.get(&origin).copied().unwrap_or(0)
    }
    /// What there is now.
    pub fn mark(&self) -> Mark {
        Mark { origins: self.origins.len(), copied: self.copied.len(), parts: self.parts.len() }
    }
    /// Forgets the origins made since: no program that mentions them is compiled any more. Files stay.
    pub fn forget(&mut self, mark: Mark) {
        for key in self.copied.drain(mark.copied.min(self.copied.len())..) {
            self.copies.remove(&key);
        }
        for key in self.parts.drain(mark.parts.min(self.parts.len())..) {
            self.shifted.remove(&key);
        }
        for origin in mark.origins..self.origins.len() {
            self.shifts.remove(&Origin(origin as u32));
        }
        self.origins.truncate(mark.origins);
    }
    /// Line and column (both from 1, columns in characters) of a byte offset.
    pub fn line_column(&self, file: FileId, offset: u32) -> (usize, usize) {
        let before = &self.file(file).text.as_bytes()[..(offset as usize).min(self.file(file).text.len())];
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |p| p + 1);
        (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kestrel_runtime::Value;

    #[test]
    fn inlining_extends_the_chain_at_its_outer_end() {
        let mut sources = SourceMap::default();
        let mut at = |start| {
            let span = Span { file: FileId(0), start, end: start };
            sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None })
        };
        let (code, call, outer_call) = (at(1), at(2), at(3));
        let once = sources.inlined(code, call);
        let twice = sources.inlined(once, outer_call);
        let mut starts = Vec::new();
        let mut next = Some(twice);
        while let Some(origin) = next {
            starts.push(sources.origin_data(origin).span.start);
            next = sources.origin_data(origin).inlined_at;
        }
        assert_eq!(starts, [1, 2, 3]);
        assert_eq!(sources.inlined(once, outer_call), twice);
    }
}
