//! Tokens to data.
//!
//! [`Reader::read`] keeps the open parentheses on a stack of its own. After an error it goes on to the end of the datum, so that all
//! errors of the datum are found, and puts a harmless datum in place of each bad token, so that one mistake gives one error. A text that ends
//! inside a datum gives an error of kind [`Kind::Incomplete`].
//!
//! Datum labels: a reference to a label whose datum is still being read becomes a placeholder; when the outermost datum is complete, one sweep
//! over the pairs and vectors just read replaces the placeholders. Labels are known within one outermost datum (R7RS 2.4).

use super::datum::{Data, Datum, DatumId, DatumKind};
use super::lexer::{Lexer, Token, abbreviation_length};
use super::source::CharSource;
use crate::arena::Idx;
use crate::diagnostic::{Diagnostic, Kind};
use crate::source::{FileId, Span};
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxHashMap;

/// Reads data from a source, one at a time.
pub struct Reader<S> {
    lexer: Lexer<S>,
    frames: Vec<Frame>,
    /// Elements of all open lists and vectors.
    items: Vec<DatumId>,
    errors: Vec<Diagnostic>,
    brackets_reported: bool,
    labels: FxHashMap<u64, Label>,
    placeholders: FxHashMap<DatumId, u64>,
}

/// A datum that is being read.
struct Frame {
    /// Where it starts.
    start: u32,
    /// Whether that is the start of a line.
    starts_line: bool,
    kind: FrameKind,
}

enum FrameKind {
    /// `base`: its first element in `items`; `dot`: how many items there were at the dot.
    List {
        base: usize,
        dot: Option<usize>,
    },
    Vector {
        base: usize,
    },
    Bytevector {
        base: usize,
    },
    Abbreviation(&'static str),
    Comment,
    Label(u64),
}

#[derive(Clone, Copy)]
enum Label {
    Open,
    Known(DatumId),
}

impl<S: CharSource> Reader<S> {
    /// A reader of a source; spans name `file`.
    pub fn new(source: S, file: FileId) -> Self {
        Reader {
            lexer: Lexer::new(source, file),
            frames: Vec::new(),
            items: Vec::new(),
            errors: Vec::new(),
            brackets_reported: false,
            labels: FxHashMap::default(),
            placeholders: FxHashMap::default(),
        }
    }
    /// Whether symbols are folded, as `#!fold-case` asks.
    pub fn fold_case(&self) -> bool {
        self.lexer.fold_case
    }
    /// Folds symbols from here on, or not.
    pub fn set_fold_case(&mut self, fold: bool) {
        self.lexer.fold_case = fold;
    }
    /// The source.
    pub fn source(&mut self) -> &mut S {
        self.lexer.source()
    }

    /// The next datum, added to `data`; `None` at the end of the text. Takes nothing beyond the datum's last character.
    pub fn read(&mut self, data: &mut Data) -> Result<Option<DatumId>, Vec<Diagnostic>> {
        self.frames.clear();
        self.items.clear();
        self.labels.clear();
        self.placeholders.clear();
        let first_new = data.len();
        let result = self.datum(data);
        if !self.errors.is_empty() {
            return Err(std::mem::take(&mut self.errors));
        }
        if !self.placeholders.is_empty() {
            self.replace_placeholders(data, first_new);
        }
        Ok(result)
    }

    fn datum(&mut self, data: &mut Data) -> Option<DatumId> {
        loop {
            let token = self.lexer.token();
            let span = self.lexer.span();
            let complete = match token {
                Ok(Token::OpenList) => self.open(span, FrameKind::List { base: self.items.len(), dot: None }),
                Ok(Token::OpenVector) => self.open(span, FrameKind::Vector { base: self.items.len() }),
                Ok(Token::OpenBytevector) => self.open(span, FrameKind::Bytevector { base: self.items.len() }),
                Ok(Token::Abbreviation(name)) => self.open(span, FrameKind::Abbreviation(name)),
                Ok(Token::DatumComment) => self.open(span, FrameKind::Comment),
                Ok(Token::LabelDefinition(n)) => {
                    if self.labels.insert(n, Label::Open).is_some() {
                        self.error(span, format!("the datum label {n} is defined twice"));
                    }
                    self.open(span, FrameKind::Label(n))
                }
                Ok(Token::LabelReference(n)) => Some(self.reference(data, span, n)),
                Ok(Token::Atom(kind)) => Some(data.push(Datum { kind, span })),
                Ok(Token::Close) => self.close(data, span),
                Ok(Token::Bracket(c)) => {
                    self.bracket(span, c);
                    match c {
                        '[' => self.open(span, FrameKind::List { base: self.items.len(), dot: None }),
                        _ => self.close(data, span),
                    }
                }
                Ok(Token::Dot) => {
                    self.dot(span);
                    None
                }
                Ok(Token::End) => {
                    self.end();
                    return None;
                }
                Err(error) => {
                    let incomplete = error.kind == Kind::Incomplete;
                    self.errors.push(error);
                    if incomplete {
                        return None;
                    }
                    Some(self.harmless(data, span))
                }
            };
            if let Some(datum) = complete
                && let Some(done) = self.complete(data, datum)
            {
                return Some(done);
            }
            // A bad token outside all data is an error of its own.
            if self.frames.is_empty() && !self.errors.is_empty() {
                return None;
            }
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(Diagnostic::error(Kind::Read, span, message));
    }
    /// Brackets are read as parentheses, with one complaint for each text.
    fn bracket(&mut self, span: Span, c: char) {
        if !self.brackets_reported {
            self.brackets_reported = true;
            let error = Diagnostic::error(Kind::Read, span, format!("`{c}` has no meaning in R7RS Scheme"));
            self.errors.push(error.with_help("write parentheses instead of brackets"));
        }
    }
    fn harmless(&self, data: &mut Data, span: Span) -> DatumId {
        data.push(Datum { kind: DatumKind::Immediate(Value::NULL), span })
    }
    fn open(&mut self, span: Span, kind: FrameKind) -> Option<DatumId> {
        self.frames.push(Frame { start: span.start, starts_line: self.lexer.starts_line(), kind });
        None
    }

    /// Hands a finished datum to what encloses it; the outermost one is answered.
    fn complete(&mut self, data: &mut Data, mut datum: DatumId) -> Option<DatumId> {
        loop {
            match self.frames.last().map(|f| (f.start, &f.kind)) {
                None => return Some(datum),
                Some((_, FrameKind::List { .. } | FrameKind::Vector { .. } | FrameKind::Bytevector { .. })) => {
                    self.items.push(datum);
                    return None;
                }
                Some((start, FrameKind::Abbreviation(name))) => {
                    let whole = self.lexer.span_from(start);
                    let mark = Span { end: start + abbreviation_length(name), ..whole };
                    let word = Datum { kind: DatumKind::Immediate(symbol::intern(name)), span: mark };
                    let rest = data[datum].span;
                    let first = data.push(word);
                    let null = data.push(Datum { kind: DatumKind::Immediate(Value::NULL), span: rest });
                    let second = data.push(Datum { kind: DatumKind::Pair(datum, null), span: rest });
                    datum = data.push(Datum { kind: DatumKind::Pair(first, second), span: whole });
                }
                Some((_, FrameKind::Comment)) => {
                    self.frames.pop();
                    return None;
                }
                Some((start, &FrameKind::Label(n))) => {
                    if self.placeholders.get(&datum) == Some(&n) {
                        self.error(self.lexer.span_from(start), format!("the datum label {n} refers to itself"));
                    }
                    self.labels.insert(n, Label::Known(datum));
                }
            }
            self.frames.pop();
        }
    }

    fn dot(&mut self, span: Span) {
        let items = self.items.len();
        match self.frames.last_mut().map(|f| &mut f.kind) {
            Some(FrameKind::List { base, dot: dot @ None }) if items > *base => *dot = Some(items),
            Some(FrameKind::List { dot: dot @ Some(_), .. }) => {
                *dot = None;
                self.error(span, "a list has only one `.`");
            }
            Some(FrameKind::List { .. }) => self.error(span, "a `.` must stand behind the first element of a list"),
            _ => self.error(span, "a `.` may stand only in a list, before its last element"),
        }
    }

    fn close(&mut self, data: &mut Data, span: Span) -> Option<DatumId> {
        while let Some(Frame {
            start,
            kind: FrameKind::Abbreviation(_) | FrameKind::Comment | FrameKind::Label(_),
            ..
        }) = self.frames.last()
        {
            let place = Span { start: *start, ..span };
            self.error(Span { end: place.start + 1, ..place }, "a datum is missing here, before the `)`");
            self.frames.pop();
        }
        let Some(frame) = self.frames.pop() else {
            let error = Diagnostic::error(Kind::Read, span, "unexpected `)`");
            self.errors.push(error.with_caret("no parenthesis is open here"));
            return None;
        };
        let whole = self.lexer.span_from(frame.start);
        let kind = match frame.kind {
            FrameKind::List { base, dot } => return Some(self.close_list(data, whole, base, dot)),
            FrameKind::Vector { base } => DatumKind::Vector(self.items.drain(base..).collect()),
            FrameKind::Bytevector { base } => {
                let elements: Vec<DatumId> = self.items.drain(base..).collect();
                DatumKind::Bytevector(elements.iter().map(|&d| self.byte(&data[d])).collect())
            }
            FrameKind::Abbreviation(_) | FrameKind::Comment | FrameKind::Label(_) => return None,
        };
        Some(data.push(Datum { kind, span: whole }))
    }

    fn byte(&mut self, datum: &Datum) -> u8 {
        let number = if let DatumKind::Immediate(v) = datum.kind { v.as_fixnum() } else { None };
        match number.map(u8::try_from) {
            Some(Ok(byte)) => byte,
            _ => {
                // A token that was bad in itself has been reported.
                if self.errors.iter().all(|e| e.span != Some(datum.span)) {
                    self.error(datum.span, "an element of a bytevector must be an exact integer from 0 to 255");
                }
                0
            }
        }
    }

    fn close_list(&mut self, data: &mut Data, whole: Span, base: usize, dot: Option<usize>) -> DatumId {
        let closing = Span { start: whole.end - 1, ..whole };
        let after_dot = dot.map(|d| self.items.len() - d);
        let tail = match after_dot {
            None | Some(0) => data.push(Datum { kind: DatumKind::Immediate(Value::NULL), span: closing }),
            Some(_) => self.items.pop().expect("an element after the dot"),
        };
        match after_dot {
            Some(0) => self.error(closing, "a datum is missing between `.` and `)`"),
            Some(2..) => self.error(data[tail].span, "only one datum may stand between `.` and `)`"),
            _ => {}
        }
        let mut list = tail;
        while self.items.len() > base {
            let item = self.items.pop().expect("more than base items");
            let span = Span { start: data[item].span.start, ..whole };
            list = data.push(Datum { kind: DatumKind::Pair(item, list), span });
        }
        data[list].span = whole;
        list
    }

    fn reference(&mut self, data: &mut Data, span: Span, n: u64) -> DatumId {
        match self.labels.get(&n) {
            Some(Label::Known(datum)) => *datum,
            Some(Label::Open) => {
                let placeholder = self.harmless(data, span);
                self.placeholders.insert(placeholder, n);
                placeholder
            }
            None => {
                self.error(span, format!("the datum label {n} is not defined before this place"));
                self.harmless(data, span)
            }
        }
    }

    fn replace_placeholders(&self, data: &mut Data, first_new: usize) {
        let resolve = |d: &mut DatumId| {
            while let Some(n) = self.placeholders.get(d) {
                match self.labels.get(n) {
                    Some(Label::Known(target)) => *d = *target,
                    _ => break,
                }
            }
        };
        for i in first_new..data.len() {
            match &mut data[DatumId::new(i)].kind {
                DatumKind::Pair(a, b) => {
                    resolve(a);
                    resolve(b);
                }
                DatumKind::Vector(elements) => elements.iter_mut().for_each(resolve),
                _ => {}
            }
        }
    }

    /// The text ends: an error if something is open. Names the outermost open place, and the first thing inside that starts a line, since
    /// that is most often where the missing parenthesis should have been.
    fn end(&mut self) {
        let Some(outermost) = self.frames.first() else { return };
        let at = |start| Span { start, end: start + 1, ..self.lexer.span() };
        let (message, caret) = match outermost.kind {
            FrameKind::List { .. } | FrameKind::Vector { .. } | FrameKind::Bytevector { .. } => {
                ("the text ends inside a list", "this parenthesis is never closed")
            }
            _ => ("the text ends where a datum is missing", "nothing follows this"),
        };
        let mut error = Diagnostic::error(Kind::Incomplete, at(outermost.start), message).with_caret(caret);
        if let Some(suspect) = self.frames[1..].iter().find(|f| f.starts_line) {
            error = error.with_label(at(suspect.start), "perhaps it should have been closed before this line");
        }
        self.errors.push(error);
    }
}
