//! What rustyline asks while a line is edited: completion, matching brackets, whether the text is complete.

use super::command::Command;
use crate::engine::Engine;
use rustyline::completion::Completer;
use rustyline::highlight::{CmdKind, Highlighter, MatchingBracketHighlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};
use std::borrow::Cow;

/// Answers rustyline's questions from a snapshot of the names in scope.
pub struct ReplHelper {
    names: Vec<String>,
    brackets: MatchingBracketHighlighter,
}

impl ReplHelper {
    /// A helper that completes these names.
    pub fn new(mut names: Vec<String>) -> ReplHelper {
        names.sort_unstable();
        names.dedup();
        ReplHelper { names, brackets: MatchingBracketHighlighter::new() }
    }

    /// The start of the symbol that ends at `position`, and the names that begin like it.
    fn candidates(&self, line: &str, position: usize) -> (usize, Vec<String>) {
        let start = line[..position]
            .rfind(|c: char| c.is_whitespace() || "()[]\"';`,".contains(c))
            .map_or(0, |i| i + line[i..].chars().next().map_or(1, char::len_utf8));
        let prefix = &line[start..position];
        if prefix.is_empty() {
            return (start, Vec::new());
        }
        let from = self.names.partition_point(|n| n.as_str() < prefix);
        (start, self.names[from..].iter().take_while(|n| n.starts_with(prefix)).cloned().collect())
    }
}

impl Helper for ReplHelper {}

impl Completer for ReplHelper {
    type Candidate = String;
    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.candidates(line, pos))
    }
}

impl Hinter for ReplHelper {
    type Hint = String;
}

impl Highlighter for ReplHelper {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        self.brackets.highlight(line, pos)
    }
    fn highlight_char(&self, line: &str, pos: usize, kind: CmdKind) -> bool {
        self.brackets.highlight_char(line, pos, kind)
    }
}

impl Validator for ReplHelper {
    fn validate(&self, ctx: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = ctx.input();
        let complete = Command::parse(text).map_or_else(|| Engine::is_complete(text), Command::is_complete);
        Ok(if complete { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helper() -> ReplHelper {
        ReplHelper::new(["vector-ref", "vector", "values", "λ-rule"].map(String::from).to_vec())
    }

    #[test]
    fn completes_the_symbol_before_the_cursor() {
        assert_eq!(helper().candidates("(f (vec x", 7), (4, vec!["vector".into(), "vector-ref".into()]));
        assert_eq!(helper().candidates("'va", 3), (1, vec!["values".into()]));
        assert_eq!(helper().candidates("(λ", 3), (1, vec!["λ-rule".into()]));
    }

    #[test]
    fn completes_nothing_without_a_prefix() {
        assert_eq!(helper().candidates("(f ", 3).1, Vec::<String>::new());
        assert_eq!(helper().candidates("zz", 2).1, Vec::<String>::new());
    }
}
