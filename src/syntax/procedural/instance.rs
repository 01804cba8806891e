//! Code that runs during expansion: the expressions of `define-syntax`, `begin-for-syntax`, and the libraries that they use.
//!
//! Such code is expanded by an expander of its own (a *run*), as in an open world: globals are cells. Its local variables belong to that
//! run, so that the code around and the code within cannot mistake them for theirs. Cells and taken definitions of phase 1 are
//! kept apart from those of the program: [`Instances`].

use super::{Current, Transformer};
use crate::ast::ir::{ExprId, Item};
use crate::diagnostic::Diagnostic;
use crate::syntax::Expander;
use crate::syntax::binding::{Binding, BindingId};
use crate::syntax::define::Context;
use crate::syntax::library::ModuleId;
use crate::syntax::object::Stx;
use crate::syntax::rules::expand::Definition;
use crate::syntax::scope::ExpansionId;
use crate::syntax::toplevel::GlobalId;
use kestrel_runtime::heap::Handle;
use kestrel_runtime::object::{Record, RecordType};
use kestrel_runtime::{Value, symbol};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// The type of what `make-variable-transformer` makes.
const VARIABLE_TRANSFORMER: &str = "variable-transformer";

/// Definitions as they are at phase 1.
#[derive(Default)]
pub struct Instances {
    cells: FxHashMap<GlobalId, Value>,
    /// By module: which elements have been expanded.
    taken: FxHashMap<ModuleId, Vec<bool>>,
}

impl Expander<'_> {
    /// Expands code for phase 1 and runs it; errors are reported. Answers its last value.
    pub(in crate::syntax) fn run_for_syntax(
        &mut self,
        at: Stx,
        expand: impl FnOnce(&mut Expander) -> Vec<Item>,
    ) -> Option<Handle> {
        if self.stopped {
            return None;
        }
        let mut inner = Expander::new(self.world, self.sources, self.host, true, self.module);
        inner.phase = self.phase + 1;
        let items = expand(&mut inner);
        let program = match inner.finish(Some((at, items))) {
            Ok(program) => program,
            Err(errors) => {
                errors.into_iter().for_each(|e| self.report(e));
                return None;
            }
        };
        // Templates that are filled outside of any expansion are told apart from what stands in the program, too.
        let (span, _) = self.locate(at);
        let scope = self.syntax().sets.fresh();
        let current = Current { scope, expansion: ExpansionId::NONE, span, limit: self.generated_limit() };
        match self.with_scheme(current, |host, sources| host.evaluate(sources, program)) {
            Ok(value) => Some(value),
            Err(errors) => {
                for error in errors {
                    self.phase_error(error, at);
                }
                None
            }
        }
    }

    fn phase_error(&mut self, error: Diagnostic, at: Stx) {
        self.stopped |= self.host.ctx().interrupter().is_pending();
        match error.span {
            Some(_) => self.report(error),
            None => self.error_with(at, error.message, |mut d| {
                d.labels.extend(error.labels);
                d.notes.extend(error.notes);
                d.with_note("raised while macros are expanded")
            }),
        }
    }

    /// The binding of a keyword whose transformer is the value of an expression; errors are reported.
    pub(in crate::syntax) fn procedural(&mut self, spec: Stx, name: Value) -> Option<BindingId> {
        let value = self.run_for_syntax(spec, |x| {
            let value = x.expr_named(spec, name);
            vec![Item::Expr(value)]
        })?;
        self.transformer_of(value, spec, name)
    }

    /// The binding of a keyword whose transformer is a procedure with these parameters and body.
    pub(in crate::syntax) fn procedural_lambda(
        &mut self,
        formals: Stx,
        body: Stx,
        name: Value,
        form: Stx,
    ) -> Option<BindingId> {
        let value = self.run_for_syntax(form, |x| {
            let value = x.lambda(formals, body, name, form);
            vec![Item::Expr(value)]
        })?;
        self.transformer_of(value, form, name)
    }

    fn transformer_of(&mut self, value: Handle, spec: Stx, name: Value) -> Option<BindingId> {
        let (span, _) = self.locate(spec);
        let (module, builtin) = (self.module, self.is_builtin(self.module));
        let ctx = self.host.ctx();
        let object = value.get();
        let inner = Record::of(object).filter(|r| {
            let kind = RecordType::of(r.record_type(ctx));
            kind.is_some_and(|t| symbol::name(t.name(ctx)) == Some(VARIABLE_TRANSFORMER))
        });
        let inner = inner.and_then(|r| r.field(ctx, 0));
        let procedure = inner.unwrap_or(object);
        if !procedure.is_closure() {
            let shown = kestrel_runtime::print::to_limited_string(ctx, object, 60);
            let text = self.text(name);
            self.error_with(spec, format!("`{text}` is bound to {shown}, which is no transformer"), |d| {
                d.with_note("a transformer is (syntax-rules …), another keyword, or a procedure that takes a form")
            });
            return None;
        }
        let definition = Definition { name, span, module, builtin };
        let transformer =
            Transformer { definition, procedure: self.host.ctx().root(procedure), variable: inner.is_some() };
        Some(self.world.bindings.make(Binding::Procedural(Rc::new(transformer))))
    }

    /// `(define-for-syntax name expression)`, and with parameters.
    pub(in crate::syntax) fn scan_define_for_syntax(&mut self, cx: &mut Context, form: Stx) {
        self.scan_for_syntax(cx, form, |x, inner| x.scan_define(inner, form));
    }

    /// `(begin-for-syntax form …)`: all that it defines is in scope in all of it.
    pub(in crate::syntax) fn scan_begin_for_syntax(&mut self, cx: &mut Context, form: Stx) {
        let Some(forms) = self.syntax().list(form) else {
            self.bad_form(form, "(begin-for-syntax form …)");
            return;
        };
        self.scan_for_syntax(cx, form, |x, inner| {
            for &form in &forms[1..] {
                x.scan(inner, form);
            }
        });
    }

    /// Runs what `scan` finds at phase 1; what it defines is bound in the context around.
    fn scan_for_syntax(&mut self, cx: &mut Context, form: Stx, scan: impl FnOnce(&mut Expander, &mut Context)) {
        self.run_for_syntax(form, |x| {
            let use_sites = std::mem::take(&mut cx.use_sites);
            let mut inner = Context { module: cx.module, use_sites, for_syntax: true, ..Context::default() };
            scan(x, &mut inner);
            cx.use_sites = inner.use_sites;
            let (mut defined, mut items) = (FxHashSet::default(), Vec::new());
            for element in &inner.elements {
                x.element(element, &mut defined, &mut items);
            }
            items
        });
    }

    /// Whether a global has a value where this code runs; if not, that is reported.
    pub(in crate::syntax) fn is_available(&mut self, g: GlobalId, id: Stx) -> bool {
        let global = &self.world.globals[g];
        let (for_syntax, module) = (global.for_syntax, global.module);
        if self.phase == 0 && for_syntax {
            let name = self.text(self.world.globals[g].name);
            self.error_with(
                id,
                format!("`{name}` is a variable for syntax: it has a value only while macros are expanded"),
                |d| d.with_note("`define` makes a variable of the program"),
            );
            return false;
        }
        if self.phase > 0 && !for_syntax && !self.world.loaded.contains(&module) {
            self.out_of_phase(id);
            return false;
        }
        true
    }

    /// Reports a variable of the program in code that runs while macros are expanded.
    pub(in crate::syntax) fn out_of_phase(&mut self, id: Stx) -> ExprId {
        let name = self.syntax().symbol(id).map_or("", |s| symbol::name(s).unwrap_or(""));
        let message = match self.phase {
            0 => format!("`{name}` is a variable of a transformer: it has no value in the program"),
            _ => format!("`{name}` is a run-time variable: it has no value while macros are expanded"),
        };
        let phase = self.phase;
        self.error_with(id, message, |d| match phase {
            0 => d,
            _ => d.with_help("define-for-syntax and begin-for-syntax define what transformers can use"),
        });
        self.constant(Value::UNSPECIFIED, id)
    }

    /// The cell of a global at phase 1.
    pub(in crate::syntax) fn cell_for_syntax(&mut self, g: GlobalId) -> Value {
        if let Some(&cell) = self.world.for_syntax.cells.get(&g) {
            return cell;
        }
        let cell = self.host.cell(self.world.globals[g].name);
        self.world.for_syntax.cells.insert(g, cell);
        cell
    }

    /// Has the definition of a library's variable expanded for phase 1: alone if the library is built in, else with all of its library.
    pub(in crate::syntax) fn request_for_syntax(&mut self, module: ModuleId, element: usize) {
        let m = &self.world.modules[module];
        let (builtin, count) = (m.builtin, m.elements.len());
        let taken = self.world.for_syntax.taken.entry(module).or_insert_with(|| vec![false; count]);
        let range = if builtin { element..element + 1 } else { 0..count };
        for i in range {
            if let Some(taken) = taken.get_mut(i)
                && !std::mem::replace(taken, true)
            {
                self.pending.push((module, i));
            }
        }
    }

    /// Forgets that definitions were taken for an expansion that failed.
    pub(in crate::syntax) fn untake_for_syntax(&mut self) {
        for (module, i) in self.pending.drain(..) {
            if let Some(taken) = self.world.for_syntax.taken.get_mut(&module).and_then(|t| t.get_mut(i)) {
                *taken = false;
            }
        }
    }
}
