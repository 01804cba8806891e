//! What the REPL is told directly: lines that begin with a comma and a word, `,time (fib 30)`.
//!
//! Such a line is a datum, too, `(unquote time)`, but one that no program can evaluate at its top level.

use crate::engine::Engine;

/// A command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command<'a> {
    /// Tell what there is.
    Help,
    /// List the names that contain a text.
    Apropos(&'a str),
    /// Evaluate, and tell how long it took.
    Time(&'a str),
    /// Evaluate what is in a file.
    Load(&'a str),
    /// Leave.
    Exit,
    /// No such command.
    Unknown(&'a str),
}

/// Words, what follows them, and what they do.
const COMMANDS: &[(&str, &str, &str)] = &[
    (",help", "", "this list"),
    (",apropos", "TEXT", "names that contain a text"),
    (",time", "EXPRESSION", "evaluate, and tell how long it took"),
    (",load", "FILE", "evaluate the forms of a file"),
    (",exit", "", "leave; so do Ctrl-D and (exit)"),
];

impl<'a> Command<'a> {
    /// The command that a text is; `None` if it is Scheme.
    pub fn parse(text: &'a str) -> Option<Command<'a>> {
        let text = text.trim();
        let rest = text.strip_prefix(',')?;
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '?') {
            return None;
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, argument) = (&rest[..end], rest[end..].trim());
        Some(match word {
            "help" | "h" | "?" => Command::Help,
            "apropos" | "a" => Command::Apropos(argument),
            "time" | "t" => Command::Time(argument),
            "load" | "l" => Command::Load(argument),
            "exit" | "quit" | "q" => Command::Exit,
            _ => Command::Unknown(&text[..=end]),
        })
    }

    /// Whether more lines may follow.
    pub fn is_complete(self) -> bool {
        match self {
            Command::Time(expression) => Engine::is_complete(expression),
            _ => true,
        }
    }
}

/// What `,help` prints.
pub fn help() -> String {
    let row = |&(word, argument, what): &(&str, &str, &str)| format!("  {:<20} {what}\n", format!("{word} {argument}"));
    let commands: String = COMMANDS.iter().map(row).collect();
    format!(
        "Type definitions and expressions, on one line or several; values are shown. All of\n\
         (scheme …) is imported; (import (srfi 1)) imports more. Tab completes names, Ctrl-R\n\
         searches the history, Ctrl-C stops what runs.\n\
         {commands}"
    )
}

/// The names that contain a text, in columns.
pub fn apropos(names: &mut Vec<String>, text: &str, width: usize) -> String {
    names.retain(|name| name.contains(text) && !name.starts_with('%'));
    names.sort_unstable();
    names.dedup();
    let column = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) + 2;
    let columns = (width / column).max(1);
    let rows = names.len().div_ceil(columns);
    let mut shown = String::new();
    for row in 0..rows {
        let line: String = names.iter().skip(row).step_by(rows).map(|name| format!("{name:<column$}")).collect();
        shown += line.trim_end();
        shown.push('\n');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_scheme() {
        assert_eq!(Command::parse(" ,time (f 1) "), Some(Command::Time("(f 1)")));
        assert_eq!(Command::parse(",q"), Some(Command::Exit));
        assert_eq!(Command::parse(",what is this"), Some(Command::Unknown(",what")));
        assert_eq!(Command::parse(",(a)"), None);
        assert_eq!(Command::parse(",@x"), None);
        assert_eq!(Command::parse("(quasi ,x)"), None);
        assert!(!Command::Time("(f").is_complete() && Command::Load("(f").is_complete());
    }

    #[test]
    fn names_stand_in_columns_read_downwards() {
        let mut names = ["list-b", "list-a", "%list", "list-c", "cons", "list-a"].map(String::from).to_vec();
        assert_eq!(apropos(&mut names, "list", 20), "list-a  list-c\nlist-b\n");
        assert_eq!(apropos(&mut Vec::new(), "x", 20), "");
    }
}
