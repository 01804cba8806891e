//! AST to CPS, in one pass and without administrative redexes.
//!
//! ```text
//! (f (+ x 1) (g y))   in tail position of a function that returns to k
//!   =>  (let a (+ x 1) (letcont ((cont j (b) (call f (a b) k))) (call g (y) j)))
//! ```
//!
//! Needs: a program of stage `Unassigned`. Gives: CPS whose n-ary applications of primitives are still calls of the primitive as an atom;
//! the primop pass expands them.
//!
//! How: the textbook's higher-order conversion (Danvy & Filinski 1992; Kennedy 2007) takes the context of an expression as a function. Here a context is data,
//! and a term that is still to be written is a *hole* in the arena, so that the order of writing is free:
//!
//! - tail position of a continuation, or a test: a [`Work`] item with its hole, done later from a list;
//! - a value is needed ([`Converter::value`]) or dropped ([`Converter::effect`]): the code is written from a cursor on, a hole that moves on to
//!   where the rest of the program goes.
//!
//! In test position `not`, nested `if`s (so `and`, `or`) and constants become branches without making booleans, and a primitive with a boolean result
//! becomes the branch's test. Operator and operands are evaluated from left to right, but an operator that is a global or assigned variable is read last, so
//! that it need not be kept across calls in the operands. Only operands nest natively, on a stack that grows.
//!
//! Cost: linear.

use super::ir::{Atom, Clause, Cont, ContData, Fun, FunData, Program, Rest, Term, TermId, Var, VarData};
use crate::arena::{Idx, IndexVec};
use crate::ast::ir::{self as ast, Expr, ExprId, Formals, Item, Lambda, VarId};
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::{Prim, PrimCode, Type};

/// Native stack that must be left, and how much is added, when operands nest deeply.
const RED_ZONE: usize = 64 << 10;
const STACK_STEP: usize = 2 << 20;

/// Converts a program.
pub fn convert(source: &ast::Program) -> Program {
    debug_assert_eq!(source.stage, ast::Stage::Unassigned);
    let mut c =
        Converter { source, out: Program::default(), env: IndexVec::filled(None, source.vars.len()), work: Vec::new() };
    let items: Vec<ExprId> = source
        .items
        .iter()
        .map(|item| match item {
            Item::Expr(e) | Item::Define(_, e) => *e,
        })
        .collect();
    let (last, first) = items.split_last().expect("a program has an expression");
    let mut cursor = c.hole();
    let entry = c.function(Value::FALSE, source.exprs[*last].origin, Value::FALSE);
    c.out.funs[entry].clauses.push(Clause { params: Vec::new(), rest: Rest::None, body: cursor });
    c.out.entry = Some(entry);
    for e in first {
        c.effect(*e, &mut cursor);
    }
    let k = c.out.funs[entry].ret;
    c.work.push(Work::Tail { expr: *last, hole: cursor, k });
    while let Some(work) = c.work.pop() {
        match work {
            Work::Tail { expr, hole, k } => c.tail(expr, hole, k),
            Work::Test { expr, hole, then, otherwise } => c.test(expr, hole, then, otherwise),
        }
    }
    c.out
}

/// An expression to convert into a hole.
enum Work {
    /// Its values go to `k`.
    Tail { expr: ExprId, hole: TermId, k: Cont },
    /// Its truth decides.
    Test { expr: ExprId, hole: TermId, then: Cont, otherwise: Cont },
}

struct Converter<'a> {
    source: &'a ast::Program,
    out: Program,
    /// What each variable in scope stands for.
    env: IndexVec<VarId, Option<Atom>>,
    work: Vec<Work>,
}

impl<'a> Converter<'a> {
    fn expr(&self, e: ExprId) -> (&'a Expr, Origin) {
        let node = &self.source.exprs[e];
        (&node.expr, node.origin)
    }
    fn hole(&mut self) -> TermId {
        self.out.terms.push(Term::LetCont { conts: Vec::new(), body: TermId::new(0) })
    }
    fn fill(&mut self, hole: TermId, term: Term) {
        self.out.terms[hole] = term;
    }
    fn var(&mut self, name: Value) -> Var {
        self.out.vars.push(VarData { name })
    }
    /// A variable of the program, bound to a fresh one.
    fn bind(&mut self, v: VarId) -> Var {
        let var = self.var(self.source.vars[v].name);
        self.env[v] = Some(Atom::Var(var));
        var
    }
    fn bind_formals(&mut self, formals: &Formals) -> (Vec<Var>, Rest) {
        let params = formals.required.iter().map(|v| self.bind(*v)).collect();
        (params, formals.rest.map_or(Rest::None, |v| Rest::Bind(self.bind(v))))
    }
    fn lookup(&self, v: VarId) -> Atom {
        self.env[v].expect("a variable in scope")
    }

    /// Binds a continuation at the cursor; answers it and the hole of its scope. The cursor becomes its body.
    fn continuation(&mut self, params: Vec<Var>, rest: Rest, cursor: &mut TermId) -> (Cont, TermId) {
        let body = self.hole();
        let scope = self.hole();
        let k = self.out.conts.push(ContData::Local { params, rest, body });
        self.fill(*cursor, Term::LetCont { conts: vec![k], body: scope });
        *cursor = body;
        (k, scope)
    }
    /// A continuation without parameters, not yet bound, and its body.
    fn branch_target(&mut self) -> (Cont, TermId) {
        let body = self.hole();
        (self.out.conts.push(ContData::Local { params: Vec::new(), rest: Rest::None, body }), body)
    }
    /// Sends one value to a continuation, or none if it ignores values. One that takes another number of values is sent to by
    /// `values`, which raises.
    fn send(&mut self, hole: TermId, k: Cont, value: Atom, origin: Origin) {
        let (count, rest) = match &self.out.conts[k] {
            ContData::Local { params, rest, .. } => (params.len(), *rest),
            ContData::Return(_) => (1, Rest::None),
        };
        let term = match (count, rest) {
            (0, Rest::Ignore) => Term::Continue { cont: k, args: Vec::new() },
            (1, _) | (0, Rest::Bind(_)) => Term::Continue { cont: k, args: vec![value] },
            _ => Term::Call { callee: Atom::Prim(Prim::Values), args: vec![value], cont: k, origin },
        };
        self.fill(hole, term);
    }

    /// A function without clauses.
    fn function(&mut self, name: Value, origin: Origin, var_name: Value) -> Fun {
        let var = self.var(var_name);
        let ret = self.out.conts.push(ContData::Return(Fun::new(self.out.funs.len())));
        self.out.funs.push(FunData { var, ret, clauses: Vec::new(), name, origin })
    }
    fn clauses(&mut self, fun: Fun, lambda: &Lambda) {
        let k = self.out.funs[fun].ret;
        for clause in &lambda.clauses {
            let (params, rest) = self.bind_formals(&clause.formals);
            let body = self.hole();
            self.out.funs[fun].clauses.push(Clause { params, rest, body });
            self.work.push(Work::Tail { expr: clause.body, hole: body, k });
        }
    }

    /// Writes what comes before the last expression of nested bodies, and answers that expression.
    fn last_of_body(&mut self, mut e: ExprId, cursor: &mut TermId) -> ExprId {
        loop {
            match self.expr(e).0 {
                Expr::Seq(exprs) => {
                    let (last, first) = exprs.split_last().expect("a sequence is not empty");
                    for e in first {
                        self.effect(*e, cursor);
                    }
                    e = *last;
                }
                Expr::Let(bindings, body) => {
                    for (v, init) in bindings {
                        let value = self.named_value(*init, cursor, self.source.vars[*v].name);
                        self.env[*v] = Some(value);
                    }
                    e = *body;
                }
                Expr::Fix(bindings, body) => {
                    self.fix(bindings, cursor);
                    e = *body;
                }
                Expr::Receive(formals, producer, body) => {
                    let (params, rest) = self.bind_formals(formals);
                    let (k, scope) = self.continuation(params, rest, cursor);
                    self.work.push(Work::Tail { expr: *producer, hole: scope, k });
                    e = *body;
                }
                Expr::Call(callee, args) => match self.applied_lambda(*callee, args.len()) {
                    Some(clause) => {
                        for (v, init) in clause.formals.required.iter().zip(args) {
                            let value = self.named_value(*init, cursor, self.source.vars[*v].name);
                            self.env[*v] = Some(value);
                        }
                        e = clause.body;
                    }
                    None => return e,
                },
                _ => return e,
            }
        }
    }
    /// The clause of a `lambda` that is applied to exactly its number of arguments where it stands.
    fn applied_lambda(&self, callee: ExprId, count: usize) -> Option<&'a ast::Clause> {
        match self.expr(callee).0 {
            Expr::Lambda(Lambda { clauses, .. }) => match clauses.as_slice() {
                [clause] if clause.formals.rest.is_none() && clause.formals.required.len() == count => Some(clause),
                _ => None,
            },
            _ => None,
        }
    }
    fn fix(&mut self, bindings: &'a [(VarId, ExprId)], cursor: &mut TermId) {
        let mut funs = Vec::with_capacity(bindings.len());
        for (v, init) in bindings {
            let (Expr::Lambda(lambda), origin) = self.expr(*init) else { unreachable!("fix binds lambdas") };
            let fun = self.function(lambda.name, origin, self.source.vars[*v].name);
            self.env[*v] = Some(Atom::Var(self.out.funs[fun].var));
            funs.push((fun, lambda));
        }
        for (fun, lambda) in &funs {
            self.clauses(*fun, lambda);
        }
        let body = self.hole();
        self.fill(*cursor, Term::LetFun { funs: funs.iter().map(|f| f.0).collect(), body });
        *cursor = body;
    }

    /// The value of an expression; its code goes to the cursor.
    fn value(&mut self, e: ExprId, cursor: &mut TermId) -> Atom {
        self.named_value(e, cursor, Value::FALSE)
    }
    fn named_value(&mut self, e: ExprId, cursor: &mut TermId, name: Value) -> Atom {
        stacker::maybe_grow(RED_ZONE, STACK_STEP, || {
            let e = self.last_of_body(e, cursor);
            let (expr, origin) = self.expr(e);
            match expr {
                Expr::Const(v) => Atom::Const(*v),
                Expr::Ref(v) => self.lookup(*v),
                Expr::Prim(p) => Atom::Prim(*p),
                Expr::Lambda(lambda) => {
                    let fun = self.function(lambda.name, origin, name);
                    self.clauses(fun, lambda);
                    let body = self.hole();
                    self.fill(*cursor, Term::LetFun { funs: vec![fun], body });
                    *cursor = body;
                    Atom::Var(self.out.funs[fun].var)
                }
                Expr::Call(callee, args) => match self.inline_prim(*callee, args.len()) {
                    Some(prim) => {
                        let args = self.values(args, cursor);
                        self.let_prim(prim, args, origin, cursor, name)
                    }
                    None => {
                        let (callee, args) = self.application(*callee, args, cursor);
                        let result = self.var(name);
                        let (k, scope) = self.continuation(vec![result], Rest::None, cursor);
                        self.fill(scope, Term::Call { callee, args, cont: k, origin });
                        Atom::Var(result)
                    }
                },
                _ => {
                    let result = self.var(name);
                    let (k, scope) = self.continuation(vec![result], Rest::None, cursor);
                    self.work.push(Work::Tail { expr: e, hole: scope, k });
                    Atom::Var(result)
                }
            }
        })
    }
    /// Operator and operands of a call.
    fn application(&mut self, callee: ExprId, args: &[ExprId], cursor: &mut TermId) -> (Atom, Vec<Atom>) {
        if self.is_variable_read(callee) {
            let args = self.values(args, cursor);
            return (self.value(callee, cursor), args);
        }
        (self.value(callee, cursor), self.values(args, cursor))
    }
    fn is_variable_read(&self, e: ExprId) -> bool {
        let Expr::Call(prim, _) = self.expr(e).0 else { return false };
        matches!(self.expr(*prim).0, Expr::Prim(Prim::GlobalRef | Prim::CellRef))
    }
    fn values(&mut self, args: &[ExprId], cursor: &mut TermId) -> Vec<Atom> {
        args.iter().map(|a| self.value(*a, cursor)).collect()
    }
    fn let_prim(&mut self, prim: Prim, args: Vec<Atom>, origin: Origin, cursor: &mut TermId, name: Value) -> Atom {
        let var = self.var(name);
        let body = self.hole();
        self.fill(*cursor, Term::Let { var, prim, args, body, origin });
        *cursor = body;
        Atom::Var(var)
    }
    /// The primitive, if applying it to so many arguments is one `let`.
    fn inline_prim(&self, callee: ExprId, count: usize) -> Option<Prim> {
        let Expr::Prim(prim) = self.expr(callee).0 else { return None };
        let info = prim.info();
        let allowed = count >= info.min as usize && info.max.is_none_or(|max| count <= max as usize);
        let fits = match info.code {
            PrimCode::Control(_) => false,
            PrimCode::FN(_) => true,
            _ => prim.fixed_args() == Some(count),
        };
        (allowed && fits).then_some(*prim)
    }

    /// Evaluates an expression and drops its values.
    fn effect(&mut self, e: ExprId, cursor: &mut TermId) {
        stacker::maybe_grow(RED_ZONE, STACK_STEP, || {
            let e = self.last_of_body(e, cursor);
            let (expr, origin) = self.expr(e);
            match expr {
                Expr::Const(_) | Expr::Ref(_) | Expr::Prim(_) | Expr::Lambda(_) => {}
                Expr::Call(callee, args) => match self.inline_prim(*callee, args.len()) {
                    Some(prim) => {
                        let args = self.values(args, cursor);
                        self.let_prim(prim, args, origin, cursor, Value::FALSE);
                    }
                    None => {
                        let (callee, args) = self.application(*callee, args, cursor);
                        let (k, scope) = self.continuation(Vec::new(), Rest::Ignore, cursor);
                        self.fill(scope, Term::Call { callee, args, cont: k, origin });
                    }
                },
                _ => {
                    let (k, scope) = self.continuation(Vec::new(), Rest::Ignore, cursor);
                    self.work.push(Work::Tail { expr: e, hole: scope, k });
                }
            }
        });
    }

    /// The expression's values go to `k`.
    fn tail(&mut self, e: ExprId, mut cursor: TermId, k: Cont) {
        let e = self.last_of_body(e, &mut cursor);
        let (expr, origin) = self.expr(e);
        match expr {
            Expr::If(condition, then, otherwise) => {
                let (kt, then_hole) = self.branch_target();
                let (kf, else_hole) = self.branch_target();
                let scope = self.hole();
                self.fill(cursor, Term::LetCont { conts: vec![kt, kf], body: scope });
                self.work.push(Work::Tail { expr: *otherwise, hole: else_hole, k });
                self.work.push(Work::Tail { expr: *then, hole: then_hole, k });
                self.work.push(Work::Test { expr: *condition, hole: scope, then: kt, otherwise: kf });
            }
            Expr::Call(callee, args) if self.inline_prim(*callee, args.len()).is_none() => {
                let (callee, args) = self.application(*callee, args, &mut cursor);
                self.fill(cursor, Term::Call { callee, args, cont: k, origin });
            }
            _ => {
                let value = self.value(e, &mut cursor);
                self.send(cursor, k, value, origin);
            }
        }
    }

    /// Jumps to one of two continuations without parameters.
    fn test(&mut self, e: ExprId, mut cursor: TermId, mut then: Cont, mut otherwise: Cont) {
        let mut e = e;
        loop {
            e = self.last_of_body(e, &mut cursor);
            let (expr, origin) = self.expr(e);
            match expr {
                Expr::Call(callee, args)
                    if matches!(self.expr(*callee).0, Expr::Prim(Prim::Not)) && args.len() == 1 =>
                {
                    (then, otherwise) = (otherwise, then);
                    e = args[0];
                }
                Expr::If(condition, a, b) => {
                    let mut conts = Vec::new();
                    let on_true = self.test_branch(*a, then, otherwise, &mut conts);
                    let on_false = self.test_branch(*b, then, otherwise, &mut conts);
                    if !conts.is_empty() {
                        let scope = self.hole();
                        self.fill(cursor, Term::LetCont { conts, body: scope });
                        cursor = scope;
                    }
                    (then, otherwise) = (on_true, on_false);
                    e = *condition;
                }
                Expr::Call(callee, args) => {
                    let boolean = |p: &Prim| p.info().result == Type::BOOLEAN;
                    let (prim, args) = match self.inline_prim(*callee, args.len()).filter(boolean) {
                        Some(prim) => (prim, self.values(args, &mut cursor)),
                        None => (Prim::True, vec![self.value(e, &mut cursor)]),
                    };
                    return self.fill(cursor, Term::Branch { prim, args, then, otherwise, origin });
                }
                _ => {
                    let term = match self.value(e, &mut cursor) {
                        Atom::Const(Value::FALSE) => Term::Continue { cont: otherwise, args: Vec::new() },
                        Atom::Const(_) | Atom::Prim(_) => Term::Continue { cont: then, args: Vec::new() },
                        var => Term::Branch { prim: Prim::True, args: vec![var], then, otherwise, origin },
                    };
                    return self.fill(cursor, term);
                }
            }
        }
    }
    /// Where a branch of a tested `if` goes: straight on if it is a constant, else to a new continuation that tests it.
    fn test_branch(&mut self, e: ExprId, then: Cont, otherwise: Cont, conts: &mut Vec<Cont>) -> Cont {
        match self.expr(e).0 {
            Expr::Const(Value::FALSE) => otherwise,
            Expr::Const(_) => then,
            _ => {
                let (k, hole) = self.branch_target();
                conts.push(k);
                self.work.push(Work::Test { expr: e, hole, then, otherwise });
                k
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::ir::{Node, Stage};

    const PLACE: Origin = Origin(0);

    /// A program whose expression is wrapped `depth` times.
    fn nested(depth: usize, wrap: impl Fn(&mut dyn FnMut(Expr) -> ExprId, ExprId) -> Expr) -> ast::Program {
        let mut exprs: IndexVec<ExprId, Node> = IndexVec::new();
        let mut push = |expr| exprs.push(Node { expr, origin: PLACE });
        let mut e = push(Expr::Const(Value::TRUE));
        for _ in 0..depth {
            let outer = wrap(&mut push, e);
            e = push(outer);
        }
        ast::Program {
            exprs,
            vars: IndexVec::new(),
            items: vec![Item::Expr(e)],
            shared: Vec::new(),
            stage: Stage::Unassigned,
        }
    }
    fn check(program: &ast::Program) {
        let cps = convert(program);
        crate::cps::verify::verify(&cps, crate::cps::verify::Stage::Converted).unwrap();
    }

    #[test]
    fn deep_expressions() {
        let n = 100_000;
        check(&nested(n, |push, e| Expr::Call(push(Expr::Prim(Prim::Not)), vec![e])));
        check(&nested(n, |push, e| Expr::Call(push(Expr::Prim(Prim::Add)), vec![e])));
        check(&nested(n, |push, e| Expr::If(e, push(Expr::Const(Value::TRUE)), push(Expr::Const(Value::fixnum(1))))));
        check(&nested(n, |push, e| Expr::If(push(Expr::Prim(Prim::Car)), e, push(Expr::Const(Value::FALSE)))));
        check(&nested(n, |push, e| Expr::Seq(vec![e, push(Expr::Const(Value::FALSE))])));
        check(&nested(n, |push, e| Expr::Seq(vec![push(Expr::Const(Value::FALSE)), e])));
        check(&nested(n, |_, e| {
            Expr::Lambda(Lambda {
                name: Value::FALSE,
                clauses: vec![ast::Clause { formals: Formals::default(), body: e }],
            })
        }));
    }
}
