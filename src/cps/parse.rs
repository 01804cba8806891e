//! Text to CPS: reads what [`super::print`] writes, and what people write by hand in tests.
//!
//! A symbol's first occurrence makes the variable or continuation, so the order of binding and use does not matter here; scoping
//! is the verifier's business, and a name bound twice is one variable bound twice, for it to find. `name.N` gives a variable
//! named `name`, `vN` and `fN` one without a name, and any other symbol one of that name. Every term gets the origin of its own text.
//!
//! Cost: linear; a work list instead of recursion.

use super::ir::*;
use crate::reader::datum::{Data, DatumId, DatumKind};
use crate::source::{Origin, OriginData, SourceMap};
use crate::text::{self, Closed, Error, Quote};
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use kestrel_runtime::symbol;
use rustc_hash::FxHashMap;

/// The program that a datum describes.
pub fn parse(data: &Data, root: DatumId, sources: &mut SourceMap, quote: &mut Quote) -> Result<Program, Error> {
    let mut parser = Parser {
        data,
        sources,
        quote,
        program: Program::default(),
        vars: FxHashMap::default(),
        conts: FxHashMap::default(),
        work: Vec::new(),
    };
    let parts = parser.list(root)?;
    match parts[..] {
        [head, entry] if parser.is_symbol(head, "program") => {
            let entry = parser.fun(entry)?;
            parser.program.entry = Some(entry);
        }
        _ => return parser.fail(root, "(program FUNCTION)"),
    }
    while let Some((datum, term)) = parser.work.pop() {
        parser.term(datum, term)?;
    }
    Ok(parser.program)
}

struct Parser<'a> {
    data: &'a Data,
    sources: &'a mut SourceMap,
    quote: &'a mut Quote<'a>,
    program: Program,
    vars: FxHashMap<Value, Var>,
    conts: FxHashMap<Value, Cont>,
    work: Vec<(DatumId, TermId)>,
}

impl Parser<'_> {
    fn fail<T>(&self, datum: DatumId, expected: &str) -> Result<T, Error> {
        text::fail(self.data, datum, expected)
    }

    fn symbol(&self, datum: DatumId) -> Option<Value> {
        text::symbol_of(self.data, datum)
    }

    fn is_symbol(&self, datum: DatumId, name: &str) -> bool {
        text::name_of(self.data, datum) == Some(name)
    }

    fn list(&self, datum: DatumId) -> Result<Vec<DatumId>, Error> {
        text::list(self.data, datum)
    }

    fn origin(&mut self, datum: DatumId) -> Origin {
        let span = self.data[datum].span;
        self.sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None })
    }

    fn var(&mut self, datum: DatumId) -> Result<Var, Error> {
        let Some(symbol) = self.symbol(datum) else {
            return self.fail(datum, "a variable");
        };
        if let Some(&var) = self.vars.get(&symbol) {
            return Ok(var);
        }
        let var = self.program.vars.push(VarData { name: text::source_name(symbol, &["v", "f"]) });
        self.vars.insert(symbol, var);
        Ok(var)
    }

    fn cont(&mut self, datum: DatumId) -> Result<Cont, Error> {
        let Some(symbol) = self.symbol(datum) else {
            return self.fail(datum, "a continuation");
        };
        if let Some(&cont) = self.conts.get(&symbol) {
            return Ok(cont);
        }
        let unbound = ContData::Local { params: Vec::new(), rest: Rest::None, body: TermId(0) };
        let cont = self.program.conts.push(unbound);
        self.conts.insert(symbol, cont);
        Ok(cont)
    }

    /// A term still to be read into its place.
    fn later(&mut self, datum: DatumId) -> TermId {
        let term = self.program.terms.push(Term::Continue { cont: Cont(0), args: Vec::new() });
        self.work.push((datum, term));
        term
    }

    fn fun(&mut self, datum: DatumId) -> Result<Fun, Error> {
        let parts = self.list(datum)?;
        if parts.len() < 3 || !self.is_symbol(parts[0], "fun") {
            return self.fail(datum, "(fun VARIABLE CONTINUATION CLAUSE …)");
        }
        let var = self.var(parts[1])?;
        let ret = self.cont(parts[2])?;
        let mut clauses = &parts[3..];
        let mut name = self.program.vars[var].name;
        if let Some(&DatumKind::Immediate(value)) = clauses.first().map(|&d| &self.data[d].kind) {
            name = value;
            clauses = &clauses[1..];
        }
        let clauses = clauses.iter().map(|&clause| self.clause(clause)).collect::<Result<_, _>>()?;
        let origin = self.origin(datum);
        let fun = self.program.funs.push(FunData { var, ret, clauses, name, origin });
        self.program.conts[ret] = ContData::Return(fun);
        Ok(fun)
    }

    fn clause(&mut self, datum: DatumId) -> Result<Clause, Error> {
        let [formals, body] = self.list(datum)?[..] else {
            return self.fail(datum, "(FORMALS TERM)");
        };
        let (params, rest) = self.formals(formals)?;
        Ok(Clause { params, rest, body: self.later(body) })
    }

    fn formals(&mut self, datum: DatumId) -> Result<(Vec<Var>, Rest), Error> {
        let (params, tail) = text::dotted(self.data, datum);
        let params = params.into_iter().map(|p| self.var(p)).collect::<Result<_, _>>()?;
        let rest = match tail {
            None => Rest::None,
            Some(tail) if self.is_symbol(tail, "_") => Rest::Ignore,
            Some(tail) => Rest::Bind(self.var(tail)?),
        };
        Ok((params, rest))
    }

    fn term(&mut self, datum: DatumId, place: TermId) -> Result<(), Error> {
        let parts = self.list(datum)?;
        let head = parts.first().and_then(|&d| self.symbol(d)).and_then(symbol::name);
        let term = match (head, &parts[..]) {
            (Some("let"), &[_, var, application, body]) => {
                let var = self.var(var)?;
                let (prim, args) = self.application(application)?;
                Term::Let { var, prim, args, body: self.later(body), origin: self.origin(application) }
            }
            (Some("letfun"), &[_, funs, body]) => {
                let funs = self.list(funs)?.into_iter().map(|f| self.fun(f)).collect::<Result<_, _>>()?;
                Term::LetFun { funs, body: self.later(body) }
            }
            (Some("letcont"), &[_, conts, body]) => {
                let conts = self.list(conts)?.into_iter().map(|k| self.local(k)).collect::<Result<_, _>>()?;
                Term::LetCont { conts, body: self.later(body) }
            }
            (Some("continue"), &[_, cont, ref args @ ..]) => {
                Term::Continue { cont: self.cont(cont)?, args: self.atoms(args)? }
            }
            (Some("call"), &[_, callee, args, cont]) => {
                let callee = self.atom(callee)?;
                let args = self.list(args)?;
                let args = self.atoms(&args)?;
                Term::Call { callee, args, cont: self.cont(cont)?, origin: self.origin(datum) }
            }
            (Some("branch"), &[_, application, then, otherwise]) => {
                let (prim, args) = self.application(application)?;
                let (then, otherwise) = (self.cont(then)?, self.cont(otherwise)?);
                Term::Branch { prim, args, then, otherwise, origin: self.origin(application) }
            }
            _ => return self.fail(datum, "a term: let, letfun, letcont, continue, call or branch"),
        };
        self.program.terms[place] = term;
        Ok(())
    }

    fn local(&mut self, datum: DatumId) -> Result<Cont, Error> {
        match self.list(datum)?[..] {
            [head, cont, formals, body] if self.is_symbol(head, "cont") => {
                let cont = self.cont(cont)?;
                let (params, rest) = self.formals(formals)?;
                let body = self.later(body);
                self.program.conts[cont] = ContData::Local { params, rest, body };
                Ok(cont)
            }
            _ => self.fail(datum, "(cont CONTINUATION FORMALS TERM)"),
        }
    }

    fn application(&mut self, datum: DatumId) -> Result<(Prim, Vec<Atom>), Error> {
        let parts = self.list(datum)?;
        let prim = parts.first().and_then(|&d| self.prim(d));
        match prim {
            Some(prim) => Ok((prim, self.atoms(&parts[1..])?)),
            None => self.fail(datum, "(PRIMITIVE ATOM …)"),
        }
    }

    fn prim(&self, datum: DatumId) -> Option<Prim> {
        self.symbol(datum).and_then(symbol::name).and_then(Prim::named)
    }

    fn atoms(&mut self, data: &[DatumId]) -> Result<Vec<Atom>, Error> {
        data.iter().map(|&d| self.atom(d)).collect()
    }

    fn atom(&mut self, datum: DatumId) -> Result<Atom, Error> {
        Ok(match text::closed_atom(self.data, datum, self.quote)? {
            Some(Closed::Const(value)) => Atom::Const(value),
            Some(Closed::Prim(prim)) => Atom::Prim(prim),
            None => Atom::Var(self.var(datum)?),
        })
    }
}
