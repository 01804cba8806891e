//! A small evaluator of expanded programs, so that the expander can be tested alone: no call/cc, no exceptions.

use crate::arena::{Idx, IndexVec};
use crate::ast::ir::{Expr, ExprId, Formals, Item, Lambda, Program, Stage, VarId};
use crate::syntax::deeper;
use kestrel_runtime::prim::{Nary, Prim, PrimCode};
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::rc::Rc;

/// Procedures are symbols with keys from here on.
const PROCEDURE_KEYS: u32 = 0x4000_0000;

struct Frame {
    var: VarId,
    value: Cell<Value>,
    outer: Env,
}
type Env = Option<Rc<Frame>>;

enum Procedure {
    Closure(Rc<Program>, ExprId, Env),
    Prim(Prim),
}

pub struct Evaluator<'p> {
    pub ctx: &'p mut Ctx,
    program: Rc<Program>,
    procedures: Vec<Procedure>,
    top: FxHashMap<VarId, Value>,
    several: Option<Vec<Value>>,
}

type Res = Result<Value, String>;

impl<'p> Evaluator<'p> {
    pub fn new(ctx: &'p mut Ctx) -> Self {
        let nothing = Program {
            exprs: IndexVec::new(),
            vars: IndexVec::new(),
            items: Vec::new(),
            shared: Vec::new(),
            stage: Stage::Expanded,
        };
        Evaluator { ctx, program: Rc::new(nothing), procedures: Vec::new(), top: FxHashMap::default(), several: None }
    }

    pub fn run(&mut self, program: Program) -> Res {
        let program = Rc::new(program);
        self.program = program.clone();
        let mut last = Value::UNSPECIFIED;
        for item in &program.items {
            match item {
                Item::Define(v, e) => {
                    let value = self.eval(*e, &None)?;
                    self.top.insert(*v, value);
                }
                Item::Expr(e) => last = self.eval(*e, &None)?,
            }
        }
        Ok(last)
    }

    fn procedure(&mut self, p: Procedure) -> Value {
        self.procedures.push(p);
        Value::symbol_from_key(PROCEDURE_KEYS + self.procedures.len() as u32 - 1)
    }

    fn bind(env: &Env, var: VarId, value: Value) -> Env {
        Some(Rc::new(Frame { var, value: Cell::new(value), outer: env.clone() }))
    }

    fn find(env: &Env, var: VarId) -> Option<&Frame> {
        let mut at = env.as_deref();
        while let Some(frame) = at {
            if frame.var == var {
                return Some(frame);
            }
            at = frame.outer.as_deref();
        }
        None
    }

    fn eval(&mut self, e: ExprId, env: &Env) -> Res {
        deeper(|| self.eval_here(e, env))
    }

    fn eval_here(&mut self, e: ExprId, env: &Env) -> Res {
        let program = self.program.clone();
        match &program.exprs[e].expr {
            Expr::Const(v) => Ok(*v),
            Expr::Ref(v) => {
                let value = match Self::find(env, *v) {
                    Some(frame) => Some(frame.value.get()),
                    None => self.top.get(v).copied(),
                };
                value.filter(|&v| v != Value::UNBOUND).ok_or_else(|| format!("{v:?} has no value yet"))
            }
            Expr::Prim(p) => Ok(self.procedure(Procedure::Prim(*p))),
            Expr::Set(v, e) => {
                let value = self.eval(*e, env)?;
                assert!(program.vars[*v].assigned);
                match Self::find(env, *v) {
                    Some(frame) => frame.value.set(value),
                    None => _ = self.top.insert(*v, value),
                }
                Ok(Value::UNSPECIFIED)
            }
            Expr::If(test, yes, no) => {
                let chosen = if self.eval(*test, env)?.is_true() { yes } else { no };
                self.eval(*chosen, env)
            }
            Expr::Seq(items) => {
                let mut last = Value::UNSPECIFIED;
                for item in items {
                    self.several = None;
                    last = self.eval(*item, env)?;
                }
                Ok(last)
            }
            Expr::Lambda(_) => Ok(self.procedure(Procedure::Closure(program.clone(), e, env.clone()))),
            Expr::Let(bindings, body) => {
                let mut inner = env.clone();
                for (v, e) in bindings {
                    let value = self.eval(*e, env)?;
                    inner = Self::bind(&inner, *v, value);
                }
                self.eval(*body, &inner)
            }
            Expr::Letrec(bindings, body) | Expr::Fix(bindings, body) => {
                let inner = bindings.iter().fold(env.clone(), |env, (v, _)| Self::bind(&env, *v, Value::UNBOUND));
                for (v, e) in bindings {
                    let value = self.eval(*e, &inner)?;
                    if let Some(frame) = Self::find(&inner, *v) {
                        frame.value.set(value);
                    }
                }
                self.eval(*body, &inner)
            }
            Expr::Receive(formals, init, body) => {
                self.several = None;
                let value = self.eval(*init, env)?;
                let values = self.several.take().unwrap_or_else(|| vec![value]);
                let inner = self.formals(formals, &values, env).ok_or("wrong number of values")?;
                self.eval(*body, &inner)
            }
            Expr::Call(operator, operands) => {
                let operator = match &program.exprs[*operator].expr {
                    Expr::Prim(p) => Err(*p),
                    _ => Ok(self.eval(*operator, env)?),
                };
                let mut args = Vec::new();
                for operand in operands {
                    args.push(self.eval(*operand, env)?);
                }
                self.several = None;
                match operator {
                    Ok(procedure) => self.apply(procedure, &args),
                    Err(prim) => self.apply_prim(prim, &args),
                }
            }
        }
    }

    fn formals(&mut self, formals: &Formals, args: &[Value], env: &Env) -> Option<Env> {
        let n = formals.required.len();
        if args.len() < n || (args.len() > n && formals.rest.is_none()) {
            return None;
        }
        let mut env = env.clone();
        for (v, &x) in formals.required.iter().zip(args) {
            env = Self::bind(&env, *v, x);
        }
        if let Some(rest) = formals.rest {
            let list = args[n..].iter().rev().fold(Value::NULL, |l, &x| self.ctx.cons(x, l));
            env = Self::bind(&env, rest, list);
        }
        Some(env)
    }

    pub fn apply(&mut self, procedure: Value, args: &[Value]) -> Res {
        let key = procedure.as_symbol_key().filter(|&k| k >= PROCEDURE_KEYS).ok_or("not a procedure")?;
        let (program, lambda, env) = match &self.procedures[(key - PROCEDURE_KEYS) as usize] {
            Procedure::Prim(p) => return self.apply_prim(*p, args),
            Procedure::Closure(program, e, env) => (program.clone(), *e, env.clone()),
        };
        let Expr::Lambda(Lambda { clauses, .. }) = &program.exprs[lambda].expr else { return Err("lambda".into()) };
        for clause in clauses {
            if let Some(inner) = self.formals(&clause.formals, args, &env) {
                let caller = std::mem::replace(&mut self.program, program.clone());
                let value = self.eval(clause.body, &inner);
                self.program = caller;
                return value;
            }
        }
        Err("wrong number of arguments".into())
    }

    fn apply_prim(&mut self, prim: Prim, args: &[Value]) -> Res {
        match (prim.info().name, args) {
            ("values", [one]) => return Ok(*one),
            ("values", _) => {
                self.several = Some(args.to_vec());
                return Ok(Value::UNSPECIFIED);
            }
            ("call-with-values", [producer, consumer]) => {
                let value = self.apply(*producer, &[])?;
                let values = self.several.take().unwrap_or_else(|| vec![value]);
                return self.apply(*consumer, &values);
            }
            ("apply", [f, first @ .., last]) => {
                let mut all = first.to_vec();
                let mut list = *last;
                while list.is_pair() {
                    all.push(self.ctx.car(list));
                    list = self.ctx.cdr(list);
                }
                return self.apply(*f, &all);
            }
            ("procedure?", [x]) => {
                return Ok(Value::boolean(x.as_symbol_key().is_some_and(|k| k >= PROCEDURE_KEYS)));
            }
            _ => {}
        }
        match (prim.info().nary, args) {
            (Nary::Fold(unit), []) => return Ok(Value::fixnum(unit)),
            (Nary::Fold(unit), [x]) => return self.call(prim, &[*x, Value::fixnum(unit)]),
            (Nary::FoldOr(other), [x]) => return self.call(other, &[*x]),
            (Nary::Fold(_) | Nary::FoldOr(_), [a, b, rest @ ..]) if !rest.is_empty() => {
                let first = self.call(prim, &[*a, *b])?;
                return rest.iter().try_fold(first, |a, &b| self.call(prim, &[a, b]));
            }
            (Nary::Chain, [_]) => return Ok(Value::TRUE),
            (Nary::Chain, _) if args.len() > 2 => {
                for pair in args.windows(2) {
                    if !self.call(prim, pair)?.is_true() {
                        return Ok(Value::FALSE);
                    }
                }
                return Ok(Value::TRUE);
            }
            _ => {}
        }
        self.call(prim, args)
    }

    fn call(&mut self, prim: Prim, args: &[Value]) -> Res {
        let a = |i: usize| args.get(i).copied().unwrap_or(Value::ABSENT);
        let ctx = &mut *self.ctx;
        let value = match prim.info().code {
            PrimCode::F0(f) => f(ctx),
            PrimCode::F1(f) => f(ctx, a(0)),
            PrimCode::F2(f) => f(ctx, a(0), a(1)),
            PrimCode::F3(f) => f(ctx, a(0), a(1), a(2)),
            PrimCode::F4(f) => f(ctx, a(0), a(1), a(2), a(3)),
            PrimCode::F5(f) => f(ctx, a(0), a(1), a(2), a(3), a(4)),
            PrimCode::FN(f) => f(ctx, args.as_ptr(), args.len()),
            PrimCode::Control(_) => return Err(format!("{} cannot be run here", prim.info().name)),
        };
        if value == Value::RAISED {
            return Err(format!("{} raised with {} arguments", prim.info().name, args.len()));
        }
        Ok(value)
    }
}

/// Whether a variable's index is in the program's arena; the expander's own check of its output.
pub fn check(program: &Program) {
    for node in program.exprs.iter() {
        node.expr.for_each_child(|c| assert!(c.index() < program.exprs.len()));
    }
}
