//! Failures: why there is no value, and what people are told about it.
//!
//! An uncaught condition becomes a [`Diagnostic`] while the code that raised it is still there: its place is the innermost one in the
//! user's own text, that in a library is a note, and a misspelt variable gets a suggestion.

use crate::compiler::Compiler;
use crate::diagnostic::{Diagnostic, Frame, Kind, Renderer};
use crate::pipeline;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ANONYMOUS;
use crate::syntax::suggest::near;
use kestrel_runtime::abi::Site;
use kestrel_runtime::control::Backtrace;
use kestrel_runtime::{Ctx, Value, symbol};

/// The name of top-level code in backtraces.
const TOP_LEVEL: &str = "(top level)";

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

/// The failure that an uncaught condition is. Its place is the innermost one in the user's own text; that in a library is a
/// note. `form` is the top-level form that runs last, whose call may have been a tail call.
pub(crate) fn uncaught(ctx: &Ctx, condition: Value, backtrace: &Backtrace, form: Span) -> Failure {
    let mut frames = frames_of(ctx, backtrace);
    let Some(compiler) = Compiler::of(ctx) else { return unavailable() };
    let sources = &compiler.sources;
    let is_own = |f: &Frame| f.span.is_some_and(|s| !sources.file(s.file).is_embedded());
    if !frames.iter().any(is_own) {
        frames.push(Frame { span: Some(form), procedure: Some(TOP_LEVEL.into()), inlined: false });
    }
    let parts = ctx.condition_parts(condition);
    let text = ctx.describe(condition);
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
        let near = near(name, compiler.repl_names().into_iter());
        let quoted: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
        if !quoted.is_empty() {
            diagnostic = diagnostic.with_help(format!("did you mean {}?", quoted.join(" or ")));
        }
    }
    let is_count =
        parts.is_some_and(|[kind, _, _, payload]| symbol::name(kind) == Some("wrong-count") && payload.is_closure());
    if is_count {
        diagnostic = at_the_call(sources, diagnostic, &mut frames);
    }
    if let [only] = &frames[..]
        && only.span == diagnostic.span
        && only.procedure.as_deref() == Some(TOP_LEVEL)
    {
        // It would say nothing new.
        frames.clear();
    }
    Failure::Uncaught(Box::new((diagnostic, frames)))
}

/// Calls shown of those that led to an error in a transformer.
const SHOWN_CALLS: usize = 6;

/// What an uncaught condition in the code of a transformer says, and where in that code it was raised. Its place is the use of the macro, which the
/// expander adds. Errors in syntax are about the use alone.
pub(crate) fn uncaught_in_transformer(ctx: &Ctx, condition: Value, backtrace: &Backtrace) -> Diagnostic {
    let text = ctx.describe(condition);
    let message = match ctx.condition_parts(condition) {
        Some([kind, ..]) if symbol::name(kind) == Some("syntax") => {
            return Diagnostic::without_place(Kind::Syntax, text);
        }
        Some(_) => text,
        None => format!("uncaught object raised: {text}"),
    };
    let mut diagnostic = Diagnostic::without_place(Kind::Syntax, message);
    let Some(compiler) = Compiler::of(ctx) else { return diagnostic };
    let sources = &compiler.sources;
    let mut own = frames_of(ctx, backtrace).into_iter().filter_map(|frame| {
        let span = frame.span.filter(|s| !sources.file(s.file).is_embedded())?;
        Some((span, frame.procedure.unwrap_or_default()))
    });
    let Some((raised, procedure)) = own.next() else { return diagnostic };
    diagnostic = diagnostic.with_label(raised, format!("raised here, in {procedure}"));
    for (call, procedure) in own.take(SHOWN_CALLS) {
        let (line, column) = sources.line_column(call.file, call.start);
        diagnostic =
            diagnostic.with_note(format!("called at {}:{line}:{column}, in {procedure}", sources.file(call.file).name));
    }
    diagnostic
}

/// Moves the error of a call with the wrong number of arguments from the definition of what was called, which is the first frame, to the
/// call itself, which is the next one unless it was a tail call.
fn at_the_call(sources: &SourceMap, mut diagnostic: Diagnostic, frames: &mut [Frame]) -> Diagnostic {
    if let Some(callee) = frames.first_mut()
        && callee.procedure.as_deref() == Some(TOP_LEVEL)
    {
        // The position of a definition has the name of what it defines: here, none.
        callee.procedure = Some(format!("({ANONYMOUS})"));
    }
    let [callee, call, ..] = frames else { return diagnostic };
    let (Some(definition), Some(span)) = (callee.span, call.span) else { return diagnostic };
    let text = sources.text_of(span).strip_prefix('(').unwrap_or("");
    let is_the_call = callee
        .procedure
        .as_deref()
        .is_some_and(|n| text.strip_prefix(n).is_some_and(|rest| rest.starts_with([' ', ')', '\n', '\t'])));
    if is_the_call && diagnostic.span == Some(definition) && !sources.file(span.file).is_embedded() {
        diagnostic.span = Some(span);
        diagnostic = diagnostic.with_label(definition, "defined here");
    }
    diagnostic
}

/// The frames of a backtrace, with the calls that were inlined.
fn frames_of(ctx: &Ctx, backtrace: &Backtrace) -> Vec<Frame> {
    let mut frames = Vec::new();
    for (i, frame) in backtrace.frames.iter().enumerate() {
        if let Some((count, at)) = backtrace.omitted
            && at == i
        {
            frames.push(Frame { span: None, procedure: Some(format!("… {count} more calls …")), inlined: false });
        }
        let mut site = ctx.site(frame.unit, frame.site);
        while let Some(s) = site {
            frames.push(frame_of(&s));
            site = (s.inlined_at != u32::MAX).then(|| ctx.site(frame.unit, s.inlined_at)).flatten();
        }
    }
    frames
}

fn frame_of(site: &Site) -> Frame {
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

/// A failure as text for people, in colour if stderr is a terminal.
pub(crate) fn render(ctx: &Ctx, failure: &Failure) -> String {
    let renderer = Renderer::for_stderr();
    let none = SourceMap::default();
    let sources = Compiler::of(ctx).map_or(&none, |compiler| &compiler.sources);
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

/// The compiler is at work already, or its world is: Rust code never calls the engine from there.
pub(crate) fn unavailable() -> Failure {
    Failure::Internal("the compiler is at work".to_owned())
}
