//! Macros whose transformers are procedures: `syntax-case` (R6RS libraries, chapter 12), and explicit renaming on top of it.
//!
//! | file | what |
//! |---|---|
//! | [`instance`] | code that runs during expansion: transformers, `begin-for-syntax`, instances of libraries |
//! | [`case`] | `syntax-case`, `with-syntax`, `syntax`, `quasisyntax` |
//! | [`given`] | forms as pairs, vectors and symbols, and the way back: for explicit renaming |
//! | [`value`] | values to syntax, and syntax to values |
//! | [`service`] | what procedures on syntax objects ask the expander while a transformer runs |
//!
//! ```text
//! (define-syntax m (lambda (stx) …))   the expression is expanded for phase 1, compiled for the baseline and run: a transformer
//! (m a b)                              the transformer is applied to the form; what it answers is expanded in its place
//! ```
//!
//! Hygiene is that of [`rules`](super::rules): each use makes a fresh scope, which a template that is filled while the transformer runs adds to its
//! own parts, so that they differ from what came in. The scopes of the transformer's own code are taken from templates as they are compiled
//! (`prune`): a variable of the transformer is none of the program.
//!
//! Phases: what a module imports can be used in its transformers, in instances of its own (user libraries are instantiated again, on
//! first use; built-in ones definition by definition). Variables of the program have no value while macros are expanded. Phases above 1
//! share the instances of phase 1.
//!
//! Roots: a transformer is a [`Handle`]; syntax objects hold no pointers; objects that become part of syntax are kept in static cells.

pub mod case;
pub mod given;
pub mod instance;
pub mod service;
pub mod value;

use super::object::Stx;
use super::rules::expand::Definition;
use super::scope::{ExpansionId, ScopeId, UseSites};
use super::{Expander, PhaseOne, World};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceMap, Span};
use given::Given;
use kestrel_runtime::heap::Handle;
use kestrel_runtime::{Ctx, Value};
use value::{Problem, Symbols, Wrapper};

/// A macro whose transformer is a procedure.
pub struct Transformer {
    /// Its name and where it is from.
    pub definition: Definition,
    /// The procedure.
    pub procedure: Handle,
    /// Whether it takes `set!` forms, too.
    pub variable: bool,
}

/// A use of a macro while its transformer runs, or a form that is evaluated for phase 1.
#[derive(Clone, Copy)]
pub struct Current {
    /// The scope of what the transformer introduces.
    pub scope: ScopeId,
    /// The expansion, if it is one.
    pub expansion: ExpansionId,
    /// The position of what has none.
    pub span: Span,
    /// How many forms there may be at its end.
    pub limit: usize,
}

/// What the primitives on syntax objects work on: what [`kestrel_runtime::object::syntax::Expander`] holds while Scheme code runs.
pub struct State {
    /// The world that is being expanded.
    pub world: World,
    /// What Scheme code runs for; nothing when the program itself asks.
    pub current: Option<Current>,
    /// What a transformer with explicit renaming was given.
    pub given: Given,
}

impl World {
    /// The world that Scheme code runs for as part of its expansion.
    pub fn being_expanded(ctx: &Ctx) -> Option<&World> {
        ctx.runtime.expander.state.as_ref()?.downcast_ref::<State>().map(|state| &state.world)
    }
}

impl Expander<'_> {
    /// Lets Scheme code run while it can ask about syntax objects.
    fn with_scheme<R>(&mut self, current: Current, run: impl FnOnce(&mut dyn PhaseOne, &mut SourceMap) -> R) -> R {
        self.world.lent_syntax += 1;
        let state = State { world: std::mem::take(self.world), current: Some(current), given: Given::default() };
        let expander = &mut self.host.ctx().runtime.expander;
        let outer = expander.state.replace(Box::new(state));
        let answer = run(self.host, self.sources);
        let expander = &mut self.host.ctx().runtime.expander;
        let state = std::mem::replace(&mut expander.state, outer);
        if let Some(state) = state.and_then(|s| s.downcast::<State>().ok()) {
            *self.world = state.world;
        }
        answer
    }

    /// Expands a use of a macro by its transformer; errors are reported.
    pub(crate) fn transform(&mut self, t: &Transformer, form: Stx, use_sites: &mut UseSites) -> Option<Stx> {
        if self.stopped {
            return None;
        }
        let (expansion, used) = self.begin_expansion(t.definition, form, use_sites)?;
        let scope = self.syntax().sets.fresh_for(expansion);
        let limit = self.generated_limit();
        let current = Current { scope, expansion, span: t.definition.span, limit };
        let input = value::of_syntax(self.host.ctx(), &mut self.world.syntax, used);
        let procedure = &t.procedure;
        let answer = self.with_scheme(current, |host, sources| host.apply(sources, procedure, &[input]));
        match answer {
            Ok(output) => self.output(t, output, form, current),
            Err(error) => {
                self.transformer_error(error, t.definition, form);
                None
            }
        }
    }

    /// What a transformer answered, as syntax.
    fn output(&mut self, t: &Transformer, output: Value, form: Stx, current: Current) -> Option<Stx> {
        let ctx = self.host.ctx();
        let given = Given::default();
        let syntax = &mut self.world.syntax;
        let mut wrapper = Wrapper::new(ctx, syntax, Symbols::Refused, &given, Some(current));
        let problem = match wrapper.output(output) {
            Ok(result) => return Some(result),
            Err(problem) => problem,
        };
        let name = self.text(t.definition.name);
        let (message, help) = match problem {
            Problem::Symbol(symbol) => (
                format!("the transformer of `{name}` answered the bare symbol `{}`", self.text(symbol)),
                Some("a template (#'…) or datum->syntax says what a symbol means"),
            ),
            Problem::Object(object) => {
                let shown = kestrel_runtime::print::to_limited_string(self.host.ctx(), object, 60);
                (format!("the transformer of `{name}` answered {shown}, which is no syntax"), None)
            }
            Problem::Circular => (format!("the transformer of `{name}` answered data that contain themselves"), None),
            Problem::TooMuch => (format!("{name}: the expansion grows without end"), None),
        };
        self.error_with(form, message, |d| {
            let d = d.with_label(t.definition.span, format!("`{name}` is defined here"));
            match help {
                Some(help) => d.with_help(help),
                None => d,
            }
        });
        None
    }

    /// Reports what a transformer raised.
    fn transformer_error(&mut self, error: Diagnostic, m: Definition, form: Stx) {
        let name = self.text(m.name);
        let ctx = self.host.ctx();
        self.stopped |= ctx.interrupter().is_pending();
        let violation = ctx.runtime.expander.violation.take();
        let at = violation.filter(|(message, _)| *message == error.message);
        let at = at.and_then(|(_, parts)| value::of_parts(&self.world.syntax, parts));
        let at = at.unwrap_or(form);
        self.error_with(at, error.message, |d| {
            let mut d = d.with_label(m.span, format!("`{name}` is defined here"));
            d.labels.extend(error.labels);
            d.notes.extend(error.notes);
            d
        });
    }
}
