//! The owner of everything: the runtime's context, the sources, the libraries, the executors. This is what a program that embeds Kestrel uses.
//!
//! ```no_run
//! use kestrel::engine::{Engine, Options};
//! let mut engine = Engine::new(Options::default())?;
//! let values = engine.eval("example", "(map (lambda (x) (* x x)) '(1 2 3))").map_err(|f| engine.render(&f))?;
//! assert_eq!(values, ["(1 4 9)"]);
//! # Ok::<(), String>(())
//! ```

use crate::ast::ir as ast;
use crate::compiler::{self, Compiler, Place};
use crate::diagnostic::{Diagnostic, Kind};
pub use crate::failure::Failure;
use crate::failure::{self, unavailable};
use crate::pipeline::{self, Effort, Pipeline};
use crate::reader::{self, Reader, StrSource, datum::Data};
use crate::source::{FileId, SourceFile, SourceMap, Span};
use crate::syntax::World;
use kestrel_runtime::control::{Leave, Options as RuntimeOptions};
use kestrel_runtime::heap::GcStats;
use kestrel_runtime::port::system_message;
use kestrel_runtime::print::{self, Mode};
use kestrel_runtime::{Ctx, Value};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How code is executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tier {
    /// By the baseline first; what runs often by LLVM.
    #[default]
    Auto,
    /// Everything by LLVM.
    Llvm,
    /// Everything by the baseline.
    Baseline,
}

/// How often a procedure or a loop runs before it is compiled, if nothing else is said: interpreting it so often takes about as long as
/// compiling it.
pub const HOT: u32 = 4000;

/// What an engine is made with.
#[derive(Clone, Debug)]
pub struct Options {
    /// How code is executed.
    pub tier: Tier,
    /// How often a procedure or a loop runs before `Tier::Auto` compiles it.
    pub hot: u32,
    /// Optimisation level, 0 to 2.
    pub optimize: u8,
    /// Most bytes the heap may take; `None`: half of physical memory.
    pub max_heap: Option<usize>,
    /// Bytes of the nursery; `None`: the default.
    pub nursery: Option<usize>,
    /// Collect at every safepoint.
    pub gc_stress: bool,
    /// Check the heap after every collection.
    pub verify_heap: bool,
    /// Passes after which the program is printed to stdout.
    pub dump: Vec<String>,
    /// Pass after which compilation stops.
    pub stop_after: Option<String>,
    /// Whether to keep the time of each stage.
    pub time_passes: bool,
    /// Folders searched for libraries before the program's own.
    pub library_path: Vec<PathBuf>,
    /// Folders searched for libraries after the program's own.
    pub late_library_path: Vec<PathBuf>,
    /// `(command-line)`.
    pub arguments: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            tier: Tier::Auto,
            hot: HOT,
            optimize: 2,
            max_heap: None,
            nursery: None,
            gc_stress: false,
            verify_heap: false,
            dump: Vec::new(),
            stop_after: None,
            time_passes: false,
            library_path: Vec::new(),
            late_library_path: Vec::new(),
            arguments: vec!["kestrel".into()],
        }
    }
}

/// An instance of Kestrel: a heap with a compiler in it, which knows the sources and the environment of [`Engine::eval`].
pub struct Engine {
    ctx: Box<Ctx>,
    /// Why output could not be written, since the last [`Engine::flush`].
    output_error: Option<std::io::Error>,
}

impl Engine {
    /// A fresh instance. Fails if an option makes no sense or memory cannot be reserved.
    pub fn new(options: Options) -> Result<Engine, String> {
        let pipeline = Pipeline::new(pipeline::Options {
            level: options.optimize,
            dump: options.dump.clone(),
            stop_after: options.stop_after.clone(),
            time: options.time_passes,
        })?;
        let defaults = RuntimeOptions::default();
        let mut ctx = Ctx::new(RuntimeOptions {
            max_heap: options.max_heap.unwrap_or(defaults.max_heap),
            nursery: options.nursery.unwrap_or(defaults.nursery),
            gc_stress: options.gc_stress,
            verify_heap: options.verify_heap,
        });
        ctx.runtime.io.read_datum = Some(reader::port::read_datum);
        ctx.runtime.io.command_line = options.arguments.clone();
        Compiler::install(
            &mut ctx,
            options.tier,
            options.hot,
            pipeline,
            [options.library_path, options.late_library_path],
        );
        Ok(Engine { ctx, output_error: None })
    }

    /// Runs a program file; answers the values of its last expression as `write` shows them.
    pub fn run_file(&mut self, path: &Path) -> Result<Vec<String>, Failure> {
        let name = path.display().to_string();
        let no_input = |e: &dyn std::fmt::Display| Failure::NoInput(format!("{name}: {e}"));
        if path.is_dir() {
            return Err(no_input(&"is a directory"));
        }
        let bytes = std::fs::read(path).map_err(|e| no_input(&system_message(&e)))?;
        self.run_bytes(&name, Some(path), bytes)
    }

    /// Runs a program given as bytes, which must be UTF-8; libraries are looked for next to `path`.
    pub fn run_bytes(&mut self, name: &str, path: Option<&Path>, bytes: Vec<u8>) -> Result<Vec<String>, Failure> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(e) => return Err(Failure::BadProgram(vec![self.invalid_utf8(name, e)?])),
        };
        let folder = path.and_then(Path::parent).filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = self.add_source(name, path, text)?;
        let mut data = Data::default();
        let roots = self.with(|compiler, _| {
            let text = &compiler.sources.file(file).text;
            compiler.pipeline.timed("read", || reader::read_all(file, text, &mut data))
        })??;
        let last = roots.last().map(|&root| data[root].span);
        let world = self.with(|compiler, _| compiler.add_world(folder))?;
        let values = self
            .expand(world, |world, sources, ctx| world.expand_program(sources, ctx, data, &roots))
            .and_then(|program| {
                self.with(|compiler, _| compiler.begin(world, None))?;
                self.execute(program, last.unwrap_or(Span { file, start: 0, end: 0 }))
            });
        self.with(|compiler, _| compiler.drop_world(world))?;
        Ok(self.written(&values?))
    }

    /// Evaluates the forms of a text in the open world that persists between calls, where all standard libraries are
    /// imported; answers the values of the last one as `write` shows them, leaving out a single unspecified value.
    pub fn eval(&mut self, name: &str, text: &str) -> Result<Vec<String>, Failure> {
        let mut last = Vec::new();
        self.eval_each(name, text, |_, values| last = values)?;
        Ok(last)
    }

    /// The same, but gives the values of each form to `each` as soon as they are there.
    pub fn eval_each(
        &mut self,
        name: &str,
        text: &str,
        mut each: impl FnMut(&mut Engine, Vec<String>),
    ) -> Result<(), Failure> {
        let file = self.add_source(name, None, text.to_owned())?;
        let mut reader = Reader::new(StrSource::new(text), file);
        loop {
            let mut data = Data::default();
            let Some(root) = reader.read(&mut data)? else { return Ok(()) };
            let form = data[root].span;
            let Place { world, environment } = self.repl()?;
            let start = Instant::now();
            let expanded = compiler::expand_passing(&mut self.ctx, world, |world, sources, ctx| {
                world.expand_form(environment, sources, ctx, data, root)
            });
            // Its origins stay, for when its code becomes hot.
            let (program, _) = expanded.ok_or_else(unavailable)?;
            let program = self.expanded(program, start)?;
            self.with(|compiler, _| compiler.begin(world, Some(Place { world, environment })))?;
            let values = self.execute(program, form)?;
            let values = if values == [Value::UNSPECIFIED] { Vec::new() } else { self.written(&values) };
            each(self, values);
        }
    }

    /// Whether a text is complete: false if more text could make it so.
    pub fn is_complete(text: &str) -> bool {
        match reader::read_all(FileId(0), text, &mut Data::default()) {
            Ok(_) => true,
            Err(errors) => !reader::is_incomplete(&errors),
        }
    }

    /// Names in scope in the open world of [`Engine::eval`]. None if that world cannot be made, which the next `eval` explains.
    pub fn names(&mut self) -> Vec<String> {
        let _ = self.repl();
        let names = Compiler::of(&self.ctx).map_or_else(Vec::new, Compiler::repl_names);
        names.into_iter().map(str::to_owned).collect()
    }

    /// The environment of [`Engine::eval`], made on first use with the standard libraries imported.
    fn repl(&mut self) -> Result<Place, Failure> {
        if let Some(place) = self.with(|compiler, _| compiler.repl)? {
            return Ok(place);
        }
        let file = self.add_source("start", None, String::new())?;
        let world = self.with(|compiler, _| compiler.add_world(Path::new(".")))?;
        let mut made = None;
        let program = self.expand(world, |world, sources, ctx| {
            let environment = *made.insert(world.environment());
            world.import_standard(environment, sources, ctx)
        })?;
        self.execute(program, Span { file, start: 0, end: 0 })?;
        let place = made.map(|environment| Place { world, environment });
        self.with(|compiler, _| compiler.repl = place)?;
        place.ok_or_else(unavailable)
    }

    /// Lets `f` work with the compiler.
    fn with<R>(&mut self, f: impl FnOnce(&mut Compiler, &mut Ctx) -> R) -> Result<R, Failure> {
        compiler::with(&mut self.ctx, f).ok_or_else(unavailable)
    }

    /// Expands something in a world, and keeps the time.
    fn expand(
        &mut self,
        world: usize,
        f: impl FnOnce(&mut World, &mut SourceMap, &mut Ctx) -> Result<ast::Program, Vec<Diagnostic>>,
    ) -> Result<ast::Program, Failure> {
        let start = Instant::now();
        let program = compiler::expand(&mut self.ctx, world, f).ok_or_else(unavailable)?;
        self.expanded(program, start)
    }

    /// What an expansion answered; keeps the time.
    fn expanded(
        &mut self,
        program: Result<ast::Program, Vec<Diagnostic>>,
        start: Instant,
    ) -> Result<ast::Program, Failure> {
        self.with(|compiler, _| compiler.pipeline.add_time("expand", start.elapsed()))?;
        if program.is_err() && self.ctx.interrupter().is_pending() {
            // A macro's transformer was interrupted.
            self.ctx.clear_interrupt();
            return Err(Failure::Interrupted);
        }
        Ok(program?)
    }

    /// Compiles and runs an expanded program, whose last form is `form`.
    fn execute(&mut self, program: ast::Program, form: Span) -> Result<Vec<Value>, Failure> {
        let entry = self.with(|compiler, ctx| compiler.compile(ctx, program, form, Effort::Whole))??;
        match self.ctx.enter(entry, &[]) {
            Ok(values) => Ok(values),
            Err(Leave::Exit(status)) => Err(Failure::Exit(status as u8)),
            Err(Leave::Interrupted(_)) => Err(Failure::Interrupted),
            Err(Leave::Uncaught(uncaught)) if self.ctx.is_broken_pipe(uncaught.condition) => Err(Failure::ClosedOutput),
            Err(Leave::Uncaught(uncaught)) => {
                Err(failure::uncaught(&self.ctx, uncaught.condition, &uncaught.backtrace, form))
            }
        }
    }

    fn written(&mut self, values: &[Value]) -> Vec<String> {
        values.iter().map(|&v| print::to_string(&self.ctx, v, Mode::Write)).collect()
    }

    fn add_source(&mut self, name: &str, path: Option<&Path>, text: String) -> Result<FileId, Failure> {
        let file = SourceFile { name: name.to_owned(), path: path.map(Path::to_path_buf), text };
        self.with(|compiler, _| compiler.sources.add(file))
    }

    /// The error of a file that is not text, pointing at the first bad byte.
    fn invalid_utf8(&mut self, name: &str, error: std::string::FromUtf8Error) -> Result<Diagnostic, Failure> {
        let at = error.utf8_error().valid_up_to() as u32;
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let file = self.add_source(name, None, text)?;
        Ok(Diagnostic::error(Kind::Read, Span { file, start: at, end: at + 1 }, "the file is not valid UTF-8 text"))
    }

    /// A failure as text for people, in colour if stderr is a terminal.
    pub fn render(&self, failure: &Failure) -> String {
        failure::render(&self.ctx, failure)
    }

    /// Writes a line to standard output, after what the program has written; an error shows at the next [`Engine::flush`].
    pub fn write_line(&mut self, line: &str) {
        use std::io::Write;
        self.write_out();
        if self.output_error.is_none() {
            self.output_error = writeln!(std::io::stdout(), "{line}").err();
        }
    }

    /// Writes out what output ports hold back, and ends the line if the standard output is inside one.
    pub fn fresh_line(&mut self) {
        self.write_out();
        if self.ctx.is_output_mid_line() {
            self.ctx.end_output_line();
            self.write_out();
        }
    }

    /// Writes out what output ports hold back; an error shows at the next [`Engine::flush`].
    pub fn write_out(&mut self) {
        let flushed = self.ctx.flush_all();
        self.output_error = self.output_error.take().or(flushed.err());
    }

    /// Writes out what output ports hold back. Fails if any output since the last call was lost.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.write_out();
        match self.output_error.take() {
            None => Ok(()),
            Some(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::ClosedOutput),
            Some(e) => Err(Failure::LostOutput(system_message(&e))),
        }
    }

    /// Forgets an interrupt that came too late to stop anything.
    pub fn clear_interrupt(&mut self) {
        self.ctx.clear_interrupt();
    }

    /// Collections so far.
    pub fn gc_counts(&self) -> GcStats {
        self.ctx.gc_stats()
    }

    /// The same as text for people.
    pub fn gc_stats(&self) -> String {
        let s = self.gc_counts();
        let mib = |bytes: u64| bytes as f64 / (1 << 20) as f64;
        let ms = |d: std::time::Duration| d.as_secs_f64() * 1e3;
        format!(
            "collections     {} minor, {} major\n\
             allocated       {:.1} MiB\n\
             copied          {:.1} MiB\n\
             live            {:.1} MiB after the last collection\n\
             pauses          {:.1} ms in all, {:.1} ms the longest\n",
            s.minor,
            s.major,
            mib(s.allocated_bytes),
            mib(s.copied_bytes),
            mib(s.live_bytes),
            ms(s.pause_total),
            ms(s.pause_longest)
        )
    }

    /// Times of stages and passes so far, as text for people.
    pub fn timings(&self) -> String {
        Compiler::of(&self.ctx).map_or_else(String::new, |compiler| compiler.pipeline.timings())
    }

    /// What stops running programs from another thread or a signal handler.
    pub fn interrupter(&self) -> kestrel_runtime::control::Interrupter {
        self.ctx.interrupter()
    }
}
