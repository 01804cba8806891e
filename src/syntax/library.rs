//! Libraries: `import`, `define-library`, `include`, and where their texts come from.
//!
//! A library's name is kept as its written form without parentheses, `scheme base`. It is looked for among the `define-library` forms
//! of the program, then the built-in texts, then files (`scheme/base.sld`, then `.scm`) in the search folders. Its text is read
//! and scanned when something imports it first; what of it is expanded is `toplevel`'s business.

use super::binding::{Binding, BindingId, Entry};
use super::core::Core;
use super::define::{Context, Element};
use super::object::{Stx, View};
use super::scope::{ScopeId, SetId};
use super::toplevel::GlobalId;
use super::{Expander, deeper, embedded};
use crate::define_index;
use crate::diagnostic::{Diagnostic, Kind};
use crate::reader;
use crate::reader::datum::{Data, DatumKind};
use crate::source::{FileId, SourceFile, Span};
use indexmap::IndexMap;
use kestrel_runtime::prim::Prim;
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxBuildHasher;
use std::path::{Path, PathBuf};
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

/// A name to be imported: its binding and where the import set names it.
type ImportSet = IndexMap<Value, (BindingId, Span), FxBuildHasher>;

/// A `(rename internal external)` or plain name of an export declaration.
struct ExportSpec {
    internal: Stx,
    external: Value,
}

#[derive(Default)]
struct Declarations {
    imports: Vec<Stx>,
    exports: Vec<ExportSpec>,
    body: Vec<Stx>,
}

/// Most files included in one run.
const MAX_INCLUDED: usize = 1000;

/// Libraries that the expansions of core forms may refer to, besides primitives.
const HELPERS: [&str; 2] = ["kestrel control", "kestrel sequence"];

impl Expander<'_> {
    pub(super) fn add_module(&mut self, name: Rc<str>, builtin: bool, redefinable: bool) -> ModuleId {
        self.world.add_module(name, builtin, redefinable)
    }

    /// A library's name from its written form.
    pub(super) fn library_name(&mut self, s: Stx) -> Option<Rc<str>> {
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
    pub(super) fn library_exists(&mut self, name: &str) -> bool {
        self.world.libraries.contains_key(name)
            || matches!(name, "kestrel primitives" | "kestrel syntax")
            || embedded::text(&format!("{}.sld", path_of(name))).is_some()
            || self.library_file(name).is_some()
    }

    fn library_file(&self, name: &str) -> Option<PathBuf> {
        let path = path_of(name);
        if path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return None;
        }
        let candidates = self
            .world
            .folders
            .iter()
            .flat_map(|folder| [folder.join(format!("{path}.sld")), folder.join(format!("{path}.scm"))]);
        candidates.into_iter().find(|p| p.is_file())
    }

    /// The module of a library, loading it if need be; errors are reported at `at`.
    pub(super) fn library(&mut self, name: &Rc<str>, at: Span) -> Option<ModuleId> {
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
            let near = super::suggest::near(name, embedded_names().iter().map(String::as_str))
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

    /// Reads a file into the source map.
    fn source_file(&mut self, path: &Path, at: Span) -> Option<FileId> {
        let shown = path.display().to_string();
        let problem = match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    return Some(self.sources.add(SourceFile { name: shown, path: Some(path.to_path_buf()), text }));
                }
                Err(_) => "it is not UTF-8 text".to_string(),
            },
            Err(e) => e.to_string(),
        };
        self.report(Diagnostic::error(Kind::File, at, format!("cannot read {shown}: {problem}")));
        None
    }

    /// Reads the data of a file, reporting its errors.
    fn read_forms(&mut self, file: FileId, fold_case: bool, set: SetId) -> Option<Vec<Stx>> {
        let mut data = Data::new();
        let text = &self.sources.file(file).text;
        let read = match fold_case {
            true => reader::read_all_fold_case(file, text, &mut data),
            false => reader::read_all(file, text, &mut data),
        };
        match read {
            Ok(roots) => {
                let text = self.syntax().add_text(data);
                Some(roots.into_iter().map(|d| self.world.syntax.datum(text, d, set)).collect())
            }
            Err(errors) => {
                for error in errors {
                    self.report(error);
                }
                None
            }
        }
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
    pub(super) fn declared_name(&mut self, form: Stx) -> Option<Rc<str>> {
        let (head, rest) = self.syntax().uncons(form)?;
        let head = self.syntax().symbol(head)?;
        if self.text(head) != Core::DefineLibrary.name() {
            return None;
        }
        let (name, _) = self.syntax().uncons(rest)?;
        self.library_name(name)
    }

    /// Remembers a `define-library` form for imports to come.
    pub(super) fn register_library(&mut self, form: Stx) {
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

    /// Scans a library: imports, then the definitions of its body, then exports.
    fn define_library(&mut self, form: Stx, name: &Rc<str>, builtin: bool) -> Option<ModuleId> {
        let errors = self.errors.len();
        let failed = self.imports_failed;
        let module = self.add_module(name.clone(), builtin, false);
        self.module = module;
        let parts = self.syntax().list(form).unwrap_or_default();
        let mut declarations = Declarations::default();
        for &part in parts.iter().skip(2) {
            self.declaration(part, &mut declarations);
        }
        for &import in &declarations.imports {
            self.import(module, import);
        }
        let set = self.world.modules[module].set;
        let mut cx = Context { module: Some(module), ..Context::default() };
        for body in declarations.body {
            self.scan(&mut cx, Stx { set, ..body });
        }
        self.finish_scan(module, cx);
        self.export(module, declarations.exports);
        self.world.loaded.push(module);
        self.take_elements(module);
        let ok = self.errors.len() == errors && (failed || !self.imports_failed);
        ok.then_some(module)
    }

    fn declaration(&mut self, form: Stx, found: &mut Declarations) {
        let mut queue = vec![form];
        while let Some(form) = queue.pop() {
            let parts = self.syntax().list(form).unwrap_or_default();
            let keyword = parts.first().and_then(|&k| self.world.syntax.symbol(k)).and_then(symbol::name);
            match keyword {
                Some("import") => found.imports.push(form),
                Some("export") => self.export_specs(&parts[1..], &mut found.exports),
                Some("begin") => found.body.extend(&parts[1..]),
                Some(word @ ("include" | "include-ci")) => found.body.extend(self.include(form, word == "include-ci")),
                Some("include-library-declarations") => queue.extend(self.include(form, false).into_iter().rev()),
                Some("cond-expand") => queue.extend(self.cond_expand(form).into_iter().rev()),
                _ => {
                    self.error_with(form, "this is no library declaration", |d| {
                        d.with_note(
                            "declarations are export, import, begin, include, include-ci, include-library-declarations and cond-expand",
                        )
                    });
                }
            }
        }
    }

    fn export_specs(&mut self, specs: &[Stx], exports: &mut Vec<ExportSpec>) {
        for &spec in specs {
            if let Some(external) = self.syntax().symbol(spec) {
                exports.push(ExportSpec { internal: spec, external });
                continue;
            }
            let parts = self.syntax().list(spec).unwrap_or_default();
            let symbols: Vec<_> = parts.iter().map(|&p| self.world.syntax.symbol(p)).collect();
            match (&symbols[..], &parts[..]) {
                ([Some(word), Some(_), Some(external)], [_, internal, _]) if self.text(*word) == "rename" => {
                    exports.push(ExportSpec { internal: *internal, external: *external });
                }
                _ => self.error(spec, "an export must be an identifier or (rename internal external)"),
            }
        }
    }

    fn export(&mut self, module: ModuleId, specs: Vec<ExportSpec>) {
        let scope = self.world.modules[module].scope;
        let mut exports = Exports::default();
        for ExportSpec { internal, external } in specs {
            let Some(name) = self.syntax().symbol(internal) else { continue };
            let entry = self.world.bindings.names(scope).and_then(|(_, names)| names.get(&name).copied());
            match entry {
                None => {
                    let text = self.text(name);
                    let names = self.world.bindings.names(scope).into_iter().flat_map(|(_, n)| n.keys().copied());
                    let near = super::suggest::near(text, names.filter_map(symbol::name));
                    let near = near.first().map(|n| format!("did you mean `{n}`?"));
                    self.error_with(internal, format!("`{text}` is exported but not defined"), |d| match near {
                        Some(help) => d.with_help(help),
                        None => d,
                    });
                }
                Some(entry) => {
                    if exports.insert(external, entry.binding).is_some_and(|b| b != entry.binding) {
                        let text = self.text(external);
                        self.error(internal, format!("`{text}` is exported twice"));
                    }
                }
            }
        }
        self.world.modules[module].exports = exports;
    }

    /// `(import set …)` into a module.
    pub(super) fn import(&mut self, module: ModuleId, form: Stx) {
        let Some(sets) = self.syntax().list(form) else {
            self.bad_form(form, "(import set …)");
            return;
        };
        for &set in &sets[1..] {
            if let Some(names) = self.import_set(set) {
                self.import_names(module, names);
            }
        }
    }

    fn import_names(&mut self, module: ModuleId, names: ImportSet) {
        let Module { scope, redefinable, .. } = self.world.modules[module];
        let open = self.open;
        let mut clashes = Vec::new();
        let Some(table) = self.world.bindings.names_mut(scope) else { return };
        for (name, (binding, span)) in names {
            let entry = Entry { binding, span: Some(span), imported: true };
            let Some(old) = table.insert(name, entry) else { continue };
            if old.binding != binding && !(open && redefinable) {
                clashes.push((name, span, old.span));
            }
        }
        for (name, span, first) in clashes {
            let text = self.text(name);
            let error = Diagnostic::error(Kind::Syntax, span, format!("imports of `{text}` clash"))
                .with_help("leave one of them out with `except`, or rename it");
            self.report(match first {
                Some(first) if first != span => error.with_label(first, "imported with another meaning here"),
                _ => error,
            });
        }
    }

    /// The names of an import set.
    fn import_set(&mut self, set: Stx) -> Option<ImportSet> {
        deeper(|| {
            let (span, _) = self.locate(set);
            let parts = self.syntax().list(set).unwrap_or_default();
            let keyword = parts.first().and_then(|&k| self.world.syntax.symbol(k)).and_then(symbol::name);
            let modifies = parts.len() >= 2 && matches!(self.syntax().view(parts[1]), View::Pair(..));
            match keyword {
                Some("only") if modifies => {
                    let all = self.import_set(parts[1])?;
                    let mut names = ImportSet::default();
                    for &id in &parts[2..] {
                        if let Some((name, binding)) = self.imported_name(&all, id) {
                            let (span, _) = self.locate(id);
                            names.insert(name, (binding, span));
                        }
                    }
                    Some(names)
                }
                Some("except") if modifies => {
                    let mut names = self.import_set(parts[1])?;
                    for &id in &parts[2..] {
                        if let Some((name, _)) = self.imported_name(&names, id) {
                            names.shift_remove(&name);
                        }
                    }
                    Some(names)
                }
                Some("prefix") if modifies && parts.len() == 3 => {
                    let names = self.import_set(parts[1])?;
                    let Some(prefix) = self.syntax().symbol(parts[2]) else {
                        self.error(parts[2], "a prefix must be an identifier");
                        return None;
                    };
                    let prefix = self.text(prefix);
                    let renamed =
                        |name: Value| symbol::intern(&format!("{prefix}{}", symbol::name(name).unwrap_or("")));
                    Some(names.into_iter().map(|(name, what)| (renamed(name), what)).collect())
                }
                Some("rename") if modifies => self.renamed_set(&parts),
                _ => {
                    let name = self.library_name(set)?;
                    let module = self.library(&name, span)?;
                    Some(self.world.modules[module].exports.iter().map(|(&n, &b)| (n, (b, span))).collect())
                }
            }
        })
    }

    fn renamed_set(&mut self, parts: &[Stx]) -> Option<ImportSet> {
        let all = self.import_set(parts[1])?;
        let mut renames = IndexMap::<Value, (Value, Span), FxBuildHasher>::default();
        for &pair in &parts[2..] {
            let ids = self.syntax().list(pair).unwrap_or_default();
            let to = ids.get(1).and_then(|&id| self.world.syntax.symbol(id));
            let (&[from, _], Some(to)) = (&ids[..], to) else {
                self.error(pair, "a renaming must have the shape (name new-name)");
                return None;
            };
            if let Some((name, _)) = self.imported_name(&all, from) {
                let (span, _) = self.locate(pair);
                renames.insert(name, (to, span));
            }
        }
        let mut names = ImportSet::default();
        for (name, (binding, span)) in all {
            let (name, span) = renames.get(&name).copied().unwrap_or((name, span));
            if let Some((other, first)) = names.insert(name, (binding, span))
                && other != binding
            {
                let text = self.text(name);
                let error = Diagnostic::error(Kind::Syntax, span, format!("imports of `{text}` clash"));
                self.report(error.with_label(first, "the other one"));
            }
        }
        Some(names)
    }

    /// A name that an import set must have.
    fn imported_name(&mut self, all: &ImportSet, id: Stx) -> Option<(Value, BindingId)> {
        let Some(name) = self.syntax().symbol(id) else {
            self.error(id, "an import must name identifiers");
            return None;
        };
        if let Some(&(binding, _)) = all.get(&name) {
            return Some((name, binding));
        }
        let text = self.text(name);
        let near = super::suggest::near(text, all.keys().copied().filter_map(symbol::name));
        self.error_with(id, format!("`{text}` is not exported by this library"), |d| match near.first() {
            Some(n) => d.with_help(format!("did you mean `{n}`?")),
            None => d,
        });
        self.imports_failed = true;
        None
    }

    /// The forms of the files that `(include "file" …)` names, with the scopes of the form.
    pub(super) fn include(&mut self, form: Stx, fold_case: bool) -> Vec<Stx> {
        let parts = self.syntax().list(form).unwrap_or_default();
        if parts.len() < 2 || parts[1..].iter().any(|&p| self.world.syntax.string(p).is_none()) {
            self.bad_form(form, if fold_case { "(include-ci \"file\" …)" } else { "(include \"file\" …)" });
            return Vec::new();
        }
        let mut forms = Vec::new();
        for &part in &parts[1..] {
            let name = self.world.syntax.string(part).unwrap_or("").to_string();
            let from = self.world.syntax.span(part).file;
            let (at, _) = self.locate(part);
            self.included += 1;
            if self.included > MAX_INCLUDED {
                self.error(part, format!("more than {MAX_INCLUDED} files are included: do they include each other?"));
                return Vec::new();
            }
            let Some(file) = self.included_file(from, &name, at) else { continue };
            forms.extend(self.read_forms(file, fold_case, part.set).unwrap_or_default());
        }
        forms
    }

    fn included_file(&mut self, from: FileId, name: &str, at: Span) -> Option<FileId> {
        let including = self.sources.file(from);
        if including.path.is_none() {
            let folder = including.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = format!("{folder}/{name}");
            if let Some(text) = embedded::text(&path) {
                return Some(self.sources.add(SourceFile { name: path, path: None, text: text.to_string() }));
            }
        }
        let folder = including.path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_path_buf();
        self.source_file(&folder.join(name), at)
    }

    /// Libraries that come with Kestrel and export a name, as written.
    pub(super) fn exporters(&mut self, name: Value) -> Vec<String> {
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
    pub(super) fn helper(&mut self, name: &'static str, at: Stx) -> crate::ast::ir::ExprId {
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
    pub(super) fn own_global(&mut self, module: ModuleId, id: Stx) -> Option<GlobalId> {
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
