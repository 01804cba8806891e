//! The compiler as something that running Scheme code can call: expander, passes and loader, owned by the runtime's context and
//! taken out of it for as long as they work.
//!
//! ```text
//! Engine ── enters ──> Scheme code ── eval, load, … ──> host function ── compiles ──> a procedure that it tail-calls
//!                                                             └─ expander ── PhaseOne ── enters ──> a macro transformer
//! ```
//!
//! The [`Compiler`] is the value in `Runtime::host`. [`with`] takes it out and puts it back, so nobody ever has two references to it.
//! The expander works on a [`World`] and a [`SourceMap`] that [`expand`] has taken out of the compiler, while the rest stays where it
//! is; so the Scheme code of a macro transformer finds a compiler, too: [`PhaseOne::evaluate`] and [`PhaseOne::apply`] lend it the source map
//! for as long as they run. The world that is being expanded is then in the expander's state ([`procedural::State`]): what is
//! expanded in it meanwhile is for phase 1.
//!
//! What is compiled while a program runs is for the baseline, by the passes that pay off for code that runs once.

use crate::ast::ir as ast;
use crate::baseline::Hot;
use crate::diagnostic::{Diagnostic, Kind};
use crate::engine::Tier;
use crate::failure::{self, Failure};
use crate::load::Loader;
use crate::pipeline::{Effort, Pipeline};
use crate::reader::literal::Fresh;
use crate::source::{Mark, OriginData, SourceMap, Span};
use crate::syntax::live::{self, Live};
use crate::syntax::{EnvironmentId, PhaseOne, World, procedural};
use kestrel_runtime::control::Leave;
use kestrel_runtime::heap::Handle;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// Most expansions that may be in progress at once, each begun by a transformer of the one before.
const MAX_NESTED: usize = 64;

/// An environment of one of the compiler's worlds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The world.
    pub world: usize,
    /// The environment in it.
    pub environment: EnvironmentId,
}

/// Everything between text and code that outlives one compilation.
pub struct Compiler {
    pub(crate) sources: SourceMap,
    pub(crate) pipeline: Pipeline,
    loader: Loader,
    tier: Tier,
    /// Folders searched for libraries before the program's own, and after it.
    library_path: [Vec<PathBuf>; 2],
    /// `None` while it is being expanded, or when its program has ended.
    worlds: Vec<Option<World>>,
    /// The environment of the REPL, made on first use.
    pub(crate) repl: Option<Place>,
    /// The world of what runs now.
    current: Option<usize>,
    /// Its `(interaction-environment)`, if it is ready.
    pub(crate) interaction: Option<Place>,
    /// Environments that cannot be changed, by their worlds, how many libraries had been declared there, and what they were made from.
    pub(crate) environments: FxHashMap<(usize, u32, String), EnvironmentId>,
    /// Entries into transformers in progress.
    nested: usize,
}

impl Compiler {
    /// A compiler for a context, which from then on owns it.
    /// `hot` is the number of runs after which code is compiled, where the tier is `Tier::Auto`.
    pub fn install(ctx: &mut Ctx, tier: Tier, hot: u32, pipeline: Pipeline, library_path: [Vec<PathBuf>; 2]) {
        let loader = Loader::new(ctx, hot);
        let compiler = Compiler {
            sources: SourceMap::new(),
            pipeline,
            loader,
            tier,
            library_path,
            worlds: Vec::new(),
            repl: None,
            current: None,
            interaction: None,
            environments: FxHashMap::default(),
            nested: 0,
        };
        ctx.runtime.host = Some(Box::new(compiler));
        ctx.runtime.serve = Some(crate::eval::serve);
        procedural::service::install(ctx);
    }

    /// The compiler of a context in which one is installed.
    pub(crate) fn of(ctx: &Ctx) -> Option<&Compiler> {
        ctx.runtime.host.as_ref()?.downcast_ref()
    }

    /// Adds a world whose libraries are looked for in the search path, of which its own folder is part.
    pub(crate) fn add_world(&mut self, own: &Path) -> usize {
        let [before, after] = &self.library_path;
        let folders = before.iter().map(PathBuf::as_path).chain([own]).chain(after.iter().map(PathBuf::as_path));
        let folders = folders.map(Path::to_path_buf).collect();
        let number = self.worlds.len() as u32;
        self.worlds.push(Some(World::new(folders).numbered(number)));
        self.worlds.len() - 1
    }

    /// Forgets a world: nothing can be evaluated in its environments any more.
    pub(crate) fn drop_world(&mut self, world: usize) {
        if let Some(slot) = self.worlds.get_mut(world) {
            *slot = None;
        }
        self.environments.retain(|key, _| key.0 != world);
    }

    /// The world of what runs now, for `environment`.
    pub(crate) fn current(&self) -> Option<usize> {
        self.current
    }

    /// Something of this world is about to run; `interaction` is its environment, if it has one already.
    pub(crate) fn begin(&mut self, world: usize, interaction: Option<Place>) {
        self.current = Some(world);
        self.interaction = interaction;
    }

    /// A world that is not being expanded.
    pub(crate) fn world(&self, world: usize) -> Option<&World> {
        self.worlds.get(world)?.as_ref()
    }

    /// Names in scope in the REPL.
    pub(crate) fn repl_names(&self) -> Vec<&'static str> {
        let names = || {
            let Place { world, environment } = self.repl?;
            Some(self.world(world)?.names(environment))
        };
        names().unwrap_or_default()
    }

    /// Compiles an expanded program whose last form is `form`; answers the procedure that runs it.
    pub(crate) fn compile(
        &mut self,
        ctx: &mut Ctx,
        program: ast::Program,
        form: Span,
        effort: Effort,
    ) -> Result<Value, Failure> {
        let span = Span { file: form.file, start: 0, end: 0 };
        let place =
            self.sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None });
        let Some(program) = self.pipeline.run(program, place, &mut self.sources, ctx, effort)? else {
            return Err(Failure::Stopped);
        };
        let tier = match effort {
            Effort::Whole => self.tier,
            Effort::Once => Tier::Baseline,
        };
        self.loader.load(ctx, &self.sources, &mut self.pipeline, program, tier, effort)
    }
}

/// What the baseline calls when code is hot.
pub(crate) fn compile_hot(ctx: &mut Ctx, hot: Hot) {
    with(ctx, |compiler, ctx| compiler.loader.compile_hot(ctx, &compiler.sources, &mut compiler.pipeline, hot));
}

/// Lets `f` work with the compiler of a context and the context itself. `None` if there is no compiler, or it is at work.
pub(crate) fn with<R>(ctx: &mut Ctx, f: impl FnOnce(&mut Compiler, &mut Ctx) -> R) -> Option<R> {
    let mut compiler = ctx.runtime.host.take()?.downcast::<Compiler>().ok()?;
    let answer = f(&mut compiler, ctx);
    ctx.runtime.host = Some(compiler);
    Some(answer)
}

/// Lets `f` expand something in a world: for phase 1, if a transformer runs that is part of an expansion there. `None` if the world is gone.
pub(crate) fn expand<R>(
    ctx: &mut Ctx,
    world: usize,
    f: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> R,
) -> Option<R> {
    let taken = with(ctx, |compiler, _| {
        let world = compiler.worlds.get_mut(world)?.take()?;
        Some((world, std::mem::take(&mut compiler.sources)))
    });
    let Some((mut its, mut sources)) = taken.flatten() else { return expand_within(ctx, world, f) };
    let answer = f(&mut its, &mut sources, ctx);
    with(ctx, |compiler, _| {
        compiler.worlds[world] = Some(its);
        compiler.sources = sources;
    })?;
    Some(answer)
}

/// Lets `f` expand something for phase 1 in a world that is being expanded, while Scheme code runs for that expansion.
fn expand_within<R>(
    ctx: &mut Ctx,
    world: usize,
    f: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> R,
) -> Option<R> {
    if World::being_expanded(ctx)?.number() != world {
        return None;
    }
    let mut sources = with(ctx, |compiler, _| std::mem::take(&mut compiler.sources))?;
    let mut state = ctx.runtime.expander.state.take()?.downcast::<procedural::State>().ok()?;
    let outer = state.world.enter_phase_one();
    let answer = f(&mut state.world, &mut sources, ctx);
    state.world.leave_phase_one(outer);
    ctx.runtime.expander.state = Some(state);
    with(ctx, |compiler, _| compiler.sources = sources)?;
    Some(answer)
}

/// The number of the world of what runs now, which may be being expanded.
pub(crate) fn current_world(ctx: &Ctx) -> Option<usize> {
    match World::being_expanded(ctx) {
        Some(world) => Some(world.number()),
        None => Compiler::of(ctx)?.current(),
    }
}

/// The same for a form whose syntax is only needed meanwhile, and its origins until it is compiled: [`SourceMap::forget`] takes the mark.
pub(crate) fn expand_passing<R>(
    ctx: &mut Ctx,
    world: usize,
    f: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> R,
) -> Option<(R, Mark)> {
    // What is being expanded has newer syntax than what could be reclaimed.
    let is_nested = World::being_expanded(ctx).is_some();
    expand(ctx, world, |world, sources, ctx| {
        if !is_nested {
            world.reclaim(ctx.gc_stats().major, ctx.newest_syntax().of(world.number() as u32));
        }
        let (mark, origins) = (world.mark(), sources.mark());
        let answer = f(world, sources, ctx);
        if world.forget(mark, ctx.gc_stats().major) {
            ctx.note_passing();
        }
        (answer, origins)
    })
}

/// Lets `f` work on the world of the program that runs now. `None` if that is being expanded, or gone.
pub(crate) fn in_current_world<R>(ctx: &mut Ctx, f: impl FnOnce(&mut World, &mut Ctx) -> R) -> Option<R> {
    let world = with(ctx, |compiler, _| compiler.current())??;
    expand(ctx, world, |world, _, ctx| f(world, ctx))
}

/// Enters Scheme code in the midst of an expansion, with the source map where a nested one finds it.
fn enter(
    ctx: &mut Ctx,
    sources: &mut SourceMap,
    procedure: Value,
    arguments: &[Value],
) -> Result<Vec<Value>, Diagnostic> {
    let lend = |compiler: &mut Compiler, sources: &mut SourceMap, change: isize| {
        std::mem::swap(&mut compiler.sources, sources);
        compiler.nested = compiler.nested.saturating_add_signed(change);
        compiler.nested
    };
    let nested = with(ctx, |compiler, _| lend(compiler, sources, 1)).ok_or_else(no_compiler)?;
    let result = if nested > MAX_NESTED {
        Err(Diagnostic::without_place(Kind::Syntax, "expansions begun by macro transformers nest too deeply"))
    } else {
        let entered = ctx.enter(procedure, arguments);
        entered.map_err(|leave| left(ctx, leave))
    };
    with(ctx, |compiler, _| lend(compiler, sources, -1)).ok_or_else(no_compiler)?;
    result
}

fn no_compiler() -> Diagnostic {
    Diagnostic::without_place(Kind::Internal, "there is no compiler at hand to evaluate with")
}

/// Why Scheme code that ran during an expansion gave no values. An interrupt is passed on to the program around.
fn left(ctx: &Ctx, leave: Leave) -> Diagnostic {
    let message = match leave {
        Leave::Uncaught(uncaught) => {
            return failure::uncaught_in_transformer(ctx, uncaught.condition, &uncaught.backtrace);
        }
        Leave::Exit(status) => format!("the program was asked to exit with status {status} while it is being expanded"),
        Leave::Interrupted(_) => {
            ctx.interrupter().interrupt();
            "interrupted".to_owned()
        }
    };
    Diagnostic::without_place(Kind::Syntax, message)
}

impl PhaseOne for Ctx {
    fn ctx(&mut self) -> &mut Ctx {
        self
    }

    fn evaluate(&mut self, sources: &mut SourceMap, program: ast::Program) -> Result<Handle, Vec<Diagnostic>> {
        let form = program.place(sources);
        let compiled = with(self, |compiler, ctx| {
            std::mem::swap(&mut compiler.sources, sources);
            let compiled = compiler.compile(ctx, program, form, Effort::Once);
            std::mem::swap(&mut compiler.sources, sources);
            compiled
        });
        let procedure = compiled.ok_or_else(|| vec![no_compiler()])?.map_err(|failure| match failure {
            Failure::BadProgram(all) => all,
            other => vec![Diagnostic::without_place(Kind::Internal, format!("{other:?}"))],
        })?;
        let values = enter(self, sources, procedure, &[]).map_err(|d| vec![d])?;
        let value = values.last().copied().unwrap_or(Value::UNSPECIFIED);
        Ok(self.root(value))
    }

    fn apply(
        &mut self,
        sources: &mut SourceMap,
        transformer: &Handle,
        arguments: &[Value],
    ) -> Result<Value, Diagnostic> {
        match enter(self, sources, transformer.get(), arguments)?[..] {
            [value] => Ok(value),
            ref values => {
                let message = format!("a transformer must return one value, not {}", values.len());
                Err(Diagnostic::without_place(Kind::Syntax, message))
            }
        }
    }

    fn cell(&mut self, name: Value) -> Value {
        self.static_cell(Value::UNBOUND, name)
    }

    fn fresh(&mut self) -> Fresh<'_> {
        Fresh(self)
    }

    fn live(&mut self, value: Value) -> Live {
        live::read(self, value)
    }

    fn keep(&mut self, value: Value) -> Option<Handle> {
        (!self.is_constant(value)).then(|| self.root(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::HOT;
    use crate::pipeline::Options;
    use crate::reader::{self, datum::Data};
    use crate::source::SourceFile;
    use kestrel_runtime::control::Options as RuntimeOptions;

    fn context(gc_stress: bool) -> Box<Ctx> {
        let mut ctx = Ctx::new(RuntimeOptions { gc_stress, verify_heap: true, ..RuntimeOptions::default() });
        let pipeline = Pipeline::new(Options::default()).expect("no passes are named");
        Compiler::install(&mut ctx, Tier::Baseline, HOT, pipeline, Default::default());
        ctx
    }

    /// Expands a text's last form in a new environment, after having evaluated the others at expansion time.
    fn evaluate(ctx: &mut Ctx, text: &str) -> Result<Handle, Vec<Diagnostic>> {
        let world = with(ctx, |compiler, _| compiler.add_world(Path::new("."))).expect("a compiler");
        let evaluated = expand(ctx, world, |world, sources, ctx| {
            let environment = world.environment();
            let imported = world.import_standard(environment, sources, ctx)?;
            let mut last = ctx.evaluate(sources, imported)?;
            let file = sources.add(SourceFile { name: "test".into(), path: None, text: text.into() });
            let mut data = Data::new();
            for root in reader::read_all(file, text, &mut data)? {
                let program = world.expand_form(environment, sources, ctx, data.clone(), root)?;
                last = ctx.evaluate(sources, program)?;
            }
            Ok(last)
        });
        evaluated.expect("nobody else expands")
    }

    #[test]
    fn transformers_run_during_an_expansion_and_survive_collections() {
        for stress in [false, true] {
            let mut ctx = context(stress);
            let transformer = evaluate(&mut ctx, "(define n 1) (lambda (x) (set! n (+ n 1)) (list x n))");
            let transformer = transformer.expect("a procedure");
            let world = with(&mut ctx, |compiler, _| compiler.add_world(Path::new("."))).expect("a compiler");
            for n in 2..5 {
                ctx.collect();
                let shown = expand(&mut ctx, world, |_, sources, ctx| {
                    let form = ctx.cons(Value::fixnum(n), Value::NULL);
                    let answer = ctx.apply(sources, &transformer, &[form]).expect("no error");
                    kestrel_runtime::print::to_string(ctx, answer, kestrel_runtime::print::Mode::Write)
                });
                assert_eq!(shown, Some(format!("(({n}) {n})")));
            }
        }
    }

    #[test]
    fn what_goes_wrong_in_a_transformer_is_a_diagnostic() {
        let mut ctx = context(false);
        for (text, message) in [
            ("(lambda (x) (car x))", "car: argument 1 must be a pair, but is 5"),
            ("(lambda (x) (raise 'mine))", "uncaught object raised: mine"),
            ("(lambda (x) (values))", "a transformer must return one value, not 0"),
            ("(lambda (x) (exit 3))", "the program was asked to exit with status 3 while it is being expanded"),
        ] {
            let transformer = evaluate(&mut ctx, text).expect("a procedure");
            let world = with(&mut ctx, |compiler, _| compiler.add_world(Path::new("."))).expect("a compiler");
            let answer =
                expand(&mut ctx, world, |_, sources, ctx| ctx.apply(sources, &transformer, &[Value::fixnum(5)]));
            assert_eq!(answer.expect("nobody else expands").expect_err("it fails").message, message);
        }
        assert!(evaluate(&mut ctx, "(if)").is_err());
    }

    #[test]
    fn what_transformers_have_seen_is_forgotten_after_a_collection() {
        let mut ctx = context(false);
        let world = with(&mut ctx, |compiler, _| compiler.add_world(Path::new("."))).expect("a compiler");
        let mut place = None;
        let mut run = |ctx: &mut Ctx, text: &str| {
            let (program, _) = expand_passing(ctx, world, |world, sources, ctx| {
                let environment = *place.get_or_insert_with(|| world.environment());
                let file = sources.add(SourceFile { name: "test".into(), path: None, text: text.into() });
                let mut data = Data::new();
                let roots = reader::read_all(file, text, &mut data)?;
                let program = world.expand_form(environment, sources, ctx, data, roots[0])?;
                ctx.evaluate(sources, program)
            })
            .expect("nobody else expands");
            program.expect("no errors");
        };
        run(&mut ctx, "(import (scheme base) (kestrel macros))");
        run(&mut ctx, "(begin-for-syntax (define kept #f))");
        run(
            &mut ctx,
            "(define-syntax m (lambda (x) (syntax-case x (keep) ((_ keep) (begin (set! kept x) #'1)) (_ #'2))))",
        );
        let forms = |ctx: &mut Ctx| {
            ctx.collect();
            expand(ctx, world, |world, _, ctx| {
                world.reclaim(ctx.gc_stats().major, ctx.newest_syntax().of(world.number() as u32));
                world.forms()
            })
        };
        run(&mut ctx, "(m)");
        let before = forms(&mut ctx);
        (0..20).for_each(|_| run(&mut ctx, "(define y (m))"));
        assert_eq!(forms(&mut ctx), before);
        run(&mut ctx, "(m keep)");
        assert!(forms(&mut ctx) > before);
        run(&mut ctx, "(begin-for-syntax (set! kept #f))");
        assert_eq!(forms(&mut ctx), before);
    }
}
