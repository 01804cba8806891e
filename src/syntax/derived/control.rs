//! `delay`, `delay-force`, `parameterize`, `guard`: calls of library procedures on thunks.
//!
//! ```text
//! (delay e)        => (%make-promise #f (lambda () (%make-promise #t e)))
//! (delay-force e)  => (%make-promise #f (lambda () e))
//! (parameterize ((p v) …) body)  => (%parameterize (list (cons p v) …) (lambda () body))
//! (guard (c clause …) body)      => (%guard (lambda () body) (lambda (c reraise) (cond clause … (else (reraise)))))
//! ```

use crate::ast::ir::{Clause, Expr, ExprId, Formals, Lambda};
use crate::syntax::Expander;
use crate::syntax::core::Core;
use crate::syntax::object::Stx;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

impl Expander<'_> {
    /// An application of a primitive or library procedure that a form's expansion needs.
    pub(in crate::syntax) fn call_helper(&mut self, name: &'static str, args: Vec<ExprId>, at: Stx) -> ExprId {
        let operator = self.helper(name, at);
        self.node(Expr::Call(operator, args), at)
    }

    pub(in crate::syntax) fn call_prim(&mut self, prim: Prim, args: Vec<ExprId>, at: Stx) -> ExprId {
        let operator = self.node(Expr::Prim(prim), at);
        self.node(Expr::Call(operator, args), at)
    }

    pub(in crate::syntax) fn delay(&mut self, core: Core, form: Stx) -> ExprId {
        let Some(parts) = self.parts(form, 2) else {
            return self.bad_form(form, &format!("({} expression)", core.name()));
        };
        let thunk = self.thunk(form, |x| {
            let value = x.expr(parts[1]);
            if core == Core::DelayForce {
                return value;
            }
            let done = x.constant(Value::TRUE, form);
            x.call_helper("%make-promise", vec![done, value], form)
        });
        let done = self.constant(Value::FALSE, form);
        self.call_helper("%make-promise", vec![done, thunk], form)
    }

    pub(in crate::syntax) fn parameterize(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(parameterize ((parameter value) …) body …)";
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some(specs) = self.syntax().list(head[1]) else { return self.bad_form(form, SHAPE) };
        let mut pairs = Vec::new();
        for spec in specs {
            let Some(&[parameter, value]) = self.syntax().list(spec).as_deref() else {
                return self.bad_form(form, SHAPE);
            };
            let (parameter, value) = (self.expr(parameter), self.expr(value));
            pairs.push(self.call_prim(Prim::Cons, vec![parameter, value], spec));
        }
        let mut list = self.constant(Value::NULL, form);
        for pair in pairs.into_iter().rev() {
            list = self.call_prim(Prim::Cons, vec![pair, list], form);
        }
        let thunk = self.thunk(form, |x| x.body(body, form));
        self.call_helper("%parameterize", vec![list, thunk], form)
    }

    pub(in crate::syntax) fn guard(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(guard (variable clause …) body …)";
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some((id, clauses)) = self.syntax().uncons(head[1]) else { return self.bad_form(form, SHAPE) };
        if self.syntax().symbol(id).is_none() {
            return self.bad_form(form, SHAPE);
        }
        let thunk = self.thunk(form, |x| x.body(body, form));
        let outer = self.enter_procedure(Value::FALSE);
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let id = self.syntax().add_scope(id, scope);
        let condition = self.bind_variable(id);
        let reraise = self.temporary("reraise");
        let clauses = self.syntax().add_scope(clauses, scope);
        let clauses = self.syntax().list(clauses).unwrap_or_default();
        let choice = self.cond_clauses(&clauses, |x| {
            let operator = x.local_ref(reraise, form);
            x.node(Expr::Call(operator, Vec::new()), form)
        });
        self.world.bindings.leave(mark);
        self.leave_procedure(outer);
        let formals = Formals { required: vec![condition, reraise], rest: None };
        let clauses = vec![Clause { formals, body: choice }];
        let handler = self.node(Expr::Lambda(Lambda { name: Value::FALSE, clauses }), form);
        self.call_helper("%guard", vec![thunk, handler], form)
    }
}
