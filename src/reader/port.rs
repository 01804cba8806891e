//! The `read` procedure: one datum from a textual input port, as fresh objects.
//!
//! Nothing behind the datum is taken. `#!fold-case` stays with the port. A text that is no datum raises a read error that says at which line and
//! column of the port the bad part begins; the port is then behind the bad datum.

use super::datum::Data;
use super::literal::{self, Fresh};
use super::{CharSource, Reader};
use crate::source::{FileId, Span};
use kestrel_runtime::object::Port;
use kestrel_runtime::{Ctx, Value};

/// The characters of a port.
struct PortSource<'a> {
    ctx: &'a mut Ctx,
    port: Port,
    /// What has been read.
    text: String,
    /// Reading failed; the condition is in the context.
    failed: bool,
}

impl PortSource<'_> {
    fn checked(&mut self, c: Result<Option<char>, Value>) -> Option<char> {
        self.failed |= c.is_err();
        c.ok().flatten()
    }
}

impl CharSource for PortSource<'_> {
    fn peek(&mut self) -> Option<char> {
        if self.failed {
            return None;
        }
        let c = self.ctx.peek_char_of("read", self.port);
        self.checked(c)
    }
    fn next(&mut self) -> Option<char> {
        if self.failed {
            return None;
        }
        let c = self.ctx.read_char_of("read", self.port);
        let c = self.checked(c)?;
        self.text.push(c);
        Some(c)
    }
    fn offset(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

/// Reads a datum from a textual input port: the datum, the end-of-file object, or `Value::RAISED`.
pub fn read_datum(ctx: &mut Ctx, port: Value) -> Value {
    let Some(port) = Port::of(port) else {
        return ctx.wrong_type("read", 1, port, "textual input port");
    };
    let (fold_case, start) = ctx.port_data(port).map_or((false, (1, 1)), |p| (p.fold_case, p.position()));
    let mut reader = Reader::new(PortSource { ctx, port, text: String::new(), failed: false }, FileId(0));
    reader.set_fold_case(fold_case);
    let mut data = Data::new();
    let result = reader.read(&mut data);
    let fold_case = reader.fold_case();
    let failed = reader.source().failed;
    let text = std::mem::take(&mut reader.source().text);
    drop(reader);
    if let Some(p) = ctx.port_data(port) {
        p.fold_case = fold_case;
    }
    if failed {
        return Value::RAISED;
    }
    let datum = match result {
        Ok(None) => return Value::EOF,
        Ok(Some(datum)) => datum,
        Err(errors) => {
            let message = errors.first().map_or("bad datum", |e| e.message.as_str());
            let span = errors.first().and_then(|e| e.span);
            return read_error(ctx, port, message, position(start, &text, span));
        }
    };
    // A pair and a vector's element are the greatest part of what a datum makes.
    if let Err(raised) = ctx.check_alloc(data.len().saturating_mul(kestrel_runtime::layout::PAIR_SIZE)) {
        return raised;
    }
    match literal::value(&data, datum, &mut Fresh(ctx)) {
        Ok(value) => value,
        Err(error) => read_error(ctx, port, &error.message, position(start, &text, error.span)),
    }
}

/// Line and column where a span of a text begins that itself begins at `start`; of the text's end without a span.
fn position(start: (usize, usize), text: &str, span: Option<Span>) -> (usize, usize) {
    let before = span.and_then(|span| text.get(..span.start as usize)).unwrap_or(text);
    match before.rsplit_once('\n') {
        Some((above, last)) => (start.0 + above.matches('\n').count() + 1, last.chars().count() + 1),
        None => (start.0, start.1 + before.chars().count()),
    }
}

fn read_error(ctx: &mut Ctx, port: Port, message: &str, (line, column): (usize, usize)) -> Value {
    let name = ctx.port_data(port).map_or_else(String::new, |p| p.name.clone());
    ctx.read_error("read", &format!("{message} (line {line}, column {column} of {name})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kestrel_runtime::control::Options;
    use kestrel_runtime::port::{PortData, PortKind};
    use kestrel_runtime::print::{Mode, to_string};

    /// What successive reads answer, up to the end of the text or an error.
    fn reads(text: &str) -> Vec<String> {
        let mut ctx = Ctx::new(Options::default());
        let port = ctx.add_port(PortData::input("string", PortKind::TEXTUAL, text.as_bytes().to_vec()));
        let mut found = Vec::new();
        loop {
            match read_datum(&mut ctx, port) {
                Value::EOF => return found,
                Value::RAISED => {
                    let condition = ctx.condition;
                    found.push(to_string(&ctx, condition, Mode::Display));
                    return found;
                }
                v => found.push(to_string(&ctx, v, Mode::Write)),
            }
        }
    }

    #[test]
    fn one_datum_after_the_other() {
        assert_eq!(reads("(a . 1.5) \"s\" #;x |b c|#(1) ; end"), ["(a . 1.5)", "\"s\"", "|b c|", "#(1)"]);
        assert_eq!(reads("A #!fold-case B C #!no-fold-case D"), ["A", "b", "c", "D"]);
        assert_eq!(reads("#0=(a . #0#)"), ["#0=(a . #0#)"]);
        assert!(reads("").is_empty());
    }

    #[test]
    fn errors_say_where() {
        let found = reads("(a)\n(b #q)");
        assert_eq!(found[0], "(a)");
        assert!(found[1].contains("`#q` is not R7RS syntax (line 2, column 4 of string)"), "{found:?}");
        assert!(reads(" (a")[0].contains("the text ends inside a list (line 1, column 2 of string)"));
        assert!(reads("λ\n\nλλ )")[2].contains("(line 3, column 4 of string)"));
    }

    #[test]
    fn what_follows_stays_in_the_port() {
        let mut ctx = Ctx::new(Options::default());
        let port = ctx.add_port(PortData::input("string", PortKind::TEXTUAL, b"(a)b".to_vec()));
        assert!(read_datum(&mut ctx, port).is_pair());
        let port = Port::of(port).unwrap();
        assert_eq!(ctx.read_char_of("test", port).ok().flatten(), Some('b'));
    }
}
