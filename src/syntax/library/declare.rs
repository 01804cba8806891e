//! `define-library`: its declarations, and what it exports.

use super::super::binding::BindingId;
use super::super::define::Context;
use super::super::object::Stx;
use super::super::{Expander, suggest};
use super::{DEFINE_LIBRARY, Exports, ModuleId};
use crate::source::Span;
use indexmap::IndexMap;
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxBuildHasher;
use std::rc::Rc;

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

impl Expander<'_> {
    /// Scans a library: imports, then the definitions of its body, then exports.
    pub(super) fn define_library(&mut self, form: Stx, name: &Rc<str>, builtin: bool) -> Option<ModuleId> {
        let errors = self.errors.len();
        let failed = self.imports_failed;
        let module = self.add_module(name.clone(), builtin, false);
        self.module = module;
        let parts = match self.syntax().list(form) {
            Some(parts) if parts.len() >= 2 => parts,
            _ => {
                self.bad_form(form, DEFINE_LIBRARY);
                return None;
            }
        };
        if !builtin {
            self.world.modules[module].place = Some(self.locate(parts[1]).0);
        }
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
        let mut exports = IndexMap::<Value, (BindingId, Span), FxBuildHasher>::default();
        for ExportSpec { internal, external } in specs {
            let Some(name) = self.syntax().symbol(internal) else { continue };
            let entry = self.world.bindings.names(scope).and_then(|(_, names)| names.get(&name).copied());
            match entry {
                None => {
                    let text = self.text(name);
                    let names = self.world.bindings.names(scope).into_iter().flat_map(|(_, n)| n.keys().copied());
                    let near = suggest::near(text, names.filter_map(symbol::name));
                    let near = near.first().map(|n| format!("did you mean `{n}`?"));
                    self.error_with(internal, format!("`{text}` is exported but not defined"), |d| match near {
                        Some(help) => d.with_help(help),
                        None => d,
                    });
                }
                Some(entry) => {
                    let (place, _) = self.locate(internal);
                    if let Some((other, first)) = exports.insert(external, (entry.binding, place))
                        && other != entry.binding
                    {
                        let text = self.text(external);
                        self.error_with(internal, format!("`{text}` is exported twice"), |d| {
                            d.with_label(first, "exported with another meaning here")
                        });
                    }
                }
            }
        }
        let exports: Exports = exports.into_iter().map(|(name, (binding, _))| (name, binding)).collect();
        self.world.modules[module].exports = exports;
    }
}
