//! `let`, named `let`, `let*`, `letrec`, `letrec*`, `do`, `let-values`, `let*-values`.
//!
//! Initial values are expanded before the variables' scope is entered, so hygiene needs no renaming.

use crate::ast::ir::{Clause, Expr, ExprId, Formals, Lambda, VarId};
use crate::syntax::Expander;
use crate::syntax::core::Core;
use crate::syntax::object::Stx;
use kestrel_runtime::Value;

impl Expander<'_> {
    /// The `(variable init)` pairs of a binding list; reports the first that is none.
    fn binding_list(&mut self, list: Stx) -> Option<Vec<(Stx, Stx)>> {
        let specs = match self.syntax().list(list) {
            Some(specs) => specs,
            None => {
                self.error(list, "expected a list of bindings ((variable expression) …)");
                return None;
            }
        };
        let mut bindings = Vec::with_capacity(specs.len());
        for spec in specs {
            match self.syntax().list(spec).as_deref() {
                Some(&[id, init]) if self.syntax().symbol(id).is_some() => bindings.push((id, init)),
                _ => {
                    self.error(spec, "a binding must have the shape (variable expression)");
                    return None;
                }
            }
        }
        Some(bindings)
    }

    fn named_expr(&mut self, id: Stx, init: Stx) -> ExprId {
        let name = self.syntax().symbol(id).unwrap_or(Value::FALSE);
        self.expr_named(init, name)
    }

    fn failed(&mut self, form: Stx) -> ExprId {
        self.constant(Value::UNSPECIFIED, form)
    }

    pub(in crate::syntax) fn let_form(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(let ((variable expression) …) body …)";
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        if self.syntax().symbol(head[1]).is_some() {
            return self.named_let(form);
        }
        let Some(bindings) = self.binding_list(head[1]) else { return self.failed(form) };
        let inits: Vec<ExprId> = bindings.iter().map(|&(id, init)| self.named_expr(id, init)).collect();
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let ids: Vec<Stx> = bindings.iter().map(|&(id, _)| self.world.syntax.add_scope(id, scope)).collect();
        self.check_distinct(&ids, "variable", form);
        let vars: Vec<VarId> = ids.into_iter().map(|id| self.bind_variable(id)).collect();
        let body = self.syntax().add_scope(body, scope);
        let body = self.body(body, form);
        self.world.bindings.leave(mark);
        if vars.is_empty() {
            return body;
        }
        self.node(Expr::Let(vars.into_iter().zip(inits).collect(), body), form)
    }

    fn named_let(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(let name ((variable expression) …) body …)";
        let Some((head, body)) = self.parts_from(form, 4) else { return self.bad_form(form, SHAPE) };
        let Some(bindings) = self.binding_list(head[2]) else { return self.failed(form) };
        let inits: Vec<ExprId> = bindings.iter().map(|&(id, init)| self.named_expr(id, init)).collect();
        let mark = self.world.bindings.enter();
        let scope = self.syntax().sets.fresh();
        let name = self.syntax().add_scope(head[1], scope);
        let procedure = self.bind_variable(name);
        let ids = bindings.iter().map(|&(id, _)| id).collect();
        let body = self.syntax().add_scope(body, scope);
        let symbol = self.syntax().symbol(name).unwrap_or(Value::FALSE);
        let lambda = self.loop_lambda(ids, symbol, form, Some(scope), |x, scope| {
            let body = x.syntax().add_scope(body, scope);
            x.body(body, form)
        });
        self.world.bindings.leave(mark);
        let operator = self.local_ref(procedure, form);
        let call = self.node(Expr::Call(operator, inits), form);
        self.node(Expr::Letrec(vec![(procedure, lambda)], call), form)
    }

    /// A procedure of one clause with these parameters (in the scope `outer` too), whose body `body` makes.
    fn loop_lambda(
        &mut self,
        ids: Vec<Stx>,
        name: Value,
        form: Stx,
        outer: Option<crate::syntax::scope::ScopeId>,
        body: impl FnOnce(&mut Self, crate::syntax::scope::ScopeId) -> ExprId,
    ) -> ExprId {
        let procedure = self.enter_procedure(name);
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let ids: Vec<Stx> = ids
            .into_iter()
            .map(|id| {
                let id = outer.map_or(id, |outer| self.world.syntax.add_scope(id, outer));
                self.world.syntax.add_scope(id, scope)
            })
            .collect();
        self.check_distinct(&ids, "variable", form);
        let required = ids.into_iter().map(|id| self.bind_variable(id)).collect();
        let body = body(self, scope);
        self.world.bindings.leave(mark);
        self.leave_procedure(procedure);
        let clauses = vec![Clause { formals: Formals { required, rest: None }, body }];
        self.node(Expr::Lambda(Lambda { name, clauses }), form)
    }

    pub(in crate::syntax) fn let_star(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(let* ((variable expression) …) body …)";
        let Some((head, mut body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some(bindings) = self.binding_list(head[1]) else { return self.failed(form) };
        let mark = self.world.bindings.enter();
        let mut scopes = Vec::new();
        let mut layers = Vec::new();
        for (id, init) in bindings {
            let inside = |x: &mut Self, s: Stx| scopes.iter().fold(s, |s, &scope| x.syntax().add_scope(s, scope));
            let init = inside(self, init);
            let id = inside(self, id);
            let init = self.named_expr(id, init);
            let scope = self.syntax().sets.fresh();
            let id = self.syntax().add_scope(id, scope);
            layers.push((self.bind_variable(id), init));
            scopes.push(scope);
        }
        for scope in scopes {
            body = self.syntax().add_scope(body, scope);
        }
        let mut result = self.body(body, form);
        self.world.bindings.leave(mark);
        for layer in layers.into_iter().rev() {
            result = self.node(Expr::Let(vec![layer], result), form);
        }
        result
    }

    pub(in crate::syntax) fn letrec(&mut self, core: Core, form: Stx) -> ExprId {
        let shape = format!("({} ((variable expression) …) body …)", core.name());
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, &shape) };
        let Some(bindings) = self.binding_list(head[1]) else { return self.failed(form) };
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let ids: Vec<Stx> = bindings.iter().map(|&(id, _)| self.world.syntax.add_scope(id, scope)).collect();
        self.check_distinct(&ids, "variable", form);
        let vars: Vec<VarId> = ids.iter().map(|&id| self.bind_variable(id)).collect();
        let mut made = Vec::new();
        for (v, (id, init)) in vars.into_iter().zip(bindings) {
            let init = self.syntax().add_scope(init, scope);
            made.push((v, self.named_expr(id, init)));
        }
        let body = self.syntax().add_scope(body, scope);
        let body = self.body(body, form);
        self.world.bindings.leave(mark);
        if made.is_empty() {
            return body;
        }
        if core == Core::Letrec {
            made = self.before_all_assignments(made, form);
        }
        self.node(Expr::Letrec(made, body), form)
    }

    /// The bindings of a `letrec` as those of a `letrec*`: if more than one init is a computation, none of their variables gets its value before all
    /// are done, which a continuation captured in one of them could see.
    fn before_all_assignments(&mut self, bindings: Vec<(VarId, ExprId)>, form: Stx) -> Vec<(VarId, ExprId)> {
        let is_ready = |x: &Self, e: ExprId| {
            matches!(x.program.exprs[e].expr, Expr::Lambda(_) | Expr::Const(_) | Expr::Prim(_) | Expr::Ref(_))
        };
        if bindings.iter().filter(|b| !is_ready(self, b.1)).count() < 2 {
            return bindings;
        }
        let (mut computed, mut bound) = (Vec::new(), Vec::new());
        for (v, init) in bindings {
            if is_ready(self, init) {
                bound.push((v, init));
                continue;
            }
            let value = self.variable(self.program.vars[v].name, false);
            computed.push((value, init));
            let value = self.local_ref(value, form);
            bound.push((v, value));
        }
        computed.extend(bound);
        computed
    }

    pub(in crate::syntax) fn do_form(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(do ((variable init step) …) (test expression …) command …)";
        let parts = self.syntax().list(form).unwrap_or_default();
        if parts.len() < 3 {
            return self.bad_form(form, SHAPE);
        }
        let (Some(specs), Some(exit)) = (self.syntax().list(parts[1]), self.syntax().list(parts[2])) else {
            return self.bad_form(form, SHAPE);
        };
        let Some((&test, results)) = exit.split_first() else { return self.bad_form(form, SHAPE) };
        let (mut ids, mut inits, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        for spec in specs {
            let spec_parts = self.syntax().list(spec).unwrap_or_default();
            match spec_parts[..] {
                [id, _] | [id, _, _] if self.syntax().symbol(id).is_some() => {
                    ids.push(id);
                    inits.push(self.named_expr(id, spec_parts[1]));
                    steps.push(spec_parts.get(2).copied().unwrap_or(id));
                }
                _ => {
                    self.error(spec, "a variable of `do` must have the shape (variable init step)");
                    return self.failed(form);
                }
            }
        }
        let procedure = self.temporary("do");
        let commands = &parts[3..];
        let lambda = self.loop_lambda(ids, self.program.vars[procedure].name, form, None, |x, scope| {
            let inside = |x: &mut Self, s: Stx| {
                let s = x.syntax().add_scope(s, scope);
                x.expr(s)
            };
            let test = inside(x, test);
            let results: Vec<ExprId> = results.iter().map(|&r| inside(x, r)).collect();
            let results = x.sequence(results, form);
            let mut again: Vec<ExprId> = commands.iter().map(|&c| inside(x, c)).collect();
            let steps: Vec<ExprId> = steps.iter().map(|&s| inside(x, s)).collect();
            let operator = x.local_ref(procedure, form);
            again.push(x.node(Expr::Call(operator, steps), form));
            let again = x.sequence(again, form);
            x.node(Expr::If(test, results, again), form)
        });
        let operator = self.local_ref(procedure, form);
        let call = self.node(Expr::Call(operator, inits), form);
        self.node(Expr::Letrec(vec![(procedure, lambda)], call), form)
    }

    /// The `(formals expression)` pairs of `let-values`.
    fn values_list(&mut self, list: Stx) -> Option<Vec<(Stx, Stx)>> {
        let specs = self.syntax().list(list)?;
        let mut bindings = Vec::new();
        for spec in specs {
            match self.syntax().list(spec).as_deref() {
                Some(&[formals, init]) => bindings.push((formals, init)),
                _ => return None,
            }
        }
        Some(bindings)
    }

    pub(in crate::syntax) fn let_values(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(let-values (((variable …) expression) …) body …)";
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some(bindings) = self.values_list(head[1]) else { return self.bad_form(form, SHAPE) };
        let inits: Vec<ExprId> = bindings.iter().map(|&(_, init)| self.expr(init)).collect();
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let mut layers = Vec::new();
        let mut all = Vec::new();
        for (&(list, _), init) in bindings.iter().zip(inits) {
            let list = self.syntax().add_scope(list, scope);
            let (ids, tail) = self.syntax().list_tail(list);
            all.extend(ids);
            if self.syntax().symbol(tail).is_some() {
                all.push(tail);
            }
            layers.push((self.formals(list, form), init));
        }
        self.check_distinct(&all, "variable", form);
        let body = self.syntax().add_scope(body, scope);
        let mut result = self.body(body, form);
        self.world.bindings.leave(mark);
        for (formals, init) in layers.into_iter().rev() {
            result = self.node(Expr::Receive(formals, init, result), form);
        }
        result
    }

    pub(in crate::syntax) fn let_star_values(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(let*-values (((variable …) expression) …) body …)";
        let Some((head, mut body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some(bindings) = self.values_list(head[1]) else { return self.bad_form(form, SHAPE) };
        let mark = self.world.bindings.enter();
        let mut scopes = Vec::new();
        let mut layers = Vec::new();
        for (list, init) in bindings {
            let inside = |x: &mut Self, s: Stx| scopes.iter().fold(s, |s, &scope| x.syntax().add_scope(s, scope));
            let init = inside(self, init);
            let list = inside(self, list);
            let init = self.expr(init);
            let scope = self.syntax().sets.fresh();
            let list = self.syntax().add_scope(list, scope);
            layers.push((self.formals(list, form), init));
            scopes.push(scope);
        }
        for scope in scopes {
            body = self.syntax().add_scope(body, scope);
        }
        let mut result = self.body(body, form);
        self.world.bindings.leave(mark);
        for (formals, init) in layers.into_iter().rev() {
            result = self.node(Expr::Receive(formals, init, result), form);
        }
        result
    }
}
