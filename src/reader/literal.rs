//! Data to values, shared and circular as they were read. No recursion.
//!
//! The same walk makes literals in the static area (through `Ctx`) and fresh objects for the `read` procedure (through [`Fresh`]): it makes each
//! pair and vector empty when it first meets it, and fills it later from a work list.

use super::datum::{Data, DatumId, DatumKind};
use crate::arena::IndexVec;
use crate::diagnostic::{Diagnostic, Kind};
use crate::syntax::literal::Literals;
use kestrel_runtime::layout::{CELL_VALUE, OBJECT_PAYLOAD, WORD};
use kestrel_runtime::{Ctx, Value, number};

/// Allocates in the heap: mutable objects that the collector may move.
pub struct Fresh<'a>(pub &'a mut Ctx);

impl Literals for Fresh<'_> {
    fn pair(&mut self) -> Value {
        self.0.cons(Value::NULL, Value::NULL)
    }
    fn init_car(&mut self, pair: Value, x: Value) {
        self.0.set_car(pair, x);
    }
    fn init_cdr(&mut self, pair: Value, x: Value) {
        self.0.set_cdr(pair, x);
    }
    fn vector(&mut self, length: usize) -> Value {
        self.0.vector_from(&vec![Value::NULL; length]).value()
    }
    fn init_element(&mut self, vector: Value, index: usize, x: Value) {
        self.0.set_field(vector, OBJECT_PAYLOAD + index * WORD, x);
    }
    fn string(&mut self, text: &str) -> Value {
        self.0.string_from(text).value()
    }
    fn bytevector(&mut self, bytes: &[u8]) -> Value {
        self.0.bytevector_from("read", bytes).map_or_else(|raised| raised, |b| b.value())
    }
    fn number(&mut self, text: &str) -> Option<Value> {
        number::parse(self.0, text, 10)
    }
    fn object(&mut self, cell: Value) -> Option<Value> {
        Some(self.0.field(cell, CELL_VALUE))
    }
    fn cell(&mut self, name: Value) -> Value {
        self.0.make_cell(Value::UNBOUND, name)
    }
    fn element(&self, vector: Value, index: usize) -> Value {
        self.0.field(vector, OBJECT_PAYLOAD + index * WORD)
    }
}

/// Where a value goes.
enum Slot {
    Car(Value),
    Cdr(Value),
    Element(Value, usize),
}

/// The value of a datum. The error is about a number that cannot be represented.
pub fn value(data: &Data, root: DatumId, make: &mut dyn Literals) -> Result<Value, Diagnostic> {
    let mut walk = Walk { data, made: IndexVec::filled(None, data.len()), work: Vec::new() };
    let answer = walk.make(root, make)?;
    while let Some((datum, slot)) = walk.work.pop() {
        let x = walk.make(datum, make)?;
        match slot {
            Slot::Car(pair) => make.init_car(pair, x),
            Slot::Cdr(pair) => make.init_cdr(pair, x),
            Slot::Element(vector, i) => make.init_element(vector, i, x),
        }
    }
    Ok(answer)
}

struct Walk<'a> {
    data: &'a Data,
    /// The objects made so far.
    made: IndexVec<DatumId, Option<Value>>,
    work: Vec<(DatumId, Slot)>,
}

impl Walk<'_> {
    /// The value of a datum; what it contains is left to `work`.
    fn make(&mut self, d: DatumId, make: &mut dyn Literals) -> Result<Value, Diagnostic> {
        if let Some(known) = self.made[d] {
            return Ok(known);
        }
        let object = match &self.data[d].kind {
            DatumKind::Immediate(v) => return Ok(*v),
            DatumKind::Number(text) => make.number(text).ok_or_else(|| {
                Diagnostic::error(
                    Kind::Read,
                    self.data[d].span,
                    format!("the number `{}` cannot be represented", clip(text)),
                )
            })?,
            DatumKind::String(text) => make.string(text),
            DatumKind::Bytevector(bytes) => make.bytevector(bytes),
            DatumKind::Pair(a, b) => {
                let pair = make.pair();
                self.work.push((*a, Slot::Car(pair)));
                self.work.push((*b, Slot::Cdr(pair)));
                pair
            }
            DatumKind::Vector(elements) => {
                let vector = make.vector(elements.len());
                self.work.extend(elements.iter().enumerate().map(|(i, x)| (*x, Slot::Element(vector, i))));
                vector
            }
        };
        self.made[d] = Some(object);
        Ok(object)
    }
}

/// The start of a text that may be long.
fn clip(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::read_all;
    use crate::source::FileId;
    use kestrel_runtime::control::Options;

    fn both(text: &str, check: impl Fn(&Ctx, Value)) {
        let mut data = Data::new();
        let root = read_all(FileId(0), text, &mut data).unwrap()[0];
        let mut ctx = Ctx::new(Options::default());
        let literal = value(&data, root, &mut *ctx).unwrap();
        assert!(ctx.is_constant(literal));
        check(&ctx, literal);
        let fresh = value(&data, root, &mut Fresh(&mut ctx)).unwrap();
        assert!(!fresh.is_pointer() || !ctx.is_static(fresh));
        check(&ctx, fresh);
    }

    #[test]
    fn trees() {
        both("(1 (2 . #t) #(a))", |ctx, v| {
            assert_eq!(ctx.car(v), Value::fixnum(1));
            let second = ctx.car(ctx.cdr(v));
            assert_eq!((ctx.car(second), ctx.cdr(second)), (Value::fixnum(2), Value::TRUE));
            let vector = ctx.car(ctx.cdr(ctx.cdr(v)));
            assert_eq!(ctx.field(vector, OBJECT_PAYLOAD), kestrel_runtime::symbol::intern("a"));
        });
        both("99999999999999999999", |_, v| assert!(v.is_object()));
        both("\"text\"", |_, v| assert!(v.is_object()));
    }

    #[test]
    fn cycles_and_sharing() {
        both("#0=(a #0# . #0#)", |ctx, v| {
            assert_eq!(ctx.car(ctx.cdr(v)), v);
            assert_eq!(ctx.cdr(ctx.cdr(v)), v);
        });
        both("(#0=\"s\" . #0#)", |ctx, v| assert_eq!(ctx.car(v), ctx.cdr(v)));
    }

    #[test]
    fn deep_data() {
        both(&format!("{}{}", "(".repeat(100_000), ")".repeat(100_000)), |_, v| assert!(v.is_pair()));
    }

    #[test]
    fn impossible_numbers() {
        let mut data = Data::new();
        let root = read_all(FileId(0), "(a #e+inf.0)", &mut data).unwrap()[0];
        let error = value(&data, root, &mut *Ctx::new(Options::default())).unwrap_err();
        assert_eq!(error.message, "the number `#e+inf.0` cannot be represented");
    }
}
