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
use crate::diagnostic::{Diagnostic, Frame, Kind, Renderer};
use crate::pipeline::{self, Effort, Pipeline};
use crate::reader::{self, Reader, StrSource, datum::Data};
use crate::source::{FileId, SourceFile, SourceMap, Span};
use crate::syntax::suggest::near;
use crate::syntax::{ANONYMOUS, World};
use kestrel_runtime::abi::Site;
use kestrel_runtime::control::{Backtrace, Leave, Options as RuntimeOptions};
use kestrel_runtime::port::system_message;
use kestrel_runtime::print::{self, Mode};
use kestrel_runtime::{Ctx, Value, symbol};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The name of top-level code in backtraces.
const TOP_LEVEL: &str = "(top level)";

/// How code is executed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tier {
    /// Procedures and loops by LLVM, top-level code that runs once by the baseline.
    #[default]
    Auto,
    /// Everything by LLVM.
    Llvm,
    /// Everything by the baseline.
    Baseline,
}

/// What an engine is made with.
#[derive(Clone, Debug)]
pub struct Options {
    /// How code is executed.
    pub tier: Tier,
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

/// Why there is no value.
#[derive(Debug)]
pub enum Failure {
    /// The program called `exit`, with this status for the process.
    Exit(u8),
    /// Compilation stopped where `stop_after` said.
    Stopped,
    /// A file could not be opened or read.
    NoInput(String),
    /// The program could not be read or expanded.
    BadProgram(Vec<Diagnostic>),
    /// An exception that no handler took: what it says and where, and the calls in progress, innermost first.
    Uncaught(Box<(Diagnostic, Vec<Frame>)>),
    /// Stopped by an interrupt.
    Interrupted,
    /// Nobody reads the standard output any more.
    ClosedOutput,
    /// Output could not be written; says why.
    LostOutput(String),
    /// A defect of Kestrel.
    Internal(String),
}

impl From<pipeline::Broken> for Failure {
    fn from(broken: pipeline::Broken) -> Failure {
        Failure::Internal(broken.to_string())
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Failure {
        Failure::BadProgram(diagnostics)
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
        Compiler::install(&mut ctx, options.tier, pipeline, [options.library_path, options.late_library_path]);
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
        let file = self.add_source(name, None, text.to_owned())?;
        let mut reader = Reader::new(StrSource::new(text), file);
        let mut last = Vec::new();
        loop {
            let mut data = Data::default();
            let Some(root) = reader.read(&mut data)? else { break };
            let form = data[root].span;
            let Place { world, environment } = self.repl()?;
            let program =
                self.expand(world, |world, sources, ctx| world.expand_form(environment, sources, ctx, data, root))?;
            self.with(|compiler, _| compiler.begin(world, Some(Place { world, environment })))?;
            last = self.execute(program, form)?;
        }
        Ok(if last == [Value::UNSPECIFIED] { Vec::new() } else { self.written(&last) })
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
        self.repl_names().into_iter().map(str::to_owned).collect()
    }

    fn repl_names(&self) -> Vec<&'static str> {
        let names = |compiler: &Compiler| {
            let Place { world, environment } = compiler.repl?;
            Some(compiler.world(world)?.names(environment))
        };
        Compiler::of(&self.ctx).and_then(names).unwrap_or_default()
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
        self.with(|compiler, _| compiler.pipeline.add_time("expand", start.elapsed()))?;
        if program.is_err() && self.ctx.interrupter().is_pending() {
            // A macro's transformer was interrupted.
            self.ctx.clear_interrupt();
            return Err(Failure::Interrupted);
        }
        Ok(program?)
    }

    fn sources(&self) -> Option<&SourceMap> {
        Compiler::of(&self.ctx).map(|compiler| &compiler.sources)
    }

    /// Compiles and runs an expanded program, whose last form is `form`.
    fn execute(&mut self, program: ast::Program, form: Span) -> Result<Vec<Value>, Failure> {
        let entry = self.with(|compiler, ctx| compiler.compile(ctx, program, form, Effort::Whole))??;
        match self.ctx.enter(entry, &[]) {
            Ok(values) => Ok(values),
            Err(Leave::Exit(status)) => Err(Failure::Exit(status as u8)),
            Err(Leave::Interrupted(_)) => Err(Failure::Interrupted),
            Err(Leave::Uncaught(uncaught)) if self.ctx.is_broken_pipe(uncaught.condition) => Err(Failure::ClosedOutput),
            Err(Leave::Uncaught(uncaught)) => Err(self.uncaught(uncaught.condition, &uncaught.backtrace, form)),
        }
    }

    /// The failure that an uncaught condition is. Its place is the innermost one in the user's own text; that in a library is a
    /// note. `form` is the top-level form that runs last, whose call may have been a tail call.
    fn uncaught(&self, condition: Value, backtrace: &Backtrace, form: Span) -> Failure {
        let mut frames = self.frames(backtrace);
        let Some(sources) = self.sources() else { return unavailable() };
        let is_own = |f: &Frame| f.span.is_some_and(|s| !sources.file(s.file).is_embedded());
        if !frames.iter().any(is_own) {
            frames.push(Frame { span: Some(form), procedure: Some(TOP_LEVEL.into()), inlined: false });
        }
        let parts = self.ctx.condition_parts(condition);
        let text = self.ctx.describe(condition);
        let message = if parts.is_some() { text } else { format!("uncaught object raised: {text}") };
        let primary = frames.iter().find(|f| is_own(f)).and_then(|f| f.span);
        let Some(primary) = primary else {
            return Failure::Uncaught(Box::new((Diagnostic::without_place(Kind::Runtime, message), frames)));
        };
        let mut diagnostic = Diagnostic::error(Kind::Runtime, primary, message);
        let first = frames.first().and_then(|f| f.span);
        if let Some(first) = first.filter(|&first| first != primary) {
            let (line, column) = sources.line_column(first.file, first.start);
            diagnostic = diagnostic.with_note(format!("raised at {}:{line}:{column}", sources.file(first.file).name));
        }
        if let Some([kind, _, _, name]) = parts
            && symbol::name(kind) == Some("unbound-variable")
            && let Some(name) = symbol::name(name)
        {
            let near = near(name, self.repl_names().into_iter());
            let quoted: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
            if !quoted.is_empty() {
                diagnostic = diagnostic.with_help(format!("did you mean {}?", quoted.join(" or ")));
            }
        }
        let is_count = parts
            .is_some_and(|[kind, _, _, payload]| symbol::name(kind) == Some("wrong-count") && payload.is_closure());
        if is_count
            && let Some(callee) = frames.first_mut()
            && callee.procedure.as_deref() == Some(TOP_LEVEL)
        {
            // The position of a definition has the name of what it defines: here, none.
            callee.procedure = Some(format!("({ANONYMOUS})"));
        }
        if is_count && let Some(call) = frames.get(1).filter(|&f| is_own(f)).and_then(|f| f.span) {
            // The first frame is the definition of what was called; the next is the call itself, unless that was a tail call.
            let text = sources.text_of(call).strip_prefix('(').unwrap_or("");
            let name = frames[0].procedure.as_deref();
            let is_the_call =
                name.is_some_and(|n| text.strip_prefix(n).is_some_and(|rest| rest.starts_with([' ', ')', '\n', '\t'])));
            if is_the_call && Some(primary) == first {
                diagnostic.span = Some(call);
                diagnostic = diagnostic.with_label(primary, "defined here");
            }
        }
        Failure::Uncaught(Box::new((diagnostic, frames)))
    }

    /// The frames of a backtrace, with the calls that were inlined.
    fn frames(&self, backtrace: &Backtrace) -> Vec<Frame> {
        let mut frames = Vec::new();
        for (i, frame) in backtrace.frames.iter().enumerate() {
            if let Some((count, at)) = backtrace.omitted
                && at == i
            {
                frames
                    .push(Frame { span: None, procedure: Some(format!("… {count} more calls …")), inlined: false });
            }
            let mut site = self.ctx.site(frame.unit, frame.site);
            while let Some(s) = site {
                frames.push(self.frame(&s));
                site = (s.inlined_at != u32::MAX).then(|| self.ctx.site(frame.unit, s.inlined_at)).flatten();
            }
        }
        frames
    }

    fn frame(&self, site: &Site) -> Frame {
        let procedure = match symbol::name(site.procedure) {
            None => TOP_LEVEL.to_owned(),
            Some(ANONYMOUS) => format!("({ANONYMOUS})"),
            Some(name) => name.to_owned(),
        };
        Frame {
            // What was made by a program, and what stands nowhere, is in file 0.
            span: (site.file != 0).then_some(Span { file: FileId(site.file), start: site.start, end: site.end }),
            procedure: Some(procedure),
            inlined: site.inlined_at != u32::MAX,
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
        let renderer = Renderer::for_stderr();
        let none = SourceMap::default();
        let sources = self.sources().unwrap_or(&none);
        match failure {
            Failure::Exit(_) | Failure::Stopped => String::new(),
            Failure::NoInput(message) => format!("kestrel: {message}\n"),
            Failure::BadProgram(all) => all.iter().map(|d| renderer.render(sources, d)).collect(),
            Failure::Uncaught(it) => renderer.render(sources, &it.0) + &renderer.render_backtrace(sources, &it.1),
            Failure::Interrupted => "interrupted\n".into(),
            Failure::ClosedOutput => String::new(),
            Failure::LostOutput(why) => format!("kestrel: output was lost: {why}\n"),
            Failure::Internal(message) => format!("kestrel: internal error: {message}\n"),
        }
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

    /// Collections so far, as text for people.
    pub fn gc_stats(&self) -> String {
        let s = self.ctx.gc_stats();
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

/// The compiler is at work already, or its world is: Rust code never calls the engine from there.
fn unavailable() -> Failure {
    Failure::Internal("the compiler is at work".to_owned())
}
