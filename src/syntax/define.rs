//! Definitions and bodies.
//!
//! A definition context (a body, a library, a program) is expanded in two passes. The first expands macro uses at the heads
//! of its forms and binds all that they define; the second expands right-hand sides and expressions, so that these may refer to anything
//! in the context. What the first pass finds are [`Element`]s.
//!
//! `define-values` in a body becomes a `Receive` around what follows when nothing before it refers to its variables; otherwise
//! its variables are assigned.

use super::Expander;
use super::binding::{Binding, BindingId};
use super::core::{Core, Head};
use super::derived::record::{Part, RecordType};
use super::library::ModuleId;
use super::object::Stx;
use super::rules;
use super::scope::{SetId, UseSites};
use super::toplevel::GlobalId;
use crate::arena::Idx;
use crate::ast::ir::{Expr, ExprId, Formals, VarId};
use kestrel_runtime::Value;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What a definition binds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A variable of a body.
    Local(VarId),
    /// A variable of a top level.
    Global(GlobalId),
}

/// The right-hand side of a definition.
#[derive(Clone)]
pub enum Rhs {
    /// An expression.
    Expr(Stx),
    /// No expression: unspecified.
    Nothing,
    /// `(define (name . formals) body …)`
    Procedure(Stx, Stx),
    /// A part of a record type definition.
    Record(Rc<RecordType>, Part),
}

/// A form of a definition context.
#[derive(Clone)]
pub enum ElementKind {
    /// Defines a variable.
    Define(Place, Rhs),
    /// Defines the variables that hold an expression's values.
    Values(Vec<Place>, Option<Place>, Stx),
    /// An expression.
    Expr(Stx),
}

/// A form of a definition context, where it stands.
#[derive(Clone)]
pub struct Element {
    /// The form.
    pub form: Stx,
    /// What it does.
    pub kind: ElementKind,
}

/// A definition context being scanned.
#[derive(Default)]
pub struct Context {
    /// The module whose top level it is; none for a body.
    pub module: Option<ModuleId>,
    /// Scopes of macro uses at its level, which its definitions do not have.
    pub(super) use_sites: UseSites,
    /// Whether its definitions are for syntax.
    pub(super) for_syntax: bool,
    /// What it defines.
    pub(super) defined: FxHashMap<(Value, SetId), (Option<Place>, Stx)>,
    /// What was found.
    pub elements: Vec<Element>,
    /// Whether a form at its level is missing because of an error.
    pub(super) failed: bool,
}

/// A `define-values` of a body around all that follows it, and the definitions before it.
struct Layer {
    outer: Vec<(VarId, ExprId)>,
    formals: Formals,
    init: ExprId,
    form: Stx,
}

impl Expander<'_> {
    /// Pass 1 over one form.
    pub(crate) fn scan(&mut self, cx: &mut Context, form: Stx) {
        let mut queue = vec![form];
        while let Some(form) = queue.pop() {
            let head = self.head(form, &mut cx.use_sites);
            match head {
                Head::Failed(_) => cx.failed = true,
                Head::Other(form) if cx.module.is_some() && self.is_unbound_keyword(form, Core::Import) => {
                    self.scan_import(cx, form);
                }
                Head::Other(form)
                    if let Some(module) = cx.module
                        && self.is_unbound_keyword(form, Core::DefineLibrary) =>
                {
                    self.scan_library(module, form);
                }
                Head::Other(form) if let Some(next) = self.identifier_macro(form, &mut cx.use_sites) => {
                    queue.extend(next)
                }
                Head::Other(form) => cx.elements.push(Element { form, kind: ElementKind::Expr(form) }),
                Head::Core(core, form) => match core {
                    Core::Begin => match self.syntax().list(form) {
                        Some(parts) if parts.len() > 1 || cx.module.is_some() => queue.extend(parts[1..].iter().rev()),
                        Some(_) => {}
                        None => {
                            self.bad_form(form, "(begin form …)");
                        }
                    },
                    Core::CondExpand => queue.extend(self.cond_expand(form).into_iter().rev()),
                    Core::Include | Core::IncludeCi => {
                        queue.extend(self.include(form, core == Core::IncludeCi).into_iter().rev());
                    }
                    Core::Define => self.scan_define(cx, form),
                    Core::DefineValues => self.scan_define_values(cx, form),
                    Core::DefineRecordType => self.scan_record_type(cx, form),
                    Core::DefineSyntax => self.scan_define_syntax(cx, form),
                    Core::DefineForSyntax => self.scan_define_for_syntax(cx, form),
                    Core::BeginForSyntax => self.scan_begin_for_syntax(cx, form),
                    Core::SyntaxError => self.syntax_error(form),
                    Core::Import if cx.module.is_some() => self.scan_import(cx, form),
                    Core::DefineLibrary if let Some(module) = cx.module => self.scan_library(module, form),
                    _ => cx.elements.push(Element { form, kind: ElementKind::Expr(form) }),
                },
            }
        }
    }

    /// Whether a form is an `import` or `define-library`, although nothing binds that name here.
    fn is_unbound_keyword(&mut self, form: Stx, core: Core) -> bool {
        self.syntax().uncons(form).is_some_and(|(head, _)| self.is_keyword(head, core))
    }

    fn scan_import(&mut self, cx: &Context, form: Stx) {
        let Some(module) = cx.module else { return };
        if self.is_frozen(cx.module, form, "import") {
            return;
        }
        if !self.world.modules[module].redefinable {
            self.error(form, "`import` is a declaration of a library, and cannot stand in its body");
        } else if self.open {
            self.import(module, form);
        } else {
            self.imports_failed = true;
            let first = cx.elements.first().map(|element| self.locate(element.form).0);
            self.error_with(form, "`import` must come before all definitions and expressions", |d| match first {
                Some(span) => d.with_label(span, "the first one"),
                None => d,
            });
        }
    }

    /// A `define-library` among the definitions and expressions of a top level.
    fn scan_library(&mut self, module: ModuleId, form: Stx) {
        if self.is_frozen(Some(module), form, "library definition") {
            return;
        }
        if self.world.modules[module].redefinable {
            self.register_library(form);
        } else {
            self.error(form, "a library cannot be defined inside another");
        }
    }

    pub(crate) fn scan_define(&mut self, cx: &mut Context, form: Stx) {
        const SHAPE: &str = "(define variable expression)";
        let parts = self.syntax().list(form).unwrap_or_default();
        let Some(&target) = parts.get(1) else {
            self.bad_form(form, SHAPE);
            return;
        };
        let (id, rhs) = match (self.syntax().uncons(target), &parts[2..]) {
            (Some((id, formals)), [_, ..]) => {
                let body = self.drop_forms(form, 2);
                (id, Rhs::Procedure(formals, body))
            }
            (None, [expr]) => (target, Rhs::Expr(*expr)),
            (None, []) if self.open => (target, Rhs::Nothing),
            (Some(_), []) => {
                self.bad_form(form, "(define (name parameter …) body …)");
                return;
            }
            _ => {
                self.bad_form(form, SHAPE);
                return;
            }
        };
        if self.syntax().symbol(id).is_none() {
            self.bad_form(form, SHAPE);
            return;
        }
        let place = self.define_place(cx, id);
        cx.elements.push(Element { form, kind: ElementKind::Define(place, rhs) });
    }

    /// What a use of a keyword as a bare identifier becomes, if that is what a form is.
    fn identifier_macro(&mut self, form: Stx, use_sites: &mut UseSites) -> Option<Option<Stx>> {
        self.syntax().symbol(form)?;
        match self.meaning(form)? {
            Binding::Procedural(t) => Some(self.transform(&t, form, use_sites)),
            _ => None,
        }
    }

    /// A list without its first `n` elements.
    fn drop_forms(&mut self, mut list: Stx, n: usize) -> Stx {
        for _ in 0..n {
            if let Some((_, rest)) = self.syntax().uncons(list) {
                list = rest;
            }
        }
        list
    }

    fn scan_define_values(&mut self, cx: &mut Context, form: Stx) {
        let Some(parts) = self.parts(form, 3) else {
            self.bad_form(form, "(define-values (variable …) expression)");
            return;
        };
        let (ids, tail) = self.syntax().list_tail(parts[1]);
        let rest = if self.syntax().is_null(tail) { None } else { Some(tail) };
        let all: Vec<Stx> = ids.iter().copied().chain(rest).collect();
        if all.iter().any(|&id| self.world.syntax.symbol(id).is_none()) {
            self.bad_form(form, "(define-values (variable …) expression)");
            return;
        }
        self.check_distinct(&all, "variable", form);
        let places = ids.iter().map(|&id| self.define_place(cx, id)).collect();
        let rest = rest.map(|id| self.define_place(cx, id));
        cx.elements.push(Element { form, kind: ElementKind::Values(places, rest, parts[2]) });
    }

    pub(crate) fn scan_define_syntax(&mut self, cx: &mut Context, form: Stx) {
        const SHAPE: &str = "(define-syntax keyword transformer)";
        if let Some((head, body)) = self.parts_from(form, 3)
            && let Some((id, formals)) = self.syntax().uncons(head[1])
            && let Some(name) = self.syntax().symbol(id)
        {
            let binding = self.procedural_lambda(formals, body, name, form);
            return self.define_keyword(cx, id, binding);
        }
        let Some(parts) = self.parts(form, 3) else {
            self.bad_form(form, SHAPE);
            return;
        };
        let Some(name) = self.syntax().symbol(parts[1]) else {
            self.bad_form(form, SHAPE);
            return;
        };
        let binding = self.transformer(parts[2], name);
        self.define_keyword(cx, parts[1], binding);
    }

    /// Binds a keyword. One in error is bound as well, so that its uses are not reported; but not in an open world, which
    /// stays as it was.
    fn define_keyword(&mut self, cx: &mut Context, id: Stx, binding: Option<BindingId>) {
        let binding = match binding {
            None if self.open && cx.module.is_some() => return,
            None => self.world.bindings.make(Binding::Failed),
            Some(binding) => binding,
        };
        self.define_name(cx, id, binding, None);
    }

    /// The binding that a transformer specification makes: `syntax-rules`, another keyword, or an expression.
    pub(crate) fn transformer(&mut self, spec: Stx, name: Value) -> Option<BindingId> {
        if self.syntax().symbol(spec).is_some()
            && let Some(found) = self.resolve(spec)
            && matches!(
                self.world.bindings.get(found.binding),
                Binding::Core(_) | Binding::Macro(_) | Binding::Procedural(_)
            )
        {
            return Some(found.binding);
        }
        match self.head(spec, &mut UseSites::default()) {
            Head::Core(Core::SyntaxRules, spec) => {
                let compiled = rules::compile::compile(self, spec, name)?;
                Some(self.world.bindings.make(Binding::Macro(Rc::new(compiled))))
            }
            Head::Failed(_) => None,
            Head::Core(_, spec) | Head::Other(spec) => self.procedural(spec, name),
        }
    }

    /// Binds a variable in a context. A program may define a variable again.
    pub(crate) fn define_place(&mut self, cx: &mut Context, id: Stx) -> Place {
        let id = self.without_use_sites(cx, id);
        let name = self.syntax().symbol(id).unwrap_or(Value::FALSE);
        if cx.for_syntax {
            let g = self.make_global(name, id.set, self.module, None);
            self.world.globals[g].for_syntax = true;
            let binding = self.world.bindings.make(Binding::Global(g));
            self.define_name(cx, id, binding, Some(Place::Global(g)));
            return Place::Global(g);
        }
        if let Some(module) = cx.module {
            let again = self.world.modules[module].redefinable && !self.open;
            if let Some(&(Some(place), _)) = cx.defined.get(&(name, id.set))
                && again
            {
                return place;
            }
            let known = if self.open { self.own_global(module, id) } else { None };
            let element = cx.elements.len();
            let (g, binding) = known.unwrap_or_else(|| {
                let g = self.make_global(name, id.set, module, Some(element));
                (g, self.world.bindings.make(Binding::Global(g)))
            });
            let place = Place::Global(g);
            self.define_name(cx, id, binding, Some(place));
            return place;
        }
        let v = self.variable(name, false);
        let binding = self.world.bindings.make(Binding::Local(v, self.run));
        self.define_name(cx, id, binding, Some(Place::Local(v)));
        Place::Local(v)
    }

    fn without_use_sites(&mut self, cx: &mut Context, id: Stx) -> Stx {
        Stx { set: self.world.syntax.sets.without(id.set, &mut cx.use_sites), ..id }
    }

    /// Gives an identifier a meaning in a context.
    pub(crate) fn define_name(&mut self, cx: &mut Context, id: Stx, binding: BindingId, place: Option<Place>) {
        let id = self.without_use_sites(cx, id);
        if self.is_frozen(cx.module, id, "definition") {
            return;
        }
        if cx.module.is_some() {
            self.world.kept_bindings += u64::from(self.resolve(id).is_none_or(|found| found.binding != binding));
            let is_variable = matches!(self.world.bindings.get(binding), Binding::Global(_));
            self.world.kept_syntax += u64::from(!is_variable);
        }
        let name = self.syntax().symbol(id).unwrap_or(Value::FALSE);
        let first = cx.defined.insert((name, id.set), (place, id));
        let redefinable = cx.module.is_some_and(|m| self.world.modules[m].redefinable);
        if let Some((_, first)) = first
            && !redefinable
        {
            let (span, _) = self.locate(first);
            let text = self.text(name);
            self.error_with(id, format!("duplicate definition of `{text}`"), |d| d.with_label(span, "first one"));
        }
        match cx.module {
            None => self.world.bindings.bind_local(&self.world.syntax.sets, name, id.set, binding),
            Some(module) if id.set == self.world.modules[module].set => self.define_export(module, id, name, binding),
            Some(_) => self.world.bindings.bind(&self.world.syntax.sets, name, id.set, binding),
        }
    }

    /// A body: definitions and expressions, at least one of the latter.
    pub(crate) fn body(&mut self, forms: Stx, at: Stx) -> ExprId {
        let Some(forms) = self.syntax().list(forms) else {
            self.error(at, "a body must be a proper list");
            return self.constant(Value::UNSPECIFIED, at);
        };
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let mut cx = Context::default();
        let errors = self.errors.len();
        for form in forms {
            let form = self.syntax().add_scope(form, scope);
            self.scan(&mut cx, form);
        }
        let complain = self.errors.len() == errors && !cx.failed;
        let result = self.body_elements(cx.elements, complain, at);
        self.world.bindings.leave(mark);
        result
    }

    /// Pass 2 over a body; `complain` if it may be reported as empty.
    fn body_elements(&mut self, elements: Vec<Element>, complain: bool, at: Stx) -> ExprId {
        let definitions = elements.iter().rposition(|e| !matches!(e.kind, ElementKind::Expr(_))).map_or(0, |p| p + 1);
        if definitions == elements.len() {
            if complain {
                self.error(at, "a body needs an expression after its definitions");
            }
            return self.constant(Value::UNSPECIFIED, at);
        }
        let mut layers = Vec::new();
        let mut bindings = Vec::new();
        for element in &elements[..definitions] {
            self.body_definition(element, &mut bindings, &mut layers);
        }
        let mut items = Vec::new();
        for element in &elements[definitions..] {
            if let ElementKind::Expr(form) = element.kind {
                items.push(self.expr(form));
            }
        }
        let mut result = self.sequence(items, at);
        if !bindings.is_empty() {
            result = self.node(Expr::Letrec(bindings, result), at);
        }
        for Layer { outer, formals, init, form } in layers.into_iter().rev() {
            result = self.node(Expr::Receive(formals, init, result), form);
            if !outer.is_empty() {
                result = self.node(Expr::Letrec(outer, result), at);
            }
        }
        result
    }

    fn body_definition(&mut self, element: &Element, bindings: &mut Vec<(VarId, ExprId)>, layers: &mut Vec<Layer>) {
        let form = element.form;
        match &element.kind {
            ElementKind::Define(place, rhs) => {
                let value = self.rhs(rhs, *place, form);
                if let Place::Local(v) = *place {
                    bindings.push((v, value));
                }
            }
            ElementKind::Expr(expr) => {
                let value = self.expr(*expr);
                let ignored = self.temporary("ignored");
                let unspecified = self.constant(Value::UNSPECIFIED, form);
                let value = self.sequence(vec![value, unspecified], form);
                bindings.push((ignored, value));
            }
            ElementKind::Values(required, rest, init) => {
                let local = |p: &Place| match p {
                    Place::Local(v) => Some(*v),
                    Place::Global(_) => None,
                };
                let required: Vec<VarId> = required.iter().filter_map(local).collect();
                let rest = rest.as_ref().and_then(local);
                let init = self.expr(*init);
                let referenced = required.iter().chain(&rest).any(|v| self.used[v.index()]);
                if !referenced {
                    layers.push(Layer {
                        outer: std::mem::take(bindings),
                        formals: Formals { required, rest },
                        init,
                        form,
                    });
                    return;
                }
                for &v in required.iter().chain(&rest) {
                    self.program.vars[v].assigned = true;
                    let unspecified = self.constant(Value::UNSPECIFIED, form);
                    bindings.push((v, unspecified));
                }
                let (formals, values) = self.temporaries(required.len(), rest.is_some());
                let mut steps: Vec<ExprId> = Vec::new();
                for (&v, &t) in required.iter().chain(&rest).zip(&values) {
                    let value = self.local_ref(t, form);
                    steps.push(self.node(Expr::Set(v, value), form));
                }
                steps.push(self.constant(Value::UNSPECIFIED, form));
                let steps = self.sequence(steps, form);
                let value = self.node(Expr::Receive(formals, init, steps), form);
                let ignored = self.temporary("ignored");
                bindings.push((ignored, value));
            }
        }
    }

    /// Fresh formals, and their variables in order.
    pub(crate) fn temporaries(&mut self, required: usize, rest: bool) -> (Formals, Vec<VarId>) {
        let required: Vec<VarId> = (0..required).map(|_| self.temporary("value")).collect();
        let rest = rest.then(|| self.temporary("values"));
        let all = required.iter().copied().chain(rest).collect();
        (Formals { required, rest }, all)
    }

    /// Expands a right-hand side.
    pub(crate) fn rhs(&mut self, rhs: &Rhs, place: Place, form: Stx) -> ExprId {
        let name = match place {
            Place::Local(v) => self.program.vars[v].name,
            Place::Global(g) => self.world.globals[g].name,
        };
        match rhs {
            Rhs::Expr(expr) => self.expr_named(*expr, name),
            Rhs::Nothing => self.constant(Value::UNSPECIFIED, form),
            Rhs::Procedure(formals, body) => self.lambda(*formals, *body, name, form),
            Rhs::Record(record, part) => self.record_part(record, *part, name, form),
        }
    }

    /// A reference to what a definition binds.
    pub(crate) fn place_ref(&mut self, place: Place, at: Stx) -> ExprId {
        match place {
            Place::Local(v) => self.local_ref(v, at),
            Place::Global(g) => self.global_ref(g, at),
        }
    }

    /// `let-syntax` and `letrec-syntax`.
    pub(crate) fn let_syntax(&mut self, core: Core, form: Stx) -> ExprId {
        const SHAPE: &str = "((keyword transformer) …) body …)";
        let shape = format!("({} {SHAPE}", core.name());
        let Some((head, body)) = self.parts_from(form, 3) else { return self.bad_form(form, &shape) };
        let Some(specs) = self.syntax().list(head[1]) else { return self.bad_form(form, &shape) };
        let scope = self.syntax().sets.fresh();
        let mark = self.world.bindings.enter();
        let mut made = Vec::new();
        for spec in specs {
            let Some(&[id, transformer]) = self.syntax().list(spec).as_deref() else {
                self.world.bindings.leave(mark);
                return self.bad_form(form, &shape);
            };
            let Some(name) = self.syntax().symbol(id) else {
                self.world.bindings.leave(mark);
                return self.bad_form(form, &shape);
            };
            let id = self.syntax().add_scope(id, scope);
            let transformer = match core {
                Core::LetrecSyntax => self.syntax().add_scope(transformer, scope),
                _ => transformer,
            };
            made.push((id, name, transformer));
        }
        let ids: Vec<Stx> = made.iter().map(|m| m.0).collect();
        self.check_distinct(&ids, "keyword", form);
        let mut bound = Vec::new();
        for (id, name, transformer) in made {
            let binding = self.transformer(transformer, name);
            bound.push((id, name, binding.unwrap_or_else(|| self.world.bindings.make(Binding::Failed))));
        }
        for (id, name, binding) in bound {
            self.world.bindings.bind_local(&self.world.syntax.sets, name, id.set, binding);
        }
        let body = self.syntax().add_scope(body, scope);
        let result = self.body(body, form);
        self.world.bindings.leave(mark);
        result
    }
}
