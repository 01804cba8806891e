//! The command line: arguments, where the program comes from, exit statuses.

use clap::{ArgAction, Parser, ValueEnum};
use kestrel::engine::{Engine, Failure, HOT, Options, Tier};
use kestrel::pipeline;
use kestrel_runtime::control::Interrupter;
use kestrel_runtime::control::defect::end_on_panic;
use kestrel_runtime::port::system_message;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

/// An uncaught error (`EX_SOFTWARE` of sysexits.h).
const EXIT_UNCAUGHT: u8 = 70;
/// A program that cannot be read or expanded (`EX_DATAERR`).
const EXIT_BAD_PROGRAM: u8 = 65;
/// A file that cannot be opened (`EX_NOINPUT`).
const EXIT_NO_INPUT: u8 = 66;
/// The environment variable that holds folders of libraries, separated by colons.
const LIBRARY_PATH_VARIABLE: &str = "KESTREL_PATH";
/// Ended by Ctrl-C, as shells report it.
const EXIT_INTERRUPTED: u8 = 130;
/// Nobody reads the standard output any more, as shells report it.
const EXIT_CLOSED_OUTPUT: u8 = 141;

/// Kestrel runs R7RS Scheme at near-native speed.
#[derive(Parser)]
#[command(
    version,
    after_help = "The library (a b) is what the program defines under this name, else what comes with Kestrel, else the file\n\
    a/b.sld or a/b.scm in the first of these folders that has one: those of -L, in their order; the program's own (the\n\
    working directory without a program file); those of the environment variable KESTREL_PATH, separated by colons.\n\
    \n\
    Without FILE and -e, a program is read from standard input, or, on a terminal, the REPL starts.\n\
    Exit status: as (exit) says; 70 uncaught error, 65 program cannot be read or expanded, 66 file cannot be opened,\n\
    130 interrupted,\n\
    141 standard output closed by its reader."
)]
struct Cli {
    /// Program to run; `-` is standard input
    file: Option<PathBuf>,
    /// Arguments for the program, (cdr (command-line))
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
    /// Evaluate an expression and print its values; may be repeated
    #[arg(short, long = "eval", value_name = "EXPR", action = ArgAction::Append)]
    expression: Vec<String>,
    /// Look for libraries in a folder; may be repeated
    #[arg(short = 'L', value_name = "DIR", action = ArgAction::Append)]
    library_path: Vec<PathBuf>,
    /// How code is executed
    #[arg(long, value_enum, default_value_t = TierArg::Auto)]
    tier: TierArg,
    /// How often a procedure or a loop runs before `--tier=auto` compiles it
    #[arg(long, value_name = "RUNS", default_value_t = HOT)]
    hot: u32,
    /// Optimisation level: 0 none, 1 shrinking and contification, 2 all
    #[arg(short = 'O', value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=2))]
    optimize: u8,
    /// Most memory the heap may take, such as 512M or 4G [default: half of physical memory]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_heap: Option<usize>,
    /// Size of the nursery, such as 4M
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    nursery: Option<usize>,
    /// Collect garbage at every safepoint
    #[arg(long)]
    gc_stress: bool,
    /// Check the heap after every collection
    #[arg(long)]
    verify_heap: bool,
    /// Report collections and pauses on exit
    #[arg(long)]
    gc_stats: bool,
    /// Print the program after a pass (`--dump=help` lists them); may be repeated
    #[arg(long, value_name = "PASS", action = ArgAction::Append)]
    dump: Vec<String>,
    /// Stop after a pass
    #[arg(long, value_name = "PASS")]
    stop_after: Option<String>,
    /// Report the time of each stage and pass
    #[arg(long)]
    time_passes: bool,
    /// Print the value of the program's last expression
    #[arg(long)]
    print_value: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum TierArg {
    /// Interpret first, compile what runs often
    Auto,
    /// Compile everything
    Llvm,
    /// Interpret everything
    Baseline,
}

/// Bytes in a size such as `64K`, `512M`, `4G`, or a plain number of bytes.
fn parse_size(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.trim_end_matches(['b', 'B']).char_indices().next_back() {
        Some((i, 'k' | 'K')) => (&text[..i], 10),
        Some((i, 'm' | 'M')) => (&text[..i], 20),
        Some((i, 'g' | 'G')) => (&text[..i], 30),
        _ => (text, 0),
    };
    digits
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_mul(1 << shift))
        .filter(|&n| n > 0)
        .ok_or_else(|| format!("`{text}` is not a size such as 64K, 512M or 4G"))
}

fn main() -> ExitCode {
    end_on_panic(EXIT_UNCAUGHT.into());
    let cli = Cli::parse();
    if cli.dump.iter().chain(&cli.stop_after).any(|name| name == "help") {
        print!("{}", pipeline::pass_listing());
        return ExitCode::SUCCESS;
    }
    let mut arguments = vec![cli.file.as_ref().map_or("kestrel".into(), |f| f.to_string_lossy().into_owned())];
    arguments.extend(cli.args.iter().cloned());
    let options = Options {
        tier: match cli.tier {
            TierArg::Auto => Tier::Auto,
            TierArg::Llvm => Tier::Llvm,
            TierArg::Baseline => Tier::Baseline,
        },
        hot: cli.hot,
        optimize: cli.optimize,
        max_heap: cli.max_heap,
        nursery: cli.nursery,
        gc_stress: cli.gc_stress,
        verify_heap: cli.verify_heap,
        dump: cli.dump.clone(),
        stop_after: cli.stop_after.clone(),
        time_passes: cli.time_passes,
        library_path: cli.library_path.clone(),
        late_library_path: std::env::var_os(LIBRARY_PATH_VARIABLE).map_or_else(Vec::new, |path| {
            std::env::split_paths(&path).filter(|folder| !folder.as_os_str().is_empty()).collect()
        }),
        arguments,
    };
    let mut engine = match Engine::new(options) {
        Ok(engine) => engine,
        Err(message) => {
            eprintln!("kestrel: {message}");
            return ExitCode::from(EXIT_UNCAUGHT);
        }
    };
    if let Err(e) = engine.interrupter().on_ctrl_c() {
        eprintln!("kestrel: Ctrl-C will end the process at once: {e}");
    }
    let status = run(&cli, &mut engine);
    let flushed = engine.flush();
    if cli.gc_stats {
        eprint!("{}", engine.gc_stats());
    }
    if cli.time_passes {
        eprint!("{}", engine.timings());
    }
    match flushed {
        Ok(()) => ExitCode::from(status),
        Err(failure) => {
            eprint!("{}", engine.render(&failure));
            ExitCode::from(if status == 0 { status_of(&failure) } else { status })
        }
    }
}

/// Prints values, one a line. What cannot be written is reported when the ports are flushed.
fn print_values(engine: &mut Engine, values: &[String]) {
    for value in values {
        engine.write_line(value);
    }
}

/// Runs what the command line asks for; answers the exit status.
fn run(cli: &Cli, engine: &mut Engine) -> u8 {
    if !cli.expression.is_empty() {
        for expression in &cli.expression {
            match engine.eval("-e", expression) {
                Ok(values) => print_values(engine, &values),
                Err(failure) => return report(engine, failure),
            }
        }
        return 0;
    }
    let outcome = match &cli.file {
        Some(path) if path.as_os_str() != "-" => engine.run_file(path),
        None if std::io::stdin().is_terminal() => return kestrel::repl::run(engine),
        _ => match standard_input(&engine.interrupter()) {
            Ok(bytes) => engine.run_bytes("standard input", None, bytes),
            Err(failure) => Err(failure),
        },
    };
    match outcome {
        Ok(values) => {
            if cli.print_value {
                print_values(engine, &values);
            }
            0
        }
        Err(failure) => report(engine, failure),
    }
}

/// All of the standard input, unless an interrupt comes first.
fn standard_input(interrupter: &Interrupter) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut chunk = vec![0; 64 << 10];
    loop {
        match std::io::stdin().read(&mut chunk) {
            Ok(0) => return Ok(bytes),
            Ok(n) => bytes.extend_from_slice(&chunk[..n]),
            Err(_) if interrupter.is_pending() => return Err(Failure::Interrupted),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Failure::NoInput(format!("standard input: {}", system_message(&e)))),
        }
    }
}

/// Shows a failure on stderr, after what the program has written; answers the exit status.
fn report(engine: &mut Engine, failure: Failure) -> u8 {
    engine.write_out();
    eprint!("{}", engine.render(&failure));
    status_of(&failure)
}

fn status_of(failure: &Failure) -> u8 {
    match failure {
        Failure::Exit(status) => *status,
        Failure::Stopped => 0,
        Failure::NoInput(_) => EXIT_NO_INPUT,
        Failure::BadProgram(_) => EXIT_BAD_PROGRAM,
        Failure::Uncaught { .. } | Failure::LostOutput(_) | Failure::Internal(_) => EXIT_UNCAUGHT,
        Failure::Interrupted => EXIT_INTERRUPTED,
        Failure::ClosedOutput => EXIT_CLOSED_OUTPUT,
    }
}
