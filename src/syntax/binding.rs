//! What identifiers mean: the binding table and resolution.
//!
//! A binding belongs to a symbol and a set of scopes. An identifier refers to the binding with the largest set that is a subset of
//! its own. Bindings whose set is a module's scope alone live in that module's table, the others in one list per symbol. A
//! local binding leaves the table when its form has been expanded, so lists hold only what encloses the current place (and what macros
//! introduced at top level); each entry knows the largest set below it, which ends a search early.

use super::core::Core;
use super::library::ModuleId;
use super::procedural::Transformer;
use super::rules::Macro;
use super::scope::{ScopeId, ScopeSets, SetId};
use super::toplevel::GlobalId;
use crate::ast::ir::VarId;
use crate::define_index;
use crate::source::Span;
use indexmap::IndexMap;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::rc::Rc;

define_index!(
    /// A binding: identifiers mean the same iff they have the same one.
    BindingId, "b"
);

/// What an identifier can mean.
#[derive(Clone)]
pub enum Binding {
    /// A core form.
    Core(Core),
    /// A macro.
    Macro(Rc<Macro>),
    /// A macro whose transformer is a procedure.
    Procedural(Rc<Transformer>),
    /// A keyword whose definition is in error, which has been reported.
    Failed,
    /// A local variable, and the run of the expander whose program has it.
    Local(VarId, u32),
    /// A pattern variable of `syntax-case`.
    Pattern {
        /// The variable that holds what it matched.
        var: VarId,
        /// How many ellipses follow it.
        depth: usize,
        /// The run of the expander whose program has the variable.
        run: u32,
    },
    /// A top-level variable.
    Global(GlobalId),
    /// A primitive.
    Prim(Prim),
}

/// A name of a module's top level.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its meaning.
    pub binding: BindingId,
    /// The import set or definition that bound it.
    pub span: Option<Span>,
    /// Whether it was imported.
    pub imported: bool,
}

/// A module's names.
pub type Names = IndexMap<Value, Entry, FxBuildHasher>;

struct Candidate {
    set: SetId,
    binding: BindingId,
    /// The size of the largest set among the candidates before this one.
    below: u32,
}

/// The binding table.
#[derive(Default)]
pub struct Bindings {
    all: Vec<Binding>,
    scoped: FxHashMap<Value, Vec<Candidate>>,
    /// Symbols of the local bindings that are now in `scoped`, oldest first.
    local: Vec<Value>,
    modules: FxHashMap<ScopeId, (ModuleId, Names)>,
}

/// What resolution found.
#[derive(Clone, Copy, PartialEq)]
pub struct Found {
    /// The binding.
    pub binding: BindingId,
    /// Whether the identifier's module imported it.
    pub imported: bool,
}

impl Bindings {
    /// A binding by its number.
    pub fn get(&self, id: BindingId) -> &Binding {
        &self.all[id.0 as usize]
    }

    /// A new binding without a name.
    pub fn make(&mut self, binding: Binding) -> BindingId {
        self.all.push(binding);
        BindingId(self.all.len() as u32 - 1)
    }

    /// How many bindings there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Forgets all bindings but the first so many: no name means them.
    pub fn forget(&mut self, count: usize) {
        self.all.truncate(count);
    }

    /// Declares a module's scope.
    pub fn add_module(&mut self, scope: ScopeId, module: ModuleId) {
        self.modules.insert(scope, (module, Names::default()));
    }

    /// The module and the names of a module's scope.
    pub fn names(&self, scope: ScopeId) -> Option<&(ModuleId, Names)> {
        self.modules.get(&scope)
    }

    /// The names of a module's scope.
    pub fn names_mut(&mut self, scope: ScopeId) -> Option<&mut Names> {
        self.modules.get_mut(&scope).map(|(_, names)| names)
    }

    /// Binds a symbol with a set of scopes until further notice.
    pub fn bind(&mut self, sets: &ScopeSets, symbol: Value, set: SetId, binding: BindingId) {
        let list = self.scoped.entry(symbol).or_default();
        let below = list.last().map_or(0, |c| c.below.max(sets.size(c.set)));
        list.push(Candidate { set, binding, below });
    }

    /// Binds a symbol with a set of scopes until [`Bindings::leave`].
    pub fn bind_local(&mut self, sets: &ScopeSets, symbol: Value, set: SetId, binding: BindingId) {
        self.bind(sets, symbol, set, binding);
        self.local.push(symbol);
    }

    /// Where the local bindings end now.
    pub fn enter(&self) -> usize {
        self.local.len()
    }

    /// Removes the local bindings made since `mark`.
    pub fn leave(&mut self, mark: usize) {
        for symbol in self.local.drain(mark..) {
            if let Some(list) = self.scoped.get_mut(&symbol) {
                list.pop();
            }
        }
    }

    /// The meaning of a symbol with a set of scopes.
    pub fn resolve(&self, sets: &ScopeSets, symbol: Value, set: SetId) -> Option<Found> {
        let mut best: Option<(u32, BindingId)> = None;
        if let Some(list) = self.scoped.get(&symbol) {
            for candidate in list.iter().rev() {
                let size = sets.size(candidate.set);
                if best.is_none_or(|(n, _)| size > n) && sets.is_subset(candidate.set, set) {
                    best = Some((size, candidate.binding));
                }
                if best.is_some_and(|(n, _)| n >= candidate.below) {
                    break;
                }
            }
        }
        match best {
            Some((_, binding)) => Some(Found { binding, imported: false }),
            None => {
                let entry = self.modules.get(&sets.root(set))?.1.get(&symbol)?;
                Some(Found { binding: entry.binding, imported: entry.imported })
            }
        }
    }

    /// The binding made for exactly this set.
    pub fn exact(&self, symbol: Value, set: SetId) -> Option<BindingId> {
        self.scoped.get(&symbol)?.iter().rev().find(|c| c.set == set).map(|c| c.binding)
    }

    /// Symbols that some local binding or macro-introduced definition has now.
    pub fn scoped_symbols(&self) -> impl Iterator<Item = Value> + '_ {
        self.scoped.iter().filter(|(_, list)| !list.is_empty()).map(|(&symbol, _)| symbol)
    }
}
