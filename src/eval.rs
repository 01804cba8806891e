//! `eval`, `load` and their environments: what running programs ask of the compiler.
//!
//! Each service is a control function: it compiles while its arguments are only in registers (nothing is collected then, unless a macro
//! transformer runs, and the expander roots what it needs), and ends by a tail call of what it has compiled. So `eval` in tail position takes no
//! stack, and continuations, handlers, winders and interrupts see one program. What is wrong with the code is raised as an error object.
//!
//! `load` reads a form, evaluates it in a frame that says where the next one begins, and so on: a continuation captured by a
//! form goes on with the forms behind it. A relative file name is relative to the current directory, as for `open-input-file`.

use crate::ast::ir::Program;
use crate::compiler::{self, Compiler, Place};
use crate::diagnostic::Diagnostic;
use crate::direct::{self, Outcome};
use crate::failure::Failure;
use crate::pipeline::Effort;
use crate::reader::datum::Data;
use crate::reader::{CharSource, Reader, StrSource};
use crate::source::{FileId, SourceFile, SourceMap};
use crate::syntax::environment::Wanted;
use crate::syntax::{EnvironmentId, World};
use kestrel_runtime::control::Service;
use kestrel_runtime::layout::{OBJECT_PAYLOAD, WORD};
use kestrel_runtime::object::Str;
use kestrel_runtime::print::{Mode, to_string};
use kestrel_runtime::{Ctx, Value};
use std::path::{Path, PathBuf};

/// Why a service cannot be done.
enum Trouble {
    /// The condition is in the context.
    Raised,
    /// The code is wrong.
    Wrong(Vec<Diagnostic>),
    /// Anything else.
    Other(String),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        match failure {
            Failure::BadProgram(all) => Trouble::Wrong(all),
            Failure::Internal(message) => Trouble::Other(message),
            other => Trouble::Other(format!("{other:?}")),
        }
    }
}

type Done = Result<(), Trouble>;

/// Does a service: `Runtime::serve`.
pub(crate) fn serve(ctx: &mut Ctx, service: Service) {
    let procedure = ctx.regs.closure;
    if ctx.poll(procedure).is_none() {
        return;
    }
    let done = match service {
        Service::Eval => eval(ctx),
        Service::Load => load(ctx),
        Service::Environment => {
            let sets = ctx.arguments();
            import_sets(ctx, &sets).and_then(|()| {
                let key = sets.iter().map(|&set| to_string(ctx, set, Mode::Write)).collect::<Vec<_>>().join(" ");
                environment(ctx, key, Wanted::Sets(&sets))
            })
        }
        Service::Interaction => interaction(ctx),
        Service::Report => report(ctx, "scheme-report-environment", Wanted::Report),
        Service::Null => report(ctx, "null-environment", Wanted::Null),
    };
    finish(ctx, done, procedure);
}

/// Ends a control function that may have failed, as a procedure, which is static or `#f`: Scheme code that ran meanwhile has changed the registers.
fn finish(ctx: &mut Ctx, done: Done, procedure: Value) {
    match done {
        Ok(()) => return,
        Err(Trouble::Raised) => {}
        Err(Trouble::Wrong(all)) => {
            let message = all.first().map_or_else(String::new, |d| described(ctx, d));
            ctx.raise_condition("syntax", &message, &[], Value::FALSE);
        }
        Err(Trouble::Other(message)) => {
            ctx.raise_condition("internal", &message, &[], Value::FALSE);
        }
    }
    ctx.regs.closure = procedure;
    ctx.raise_here();
}

/// What a diagnostic says, and where in a file.
fn described(ctx: &Ctx, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span.filter(|span| span.file != FileId(0)).and_then(|span| {
        let sources = &Compiler::of(ctx)?.sources;
        let (line, column) = sources.line_column(span.file, span.start);
        Some(format!(" (at {}:{line}:{column})", sources.file(span.file).name))
    });
    format!("{}{}", diagnostic.message, place.unwrap_or_default())
}

/// An environment argument.
fn place(ctx: &mut Ctx, who: &str, position: usize, object: Value) -> Result<Place, Trouble> {
    match ctx.environment_parts(object) {
        Some((world, environment)) => Ok(Place { world, environment: EnvironmentId::new(environment) }),
        None => {
            ctx.wrong_type(who, position, object, "environment");
            Err(Trouble::Raised)
        }
    }
}

fn out_of_reach() -> Trouble {
    Trouble::Other("the environment belongs to a program that has ended".to_owned())
}

/// Expands something in a world; answers what `then` makes of it. What only this needed is forgotten.
fn expanded<R>(
    ctx: &mut Ctx,
    world: usize,
    expand: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> Result<Program, Vec<Diagnostic>>,
    then: impl FnOnce(&mut Ctx, Program) -> Result<R, Trouble>,
) -> Result<R, Trouble> {
    let (program, origins) = compiler::expand_passing(ctx, world, expand).ok_or_else(out_of_reach)?;
    let answer = program.map_err(Trouble::Wrong).and_then(|program| then(ctx, program));
    compiler::with(ctx, |compiler, _| compiler.sources.forget(origins));
    answer
}

/// Expands something in a world and compiles it.
fn compile(
    ctx: &mut Ctx,
    world: usize,
    expand: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> Result<Program, Vec<Diagnostic>>,
) -> Result<Value, Trouble> {
    expanded(ctx, world, expand, compile_expanded)
}

fn compile_expanded(ctx: &mut Ctx, program: Program) -> Result<Value, Trouble> {
    let compiled = compiler::with(ctx, |compiler, ctx| {
        let place = program.place(&compiler.sources);
        compiler.compile(ctx, program, place, Effort::Once)
    });
    Ok(compiled.ok_or_else(out_of_reach)??)
}

fn eval(ctx: &mut Ctx) -> Done {
    let (expression, environment) = (ctx.argument(0), ctx.argument(1));
    let Place { world, environment } = place(ctx, "eval", 2, environment)?;
    let expand = |world: &mut World, sources: &mut SourceMap, ctx: &mut Ctx| {
        world.expand_value(environment, sources, ctx, expression)
    };
    let outcome = expanded(ctx, world, expand, |ctx, program| {
        if direct::is_simple(&program) {
            return Ok(direct::run(ctx, &program));
        }
        compile_expanded(ctx, program).map(|entry| Outcome::Call(entry, Vec::new()))
    })?;
    match outcome {
        Outcome::Value(value) => ctx.return_value(value),
        Outcome::Call(procedure, arguments) => ctx.tail_call(procedure, &arguments),
        Outcome::Raised => return Err(Trouble::Raised),
    }
    Ok(())
}

/// What was computed for the sake of something else has been: returns that.
extern "C" fn give(ctx: &mut Ctx, data: Value) {
    ctx.return_value(data);
}

/// Returns an environment object, after having run what makes it ready.
fn make_ready(ctx: &mut Ctx, place: Place, ready: Option<Value>) {
    let object = ctx.make_environment(place.world, place.environment.index());
    match ready {
        None => ctx.return_value(object),
        Some(entry) => {
            ctx.push_host_return(give, object);
            ctx.tail_call(entry, &[]);
        }
    }
}

/// Each argument of `environment` is at least a pair; the expander says what else is wrong with one.
fn import_sets(ctx: &mut Ctx, sets: &[Value]) -> Done {
    match sets.iter().position(|set| !set.is_pair()) {
        Some(i) => {
            ctx.wrong_type("environment", i + 1, sets[i], "import set");
            Err(Trouble::Raised)
        }
        None => Ok(()),
    }
}

/// Returns an environment that cannot be changed; there is one for each key.
fn environment(ctx: &mut Ctx, key: String, wanted: Wanted) -> Done {
    let world = compiler::current_world(ctx).ok_or_else(out_of_reach)?;
    // Phase 1 has instances of its own.
    let for_syntax = World::being_expanded(ctx).is_some();
    let key = if for_syntax { format!("for syntax: {key}") } else { key };
    let known = compiler::with(ctx, |compiler, _| {
        let declared = compiler.world(world).map_or(0, |world| world.declared);
        let key = (world, declared, key);
        (compiler.environments.get(&key).copied(), key)
    });
    let (known, key) = known.ok_or_else(out_of_reach)?;
    if let Some(environment) = known {
        make_ready(ctx, Place { world, environment }, None);
        return Ok(());
    }
    let mut made = None;
    let entry = compile(ctx, world, |world, sources, ctx| {
        let (environment, program) = world.import_environment(sources, ctx, wanted)?;
        made = Some(environment);
        Ok(program)
    })?;
    let environment = made.ok_or_else(out_of_reach)?;
    compiler::with(ctx, |compiler, _| compiler.environments.insert(key, environment));
    make_ready(ctx, Place { world, environment }, Some(entry));
    Ok(())
}

fn report(ctx: &mut Ctx, who: &str, wanted: Wanted) -> Done {
    let version = ctx.argument(0);
    if version != Value::fixnum(5) {
        if version.is_fixnum() {
            ctx.bad_range(who, 1, version, 5, 6);
        } else {
            ctx.wrong_type(who, 1, version, "exact integer");
        }
        return Err(Trouble::Raised);
    }
    environment(ctx, who.to_owned(), wanted)
}

/// Returns the environment of the REPL, or the program's own.
fn interaction(ctx: &mut Ctx) -> Done {
    if World::being_expanded(ctx).is_some() {
        return Err(Trouble::Other("there is no interaction environment while macros are expanded".to_owned()));
    }
    let found = compiler::with(ctx, |compiler, _| (compiler.interaction, compiler.current()));
    let (place, world) = found.ok_or_else(out_of_reach)?;
    if let Some(place) = place {
        make_ready(ctx, place, None);
        return Ok(());
    }
    let world = world.ok_or_else(out_of_reach)?;
    let mut made = None;
    let entry = compile(ctx, world, |world, sources, ctx| match world.program_environment(sources, ctx) {
        Some((environment, program)) => {
            made = Some(environment);
            program
        }
        None => Err(Vec::new()),
    })?;
    let environment = made.ok_or_else(out_of_reach)?;
    let place = Place { world, environment };
    compiler::with(ctx, |compiler, _| compiler.interaction = Some(place));
    make_ready(ctx, place, Some(entry));
    Ok(())
}

fn load(ctx: &mut Ctx) -> Done {
    let name = ctx.argument(0);
    if Str::of(name).is_none() {
        ctx.wrong_type("load", 1, name, "string");
        return Err(Trouble::Raised);
    }
    if ctx.regs.argc == 2 {
        let environment = ctx.argument(1);
        place(ctx, "load", 2, environment)?;
        return load_file(ctx, name, environment);
    }
    ctx.push_host_return(load_here, name);
    interaction(ctx)
}

/// The environment to load into has been returned; the data is the file's name.
extern "C" fn load_here(ctx: &mut Ctx, name: Value) {
    let environment = ctx.argument(0);
    let done = load_file(ctx, name, environment);
    finish(ctx, done, Value::FALSE);
}

/// Reads a file and evaluates its forms.
fn load_file(ctx: &mut Ctx, name: Value, environment: Value) -> Done {
    let path = Str::of(name).map_or_else(String::new, |s| s.to_rust(ctx));
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            ctx.file_error("load", name, &error);
            return Err(Trouble::Raised);
        }
    };
    let Ok(text) = String::from_utf8(bytes) else {
        ctx.read_error("load", &format!("{path} is not valid UTF-8 text"));
        return Err(Trouble::Raised);
    };
    let file = compiler::with(ctx, |compiler, _| {
        let known = compiler.sources.find(Path::new(&path), &text);
        known.unwrap_or_else(|| {
            compiler.sources.add(SourceFile { name: path.clone(), path: Some(PathBuf::from(&path)), text })
        })
    });
    let file = file.ok_or_else(out_of_reach)?;
    load_form(ctx, &Rest { environment, file, offset: 0, fold_case: false })
}

/// What is still to be loaded of a file.
struct Rest {
    environment: Value,
    file: FileId,
    offset: usize,
    fold_case: bool,
}

impl Rest {
    fn to_value(&self, ctx: &mut Ctx) -> Value {
        let fields = [
            self.environment,
            Value::fixnum(self.file.0.into()),
            Value::fixnum(self.offset as i64),
            Value::boolean(self.fold_case),
        ];
        ctx.vector_from(&fields).value()
    }
    fn of(ctx: &Ctx, value: Value) -> Rest {
        let field = |i: usize| ctx.field(value, OBJECT_PAYLOAD + i * WORD);
        let number = |i: usize| field(i).as_fixnum().unwrap_or(0);
        Rest {
            environment: field(0),
            file: FileId(number(1) as u32),
            offset: number(2) as usize,
            fold_case: field(3) == Value::TRUE,
        }
    }
}

/// A form has been evaluated; the data is a [`Rest`].
extern "C" fn load_next(ctx: &mut Ctx, rest: Value) {
    let Some(rest) = ctx.poll(rest) else { return };
    let done = load_form(ctx, &Rest::of(ctx, rest));
    finish(ctx, done, Value::FALSE);
}

/// Evaluates the first form of what is left, if there is one, and then the others.
fn load_form(ctx: &mut Ctx, rest: &Rest) -> Done {
    let Place { world, environment } = place(ctx, "load", 2, rest.environment)?;
    let mut data = Data::new();
    let read = compiler::with(ctx, |compiler, _| {
        let source = StrSource::at(&compiler.sources.file(rest.file).text, rest.offset);
        let mut reader = Reader::new(source, rest.file);
        reader.set_fold_case(rest.fold_case);
        let root = reader.read(&mut data);
        (root, reader.source().offset() as usize, reader.fold_case())
    });
    let (root, offset, fold_case) = read.ok_or_else(out_of_reach)?;
    let root = match root {
        Ok(Some(root)) => root,
        Ok(None) => {
            ctx.return_value(Value::UNSPECIFIED);
            return Ok(());
        }
        Err(errors) => {
            let message = errors.first().map_or_else(String::new, |d| described(ctx, d));
            ctx.read_error("load", &message);
            return Err(Trouble::Raised);
        }
    };
    let kept = ctx.root(rest.environment);
    let entry = compile(ctx, world, |world, sources, ctx| world.expand_form(environment, sources, ctx, data, root))?;
    let rest = Rest { environment: kept.get(), file: rest.file, offset, fold_case }.to_value(ctx);
    ctx.push_host_return(load_next, rest);
    ctx.tail_call(entry, &[]);
    Ok(())
}
