//! `cond`, `case`, `and`, `or`, `when`, `unless`.

use crate::ast::ir::{Expr, ExprId, VarId};
use crate::syntax::Expander;
use crate::syntax::core::Core;
use crate::syntax::object::Stx;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

impl Expander<'_> {
    pub(in crate::syntax) fn and(&mut self, form: Stx) -> ExprId {
        let Some(parts) = self.syntax().list(form) else { return self.bad_form(form, "(and expression …)") };
        let Some((&last, others)) = parts[1..].split_last() else { return self.constant(Value::TRUE, form) };
        let tests = self.exprs(others);
        let mut result = self.expr(last);
        for test in tests.into_iter().rev() {
            let no = self.constant(Value::FALSE, form);
            result = self.node(Expr::If(test, result, no), form);
        }
        result
    }

    pub(in crate::syntax) fn or(&mut self, form: Stx) -> ExprId {
        let Some(parts) = self.syntax().list(form) else { return self.bad_form(form, "(or expression …)") };
        let Some((&last, others)) = parts[1..].split_last() else { return self.constant(Value::FALSE, form) };
        let tests = self.exprs(others);
        let mut result = self.expr(last);
        for test in tests.into_iter().rev() {
            result = self.or_else(test, result, form);
        }
        result
    }

    /// `test`'s value if it is true, otherwise `no`'s.
    fn or_else(&mut self, test: ExprId, no: ExprId, form: Stx) -> ExprId {
        let t = self.temporary("test");
        let condition = self.local_ref(t, form);
        let yes = self.local_ref(t, form);
        let choice = self.node(Expr::If(condition, yes, no), form);
        self.node(Expr::Let(vec![(t, test)], choice), form)
    }

    pub(in crate::syntax) fn when_unless(&mut self, core: Core, form: Stx) -> ExprId {
        let parts = self.syntax().list(form).unwrap_or_default();
        if parts.len() < 3 {
            return self.bad_form(form, &format!("({} test expression …)", core.name()));
        }
        let test = self.expr(parts[1]);
        let body = self.exprs(&parts[2..]);
        let body = self.sequence(body, form);
        let other = self.constant(Value::UNSPECIFIED, form);
        let (yes, no) = if core == Core::When { (body, other) } else { (other, body) };
        self.node(Expr::If(test, yes, no), form)
    }

    pub(in crate::syntax) fn cond(&mut self, form: Stx) -> ExprId {
        match self.syntax().list(form) {
            Some(parts) if parts.len() > 1 => {
                let otherwise = |x: &mut Self| x.constant(Value::UNSPECIFIED, form);
                self.cond_clauses(&parts[1..], otherwise)
            }
            _ => self.bad_form(form, "(cond (test expression …) … (else expression …))"),
        }
    }

    /// The clauses of `cond` or `guard`; `otherwise` is what happens when none applies.
    pub(in crate::syntax) fn cond_clauses(
        &mut self,
        clauses: &[Stx],
        otherwise: impl FnOnce(&mut Self) -> ExprId,
    ) -> ExprId {
        enum Clause {
            Value(ExprId),
            Body(ExprId, ExprId),
            Receiver(ExprId, ExprId),
        }
        let mut done: Vec<(Clause, Stx)> = Vec::new();
        let mut last = None;
        for (i, &clause) in clauses.iter().enumerate() {
            let parts = self.syntax().list(clause).unwrap_or_default();
            let Some(&test) = parts.first() else {
                self.error(clause, "a clause must have the shape (test expression …)");
                continue;
            };
            if self.is_keyword(test, Core::Else) {
                if i + 1 != clauses.len() {
                    self.error(test, "`else` must be the last clause");
                }
                if parts.len() < 2 {
                    self.error(clause, "an `else` clause must have the shape (else expression …)");
                }
                let body = self.exprs(&parts[1..]);
                last = Some(self.sequence(body, clause));
                break;
            }
            let test = self.expr(test);
            let kind = if parts.len() == 1 {
                Clause::Value(test)
            } else if self.is_keyword(parts[1], Core::Arrow) {
                let [_, _, receiver] = parts[..] else {
                    self.error(clause, "a clause with `=>` must have the shape (test => receiver)");
                    continue;
                };
                Clause::Receiver(test, self.expr(receiver))
            } else {
                let body = self.exprs(&parts[1..]);
                Clause::Body(test, self.sequence(body, clause))
            };
            done.push((kind, clause));
        }
        let mut result = match last {
            Some(last) => last,
            None => otherwise(self),
        };
        for (kind, clause) in done.into_iter().rev() {
            result = match kind {
                Clause::Value(test) => self.or_else(test, result, clause),
                Clause::Body(test, body) => self.node(Expr::If(test, body, result), clause),
                Clause::Receiver(test, receiver) => {
                    let t = self.temporary("test");
                    let condition = self.local_ref(t, clause);
                    let argument = self.local_ref(t, clause);
                    let yes = self.node(Expr::Call(receiver, vec![argument]), clause);
                    let choice = self.node(Expr::If(condition, yes, result), clause);
                    self.node(Expr::Let(vec![(t, test)], choice), clause)
                }
            };
        }
        result
    }

    pub(in crate::syntax) fn case(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(case key ((datum …) expression …) … (else expression …))";
        let parts = self.syntax().list(form).unwrap_or_default();
        if parts.len() < 3 {
            return self.bad_form(form, SHAPE);
        }
        let key = self.temporary("key");
        let init = self.expr(parts[1]);
        let clauses = &parts[2..];
        let mut done = Vec::new();
        let mut last = None;
        for (i, &clause) in clauses.iter().enumerate() {
            let parts = self.syntax().list(clause).unwrap_or_default();
            if parts.len() < 2 {
                self.error(clause, "a clause of `case` must have the shape ((datum …) expression …)");
                continue;
            }
            if self.is_keyword(parts[0], Core::Else) {
                if i + 1 != clauses.len() {
                    self.error(clause, "`else` must be the last clause");
                }
                last = Some(self.case_body(key, &parts[1..], clause));
                break;
            }
            let Some(data) = self.syntax().list(parts[0]) else {
                self.error(parts[0], "a clause of `case` must start with a list of data");
                continue;
            };
            let body = self.case_body(key, &parts[1..], clause);
            done.push((data, body, clause));
        }
        let mut result = match last {
            Some(last) => last,
            None => self.constant(Value::UNSPECIFIED, form),
        };
        for (data, body, clause) in done.into_iter().rev() {
            let test = self.case_test(key, &data, clause);
            result = self.node(Expr::If(test, body, result), clause);
        }
        self.node(Expr::Let(vec![(key, init)], result), form)
    }

    fn case_body(&mut self, key: VarId, body: &[Stx], clause: Stx) -> ExprId {
        if self.is_keyword(body[0], Core::Arrow) {
            let [_, receiver] = *body else {
                self.error(clause, "a clause with `=>` must have the shape (data => receiver)");
                return self.constant(Value::UNSPECIFIED, clause);
            };
            let receiver = self.expr(receiver);
            let argument = self.local_ref(key, clause);
            return self.node(Expr::Call(receiver, vec![argument]), clause);
        }
        let body = self.exprs(body);
        self.sequence(body, clause)
    }

    /// Whether the key is one of the data: a disjunction of tests that answer booleans.
    fn case_test(&mut self, key: VarId, data: &[Stx], clause: Stx) -> ExprId {
        let mut result = None;
        for &datum in data.iter().rev() {
            let value = self.literal(datum);
            let key = self.local_ref(key, clause);
            let is_immediate = matches!(self.program.exprs[value].expr, Expr::Const(v) if v.is_fixnum() || v.tag() == kestrel_runtime::layout::TAG_IMMEDIATE);
            let operator = match is_immediate {
                true => self.node(Expr::Prim(Prim::Eq), datum),
                false => self.helper("eqv?", datum),
            };
            let test = self.node(Expr::Call(operator, vec![key, value]), datum);
            result = Some(match result {
                None => test,
                Some(no) => {
                    let yes = self.constant(Value::TRUE, clause);
                    self.node(Expr::If(test, yes, no), clause)
                }
            });
        }
        match result {
            Some(test) => test,
            None => self.constant(Value::FALSE, clause),
        }
    }
}
