//! The order of all stages and passes, in one place, and the one runner that times, verifies, dumps and stops for all of them.
//!
//! [`PASSES`] is the list. `--dump=NAME` prints the program after each occurrence of a pass, `--dump=NAME.2` after the second one only;
//! `--stop-after=NAME` goes no further than the first occurrence (or the stated one); `--time-passes` tells what each took. In debug builds the verifier of the
//! program's form runs after every pass. Dumps go to standard output and read back: `;` comments and one datum.
//!
//! After the last pass the program is handed to the executors; the engine asks [`Pipeline::wants`] for the dumps `llvm` and `asm`, and has
//! their work timed by [`Pipeline::timed`].

use crate::cps::opt::{self, Context};
use crate::source::{Origin, SourceMap};
use crate::{ast, closure, cps, text};
use kestrel_runtime::{Ctx, Value};
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Least optimisation level at which a pass runs.
type Level = u8;
/// Needed for correctness, or so cheap that the work it saves later is more.
const ALWAYS: Level = 0;
/// Makes the program smaller or turns functions into jumps.
const BASIC: Level = 1;
/// Everything.
const FULL: Level = 2;

/// What a pass works on.
#[derive(Clone, Copy)]
enum Step {
    /// AST to AST.
    Ast(fn(&mut ast::ir::Program, &mut Surroundings)),
    /// AST to CPS.
    ToCps(fn(&ast::ir::Program) -> cps::ir::Program),
    /// CPS to CPS.
    Cps(fn(&mut cps::ir::Program, &mut Context)),
    /// CPS to first-order CPS.
    ToFirstOrder(fn(&cps::ir::Program) -> Option<closure::ir::Program>),
}

/// What passes may use besides the program.
struct Surroundings<'a> {
    place: Origin,
    sources: &'a mut SourceMap,
    ctx: &'a mut Ctx,
}

/// A pass at its place in the order.
struct Pass {
    /// Name of its file, its test folder and its dump.
    name: &'static str,
    level: Level,
    /// Why it stands here.
    reason: &'static str,
    step: Step,
}

const fn pass(name: &'static str, level: Level, step: Step, reason: &'static str) -> Pass {
    Pass { name, level, reason, step }
}

/// All passes in order.
static PASSES: &[Pass] = &[
    pass("expand", ALWAYS, Step::Ast(|_, _| {}), "what the expander made, to look at"),
    pass("toplevel", ALWAYS, Step::Ast(toplevel), "definitions become bindings before letrec sorts bindings"),
    pass(
        "letrec",
        ALWAYS,
        Step::Ast(|p, _| ast::letrec::letrec(p)),
        "needs to know what is assigned, so before assignment",
    ),
    pass("assignment", ALWAYS, Step::Ast(|p, _| ast::assignment::assignment(p)), "CPS has no set!; letrec made some"),
    pass("cps", ALWAYS, Step::ToCps(cps::convert::convert), "the form that everything else works on"),
    pass("primop", ALWAYS, Step::Cps(opt::primop::run), "all others count on resolved primitives"),
    pass("dce", ALWAYS, Step::Cps(opt::dce::run), "what the program's libraries bring along and nothing uses"),
    pass(
        "beta",
        BASIC,
        Step::Cps(opt::beta::run),
        "what is used once is in place before anything is copied or contified",
    ),
    pass("known", BASIC, Step::Cps(opt::known::run), "contify and inline want single clauses without rest lists"),
    pass("inline", FULL, Step::Cps(opt::inline::run), "before contify: a copy may make another function contifiable"),
    pass("beta", FULL, Step::Cps(opt::beta::run), "shrinks the copies, and shows which functions are known in them"),
    pass("known", FULL, Step::Cps(opt::known::run), "calls of what were parameters before the copies were made"),
    pass("inline", FULL, Step::Cps(opt::inline::run), "functions that have become small, or are known by now"),
    pass("unroll", FULL, Step::Cps(opt::unroll::run), "after inlining, so that what a function calls is in it"),
    pass("beta", FULL, Step::Cps(opt::beta::run), "shrinks those copies"),
    pass("contify", BASIC, Step::Cps(opt::contify::run), "loops and joins; after inlining, which takes functions only"),
    pass("eta", BASIC, Step::Cps(opt::eta::run), "contified functions leave continuations that only pass on"),
    pass("beta", BASIC, Step::Cps(opt::beta::run), "joins that are used once, tests on known values in loops"),
    pass("contify", FULL, Step::Cps(opt::contify::run), "functions whose callers have become one function's loops"),
    pass("beta", FULL, Step::Cps(opt::beta::run), "shrinks the same way after it"),
    pass(
        "closure",
        ALWAYS,
        Step::ToFirstOrder(|p| Some(closure::convert::convert(p, p.entry?))),
        "what both executors take",
    ),
];

/// Stages of the executors that can be dumped.
const OUTPUTS: [(&str, &str); 2] = [("llvm", "LLVM IR, after LLVM's own passes"), ("asm", "machine code as assembly")];

fn toplevel(program: &mut ast::ir::Program, with: &mut Surroundings) {
    ast::toplevel::toplevel(program, with.place, &mut |name| with.ctx.static_cell(Value::UNBOUND, name));
}

/// What a program is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effort {
    /// All passes of the chosen level: a program, or what was typed into the REPL.
    Whole,
    /// Those that cost less than they save in code that runs once, in the baseline: `eval`, `load`, macro transformers. Nothing is dumped.
    Once,
}

/// What to do with passes besides running them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Optimisation level, 0 to 2.
    pub level: u8,
    /// Passes to print the program after.
    pub dump: Vec<String>,
    /// The last pass to run.
    pub stop_after: Option<String>,
    /// Whether to keep times.
    pub time: bool,
}

/// A pass has broken an invariant: a mistake in Kestrel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The pass.
    pub pass: &'static str,
    /// The invariant.
    pub message: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "after {}: {}", self.pass, self.message)
    }
}

/// A program in whichever form it has by now.
enum Form {
    Ast(ast::ir::Program),
    Cps(cps::ir::Program),
    FirstOrder(closure::ir::Program),
}

/// Runs passes and remembers how long they took.
pub struct Pipeline {
    options: Options,
    times: Vec<(String, Duration)>,
}

impl Pipeline {
    /// Fails with a message if an option names no pass.
    pub fn new(options: Options) -> Result<Pipeline, String> {
        for name in options.dump.iter().chain(&options.stop_after) {
            let (base, number) = split(name);
            let count = PASSES.iter().filter(|pass| pass.name == base).count();
            let output = OUTPUTS.iter().any(|&(output, _)| output == *name);
            if !output && number.unwrap_or(1) > count {
                return Err(format!("there is no pass called {name}; --dump=help lists them"));
            }
        }
        Ok(Pipeline { options, times: Vec::new() })
    }

    /// Brings an expanded program to first-order CPS; nothing if `stop_after` says so. `place` is the origin of what no form of
    /// the program stands for.
    pub fn run(
        &mut self,
        program: ast::ir::Program,
        place: Origin,
        sources: &mut SourceMap,
        ctx: &mut Ctx,
        effort: Effort,
    ) -> Result<Option<closure::ir::Program>, Broken> {
        let mut form = Form::Ast(program);
        let mut seen: Vec<&str> = Vec::new();
        let mut with = Surroundings { place, sources, ctx };
        let whole = effort != Effort::Once;
        let mut level = if whole { self.options.level } else { self.options.level.min(BASIC) };
        for pass in PASSES {
            if pass.level > level {
                continue;
            }
            if let Form::Cps(program) = &form
                && !whole
                && program.funs.len() == 1
            {
                // Nothing in it runs twice.
                level = ALWAYS;
            }
            seen.push(pass.name);
            let number = seen.iter().filter(|&&name| name == pass.name).count();
            form = self.timed(pass.name, || apply(pass.step, form, &mut with));
            if cfg!(debug_assertions) {
                verify(&form, number > 1 || seen.contains(&"primop"))
                    .map_err(|message| Broken { pass: pass.name, message })?;
            }
            if whole && self.options.dump.iter().any(|name| selects(name, pass.name, number)) {
                dump(&form, pass.name, number, with.ctx);
            }
            if whole && self.options.stop_after.as_deref().is_some_and(|name| stops(name, pass.name, number)) {
                return Ok(None);
            }
        }
        match form {
            Form::FirstOrder(program) => Ok(Some(program)),
            Form::Ast(_) | Form::Cps(_) => Ok(None),
        }
    }

    /// Whether an executor's output is to be printed: `llvm` or `asm`.
    pub fn wants(&self, output: &str) -> bool {
        self.options.dump.iter().any(|name| name == output)
    }

    /// Whether what LLVM makes of a program is asked for.
    pub fn looks_at_llvm(&self) -> bool {
        ["llvm", "asm"].iter().any(|output| self.wants(output) || self.stops_after(output))
    }

    /// Whether to go no further than an executor's output.
    pub fn stops_after(&self, output: &str) -> bool {
        self.options.stop_after.as_deref() == Some(output)
    }

    /// Does some work and remembers how long it took, if times are wanted.
    pub fn timed<T>(&mut self, name: &str, work: impl FnOnce() -> T) -> T {
        if !self.options.time {
            return work();
        }
        let start = Instant::now();
        let answer = work();
        self.add_time(name, start.elapsed());
        answer
    }

    /// Remembers how long something took, if times are wanted.
    pub fn add_time(&mut self, name: &str, time: Duration) {
        if self.options.time {
            self.times.push((name.to_owned(), time));
        }
    }

    /// A table of the times of all passes so far, those of one name together.
    pub fn timings(&self) -> String {
        let mut rows: Vec<(&str, Duration, usize)> = Vec::new();
        for (name, time) in &self.times {
            match rows.iter_mut().find(|row| row.0 == name) {
                Some(row) => (row.1, row.2) = (row.1 + *time, row.2 + 1),
                None => rows.push((name, *time, 1)),
            }
        }
        let total: Duration = rows.iter().map(|row| row.1).sum();
        let mut table = String::new();
        for (name, time, count) in rows.into_iter().chain([("total", total, 1)]) {
            let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(1e-9);
            let times = if count > 1 { format!("  {count} times") } else { String::new() };
            let _ = writeln!(table, "{name:<18} {:>10.3} ms {share:>5.1} %{times}", 1e3 * time.as_secs_f64());
        }
        table
    }
}

/// Runs the passes on CPS alone, verifying after each in debug builds: for tests and measurements.
pub fn optimise(program: &mut cps::ir::Program, level: u8, context: &mut Context) -> Result<(), Broken> {
    for pass in PASSES.iter().filter(|pass| pass.level <= level) {
        if let Step::Cps(run) = pass.step {
            run(program, context);
            if cfg!(debug_assertions) {
                let stage = cps::verify::Stage::Resolved;
                cps::verify::verify(program, stage).map_err(|v| Broken { pass: pass.name, message: v.message })?;
            }
        }
    }
    Ok(())
}

/// Prints a dump. That nobody reads on (a closed pipe) is no error.
pub fn show(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The passes in order with their levels and reasons, as text for people.
pub fn pass_listing() -> String {
    let mut listing = String::new();
    for pass in PASSES {
        let _ = writeln!(listing, "{:<12} -O{}  {}", pass.name, pass.level, pass.reason);
    }
    for (name, what) in OUTPUTS {
        let _ = writeln!(listing, "{name:<12} -O0  {what}");
    }
    listing
}

fn apply(step: Step, form: Form, with: &mut Surroundings) -> Form {
    match (step, form) {
        (Step::Ast(run), Form::Ast(mut program)) => {
            run(&mut program, with);
            Form::Ast(program)
        }
        (Step::ToCps(run), Form::Ast(program)) => Form::Cps(run(&program)),
        (Step::Cps(run), Form::Cps(mut program)) => {
            run(&mut program, &mut Context { sources: with.sources, ctx: Some(with.ctx) });
            Form::Cps(program)
        }
        (Step::ToFirstOrder(run), Form::Cps(program)) => match run(&program) {
            Some(first_order) => Form::FirstOrder(first_order),
            None => Form::Cps(program),
        },
        (_, form) => form,
    }
}

/// `NAME.2` is the second occurrence of a pass.
fn split(name: &str) -> (&str, Option<usize>) {
    match name.rsplit_once('.') {
        Some((base, number)) => (base, number.parse().ok()),
        None => (name, None),
    }
}

fn selects(name: &str, pass: &str, number: usize) -> bool {
    let (base, wanted) = split(name);
    base == pass && wanted.is_none_or(|wanted| wanted == number)
}

fn stops(name: &str, pass: &str, number: usize) -> bool {
    let (base, wanted) = split(name);
    base == pass && number == wanted.unwrap_or(1)
}

fn verify(form: &Form, resolved: bool) -> Result<(), String> {
    match form {
        Form::Ast(program) => ast::verify::verify(program),
        Form::Cps(program) => {
            let stage = if resolved { cps::verify::Stage::Resolved } else { cps::verify::Stage::Converted };
            cps::verify::verify(program, stage).map_err(|v| format!("invariant {}: {}", v.invariant, v.message))
        }
        Form::FirstOrder(program) => {
            closure::verify::verify(program).map_err(|v| format!("invariant {}: {}", v.invariant, v.message))
        }
    }
}

fn dump(form: &Form, pass: &str, number: usize, ctx: &Ctx) {
    let write = text::constants(ctx);
    let text = match form {
        Form::Ast(program) => ast::print::print(program, &write),
        Form::Cps(program) => cps::print::print(program, &write),
        Form::FirstOrder(program) => closure::print::print(program, &write),
    };
    // Whoever closes our standard output does not want the dump.
    let _ = write!(std::io::stdout().lock(), "; after {pass}.{number}\n{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_dump(name: &str) -> Result<Pipeline, String> {
        Pipeline::new(Options { dump: vec![name.to_owned()], ..Options::default() })
    }

    #[test]
    fn names_of_passes_are_checked() {
        for name in ["beta", "beta.2", "closure", "llvm", "expand.1"] {
            assert!(with_dump(name).is_ok(), "{name}");
        }
        for name in ["betta", "closure.2", "beta.100", "", "llvm.2"] {
            assert!(with_dump(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_number_selects_one_occurrence() {
        assert!(selects("beta", "beta", 3) && selects("beta.3", "beta", 3) && !selects("beta.2", "beta", 3));
        assert!(stops("beta", "beta", 1) && !stops("beta", "beta", 2) && stops("beta.2", "beta", 2));
    }

    #[test]
    fn every_form_is_reached_at_every_level() {
        for level in 0..=2 {
            let steps: Vec<Step> = PASSES.iter().filter(|p| p.level <= level).map(|p| p.step).collect();
            let form = |step: &Step| match step {
                Step::Ast(_) => 0,
                Step::ToCps(_) => 1,
                Step::Cps(_) => 2,
                Step::ToFirstOrder(_) => 3,
            };
            assert!(steps.iter().map(form).is_sorted());
            assert_eq!(steps.iter().filter(|s| matches!(s, Step::ToCps(_) | Step::ToFirstOrder(_))).count(), 2);
        }
    }
}
