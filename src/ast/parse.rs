//! Text to AST: reads what [`super::print`] writes, and what people write by hand in tests.
//!
//! A symbol's first occurrence makes the variable, so scoping is the verifier's business. `name.N` gives a variable named `name`, `vN` one
//! without a name, and any other symbol one of that name. A variable is assigned if a `set!` or a second `define` says so. Every
//! expression gets the origin of its own text. The stage is the least that the forms allow.
//!
//! Cost: linear; a work list instead of recursion.

use super::ir::*;
use crate::reader::datum::{Data, DatumId};
use crate::source::{Origin, OriginData, SourceMap};
use crate::text::{self, Closed, Error, Quote};
use kestrel_runtime::Value;
use rustc_hash::FxHashMap;

/// The program that a datum describes.
pub fn parse(data: &Data, root: DatumId, sources: &mut SourceMap, quote: &mut Quote) -> Result<Program, Error> {
    let program = Program {
        exprs: Default::default(),
        vars: Default::default(),
        items: Vec::new(),
        shared: Vec::new(),
        stage: Stage::Unassigned,
    };
    let mut parser = Parser { data, sources, quote, program, vars: FxHashMap::default(), work: Vec::new() };
    let parts = text::list(data, root)?;
    if parts.first().is_none_or(|&d| text::name_of(data, d) != Some("program")) {
        return text::fail(data, root, "(program ITEM …)");
    }
    for &item in &parts[1..] {
        let item = parser.item(item)?;
        parser.program.items.push(item);
    }
    if parser.program.items.len() != 1 {
        parser.needs(Stage::Expanded);
    }
    while let Some((datum, e)) = parser.work.pop() {
        parser.program.exprs[e].expr = parser.expr(datum)?;
    }
    Ok(parser.program)
}

struct Parser<'a> {
    data: &'a Data,
    sources: &'a mut SourceMap,
    quote: &'a mut Quote<'a>,
    program: Program,
    vars: FxHashMap<Value, VarId>,
    work: Vec<(DatumId, ExprId)>,
}

impl Parser<'_> {
    fn needs(&mut self, stage: Stage) {
        self.program.stage = self.program.stage.min(stage);
    }
    fn var(&mut self, datum: DatumId) -> Result<VarId, Error> {
        let Some(symbol) = text::symbol_of(self.data, datum) else {
            return text::fail(self.data, datum, "a variable");
        };
        let vars = &mut self.program.vars;
        let make = || vars.push(Var { name: text::source_name(symbol, &["v"]), assigned: false, toplevel: false });
        Ok(*self.vars.entry(symbol).or_insert_with(make))
    }
    fn origin(&mut self, datum: DatumId) -> Origin {
        let span = self.data[datum].span;
        self.sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None })
    }
    /// An expression still to be read into its place.
    fn later(&mut self, datum: DatumId) -> ExprId {
        let origin = self.origin(datum);
        let e = self.program.exprs.push(Node { expr: Expr::Const(Value::UNSPECIFIED), origin });
        self.work.push((datum, e));
        e
    }
    fn all_later(&mut self, data: &[DatumId]) -> Vec<ExprId> {
        data.iter().map(|&d| self.later(d)).collect()
    }

    fn item(&mut self, datum: DatumId) -> Result<Item, Error> {
        let (parts, _) = text::dotted(self.data, datum);
        match parts[..] {
            [head, v, value] if text::name_of(self.data, head) == Some("define") => {
                self.needs(Stage::Expanded);
                let v = self.var(v)?;
                let var = &mut self.program.vars[v];
                var.assigned |= var.toplevel;
                var.toplevel = true;
                Ok(Item::Define(v, self.later(value)))
            }
            _ => Ok(Item::Expr(self.later(datum))),
        }
    }
    fn formals(&mut self, datum: DatumId) -> Result<Formals, Error> {
        let (required, tail) = text::dotted(self.data, datum);
        let required = required.into_iter().map(|p| self.var(p)).collect::<Result<_, _>>()?;
        Ok(Formals { required, rest: tail.map(|t| self.var(t)).transpose()? })
    }
    fn bindings(&mut self, datum: DatumId) -> Result<Vec<(VarId, ExprId)>, Error> {
        let mut bindings = Vec::new();
        for binding in text::list(self.data, datum)? {
            let [v, init] = text::list(self.data, binding)?[..] else {
                return text::fail(self.data, binding, "(VARIABLE EXPRESSION)");
            };
            bindings.push((self.var(v)?, self.later(init)));
        }
        Ok(bindings)
    }
    fn lambda(&mut self, parts: &[DatumId]) -> Result<Expr, Error> {
        let (name, clauses) = match parts {
            [name, clauses @ ..] if text::symbol_of(self.data, *name).is_some() => {
                (text::symbol_of(self.data, *name).unwrap_or(Value::FALSE), clauses)
            }
            clauses => (Value::FALSE, clauses),
        };
        let mut read = Vec::new();
        for &clause in clauses {
            let [formals, body] = text::list(self.data, clause)?[..] else {
                return text::fail(self.data, clause, "(FORMALS EXPRESSION)");
            };
            read.push(Clause { formals: self.formals(formals)?, body: self.later(body) });
        }
        Ok(Expr::Lambda(Lambda { name, clauses: read }))
    }

    fn expr(&mut self, datum: DatumId) -> Result<Expr, Error> {
        let (parts, _) = text::dotted(self.data, datum);
        let head = parts.first().and_then(|&d| text::name_of(self.data, d));
        match (head, &parts[..]) {
            (Some("set!"), &[_, v, value]) => {
                self.needs(Stage::LetrecFixed);
                let v = self.var(v)?;
                self.program.vars[v].assigned = true;
                Ok(Expr::Set(v, self.later(value)))
            }
            (Some("if"), &[_, a, b, c]) => Ok(Expr::If(self.later(a), self.later(b), self.later(c))),
            (Some("begin"), &[_, _, ..]) => Ok(Expr::Seq(self.all_later(&parts[1..]))),
            (Some("lambda"), &[_, _, ..]) => self.lambda(&parts[1..]),
            (Some("let"), &[_, bindings, body]) => Ok(Expr::Let(self.bindings(bindings)?, self.later(body))),
            (Some("letrec*"), &[_, bindings, body]) => {
                self.needs(Stage::Expanded);
                Ok(Expr::Letrec(self.bindings(bindings)?, self.later(body)))
            }
            (Some("fix"), &[_, bindings, body]) => Ok(Expr::Fix(self.bindings(bindings)?, self.later(body))),
            (Some("receive"), &[_, formals, producer, body]) => {
                Ok(Expr::Receive(self.formals(formals)?, self.later(producer), self.later(body)))
            }
            (Some("call"), &[_, callee, ref args @ ..]) => Ok(Expr::Call(self.later(callee), self.all_later(args))),
            _ => match text::closed_atom(self.data, datum, self.quote)? {
                Some(Closed::Const(value)) => Ok(Expr::Const(value)),
                Some(Closed::Prim(prim)) => Ok(Expr::Prim(prim)),
                None => Ok(Expr::Ref(self.var(datum)?)),
            },
        }
    }
}
