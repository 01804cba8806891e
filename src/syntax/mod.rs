//! Data to core forms: the expander.
//!
//! It resolves identifiers by sets of scopes (Flatt 2016), expands `syntax-rules` macros, links libraries, and writes the AST
//! directly: every form of R7RS chapters 4 and 5 has an expander in Rust, so nothing is expanded into syntax that is expanded again
//! except by macros.
//!
//! | file | what |
//! |---|---|
//! | [`object`], [`scope`], [`binding`] | syntax objects, sets of scopes, what identifiers mean |
//! | [`core`] | expressions, and the table of core forms |
//! | [`define`] | bodies and definitions |
//! | [`derived`] | the other forms of chapter 4 |
//! | [`quasi`], [`literal`], [`live`] | quasi-quotation; quoted data to values; living data to syntax |
//! | [`rules`] | `syntax-rules`, and the patterns and templates of `syntax-case` |
//! | [`procedural`] | macros whose transformers are procedures |
//! | [`library`], [`embedded`], [`features`] | libraries: linking, built-in texts, `cond-expand` |
//! | [`toplevel`] | closed programs, and the open worlds of the REPL and `eval` |
//! | [`environment`] | the environments of `eval`, in the world of the program that runs |
//! | [`phase`] | Scheme code that runs during expansion |
//! | [`suggest`] | near names |
//! | [`inventory`] | what libraries export, for the documentation |
//!
//! Invariants:
//! 1. A top-level definition of a built-in library is expanded when reached code first refers to it, never otherwise.
//! 2. Quoted data are not copied or walked, except once by [`literal`].
//! 3. Recursion follows the nesting of forms and runs on a growing stack ([`deeper`]); along lists there are loops.
//! 4. A form in error becomes a constant, so that one run reports several errors; a program with errors is never answered.

pub mod binding;
pub mod core;
pub mod define;
pub mod derived;
pub mod embedded;
pub mod environment;
pub mod features;
pub mod inventory;
pub mod library;
pub mod literal;
pub mod live;
pub mod object;
pub mod phase;
pub mod procedural;
pub mod quasi;
pub mod rules;
pub mod scope;
pub mod suggest;
pub mod toplevel;

pub use library::EnvironmentId;
pub use phase::PhaseOne;
pub use toplevel::World;

use crate::arena::{Idx, IndexVec};
use crate::ast::ir::{Expr, ExprId, Node, Program, Stage, Var, VarId};
use crate::diagnostic::{Diagnostic, Kind};
use crate::source::{OriginData, SourceMap, Span};
use binding::{Binding, Found};
use kestrel_runtime::heap::Handle;
use kestrel_runtime::print::to_limited_string;
use kestrel_runtime::{Value, symbol};
use library::ModuleId;
use object::{Stx, Syntax};
use rustc_hash::{FxHashMap, FxHashSet};
use scope::ScopeId;
use toplevel::GlobalId;

/// Name, in positions, of a procedure that has none.
pub const ANONYMOUS: &str = "lambda";
/// Most characters of a form in a message.
const SHOWN_FORM: usize = 60;
/// Errors reported in one run.
const MAX_ERRORS: usize = 20;
/// Stack that must be left, and stack to add, in bytes.
const RED_ZONE: usize = 128 * 1024;
const MORE_STACK: usize = 4 * 1024 * 1024;

/// Runs `f`, on more stack if little is left.
pub(crate) fn deeper<T>(f: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(RED_ZONE, MORE_STACK, f)
}

/// Symbols that the expander knows by their spelling.
pub(crate) struct Spelling {
    pub ellipsis: Value,
    pub underscore: Value,
    pub otherwise: Value,
}

/// One run of the expander over a program or a form.
pub struct Expander<'e> {
    pub(crate) world: &'e mut World,
    pub(crate) sources: &'e mut SourceMap,
    pub(crate) host: &'e mut dyn PhaseOne,
    pub(crate) names: Spelling,
    pub(crate) program: Program,
    pub(crate) errors: Vec<Diagnostic>,
    /// Globals are cells that can be redefined.
    pub(crate) open: bool,
    /// The module whose text is being expanded.
    pub(crate) module: ModuleId,
    /// Name of the procedure around.
    procedure: Value,
    /// Name for the next expression, if it is a procedure.
    name_hint: Value,
    /// Generated forms before the current top-level form.
    pub(crate) generated_at_start: usize,
    /// Variables of the globals of a closed program.
    pub(crate) vars: FxHashMap<GlobalId, VarId>,
    /// Definitions that were reached and are still to be expanded.
    pub(crate) pending: Vec<(ModuleId, usize)>,
    /// Names reported as unbound, each once.
    reported: FxHashSet<Value>,
    /// An import failed, so unbound variables are no news.
    pub(crate) imports_failed: bool,
    /// Files included so far.
    pub(crate) included: usize,
    /// By variable: whether anything refers to it.
    pub(crate) used: Vec<bool>,
    /// 0: the program's code; from 1 on: code that runs while that of the phase below is expanded.
    pub(crate) phase: u32,
    /// The number of this run, which its local variables carry.
    pub(crate) run: u32,
    /// Scopes from this one on belong to the code of this run; templates in it do not have them.
    pub(crate) prune_from: ScopeId,
    /// An interrupt has come: transformers run no more.
    pub(crate) stopped: bool,
    /// The text is a living datum: constants are made in the heap.
    pub(crate) live: bool,
    /// The constants of quoted forms, by text and datum.
    pub(crate) quoted: FxHashMap<(u32, u32), Value>,
    /// Constants that move.
    pub(crate) moving: Vec<(ExprId, Handle)>,
    /// What of the compiler the program can reach.
    pub(crate) reach: environment::Reach,
}

impl<'e> Expander<'e> {
    pub(crate) fn new(
        world: &'e mut World,
        sources: &'e mut SourceMap,
        host: &'e mut dyn PhaseOne,
        open: bool,
        module: ModuleId,
    ) -> Self {
        let generated_at_start = world.syntax.generated_count();
        let prune_from = world.syntax.sets.next();
        let phase = world.phase;
        world.runs += 1;
        let run = world.runs;
        Expander {
            world,
            sources,
            host,
            names: Spelling {
                ellipsis: symbol::intern("..."),
                underscore: symbol::intern("_"),
                otherwise: symbol::intern("else"),
            },
            program: Program {
                exprs: IndexVec::new(),
                vars: IndexVec::new(),
                items: Vec::new(),
                shared: Vec::new(),
                stage: Stage::Expanded,
            },
            errors: Vec::new(),
            open,
            module,
            procedure: Value::FALSE,
            name_hint: Value::FALSE,
            generated_at_start,
            vars: FxHashMap::default(),
            pending: Vec::new(),
            reported: FxHashSet::default(),
            imports_failed: false,
            included: 0,
            used: Vec::new(),
            phase,
            run,
            prune_from,
            stopped: false,
            live: false,
            quoted: FxHashMap::default(),
            moving: Vec::new(),
            reach: environment::Reach::default(),
        }
    }

    pub(crate) fn syntax(&mut self) -> &mut Syntax {
        &mut self.world.syntax
    }

    pub(crate) fn locate(&mut self, s: Stx) -> (Span, Option<Span>) {
        self.world.syntax.locate(s)
    }

    /// A symbol's name.
    pub(crate) fn text(&self, name: Value) -> &'static str {
        symbol::name(name).unwrap_or("")
    }

    /// Reports an error at a form.
    pub(crate) fn error(&mut self, at: Stx, message: impl Into<String>) {
        self.error_with(at, message, |d| d);
    }

    /// Reports an error at a form, with more about it.
    pub(crate) fn error_with(
        &mut self,
        at: Stx,
        message: impl Into<String>,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let (span, caret, labels) = self.world.syntax.error_place(at);
        let mut message = message.into();
        if span == live::NOWHERE && self.syntax().uncons(at).is_some() {
            // What no text shows: a form that a program made.
            let form = procedural::value::datum(self.host.ctx(), &self.world.syntax, at);
            message += &format!(": {}", to_limited_string(self.host.ctx(), form, SHOWN_FORM));
        }
        let mut error = more(Diagnostic::error(Kind::Syntax, span, message));
        error.label = error.label.or(caret);
        for (span, text) in labels {
            if error.span != Some(span) && error.labels.iter().all(|l| l.0 != span) {
                error.labels.push((span, text));
            }
        }
        self.report(error);
    }

    pub(crate) fn report(&mut self, error: Diagnostic) {
        if self.errors.len() < MAX_ERRORS && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// Reports a core form of the wrong shape.
    pub(crate) fn bad_form(&mut self, form: Stx, shape: &str) -> ExprId {
        let keyword = shape.trim_start_matches('(').split([' ', ')']).next().unwrap_or("");
        self.error_with(form, format!("bad syntax in `{keyword}`"), |d| {
            d.with_note(format!("it has the shape {shape}"))
        });
        self.constant(Value::UNSPECIFIED, form)
    }

    /// Adds an expression.
    pub(crate) fn node(&mut self, expr: Expr, at: Stx) -> ExprId {
        if let Expr::Prim(prim) = expr {
            self.reach.note(prim);
        }
        let (span, expanded_from) = self.locate(at);
        let data = OriginData { span, procedure: self.procedure, inlined_at: None, expanded_from };
        let origin = self.sources.origin(data);
        self.program.exprs.push(Node { expr, origin })
    }

    pub(crate) fn constant(&mut self, value: Value, at: Stx) -> ExprId {
        let constant = self.node(Expr::Const(value), at);
        self.moving.extend(self.host.keep(value).map(|handle| (constant, handle)));
        constant
    }

    /// A sequence; a single expression stands for itself.
    pub(crate) fn sequence(&mut self, mut items: Vec<ExprId>, at: Stx) -> ExprId {
        match items.len() {
            0 => self.constant(Value::UNSPECIFIED, at),
            1 => items.remove(0),
            _ => self.node(Expr::Seq(items), at),
        }
    }

    /// A variable that no source names.
    pub(crate) fn temporary(&mut self, name: &str) -> VarId {
        self.variable(symbol::intern(name), false)
    }

    pub(crate) fn variable(&mut self, name: Value, toplevel: bool) -> VarId {
        self.used.push(false);
        self.program.vars.push(Var { name, assigned: false, toplevel })
    }

    /// Starts a procedure's code (`#f`: without a name, see [`ANONYMOUS`]); answers what `leave_procedure` takes.
    pub(crate) fn enter_procedure(&mut self, name: Value) -> Value {
        let name = if name == Value::FALSE { symbol::intern(ANONYMOUS) } else { name };
        std::mem::replace(&mut self.procedure, name)
    }

    pub(crate) fn leave_procedure(&mut self, outer: Value) {
        self.procedure = outer;
    }

    /// A reference to a variable.
    pub(crate) fn local_ref(&mut self, v: VarId, at: Stx) -> ExprId {
        self.used[v.index()] = true;
        self.node(Expr::Ref(v), at)
    }

    /// What an identifier is bound to.
    pub(crate) fn resolve(&mut self, id: Stx) -> Option<Found> {
        self.world.resolve(id)
    }

    /// What an identifier means.
    pub(crate) fn meaning(&mut self, id: Stx) -> Option<Binding> {
        self.resolve(id).map(|f| self.world.bindings.get(f.binding).clone())
    }

    pub(crate) fn is_builtin(&self, module: ModuleId) -> bool {
        self.world.modules[module].builtin
    }
}

#[cfg(test)]
mod tests;
