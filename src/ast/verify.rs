//! Checks that a program is as its stage promises, and says what is wrong.
//!
//! One walk with an explicit stack. Run after every pass in debug builds and tests. Cost: linear.
//!
//! 1. Every variable is bound once (a top-level one may be defined again if it is marked as assigned), and used within its scope.
//! 2. Only the stage's forms occur; from `LetrecFixed` on, the program is one `Item::Expr`.
//! 3. `set!` only assigns variables marked as assigned.
//! 4. `Fix` binds lambdas to variables that are not assigned.
//! 5. Sequences and lambdas are not empty; the expressions form a tree.

use super::ir::*;
use crate::arena::IndexVec;
use kestrel_runtime::symbol;

/// Checks a whole program. The error is a sentence for developers.
pub fn verify(program: &Program) -> Result<(), String> {
    let mut v = Verifier {
        program,
        bound: IndexVec::filled(false, program.vars.len()),
        visible: IndexVec::filled(false, program.vars.len()),
        seen: IndexVec::filled(false, program.exprs.len()),
        work: Vec::new(),
    };
    v.items()
}

/// Steps of the walk, last first.
enum Work {
    Expr(ExprId),
    Show(Vec<VarId>),
    Hide(Vec<VarId>),
}

struct Verifier<'a> {
    program: &'a Program,
    bound: IndexVec<VarId, bool>,
    visible: IndexVec<VarId, bool>,
    seen: IndexVec<ExprId, bool>,
    work: Vec<Work>,
}

impl Verifier<'_> {
    fn items(&mut self) -> Result<(), String> {
        let fixed = self.program.stage >= Stage::LetrecFixed;
        if fixed && !matches!(self.program.items[..], [Item::Expr(_)]) {
            return Err(format!("stage {:?} has one item, an expression", self.program.stage));
        }
        for item in &self.program.items {
            if let Item::Define(v, _) = item {
                if self.bound[*v] && !self.program.vars[*v].assigned {
                    return Err(format!("{} is defined twice but not marked as assigned", self.name(*v)));
                }
                self.bound[*v] = true;
                self.visible[*v] = true;
            }
        }
        for item in &self.program.items {
            let (Item::Define(_, e) | Item::Expr(e)) = item;
            self.work.push(Work::Expr(*e));
            while let Some(work) = self.work.pop() {
                match work {
                    Work::Expr(e) => self.expr(e)?,
                    Work::Show(vars) => vars.iter().for_each(|v| self.visible[*v] = true),
                    Work::Hide(vars) => vars.iter().for_each(|v| self.visible[*v] = false),
                }
            }
        }
        Ok(())
    }
    fn name(&self, v: VarId) -> String {
        format!("{v:?} ({})", self.program.vars.get(v).and_then(|v| symbol::name(v.name)).unwrap_or("no name"))
    }
    fn bind(&mut self, vars: &[VarId]) -> Result<(), String> {
        for v in vars {
            if std::mem::replace(&mut self.bound[*v], true) {
                return Err(format!("{} is bound twice", self.name(*v)));
            }
        }
        Ok(())
    }
    fn visible(&self, v: VarId) -> Result<(), String> {
        if self.visible[v] { Ok(()) } else { Err(format!("{} is used outside its scope", self.name(v))) }
    }
    fn only_before(&self, stage: Stage, form: &str) -> Result<(), String> {
        let now = self.program.stage;
        if now < stage { Ok(()) } else { Err(format!("{form} must not occur in stage {now:?}")) }
    }
    /// Visits parts in a scope of further variables.
    fn scope(&mut self, vars: Vec<VarId>, parts: impl IntoIterator<Item = ExprId>) -> Result<(), String> {
        self.bind(&vars)?;
        self.work.push(Work::Hide(vars.clone()));
        self.work.extend(parts.into_iter().map(Work::Expr));
        self.work.push(Work::Show(vars));
        Ok(())
    }

    fn expr(&mut self, e: ExprId) -> Result<(), String> {
        if std::mem::replace(&mut self.seen[e], true) {
            return Err(format!("{e:?} occurs twice"));
        }
        let program = self.program;
        match &program.exprs[e].expr {
            Expr::Const(_) | Expr::Prim(_) => Ok(()),
            Expr::Ref(v) => self.visible(*v),
            Expr::Set(v, value) => {
                self.only_before(Stage::Unassigned, "set!")?;
                if !program.vars[*v].assigned {
                    return Err(format!("{} is not marked as assigned", self.name(*v)));
                }
                self.work.push(Work::Expr(*value));
                self.visible(*v)
            }
            Expr::Seq(exprs) if exprs.is_empty() => Err("a sequence is empty".into()),
            Expr::Lambda(lambda) if lambda.clauses.is_empty() => Err("a lambda has no clauses".into()),
            Expr::Lambda(lambda) => {
                lambda.clauses.iter().try_for_each(|clause| self.scope(vars_of(&clause.formals), [clause.body]))
            }
            Expr::Let(bindings, body) => {
                self.scope(bindings.iter().map(|b| b.0).collect(), [*body])?;
                self.work.extend(bindings.iter().map(|b| Work::Expr(b.1)));
                Ok(())
            }
            Expr::Letrec(bindings, body) => {
                self.only_before(Stage::LetrecFixed, "letrec*")?;
                let parts: Vec<ExprId> = bindings.iter().map(|b| b.1).chain([*body]).collect();
                self.scope(bindings.iter().map(|b| b.0).collect(), parts)
            }
            Expr::Fix(bindings, body) => {
                for (v, init) in bindings {
                    if !matches!(program.exprs[*init].expr, Expr::Lambda(_)) || program.vars[*v].assigned {
                        return Err(format!("fix binds {}, which is assigned or no lambda", self.name(*v)));
                    }
                }
                let parts: Vec<ExprId> = bindings.iter().map(|b| b.1).chain([*body]).collect();
                self.scope(bindings.iter().map(|b| b.0).collect(), parts)
            }
            Expr::Receive(formals, producer, body) => {
                self.scope(vars_of(formals), [*body])?;
                self.work.push(Work::Expr(*producer));
                Ok(())
            }
            expr @ (Expr::If(..) | Expr::Seq(_) | Expr::Call(..)) => {
                expr.for_each_child(|child| self.work.push(Work::Expr(child)));
                Ok(())
            }
        }
    }
}

fn vars_of(formals: &Formals) -> Vec<VarId> {
    formals.required.iter().copied().chain(formals.rest).collect()
}
