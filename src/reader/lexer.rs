//! Characters to tokens (R7RS 7.1.1, `<token>` and `<intertoken space>`).
//!
//! The lexer looks at most one character ahead and leaves it in the source, so a token never takes anything that follows it. After an
//! error it stands behind the bad token.

use super::datum::DatumKind;
use super::source::CharSource;
use crate::diagnostic::{Diagnostic, Kind};
use crate::source::{FileId, Span};
use kestrel_runtime::number::{Syntax, is_number_syntax};
use kestrel_runtime::unicode::fold_string;
use kestrel_runtime::{Value, symbol};

/// Bytes of the mark that stands for a symbol.
pub fn abbreviation_length(name: &str) -> u32 {
    match name {
        "quote" | "quasiquote" | "unquote" => 1,
        "unsyntax-splicing" => 3,
        _ => 2,
    }
}

/// A token.
#[derive(Debug)]
pub enum Token {
    /// `(`
    OpenList,
    /// `#(`
    OpenVector,
    /// `#u8(`
    OpenBytevector,
    /// `)`
    Close,
    /// `[` or `]`, which R7RS does not use.
    Bracket(char),
    /// `.`
    Dot,
    /// `'`, `#'` and their kin: the symbol they stand for.
    Abbreviation(&'static str),
    /// `#;`
    DatumComment,
    /// `#n=`
    LabelDefinition(u64),
    /// `#n#`
    LabelReference(u64),
    /// A datum without parts.
    Atom(DatumKind),
    /// The end of the text.
    End,
}

/// Splits a source into tokens.
pub struct Lexer<S> {
    source: S,
    file: FileId,
    /// Symbols and character names are folded.
    pub(super) fold_case: bool,
    starts_line: bool,
    start: u32,
    text: String,
}

/// What [`Lexer::token`] answers.
pub type Lexed = Result<Token, Diagnostic>;

impl<S: CharSource> Lexer<S> {
    /// A lexer at the start of a source.
    pub fn new(source: S, file: FileId) -> Self {
        Lexer { source, file, fold_case: false, starts_line: false, start: 0, text: String::new() }
    }
    /// The last token's place.
    pub fn span(&self) -> Span {
        self.span_from(self.start)
    }
    /// Whether the last token is the first character of a line.
    pub fn starts_line(&self) -> bool {
        self.starts_line
    }
    /// From an offset to where the lexer stands.
    pub fn span_from(&self, start: u32) -> Span {
        Span { file: self.file, start, end: self.source.offset() }
    }
    /// The source.
    pub fn source(&mut self) -> &mut S {
        &mut self.source
    }

    /// The next token.
    pub fn token(&mut self) -> Lexed {
        self.starts_line = self.source.offset() == 0;
        loop {
            self.start = self.source.offset();
            let Some(c) = self.source.peek() else { return Ok(Token::End) };
            match c {
                '(' | ')' => {
                    self.source.next();
                    return Ok(if c == '(' { Token::OpenList } else { Token::Close });
                }
                ';' => {
                    self.skip_line();
                    self.starts_line = true;
                }
                '\'' => return self.abbreviation("quote"),
                '`' => return self.abbreviation("quasiquote"),
                ',' => return self.comma("unquote", "unquote-splicing"),
                '"' | '|' => return self.quoted(c),
                '#' => {
                    if let Some(token) = self.hash()? {
                        return Ok(token);
                    }
                }
                '[' | ']' => {
                    self.source.next();
                    return Ok(Token::Bracket(c));
                }
                c if is_space(c) => {
                    self.source.next();
                    self.starts_line = c == '\n';
                }
                _ => {
                    self.text.clear();
                    return self.atom();
                }
            }
        }
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T, Diagnostic> {
        Err(Diagnostic::error(Kind::Read, self.span(), message))
    }
    fn unclosed<T>(&self, width: u32, message: &str) -> Result<T, Diagnostic> {
        let span = Span { end: self.start + width, ..self.span() };
        Err(Diagnostic::error(Kind::Incomplete, span, message).with_caret("it starts here"))
    }
    fn abbreviation(&mut self, name: &'static str) -> Lexed {
        self.source.next();
        Ok(Token::Abbreviation(name))
    }
    /// `,` or `,@`.
    fn comma(&mut self, plain: &'static str, splicing: &'static str) -> Lexed {
        self.source.next();
        if self.source.peek() != Some('@') {
            return Ok(Token::Abbreviation(plain));
        }
        self.abbreviation(splicing)
    }

    fn skip_line(&mut self) {
        while let Some(c) = self.source.next() {
            if c == '\n' {
                break;
            }
        }
    }

    /// What starts with `#`; `None` for comments and directives.
    fn hash(&mut self) -> Result<Option<Token>, Diagnostic> {
        self.source.next();
        match self.source.peek() {
            Some('(') => {
                self.source.next();
                Ok(Some(Token::OpenVector))
            }
            Some(';') => {
                self.source.next();
                Ok(Some(Token::DatumComment))
            }
            Some('|') => self.block_comment().map(|()| None),
            Some('\'') => self.abbreviation("syntax").map(Some),
            Some('`') => self.abbreviation("quasisyntax").map(Some),
            Some(',') => self.comma("unsyntax", "unsyntax-splicing").map(Some),
            Some('\\') => self.character().map(Some),
            Some('!') => self.directive().map(|()| None),
            Some(c) if c.is_ascii_digit() => self.label().map(Some),
            _ => self.hash_atom().map(Some),
        }
    }

    fn block_comment(&mut self) -> Result<(), Diagnostic> {
        self.source.next();
        let mut depth = 1;
        while depth > 0 {
            let Some(c) = self.source.next() else { return self.unclosed(2, "this block comment is never closed") };
            match (c, self.source.peek()) {
                ('|', Some('#')) => depth -= 1,
                ('#', Some('|')) => depth += 1,
                _ => continue,
            }
            self.source.next();
        }
        Ok(())
    }

    fn directive(&mut self) -> Result<(), Diagnostic> {
        self.source.next();
        if self.start == 0 && matches!(self.source.peek(), Some('/' | ' ')) {
            self.skip_line();
            return Ok(());
        }
        self.text.clear();
        self.take_rest();
        match self.text.as_str() {
            "fold-case" => self.fold_case = true,
            "no-fold-case" => self.fold_case = false,
            other => return self.error(format!("unknown directive `#!{other}`")),
        }
        Ok(())
    }

    fn label(&mut self) -> Lexed {
        self.text.clear();
        while let Some(c) = self.source.peek().filter(char::is_ascii_digit) {
            self.text.push(c);
            self.source.next();
        }
        let Ok(n) = self.text.parse() else { return self.error("datum label too large") };
        match self.source.peek() {
            Some('=') => {
                self.source.next();
                Ok(Token::LabelDefinition(n))
            }
            Some('#') => {
                self.source.next();
                Ok(Token::LabelReference(n))
            }
            _ => {
                self.take_rest();
                self.error(format!("`#{}` is neither a datum label nor anything else", self.text))
            }
        }
    }

    /// Appends the characters up to a delimiter to `self.text`.
    fn take_rest(&mut self) {
        while let Some(c) = self.source.peek() {
            if is_delimiter(c) {
                break;
            }
            self.text.push(c);
            self.source.next();
        }
    }

    fn character(&mut self) -> Lexed {
        self.source.next();
        let Some(first) = self.source.next() else {
            return Err(Diagnostic::error(Kind::Incomplete, self.span(), "the text ends inside a character"));
        };
        self.text.clear();
        self.text.push(first);
        if !is_delimiter(first) {
            self.take_rest();
        }
        let c = if self.text.len() == first.len_utf8() {
            Some(first)
        } else if let Some(hex) =
            self.text.strip_prefix(['x', 'X']).filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            match u32::from_str_radix(hex, 16).ok().and_then(char::from_u32) {
                Some(c) => Some(c),
                None => return self.error(format!("`#\\{}` is not a Unicode scalar value", self.text)),
            }
        } else if self.fold_case {
            character_named(&fold_string(&self.text))
        } else {
            character_named(&self.text)
        };
        match c {
            Some(c) => Ok(Token::Atom(DatumKind::Immediate(Value::char(c)))),
            None => self.error(format!("there is no character named `{}`", self.text)),
        }
    }

    /// `#t`, `#u8(`, `#x1f` and the like.
    fn hash_atom(&mut self) -> Lexed {
        self.text.clear();
        self.text.push('#');
        self.take_rest();
        let is = |name: &str| self.text.eq_ignore_ascii_case(name);
        if is("#t") || is("#true") {
            return Ok(Token::Atom(DatumKind::Immediate(Value::TRUE)));
        }
        if is("#f") || is("#false") {
            return Ok(Token::Atom(DatumKind::Immediate(Value::FALSE)));
        }
        if is("#u8") && self.source.peek() == Some('(') {
            self.source.next();
            return Ok(Token::OpenBytevector);
        }
        if let Some(token) = self.number()? {
            return Ok(token);
        }
        match self.text.as_bytes() {
            [b'#', b'x' | b'X' | b'd' | b'D' | b'o' | b'O' | b'b' | b'B' | b'e' | b'E' | b'i' | b'I', ..] => {
                self.error(format!("`{}` is not a number", self.text))
            }
            _ => self.error(format!("`{}` is not R7RS syntax", self.text)),
        }
    }

    /// The token in `self.text`, if it is a number.
    fn number(&self) -> Result<Option<Token>, Diagnostic> {
        match is_number_syntax(&self.text, 10) {
            Syntax::Fixnum(n) => Ok(Some(Token::Atom(DatumKind::Immediate(Value::fixnum(n))))),
            Syntax::Other => Ok(Some(Token::Atom(DatumKind::Number(self.text.as_str().into())))),
            Syntax::ZeroDenominator => self.error(format!("`{}` divides by zero", self.text)),
            Syntax::NotANumber => Ok(None),
        }
    }

    /// A number, a symbol or a dot.
    fn atom(&mut self) -> Lexed {
        self.take_rest();
        if self.text == "." {
            return Ok(Token::Dot);
        }
        let starts_like_a_number = starts_like_a_number(&self.text);
        if (starts_like_a_number || matches!(self.text.as_bytes(), [b'+' | b'-', _, ..]))
            && let Some(token) = self.number()?
        {
            return Ok(token);
        }
        if starts_like_a_number && !matches!(self.text.as_str(), "1+" | "1-" | "-1+") {
            return self.error(format!("`{}` is neither a number nor a symbol", self.text));
        }
        if let Some(bad) = self.text.chars().find(|&c| !is_symbol_character(c)) {
            let error =
                Diagnostic::error(Kind::Read, self.span(), format!("{} cannot be part of a symbol", describe(bad)));
            return Err(error.with_help("write symbols with unusual characters between vertical lines: |like this|"));
        }
        let name = if self.fold_case { symbol::intern(&fold_string(&self.text)) } else { symbol::intern(&self.text) };
        Ok(Token::Atom(DatumKind::Immediate(name)))
    }

    /// A string or a `|symbol|`. After a bad escape the rest is still taken.
    fn quoted(&mut self, close: char) -> Lexed {
        self.source.next();
        self.text.clear();
        let mut error = None;
        loop {
            let at = self.source.offset();
            match self.source.next() {
                None if close == '"' => return self.unclosed(1, "this string is never closed"),
                None => return self.unclosed(1, "this symbol is never closed"),
                Some(c) if c == close => break,
                Some('\\') => {
                    if let Err(message) = self.escape(close) {
                        error = error.or(Some(Diagnostic::error(Kind::Read, self.span_from(at), message)));
                    }
                }
                Some('\r') => {
                    self.text.push('\n');
                    self.skip_if('\n');
                }
                Some(c) => self.text.push(c),
            }
        }
        match error {
            Some(error) => Err(error),
            None if close == '"' => Ok(Token::Atom(DatumKind::String(self.text.as_str().into()))),
            None => Ok(Token::Atom(DatumKind::Immediate(symbol::intern(&self.text)))),
        }
    }

    fn skip_if(&mut self, c: char) {
        if self.source.peek() == Some(c) {
            self.source.next();
        }
    }

    /// What follows a backslash in a string or a `|symbol|`. An early end is left to the caller.
    fn escape(&mut self, close: char) -> Result<(), String> {
        let Some(c) = self.source.next() else { return Ok(()) };
        let meant = match c {
            'a' => '\u{7}',
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            '"' | '\\' | '|' => c,
            'x' | 'X' => self.hex_escape()?,
            ' ' | '\t' | '\n' | '\r' if close == '"' => return self.line_continuation(c),
            _ => return Err(format!("unknown escape: a backslash and {}", describe(c))),
        };
        self.text.push(meant);
        Ok(())
    }

    /// `\x41;` after the `x`.
    fn hex_escape(&mut self) -> Result<char, String> {
        let mut n: Option<u32> = None;
        while let Some(d) = self.source.peek().and_then(|c| c.to_digit(16)) {
            self.source.next();
            n = Some(n.unwrap_or(0).saturating_mul(16).saturating_add(d));
        }
        let Some(n) = n.filter(|_| self.source.peek() == Some(';')) else {
            return Err("a hexadecimal escape is written \\x41; with a semicolon".into());
        };
        self.source.next();
        char::from_u32(n).ok_or_else(|| format!("{n:x} is not a Unicode scalar value"))
    }

    /// `\`, spaces, a line end, spaces: nothing. `c` is what followed the backslash.
    fn line_continuation(&mut self, mut c: char) -> Result<(), String> {
        while let ' ' | '\t' = c {
            let Some(next) = self.source.peek().filter(|&n| matches!(n, ' ' | '\t' | '\n' | '\r')) else {
                return Err("a backslash and a space are only allowed at the end of a line".into());
            };
            self.source.next();
            c = next;
        }
        if c == '\r' {
            self.skip_if('\n');
        }
        while let Some(' ' | '\t') = self.source.peek() {
            self.source.next();
        }
        Ok(())
    }
}

/// Whether a character ends the token before it.
fn is_delimiter(c: char) -> bool {
    matches!(c, '(' | ')' | '"' | ';' | '|' | '[' | ']') || is_space(c)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// A digit, perhaps after a sign and a point: such a token has to be a number.
fn starts_like_a_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    text.strip_prefix('.').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

/// R7RS `<subsequent>`, with any character beyond ASCII that is not a control character.
fn is_symbol_character(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '!' | '$' | '%' | '&' | '*' | '/' | ':' | '<' | '=' | '>' | '?' | '^' | '_' | '~' | '+' | '-' | '.' | '@'
        )
        || !c.is_ascii() && !c.is_control()
}

/// R7RS 6.6.
fn character_named(name: &str) -> Option<char> {
    Some(match name {
        "alarm" => '\u{7}',
        "backspace" => '\u{8}',
        "delete" => '\u{7f}',
        "escape" => '\u{1b}',
        "newline" => '\n',
        "null" => '\0',
        "return" => '\r',
        "space" => ' ',
        "tab" => '\t',
        _ => return None,
    })
}

/// A character for a message.
fn describe(c: char) -> String {
    if c.is_control() || is_space(c) { format!("the character U+{:04X}", c as u32) } else { format!("`{c}`") }
}
