//! The environments of `eval`: modules whose top level is open, in the world of the program that runs.
//!
//! A program that can reach `eval` sees one location for each variable of its libraries, compiled or evaluated. So when such a program has
//! been expanded, the variables of all library definitions that it has reached become [`Program::shared`]: each gets a cell, which
//! compiled code fills and evaluated code refers to. Definitions that were not reached are expanded when evaluated code first refers to them.
//! Compiled code goes on to use what it knows of variables that nobody can assign. Those that can be assigned by evaluated code are the
//! program's own, if it can reach its own environment ([`Shared::redefinable`]: its calls look whether the procedure is still the one
//! that it has compiled), and those of its libraries that their macros mention, if there is an assignment in
//! any macro, or could, if a macro's transformer is a procedure.
//!
//! `(environment set …)` is a module that cannot be changed; equal import sets give the same one. `(interaction-environment)` is
//! the program's own top level, with all standard names that the program has not bound otherwise.

use super::binding::{Binding, BindingId, Entry};
use super::core::Core;
use super::live::NOWHERE;
use super::object::Stx;
use super::rules::Template;
use super::{EnvironmentId, Expander, PhaseOne, World};
use crate::arena::Idx;
use crate::ast::ir::{Program, Shared, VarId};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;
use kestrel_runtime::prim::Prim;
use kestrel_runtime::{Value, symbol};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// The environments that a program can get hold of.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Reach {
    /// Those with library exports.
    libraries: bool,
    /// Its own.
    program: bool,
}

impl Reach {
    /// The program refers to a primitive.
    pub(crate) fn note(&mut self, prim: Prim) {
        match prim {
            Prim::InteractionEnvironment | Prim::Load => *self = Reach { libraries: true, program: true },
            Prim::Environment | Prim::SchemeReportEnvironment | Prim::NullEnvironment => self.libraries = true,
            _ => {}
        }
    }
}

/// What is imported into a new environment.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// Import sets.
    Sets(&'a [Value]),
    /// What `(scheme r5rs)` exports.
    Report,
    /// The keywords among that.
    Null,
}

/// How much there was in a world; see [`World::forget`].
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    syntax: super::object::Mark,
    bindings: usize,
    local: usize,
    kept_syntax: u64,
    kept_bindings: u64,
    lent_syntax: u64,
}

impl World {
    /// Expands a living datum as a form of an environment, as [`World::expand_form`].
    pub fn expand_value(
        &mut self,
        environment: EnvironmentId,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
        value: Value,
    ) -> Result<Program, Vec<Diagnostic>> {
        let live = host.live(value);
        let form = self.syntax.add_live(live, self.modules[environment.0].set);
        self.expand_open(environment, sources, host, form, true)
    }

    /// A new environment that cannot be changed, and what must be run before it is used.
    pub fn import_environment(
        &mut self,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
        wanted: Wanted,
    ) -> Result<(EnvironmentId, Program), Vec<Diagnostic>> {
        let module = self.add_module("environment".into(), false, false);
        self.modules[module].frozen = true;
        let mut x = Expander::new(self, sources, host, true, module);
        match wanted {
            Wanted::Sets(sets) => {
                // All before any: a library may have macro transformers run.
                let lives: Vec<_> = sets.iter().map(|&set| x.host.live(set)).collect();
                for live in lives {
                    let set = x.world.modules[module].set;
                    let form = x.syntax().add_live(live, set);
                    x.import_one(module, form);
                }
            }
            Wanted::Report => x.import_report(module, |_| true),
            Wanted::Null => {
                x.import_report(module, |b| matches!(b, Binding::Core(_) | Binding::Macro(_) | Binding::Procedural(_)))
            }
        }
        Ok((EnvironmentId(module), x.finish(None)?))
    }

    /// The environment of the closed program that was expanded in this world, with the standard names that it lacks; and what must be run before
    /// it is used.
    pub fn program_environment(
        &mut self,
        sources: &mut SourceMap,
        host: &mut dyn PhaseOne,
    ) -> Option<(EnvironmentId, Result<Program, Vec<Diagnostic>>)> {
        let module = self.program?;
        let mut x = Expander::new(self, sources, host, true, module);
        x.standard_imports(module, false);
        Some((EnvironmentId(module), x.finish(None)))
    }

    /// What there is now.
    pub fn mark(&self) -> Mark {
        Mark {
            syntax: self.syntax.mark(),
            bindings: self.bindings.count(),
            local: self.bindings.enter(),
            kept_syntax: self.kept_syntax,
            kept_bindings: self.kept_bindings,
            lent_syntax: self.lent_syntax,
        }
    }

    /// Forgets the syntax and the bindings made since, if nothing that was defined meanwhile refers to them. What Scheme code has seen waits for a major
    /// collection: there have been `majors`. Answers whether anything waits.
    pub fn forget(&mut self, mark: Mark, majors: u64) -> bool {
        // Where an expansion failed, a form may not have been left in order.
        self.bindings.leave(mark.local);
        if self.kept_syntax != mark.kept_syntax {
            // What is kept may refer to anything before it.
            self.lent = None;
        } else if self.lent_syntax != mark.lent_syntax {
            let first = self.lent.map(|(first, _)| first).filter(|first| !mark.syntax.is_before(first.syntax));
            self.lent = Some((first.unwrap_or(mark), majors));
            return true;
        } else {
            self.drop_since(mark);
        }
        false
    }

    /// After a major collection, forgets what Scheme code has seen, if it has kept none of it: `needed` says how much it has kept, as
    /// [`NewestSyntax::of`](kestrel_runtime::object::syntax::NewestSyntax::of).
    pub fn reclaim(&mut self, majors: u64, needed: [u32; 3]) {
        let Some((mark, _)) = self.lent.take_if(|(_, since)| *since < majors) else { return };
        if self.kept_syntax != mark.kept_syntax {
            return;
        }
        if mark.syntax.has(needed) {
            self.drop_since(mark);
        } else {
            self.lent = Some((mark, majors));
        }
    }

    /// How many texts, and forms that macros have built, something may still refer to.
    #[cfg(test)]
    pub(crate) fn forms(&self) -> usize {
        self.syntax.text_count() + self.syntax.generated_count()
    }

    fn drop_since(&mut self, mark: Mark) {
        self.syntax.forget(mark.syntax);
        if self.kept_bindings == mark.kept_bindings {
            self.bindings.forget(mark.bindings);
        }
    }
}

impl Expander<'_> {
    fn import_report(&mut self, module: super::library::ModuleId, wanted: impl Fn(&Binding) -> bool) {
        let name: Rc<str> = "scheme r5rs".into();
        let Some(library) = self.library(&name, NOWHERE) else { return };
        let exports: Vec<(Value, BindingId)> =
            self.world.modules[library].exports.iter().map(|(&name, &binding)| (name, binding)).collect();
        let scope = self.world.modules[module].scope;
        for (name, binding) in exports {
            if wanted(self.world.bindings.get(binding))
                && let Some(names) = self.world.bindings.names_mut(scope)
            {
                names.insert(name, Entry { binding, span: None, imported: true });
            }
        }
    }

    /// Whether a module's top level is an environment that cannot be changed, which is then reported.
    pub(super) fn is_frozen(&mut self, module: Option<super::library::ModuleId>, at: Stx, what: &str) -> bool {
        let frozen = module.is_some_and(|m| self.world.modules[m].frozen);
        if frozen {
            let name = self.syntax().symbol(at).and_then(symbol::name);
            let name = name.map_or_else(String::new, |name| format!(" of `{name}`"));
            self.error(at, format!("{what}{name} in an environment that cannot be changed"));
        }
        frozen
    }

    /// Gives the variables that evaluated code may refer to their cells, after all of a closed program has been expanded.
    pub(super) fn share(&mut self) {
        if !self.reach.libraries {
            return;
        }
        let mut variables: Vec<_> = self.vars.iter().map(|(&g, &v)| (v, g)).collect();
        variables.sort_unstable();
        for &(v, g) in &variables {
            let own = Some(self.world.globals[g].module) == self.world.program;
            if own && !self.reach.program {
                continue;
            }
            let cell = self.host.cell(self.world.globals[g].name);
            self.world.globals[g].cell = Some(cell);
            self.program.shared.push(Shared { var: v, cell, redefinable: own });
        }
        for v in self.assignable() {
            self.program.vars[v].assigned = true;
        }
    }

    /// Library variables that a use of a library's macro may assign.
    fn assignable(&mut self) -> Vec<VarId> {
        let mut mentioned = Vec::new();
        let mut assigns = false;
        let mut procedural = FxHashSet::default();
        let macros: Vec<_> = (0..self.world.bindings.count())
            .filter_map(|i| match self.world.bindings.get(BindingId::new(i)) {
                Binding::Macro(m) if !m.definition.builtin => Some(m.clone()),
                Binding::Procedural(t) if !t.definition.builtin => {
                    procedural.insert(t.definition.module);
                    None
                }
                _ => None,
            })
            .collect();
        for m in macros {
            let mut work: Vec<Stx> = (m.templates.iter())
                .filter_map(|t| match t {
                    Template::Constant(s) => Some(*s),
                    _ => None,
                })
                .collect();
            while let Some(form) = work.pop() {
                if let Some((a, d)) = self.syntax().uncons(form) {
                    work.extend([a, d]);
                } else if let Some(items) = self.syntax().vector(form) {
                    work.extend(items);
                } else if self.syntax().symbol(form).is_some() {
                    match self.meaning(form) {
                        Some(Binding::Core(Core::Set)) => assigns = true,
                        Some(Binding::Global(g)) => mentioned.extend(self.vars.get(&g).copied()),
                        _ => {}
                    }
                }
            }
        }
        if !assigns {
            mentioned.clear();
        }
        // What a transformer may introduce is not known.
        mentioned.extend(
            (self.vars.iter()).filter(|&(&g, _)| procedural.contains(&self.world.globals[g].module)).map(|(_, &v)| v),
        );
        mentioned
    }
}
