//! `syntax-case`, `with-syntax`, `syntax` and `quasisyntax`, and the forms of explicit renaming.
//!
//! ```text
//! (syntax-case e (k …) ((_ a b …) fender out) …)
//!   => (let ((form e))
//!        (let ((match (%syntax-match N form)))       N numbers the compiled pattern
//!          (if match
//!              (let ((a (vector-ref match 0)) (b (vector-ref match 1))) (if fender out next))
//!              next)))
//! #'(a (b …))  =>  (%syntax-fill N a b)
//! ```
//!
//! A pattern variable is a variable of the code around that templates alone can name.

use crate::arena::Idx;
use crate::ast::ir::{Clause, Expr, ExprId, Formals, Lambda, VarId};
use crate::syntax::Expander;
use crate::syntax::binding::Binding;
use crate::syntax::core::Core;
use crate::syntax::object::{Stx, View};
use crate::syntax::rules::compile::{CasePattern, Source, case_pattern, case_template};
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use std::rc::Rc;

/// A clause of `syntax-case`, in scope and expanded.
struct Matched {
    pattern: i64,
    variables: Vec<VarId>,
}

impl Expander<'_> {
    pub(in crate::syntax) fn syntax_form(&mut self, core: Core, form: Stx) -> ExprId {
        let Some(parts) = self.parts(form, 2) else {
            return self.bad_form(form, &format!("({} template)", core.name()));
        };
        self.template(parts[1], core == Core::Quasisyntax)
    }

    /// The value of a template.
    fn template(&mut self, template: Stx, quasi: bool) -> ExprId {
        let Some(compiled) = case_template(self, template, quasi) else {
            return self.constant(Value::UNSPECIFIED, template);
        };
        self.world.kept_syntax += 1;
        self.world.templates.push(Rc::new(compiled));
        let number = self.world.templates.len() - 1;
        let compiled = self.world.templates[number].clone();
        let mut args = vec![self.constant(Value::fixnum(number as i64), template)];
        for &(source, _) in &compiled.sources {
            args.push(match source {
                Source::Variable(v) => self.local_ref(v, template),
                Source::Expr(e) => self.expr(e),
            });
        }
        self.call_prim(Prim::SyntaxFill, args, template)
    }

    pub(in crate::syntax) fn syntax_case(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(syntax-case expression (literal …) (pattern fender … expression) …)";
        let parts = self.syntax().list(form).unwrap_or_default();
        let literals = parts.get(2).and_then(|&l| self.world.syntax.list(l));
        let Some(literals) = literals else { return self.bad_form(form, SHAPE) };
        for &literal in &literals {
            match self.syntax().symbol(literal) {
                None => self.error(literal, "a literal of syntax-case must be an identifier"),
                Some(s) if s == self.names.ellipsis || s == self.names.underscore => {
                    self.error(literal, "`...` and `_` cannot be literals of syntax-case");
                }
                Some(_) => {}
            }
        }
        let subject = self.expr(parts[1]);
        let variable = self.temporary("form");
        let body = self.case_clauses(variable, &literals, &parts[3..], form);
        self.node(Expr::Let(vec![(variable, subject)], body), form)
    }

    /// The clauses from the last to the first, each with what follows it.
    fn case_clauses(&mut self, subject: VarId, literals: &[Stx], clauses: &[Stx], form: Stx) -> ExprId {
        let mut next = self.no_clause(subject, "no clause of syntax-case matches this form", form);
        for &clause in clauses.iter().rev() {
            next = self.case_clause(subject, literals, clause, next, form);
        }
        next
    }

    /// Raises that no clause takes a form.
    fn no_clause(&mut self, subject: VarId, text: &str, form: Stx) -> ExprId {
        let who = self.constant(Value::FALSE, form);
        let message = self.string_constant(text, form);
        let subject = self.local_ref(subject, form);
        self.call_prim(Prim::SyntaxViolation, vec![who, message, subject], form)
    }

    fn string_constant(&mut self, text: &str, at: Stx) -> ExprId {
        let text = self.host.string(text);
        self.constant(text, at)
    }

    fn case_clause(&mut self, subject: VarId, literals: &[Stx], clause: Stx, next: ExprId, form: Stx) -> ExprId {
        let parts = self.syntax().list(clause).unwrap_or_default();
        if !(2..=3).contains(&parts.len()) {
            self.error_with(clause, "bad clause in `syntax-case`", |d| {
                d.with_note("it has the shape (pattern expression) or (pattern fender expression)")
            });
            return next;
        }
        let mark = self.world.bindings.enter();
        let scope = self.syntax().sets.fresh();
        let parts: Vec<Stx> = parts.into_iter().map(|p| self.world.syntax.add_scope(p, scope)).collect();
        let literals = literals.iter().map(|&l| self.world.syntax.add_scope(l, scope)).collect();
        let Some(pattern) = case_pattern(self, parts[0], literals) else { return next };
        let matched = self.pattern_variables(pattern);
        // With a fender there are two ways on to the next clause.
        let again = (parts.len() == 3).then(|| self.temporary("next"));
        let taken = match again {
            None => self.expr(parts[1]),
            Some(again) => {
                let test = self.expr(parts[1]);
                let yes = self.expr(parts[2]);
                let no = self.local_ref(again, clause);
                let no = self.node(Expr::Call(no, Vec::new()), clause);
                self.node(Expr::If(test, yes, no), clause)
            }
        };
        self.world.bindings.leave(mark);
        let Some(again) = again else { return self.matched(subject, &matched, taken, next, form) };
        let clauses = vec![Clause { formals: Formals::default(), body: next }];
        let thunk = self.node(Expr::Lambda(Lambda { name: Value::FALSE, clauses }), clause);
        let no = self.local_ref(again, clause);
        let no = self.node(Expr::Call(no, Vec::new()), clause);
        let body = self.matched(subject, &matched, taken, no, form);
        self.node(Expr::Let(vec![(again, thunk)], body), clause)
    }

    /// Numbers a pattern and binds its variables.
    fn pattern_variables(&mut self, pattern: CasePattern) -> Matched {
        let mut variables = Vec::new();
        for &(id, depth) in &pattern.variables {
            let name = self.syntax().symbol(id).unwrap_or(Value::FALSE);
            let var = self.variable(name, false);
            let binding = self.world.bindings.make(Binding::Pattern { var, depth, run: self.run });
            self.world.bindings.bind_local(&self.world.syntax.sets, name, id.set, binding);
            variables.push(var);
        }
        self.world.kept_syntax += 1;
        self.world.patterns.push(Rc::new(pattern));
        Matched { pattern: self.world.patterns.len() as i64 - 1, variables }
    }

    /// `taken` with the variables of a pattern if it matches, else `next`.
    fn matched(&mut self, subject: VarId, matched: &Matched, taken: ExprId, next: ExprId, at: Stx) -> ExprId {
        let m = self.temporary("match");
        let mut bindings = Vec::new();
        for (i, &v) in matched.variables.iter().enumerate() {
            if self.used[v.index()] {
                let all = self.local_ref(m, at);
                let index = self.constant(Value::fixnum(i as i64), at);
                bindings.push((v, self.call_prim(Prim::VectorRef, vec![all, index], at)));
            }
        }
        let taken = if bindings.is_empty() { taken } else { self.node(Expr::Let(bindings, taken), at) };
        let number = self.constant(Value::fixnum(matched.pattern), at);
        let subject = self.local_ref(subject, at);
        let found = self.call_prim(Prim::SyntaxMatch, vec![number, subject], at);
        let test = self.local_ref(m, at);
        let choice = self.node(Expr::If(test, taken, next), at);
        self.node(Expr::Let(vec![(m, found)], choice), at)
    }

    pub(in crate::syntax) fn with_syntax(&mut self, form: Stx) -> ExprId {
        const SHAPE: &str = "(with-syntax ((pattern expression) …) body …)";
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, SHAPE) };
        let Some(bindings) = self.syntax().list(head[1]) else { return self.bad_form(form, SHAPE) };
        let mut inits = Vec::new();
        let mut patterns = Vec::new();
        for binding in bindings {
            let Some(parts) = self.parts(binding, 2) else { return self.bad_form(form, SHAPE) };
            let value = self.expr(parts[1]);
            inits.push((self.temporary("form"), value));
            patterns.push(parts[0]);
        }
        let mark = self.world.bindings.enter();
        let scope = self.syntax().sets.fresh();
        let mut all = Vec::new();
        let mut ids = Vec::new();
        for pattern in patterns {
            let pattern = self.syntax().add_scope(pattern, scope);
            let Some(compiled) = case_pattern(self, pattern, Vec::new()) else {
                self.world.bindings.leave(mark);
                return self.constant(Value::UNSPECIFIED, form);
            };
            ids.extend(compiled.variables.iter().map(|v| v.0));
            all.push(compiled);
        }
        self.check_distinct(&ids, "pattern variable", form);
        let all: Vec<Matched> = all.into_iter().map(|p| self.pattern_variables(p)).collect();
        let body = self.syntax().add_scope(body, scope);
        let mut result = self.body(body, form);
        self.world.bindings.leave(mark);
        for (matched, &(subject, _)) in all.iter().zip(&inits).rev() {
            let failed = self.no_clause(subject, "the pattern of with-syntax does not match its value", form);
            result = self.matched(subject, matched, result, failed, form);
        }
        if inits.is_empty() { result } else { self.node(Expr::Let(inits, result), form) }
    }

    /// `er-macro-transformer` and its kin: a procedure of the library, given the place of the form and its operand.
    pub(in crate::syntax) fn renaming_transformer(&mut self, core: Core, form: Stx) -> ExprId {
        let Some(parts) = self.parts(form, 2) else {
            return self.bad_form(form, &format!("({} procedure)", core.name()));
        };
        let procedure = match core {
            Core::ErMacroTransformer => "%er-transformer",
            Core::IrMacroTransformer => "%ir-transformer",
            Core::ScMacroTransformer => "%sc-transformer",
            _ => "%rsc-transformer",
        };
        let here = self.thunk(form, |x| x.template(parts[0], false));
        let operand = self.expr(parts[1]);
        self.call_helper(procedure, vec![here, operand], form)
    }

    /// Reports a pattern variable outside of a template.
    pub(in crate::syntax) fn pattern_variable_alone(&mut self, id: Stx) -> ExprId {
        let name = match self.syntax().view(id) {
            View::Symbol(s) => self.text(s),
            _ => "",
        };
        self.error_with(id, format!("`{name}` is a pattern variable, which templates alone can use"), |d| {
            d.with_help(format!("#'{name} is what it matched"))
        });
        self.constant(Value::UNSPECIFIED, id)
    }
}
