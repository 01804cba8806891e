//! Text to data: the whole lexical syntax of R7RS 7.1.1.
//!
//! | file | what |
//! |---|---|
//! | [`source`] | where characters come from: a text, or anything that supplies them one by one |
//! | [`lexer`] | characters to tokens |
//! | [`parser`] | tokens to data, with spans; datum labels; recovery |
//! | [`datum`] | the data |
//! | [`literal`] | data to values |
//! | [`port`] | the `read` procedure |
//!
//! A program file is read by [`read_all`]; ports and the REPL read one datum at a time with a [`Reader`], which never takes a
//! character beyond the datum. Nothing here recurses: nesting is as deep as memory allows.

pub mod datum;
pub mod lexer;
pub mod literal;
pub mod parser;
pub mod port;
pub mod source;

#[cfg(test)]
mod tests;

pub use parser::Reader;
pub use source::{CharSource, StrSource};

use crate::diagnostic::{Diagnostic, Kind};
use crate::source::FileId;
use datum::{Data, DatumId};

/// Errors reported for one text before reading gives up.
const MAX_ERRORS: usize = 20;

/// Reads all data of a text, or answers every error found in it (the first twenty).
pub fn read_all(file: FileId, text: &str, data: &mut Data) -> Result<Vec<DatumId>, Vec<Diagnostic>> {
    read_rest(Reader::new(StrSource::new(text), file), data)
}

/// As [`read_all`], with letters folded as after `#!fold-case` (for `include-ci`).
pub fn read_all_fold_case(file: FileId, text: &str, data: &mut Data) -> Result<Vec<DatumId>, Vec<Diagnostic>> {
    let mut reader = Reader::new(StrSource::new(text), file);
    reader.set_fold_case(true);
    read_rest(reader, data)
}

fn read_rest<S: CharSource>(mut reader: Reader<S>, data: &mut Data) -> Result<Vec<DatumId>, Vec<Diagnostic>> {
    let mut result = Vec::new();
    let mut errors = Vec::new();
    loop {
        match reader.read(data) {
            Ok(Some(d)) => result.push(d),
            Ok(None) => break,
            Err(found) => errors.extend(found),
        }
        if errors.len() >= MAX_ERRORS {
            errors.truncate(MAX_ERRORS);
            break;
        }
    }
    if errors.is_empty() { Ok(result) } else { Err(errors) }
}

/// Whether all that is wrong is that the text ends too early: the REPL then asks for more.
pub fn is_incomplete(errors: &[Diagnostic]) -> bool {
    !errors.is_empty() && errors.iter().all(|e| e.kind == Kind::Incomplete)
}
