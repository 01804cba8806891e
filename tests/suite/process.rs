//! Kestrel as a process: signals, pipes, full disks, files that are none, deep programs.

use libtest_mimic::{Failed, Trial};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::FromRawFd;
use std::process::{Child, Command, Output, Stdio};

const TIERS: [&str; 3] = ["auto", "llvm", "baseline"];
/// Depth of nested programs.
const DEPTH: usize = 100_000;

/// All trials of this file.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for tier in TIERS {
        for (name, body) in WAITING {
            trials.push(Trial::test(format!("process/interrupt {name} {tier}"), move || interrupted(tier, body)));
        }
        trials.push(Trial::test(format!("process/closed pipe {tier}"), move || closed_pipe(tier)));
        trials.push(Trial::test(format!("process/full disk {tier}"), move || full_disk(tier)));
    }
    for (name, text) in deep_programs() {
        trials.push(Trial::test(format!("process/deep {name}"), move || deep(&text)));
    }
    trials.push(Trial::test("process/files", files));
    trials.push(Trial::test("process/command line", command_line));
    trials.push(Trial::test("process/library path", library_path));
    trials.push(Trial::test("process/repl", repl));
    trials
}

fn kestrel() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn program(text: &str) -> Result<tempfile::NamedTempFile, Failed> {
    let mut file = tempfile::Builder::new().suffix(".scm").tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

fn expect(what: &str, output: &Output, status: i32, stdout: &str, stderr: &str) -> Result<(), Failed> {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(status) && out == stdout && err.contains(stderr) {
        return Ok(());
    }
    Err(format!("{what}: {}, not {status}\n--- stdout\n{out:.1000}\n--- stderr\n{err:.1000}", output.status).into())
}

/// What a program does when Ctrl-C comes.
const WAITING: [(&str, &str); 13] = [
    ("loop", "(let loop () (loop))"),
    ("allocating loop", "(let loop ((x '())) (loop (list x)))"),
    ("procedure", "(define (f x) (f (+ x 1))) (f 0)"),
    ("recursion", "(define (f n) (if (= n 0) 0 (+ 1 (f (- n 1))))) (let loop () (f 100000) (loop))"),
    ("guarded", "(let loop () (guard (e (#t #f)) (raise 1)) (loop))"),
    ("read-line", "(read-line)"),
    ("read-char", "(let loop () (read-char) (loop))"),
    ("read", "(read)"),
    ("power", "(display (even? (expt 7 1000000000)))"),
    ("digits", "(display (string-length (number->string (- (expt 2 1000000000) 1))))"),
    ("write", "(write (- (expt 2 1000000000) 1))"),
    ("root", "(exact-integer-sqrt (+ (expt 2 4000000000) 1))"),
    ("continued fraction", "(display (rationalize (/ (expt 3 500000) (+ 1 (expt 5 400000))) (/ 1 (expt 7 900000))))"),
];

fn start(command: &mut Command) -> Result<(Child, BufReader<std::process::ChildStdout>), Failed> {
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().ok_or("no pipe")?;
    Ok((child, BufReader::new(stdout)))
}

/// The program says that it is ready, and holds back a line that must come out when it is interrupted.
fn interrupted(tier: &str, body: &str) -> Result<(), Failed> {
    let ready = "(import (scheme base) (scheme write) (scheme read))
        (write-string \"ready\\n\") (flush-output-port) (write-string \"held back\")";
    let file = program(&format!("{ready}\n{body}"))?;
    let (mut child, mut stdout) = start(kestrel().arg("--tier").arg(tier).arg(file.path()))?;
    let mut line = String::new();
    stdout.read_line(&mut line)?;
    // Let it get into what it waits in; earlier is harmless.
    std::thread::sleep(std::time::Duration::from_millis(50));
    let killed = Command::new("kill").arg("-INT").arg(child.id().to_string()).status()?;
    stdout.read_to_string(&mut line)?;
    let status = child.wait()?;
    if killed.success() && status.code() == Some(130) && line == "ready\nheld back" {
        return Ok(());
    }
    Err(format!("{status}, output {line:?}").into())
}

fn closed_pipe(tier: &str) -> Result<(), Failed> {
    let text = "(import (scheme base) (scheme write)) (let loop ((i 0)) (display i) (newline) (loop (+ i 1)))";
    let file = program(text)?;
    let (child, mut stdout) = start(kestrel().arg("--tier").arg(tier).arg(file.path()))?;
    let mut line = String::new();
    stdout.read_line(&mut line)?;
    drop(stdout);
    let output = child.wait_with_output()?;
    if line != "0\n" || !output.stderr.is_empty() {
        return Err(format!("{line:?}, {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    expect("closed pipe", &output, 141, "", "")
}

fn full_disk(tier: &str) -> Result<(), Failed> {
    for (text, status) in
        [("(display 1)", 70), ("(begin (display 1) (exit 0))", 70), ("(begin (display 1) (exit 3))", 3), ("1", 70)]
    {
        let full: File = OpenOptions::new().write(true).open("/dev/full")?;
        let output = kestrel().arg("--tier").arg(tier).arg("-e").arg(text).stdout(full).output()?;
        expect(text, &output, status, "", "No space left on device")?;
    }
    Ok(())
}

/// Name, and the program, which displays `ok`.
fn deep_programs() -> Vec<(&'static str, String)> {
    let nest = |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(DEPTH), close.repeat(DEPTH));
    let function = |body: String, argument: &str| format!("(define (f x) {body}) (f {argument}) (display 'ok)");
    vec![
        ("quote", format!("(define x '{}) (display (if (pair? x) 'ok x))", nest("(", "1", ")"))),
        ("let", function(nest("(let ((x (+ x 1))) ", "x", ")"), "0")),
        ("if", function(nest("(if (car x) ", "1", " 2)"), "'(#t)")),
        ("begin", function(nest("(begin ", "x", ")"), "0")),
        ("primitives", function(nest("(vector ", "x", ")"), "0")),
        ("calls", format!("(define (g x) (+ x 1)) (set! g g) {}", function(nest("(g ", "x", ")"), "0"))),
    ]
}

fn deep(text: &str) -> Result<(), Failed> {
    let file = program(&format!("(import (scheme base) (scheme write)) {text}"))?;
    expect("deep", &kestrel().arg(file.path()).output()?, 0, "ok", "")
}

fn files() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let run = |path: &std::path::Path| kestrel().arg(path).output();
    let missing = folder.path().join("missing.scm");
    let message = format!("kestrel: {}: No such file or directory\n", missing.display());
    expect("missing", &run(&missing)?, 66, "", &message)?;
    expect("folder", &run(folder.path())?, 66, "", "is a directory")?;
    expect("empty", &run(program("")?.path())?, 0, "", "")?;
    expect("unbalanced", &run(program("(import (scheme base)) (car (car")?.path())?, 65, "", "never closed")?;
    let mut junk = tempfile::NamedTempFile::new()?;
    junk.write_all(&(0..=255).cycle().take(5000).collect::<Vec<u8>>())?;
    expect("junk", &run(junk.path())?, 65, "", "not valid UTF-8")
}

fn command_line() -> Result<(), Failed> {
    let run = |arguments: &[&str]| kestrel().args(arguments).output();
    expect("-e twice", &run(&["-e", "(define x 2)", "-e", "(values x \"s\")"])?, 0, "2\n\"s\"\n", "")?;
    expect("near names", &run(&["-e", "(vector-reff (vector 1) 0)"])?, 70, "", "did you mean `vector-ref`")?;
    expect("bad option", &run(&["--nonsense"])?, 2, "", "--nonsense")?;
    let file = program("(import (scheme base) (scheme write) (scheme process-context)) (write (cdr (command-line)))")?;
    let path = file.path().display().to_string();
    expect("arguments", &run(&[&path, "-x", "--", "y"])?, 0, "(\"-x\" \"--\" \"y\")", "")?;
    let mut child = kestrel().stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(b"(import (scheme base) (scheme write)) (display 42)")?;
    }
    expect("standard input", &child.wait_with_output()?, 0, "42", "")
}

/// The folders of `-L` come before the program's own, those of `KESTREL_PATH` after it.
fn library_path() -> Result<(), Failed> {
    let root = tempfile::tempdir()?;
    let folder = |name: &str, libraries: &[&str]| {
        let folder = root.path().join(name);
        std::fs::create_dir_all(&folder)?;
        for library in libraries {
            let text = format!(
                "(define-library ({library}) (export {library}) (import (scheme base)) (begin (define {library} '{name})))"
            );
            std::fs::write(folder.join(format!("{library}.sld")), text)?;
        }
        Ok::<_, std::io::Error>(folder)
    };
    let option = folder("option", &["x"])?;
    let own = folder("own", &["x", "y"])?;
    let variable = folder("variable", &["x", "y", "z"])?;
    let path = own.join("program.scm");
    let text = "(import (scheme base) (scheme write) (x) (y) (z)) (write (list x y z))";
    std::fs::write(&path, text)?;
    let variable = std::env::join_paths([root.path().join("nowhere"), variable])?;
    let mut command = kestrel();
    command.arg("-L").arg(&option).arg(&path).env("KESTREL_PATH", &variable);
    expect("all three", &command.output()?, 0, "(option own variable)", "")?;
    let mut command = kestrel();
    command.arg("program.scm").current_dir(&own).env("KESTREL_PATH", &variable);
    expect("no option", &command.output()?, 0, "(own own variable)", "")?;
    let mut command = kestrel();
    command.arg("program.scm").current_dir(&own).env_remove("KESTREL_PATH");
    expect("no variable", &command.output()?, 65, "", "looked for ./z.sld")?;
    let mut command = kestrel();
    command.args(["-e", "(import (z)) z"]).current_dir(&own).env("KESTREL_PATH", &variable);
    expect("-e", &command.output()?, 0, "variable\n", "")
}

/// What the REPL shows on a terminal where all these lines are typed at once, without what edits the lines.
fn at_terminal(lines: &[&str]) -> Result<(i32, String), Failed> {
    let (mut master, mut slave) = (-1, -1);
    let null = std::ptr::null_mut();
    // SAFETY: the two numbers are written, and the other arguments may be null.
    let opened = unsafe { libc::openpty(&mut master, &mut slave, null, null.cast(), null.cast()) };
    if opened != 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    // SAFETY: both are open, and nobody else's.
    let (mut master, slave) = unsafe { (File::from_raw_fd(master), File::from_raw_fd(slave)) };
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.env("TERM", "xterm").env("KESTREL_HISTORY", "/dev/null").stdin(slave.try_clone()?);
    let mut child = command.stdout(slave.try_clone()?).stderr(slave).spawn()?;
    drop(command);
    for line in lines {
        write!(master, "{line}\r")?;
    }
    let mut shown = Vec::new();
    // The terminal ends with an error when nobody has it open any more.
    let _ = master.read_to_end(&mut shown);
    let status = child.wait()?.code().unwrap_or(-1);
    let shown = String::from_utf8_lossy(&shown).replace('\r', "");
    let mut parts = shown.split("\x1b[");
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        // After its parameters, a sequence that controls the terminal ends with a letter.
        text.push_str(part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    }
    Ok((status, text))
}

fn repl() -> Result<(), Failed> {
    let (status, shown) = at_terminal(&[
        "(let loop ((i 0)) (if (< i 3000000) (loop (+ i 1)) 'counted))",
        "(list 'typed",
        "  'ahead) 'more (values 1 2)",
        "(car 'x)",
        ",apropos vector-fi",
        ",time (* 6 7)",
        ",nonsense",
        "(exit 3)",
    ])?;
    let expected = [
        "\ncounted\n",
        "\n(typed ahead)\nmore\n1\n2\n",
        "error: car: argument 1 must be a pair, but is x",
        "\nvector-fill!\n",
        "\n42\n",
        "there is no command ,nonsense",
    ];
    match expected.iter().find(|&&text| !shown.contains(text)) {
        None if status == 3 => Ok(()),
        missing => Err(format!("status {status}, without {missing:?}:\n{shown}").into()),
    }
}
