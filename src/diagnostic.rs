//! Errors and warnings as values, and the one place that turns them into text.
//!
//! Every stage answers [`Diagnostic`]s; only [`Renderer`] formats them:
//!
//! ```text
//! error: unexpected `)`
//!  --> fact.scm:3:14
//!   |
//! 3 |   (* n (- n 1))))
//!   |                 ^ there is no open parenthesis here
//!   = note: …
//! ```
//!
//! A renderer accepts anything: offsets outside the file or inside a character are clamped, a span over several lines is shown on
//! its first, and of a very long line only the part around it. Colours are for terminals only.

use crate::source::{FileId, SourceMap, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Snippet};
use std::fmt::Write;
use std::io::IsTerminal;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The program cannot be used, or has ended.
    Error,
    /// Questionable, but it runs.
    Warning,
    /// Information.
    Note,
}

/// What it is about: decides the exit status, and whether the REPL asks for more input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The text ends inside a datum.
    Incomplete,
    /// Not a datum.
    Read,
    /// Not a program.
    Syntax,
    /// A file cannot be read.
    File,
    /// An uncaught error of a running program.
    Runtime,
    /// A mistake in Kestrel.
    Internal,
}

/// An error, a warning or a note, with all that is known about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub kind: Kind,
    /// One line, without a full stop.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// Says at the caret what is wrong there.
    pub label: Option<String>,
    /// Other places that matter.
    pub labels: Vec<(Span, String)>,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do about it.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(kind: Kind, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::without_place(kind, message) }
    }
    /// An error without a place.
    pub fn without_place(kind: Kind, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            kind,
            message: message.into(),
            span: None,
            label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }
    /// Adds text at the caret.
    pub fn with_caret(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = Some(text.into());
        self
    }
    /// Adds another place.
    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push((span, text.into()));
        self
    }
    /// Adds a fact.
    pub fn with_note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }
    /// Adds advice.
    pub fn with_help(mut self, text: impl Into<String>) -> Diagnostic {
        self.helps.push(text.into());
        self
    }
}

/// One procedure of a backtrace, innermost first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Where it is in its work: the call or the failing operation.
    pub span: Option<Span>,
    /// Its name; `None` for anonymous procedures and top-level code.
    pub procedure: Option<String>,
    /// Whether the optimiser inlined it into the next frame.
    pub inlined: bool,
}

/// Frames shown at the innermost end of a long backtrace.
const INNER_FRAMES: usize = 12;
/// Frames shown at its outermost end.
const OUTER_FRAMES: usize = 6;

/// Formats diagnostics.
#[derive(Clone, Copy)]
pub struct Renderer {
    color: bool,
}

impl Renderer {
    /// Without colours.
    pub fn plain() -> Renderer {
        Renderer { color: false }
    }
    /// With colours.
    pub fn colored() -> Renderer {
        Renderer { color: true }
    }
    /// With colours if stderr is a terminal and `NO_COLOR` is not set.
    pub fn for_stderr() -> Renderer {
        Renderer { color: std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) }
    }

    /// The text of a diagnostic, ending in a newline.
    pub fn render(&self, sources: &SourceMap, d: &Diagnostic) -> String {
        let level = match d.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let excerpts = excerpts(sources, d);
        let mut group = Group::with_title(level.primary_title(printable(&d.message)));
        for e in &excerpts {
            let marks = e.marks.iter().map(|m| {
                let kind = if m.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                kind.span(m.range.clone()).label(m.text.clone())
            });
            let name = sources.file(e.file).name.as_str();
            group = group.element(Snippet::source(e.text).path(name).line_start(e.number).annotations(marks));
        }
        group = group.elements(d.notes.iter().map(|n| Level::NOTE.message(printable(n))));
        group = group.elements(d.helps.iter().map(|h| Level::HELP.message(printable(h))));
        let renderer = match self.color {
            true => annotate_snippets::Renderer::styled(),
            false => annotate_snippets::Renderer::plain(),
        };
        let mut text = renderer.render(&[group]);
        text.push('\n');
        text
    }

    /// The text of a backtrace, innermost frame first. Runs of equal frames become one line, and the middle of a long one is left out.
    pub fn render_backtrace(&self, sources: &SourceMap, frames: &[Frame]) -> String {
        let mut runs: Vec<(&Frame, usize)> = Vec::new();
        for f in frames {
            match runs.last_mut() {
                Some((last, n)) if *last == f => *n += 1,
                _ => runs.push((f, 1)),
            }
        }
        let mut out = String::new();
        if runs.is_empty() {
            return out;
        }
        out.push_str("backtrace:\n");
        let hidden =
            if runs.len() > INNER_FRAMES + OUTER_FRAMES + 1 { INNER_FRAMES..runs.len() - OUTER_FRAMES } else { 0..0 };
        for (i, (frame, times)) in runs.iter().enumerate() {
            if i == hidden.start && !hidden.is_empty() {
                let left_out: usize = runs[hidden.clone()].iter().map(|r| r.1).sum();
                let _ = writeln!(out, "  … {left_out} more");
            }
            if hidden.contains(&i) {
                continue;
            }
            let name = frame.procedure.as_deref().map_or_else(|| "(anonymous)".to_string(), printable);
            let _ = write!(out, "  {name}");
            if let Some(span) = frame.span {
                let (line, column) = sources.line_column(span.file, span.start);
                let _ = write!(out, "  at {}:{line}:{column}", sources.file(span.file).name);
            }
            if frame.inlined {
                out.push_str(" (inlined)");
            }
            if *times > 1 {
                let _ = write!(out, " ({times} times)");
            }
            out.push('\n');
        }
        out
    }
}

/// A span within an excerpt's line.
struct Mark {
    range: Range<usize>,
    primary: bool,
    text: Option<String>,
}

/// A source line that the diagnostic points at.
struct Excerpt<'a> {
    file: FileId,
    number: usize,
    line: Range<usize>,
    text: &'a str,
    marks: Vec<Mark>,
}

/// One excerpt for each line that the diagnostic points at, the primary one first.
fn excerpts<'a>(sources: &'a SourceMap, d: &Diagnostic) -> Vec<Excerpt<'a>> {
    let primary = d.span.iter().map(|s| (*s, true, d.label.as_deref()));
    let others = d.labels.iter().map(|(s, text)| (*s, false, Some(text.as_str())));
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for (span, primary, text) in primary.chain(others) {
        let line = line_around(&sources.file(span.file).text, span.start as usize);
        let i = excerpts.iter().position(|e| e.file == span.file && e.line == line).unwrap_or_else(|| {
            let number = sources.line_column(span.file, span.start).0;
            let text = &sources.file(span.file).text[line.clone()];
            excerpts.push(Excerpt { file: span.file, number, line, text, marks: Vec::new() });
            excerpts.len() - 1
        });
        let e = &mut excerpts[i];
        let at = |offset: u32| {
            let i = (offset as usize).clamp(e.line.start, e.line.end) - e.line.start;
            (0..=i).rev().find(|&i| e.text.is_char_boundary(i)).unwrap_or(0)
        };
        let range = at(span.start)..at(span.end.max(span.start));
        e.marks.push(Mark { range, primary, text: text.map(printable) });
    }
    excerpts
}

/// The byte range, without its newline, of the line that holds an offset.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(bytes.len());
    let start = bytes[..offset].iter().rposition(|&b| b == b'\n').map_or(0, |p| p + 1);
    let end = bytes[offset..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |p| offset + p);
    start..end
}

/// The text without control characters, so that messages cannot disturb a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn source(text: &str) -> (SourceMap, FileId) {
        let mut map = SourceMap::default();
        let id = map.add(SourceFile { name: "a.scm".into(), path: None, text: text.into() });
        (map, id)
    }
    fn at(file: FileId, start: u32, end: u32) -> Span {
        Span { file, start, end }
    }

    #[test]
    fn shows_the_line_and_a_caret() {
        let (map, f) = source("(define x 1)\n(car x))\n");
        let d = Diagnostic::error(Kind::Read, at(f, 20, 21), "unexpected `)`")
            .with_caret("here")
            .with_note("a note")
            .with_help("advice");
        let text = Renderer::plain().render(&map, &d);
        let expected = "\
error: unexpected `)`
 --> a.scm:2:8
  |
2 | (car x))
  |        ^ here
  |
  = note: a note
  = help: advice
";
        assert_eq!(text, expected);
    }

    #[test]
    fn survives_any_offset() {
        let (map, f) = source("λλ\tx\r\n\u{1b}[31m");
        for start in 0..20 {
            for end in [0, start, start + 1, 9, 1000, u32::MAX] {
                let d = Diagnostic::error(Kind::Read, at(f, start, end), "m").with_label(at(f, end, start), "l");
                let text = Renderer::colored().render(&map, &d);
                assert!(text.contains("a.scm"), "{text}");
                assert!(!Renderer::plain().render(&map, &d).contains('\u{1b}'));
            }
        }
        let (map, f) = source("");
        assert!(Renderer::plain().render(&map, &Diagnostic::error(Kind::Read, at(f, 5, 9), "m")).contains("a.scm:1:1"));
    }

    #[test]
    fn clips_huge_lines_but_keeps_the_column() {
        let (map, f) = source(&format!("{}y{}", "é".repeat(100_000), "z".repeat(100_000)));
        let text = Renderer::plain().render(&map, &Diagnostic::error(Kind::Read, at(f, 200_000, 200_001), "m"));
        assert!(text.len() < 2000, "{}", text.len());
        assert!(text.contains("a.scm:1:100001"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        let caret = lines[4].chars().position(|c| c == '^').unwrap();
        assert_eq!(lines[3].chars().nth(caret), Some('y'));
    }

    #[test]
    fn backtraces_are_folded() {
        let (map, f) = source("(f)\n(g)\n");
        let frame = |name: &str, start| Frame {
            span: Some(at(f, start, start + 1)),
            procedure: Some(name.into()),
            inlined: false,
        };
        let mut frames = vec![frame("leaf", 0)];
        frames.extend(std::iter::repeat_n(frame("loop", 4), 1000));
        frames.push(Frame { span: None, procedure: None, inlined: true });
        let text = Renderer::plain().render_backtrace(&map, &frames);
        assert_eq!(
            text,
            "backtrace:\n  leaf  at a.scm:1:1\n  loop  at a.scm:2:1 (1000 times)\n  (anonymous) (inlined)\n"
        );
        let many: Vec<Frame> = (0..100).map(|i| frame(&format!("p{i}"), 0)).collect();
        let text = Renderer::plain().render_backtrace(&map, &many);
        assert_eq!(text.lines().count(), 1 + INNER_FRAMES + 1 + OUTER_FRAMES);
        assert!(text.contains("… 82 more") && text.contains("p99"));
    }
}
