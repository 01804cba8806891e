//! Data to values, shared and circular as they were read. No recursion.
//!
//! One walk serves all: it takes apart any [`Structure`] (data here, forms in `syntax/literal`) and makes values by any [`Literals`]: static and immutable
//! ones (`Ctx`), or fresh ones in the heap ([`Fresh`]). It makes each pair and vector empty when it first meets it, and fills it later from a
//! work list.

use super::datum::{Data, DatumId, DatumKind};
use crate::arena::IndexVec;
use crate::diagnostic::{Diagnostic, Kind};
use kestrel_runtime::layout::{CELL_VALUE, OBJECT_PAYLOAD, ObjectType, PAIR_CAR, PAIR_CDR, WORD, header};
use kestrel_runtime::{Ctx, Value, number};

/// Makes values. Pairs and vectors are filled once, right after they were made.
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
    /// The object in a cell, as a part of a value; `None` if it cannot be one.
    fn object(&mut self, cell: Value) -> Option<Value>;
    /// An element of any vector.
    fn element(&self, vector: Value, index: usize) -> Value;
}

/// What the walk finds at a node.
pub enum Part<'a, N> {
    /// A value that is ready.
    Value(Value),
    /// A number's text.
    Number(&'a str),
    /// A string's text.
    String(&'a str),
    /// A bytevector's content.
    Bytevector(&'a [u8]),
    /// A pair.
    Pair(N, N),
    /// A vector.
    Vector(Vec<N>),
    /// The cell of an object without external representation.
    Object(Value),
}

/// What can be walked.
pub trait Structure {
    /// A place in it.
    type Node: Copy;
    /// What stands there.
    fn part(&self, node: Self::Node) -> Part<'_, Self::Node>;
    /// The value of a node, if there is one already.
    fn known(&self, node: Self::Node, make: &dyn Literals) -> Option<Value>;
    /// Takes note of a node's value.
    fn keep(&mut self, node: Self::Node, value: Value);
}

/// Where a value goes.
enum Slot {
    Car(Value),
    Cdr(Value),
    Element(Value, usize),
}

/// The value of a node; the error is a node that can have none.
pub fn build<S: Structure>(structure: &mut S, root: S::Node, make: &mut dyn Literals) -> Result<Value, S::Node> {
    let mut work = Vec::new();
    let answer = shell(structure, root, make, &mut work)?;
    while let Some((node, slot)) = work.pop() {
        let x = shell(structure, node, make, &mut work)?;
        match slot {
            Slot::Car(pair) => make.init_car(pair, x),
            Slot::Cdr(pair) => make.init_cdr(pair, x),
            Slot::Element(vector, i) => make.init_element(vector, i, x),
        }
    }
    Ok(answer)
}

/// The value of a node; what it contains is left to `work`.
fn shell<S: Structure>(
    structure: &mut S,
    node: S::Node,
    make: &mut dyn Literals,
    work: &mut Vec<(S::Node, Slot)>,
) -> Result<Value, S::Node> {
    if let Some(known) = structure.known(node, make) {
        return Ok(known);
    }
    let made = match structure.part(node) {
        Part::Value(v) => return Ok(v),
        Part::Number(text) => make.number(text).ok_or(node)?,
        Part::String(text) => make.string(text),
        Part::Bytevector(bytes) => make.bytevector(bytes),
        Part::Object(cell) => make.object(cell).ok_or(node)?,
        Part::Pair(a, d) => {
            let pair = make.pair();
            work.push((a, Slot::Car(pair)));
            work.push((d, Slot::Cdr(pair)));
            pair
        }
        Part::Vector(items) => {
            let vector = make.vector(items.len());
            work.extend(items.into_iter().enumerate().map(|(i, x)| (x, Slot::Element(vector, i))));
            vector
        }
    };
    structure.keep(node, made);
    Ok(made)
}

impl DatumKind {
    /// What a walk finds here, with its parts as nodes.
    pub fn part<N>(&self, node: impl Fn(DatumId) -> N) -> Part<'_, N> {
        match self {
            DatumKind::Immediate(v) => Part::Value(*v),
            DatumKind::Number(text) => Part::Number(text),
            DatumKind::String(text) => Part::String(text),
            DatumKind::Bytevector(bytes) => Part::Bytevector(bytes),
            DatumKind::Pair(a, d) => Part::Pair(node(*a), node(*d)),
            DatumKind::Vector(items) => Part::Vector(items.iter().map(|&x| node(x)).collect()),
        }
    }
}

struct Walk<'a> {
    data: &'a Data,
    made: IndexVec<DatumId, Option<Value>>,
}

impl Structure for Walk<'_> {
    type Node = DatumId;

    fn part(&self, node: DatumId) -> Part<'_, DatumId> {
        self.data[node].kind.part(|d| d)
    }
    fn known(&self, node: DatumId, _: &dyn Literals) -> Option<Value> {
        self.made[node]
    }
    fn keep(&mut self, node: DatumId, value: Value) {
        self.made[node] = Some(value);
    }
}

/// The value of a datum. The error is about a number that cannot be represented.
pub fn value(data: &Data, root: DatumId, make: &mut dyn Literals) -> Result<Value, Diagnostic> {
    let mut walk = Walk { data, made: IndexVec::filled(None, data.len()) };
    build(&mut walk, root, make).map_err(|node| {
        let text = match &data[node].kind {
            DatumKind::Number(text) => clip(text),
            _ => String::new(),
        };
        Diagnostic::error(Kind::Read, data[node].span, format!("the number `{text}` cannot be represented"))
    })
}

/// The start of a text that may be long.
fn clip(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
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
    fn element(&self, vector: Value, index: usize) -> Value {
        self.0.field(vector, OBJECT_PAYLOAD + index * WORD)
    }
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
