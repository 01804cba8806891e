//! Syntax to values and values to syntax.
//!
//! A syntax object as a value is three numbers (see [`kestrel_runtime::object::Syntax`]), so taking it apart costs nothing. The other way, pairs and
//! vectors become forms and atoms data; what has no external representation is kept in a static cell.

use super::Current;
use super::given::Given;
use crate::reader::datum::DatumKind;
use crate::reader::literal::Fresh;
use crate::source::Span;
use crate::syntax::live::NOWHERE;
use crate::syntax::object::{GeneratedKind, Stx, Syntax};
use crate::syntax::scope::{ExpansionId, SetId};
use crate::syntax::{deeper, literal};
use kestrel_runtime::object::{Bytevector, Str, Syntax as SyntaxObject, Vector};
use kestrel_runtime::{Ctx, Value, number, print};
use rustc_hash::FxHashMap;

/// A syntax object as a value.
pub fn of_syntax(ctx: &mut Ctx, syntax: &mut Syntax, s: Stx) -> Value {
    let name = syntax.symbol(s).unwrap_or(Value::FALSE);
    ctx.make_syntax([syntax.world, s.text, s.datum, s.set.0], name)
}

/// A syntax object from its numbers, if it is of this world.
pub fn of_parts(syntax: &Syntax, [world, text, datum, set]: [u32; 4]) -> Option<Stx> {
    (world == syntax.world).then_some(Stx { text, datum, set: SetId(set) })
}

/// The syntax object that a value is.
pub fn to_syntax(ctx: &Ctx, syntax: &Syntax, v: Value) -> Option<Stx> {
    SyntaxObject::of(v).and_then(|s| of_parts(syntax, s.parts(ctx)))
}

/// A syntax object as an ordinary value, without scopes.
pub fn datum(ctx: &mut Ctx, syntax: &Syntax, s: Stx) -> Value {
    literal::value(syntax, &mut Fresh(ctx), s).unwrap_or(Value::UNSPECIFIED)
}

/// Why a value is no syntax.
pub enum Problem {
    /// A symbol where one without scopes means nothing.
    Symbol(Value),
    /// An object without external representation.
    Object(Value),
    /// Data that contain themselves.
    Circular,
    /// More than an expansion may make.
    TooMuch,
}

/// What symbols in values become.
#[derive(Clone, Copy)]
pub enum Symbols {
    /// Identifiers with these scopes: `datum->syntax`.
    With(SetId),
    /// Nothing: in what a transformer answers.
    Refused,
}

/// Makes values into syntax.
pub struct Wrapper<'w> {
    ctx: &'w mut Ctx,
    syntax: &'w mut Syntax,
    symbols: Symbols,
    given: &'w Given,
    /// The forms of what was given and comes back as it was; `None` until they are asked for.
    unchanged: Option<FxHashMap<Value, Option<Stx>>>,
    current: Option<Current>,
    span: Span,
    expansion: ExpansionId,
}

impl<'w> Wrapper<'w> {
    /// A wrapper; `current` is the use of a macro that the syntax is for.
    pub fn new(
        ctx: &'w mut Ctx,
        syntax: &'w mut Syntax,
        symbols: Symbols,
        given: &'w Given,
        current: Option<Current>,
    ) -> Self {
        let span = current.map_or(NOWHERE, |c| c.span);
        let expansion = current.map_or(ExpansionId::NONE, |c| c.expansion);
        Wrapper { ctx, syntax, symbols, given, unchanged: None, current, span, expansion }
    }

    /// What a transformer answered.
    pub fn output(&mut self, v: Value) -> Result<Stx, Problem> {
        let stands_for_itself = !v.is_pointer() && v != Value::UNSPECIFIED && v != Value::EOF;
        let is_datum = Str::of(v).is_some() || Bytevector::of(v).is_some() || number::is_number(v);
        match v {
            _ if SyntaxObject::of(v).is_some() || v.is_pair() || Vector::of(v).is_some() => self.wrap(v),
            _ if stands_for_itself || is_datum => self.wrap(v),
            _ => Err(Problem::Object(v)),
        }
    }

    /// A value as syntax.
    pub fn wrap(&mut self, v: Value) -> Result<Stx, Problem> {
        if (v.is_pair() || Vector::of(v).is_some()) && print::is_circular(self.ctx, v) {
            return Err(Problem::Circular);
        }
        self.form(v)
    }

    fn make(&mut self, kind: GeneratedKind, span: Span) -> Stx {
        self.syntax.generate(kind, span, self.expansion)
    }

    fn form(&mut self, v: Value) -> Result<Stx, Problem> {
        if let Some(s) = to_syntax(self.ctx, self.syntax, v) {
            return Ok(s);
        }
        if self.current.is_some_and(|c| self.syntax.generated_count() > c.limit) {
            return Err(Problem::TooMuch);
        }
        if v.is_pair() {
            return deeper(|| self.list(v));
        }
        if let Some(vector) = Vector::of(v) {
            if let Some(s) = self.as_given(v) {
                return Ok(s);
            }
            let elements: Vec<Value> = (0..vector.len()).filter_map(|i| vector.get(self.ctx, i)).collect();
            let items = deeper(|| elements.into_iter().map(|x| self.form(x)).collect::<Result<Vec<Stx>, _>>())?;
            let span = items.first().map_or(self.span, |&s| self.syntax.span(s));
            return Ok(self.make(GeneratedKind::Vector(items.into()), span));
        }
        if v.is_symbol() {
            return self.symbol(v);
        }
        let kind = if let Some(s) = Str::of(v) {
            GeneratedKind::Atom(DatumKind::String(s.to_rust(self.ctx).into()))
        } else if let Some(b) = Bytevector::of(v) {
            GeneratedKind::Atom(DatumKind::Bytevector(b.bytes(self.ctx).into()))
        } else if !v.is_pointer() && !v.is_self_tagged_flonum() {
            GeneratedKind::Immediate(v)
        } else if number::is_number(v) {
            GeneratedKind::Atom(DatumKind::Number(number::write(v, 10).into()))
        } else {
            let cell = self.ctx.static_cell(v, Value::FALSE);
            GeneratedKind::Object(cell)
        };
        Ok(self.make(kind, self.span))
    }

    fn list(&mut self, v: Value) -> Result<Stx, Problem> {
        let (mut values, mut rest) = (Vec::new(), v);
        let mut given = None;
        while rest.is_pair() {
            given = self.as_given(rest);
            if given.is_some() {
                break;
            }
            values.push(self.ctx.car(rest));
            rest = self.ctx.cdr(rest);
        }
        let mut result = match given {
            Some(s) => s,
            None => self.form(rest)?,
        };
        let mut items = Vec::with_capacity(values.len());
        for x in values {
            items.push(self.form(x)?);
        }
        for item in items.into_iter().rev() {
            let span = self.syntax.span(item);
            result = self.make(GeneratedKind::Pair(item, result), span);
        }
        Ok(result)
    }

    /// The form of a pair or vector that a transformer was given and has left as it was.
    fn as_given(&mut self, v: Value) -> Option<Stx> {
        let (given, ctx, symbols) = (self.given, &*self.ctx, self.symbols);
        *self.unchanged.get_or_insert_with(|| given.unchanged(ctx, symbols)).get(&v)?
    }

    fn symbol(&mut self, v: Value) -> Result<Stx, Problem> {
        let Symbols::With(set) = self.symbols else { return Err(Problem::Symbol(v)) };
        if let Some(place) = self.given.place(v, set) {
            return Ok(place);
        }
        let made = self.make(GeneratedKind::Immediate(v), self.span);
        Ok(Stx { set, ..made })
    }
}
