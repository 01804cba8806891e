//! Written forms of characters, strings and symbols.

use crate::unicode::is_mark;
use std::fmt::Write;

/// The R7RS name of a character, if it has one.
pub fn char_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{7}' => "alarm",
        '\u{8}' => "backspace",
        '\u{7f}' => "delete",
        '\u{1b}' => "escape",
        '\n' => "newline",
        '\0' => "null",
        '\r' => "return",
        ' ' => "space",
        '\t' => "tab",
        _ => return None,
    })
}

/// Whether a character cannot be shown as itself.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (!c.is_ascii()
            && (c.is_whitespace()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')))
}

fn hex(out: &mut String, c: char, end: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "x{:x}{end}", c as u32);
}

/// Appends a character in `#\` syntax.
pub fn write_char(out: &mut String, c: char) {
    out.push_str("#\\");
    match char_name(c) {
        Some(name) => out.push_str(name),
        None if is_hidden(c) || is_mark(c) => hex(out, c, ""),
        None => out.push(c),
    }
}

fn escaped(out: &mut String, c: char, quote: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        c if c == quote => {
            out.push('\\');
            out.push(c);
        }
        c if is_hidden(c) => {
            out.push('\\');
            hex(out, c, ";");
        }
        c => out.push(c),
    }
}

/// Appends a string with quotes and escapes.
pub fn write_string(out: &mut String, chars: impl Iterator<Item = char>) {
    out.push('"');
    chars.for_each(|c| escaped(out, c, '"'));
    out.push('"');
}

/// Appends a symbol, between bars if it would not be read back otherwise.
pub fn write_symbol(out: &mut String, name: &str) {
    if is_plain_identifier(name) {
        return out.push_str(name);
    }
    out.push('|');
    name.chars().for_each(|c| escaped(out, c, '|'));
    out.push('|');
}

fn is_initial(c: char) -> bool {
    c.is_ascii_alphabetic() || "!$%&*/:<=>?^_~".contains(c) || (!c.is_ascii() && !is_hidden(c))
}

fn is_sign_subsequent(c: char) -> bool {
    is_initial(c) || matches!(c, '+' | '-' | '@')
}

fn is_subsequent(c: char) -> bool {
    is_sign_subsequent(c) || c.is_ascii_digit() || c == '.'
}

/// Whether the name is an `<identifier>` of R7RS 7.1.1 without bars, and not a number.
fn is_plain_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let Some(first) = chars.next() else { return false };
    let rest = chars.as_str();
    let all = |s: &str| s.chars().all(is_subsequent);
    let after_dot = |s: &str| s.starts_with(|c| is_sign_subsequent(c) || c == '.') && all(s);
    match first {
        '+' | '-' => {
            let number = ["i", "inf.0", "nan.0"].iter().any(|n| {
                rest.get(..n.len()).is_some_and(|head| head.eq_ignore_ascii_case(n)) && (*n != "i" || rest.len() == 1)
            });
            !number
                && (rest.is_empty()
                    || (rest.starts_with(is_sign_subsequent) && all(rest))
                    || rest.strip_prefix('.').is_some_and(after_dot))
        }
        '.' => after_dot(rest),
        c => is_initial(c) && all(rest),
    }
}
