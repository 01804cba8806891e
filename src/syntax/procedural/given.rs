//! Forms as pairs, vectors and symbols, for transformers with explicit renaming; and the way back.
//!
//! What such a transformer passes on as it was is the very form that it was given: with its positions and, where it is quoted, with its identity. So
//! each pair and vector is kept together with its form and a copy of its content, since transformers may change it. Pairs and
//! vectors of living data are given as they are.

use super::value::{self, Symbols};
use crate::syntax::deeper;
use crate::syntax::object::{Stx, Syntax, View};
use crate::syntax::scope::SetId;
use kestrel_runtime::heap::Handle;
use kestrel_runtime::object::Vector;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;

/// What was given to a transformer.
#[derive(Default)]
pub struct Given {
    /// The form of each symbol, where it was met first.
    places: FxHashMap<Value, Stx>,
    tables: Vec<Table>,
}

/// The pairs and vectors of one form.
struct Table {
    /// A vector: each object, with a copy of it behind it; parts before what they are part of.
    objects: Handle,
    /// Their forms.
    forms: Vec<Stx>,
    /// The scopes of the identifiers that are symbols in it.
    plain: Option<SetId>,
}

impl Given {
    /// A form as pairs, vectors and symbols; identifiers without exactly the scopes `plain` stay syntax objects.
    pub fn unwrap(&mut self, ctx: &mut Ctx, syntax: &mut Syntax, form: Stx, plain: Option<SetId>) -> Value {
        let (objects, forms) = (Vec::new(), Vec::new());
        let mut unwrapper = Unwrapper {
            ctx,
            syntax,
            plain,
            places: &mut self.places,
            identifiers: FxHashMap::default(),
            shared: FxHashMap::default(),
            objects,
            forms,
        };
        let value = unwrapper.form(form);
        let Unwrapper { ctx, objects, forms, .. } = unwrapper;
        let objects = ctx.vector_from(&objects).value();
        self.tables.push(Table { objects: ctx.root(objects), forms, plain });
        value
    }

    /// Where a symbol that means an identifier with these scopes was given.
    pub fn place(&self, symbol: Value, set: SetId) -> Option<Stx> {
        self.places.get(&symbol).copied().filter(|place| place.set == set)
    }

    /// For each pair and vector that was given, its form if nothing in it has changed, and if symbols in it mean again what they meant.
    pub fn unchanged(&self, ctx: &Ctx, symbols: Symbols) -> FxHashMap<Value, Option<Stx>> {
        let mut known: FxHashMap<Value, Option<Stx>> = FxHashMap::default();
        for table in &self.tables {
            let same_meaning = match (table.plain, symbols) {
                (None, _) => true,
                (Some(plain), Symbols::With(set)) => plain == set,
                (Some(_), Symbols::Refused) => false,
            };
            let Some(objects) = Vector::of(table.objects.get()) else { continue };
            for (i, &form) in table.forms.iter().enumerate() {
                let (Some(object), Some(copy)) = (objects.get(ctx, 2 * i), objects.get(ctx, 2 * i + 1)) else {
                    continue;
                };
                let is_same = |now: Value, then: Value| now == then && !matches!(known.get(&now), Some(None));
                let same = match (Vector::of(object), Vector::of(copy)) {
                    (Some(now), Some(then)) => (0..then.len()).all(|i| match (now.get(ctx, i), then.get(ctx, i)) {
                        (Some(a), Some(b)) => is_same(a, b),
                        _ => false,
                    }),
                    _ => is_same(ctx.car(object), ctx.car(copy)) && is_same(ctx.cdr(object), ctx.cdr(copy)),
                };
                known.insert(object, (same && same_meaning).then_some(form));
            }
        }
        known
    }
}

struct Unwrapper<'u> {
    ctx: &'u mut Ctx,
    syntax: &'u mut Syntax,
    plain: Option<SetId>,
    places: &'u mut FxHashMap<Value, Stx>,
    /// The syntax objects of identifiers, so that equal ones are `eq?`.
    identifiers: FxHashMap<(Value, SetId), Value>,
    /// The values of forms that may be part of several.
    shared: FxHashMap<Stx, Value>,
    objects: Vec<Value>,
    forms: Vec<Stx>,
}

impl Unwrapper<'_> {
    fn form(&mut self, s: Stx) -> Value {
        deeper(|| match self.syntax.view(s) {
            View::Pair(..) => self.list(s),
            View::Vector => self.vector(s),
            View::Symbol(name) if Some(s.set) == self.plain => {
                self.places.entry(name).or_insert(s);
                name
            }
            View::Symbol(name) => match self.identifiers.get(&(name, s.set)) {
                Some(&v) => v,
                None => {
                    let v = value::of_syntax(self.ctx, self.syntax, s);
                    self.identifiers.insert((name, s.set), v);
                    v
                }
            },
            View::Null => Value::NULL,
            View::Constant | View::Cyclic => value::datum(self.ctx, self.syntax, s),
        })
    }

    fn list(&mut self, s: Stx) -> Value {
        let (mut pairs, mut items, mut rest) = (Vec::new(), Vec::new(), s);
        let mut result = loop {
            if let Some(&known) = self.shared.get(&rest) {
                break known;
            }
            match self.syntax.uncons(rest) {
                Some((a, d)) => {
                    pairs.push(rest);
                    items.push(a);
                    rest = d;
                }
                None => break self.form(rest),
            }
        };
        let values: Vec<Value> = items.into_iter().map(|x| self.form(x)).collect();
        for (pair, car) in pairs.into_iter().zip(values).rev() {
            let copy = self.ctx.cons(car, result);
            result = match self.original(pair) {
                Some(original) => original,
                None => self.ctx.cons(car, result),
            };
            self.keep(pair, result, copy);
        }
        result
    }

    fn vector(&mut self, s: Stx) -> Value {
        if let Some(&known) = self.shared.get(&s) {
            return known;
        }
        let items = self.syntax.vector(s).unwrap_or_default();
        let values: Vec<Value> = items.into_iter().map(|x| self.form(x)).collect();
        let copy = self.ctx.vector_from(&values).value();
        let vector = match self.original(s) {
            Some(original) => original,
            None => self.ctx.vector_from(&values).value(),
        };
        self.keep(s, vector, copy);
        vector
    }

    fn keep(&mut self, s: Stx, object: Value, copy: Value) {
        self.objects.extend([object, copy]);
        self.forms.push(s);
        if self.syntax.may_share(s) {
            self.shared.insert(s, object);
        }
    }

    /// The living object that a form was made from, if all its identifiers are symbols for the transformer.
    fn original(&self, s: Stx) -> Option<Value> {
        let (originals, index) = self.syntax.original(s).filter(|_| Some(s.set) == self.plain)?;
        Vector::of(originals)?.get(self.ctx, index).filter(|&v| v != Value::ABSENT)
    }
}
