//! Closed programs and open worlds.
//!
//! A closed program is its imported libraries' reached definitions, in order of loading and of the text, then its own forms. In an open
//! world a global is a constant cell under `%global-ref`, `%global-set!` and `%global-define!`; library definitions become such cells when
//! code refers to them first, so that each exists once.
//!
//! A [`World`] serves one closed program, or any number of environments whose libraries are shared.

use super::binding::{Binding, BindingId, Bindings, Entry, Found};
use super::core::Core;
use super::define::{Context, Element, ElementKind, Place};
use super::environment::Mark;
use super::library::{EnvironmentId, Exports, LibraryState, Module, ModuleId, embedded_names};
use super::object::{Stx, Syntax};
use super::procedural::instance::Instances;
use super::rules::compile::{CasePattern, CaseTemplate};
use super::scope::SetId;
use super::{Expander, PhaseOne, deeper};
use crate::arena::IndexVec;
use crate::ast::ir::{Expr, ExprId, Item, Node, Program, VarId};
use crate::define_index;
use crate::diagnostic::{Diagnostic, Kind};
use crate::reader::datum::{Data, DatumId};
use crate::source::{FileId, OriginData, SourceMap, Span};
use kestrel_runtime::prim::Prim;
use kestrel_runtime::{Value, symbol};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::PathBuf;
use std::rc::Rc;

define_index!(
    /// A top-level variable.
    GlobalId, "g"
);

/// A top-level variable.
pub struct Global {
    /// Its name.
    pub name: Value,
    /// The scopes of the identifier that defined it.
    pub set: SetId,
    /// Its module.
    pub module: ModuleId,
    /// The element of a library or program that defines it.
    pub element: Option<usize>,
    /// Its cell in an open world.
    pub cell: Option<Value>,
    /// Whether a definition was seen, not only a use.
    pub defined: bool,
    /// Whether it has a value at phase 1 only.
    pub for_syntax: bool,
}

/// What outlives one expansion: syntax, bindings, libraries.
#[derive(Default)]
pub struct World {
    pub(super) syntax: Syntax,
    pub(super) bindings: Bindings,
    pub(super) modules: IndexVec<ModuleId, Module>,
    pub(super) libraries: FxHashMap<Rc<str>, LibraryState>,
    /// How many libraries have been declared in its programs and environments.
    pub(crate) declared: u32,
    /// The libraries being loaded, each with the import that asked for it, outermost first.
    pub(super) loading: Vec<(Rc<str>, Span)>,
    pub(super) globals: IndexVec<GlobalId, Global>,
    /// Libraries in the order in which they were ready.
    pub(super) loaded: Vec<ModuleId>,
    /// Where library files are looked for.
    pub(super) folders: Vec<PathBuf>,
    /// Patterns of `syntax-case` by number.
    pub(super) patterns: Vec<Rc<CasePattern>>,
    /// Templates of `syntax` by number.
    pub(super) templates: Vec<Rc<CaseTemplate>>,
    /// Constants that stand in files, by their places.
    pub(super) literals: FxHashMap<Span, Value>,
    /// Definitions at phase 1.
    pub(super) for_syntax: Instances,
    /// The phase of what is expanded next: 1 while Scheme code runs for an expansion.
    pub(super) phase: u32,
    /// Libraries that only phase 1 has imported so far.
    pub(super) asleep: Vec<ModuleId>,
    /// Runs of the expander so far.
    pub(super) runs: u32,
    /// The closed program that was expanded in it.
    pub(super) program: Option<ModuleId>,
    /// Counts what is defined for good and refers to syntax, or to bindings: see [`World::forget`].
    pub(super) kept_syntax: u64,
    pub(super) kept_bindings: u64,
    /// Counts what Scheme code has been shown, and may keep.
    pub(super) lent_syntax: u64,
    /// Where that begins, if only syntax objects refer to it, and how many major collections there had been when it was last added to.
    pub(super) lent: Option<(Mark, u64)>,
    prims: FxHashMap<Prim, BindingId>,
    /// Library elements that were taken by an expansion that failed.
    deferred: Vec<(ModuleId, usize)>,
}

impl World {
    /// A world whose own libraries are looked for in these folders.
    pub fn new(folders: Vec<PathBuf>) -> World {
        World { folders, ..World::default() }
    }

    /// The same with a number, which its syntax objects carry.
    pub fn numbered(mut self, number: u32) -> World {
        self.syntax.world = number;
        self
    }

    /// The number that its syntax objects carry.
    pub fn number(&self) -> usize {
        self.syntax.world as usize
    }

    /// From now on, what is expanded is for phase 1; answers what [`World::leave_phase_one`] takes.
    pub fn enter_phase_one(&mut self) -> u32 {
        std::mem::replace(&mut self.phase, 1)
    }

    /// Returns to the phase before.
    pub fn leave_phase_one(&mut self, outer: u32) {
        self.phase = outer;
    }

    pub(super) fn add_module(&mut self, name: Rc<str>, builtin: bool, redefinable: bool) -> ModuleId {
        self.kept_syntax += 1;
        let scope = self.syntax.sets.fresh();
        let set = self.syntax.sets.add(SetId::EMPTY, scope);
        let module = self.modules.push(Module {
            name,
            place: None,
            scope,
            set,
            builtin,
            redefinable,
            frozen: false,
            exports: Exports::default(),
            elements: Vec::new(),
            taken: Vec::new(),
            imports: Vec::new(),
        });
        self.bindings.add_module(scope, module);
        module
    }

    pub(super) fn prim_binding(&mut self, prim: Prim) -> BindingId {
        let World { bindings, kept_bindings, .. } = self;
        *self.prims.entry(prim).or_insert_with(|| {
            *kept_bindings += 1;
            bindings.make(Binding::Prim(prim))
        })
    }

    /// A new environment, in which nothing is bound: not even `import`, which is recognised by its spelling there.
    pub fn environment(&mut self) -> EnvironmentId {
        EnvironmentId(self.add_module("environment".into(), false, true))
    }

    /// What an identifier is bound to.
    pub(super) fn resolve(&mut self, id: Stx) -> Option<Found> {
        let symbol = self.syntax.symbol(id)?;
        self.bindings.resolve(&self.syntax.sets, symbol, id.set)
    }

    /// `free-identifier=?`
    pub(super) fn same_identifier(&mut self, a: Stx, b: Stx) -> bool {
        match (self.resolve(a), self.resolve(b)) {
            (Some(x), Some(y)) => x.binding == y.binding,
            (None, None) => self.syntax.symbol(a) == self.syntax.symbol(b),
            _ => false,
        }
    }

    /// Names that have a meaning in an environment.
    pub fn names(&self, environment: EnvironmentId) -> Vec<&'static str> {
        let scope = self.modules[environment.0].scope;
        let names = self.bindings.names(scope).into_iter().flat_map(|(_, names)| names.iter());
        names
            .filter(|(_, entry)| match self.bindings.get(entry.binding) {
                Binding::Global(g) => self.globals[*g].defined,
                _ => true,
            })
            .filter_map(|(&name, _)| symbol::name(name))
            .collect()
    }

    /// Expands a whole program: `import` and `define-library` forms, then definitions and expressions. A program without
    /// `import` gets all the standard libraries.
    pub fn expand_program(
        &mut self,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
        data: Data,
        roots: &[DatumId],
    ) -> Result<Program, Vec<Diagnostic>> {
        let module = self.add_module("program".into(), false, true);
        self.program = Some(module);
        let text = self.syntax.add_text(data);
        let set = self.modules[module].set;
        let forms: Vec<Stx> = roots.iter().map(|&d| self.syntax.datum(text, d, set)).collect();
        let mut x = Expander::new(self, sources, host, false, module);
        let forms = x.imports(module, forms);
        let mut cx = Context { module: Some(module), ..Context::default() };
        for form in forms {
            x.generated_at_start = x.world.syntax.generated_count();
            x.scan(&mut cx, form);
        }
        x.finish_scan(module, cx);
        x.world.loaded.push(module);
        x.take_elements(module);
        x.finish(None)
    }

    /// Expands a top-level form of an environment; the answer's items first define the library variables that the form is
    /// the first to need.
    pub fn expand_form(
        &mut self,
        environment: EnvironmentId,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
        data: Data,
        root: DatumId,
    ) -> Result<Program, Vec<Diagnostic>> {
        let text = self.syntax.add_text(data);
        let form = self.syntax.datum(text, root, self.modules[environment.0].set);
        self.expand_open(environment, sources, host, form, false)
    }

    /// Expands a form of an environment; `live` if that is a living datum.
    pub(super) fn expand_open(
        &mut self,
        environment: EnvironmentId,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
        form: Stx,
        live: bool,
    ) -> Result<Program, Vec<Diagnostic>> {
        let module = environment.0;
        let deferred = std::mem::take(&mut self.deferred);
        let mut x = Expander::new(self, sources, host, true, module);
        x.pending = deferred;
        x.live = live;
        let mut items = Vec::new();
        if x.spells(form, Core::Import) && !x.world.modules[module].frozen {
            x.import(module, form);
        } else if x.spells(form, Core::DefineLibrary) && !x.world.modules[module].frozen {
            x.register_library(form);
        } else {
            let mut cx = Context { module: Some(module), ..Context::default() };
            x.scan(&mut cx, form);
            let mut defined = FxHashSet::default();
            for element in std::mem::take(&mut cx.elements) {
                x.element(&element, &mut defined, &mut items);
            }
        }
        x.finish(Some((form, items)))
    }

    /// Imports all the standard libraries into an environment.
    pub fn import_standard(
        &mut self,
        environment: EnvironmentId,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
    ) -> Result<Program, Vec<Diagnostic>> {
        let mut x = Expander::new(self, sources, host, true, environment.0);
        x.standard_imports(environment.0, true);
        x.finish(None)
    }
}

impl Expander<'_> {
    /// Handles the imports and libraries at the head of a program, also those inside `cond-expand` and `begin`; answers the
    /// forms that follow.
    fn imports(&mut self, module: ModuleId, forms: Vec<Stx>) -> Vec<Stx> {
        let mut imported = false;
        let mut rest = forms;
        rest.reverse();
        while let Some(form) = rest.pop() {
            if self.spells(form, Core::Import) {
                self.import(module, form);
                imported = true;
            } else if self.spells(form, Core::DefineLibrary) {
                self.register_library(form);
            } else if let Some(parts) = self.leading_declarations(form) {
                rest.extend(parts.into_iter().rev());
            } else {
                rest.push(form);
                break;
            }
        }
        if !imported {
            self.standard_imports(module, true);
        }
        rest.reverse();
        rest
    }

    /// The forms inside a `cond-expand` or `begin` with imports or libraries among them.
    fn leading_declarations(&mut self, form: Stx) -> Option<Vec<Stx>> {
        deeper(|| {
            let parts = if self.spells(form, Core::CondExpand) {
                self.cond_expand(form)
            } else if self.spells(form, Core::Begin) {
                self.syntax().list(form)?.split_off(1)
            } else {
                return None;
            };
            let is_declaration = |&part: &Stx| {
                self.spells(part, Core::Import)
                    || self.spells(part, Core::DefineLibrary)
                    || self.leading_declarations(part).is_some()
            };
            parts.iter().any(is_declaration).then_some(parts)
        })
    }

    /// Imports all the standard libraries; with `replace`, also in place of other meanings.
    pub(super) fn standard_imports(&mut self, module: ModuleId, replace: bool) {
        for name in embedded_names().iter().filter(|n| n.starts_with("scheme ")) {
            let nowhere = Span { file: FileId(0), start: 0, end: 0 };
            let name: Rc<str> = name.as_str().into();
            let Some(library) = self.library(&name, nowhere) else { continue };
            let scope = self.world.modules[module].scope;
            let exports: Vec<_> = self.world.modules[library].exports.iter().map(|(&n, &b)| (n, b)).collect();
            let Some(names) = self.world.bindings.names_mut(scope) else { continue };
            for (name, binding) in exports {
                if replace || !names.contains_key(&name) {
                    names.insert(name, Entry { binding, span: None, imported: true });
                }
            }
        }
    }

    /// Whether a form's head is spelt like this keyword.
    fn spells(&mut self, form: Stx, core: Core) -> bool {
        let Some((head, _)) = self.syntax().uncons(form) else { return false };
        self.syntax().symbol(head).is_some_and(|s| symbol::name(s) == Some(core.name()))
    }

    /// Ends pass 1 over a module.
    pub(super) fn finish_scan(&mut self, module: ModuleId, cx: Context) {
        let module = &mut self.world.modules[module];
        module.taken = vec![false; cx.elements.len()];
        module.elements = cx.elements;
    }

    /// Takes what must be expanded of a module in any case: all of it, or the expressions of a built-in library. At phase 1 what is referred to is taken
    /// ([`Expander::request_for_syntax`]); the module's instance at phase 0 sleeps until something of that phase imports it.
    pub(super) fn take_elements(&mut self, module: ModuleId) {
        if self.phase > 0 {
            self.world.asleep.push(module);
            return;
        }
        let m = &mut self.world.modules[module];
        for (i, element) in m.elements.iter().enumerate() {
            if !m.builtin || matches!(element.kind, ElementKind::Expr(_)) {
                m.taken[i] = true;
                self.pending.push((module, i));
            }
        }
    }

    /// Takes what phase 0 must have of a library that it imports, and of the libraries that this one imports.
    pub(super) fn wake(&mut self, library: ModuleId) {
        let mut work = vec![library];
        while let Some(module) = work.pop() {
            if self.phase == 0
                && let Some(at) = self.world.asleep.iter().position(|&m| m == module)
            {
                self.world.asleep.swap_remove(at);
                work.extend_from_slice(&self.world.modules[module].imports);
                self.take_elements(module);
            }
        }
    }

    pub(super) fn make_global(
        &mut self,
        name: Value,
        set: SetId,
        module: ModuleId,
        element: Option<usize>,
    ) -> GlobalId {
        let defined = element.is_some();
        self.world.kept_bindings += 1;
        self.world.kept_syntax += u64::from(set != self.world.modules[module].set);
        self.world.globals.push(Global { name, set, module, element, cell: None, defined, for_syntax: false })
    }

    /// Binds a name of a module's own text.
    pub(super) fn define_export(&mut self, module: ModuleId, id: Stx, name: Value, binding: BindingId) {
        let (span, _) = self.locate(id);
        let scope = self.world.modules[module].scope;
        let redefinable = self.world.modules[module].redefinable;
        let Some(names) = self.world.bindings.names_mut(scope) else { return };
        let old = names.insert(name, Entry { binding, span: Some(span), imported: false });
        if let Some(old) = old
            && old.imported
            && !redefinable
        {
            let text = self.text(name);
            self.error_with(id, format!("`{text}` is imported and cannot be defined"), |d| match old.span {
                Some(span) => d.with_label(span, "the import"),
                None => d,
            });
        }
    }

    /// In an open world, the variable of its top level that an unbound identifier stands for.
    pub(super) fn undefined_global(&mut self, id: Stx) -> Option<GlobalId> {
        if !self.open || self.phase > 0 {
            return None;
        }
        let name = self.syntax().symbol(id)?;
        let root = self.world.syntax.sets.root(id.set);
        let module = self.world.bindings.names(root)?.0;
        if !self.world.modules[module].redefinable {
            return None;
        }
        let set = self.world.modules[module].set;
        let g = self.make_global(name, set, module, None);
        let binding = self.world.bindings.make(Binding::Global(g));
        let names = self.world.bindings.names_mut(root)?;
        names.insert(name, Entry { binding, span: None, imported: false });
        Some(g)
    }

    /// Has the definition of a variable expanded.
    fn request(&mut self, g: GlobalId) {
        let Global { module, element, .. } = self.world.globals[g];
        let Some(element) = element else { return };
        if self.phase > 0 {
            return self.request_for_syntax(module, element);
        }
        if let Some(taken) = self.world.modules[module].taken.get_mut(element)
            && !std::mem::replace(taken, true)
        {
            self.pending.push((module, element));
        }
    }

    /// The variable of a global of a closed program.
    fn global_var(&mut self, g: GlobalId) -> VarId {
        if let Some(&v) = self.vars.get(&g) {
            return v;
        }
        let v = self.variable(self.world.globals[g].name, true);
        self.vars.insert(g, v);
        self.request(g);
        v
    }

    /// The constant that is a global's cell in an open world.
    pub(super) fn global_cell(&mut self, g: GlobalId, at: Stx) -> ExprId {
        let cell = match self.world.globals[g].cell {
            _ if self.phase > 0 => self.cell_for_syntax(g),
            Some(cell) => cell,
            None => {
                let cell = self.host.cell(self.world.globals[g].name);
                self.world.globals[g].cell = Some(cell);
                cell
            }
        };
        self.request(g);
        self.constant(cell, at)
    }

    /// A reference to a top-level variable.
    pub(super) fn global_ref(&mut self, g: GlobalId, at: Stx) -> ExprId {
        if self.open {
            let cell = self.global_cell(g, at);
            return self.call_prim(Prim::GlobalRef, vec![cell], at);
        }
        let v = self.global_var(g);
        self.local_ref(v, at)
    }

    /// An assignment to a top-level variable.
    pub(super) fn global_set(&mut self, g: GlobalId, value: ExprId, at: Stx) -> ExprId {
        if self.open {
            let cell = self.global_cell(g, at);
            return self.call_prim(Prim::GlobalSet, vec![cell, value], at);
        }
        let v = self.global_var(g);
        self.program.vars[v].assigned = true;
        self.node(Expr::Set(v, value), at)
    }

    /// Defines a global as an item; a second definition in a closed program assigns.
    fn define_global(&mut self, g: GlobalId, value: ExprId, at: Stx, defined: &mut FxHashSet<VarId>) -> Item {
        if self.open {
            let cell = self.global_cell(g, at);
            return Item::Expr(self.call_prim(Prim::GlobalDefine, vec![cell, value], at));
        }
        let v = self.global_var(g);
        if defined.insert(v) {
            return Item::Define(v, value);
        }
        self.program.vars[v].assigned = true;
        Item::Expr(self.node(Expr::Set(v, value), at))
    }

    /// Pass 2 over an element of a top level.
    pub(super) fn element(&mut self, element: &Element, defined: &mut FxHashSet<VarId>, items: &mut Vec<Item>) {
        self.prune_from = self.world.syntax.sets.next();
        let form = element.form;
        match &element.kind {
            ElementKind::Expr(form) => items.push(Item::Expr(self.expr(*form))),
            ElementKind::Define(place, rhs) => {
                let value = self.rhs(rhs, *place, form);
                if let Place::Global(g) = *place {
                    items.push(self.define_global(g, value, form, defined));
                }
            }
            ElementKind::Values(required, rest, init) => {
                let init = self.expr(*init);
                let (formals, temporaries) = self.temporaries(required.len(), rest.is_some());
                let places: Vec<GlobalId> = required
                    .iter()
                    .chain(rest)
                    .filter_map(|p| match p {
                        Place::Global(g) => Some(*g),
                        Place::Local(_) => None,
                    })
                    .collect();
                // One list of all the values, of which each variable takes its own.
                let mut list = self.constant(Value::NULL, form);
                for &t in temporaries.iter().rev() {
                    let value = self.local_ref(t, form);
                    list = self.call_prim(Prim::Cons, vec![value, list], form);
                }
                let all = self.node(Expr::Receive(formals, init, list), form);
                let name = symbol::intern("values");
                let mut list = self.make_global(name, SetId::EMPTY, self.module, None);
                items.push(self.define_global(list, all, form, defined));
                for (i, &g) in places.iter().enumerate() {
                    let whole = self.global_ref(list, form);
                    let value = self.call_prim(Prim::Car, vec![whole], form);
                    items.push(self.define_global(g, value, form, defined));
                    if i + 1 < places.len() {
                        let whole = self.global_ref(list, form);
                        let rest = self.call_prim(Prim::Cdr, vec![whole], form);
                        list = self.make_global(name, SetId::EMPTY, self.module, None);
                        items.push(self.define_global(list, rest, form, defined));
                    }
                }
            }
        }
    }

    /// Expands all that was reached, and answers the program. `own`: the form of an open world, and its items.
    pub(super) fn finish(mut self, own: Option<(Stx, Vec<Item>)>) -> Result<Program, Vec<Diagnostic>> {
        let mut done: Vec<(usize, usize, Vec<Item>)> = Vec::new();
        let mut defined = FxHashSet::default();
        let mut next = 0;
        self.live = false;
        while let Some(&(module, i)) = self.pending.get(next) {
            next += 1;
            let order = self.world.loaded.iter().position(|&m| m == module).unwrap_or(usize::MAX);
            let element = self.world.modules[module].elements[i].clone();
            self.module = module;
            self.generated_at_start = self.world.syntax.generated_count();
            let mut items = Vec::new();
            self.element(&element, &mut defined, &mut items);
            done.push((order, i, items));
        }
        if !self.errors.is_empty() || self.imports_failed {
            if self.errors.is_empty() {
                let error = Diagnostic::without_place(Kind::Syntax, "a library that is imported has failed to load");
                self.errors.push(error);
            }
            if self.phase > 0 {
                self.untake_for_syntax();
            } else if self.open {
                self.world.deferred.append(&mut self.pending);
            }
            return Err(self.errors);
        }
        done.sort_by_key(|d| (d.0, d.1));
        let mut items: Vec<Item> = done.into_iter().flat_map(|d| d.2).collect();
        match own {
            Some((form, own)) => {
                if own.is_empty() {
                    items.push(Item::Expr(self.constant(Value::UNSPECIFIED, form)));
                }
                items.extend(own);
            }
            None if items.is_empty() => items.push(Item::Expr(self.nothing())),
            None => {}
        }
        self.program.items = items;
        if !self.open {
            self.share();
        }
        for (constant, handle) in &self.moving {
            self.program.exprs[*constant].expr = Expr::Const(handle.get());
        }
        Ok(self.program)
    }

    /// The value of a program without forms.
    fn nothing(&mut self) -> ExprId {
        let span = Span { file: FileId(0), start: 0, end: 0 };
        let data = OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None };
        let origin = self.sources.origin(data);
        self.program.exprs.push(Node { expr: Expr::Const(Value::UNSPECIFIED), origin })
    }
}
