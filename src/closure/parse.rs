//! Text to first-order CPS: reads what [`super::print`] writes, and what people write by hand in tests.
//!
//! A symbol's first occurrence makes the code, or, within a code, the variable or block; the order of binding and use does not
//! matter here, but codes and blocks are numbered as they stand. That every name is bound, and once, is the verifier's business. `name.N` gives something named `name`; `cN` and `vN` have
//! no name; any other symbol is a name. Every instruction and exit gets the origin of its own text. Cost: linear.

use super::ir::*;
use crate::arena::IndexVec;
use crate::reader::datum::{Data, DatumId, DatumKind};
use crate::source::{Origin, OriginData, SourceMap};
use crate::text::{self, Closed, Error, Quote};
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use rustc_hash::FxHashMap;

/// The program that a datum describes.
pub fn parse(data: &Data, root: DatumId, sources: &mut SourceMap, quote: &mut Quote) -> Result<Program, Error> {
    let mut parser = Parser { data, sources, quote, codes: IndexVec::new(), code_ids: FxHashMap::default() };
    let parts = parser.list(root)?;
    let [head, entry, codes @ ..] = &parts[..] else {
        return text::fail(data, root, "(program ENTRY CODE …)");
    };
    if text::name_of(data, *head) != Some("program") {
        return text::fail(data, *head, "program");
    }
    // Codes are numbered in the order in which they stand, whatever mentions them first.
    for &code in codes {
        let parts = parser.list(code)?;
        match parts.get(1) {
            Some(&name) => parser.code_id(name)?,
            None => return text::fail(data, code, "a code"),
        };
    }
    let entry = parser.code_id(*entry)?;
    for &code in codes {
        parser.code(code)?;
    }
    let mut program = Program { codes: IndexVec::new(), entry };
    for code in parser.codes {
        match code {
            Some(code) => program.codes.push(code),
            None => return text::fail(data, root, "a definition of each code that is mentioned"),
        };
    }
    Ok(program)
}

struct Parser<'a> {
    data: &'a Data,
    sources: &'a mut SourceMap,
    quote: &'a mut Quote<'a>,
    codes: IndexVec<CodeId, Option<Code>>,
    code_ids: FxHashMap<Value, CodeId>,
}

/// The code that is being read.
#[derive(Default)]
struct Body {
    vars: IndexVec<Var, VarData>,
    var_ids: FxHashMap<Value, Var>,
    blocks: IndexVec<Block, Option<BlockData>>,
    block_ids: FxHashMap<Value, Block>,
}

impl Body {
    fn block(&mut self, name: Value) -> Block {
        *self.block_ids.entry(name).or_insert_with(|| self.blocks.push(None))
    }
}

impl Parser<'_> {
    fn fail<T>(&self, datum: DatumId, expected: &str) -> Result<T, Error> {
        text::fail(self.data, datum, expected)
    }

    fn list(&self, datum: DatumId) -> Result<Vec<DatumId>, Error> {
        text::list(self.data, datum)
    }

    fn symbol(&self, datum: DatumId, what: &str) -> Result<Value, Error> {
        match text::symbol_of(self.data, datum) {
            Some(symbol) => Ok(symbol),
            None => self.fail(datum, what),
        }
    }

    fn count(&self, datum: DatumId) -> Result<u32, Error> {
        let n = match self.data[datum].kind {
            DatumKind::Immediate(value) => value.as_fixnum(),
            _ => None,
        };
        match n.and_then(|n| u32::try_from(n).ok()) {
            Some(n) => Ok(n),
            None => self.fail(datum, "a count"),
        }
    }

    fn origin(&mut self, datum: DatumId) -> Origin {
        let span = self.data[datum].span;
        self.sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None })
    }

    fn code_id(&mut self, datum: DatumId) -> Result<CodeId, Error> {
        let name = self.symbol(datum, "a code")?;
        Ok(*self.code_ids.entry(name).or_insert_with(|| self.codes.push(None)))
    }

    fn code(&mut self, datum: DatumId) -> Result<(), Error> {
        let parts = self.list(datum)?;
        let mut body = Body::default();
        let (kind, blocks) = match (text::name_of(self.data, parts[0]), &parts[1..]) {
            (Some("procedure"), [_, free, clauses @ ..]) => {
                let free = self.count(*free)?;
                let clauses = clauses.iter().map(|&c| self.clause(c)).collect::<Result<_, _>>()?;
                (CodeKind::Procedure { free, clauses }, &[][..])
            }
            (Some("direct"), [_, first, rest @ ..]) => {
                let (closure, params, blocks) = match (text::symbol_of(self.data, *first), rest) {
                    (Some(_), [params, blocks @ ..]) => (Some(self.binding(&mut body, *first)?), params, blocks),
                    _ => (None, first, rest),
                };
                let params = self.bindings(&mut body, *params)?;
                (CodeKind::Direct { closure, params }, blocks)
            }
            (Some("return"), [_, values, frame, blocks @ ..]) => {
                let (params, tail) = text::dotted(self.data, *values);
                let params = params.into_iter().map(|v| self.binding(&mut body, v)).collect::<Result<_, _>>()?;
                let rest = match tail {
                    None => Rest::None,
                    Some(tail) if text::name_of(self.data, tail) == Some("_") => Rest::Ignore,
                    Some(tail) => Rest::Bind(self.binding(&mut body, tail)?),
                };
                let frame = self.bindings(&mut body, *frame)?;
                (CodeKind::Return { params, rest, frame }, blocks)
            }
            _ => return self.fail(datum, "a code: procedure, direct or return"),
        };
        for &block in blocks {
            if let [_, name, ..] = self.list(block)?[..] {
                body.block(self.symbol(name, "a block")?);
            }
        }
        for &block in blocks {
            self.block(&mut body, block)?;
        }
        let mut all = IndexVec::new();
        for block in body.blocks {
            match block {
                Some(block) => all.push(block),
                None => return self.fail(datum, "a definition of each block that is mentioned"),
            };
        }
        let id = self.code_id(parts[1])?;
        let name = text::source_name(self.symbol(parts[1], "a code")?, &["c"]);
        let origin = self.origin(datum);
        if self.codes[id].is_some() {
            return self.fail(parts[1], "a name that no other code has");
        }
        self.codes[id] = Some(Code { kind, name, origin, vars: body.vars, blocks: all });
        Ok(())
    }

    fn clause(&mut self, datum: DatumId) -> Result<Clause, Error> {
        let [required, rest, target] = self.list(datum)?[..] else {
            return self.fail(datum, "(REQUIRED REST? CODE)");
        };
        let rest = match self.data[rest].kind {
            DatumKind::Immediate(Value::TRUE) => true,
            DatumKind::Immediate(Value::FALSE) => false,
            _ => return self.fail(rest, "#t or #f"),
        };
        Ok(Clause { required: self.count(required)?, rest, target: self.code_id(target)? })
    }

    fn var(&mut self, body: &mut Body, datum: DatumId) -> Result<Var, Error> {
        let name = self.symbol(datum, "a variable")?;
        let new = || body.vars.push(VarData { name: text::source_name(name, &["v"]), repr: Repr::Tagged });
        Ok(*body.var_ids.entry(name).or_insert_with(new))
    }

    fn binding(&mut self, body: &mut Body, datum: DatumId) -> Result<Var, Error> {
        let DatumKind::Pair(..) = self.data[datum].kind else {
            return self.var(body, datum);
        };
        match self.list(datum)?[..] {
            [double, v] if text::name_of(self.data, double) == Some("double") => {
                let v = self.var(body, v)?;
                body.vars[v].repr = Repr::Double;
                Ok(v)
            }
            _ => self.fail(datum, "a variable or (double VARIABLE)"),
        }
    }

    fn bindings(&mut self, body: &mut Body, datum: DatumId) -> Result<Vec<Var>, Error> {
        self.list(datum)?.into_iter().map(|v| self.binding(body, v)).collect()
    }

    fn block(&mut self, body: &mut Body, datum: DatumId) -> Result<(), Error> {
        let parts = self.list(datum)?;
        let [head, name, params, instrs @ .., exit] = &parts[..] else {
            return self.fail(datum, "(block NAME (VARIABLE …) INSTRUCTION … EXIT)");
        };
        if text::name_of(self.data, *head) != Some("block") {
            return self.fail(*head, "block");
        }
        let id = body.block(self.symbol(*name, "a block")?);
        if body.blocks[id].is_some() {
            return self.fail(*name, "a name that no other block of the code has");
        }
        let params = self.bindings(body, *params)?;
        let instrs = instrs.iter().map(|&i| self.instr(body, i)).collect::<Result<_, _>>()?;
        let exit = self.exit(body, *exit)?;
        body.blocks[id] = Some(BlockData { params, instrs, exit });
        Ok(())
    }

    fn instr(&mut self, body: &mut Body, datum: DatumId) -> Result<Instr, Error> {
        let [head, var, op] = self.list(datum)?[..] else {
            return self.fail(datum, "(let VARIABLE OPERATION)");
        };
        if text::name_of(self.data, head) != Some("let") {
            return self.fail(head, "let");
        }
        let var = self.binding(body, var)?;
        let origin = self.origin(op);
        let parts = self.list(op)?;
        let op = match (parts.first().and_then(|&d| text::name_of(self.data, d)), &parts[..]) {
            (Some("closure"), [_, code, slots @ ..]) => Op::Closure(self.code_id(*code)?, self.atoms(body, slots)?),
            (Some("closure-ref"), &[_, closure, slot]) => Op::ClosureRef(self.atom(body, closure)?, self.count(slot)?),
            (Some("closure-set!"), &[_, closure, slot, value]) => {
                Op::ClosureSet(self.atom(body, closure)?, self.count(slot)?, self.atom(body, value)?)
            }
            _ => {
                let (prim, args) = self.application(body, op)?;
                Op::Prim(prim, args)
            }
        };
        Ok(Instr { var, op, origin })
    }

    fn application(&mut self, body: &mut Body, datum: DatumId) -> Result<(Prim, Vec<Atom>), Error> {
        let parts = self.list(datum)?;
        match parts.first().and_then(|&d| text::name_of(self.data, d)).and_then(Prim::named) {
            Some(prim) => Ok((prim, self.atoms(body, &parts[1..])?)),
            None => self.fail(datum, "an operation"),
        }
    }

    fn exit(&mut self, body: &mut Body, datum: DatumId) -> Result<Exit, Error> {
        let parts = self.list(datum)?;
        let origin = self.origin(datum);
        Ok(match (parts.first().and_then(|&d| text::name_of(self.data, d)), &parts[..]) {
            (Some("jump"), [_, block, args @ ..]) => {
                Exit::Jump(body.block(self.symbol(*block, "a block")?), self.atoms(body, args)?)
            }
            (Some("branch"), &[_, application, then, otherwise]) => {
                let (prim, args) = self.application(body, application)?;
                let then = body.block(self.symbol(then, "a block")?);
                let otherwise = body.block(self.symbol(otherwise, "a block")?);
                Exit::Branch { prim, args, then, otherwise, origin }
            }
            (Some("return"), [_, args @ ..]) => Exit::Return(self.atoms(body, args)?),
            (Some("tail-call"), [_, callee, args @ ..]) => {
                Exit::TailCall { callee: self.callee(body, *callee)?, args: self.atoms(body, args)?, origin }
            }
            (Some("call"), &[_, callee, args, ret, frame]) => {
                let callee = self.callee(body, callee)?;
                let (args, frame) = (self.list(args)?, self.list(frame)?);
                let (args, frame) = (self.atoms(body, &args)?, self.atoms(body, &frame)?);
                Exit::Call { callee, args, ret: self.code_id(ret)?, frame, origin }
            }
            _ => return self.fail(datum, "an exit: jump, branch, return, tail-call or call"),
        })
    }

    fn callee(&mut self, body: &mut Body, datum: DatumId) -> Result<Callee, Error> {
        if let DatumKind::Pair(head, _) = self.data[datum].kind
            && text::name_of(self.data, head) == Some("code")
        {
            return match self.list(datum)?[..] {
                [_, code] => Ok(Callee::Known(self.code_id(code)?, None)),
                [_, code, closure] => Ok(Callee::Known(self.code_id(code)?, Some(self.atom(body, closure)?))),
                _ => self.fail(datum, "(code CODE [CLOSURE])"),
            };
        }
        Ok(Callee::Unknown(self.atom(body, datum)?))
    }

    fn atoms(&mut self, body: &mut Body, data: &[DatumId]) -> Result<Vec<Atom>, Error> {
        data.iter().map(|&d| self.atom(body, d)).collect()
    }

    fn atom(&mut self, body: &mut Body, datum: DatumId) -> Result<Atom, Error> {
        if let DatumKind::Pair(head, _) = self.data[datum].kind
            && text::name_of(self.data, head) == Some("proc")
        {
            return match self.list(datum)?[..] {
                [_, code] => Ok(Atom::Proc(self.code_id(code)?)),
                _ => self.fail(datum, "(proc CODE)"),
            };
        }
        Ok(match text::closed_atom(self.data, datum, self.quote)? {
            Some(Closed::Const(value)) => Atom::Const(value),
            Some(Closed::Prim(prim)) => Atom::Prim(prim),
            None => Atom::Var(self.var(body, datum)?),
        })
    }
}

/// Reads one program from a text, for tests.
#[cfg(test)]
pub(crate) fn program(text: &str) -> Program {
    let mut sources = SourceMap::default();
    let mut data = Data::new();
    let read = crate::reader::read_all(crate::source::FileId(0), text, &mut data).expect("readable");
    parse(&data, read[0], &mut sources, &mut |_, _| None).expect("well-formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::print::print;

    const TEXT: &str = "\
(program main.0
  (procedure main.0 0
    (0 #f main.1))
  (direct main.1 ()
    (block b0 ()
      (let v0 (closure adder.3 1 'x))
      (let v1 (closure-ref v0 0))
      (let v2 (closure-set! v0 1 (proc main.0)))
      (branch (%true? (prim car)) b2 b1))
    (block b1 ()
      (jump b2))
    (block b2 ()
      (call (code adder.4 v0) (7) c2 (v1 v0))))
  (return c2 (v0 . r.1) (|an x.2| v3)
    (block b0 ()
      (tail-call r.1 v0 |an x.2| #\\a 1.5 '())))
  (procedure adder.3 2
    (1 #f adder.4)
    (2 #t c5))
  (direct adder.4 self.0 (y.1)
    (block b0 ()
      (return y.1 self.0)))
  (direct c5 (v0 v1 (double v2))
    (block b0 ()
      (return v0))))
";

    #[test]
    fn text_round_trips() {
        let write = |_| String::new();
        assert_eq!(print(&program(TEXT), &write), TEXT);
    }

    #[test]
    fn refuses_what_is_no_program() {
        for text in [
            "(program)",
            "(program c0 (procedure c0))",
            "(program c0 (direct c0 () (block b0 () (jump b1))))",
            "(program c0 (direct c0 () (block b0 () (stop))))",
            "(program c0 (direct c0 () (block b0 () (let x (unheard-of)) (return x))))",
            "(program c0 (direct c0 () (block b0 () (tail-call (code c1)))))",
            "(program c0 (direct c0 () (block b0 () (return))) (direct c0 () (block b0 () (return))))",
        ] {
            let mut data = Data::new();
            let read = crate::reader::read_all(crate::source::FileId(0), text, &mut data).expect("readable");
            let result = parse(&data, read[0], &mut SourceMap::default(), &mut |_, _| None);
            assert!(result.is_err(), "{text}");
        }
    }
}
