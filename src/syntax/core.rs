//! Expressions, and the table of core forms.
//!
//! Each core form writes AST directly. Positions, tail positions and names for procedures are kept as the forms have them.

use super::binding::Binding;
use super::object::{Stx, View};
use super::scope::UseSites;
use super::{Expander, deeper, literal, rules, suggest};
use crate::arena::Idx;
use crate::ast::ir::{Clause, Expr, ExprId, Formals, Lambda, VarId};
use kestrel_runtime::prim::Prim;
use kestrel_runtime::{Value, symbol};

macro_rules! core_forms {
    ($($(#[$doc:meta])* $id:ident $name:literal;)*) => {
        /// A core form or an auxiliary keyword.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Core { $($(#[$doc])* #[doc = concat!("`", $name, "`")] $id),* }
        impl Core {
            /// All of them: what `(kestrel syntax)` exports.
            pub const ALL: &'static [Core] = &[$(Core::$id),*];
            /// Its keyword.
            pub fn name(self) -> &'static str {
                match self { $(Core::$id => $name),* }
            }
        }
    };
}

core_forms! {
    Quote "quote"; Quasiquote "quasiquote"; Unquote "unquote"; UnquoteSplicing "unquote-splicing";
    Lambda "lambda"; CaseLambda "case-lambda"; If "if"; Set "set!"; Begin "begin";
    Let "let"; LetStar "let*"; Letrec "letrec"; LetrecStar "letrec*"; Do "do";
    LetValues "let-values"; LetStarValues "let*-values";
    Cond "cond"; Case "case"; And "and"; Or "or"; When "when"; Unless "unless";
    Delay "delay"; DelayForce "delay-force"; Parameterize "parameterize"; Guard "guard";
    Define "define"; DefineValues "define-values"; DefineRecordType "define-record-type";
    DefineSyntax "define-syntax"; LetSyntax "let-syntax"; LetrecSyntax "letrec-syntax";
    SyntaxRules "syntax-rules"; SyntaxError "syntax-error"; CondExpand "cond-expand";
    Include "include"; IncludeCi "include-ci"; Import "import"; DefineLibrary "define-library";
    Syntax "syntax"; SyntaxCase "syntax-case"; WithSyntax "with-syntax";
    Quasisyntax "quasisyntax"; Unsyntax "unsyntax"; UnsyntaxSplicing "unsyntax-splicing";
    DefineForSyntax "define-for-syntax"; BeginForSyntax "begin-for-syntax";
    ErMacroTransformer "er-macro-transformer"; IrMacroTransformer "ir-macro-transformer";
    ScMacroTransformer "sc-macro-transformer"; RscMacroTransformer "rsc-macro-transformer";
    Else "else"; Arrow "=>"; Underscore "_"; Ellipsis "...";
}

/// A form after macros at its head have been expanded.
pub enum Head {
    /// A core form.
    Core(Core, Stx),
    /// Anything else: an expression.
    Other(Stx),
    /// An error that has been reported.
    Failed(Stx),
}

impl Expander<'_> {
    /// Expands macro uses until the head is a core form or no keyword.
    pub(crate) fn head(&mut self, mut form: Stx, use_sites: &mut UseSites) -> Head {
        loop {
            let Some((operator, _)) = self.syntax().uncons(form) else { return Head::Other(form) };
            match self.meaning(operator) {
                Some(Binding::Core(core)) => return Head::Core(core, form),
                Some(Binding::Macro(m)) => match rules::expand::expand(self, &m, form, use_sites) {
                    Some(next) => form = next,
                    None => return Head::Failed(form),
                },
                Some(Binding::Procedural(t)) => match self.transform(&t, form, use_sites) {
                    Some(next) => form = next,
                    None => return Head::Failed(form),
                },
                Some(Binding::Failed) => return Head::Failed(form),
                _ => return Head::Other(form),
            }
        }
    }

    /// Expands an expression; `name` is for a procedure that is its value.
    pub(crate) fn expr_named(&mut self, form: Stx, name: Value) -> ExprId {
        self.name_hint = name;
        self.expr(form)
    }

    /// Expands an expression.
    pub(crate) fn expr(&mut self, form: Stx) -> ExprId {
        deeper(|| {
            let hint = std::mem::replace(&mut self.name_hint, Value::FALSE);
            match self.head(form, &mut UseSites::default()) {
                Head::Core(core, form) => self.core(core, form, hint),
                Head::Failed(form) => self.constant(Value::UNSPECIFIED, form),
                Head::Other(form) => match self.syntax().view(form) {
                    View::Symbol(_) => self.reference(form),
                    View::Pair(..) => self.call(form),
                    View::Null => {
                        self.error_with(form, "an empty combination is no expression", |d| {
                            d.with_help("for the empty list write '()")
                        });
                        self.constant(Value::UNSPECIFIED, form)
                    }
                    View::Cyclic => {
                        self.error(form, "a form that contains itself can only be quoted");
                        self.constant(Value::UNSPECIFIED, form)
                    }
                    View::Vector | View::Constant => self.literal(form),
                },
            }
        })
    }

    /// All of a list of expressions.
    pub(crate) fn exprs(&mut self, forms: &[Stx]) -> Vec<ExprId> {
        forms.iter().map(|&f| self.expr(f)).collect()
    }

    fn call(&mut self, form: Stx) -> ExprId {
        let Some(parts) = self.syntax().list(form) else {
            self.error(form, "a procedure call must be a proper list");
            return self.constant(Value::UNSPECIFIED, form);
        };
        let operator = self.expr(parts[0]);
        let operands = self.exprs(&parts[1..]);
        self.node(Expr::Call(operator, operands), form)
    }

    /// The static value of a quoted form. What stands in a file has one, however often that is loaded.
    fn static_literal(&mut self, form: Stx) -> Result<Value, Stx> {
        let span = self.world.syntax.span(form);
        let is_repeatable = self.open && form.text != 0 && self.sources.file(span.file).path.is_some();
        if !is_repeatable {
            return literal::value(&self.world.syntax, &mut *self.host, form);
        }
        if let Some(&known) = self.world.literals.get(&span) {
            return Ok(known);
        }
        let made = literal::value(&self.world.syntax, &mut *self.host, form)?;
        if made.is_pointer() {
            self.world.literals.insert(span, made);
        }
        Ok(made)
    }

    /// A quoted form's constant. The same form, quoted several times, is the same constant.
    pub(crate) fn literal(&mut self, form: Stx) -> ExprId {
        if let Some(cell) = self.world.syntax.object(form) {
            return self.cell_content(cell, form);
        }
        if let Some(&made) = self.quoted.get(&(form.text, form.datum)) {
            return self.constant(made, form);
        }
        let made = match self.live {
            true => literal::value(&self.world.syntax, &mut self.host.fresh(), form),
            false => self.static_literal(form),
        };
        match made {
            Ok(value) => {
                if value.is_pointer() && !self.live {
                    self.quoted.insert((form.text, form.datum), value);
                }
                self.constant(value, form)
            }
            Err(part) if self.world.syntax.object(part).is_some() => self.literal_with_objects(form),
            Err(part) => {
                self.error(part, "this number cannot be represented");
                self.constant(Value::UNSPECIFIED, form)
            }
        }
    }

    /// A quoted form with parts that a program has made: it cannot be static, so it is made now, in the heap.
    fn literal_with_objects(&mut self, form: Stx) -> ExprId {
        match literal::value(&self.world.syntax, &mut self.host.fresh(), form) {
            Ok(value) => {
                let cell = self.host.ctx().static_cell(value, Value::FALSE);
                self.cell_content(cell, form)
            }
            Err(part) => {
                self.error(part, "this number cannot be represented");
                self.constant(Value::UNSPECIFIED, form)
            }
        }
    }

    fn cell_content(&mut self, cell: Value, at: Stx) -> ExprId {
        let cell = self.constant(cell, at);
        self.call_prim(Prim::CellRef, vec![cell], at)
    }

    fn reference(&mut self, id: Stx) -> ExprId {
        match self.meaning(id) {
            Some(Binding::Local(v, run)) if run == self.run => self.local_ref(v, id),
            Some(Binding::Local(..)) => self.out_of_phase(id),
            Some(Binding::Global(g)) if self.is_available(g, id) => self.global_ref(g, id),
            Some(Binding::Global(_)) => self.constant(Value::UNSPECIFIED, id),
            Some(Binding::Pattern { .. }) => self.pattern_variable_alone(id),
            Some(Binding::Failed) => self.constant(Value::UNSPECIFIED, id),
            Some(Binding::Procedural(t)) => match self.transform(&t, id, &mut UseSites::default()) {
                Some(next) => self.expr(next),
                None => self.constant(Value::UNSPECIFIED, id),
            },
            Some(Binding::Prim(p)) => self.node(Expr::Prim(p), id),
            Some(Binding::Core(_) | Binding::Macro(_)) => {
                let name = self.syntax().symbol(id).map_or("", |s| symbol::name(s).unwrap_or(""));
                self.error_with(id, format!("`{name}` is a keyword, not a variable"), |d| {
                    d.with_note(format!("a use of it has the shape ({name} …)"))
                });
                self.constant(Value::UNSPECIFIED, id)
            }
            None => match self.undefined_global(id) {
                Some(g) => self.global_ref(g, id),
                None => {
                    self.unbound(id);
                    self.constant(Value::UNSPECIFIED, id)
                }
            },
        }
    }

    /// Reports an unbound variable, once for each name.
    fn unbound(&mut self, id: Stx) {
        let Some(name) = self.syntax().symbol(id) else { return };
        if self.imports_failed || !self.reported.insert(name) {
            return;
        }
        let text = self.text(name);
        let root = self.world.syntax.sets.root(id.set);
        let module = self.world.bindings.names(root).into_iter().flat_map(|(_, names)| names.keys().copied());
        let scope = self.world.bindings.scoped_symbols().chain(module);
        let near = suggest::near(text, scope.filter_map(symbol::name));
        let near: Vec<_> = near.iter().map(|n| format!("`{n}`")).collect();
        let exporters = self.exporters(name);
        let phase = self.phase;
        self.error_with(id, format!("unbound variable `{text}`"), |d| {
            let d = match phase {
                0 => d,
                _ => d.with_note("imports and definitions for syntax are in scope here, while macros are expanded"),
            };
            if let Some(library) = exporters.first() {
                d.with_help(format!("`{text}` is exported by {library}"))
            } else if !near.is_empty() {
                d.with_help(format!("did you mean {}?", near.join(" or ")))
            } else {
                d
            }
        });
    }

    fn core(&mut self, core: Core, form: Stx, hint: Value) -> ExprId {
        match core {
            Core::Quote => match self.parts(form, 2) {
                Some(p) => self.literal(p[1]),
                None => self.bad_form(form, "(quote datum)"),
            },
            Core::Quasiquote => self.quasiquote(form),
            Core::Lambda => match self.parts_from(form, 3) {
                Some((p, body)) => self.lambda(p[1], body, hint, form),
                None => self.bad_form(form, "(lambda (parameter …) body …)"),
            },
            Core::CaseLambda => self.case_lambda(form, hint),
            Core::If => self.if_form(form),
            Core::Set => self.set_form(form),
            Core::Begin => self.begin_form(form),
            Core::Let => self.let_form(form),
            Core::LetStar => self.let_star(form),
            Core::Letrec | Core::LetrecStar => self.letrec(core, form),
            Core::Do => self.do_form(form),
            Core::LetValues => self.let_values(form),
            Core::LetStarValues => self.let_star_values(form),
            Core::Cond => self.cond(form),
            Core::Case => self.case(form),
            Core::And => self.and(form),
            Core::Or => self.or(form),
            Core::When | Core::Unless => self.when_unless(core, form),
            Core::Delay | Core::DelayForce => self.delay(core, form),
            Core::Parameterize => self.parameterize(form),
            Core::Guard => self.guard(form),
            Core::LetSyntax | Core::LetrecSyntax => self.let_syntax(core, form),
            Core::SyntaxError => {
                self.syntax_error(form);
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::CondExpand => {
                let chosen = self.cond_expand(form);
                let items = self.exprs(&chosen);
                self.sequence(items, form)
            }
            Core::Include | Core::IncludeCi => {
                let forms = self.include(form, core == Core::IncludeCi);
                let items = self.exprs(&forms);
                self.sequence(items, form)
            }
            Core::Define
            | Core::DefineValues
            | Core::DefineRecordType
            | Core::DefineSyntax
            | Core::DefineForSyntax
            | Core::BeginForSyntax => {
                self.error_with(form, format!("`{}` is not an expression", core.name()), |d| {
                    d.with_note("definitions stand at top level, or at the head of a body")
                });
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::Import | Core::DefineLibrary => {
                self.error(form, format!("`{}` can stand at top level only", core.name()));
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::SyntaxRules => {
                self.error_with(form, "`syntax-rules` is not an expression", |d| {
                    d.with_note("it can stand in define-syntax, let-syntax and letrec-syntax")
                });
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::Unquote | Core::UnquoteSplicing => {
                self.error(form, format!("`{}` outside of a quasiquote", core.name()));
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::Syntax | Core::Quasisyntax => self.syntax_form(core, form),
            Core::SyntaxCase => self.syntax_case(form),
            Core::WithSyntax => self.with_syntax(form),
            Core::ErMacroTransformer
            | Core::IrMacroTransformer
            | Core::ScMacroTransformer
            | Core::RscMacroTransformer => self.renaming_transformer(core, form),
            Core::Unsyntax | Core::UnsyntaxSplicing => {
                self.error(form, format!("`{}` outside of a quasisyntax", core.name()));
                self.constant(Value::UNSPECIFIED, form)
            }
            Core::Else | Core::Arrow | Core::Underscore | Core::Ellipsis => {
                self.error(form, format!("misplaced `{}`", core.name()));
                self.constant(Value::UNSPECIFIED, form)
            }
        }
    }

    /// The parts of a form, if there are exactly `n`.
    pub(crate) fn parts(&mut self, form: Stx, n: usize) -> Option<Vec<Stx>> {
        self.syntax().list(form).filter(|p| p.len() == n)
    }

    /// The first `n - 1` parts of a form of at least `n`, and the list of the others.
    pub(crate) fn parts_from(&mut self, form: Stx, n: usize) -> Option<(Vec<Stx>, Stx)> {
        let mut first = Vec::new();
        let mut rest = form;
        for _ in 1..n {
            let (a, d) = self.syntax().uncons(rest)?;
            first.push(a);
            rest = d;
        }
        self.syntax().uncons(rest)?;
        Some((first, rest))
    }

    /// Whether an identifier is this auxiliary keyword (or, like it, spelt so and unbound).
    pub(crate) fn is_keyword(&mut self, s: Stx, core: Core) -> bool {
        let Some(symbol) = self.syntax().symbol(s) else { return false };
        match self.meaning(s) {
            Some(Binding::Core(c)) => c == core,
            Some(_) => false,
            None => self.text(symbol) == core.name(),
        }
    }

    fn if_form(&mut self, form: Stx) -> ExprId {
        let parts = self.syntax().list(form).unwrap_or_default();
        let (test, yes, no) = match parts[..] {
            [_, test, yes] => (test, yes, None),
            [_, test, yes, no] => (test, yes, Some(no)),
            _ => return self.bad_form(form, "(if test consequent alternative)"),
        };
        let test = self.expr(test);
        let yes = self.expr(yes);
        let no = match no {
            Some(no) => self.expr(no),
            None => self.constant(Value::UNSPECIFIED, form),
        };
        self.node(Expr::If(test, yes, no), form)
    }

    fn begin_form(&mut self, form: Stx) -> ExprId {
        match self.syntax().list(form) {
            Some(parts) if parts.len() > 1 => {
                let items = self.exprs(&parts[1..]);
                self.sequence(items, form)
            }
            _ => self.bad_form(form, "(begin expression …)"),
        }
    }

    fn set_form(&mut self, form: Stx) -> ExprId {
        let Some(parts) = self.parts(form, 3) else { return self.bad_form(form, "(set! variable expression)") };
        let id = parts[1];
        let Some(name) = self.syntax().symbol(id) else { return self.bad_form(form, "(set! variable expression)") };
        let found = self.resolve(id);
        if let Some(Binding::Procedural(t)) = found.map(|f| self.world.bindings.get(f.binding))
            && t.variable
        {
            let t = t.clone();
            return match self.transform(&t, form, &mut UseSites::default()) {
                Some(next) => self.expr(next),
                None => self.constant(Value::UNSPECIFIED, form),
            };
        }
        let value = self.expr_named(parts[2], name);
        // In an open world the value may have been the first to mention the variable.
        let found = found.or_else(|| self.resolve(id));
        let imported = found.is_some_and(|f| f.imported);
        match found.map(|f| self.world.bindings.get(f.binding).clone()) {
            Some(Binding::Local(_, run)) if run != self.run => self.out_of_phase(id),
            Some(Binding::Global(g)) if !self.is_available(g, id) => value,
            Some(Binding::Local(v, _)) => {
                self.program.vars[v].assigned = true;
                self.used[v.index()] = true;
                self.node(Expr::Set(v, value), form)
            }
            Some(Binding::Global(g)) if !imported => self.global_set(g, value, form),
            Some(Binding::Global(_) | Binding::Prim(_)) => {
                let text = self.text(name);
                let import = self.import_of(id);
                self.error_with(id, format!("`{text}` is imported and cannot be assigned"), |d| {
                    let d = d.with_help(format!("a definition (define {text} …) makes a variable of this program"));
                    match import {
                        Some(span) => d.with_label(span, "the import"),
                        None => d,
                    }
                });
                value
            }
            Some(Binding::Core(_) | Binding::Macro(_) | Binding::Procedural(_)) => {
                let text = self.text(name);
                self.error(id, format!("`{text}` is a keyword and cannot be assigned"));
                value
            }
            Some(Binding::Failed) => value,
            Some(Binding::Pattern { .. }) => self.pattern_variable_alone(id),
            None => match self.undefined_global(id) {
                Some(g) => self.global_set(g, value, form),
                None => {
                    self.unbound(id);
                    value
                }
            },
        }
    }

    /// Binds an identifier as a local variable.
    pub(crate) fn bind_variable(&mut self, id: Stx) -> VarId {
        let name = self.syntax().symbol(id).unwrap_or(Value::FALSE);
        let v = self.variable(name, false);
        let binding = self.world.bindings.make(Binding::Local(v, self.run));
        self.world.bindings.bind_local(&self.world.syntax.sets, name, id.set, binding);
        v
    }

    /// Binds the identifiers of a parameter list, checking it.
    pub(crate) fn formals(&mut self, list: Stx, form: Stx) -> Formals {
        let (items, tail) = self.syntax().list_tail(list);
        let mut ids = items;
        let rest = !self.syntax().is_null(tail);
        if rest {
            ids.push(tail);
        }
        self.check_distinct(&ids, "parameter", form);
        let mut required: Vec<VarId> = ids.iter().map(|&id| self.bind_variable(id)).collect();
        let rest = if rest { required.pop() } else { None };
        Formals { required, rest }
    }

    /// Reports what is no identifier, or occurs twice.
    pub(crate) fn check_distinct(&mut self, ids: &[Stx], what: &str, form: Stx) {
        let mut seen = rustc_hash::FxHashMap::default();
        for &id in ids {
            match self.syntax().symbol(id) {
                None => {
                    let at = if matches!(self.syntax().view(id), View::Cyclic) { form } else { id };
                    self.error(at, format!("a {what} must be an identifier"));
                }
                Some(symbol) => {
                    if let Some(first) = seen.insert((symbol, id.set), id) {
                        let (span, _) = self.locate(first);
                        let name = self.text(symbol);
                        self.error_with(id, format!("duplicate {what} `{name}`"), |d| d.with_label(span, "first one"));
                    }
                }
            }
        }
    }

    /// A procedure with one clause.
    pub(crate) fn lambda(&mut self, formals: Stx, body: Stx, name: Value, form: Stx) -> ExprId {
        let outer = self.enter_procedure(name);
        let clause = self.clause(formals, body, form);
        self.leave_procedure(outer);
        self.node(Expr::Lambda(Lambda { name, clauses: vec![clause] }), form)
    }

    fn clause(&mut self, formals: Stx, body: Stx, form: Stx) -> Clause {
        let scope = self.syntax().sets.fresh();
        let formals = self.syntax().add_scope(formals, scope);
        let body = self.syntax().add_scope(body, scope);
        let mark = self.world.bindings.enter();
        let formals = self.formals(formals, form);
        let body = self.body(body, form);
        self.world.bindings.leave(mark);
        Clause { formals, body }
    }

    fn case_lambda(&mut self, form: Stx, name: Value) -> ExprId {
        let parts = self.syntax().list(form).unwrap_or_default();
        let outer = self.enter_procedure(name);
        let mut clauses = Vec::new();
        for &part in parts.iter().skip(1) {
            match self.parts_from(part, 2) {
                Some((head, body)) => clauses.push(self.clause(head[0], body, part)),
                None => {
                    self.bad_form(form, "(case-lambda ((parameter …) body …) …)");
                }
            }
        }
        self.leave_procedure(outer);
        if parts.is_empty() {
            return self.bad_form(form, "(case-lambda ((parameter …) body …) …)");
        }
        if parts.len() == 1 {
            return self.helper("%no-clauses", form);
        }
        self.node(Expr::Lambda(Lambda { name, clauses }), form)
    }

    /// A thunk around an expression that `body` makes.
    pub(crate) fn thunk(&mut self, at: Stx, body: impl FnOnce(&mut Self) -> ExprId) -> ExprId {
        let outer = self.enter_procedure(Value::FALSE);
        let body = body(self);
        self.leave_procedure(outer);
        let clauses = vec![Clause { formals: Formals::default(), body }];
        self.node(Expr::Lambda(Lambda { name: Value::FALSE, clauses }), at)
    }

    pub(crate) fn syntax_error(&mut self, form: Stx) {
        let parts = self.syntax().list(form).unwrap_or_default();
        let Some(message) = parts.get(1).and_then(|&m| self.world.syntax.string(m)).map(str::to_string) else {
            self.bad_form(form, "(syntax-error \"message\" form …)");
            return;
        };
        let shown: Vec<String> = parts[2..].iter().map(|&p| self.source_text(p)).collect();
        let text = if shown.is_empty() { message } else { format!("{message} {}", shown.join(" ")) };
        self.error(form, text);
    }

    /// A form as its text has it, on one line, for messages.
    fn source_text(&mut self, s: Stx) -> String {
        let span = self.world.syntax.span(s);
        let text = &self.sources.file(span.file).text;
        let text = text.get(span.start as usize..span.end as usize).unwrap_or("");
        let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > 60 {
            line = line.chars().take(57).chain("...".chars()).collect();
        }
        line
    }
}
