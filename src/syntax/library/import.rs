//! `(import set …)`: import sets, and what they bind in a module.
//!
//! An import set is the library's exports under the names that `only`, `except`, `prefix` and `rename` leave them. Two imports of a
//! name agree if they mean the same binding, whatever way it came.

use super::super::binding::{BindingId, Entry};
use super::super::object::{Stx, View};
use super::super::{Expander, deeper, suggest};
use super::{Module, ModuleId};
use crate::diagnostic::{Diagnostic, Kind};
use crate::source::Span;
use indexmap::IndexMap;
use kestrel_runtime::{Value, symbol};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Names to be imported: the binding of each, and where the import set names it.
type Imports = IndexMap<Value, (BindingId, Span), FxBuildHasher>;

/// An import set.
struct ImportSet {
    /// The library at its root.
    library: ModuleId,
    /// Whether the names are the library's own.
    plain: bool,
    names: Imports,
}

const ONLY: &str = "(only import-set identifier …)";
const EXCEPT: &str = "(except import-set identifier …)";
const PREFIX: &str = "(prefix import-set identifier)";
const RENAME: &str = "(rename import-set (name new-name) …)";

impl Expander<'_> {
    /// `(import set …)` into a module.
    pub(crate) fn import(&mut self, module: ModuleId, form: Stx) {
        let Some(sets) = self.syntax().list(form) else {
            self.bad_form(form, "(import set …)");
            return;
        };
        for &set in &sets[1..] {
            self.import_one(module, set);
        }
    }

    /// An import set into a module.
    pub(crate) fn import_one(&mut self, module: ModuleId, set: Stx) {
        match self.import_set(set) {
            Some(set) => {
                self.world.modules[module].imports.push(set.library);
                self.import_names(module, set.names);
            }
            None => self.imports_failed = true,
        }
    }

    fn import_names(&mut self, module: ModuleId, names: Imports) {
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
            self.clash(name, span, first);
        }
    }

    /// Reports that two imports give a name different meanings.
    fn clash(&mut self, name: Value, span: Span, first: Option<Span>) {
        let text = self.text(name);
        let error = Diagnostic::error(Kind::Syntax, span, format!("imports of `{text}` clash"))
            .with_help("leave one of them out with `except`, or rename it");
        self.report(match first {
            Some(first) if first != span => error.with_label(first, "imported with another meaning here"),
            _ => error,
        });
    }

    fn import_set(&mut self, set: Stx) -> Option<ImportSet> {
        deeper(|| {
            let parts = self.syntax().list(set).unwrap_or_default();
            let keyword = parts.first().and_then(|&k| self.world.syntax.symbol(k)).and_then(symbol::name);
            let modifies = parts.len() >= 2 && matches!(self.syntax().view(parts[1]), View::Pair(..));
            match keyword {
                Some("only") if modifies => self.only_set(&parts),
                Some("except") if modifies => self.except_set(&parts),
                Some("prefix") if modifies => self.prefix_set(&parts, set),
                Some("rename") if modifies => self.renamed_set(&parts),
                _ => {
                    let (span, _) = self.locate(set);
                    let name = self.library_name(set)?;
                    let library = self.library(&name, span)?;
                    let names = self.world.modules[library].exports.iter().map(|(&n, &b)| (n, (b, span))).collect();
                    Some(ImportSet { library, plain: true, names })
                }
            }
        })
    }

    fn only_set(&mut self, parts: &[Stx]) -> Option<ImportSet> {
        let all = self.import_set(parts[1])?;
        let mut names = Imports::default();
        for &id in &parts[2..] {
            if let Some((name, binding)) = self.imported_name(&all, id, ONLY) {
                let (span, _) = self.locate(id);
                names.insert(name, (binding, span));
            }
        }
        Some(ImportSet { names, ..all })
    }

    fn except_set(&mut self, parts: &[Stx]) -> Option<ImportSet> {
        let mut all = self.import_set(parts[1])?;
        let mut left_out = FxHashSet::default();
        for &id in &parts[2..] {
            left_out.extend(self.imported_name(&all, id, EXCEPT).map(|(name, _)| name));
        }
        all.names.retain(|name, _| !left_out.contains(name));
        Some(all)
    }

    fn prefix_set(&mut self, parts: &[Stx], form: Stx) -> Option<ImportSet> {
        let prefix = parts.get(2).filter(|_| parts.len() == 3).and_then(|&p| self.world.syntax.symbol(p));
        let Some(prefix) = prefix else {
            self.bad_form(form, PREFIX);
            return None;
        };
        let all = self.import_set(parts[1])?;
        let prefix = self.text(prefix);
        let renamed = |name: Value| symbol::intern(&format!("{prefix}{}", symbol::name(name).unwrap_or("")));
        let names = all.names.into_iter().map(|(name, what)| (renamed(name), what)).collect();
        Some(ImportSet { plain: false, names, ..all })
    }

    fn renamed_set(&mut self, parts: &[Stx]) -> Option<ImportSet> {
        let all = self.import_set(parts[1])?;
        let mut renames = FxHashMap::<Value, (Value, Span)>::default();
        for &pair in &parts[2..] {
            let ids = self.syntax().list(pair).unwrap_or_default();
            let to = ids.get(1).and_then(|&id| self.world.syntax.symbol(id));
            let (&[from, _], Some(to)) = (&ids[..], to) else {
                self.bad_form(pair, RENAME);
                return None;
            };
            if let Some((name, _)) = self.imported_name(&all, from, RENAME) {
                let (span, _) = self.locate(pair);
                if let Some((other, first)) = renames.insert(name, (to, span))
                    && other != to
                {
                    let text = self.text(name);
                    let error = Diagnostic::error(Kind::Syntax, span, format!("`{text}` is renamed twice"));
                    self.report(error.with_label(first, "first one"));
                }
            }
        }
        let mut names = Imports::default();
        for (name, (binding, span)) in all.names {
            let (name, span) = renames.get(&name).copied().unwrap_or((name, span));
            if let Some((other, first)) = names.insert(name, (binding, span))
                && other != binding
            {
                self.clash(name, span, Some(first));
            }
        }
        Some(ImportSet { plain: false, names, ..all })
    }

    /// A name that an import set must have; `shape`: of the form that names it.
    fn imported_name(&mut self, all: &ImportSet, id: Stx, shape: &str) -> Option<(Value, BindingId)> {
        let Some(name) = self.syntax().symbol(id) else {
            self.bad_form(id, shape);
            return None;
        };
        if let Some(&(binding, _)) = all.names.get(&name) {
            return Some((name, binding));
        }
        self.imports_failed = true;
        let text = self.text(name);
        let near = suggest::near(text, all.names.keys().copied().filter_map(symbol::name));
        let near = near.first().map(|n| format!("did you mean `{n}`?"));
        let library = &self.world.modules[all.library];
        let message = match all.plain {
            true => format!("`{text}` is not exported by ({})", library.name),
            false => format!("`{text}` is not in this import set"),
        };
        let defined = self.world.bindings.names(library.scope).and_then(|(_, names)| names.get(&name));
        let other = match defined.and_then(|entry| entry.span.filter(|_| !entry.imported)) {
            Some(definition) if !library.builtin => Some((definition, "defined here, but not exported")),
            _ => library.place.map(|place| (place, "the library")),
        };
        self.error_with(id, message, |mut d| {
            d.helps.extend(near);
            match other {
                Some((span, label)) => d.with_label(span, label),
                None => d,
            }
        });
        None
    }
}
