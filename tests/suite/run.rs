//! Run tests: each program in tests/run is executed by the `kestrel` binary in every configuration, and must give the value,
//! output and errors that its comments state.

use crate::files;
use libtest_mimic::{Failed, Trial};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longest that one run may take before it counts as hung; far above what any test needs.
const LIMIT: Duration = Duration::from_secs(120);
/// Exit status of an uncaught error.
const STATUS_ERROR: i32 = 70;
/// Exit status of a program that cannot be read or expanded.
const STATUS_BAD_PROGRAM: i32 = 65;
/// Folders whose programs are about the front end, or about the arguments of many procedures: what the executors do in them is tested elsewhere.
const FRONT_END: [&str; 4] = ["arguments/", "hygiene/", "libraries/", "reader/"];

/// How a program is run.
#[derive(Clone, Copy)]
struct Config {
    tier: &'static str,
    level: &'static str,
    gc_stress: bool,
    /// Whether it is one of the few for programs that are about the front end.
    front_end: bool,
}

/// The tier of programs that are run by `eval`.
const EVAL: &str = "eval";
/// Under `auto`, code is compiled when it has run this often, so that short programs change tiers everywhere: at entries, in loops, with frames of
/// both tiers on the stack.
const HOT: &str = "--hot=2";

const CONFIGS: [Config; 11] = {
    const fn plain(tier: &'static str, level: &'static str) -> Config {
        Config { tier, level, gc_stress: false, front_end: false }
    }
    const fn front(config: Config) -> Config {
        Config { front_end: true, ..config }
    }
    const fn stress(tier: &'static str, level: &'static str) -> Config {
        Config { tier, level, gc_stress: true, front_end: false }
    }
    [
        front(plain("baseline", "-O0")),
        plain("baseline", "-O1"),
        front(plain("baseline", "-O2")),
        plain("llvm", "-O0"),
        plain("llvm", "-O1"),
        front(plain("llvm", "-O2")),
        plain("auto", "-O2"),
        stress("baseline", "-O2"),
        stress("llvm", "-O2"),
        stress("auto", "-O2"),
        front(plain(EVAL, "-O2")),
    ]
};

impl Config {
    /// Whether a program is run this way. A program that is rejected reaches no executor, so it is run once.
    fn suits(self, name: &str, expected: &Expected) -> bool {
        if expected.status == Some(STATUS_BAD_PROGRAM) {
            return self.tier == "baseline" && self.level == "-O0";
        }
        if self.tier == EVAL && !expected.suits_eval() {
            return false;
        }
        if FRONT_END.iter().any(|folder| name.starts_with(folder)) {
            return self.front_end;
        }
        let interprets = self.tier == "baseline" || self.tier == EVAL;
        !(expected.slow && self.gc_stress || expected.compiled && (interprets || self.gc_stress))
    }
}

/// What a run did.
pub struct Outcome {
    /// `None` if a signal ended it.
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// What a program's comments ask for.
#[derive(Default)]
struct Expected {
    value: Option<String>,
    output: Option<Vec<String>>,
    errors: Vec<String>,
    status: Option<i32>,
    options: Vec<String>,
    args: Vec<String>,
    slow: bool,
    /// Not by `eval`.
    no_eval: bool,
    /// Not under the baseline.
    compiled: bool,
}

impl Expected {
    fn read(text: &str) -> Expected {
        let mut expected = Expected::default();
        for line in text.lines() {
            let Some((key, rest)) = line.strip_prefix(";; ").and_then(|line| line.split_once(':')) else {
                continue;
            };
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            match key {
                "value" => expected.value = Some(rest.to_owned()),
                "output" => expected.output.get_or_insert_default().push(rest.to_owned()),
                "error" => expected.errors.push(rest.to_owned()),
                "status" => expected.status = rest.trim().parse().ok(),
                "options" => expected.options = rest.split_whitespace().map(str::to_owned).collect(),
                "args" => expected.args = rest.split_whitespace().map(str::to_owned).collect(),
                "slow" => expected.slow = true,
                "no eval" => expected.no_eval = true,
                "compiled" => expected.compiled = true,
                _ => {}
            }
        }
        expected
    }

    /// Whether the program does the same form by form: what is wrong with it shows differently, and arguments are the driver's.
    fn suits_eval(&self) -> bool {
        !self.no_eval && self.errors.is_empty() && self.status.is_none() && self.args.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.value.is_none() && self.output.is_none() && self.errors.is_empty() && self.status.is_none()
    }

    fn check(&self, outcome: &Outcome) -> Result<(), String> {
        let wanted = self.status.unwrap_or(if self.errors.is_empty() { 0 } else { STATUS_ERROR });
        if outcome.status != Some(wanted) {
            let ended = outcome.status.map_or("a signal".to_owned(), |s| format!("status {s}"));
            return Err(format!("ended with {ended}, not {wanted}"));
        }
        if let Some(error) = self.errors.iter().find(|error| !outcome.stderr.contains(*error)) {
            return Err(format!("stderr lacks: {error}"));
        }
        let mut output = outcome.stdout.trim_end();
        if let Some(value) = &self.value {
            output = match output.strip_suffix(value.trim_end()) {
                Some(rest) => rest.trim_end(),
                None => return Err(format!("the value is not {value}")),
            };
        }
        let wanted = self.output.as_deref().map(|lines| lines.join("\n"));
        match wanted.or_else(|| self.value.as_ref().map(|_| String::new())) {
            Some(wanted) if wanted.trim_end() != output => Err(format!("the output is not:\n{wanted}")),
            _ => Ok(()),
        }
    }
}

/// One test for each program and configuration.
pub fn trials() -> Vec<Trial> {
    let root = files::folder("run");
    let mut trials = Vec::new();
    for path in files::below(&root, &["scm"]) {
        let expected = std::fs::read_to_string(&path).map(|text| Expected::read(&text)).unwrap_or_default();
        let name = files::name(&root, &path);
        for config in CONFIGS.into_iter().filter(|config| config.suits(&name, &expected)) {
            let stress = if config.gc_stress { " gc-stress" } else { "" };
            let name = format!("run/{name} {} {}{stress}", config.tier, config.level);
            let path = path.clone();
            trials.push(Trial::test(name, move || test(&path, config)));
        }
    }
    trials
}

fn test(path: &Path, config: Config) -> Result<(), Failed> {
    let expected = Expected::read(&std::fs::read_to_string(path)?);
    if expected.is_empty() {
        return Err("no expectation: add `;; value:`, `;; output:`, `;; error:` or `;; status:`".into());
    }
    let outcome = run_program(path, config, &expected)?;
    expected.check(&outcome).map_err(|why| {
        format!("{why}\n--- stdout\n{}\n--- stderr\n{}", shortened(&outcome.stdout), shortened(&outcome.stderr)).into()
    })
}

fn run_program(path: &Path, config: Config, expected: &Expected) -> Result<Outcome, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    let by_eval = config.tier == EVAL;
    command.arg("--tier").arg(if by_eval { "auto" } else { config.tier }).arg(config.level);
    if config.tier == "auto" {
        command.arg(HOT);
    }
    if config.gc_stress {
        command.args(["--gc-stress", "--verify-heap"]);
    }
    if expected.value.is_some() {
        command.arg("--print-value");
    }
    command.args(&expected.options);
    if by_eval {
        command.args(["-L", "."]).arg(files::folder("support").join("evaluate.scm"));
    }
    command.arg(path).args(&expected.args);
    if let Some(folder) = path.parent() {
        command.current_dir(folder);
    }
    let input = std::fs::File::open(path.with_extension("in")).map_or_else(|_| Stdio::null(), Stdio::from);
    execute(command, input)
}

/// Runs a command to its end, which must come within [`LIMIT`].
pub fn execute(mut command: Command, input: Stdio) -> Result<Outcome, Failed> {
    let mut child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().map(drain);
    let stderr = child.stderr.take().map(drain);
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Err(format!("still running after {} s", LIMIT.as_secs()).into());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |thread: Option<std::thread::JoinHandle<Vec<u8>>>| {
        let bytes = thread.and_then(|t| t.join().ok()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Ok(Outcome { status: status.code(), stdout: text(stdout), stderr: text(stderr) })
}

fn drain(mut stream: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // A broken pipe leaves what came before it, which the check then reports.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}

/// At most the first and last thousand characters.
fn shortened(text: &str) -> String {
    const KEEP: usize = 1000;
    let count = text.chars().count();
    if count <= 2 * KEEP {
        return text.to_owned();
    }
    let first: String = text.chars().take(KEEP).collect();
    let last: String = text.chars().skip(count - KEEP).collect();
    format!("{first}\n…\n{last}")
}
