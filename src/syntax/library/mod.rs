//! Libraries: `import`, `define-library`, `include`, and where their texts come from.
//!
//! A library's name is kept as its written form without parentheses, `scheme base`. It is looked for among the `define-library` forms
//! of the program, then the libraries that come with Kestrel, then files in the search folders ([`files`]). Its text is scanned when something
//! imports it first; what of it is expanded is `toplevel`'s business.
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
use crate::arena::Idx;
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

impl EnvironmentId {
    /// From its number.
    pub(crate) fn new(number: usize) -> EnvironmentId {
        EnvironmentId(ModuleId::new(number))
    }
    /// Its number.
    pub(crate) fn index(self) -> usize {
        self.0.index()
    }
}

/// A module.
pub struct Module {
    /// Its name, for messages.
    pub name: Rc<str>,
    /// Where a library that does not come with Kestrel is named.
    pub place: Option<Span>,
    /// The scope of its text.
    pub scope: ScopeId,
    /// The set of that scope alone.
    pub set: SetId,
    /// Whether it comes with Kestrel: its definitions are expanded on demand.
    pub builtin: bool,
    /// Whether definitions may replace imports and each other.
    pub redefinable: bool,
    /// Whether it is an environment that cannot be changed.
    pub frozen: bool,
    /// What it exports.
    pub exports: Exports,
    /// Its text, after pass 1.
    pub elements: Vec<Element>,
    /// Which elements have been taken for expansion.
    pub taken: Vec<bool>,
    /// The libraries that it imports.
    pub imports: Vec<ModuleId>,
}

/// What a library exports, by external name.
pub type Exports = IndexMap<Value, BindingId, FxBuildHasher>;

/// How far a library has come.
#[derive(Clone, Copy)]
pub enum LibraryState {
    /// A `define-library` form that nothing has imported yet, and whether it stands in a library file.
    Declared(Stx, bool),
    /// Being scanned.
    Loading,
    /// Ready.
    Ready(ModuleId),
    /// In error, reported.
    Failed,
}

const DEFINE_LIBRARY: &str = "(define-library name declaration …)";

/// Libraries that the expansions of core forms may refer to, besides primitives.
const HELPERS: [&str; 3] = ["kestrel control", "kestrel sequence", "kestrel macros"];

impl Expander<'_> {
    pub(crate) fn add_module(&mut self, name: Rc<str>, builtin: bool, redefinable: bool) -> ModuleId {
        self.world.add_module(name, builtin, redefinable)
    }

    /// A library's name from its written form.
    pub(crate) fn library_name(&mut self, s: Stx) -> Option<Rc<str>> {
        let parts = self.syntax().list(s).unwrap_or_default();
        let mut names = Vec::new();
        for part in parts {
            let text = match self.syntax().view(part) {
                View::Symbol(v) => symbol::name(v).map(written_part),
                _ => match self.world.syntax.atom(part) {
                    Ok(DatumKind::Immediate(v)) => v.as_fixnum().filter(|n| *n >= 0).map(|n| n.to_string()),
                    Ok(DatumKind::Number(n)) if n.bytes().all(|b| b.is_ascii_digit()) => {
                        Some(n.trim_start_matches('0').to_string())
                    }
                    _ => None,
                },
            };
            let Some(text) = text else {
                self.error(part, "a part of a library's name must be an identifier or a whole number");
                return None;
            };
            names.push(text);
        }
        if names.is_empty() {
            self.error(s, "a library's name must be a list such as (scheme base)");
            return None;
        }
        Some(names.join(" ").into())
    }

    /// Whether an import of this library would find something; `None` if a file of its name is in error, which is reported at `at`.
    pub(crate) fn library_exists(&mut self, name: &Rc<str>, at: Span) -> Option<bool> {
        if self.world.libraries.contains_key(name) || is_builtin(name) {
            return Some(true);
        }
        self.declare_from_file(name, at)
    }

    /// The module of a library, loading it if need be; errors are reported at `at`.
    pub(crate) fn library(&mut self, name: &Rc<str>, at: Span) -> Option<ModuleId> {
        if !self.world.libraries.contains_key(name) && !is_builtin(name) {
            let found = self.declare_from_file(name, at);
            if found == Some(false) {
                self.library_not_found(name, at);
            }
            if found != Some(true) {
                self.imports_failed = true;
                if !self.open {
                    self.world.libraries.insert(name.clone(), LibraryState::Failed);
                }
                return None;
            }
        }
        match self.world.libraries.get(name).copied() {
            Some(LibraryState::Ready(module)) => {
                self.wake(module);
                Some(module)
            }
            Some(LibraryState::Failed) => {
                self.imports_failed = true;
                None
            }
            Some(LibraryState::Loading) => {
                self.import_cycle(name, at);
                self.imports_failed = true;
                None
            }
            Some(LibraryState::Declared(form, _)) => self.load(name, at, |x| x.define_library(form, name, false)),
            None => self.load(name, at, |x| x.builtin_library(name, at)),
        }
    }

    fn load(&mut self, name: &Rc<str>, at: Span, load: impl FnOnce(&mut Self) -> Option<ModuleId>) -> Option<ModuleId> {
        let before = self.world.libraries.insert(name.clone(), LibraryState::Loading);
        self.world.loading.push((name.clone(), at));
        let module = self.module;
        let loaded = deeper(|| load(self));
        self.module = module;
        self.world.loading.pop();
        self.imports_failed |= loaded.is_none();
        let state = match (loaded, before) {
            (Some(module), _) => Some(LibraryState::Ready(module)),
            // An open world may try again, when its user has mended the library; a file is then read again.
            (None, before) if self.open => before.filter(|state| !matches!(state, LibraryState::Declared(_, true))),
            (None, _) => Some(LibraryState::Failed),
        };
        match state {
            Some(state) => self.world.libraries.insert(name.clone(), state),
            None => self.world.libraries.remove(name),
        };
        loaded
    }

    /// Reports that a library which is being loaded is imported at `at`, with all imports of the cycle.
    fn import_cycle(&mut self, name: &Rc<str>, at: Span) {
        let start = self.world.loading.iter().rposition(|(loading, _)| loading == name).unwrap_or(0);
        let cycle: Vec<(Rc<str>, Span)> = self.world.loading[start..].to_vec();
        let chain: Vec<String> = cycle.iter().map(|(name, _)| name).chain([name]).map(|n| format!("({n})")).collect();
        let last = cycle.last().map_or(name, |(name, _)| name);
        let mut error = Diagnostic::error(Kind::Syntax, at, format!("({name}) imports itself: {}", chain.join(" → ")))
            .with_caret(format!("({last}) imports ({name}) here"));
        for pair in cycle.windows(2) {
            error = error.with_label(pair[1].1, format!("({}) imports ({}) here", pair[0].0, pair[1].0));
        }
        self.report(error);
    }

    fn library_not_found(&mut self, name: &Rc<str>, at: Span) {
        let builtin = embedded_names();
        let near = suggest::near(name, builtin.iter().map(String::as_str));
        let near: Vec<String> = near.into_iter().map(|n| format!("({n})")).collect();
        let mut error = Diagnostic::error(Kind::Syntax, at, format!("library ({name}) not found"));
        if !near.is_empty() {
            error = error.with_help(format!("did you mean {}?", near.join(" or ")));
        }
        for candidate in self.candidates(name) {
            error = error.with_note(match candidate.is_file() {
                true => format!("{} defines no library", candidate.display()),
                false => format!("looked for {}", candidate.display()),
            });
        }
        self.report(error.with_help("`-L DIR` and the variable KESTREL_PATH add folders to the search"));
    }

    fn builtin_library(&mut self, name: &Rc<str>, at: Span) -> Option<ModuleId> {
        match &**name {
            "kestrel primitives" => return Some(self.primitives(name.clone())),
            "kestrel syntax" => return Some(self.keywords(name.clone())),
            _ => {}
        }
        let path = format!("{}.sld", path_of(name));
        let text = embedded::text(&path)?.to_string();
        let file = self.sources.add(SourceFile { name: path, path: None, text });
        for form in self.read_forms(file, false, SetId::EMPTY)? {
            if self.declared_name(form).as_ref() == Some(name) {
                return self.define_library(form, name, true);
            }
        }
        self.report(Diagnostic::error(Kind::Internal, at, format!("the text of ({name}) does not define it")));
        None
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

    /// Remembers a `define-library` form of a program or an open world for imports to come.
    pub(crate) fn register_library(&mut self, form: Stx) {
        let errors = self.errors.len();
        let Some(name) = self.declared_name(form) else {
            if self.errors.len() == errors {
                self.bad_form(form, DEFINE_LIBRARY);
            }
            return;
        };
        let (place, _) = self.locate(form);
        if is_builtin(&name) && (name.starts_with("scheme ") || name.starts_with("kestrel ")) {
            self.error(form, format!("({name}) comes with Kestrel and cannot be defined"));
            return;
        }
        let form = Stx { set: SetId::EMPTY, ..form };
        self.world.kept_syntax += 1;
        self.world.declared += 1;
        let before = self.world.libraries.insert(name.clone(), LibraryState::Declared(form, false));
        if let Some(LibraryState::Declared(first, false)) = before
            && !self.open
        {
            let (first, _) = self.locate(first);
            let error = Diagnostic::error(Kind::Syntax, place, format!("library ({name}) is defined twice"));
            self.report(error.with_label(first, "first one"));
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

    /// Libraries that come with Kestrel and export a name, as written; R5RS's only if no other one does.
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
        found.sort_by_key(|library| library == "(scheme r5rs)");
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

    /// Where an identifier was imported.
    pub(crate) fn import_of(&mut self, id: Stx) -> Option<Span> {
        let name = self.syntax().symbol(id)?;
        let root = self.world.syntax.sets.root(id.set);
        self.world.bindings.names(root)?.1.get(&name)?.span
    }

    /// The global that this module defined with this identifier, in an open world.
    pub(crate) fn own_global(&mut self, module: ModuleId, id: Stx) -> Option<(GlobalId, BindingId)> {
        let found = self.resolve(id)?;
        if found.imported {
            return None;
        }
        match *self.world.bindings.get(found.binding) {
            Binding::Global(g) if self.world.globals[g].module == module && self.world.globals[g].set == id.set => {
                Some((g, found.binding))
            }
            _ => None,
        }
    }
}

/// A part of a library's name, between bars if it does not look like an identifier.
fn written_part(name: &str) -> String {
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, '(' | ')' | '|' | '"' | ';' | '\'');
    match !name.is_empty() && name.chars().all(is_plain) && !name.bytes().all(|b| b.is_ascii_digit()) {
        true => name.to_string(),
        false => format!("|{name}|"),
    }
}

/// Whether a library comes with Kestrel.
fn is_builtin(name: &str) -> bool {
    matches!(name, "kestrel primitives" | "kestrel syntax")
        || embedded::text(&format!("{}.sld", path_of(name))).is_some()
}

fn path_of(name: &str) -> String {
    name.replace(' ', "/")
}

/// Names of the libraries that come with Kestrel, as `scheme base`.
pub fn embedded_names() -> Vec<String> {
    embedded::paths().filter_map(|p| p.strip_suffix(".sld")).map(|p| p.replace('/', " ")).collect()
}
