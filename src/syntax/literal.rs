//! Quoted data to values: shared and circular as they were read. No recursion; scopes are ignored.
//!
//! Data of a text that was read become literals: static and immutable. In what `eval` is given, the data themselves are the values, and
//! what macros have built from them is made in the heap, since static data never lead there.

use super::object::{Stx, Syntax};
use crate::reader::datum::DatumKind;
use kestrel_runtime::layout::{CELL_VALUE, OBJECT_PAYLOAD, ObjectType, PAIR_CAR, PAIR_CDR, WORD, header};
use kestrel_runtime::number;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;

/// Makes constants: what the runtime's static area offers. Objects are filled once, right after they were made.
pub trait Literals {
    /// A pair to be filled.
    fn pair(&mut self) -> Value;
    /// Fills a pair's car.
    fn init_car(&mut self, pair: Value, x: Value);
    /// Fills a pair's cdr.
    fn init_cdr(&mut self, pair: Value, x: Value);
    /// A vector to be filled.
    fn vector(&mut self, length: usize) -> Value;
    /// Fills an element.
    fn init_element(&mut self, vector: Value, index: usize, x: Value);
    /// A string.
    fn string(&mut self, text: &str) -> Value;
    /// A bytevector.
    fn bytevector(&mut self, bytes: &[u8]) -> Value;
    /// A number that is not a fixnum, as the reader checked it; `None` if it cannot be represented.
    fn number(&mut self, text: &str) -> Option<Value>;
    /// The object in a cell, as a part of a constant; `None` if it cannot be one.
    fn object(&mut self, cell: Value) -> Option<Value>;
    /// A global variable's cell, without a value.
    fn cell(&mut self, name: Value) -> Value;
    /// An element of any vector.
    fn element(&self, vector: Value, index: usize) -> Value;
}

enum Slot {
    Car(Value),
    Cdr(Value),
    Element(Value, usize),
}

/// The value of a quoted form; the error is a part that no constant can have.
pub fn value(syntax: &Syntax, literals: &mut dyn Literals, form: Stx) -> Result<Value, Stx> {
    let mut seen: FxHashMap<(u32, u32), Value> = FxHashMap::default();
    let mut work: Vec<(Stx, Slot)> = Vec::new();
    let answer = container(syntax, literals, form, &mut seen, &mut work)?;
    while let Some((child, slot)) = work.pop() {
        let x = container(syntax, literals, child, &mut seen, &mut work)?;
        match slot {
            Slot::Car(pair) => literals.init_car(pair, x),
            Slot::Cdr(pair) => literals.init_cdr(pair, x),
            Slot::Element(vector, i) => literals.init_element(vector, i, x),
        }
    }
    Ok(answer)
}

/// The value of a form; what it contains is left to `work`.
fn container(
    syntax: &Syntax,
    literals: &mut dyn Literals,
    form: Stx,
    seen: &mut FxHashMap<(u32, u32), Value>,
    work: &mut Vec<(Stx, Slot)>,
) -> Result<Value, Stx> {
    if let Some((originals, index)) = syntax.original(form) {
        let original = literals.element(originals, index);
        if original != Value::ABSENT {
            return Ok(original);
        }
    }
    let key = (form.text, form.datum);
    let shared = syntax.may_share(form);
    if shared && let Some(&made) = seen.get(&key) {
        return Ok(made);
    }
    let made = if let Some((a, d)) = syntax.raw_pair(form) {
        let pair = literals.pair();
        work.push((a, Slot::Car(pair)));
        work.push((d, Slot::Cdr(pair)));
        pair
    } else if let Some(items) = syntax.raw_vector(form) {
        let vector = literals.vector(items.len());
        work.extend(items.into_iter().enumerate().map(|(i, x)| (x, Slot::Element(vector, i))));
        vector
    } else if let Some(cell) = syntax.object(form) {
        literals.object(cell).ok_or(form)?
    } else {
        match syntax.atom(form) {
            Err(v) => v,
            Ok(DatumKind::Immediate(v)) => *v,
            Ok(DatumKind::Number(text)) => literals.number(text).ok_or(form)?,
            Ok(DatumKind::String(text)) => literals.string(text),
            Ok(DatumKind::Bytevector(bytes)) => literals.bytevector(bytes),
            Ok(DatumKind::Pair(..) | DatumKind::Vector(_)) => Value::UNSPECIFIED,
        }
    };
    if shared && made.is_pointer() {
        seen.insert(key, made);
    }
    Ok(made)
}

impl Literals for Ctx {
    fn pair(&mut self) -> Value {
        self.static_cons(Value::NULL, Value::NULL)
    }
    fn init_car(&mut self, pair: Value, x: Value) {
        self.init_field(pair, PAIR_CAR, x);
    }
    fn init_cdr(&mut self, pair: Value, x: Value) {
        self.init_field(pair, PAIR_CDR, x);
    }
    fn vector(&mut self, length: usize) -> Value {
        let vector = self.static_object(header(ObjectType::Vector, length), length * WORD);
        for i in 0..length {
            self.init_element(vector, i, Value::NULL);
        }
        vector
    }
    fn init_element(&mut self, vector: Value, index: usize, x: Value) {
        self.init_field(vector, OBJECT_PAYLOAD + index * WORD, x);
    }
    fn string(&mut self, text: &str) -> Value {
        self.static_string(text)
    }
    fn bytevector(&mut self, bytes: &[u8]) -> Value {
        self.static_bytevector(bytes)
    }
    fn number(&mut self, text: &str) -> Option<Value> {
        let number = number::parse(self, text, 10)?;
        Some(static_number(self, number))
    }
    fn object(&mut self, cell: Value) -> Option<Value> {
        Some(self.field(cell, CELL_VALUE)).filter(|&v| self.is_constant(v))
    }
    fn cell(&mut self, name: Value) -> Value {
        self.static_cell(Value::UNBOUND, name)
    }
    fn element(&self, vector: Value, index: usize) -> Value {
        self.field(vector, OBJECT_PAYLOAD + index * WORD)
    }
}

/// A number as a literal.
fn static_number(ctx: &mut Ctx, number: Value) -> Value {
    if let Some(x) = ctx.flonum_value(number) {
        return ctx.static_flonum(x);
    }
    if number.is_a(ObjectType::Bignum) {
        // The sign's word, then the limbs.
        return ctx.static_copy_data(number, (1 + number.object_length()) * WORD);
    }
    for kind in [ObjectType::Ratnum, ObjectType::Compnum] {
        if number.is_a(kind) {
            let parts =
                [0, 1].map(|i| ctx.field(number, OBJECT_PAYLOAD + i * WORD)).map(|part| static_number(ctx, part));
            let copy = ctx.static_object(header(kind, 2), 2 * WORD);
            for (i, part) in parts.into_iter().enumerate() {
                ctx.init_field(copy, OBJECT_PAYLOAD + i * WORD, part);
            }
            return copy;
        }
    }
    number
}
