//! Libraries: `import`, `define-library`, `include`, and where their texts come from.
//!
//! A library's name is kept as its written form without parentheses, `scheme base`. It is looked for among the `define-library` forms
//! of the program, then the built-in texts, then files (`scheme/base.sld`, then `.scm`) in the search folders. Its text is read
//! and scanned when something imports it first; what of it is expanded is `toplevel`'s business.
//!
//! | file | what |
//! |---|---|
//! | [`declare`] | `define-library` and its declarations; exports |
//! | [`import`] | import sets, and what they bind |
//! | [`files`] | library files on the search path, included files |

pub mod declare;
pub mod files;
pub mod import;

use super::binding::{Binding, BindingId};
use super::core::Core;
use super::define::Element;
use super::object::{Stx, View};
use super::scope::{ScopeId, SetId};
use super::toplevel::GlobalId;
use super::{Expander, deeper, embedded, suggest};
use crate::define_index;
use crate::diagnostic::{Diagnostic, Kind};
use crate::reader::datum::DatumKind;
use crate::source::{FileId, SourceFile, Span};
use indexmap::IndexMap;
use kestrel_runtime::prim::Prim;
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxBuildHasher;
use std::rc::Rc;

define_index!(
    /// A module: a library, a program, or an environment.
    ModuleId, "m"
);
/// A module whose top level is open: for the REPL and `eval`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EnvironmentId(pub(crate) ModuleId);

/// A module.
pub struct Module {
    /// Its name, for messages.
    pub name: Rc<str>,
    /// The scope of its text.
    pub scope: ScopeId,
    /// The set of that scope alone.
    pub set: SetId,
    /// Whether it comes with Kestrel: its definitions are expanded on demand.
    pub builtin: bool,
    /// Whether definitions may replace imports and each other.
    pub redefinable: bool,
    /// What it exports.
    pub exports: Exports,
    /// Its text, after pass 1.
    pub elements: Vec<Element>,
    /// Which elements have been taken for expansion.
    pub taken: Vec<bool>,
}

/// What a library exports, by external name.
pub type Exports = IndexMap<Value, BindingId, FxBuildHasher>;

/// How far a library has come.
#[derive(Clone, Copy)]
pub enum LibraryState {
    /// A `define-library` form that nothing has imported yet.
    Declared(Stx),
    /// Being scanned; the import that asked for it.
    Loading(Span),
    /// Ready.
    Ready(ModuleId),
    /// In error, reported.
    Failed,
}

/// Libraries that the expansions of core forms may refer to, besides primitives.
const HELPERS: [&str; 2] = ["kestrel control", "kestrel sequence"];

impl Expander<'_> {
    pub(crate) fn add_module(&mut self, name: Rc<str>, builtin: bool, redefinable: bool) -> ModuleId {
        self.world.add_module(name, builtin, redefinable)
    }

    /// A library's name from its written form.
    pub(crate) fn library_name(&mut self, s: Stx) -> Option<Rc<str>> {
        let parts = self.syntax().list(s).filter(|p| !p.is_empty());
        let mut name = String::new();
        for part in parts.iter().flatten() {
            let text = match self.syntax().view(*part) {
                View::Symbol(v) => symbol::name(v).map(str::to_string),
                _ => match self.world.syntax.atom(*part) {
                    Ok(DatumKind::Immediate(v)) => v.as_fixnum().filter(|n| *n >= 0).map(|n| n.to_string()),
                    _ => None,
                },
            };
            let Some(text) = text else {
                self.error(*part, "a part of a library's name must be an identifier or a whole number");
                return None;
            };
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&text);
        }
        if name.is_empty() {
            self.error(s, "a library's name must be a list such as (scheme base)");
            return None;
        }
        Some(name.into())
    }

    /// Whether an import of this library would find something.
    pub(crate) fn library_exists(&mut self, name: &str) -> bool {
        self.world.libraries.contains_key(name)
            || matches!(name, "kestrel primitives" | "kestrel syntax")
            || embedded::text(&format!("{}.sld", path_of(name))).is_some()
            || self.library_file(name).is_some()
    }

    /// The module of a library, loading it if need be; errors are reported at `at`.
    pub(crate) fn library(&mut self, name: &Rc<str>, at: Span) -> Option<ModuleId> {
        match self.world.libraries.get(name).copied() {
            Some(LibraryState::Ready(module)) => Some(module),
            Some(LibraryState::Failed) => {
                self.imports_failed = true;
                None
            }
            Some(LibraryState::Loading(first)) => {
                let error = Diagnostic::error(Kind::Syntax, at, format!("({name}) imports itself"))
                    .with_label(first, "the import that began the cycle");
                self.report(error);
                self.imports_failed = true;
                None
            }
            Some(LibraryState::Declared(form)) => self.load(name, at, |x| x.define_library(form, name, false)),
            None => self.load(name, at, |x| x.find_library(name, at)),
        }
    }

    fn load(&mut self, name: &Rc<str>, at: Span, load: impl FnOnce(&mut Self) -> Option<ModuleId>) -> Option<ModuleId> {
        let before = self.world.libraries.insert(name.clone(), LibraryState::Loading(at));
        let module = self.module;
        let loaded = deeper(|| load(self));
        self.module = module;
        self.imports_failed |= loaded.is_none();
        // An open world may try again, when its user has mended the library.
        let state = match (loaded, before) {
            (Some(module), _) => Some(LibraryState::Ready(module)),
            (None, before) if self.open => before,
            (None, _) => Some(LibraryState::Failed),
        };
        match state {
            Some(state) => self.world.libraries.insert(name.clone(), state),
            None => self.world.libraries.remove(name),
        };
        loaded
    }

    fn find_library(&mut self, name: &Rc<str>, at: Span) -> Option<ModuleId> {
        match &**name {
            "kestrel primitives" => return Some(self.primitives(name.clone())),
            "kestrel syntax" => return Some(self.keywords(name.clone())),
            _ => {}
        }
        let embedded_path = format!("{}.sld", path_of(name));
        if let Some(text) = embedded::text(&embedded_path) {
            let file = self.sources.add(SourceFile { name: embedded_path, path: None, text: text.to_string() });
            return self.library_text(file, name, true, at);
        }
        let Some(path) = self.library_file(name) else {
            let near = suggest::near(name, embedded_names().iter().map(String::as_str))
                .into_iter()
                .map(|n| format!("({n})"))
                .collect::<Vec<_>>();
            let folders: Vec<_> = self.world.folders.iter().map(|f| f.display().to_string()).collect();
            let mut error = Diagnostic::error(Kind::Syntax, at, format!("library ({name}) not found"));
            if !near.is_empty() {
                error = error.with_help(format!("did you mean {}?", near.join(" or ")));
            }
            if !folders.is_empty() {
                let file = path_of(name);
                error = error.with_note(format!("looked for {file}.sld and {file}.scm in {}", folders.join(", ")));
            }
            self.report(error);
            return None;
        };
        let file = self.source_file(&path, at)?;
        self.library_text(file, name, false, at)
    }

    fn library_text(&mut self, file: FileId, name: &Rc<str>, builtin: bool, at: Span) -> Option<ModuleId> {
        let forms = self.read_forms(file, false, SetId::EMPTY)?;
        let mut wanted = None;
        for form in forms {
            match self.declared_name(form) {
                Some(found) if found == *name => wanted = Some(form),
                Some(_) => self.register_library(form),
                None => {}
            }
        }
        let Some(form) = wanted else {
            let shown = self.sources.file(file).name.clone();
            self.report(Diagnostic::error(Kind::Syntax, at, format!("{shown} does not define library ({name})")));
            return None;
        };
        self.define_library(form, name, builtin)
    }

    /// The name in a `define-library` form, recognised by spelling.
    pub(crate) fn declared_name(&mut self, form: Stx) -> Option<Rc<str>> {
        let (head, rest) = self.syntax().uncons(form)?;
        let head = self.syntax().symbol(head)?;
        if self.text(head) != Core::DefineLibrary.name() {
            return None;
        }
        let (name, _) = self.syntax().uncons(rest)?;
        self.library_name(name)
    }

    /// Remembers a `define-library` form for imports to come.
    pub(crate) fn register_library(&mut self, form: Stx) {
        match self.declared_name(form) {
            Some(name) => {
                self.world.libraries.insert(name, LibraryState::Declared(Stx { set: SetId::EMPTY, ..form }));
            }
            None => {
                self.bad_form(form, "(define-library name declaration …)");
            }
        }
    }

    fn primitives(&mut self, name: Rc<str>) -> ModuleId {
        let module = self.add_module(name, true, false);
        let mut exports = Exports::default();
        for prim in Prim::all() {
            let binding = self.world.prim_binding(prim);
            exports.insert(symbol::intern(prim.info().name), binding);
        }
        self.world.modules[module].exports = exports;
        module
    }

    fn keywords(&mut self, name: Rc<str>) -> ModuleId {
        let module = self.add_module(name, true, false);
        let mut exports = Exports::default();
        for &core in Core::ALL {
            let binding = self.world.bindings.make(Binding::Core(core));
            exports.insert(symbol::intern(core.name()), binding);
        }
        self.world.modules[module].exports = exports;
        module
    }

    /// Libraries that come with Kestrel and export a name, as written.
    pub(crate) fn exporters(&mut self, name: Value) -> Vec<String> {
        let mut found = Vec::new();
        let root = Span { file: FileId(0), start: 0, end: 0 };
        for library in embedded_names().iter().filter(|n| !n.starts_with("kestrel ")) {
            let library: Rc<str> = library.as_str().into();
            let errors = self.errors.len();
            let failed = self.imports_failed;
            if let Some(module) = self.library(&library, root)
                && self.world.modules[module].exports.contains_key(&name)
            {
                found.push(format!("({library})"));
            }
            self.errors.truncate(errors);
            self.imports_failed = failed;
        }
        found
    }

    /// A primitive, or a procedure of the helper libraries, that the expansion of a form needs.
    pub(crate) fn helper(&mut self, name: &'static str, at: Stx) -> crate::ast::ir::ExprId {
        if let Some(prim) = Prim::named(name) {
            return self.node(crate::ast::ir::Expr::Prim(prim), at);
        }
        let (span, _) = self.locate(at);
        let symbol = symbol::intern(name);
        for library in HELPERS {
            let Some(module) = self.helper_library(library, span) else { continue };
            let scope = self.world.modules[module].scope;
            let entry = self.world.bindings.names(scope).and_then(|(_, names)| names.get(&symbol).copied());
            match entry.map(|e| self.world.bindings.get(e.binding).clone()) {
                Some(Binding::Global(g)) => return self.global_ref(g, at),
                Some(Binding::Prim(p)) => return self.node(crate::ast::ir::Expr::Prim(p), at),
                _ => {}
            }
        }
        self.error(at, format!("internal: the library has no `{name}`"));
        self.constant(Value::UNSPECIFIED, at)
    }

    /// A helper library, which may be the one whose text is being scanned.
    fn helper_library(&mut self, name: &str, at: Span) -> Option<ModuleId> {
        let name: Rc<str> = name.into();
        self.library(&name, at)
    }

    /// The global that this module defined with this identifier, in an open world.
    pub(crate) fn own_global(&mut self, module: ModuleId, id: Stx) -> Option<GlobalId> {
        let found = self.resolve(id)?;
        if found.imported {
            return None;
        }
        match *self.world.bindings.get(found.binding) {
            Binding::Global(g) if self.world.globals[g].module == module && self.world.globals[g].set == id.set => {
                Some(g)
            }
            _ => None,
        }
    }
}

fn path_of(name: &str) -> String {
    name.replace(' ', "/")
}

/// Names of the libraries that come with Kestrel, as `scheme base`.
pub fn embedded_names() -> Vec<String> {
    embedded::paths().filter_map(|p| p.strip_suffix(".sld")).map(|p| p.replace('/', " ")).collect()
}
