//! What the texts of all intermediate representations share: symbols, constants, applications, and taking data apart.
//!
//! A global variable's cell is written `(cell NAME.n)`, numbered in the order in which a text mentions them, so that every text can be read back.

use crate::cps::ir::Rest;
use crate::reader::datum::{Data, DatumId, DatumKind};
use crate::reader::literal;
use crate::source::Span;
use kestrel_runtime::layout::{CELL_NAME, ObjectType};
use kestrel_runtime::prim::Prim;
use kestrel_runtime::print::{Mode, to_string};
use kestrel_runtime::{Ctx, Value, symbol};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::fmt::Write;

/// Writes a constant that is not an immediate, as `write` would; for a cell, its name in the text.
pub type WriteConstant<'a> = dyn Fn(Value) -> String + 'a;

/// Makes a constant of a datum that is not an immediate; of a symbol, the cell that a text calls so.
pub type Quote<'a> = dyn FnMut(&Data, DatumId) -> Option<Value> + 'a;

/// Why a text is not a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub span: Span,
    /// What was expected.
    pub message: String,
}

/// Constants that have no datum, with their names in text.
const SPECIAL: [(Value, &str); 4] = [
    (Value::UNSPECIFIED, "%unspecified"),
    (Value::ABSENT, "%absent"),
    (Value::UNBOUND, "%unbound"),
    (Value::EOF, "%eof"),
];

/// Writes the constants of programs in a context.
pub fn constants(ctx: &Ctx) -> impl Fn(Value) -> String + '_ {
    let cells = RefCell::new(FxHashMap::default());
    move |value| {
        if !value.is_a(ObjectType::Cell) {
            return to_string(ctx, value, Mode::Write);
        }
        let mut cells = cells.borrow_mut();
        let next = cells.len();
        let mut name = String::new();
        numbered(&mut name, ctx.field(value, CELL_NAME), 'c', *cells.entry(value).or_insert(next));
        name
    }
}

/// Makes the constants of a text, the reverse of [`constants`].
pub fn quoted(ctx: &mut Ctx) -> impl FnMut(&Data, DatumId) -> Option<Value> + '_ {
    let mut cells = FxHashMap::default();
    move |data, datum| match symbol_of(data, datum) {
        Some(name) => {
            let cell = cells.entry(name);
            Some(*cell.or_insert_with(|| ctx.static_cell(Value::UNBOUND, source_name(name, &["c"]))))
        }
        None => literal::value(data, datum, ctx).ok(),
    }
}

/// A constant as an atom: compound ones and symbols quoted.
pub fn constant(out: &mut String, value: Value, write: &WriteConstant) {
    if let Some((_, name)) = SPECIAL.iter().find(|(v, _)| *v == value) {
        out.push_str(name);
    } else if let Some(n) = value.as_fixnum() {
        let _ = write!(out, "{n}");
    } else if let Some(x) = value.as_self_tagged() {
        let _ = write!(out, "{x:?}");
    } else if value == Value::TRUE {
        out.push_str("#t");
    } else if value == Value::FALSE {
        out.push_str("#f");
    } else if value == Value::NULL {
        out.push_str("'()");
    } else if let Some(name) = symbol::name(value) {
        out.push('\'');
        out.push_str(&written_symbol(name));
    } else if let Some(c) = value.as_char() {
        if c.is_ascii_graphic() {
            let _ = write!(out, "#\\{c}");
        } else {
            let _ = write!(out, "#\\x{:x}", c as u32);
        }
    } else if value.is_a(ObjectType::Cell) {
        let _ = write!(out, "(cell {})", write(value));
    } else {
        out.push('\'');
        out.push_str(&write(value));
    }
}

/// What the printers of both forms of CPS share: how atoms and bindings make lists.
pub trait Printing {
    /// What an operand may be.
    type Atom: Copy;
    /// A variable.
    type Var: Copy;

    /// The text so far.
    fn out(&mut self) -> &mut String;
    /// Prints an atom.
    fn atom(&mut self, atom: Self::Atom);
    /// Prints a variable where it is bound.
    fn binding(&mut self, var: Self::Var);

    /// Atoms, each after a space.
    fn atoms(&mut self, atoms: &[Self::Atom]) {
        for &atom in atoms {
            self.out().push(' ');
            self.atom(atom);
        }
    }

    /// ` (ATOM …)`
    fn list(&mut self, atoms: &[Self::Atom]) {
        self.out().push_str(" (");
        let start = self.out().len();
        self.atoms(atoms);
        if !atoms.is_empty() {
            self.out().remove(start);
        }
        self.out().push(')');
    }

    /// `(NAME ATOM …)`
    fn application(&mut self, name: &str, args: &[Self::Atom]) {
        self.out().push('(');
        self.out().push_str(&written_symbol(name));
        self.atoms(args);
        self.out().push(')');
    }

    /// Scheme's own notation: `(a b . r)`, or `r` alone.
    fn bindings(&mut self, vars: &[Self::Var], rest: Rest<Self::Var>) {
        let alone = vars.is_empty() && !matches!(rest, Rest::None);
        if !alone {
            self.out().push('(');
        }
        for (i, &var) in vars.iter().enumerate() {
            if i > 0 {
                self.out().push(' ');
            }
            self.binding(var);
        }
        if !alone && !matches!(rest, Rest::None) {
            self.out().push_str(" . ");
        }
        match rest {
            Rest::None => {}
            Rest::Bind(var) => self.binding(var),
            Rest::Ignore => self.out().push('_'),
        }
        if !alone {
            self.out().push(')');
        }
    }
}

/// `(prim NAME)`
pub fn primitive(out: &mut String, prim: Prim) {
    out.push_str("(prim ");
    out.push_str(&written_symbol(prim.info().name));
    out.push(')');
}

/// `NAME.n` for something named by a symbol, the prefix and `n` for anything else.
pub fn numbered(out: &mut String, name: Value, prefix: char, n: usize) {
    match symbol::name(name) {
        Some(name) => out.push_str(&written_symbol(&format!("{name}.{n}"))),
        None => {
            let _ = write!(out, "{prefix}{n}");
        }
    }
}

/// The name behind a text that [`numbered`] may have written: `NAME.n` without the number, `#f` for one of the prefixes and a
/// number, and the text itself otherwise.
pub fn source_name(written: Value, prefixes: &[&str]) -> Value {
    let Some(text) = symbol::name(written) else {
        return Value::FALSE;
    };
    let base = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if base.len() == text.len() {
        return written;
    }
    match base.strip_suffix('.') {
        Some(name) => symbol::intern(name),
        None if prefixes.contains(&base) => Value::FALSE,
        None => written,
    }
}

/// A symbol as the reader takes it: between bars wherever it might be read as something else.
pub fn written_symbol(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "!$%&*/:<=>?^_~+-.@".contains(c);
    let mut chars = name.chars();
    let numeric = match chars.next() {
        None => true,
        Some(c) if c.is_ascii_digit() => true,
        Some('.') => name != "...",
        Some('+' | '-') => matches!(chars.next(), Some(c) if c.is_ascii_digit() || ".iInN".contains(c)),
        Some('@') => true,
        Some(_) => false,
    };
    if !numeric && name.chars().all(plain) {
        return name.to_owned();
    }
    let mut out = String::from("|");
    for c in name.chars() {
        match c {
            '|' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:x};", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('|');
    out
}

/// Fails at a datum.
pub fn fail<T>(data: &Data, datum: DatumId, expected: &str) -> Result<T, Error> {
    Err(Error { span: data[datum].span, message: format!("expected {expected}") })
}

/// The symbol that a datum is.
pub fn symbol_of(data: &Data, datum: DatumId) -> Option<Value> {
    match data[datum].kind {
        DatumKind::Immediate(value) if value.is_symbol() => Some(value),
        _ => None,
    }
}

/// The name of the symbol that a datum is.
pub fn name_of(data: &Data, datum: DatumId) -> Option<&'static str> {
    symbol_of(data, datum).and_then(symbol::name)
}

/// The elements of a proper list.
pub fn list(data: &Data, datum: DatumId) -> Result<Vec<DatumId>, Error> {
    match dotted(data, datum) {
        (elements, None) => Ok(elements),
        _ => fail(data, datum, "a list"),
    }
}

/// The elements of a list and what follows its last dot; a datum that is no pair is all tail.
pub fn dotted(data: &Data, mut datum: DatumId) -> (Vec<DatumId>, Option<DatumId>) {
    let mut elements = Vec::new();
    while let DatumKind::Pair(first, rest) = data[datum].kind {
        if elements.len() > data.len() {
            return (elements, Some(datum));
        }
        elements.push(first);
        datum = rest;
    }
    match data[datum].kind {
        DatumKind::Immediate(Value::NULL) => (elements, None),
        _ => (elements, Some(datum)),
    }
}

/// An atom that is no variable.
pub enum Closed {
    /// A constant.
    Const(Value),
    /// `(prim NAME)`
    Prim(Prim),
}

/// The constant or primitive that a datum describes; `None` for symbols, which may be variables.
pub fn closed_atom(data: &Data, datum: DatumId, quote: &mut Quote) -> Result<Option<Closed>, Error> {
    let quoted = match data[datum].kind {
        DatumKind::Pair(..) => match list(data, datum)?[..] {
            [head, prim] if name_of(data, head) == Some("prim") => {
                return match name_of(data, prim).and_then(Prim::named) {
                    Some(prim) => Ok(Some(Closed::Prim(prim))),
                    None => fail(data, prim, "a primitive's name"),
                };
            }
            [head, quoted] if name_of(data, head) == Some("quote") => quoted,
            [head, cell] if name_of(data, head) == Some("cell") && symbol_of(data, cell).is_some() => {
                return match quote(data, cell) {
                    Some(cell) => Ok(Some(Closed::Const(cell))),
                    None => fail(data, datum, "a text without cells"),
                };
            }
            _ => return fail(data, datum, "an atom"),
        },
        DatumKind::Immediate(value) if value.is_symbol() => {
            let name = symbol::name(value);
            let special = SPECIAL.iter().find(|(_, special)| Some(*special) == name);
            return Ok(special.map(|&(value, _)| Closed::Const(value)));
        }
        _ => datum,
    };
    let value = match &data[quoted].kind {
        DatumKind::Immediate(value) => Some(*value),
        DatumKind::Number(text) => self_tagged(text).or_else(|| quote(data, quoted)),
        _ => quote(data, quoted),
    };
    match value {
        Some(value) => Ok(Some(Closed::Const(value))),
        None => fail(data, quoted, "a constant"),
    }
}

/// The immediate of a decimal number with a fraction or exponent, if it is one.
fn self_tagged(text: &str) -> Option<Value> {
    let decimal = text.contains(['.', 'e']) && !text.contains(['/', '#']);
    text.parse().ok().filter(|_| decimal).and_then(Value::self_tagged)
}
