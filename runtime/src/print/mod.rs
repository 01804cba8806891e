//! The printer: `write`, `display`, `write-shared`, `write-simple`, and values inside error messages.
//!
//! `write` and `display` put datum labels on the targets of back edges (objects that contain themselves) only, `write-shared` on everything
//! that occurs twice (R7RS 6.13.3). Nothing recurses: a stack of pending pieces drives the output, another one the search for cycles. That search
//! first walks the data as if it were a tree, with a bound on the steps; only data that outlast the bound pay for a table of visited objects.

mod cycle;
mod text;

pub use text::{char_name, write_char, write_string, write_symbol};

use crate::abi::Ctx;
use crate::control::parameter::is_parameter;
use crate::layout::*;
use crate::object::*;
use crate::value::Value;
use crate::{number, symbol};
use cycle::Labels;
use std::fmt::Write;

/// Which of the four output procedures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// `display`: strings and characters as they are; labels for cycles.
    Display,
    /// `write`: labels for cycles.
    Write,
    /// `write-shared`: labels for everything shared.
    WriteShared,
    /// `write-simple`: no labels; circular data must have been refused (see [`is_circular`]) or output limited.
    WriteSimple,
}

/// The external representation of a value.
pub fn to_string(ctx: &Ctx, value: Value, mode: Mode) -> String {
    bounded_string(ctx, value, mode, usize::MAX).unwrap_or_default()
}

/// As [`to_string`]; `None` if it takes more than `limit` bytes (without cycles, sharing can make a small object's text endless in effect).
pub fn bounded_string(ctx: &Ctx, value: Value, mode: Mode, limit: usize) -> Option<String> {
    let labels = match mode {
        Mode::WriteSimple => Labels::default(),
        Mode::WriteShared => Labels::shared(ctx, value),
        Mode::Write | Mode::Display => Labels::cycles(ctx, value),
    };
    let mut printer = Printer { ctx, out: String::new(), mode, labels, pending: Vec::new(), limit };
    printer.run(value);
    (printer.out.len() <= limit).then_some(printer.out)
}

/// As [`to_string`] with `write`'s syntax, but cut to about `limit` bytes with an ellipsis, without labels: takes time in `limit` only.
pub fn to_limited_string(ctx: &Ctx, value: Value, limit: usize) -> String {
    let mode = Mode::WriteSimple;
    let mut printer = Printer { ctx, out: String::new(), mode, labels: Labels::default(), pending: Vec::new(), limit };
    printer.run(value);
    let mut out = printer.out;
    if out.len() > limit {
        let end = (0..=limit).rev().find(|&i| out.is_char_boundary(i)).unwrap_or(0);
        out.truncate(end);
        out.push('…');
    }
    out
}

/// Whether a value contains itself.
pub fn is_circular(ctx: &Ctx, value: Value) -> bool {
    !Labels::cycles(ctx, value).is_empty()
}

/// A piece of output that is still to come.
enum Pending {
    Value(Value),
    /// The rest of a list, after an element.
    Tail(Value),
    /// The elements of a vector or record from an index on, then a closing parenthesis or bracket.
    Parts(Value, usize),
    Text(&'static str),
}

struct Printer<'a> {
    ctx: &'a Ctx,
    out: String,
    mode: Mode,
    labels: Labels,
    pending: Vec<Pending>,
    limit: usize,
}

impl Printer<'_> {
    fn run(&mut self, value: Value) {
        self.pending.push(Pending::Value(value));
        while let Some(piece) = self.pending.pop() {
            if self.out.len() > self.limit {
                return;
            }
            match piece {
                Pending::Value(v) => self.value(v),
                Pending::Tail(v) => self.tail(v),
                Pending::Parts(v, i) => self.part(v, i),
                Pending::Text(t) => self.out.push_str(t),
            }
        }
    }

    fn add(&mut self, args: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.out.write_fmt(args);
    }

    fn value(&mut self, v: Value) {
        if cycle::is_compound(v)
            && let Some((n, first)) = self.labels.use_label(v)
        {
            if !first {
                return self.add(format_args!("#{n}#"));
            }
            self.add(format_args!("#{n}="));
        }
        if v.is_pair() {
            self.pair(v)
        } else if v.is_object() {
            self.object(v)
        } else if v.is_closure() {
            self.procedure(v)
        } else {
            self.immediate(v)
        }
    }

    fn pair(&mut self, v: Value) {
        let (first, rest) = (self.ctx.car(v), self.ctx.cdr(v));
        if let Some(prefix) = self.abbreviation(first, rest) {
            self.out.push_str(prefix);
            return self.pending.push(Pending::Value(self.ctx.car(rest)));
        }
        self.out.push('(');
        self.pending.push(Pending::Tail(rest));
        self.pending.push(Pending::Value(first));
    }

    /// The prefix of `(quote x)` and its kin.
    fn abbreviation(&self, first: Value, rest: Value) -> Option<&'static str> {
        if !first.is_symbol() || !rest.is_pair() || self.ctx.cdr(rest) != Value::NULL || self.labels.has(rest) {
            return None;
        }
        Some(match symbol::name(first)? {
            "quote" => "'",
            "quasiquote" => "`",
            "unquote" => ",",
            "unquote-splicing" => ",@",
            _ => return None,
        })
    }

    fn tail(&mut self, v: Value) {
        if v == Value::NULL {
            self.out.push(')');
        } else if v.is_pair() && !self.labels.has(v) {
            self.out.push(' ');
            self.pending.push(Pending::Tail(self.ctx.cdr(v)));
            self.pending.push(Pending::Value(self.ctx.car(v)));
        } else {
            self.out.push_str(" . ");
            self.pending.push(Pending::Text(")"));
            self.pending.push(Pending::Value(v));
        }
    }

    fn part(&mut self, v: Value, i: usize) {
        let (part, space, end) = match (Vector::of(v), Record::of(v), Condition::of(v)) {
            (Some(vector), ..) => (vector.get(self.ctx, i), i > 0, ")"),
            (_, Some(record), _) => (record.field(self.ctx, i), true, ">"),
            (.., Some(_)) => (cycle::child(self.ctx, v, i), true, ">"),
            _ => (None, false, ""),
        };
        let Some(part) = part else { return self.out.push_str(end) };
        if space {
            self.out.push(' ');
        }
        self.pending.push(Pending::Parts(v, i + 1));
        if Condition::of(v).is_some() && i > 0 {
            self.condition_irritants(part);
        } else {
            self.pending.push(Pending::Value(part));
        }
    }

    /// The irritants of a condition without the parentheses of their list, if it is one and carries no label.
    fn condition_irritants(&mut self, list: Value) {
        let mut items = Vec::new();
        let mut rest = list;
        while rest.is_pair() && !self.labels.has(rest) && items.len() < self.limit {
            items.push(self.ctx.car(rest));
            rest = self.ctx.cdr(rest);
        }
        if rest != Value::NULL || items.is_empty() {
            return self.pending.push(Pending::Value(list));
        }
        for (i, &item) in items.iter().enumerate().rev() {
            self.pending.push(Pending::Value(item));
            if i > 0 {
                self.pending.push(Pending::Text(" "));
            }
        }
    }

    fn object(&mut self, v: Value) {
        let ctx = self.ctx;
        if let Some(s) = Str::of(v) {
            let budget = self.limit.saturating_sub(self.out.len()).saturating_add(1);
            let text = s.text(ctx).slice(0..s.len().min(budget));
            match (self.mode, text) {
                (Mode::Display, Text::Narrow(b)) if b.is_ascii() => self.out.push_str(&String::from_utf8_lossy(b)),
                (Mode::Display, _) => self.out.extend(text.chars()),
                _ => write_string(&mut self.out, text.chars()),
            }
        } else if Vector::of(v).is_some() {
            self.out.push_str("#(");
            self.pending.push(Pending::Parts(v, 0));
        } else if let Some(b) = Bytevector::of(v) {
            self.bytes(b);
        } else if let Some(r) = Record::of(v) {
            let name = RecordType::of(r.record_type(ctx)).map_or("?", |t| t.plain_name(ctx));
            self.add(format_args!("#<record {name}"));
            self.pending.push(Pending::Parts(v, 0));
        } else if let Some(t) = RecordType::of(v) {
            self.add(format_args!("#<record-type {}>", t.plain_name(ctx)));
        } else if let Some(c) = Condition::of(v) {
            self.add(format_args!("#<{}", symbol::name(c.kind(ctx)).unwrap_or("condition")));
            self.pending.push(Pending::Parts(v, 0));
        } else if let Some(t) = HashTable::of(v) {
            self.add(format_args!("#<hash-table {}>", t.len(ctx)));
        } else if let Some(s) = Syntax::of(v) {
            let text = match ctx.runtime.expander.describe {
                Some(describe) => describe(ctx, s),
                None => "#<syntax>".to_string(),
            };
            self.out.push_str(&text);
        } else if let Some(p) = Port::of(v) {
            let text = crate::port::describe(ctx, p);
            self.out.push_str(&text);
        } else if number::is_number(v) {
            let words = number::words(v);
            if words * 19 > self.limit {
                return self.add(format_args!("#<number of {words} words>"));
            }
            // If it is interrupted, so is what the text is for.
            self.out.push_str(&number::write_unless_interrupted(ctx, v, 10).unwrap_or_default());
        } else {
            self.out.push_str(match v.object_type() {
                Some(t) if t == ObjectType::Promise as u8 => "#<promise>",
                Some(t) if t == ObjectType::Ephemeron as u8 => "#<ephemeron>",
                Some(t) if t == ObjectType::Continuation as u8 => "#<continuation>",
                Some(t) if t == ObjectType::Environment as u8 => "#<environment>",
                Some(t) if t == ObjectType::Cell as u8 => "#<variable>",
                Some(t) if t == ObjectType::MultipleValues as u8 => "#<values>",
                _ => "#<object>",
            });
        }
    }

    fn bytes(&mut self, b: Bytevector) {
        self.out.push_str("#u8(");
        for (i, byte) in b.bytes(self.ctx).iter().enumerate() {
            if self.out.len() > self.limit {
                return;
            }
            let space = if i > 0 { " " } else { "" };
            self.add(format_args!("{space}{byte}"));
        }
        self.out.push(')');
    }

    fn procedure(&mut self, v: Value) {
        match symbol::name(self.ctx.procedure_name(v)) {
            Some(name) => self.add(format_args!("#<procedure {name}>")),
            None if is_parameter(self.ctx, v) => self.out.push_str("#<parameter>"),
            None if self.ctx.continuation_of(v).is_some() => self.out.push_str("#<continuation>"),
            None => self.out.push_str("#<procedure>"),
        }
    }

    fn immediate(&mut self, v: Value) {
        if let Some(c) = v.as_char() {
            return if self.mode == Mode::Display { self.out.push(c) } else { write_char(&mut self.out, c) };
        }
        if let Some(name) = symbol::name(v) {
            return if self.mode == Mode::Display {
                self.out.push_str(name)
            } else {
                write_symbol(&mut self.out, name)
            };
        }
        if number::is_number(v) {
            let text = number::write(v, 10);
            return self.out.push_str(&text);
        }
        self.out.push_str(match v.0 {
            IMM_FALSE => "#f",
            IMM_TRUE => "#t",
            IMM_NULL => "()",
            IMM_UNSPECIFIED => "#<unspecified>",
            IMM_EOF => "#<eof>",
            IMM_UNBOUND => "#<unbound>",
            IMM_BROKEN => "#<broken>",
            _ => "#<object>",
        });
    }
}

#[cfg(test)]
mod tests;
