//! What procedures on syntax objects ask the expander while Scheme code runs during an expansion.
//!
//! The primitives (`prim/syntax` of the runtime) check what they can and come here. The [`State`] is taken out of the context for the time of an answer;
//! nothing here runs Scheme code or collects.

use super::given::Given;
use super::value::{self, Problem, Symbols, Wrapper};
use super::{Current, State};
use crate::compiler::{self, Compiler};
use crate::reader::literal::Part;
use crate::source::Span;
use crate::syntax::live::NOWHERE;
use crate::syntax::object::{GeneratedKind, Stx, Syntax};
use crate::syntax::rules::Templates;
use crate::syntax::rules::fill::{Build, fill};
use crate::syntax::rules::matcher::{Match, matches};
use crate::syntax::scope::{ExpansionId, SetId};
use kestrel_runtime::object::syntax::Request;
use kestrel_runtime::object::{Pairs, Syntax as SyntaxObject};
use kestrel_runtime::{Ctx, Value, print, symbol};

/// How much of a syntax object is shown: characters, and nested lists.
const SHOWN: usize = 40;
const SHOWN_DEPTH: usize = 8;

/// Has a context's primitives come here.
pub fn install(ctx: &mut Ctx) {
    ctx.runtime.expander.service = Some(answer);
    ctx.runtime.expander.describe = Some(describe);
}

/// Answers a primitive.
fn answer(ctx: &mut Ctx, request: Request, args: &[Value]) -> Result<Value, Value> {
    if let Some(mut state) = ctx.runtime.expander.state.take().and_then(|s| s.downcast::<State>().ok()) {
        let answer = state.answer(ctx, request, args);
        ctx.runtime.expander.state = Some(state);
        return answer;
    }
    let answer = compiler::in_current_world(ctx, |world, ctx| {
        let mut state = State { world: std::mem::take(world), current: None, given: Given::default() };
        // What is made now may be used by code that is expanded later.
        state.world.kept_syntax += 1;
        let answer = state.answer(ctx, request, args);
        *world = state.world;
        answer
    });
    answer.unwrap_or_else(|| Err(ctx.not_supported("syntax", "the program that this belongs to has ended")))
}

/// What a syntax object looks like when printed.
fn describe(ctx: &Ctx, s: SyntaxObject) -> String {
    let state = ctx.runtime.expander.state.as_ref().and_then(|s| s.downcast_ref::<State>());
    let compiler = Compiler::of(ctx);
    let world = match state {
        Some(state) => Some(&state.world),
        None => compiler.and_then(|c| c.world(c.current()?)),
    };
    let mut text = "#<syntax".to_string();
    let form = world.and_then(|w| Some((&w.syntax, value::of_parts(&w.syntax, s.parts(ctx))?)));
    if let Some((syntax, form)) = form {
        text.push(' ');
        show(ctx, syntax, form, SHOWN_DEPTH, &mut text);
    } else if let Some(name) = symbol::name(s.name(ctx)) {
        text.push(' ');
        text.push_str(name);
    }
    let place = form.map(|(syntax, form)| syntax.span(form));
    if let (Some(span), Some(compiler)) = (place.filter(|&span| span != NOWHERE), compiler) {
        let (line, _) = compiler.sources.line_column(span.file, span.start);
        text.push_str(&format!(" at {}:{line}", compiler.sources.file(span.file).name));
    }
    text.push('>');
    text
}

/// Adds a form's text, as far as there is room.
fn show(ctx: &Ctx, syntax: &Syntax, form: Stx, depth: usize, text: &mut String) {
    if text.len() > SHOWN || depth == 0 {
        text.push('…');
        return;
    }
    match syntax.content(form) {
        Part::Value(v) => text.push_str(&print::to_string(ctx, v, print::Mode::Write)),
        Part::Number(number) => text.push_str(number),
        Part::String(string) => text.push_str(&format!("{string:?}")),
        Part::Bytevector(_) => text.push_str("#u8(…)"),
        Part::Object(_) => text.push_str("#<object>"),
        Part::Vector(items) => {
            text.push_str("#(");
            for (i, item) in items.into_iter().enumerate() {
                text.push_str(if i == 0 { "" } else { " " });
                show(ctx, syntax, item, depth - 1, text);
                if text.ends_with('…') {
                    break;
                }
            }
            text.push(')');
        }
        Part::Pair(mut first, mut rest) => {
            text.push('(');
            loop {
                show(ctx, syntax, first, depth - 1, text);
                match syntax.content(rest) {
                    _ if text.len() > SHOWN => break text.push_str(" …"),
                    Part::Pair(a, d) => (first, rest) = (a, d),
                    Part::Value(Value::NULL) => break,
                    _ => {
                        text.push_str(" . ");
                        break show(ctx, syntax, rest, depth - 1, text);
                    }
                }
                text.push(' ');
            }
            text.push(')');
        }
    }
}

impl State {
    fn answer(&mut self, ctx: &mut Ctx, request: Request, args: &[Value]) -> Result<Value, Value> {
        match (request, args) {
            (Request::ToDatum, &[v]) => {
                let s = self.wrap(ctx, "syntax->datum", v, SetId::EMPTY)?;
                Ok(value::datum(ctx, &self.world.syntax, s))
            }
            (Request::FromDatum, &[context, datum]) => {
                let set = self.syntax(ctx, context)?.set;
                let s = self.wrap(ctx, "datum->syntax", datum, set)?;
                Ok(value::of_syntax(ctx, &mut self.world.syntax, s))
            }
            (Request::FreeEqual, &[a, b]) => {
                let (a, b) = (self.syntax(ctx, a)?, self.syntax(ctx, b)?);
                Ok(Value::boolean(self.world.same_identifier(a, b)))
            }
            (Request::BoundEqual, &[a, b]) => {
                let (a, b) = (self.syntax(ctx, a)?, self.syntax(ctx, b)?);
                let syntax = &mut self.world.syntax;
                Ok(Value::boolean(a.set == b.set && syntax.symbol(a) == syntax.symbol(b)))
            }
            (Request::Temporaries, &[list]) => self.temporaries(ctx, list),
            (Request::Match, &[pattern, v]) => self.matched(ctx, pattern, v),
            (Request::Fill, [template, values @ ..]) => self.fill(ctx, *template, values),
            (Request::ToForm, &[v, keep]) => self.unwrapped(ctx, v, keep.is_true()),
            _ => Err(ctx.not_supported("syntax", "wrong arguments")),
        }
    }

    /// A value known to be a syntax object.
    fn syntax(&self, ctx: &mut Ctx, v: Value) -> Result<Stx, Value> {
        let found = value::to_syntax(ctx, &self.world.syntax, v);
        found.ok_or_else(|| ctx.not_supported("syntax", "this syntax object belongs to another program"))
    }

    /// Any value as syntax; its symbols get these scopes.
    fn wrap(&mut self, ctx: &mut Ctx, who: &str, v: Value, set: SetId) -> Result<Stx, Value> {
        let mut wrapper = Wrapper::new(ctx, &mut self.world.syntax, Symbols::With(set), &self.given, self.current);
        wrapper.wrap(v).map_err(|problem| match problem {
            Problem::TooMuch => ctx.not_supported(who, "the expansion grows without end"),
            Problem::Circular | Problem::Symbol(_) | Problem::Object(_) => {
                ctx.wrong_type(who, 1, v, "datum that does not contain itself")
            }
        })
    }

    /// A value whose elements are wanted, as a list of values.
    fn elements(&mut self, ctx: &mut Ctx, who: &str, list: Value) -> Result<Vec<Value>, Value> {
        let mut pairs = Pairs::new(list);
        let mut items = Vec::new();
        while let Some(pair) = pairs.next(ctx) {
            items.push(ctx.car(pair));
        }
        let rest = pairs.end().unwrap_or(Value::FALSE);
        if rest == Value::NULL {
            return Ok(items);
        }
        let parts = value::to_syntax(ctx, &self.world.syntax, rest).and_then(|s| self.world.syntax.list(s));
        let Some(parts) = parts else { return Err(ctx.wrong_type(who, 1, list, "list")) };
        items.extend(parts.into_iter().map(|s| value::of_syntax(ctx, &mut self.world.syntax, s)));
        Ok(items)
    }

    /// Identifiers that are different from all others, as many as a list has elements.
    fn temporaries(&mut self, ctx: &mut Ctx, list: Value) -> Result<Value, Value> {
        let elements = self.elements(ctx, "generate-temporaries", list)?;
        let root = self.world.loaded.first().map(|&m| self.world.modules[m].set).unwrap_or(SetId::EMPTY);
        let (span, expansion) = self.place();
        let mut made = Vec::with_capacity(elements.len());
        for _ in elements {
            let syntax = &mut self.world.syntax;
            let scope = syntax.sets.fresh_for(expansion);
            let id = syntax.generate(GeneratedKind::Immediate(symbol::generate("temporary")), span, expansion);
            let set = syntax.sets.add(root, scope);
            made.push(value::of_syntax(ctx, syntax, Stx { set, ..id }));
        }
        Ok(ctx.list(&made))
    }

    fn place(&self) -> (Span, ExpansionId) {
        self.current.map_or((NOWHERE, ExpansionId::NONE), |c| (c.span, c.expansion))
    }

    fn matched(&mut self, ctx: &mut Ctx, pattern: Value, v: Value) -> Result<Value, Value> {
        let number = pattern.as_fixnum().unwrap_or(-1);
        let Some(pattern) = self.world.patterns.get(number as usize).cloned() else {
            return Err(ctx.not_supported("syntax-case", "this pattern belongs to another program"));
        };
        let s = self.wrap(ctx, "syntax-case", v, SetId::EMPTY)?;
        let mut found = vec![Match::None; pattern.variables.len()];
        if !matches(&mut self.world, &pattern.patterns, pattern.root, s, &mut found) {
            return Ok(Value::FALSE);
        }
        let values: Vec<Value> = found.iter().map(|m| self.match_value(ctx, m)).collect();
        Ok(ctx.vector_from(&values).value())
    }

    /// What a pattern variable matched: syntax, or a list of the matches of each repetition.
    fn match_value(&mut self, ctx: &mut Ctx, m: &Match) -> Value {
        match m {
            Match::None => Value::NULL,
            Match::One(s) if self.world.syntax.is_null(*s) => Value::NULL,
            Match::One(s) => value::of_syntax(ctx, &mut self.world.syntax, *s),
            Match::Many(all) => {
                let values: Vec<Value> = all.iter().map(|m| self.match_value(ctx, m)).collect();
                ctx.list(&values)
            }
        }
    }

    /// A variable's value under so many ellipses.
    fn value_match(&mut self, ctx: &mut Ctx, v: Value, depth: usize) -> Result<Match<Value>, Value> {
        if depth == 0 {
            return Ok(Match::One(v));
        }
        let items = self.elements(ctx, "syntax", v)?;
        let all: Result<Vec<_>, Value> = items.into_iter().map(|v| self.value_match(ctx, v, depth - 1)).collect();
        Ok(Match::Many(all?))
    }

    fn fill(&mut self, ctx: &mut Ctx, template: Value, values: &[Value]) -> Result<Value, Value> {
        let number = template.as_fixnum().unwrap_or(-1);
        let Some(template) = self.world.templates.get(number as usize).cloned() else {
            return Err(ctx.not_supported("syntax", "this template belongs to another program"));
        };
        if values.len() != template.sources.len() {
            return Err(ctx.not_supported("syntax", "this template belongs to another program"));
        }
        let mut found = Vec::with_capacity(values.len());
        for (&v, (_, depth)) in values.iter().zip(&template.sources) {
            found.push(self.value_match(ctx, v, *depth)?);
        }
        let mut env: Vec<&Match<Value>> = found.iter().collect();
        let mut build = Values { ctx, syntax: &mut self.world.syntax, current: self.current, made: 0 };
        let templates: &Templates = &template.templates;
        match fill(&mut build, templates, template.root, &mut env) {
            Ok(v) => Ok(v),
            Err(text) => Err(ctx.not_supported("syntax", &text)),
        }
    }

    fn unwrapped(&mut self, ctx: &mut Ctx, v: Value, keep: bool) -> Result<Value, Value> {
        let form = self.wrap(ctx, "er-macro-transformer", v, SetId::EMPTY)?;
        let syntax = &mut self.world.syntax;
        let mut head = form;
        while let Some((a, _)) = syntax.uncons(head) {
            head = a;
        }
        let plain = if keep { None } else { Some(head.set) };
        let form = self.given.unwrap(ctx, syntax, form, plain);
        let context = value::of_syntax(ctx, &mut self.world.syntax, head);
        Ok(ctx.cons(context, form))
    }
}

/// Fills templates with values.
struct Values<'v> {
    ctx: &'v mut Ctx,
    syntax: &'v mut Syntax,
    current: Option<Current>,
    made: usize,
}

impl Build for Values<'_> {
    type Out = Value;

    fn constant(&mut self, s: Stx) -> Value {
        if self.syntax.is_null(s) {
            return Value::NULL;
        }
        let s = match self.current {
            Some(c) => self.syntax.add_scope(s, c.scope),
            None => s,
        };
        value::of_syntax(self.ctx, self.syntax, s)
    }
    fn null(&mut self, _: Span) -> Value {
        Value::NULL
    }
    fn pair(&mut self, a: Value, d: Value, _: Span) -> Value {
        self.made += 1;
        self.ctx.cons(a, d)
    }
    fn vector(&mut self, items: Vec<Value>, _: Span) -> Value {
        self.ctx.vector_from(&items).value()
    }
    fn is_full(&self) -> bool {
        self.current.is_some_and(|c| self.made + self.syntax.generated_count() > c.limit)
    }
}
