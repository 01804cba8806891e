//! `(import set …)`: import sets, and what they bind in a module.

use super::super::binding::{BindingId, Entry};
use super::super::object::{Stx, View};
use super::super::{Expander, deeper, suggest};
use super::{Module, ModuleId};
use crate::diagnostic::{Diagnostic, Kind};
use crate::source::Span;
use indexmap::IndexMap;
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxBuildHasher;

/// A name to be imported: its binding and where the import set names it.
type ImportSet = IndexMap<Value, (BindingId, Span), FxBuildHasher>;

impl Expander<'_> {
    /// `(import set …)` into a module.
    pub(crate) fn import(&mut self, module: ModuleId, form: Stx) {
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
        let near = suggest::near(text, all.keys().copied().filter_map(symbol::name));
        self.error_with(id, format!("`{text}` is not exported by this library"), |d| match near.first() {
            Some(n) => d.with_help(format!("did you mean `{n}`?")),
            None => d,
        });
        self.imports_failed = true;
        None
    }
}
