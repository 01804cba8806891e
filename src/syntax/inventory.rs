//! What libraries export, and where each export is implemented: for the documentation and its tests.

use super::binding::{Binding, BindingId};
use super::{Expander, PhaseOne, World};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceMap, Span};
use kestrel_runtime::prim::Prim;
use kestrel_runtime::symbol;

/// An identifier that a library exports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// The identifier.
    pub name: &'static str,
    /// What it is.
    pub source: Source,
}

/// What an exported identifier is, and where it is implemented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// A form of the expander.
    Form,
    /// A macro of this library.
    Macro(String),
    /// A primitive.
    Primitive(Prim),
    /// A variable of this library.
    Variable(String),
}

impl World {
    /// What a library exports, sorted by name; `None` for a library that does not exist.
    pub fn inventory(
        &mut self,
        library: &str,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
    ) -> Result<Option<Vec<Export>>, Vec<Diagnostic>> {
        let nobody = self.add_module("inventory".into(), false, true);
        let nowhere = Span { file: FileId(0), start: 0, end: 0 };
        let mut x = Expander::new(self, sources, host, false, nobody);
        let name = library.into();
        let module = match x.library_exists(&name, nowhere) {
            Some(true) => x.library(&name, nowhere),
            _ => None,
        };
        if !x.errors.is_empty() {
            return Err(x.errors);
        }
        let Some(module) = module else { return Ok(None) };
        let exports: Vec<_> = self.modules[module].exports.iter().map(|(&name, &binding)| (name, binding)).collect();
        let mut exports: Vec<Export> = exports
            .into_iter()
            .filter_map(|(name, binding)| Some(Export { name: symbol::name(name)?, source: self.source(binding) }))
            .collect();
        exports.sort_unstable_by_key(|export| export.name);
        Ok(Some(exports))
    }

    fn source(&self, binding: BindingId) -> Source {
        match self.bindings.get(binding) {
            Binding::Prim(prim) => Source::Primitive(*prim),
            Binding::Global(g) => Source::Variable(self.modules[self.globals[*g].module].name.to_string()),
            Binding::Macro(_) => Source::Macro(self.definer(binding).unwrap_or_default()),
            _ => Source::Form,
        }
    }

    /// The library that binds a keyword itself.
    fn definer(&self, binding: BindingId) -> Option<String> {
        let module = self.modules.iter().find(|module| {
            let mut names = self.bindings.names(module.scope).into_iter().flat_map(|(_, names)| names.values());
            names.any(|entry| entry.binding == binding && !entry.imported)
        })?;
        Some(module.name.to_string())
    }
}
