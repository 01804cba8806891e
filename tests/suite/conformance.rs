//! Conformance tests: the cases in tests/conformance, a file for each section of R7RS, each run as part of a compiled program and
//! through `eval`. tests/README.md says how they are written.

use crate::files;
use crate::run::{self, Outcome};
use kestrel::engine::{Engine, Failure, Options, Tier};
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Fewest cases that all files must hold together.
const LEAST: usize = 1800;
/// What starts a line that tells a case's result.
const MARK: &str = "@@ ";
/// Expectation of a case that must not pass the reader or the expander.
const REJECTED: &str = "syntax error";
/// Expectation of a case that must raise an error object.
const ERROR: &str = "error";
/// The same of one that mutates a literal. What is given to `eval` is not a literal, but an object of the program.
const LITERAL: &str = "literal error";
/// Tiers and levels of the compiled runs.
const COMPILED: [(&str, &str); 2] = [("baseline", "-O0"), ("llvm", "-O2")];

/// Stands after a compiled program's imports. The names are prefixed, since cases may define and import what they like.
const PROGRAM: &str = "(import (prefix (scheme base) %) (prefix (scheme write) %))
(%define (%case %n %thunk)
  (%define %result
    (%call/cc
      (%lambda (%k)
        (%with-exception-handler
          (%lambda (%e)
            (%k (%if (%error-object? %e) \"error\" (%string-append \"raised \" (%written %e)))))
          (%lambda () (%written (%thunk)))))))
  (%newline)
  (%write-string \"@@ \")
  (%write %n)
  (%write-string \" \")
  (%write-string %result)
  (%newline))
(%define (%written %value)
  (%let ((%port (%open-output-string)))
    (%write %value %port)
    (%get-output-string %port)))
";

/// Stands before the cases that are evaluated: each is read and evaluated in the interaction environment.
const EVALUATOR: &str = "(import (scheme base) (scheme eval) (scheme read) (scheme repl) (scheme write))
(define (evaluate text)
  (let ((port (open-input-string text)))
    (let loop ((value #f))
      (let ((form (read port)))
        (if (eof-object? form)
            value
            (loop (eval form (interaction-environment))))))))
(define (written value)
  (let ((port (open-output-string)))
    (write value port)
    (get-output-string port)))
(define (outcome text)
  (call/cc
    (lambda (k)
      (with-exception-handler
        (lambda (e) (k (if (error-object? e) \"error\" (string-append \"raised \" (written e)))))
        (lambda () (written (evaluate text)))))))
(define (tell number text)
  (newline)
  (write-string \"@@ \")
  (write number)
  (write-string \" \")
  (write-string (outcome text))
  (newline))
";

/// A case, or a form that stands before later cases.
struct Item {
    line: usize,
    text: String,
    /// What the case must give; `None` for a form that is no case.
    expected: Option<String>,
}

impl Item {
    fn is_import(&self) -> bool {
        self.expected.is_none() && self.text.starts_with("(import")
    }

    fn is_rejected(&self) -> bool {
        self.expected.as_deref() == Some(REJECTED)
    }
}

/// One test for each file and way of running, and one that counts.
pub fn trials() -> Vec<Trial> {
    let root = files::folder("conformance");
    let mut trials = Vec::new();
    let mut total = 0;
    for path in files::below(&root, &["scm"]) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let count = items(&text).iter().filter(|item| item.expected.is_some()).count();
        total += count;
        let name = format!("conformance/{} {count} cases", files::name(&root, &path));
        for (tier, level) in COMPILED {
            let path = path.clone();
            trials.push(Trial::test(format!("{name} {tier} {level}"), move || compiled(&path, tier, level)));
        }
        trials.push(Trial::test(format!("{name} eval"), move || evaluated(&path)));
    }
    trials.push(Trial::test(format!("conformance/{total} cases"), move || match total {
        LEAST.. => Ok(()),
        _ => Err(format!("{total} cases are fewer than {LEAST}").into()),
    }));
    trials
}

/// The items of a file: each starts in the first column and goes on in indented lines.
fn items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with(';') {
            continue;
        }
        match items.last_mut() {
            Some(item) if line.starts_with(' ') => {
                item.text.push('\n');
                item.text.push_str(line);
            }
            _ => items.push(Item { line: index + 1, text: line.to_owned(), expected: None }),
        }
    }
    for item in &mut items {
        let is_form = item.text.starts_with("(define") || item.text.starts_with("(import");
        if let Some(at) = item.text.rfind("=> ")
            && (!is_form || item.text[at + 3..].trim() == REJECTED)
        {
            item.expected = Some(item.text[at + 3..].trim().to_owned());
            item.text.truncate(at);
            item.text.truncate(item.text.trim_end().len());
        }
    }
    items
}

/// What differs from what the file says; the test fails if anything does.
struct Report<'a> {
    path: &'a Path,
    text: String,
}

impl Report<'_> {
    fn compare(&mut self, item: &Item, got: &str) {
        let expected = match item.expected.as_deref().unwrap_or_default() {
            LITERAL => ERROR,
            expected => expected,
        };
        // What `eval` rejects is an error object.
        if expected == got || (item.is_rejected() && got == ERROR) {
            return;
        }
        let name = self.path.file_name().unwrap_or_default().display();
        let _ = writeln!(self.text, "{name}:{}: {}\n    expected {expected}\n    got      {got}", item.line, item.text);
    }

    /// Compares the results, by line, of these cases, of which none may be missing.
    fn finish<'i>(
        mut self,
        cases: impl Iterator<Item = &'i Item>,
        results: BTreeMap<usize, String>,
        outcome: &Outcome,
    ) -> Result<(), Failed> {
        let mut missing = Vec::new();
        for item in cases {
            match results.get(&item.line) {
                Some(result) => self.compare(item, result),
                None => missing.push(item),
            }
        }
        if let Some(first) = missing.first() {
            let _ =
                writeln!(self.text, "{} cases did not end, first line {}: {}", missing.len(), first.line, first.text);
        }
        if self.text.is_empty() && outcome.status == Some(0) {
            return Ok(());
        }
        Err(format!("{}the program ended with {:?}\n{:.1000}", self.text, outcome.status, outcome.stderr).into())
    }
}

/// Runs all cases of a file in one program, and each that must be rejected in one of its own.
fn compiled(path: &Path, tier: &str, level: &str) -> Result<(), Failed> {
    let items = items(&std::fs::read_to_string(path)?);
    let imports: String = items.iter().filter(|item| item.is_import()).map(|item| format!("{}\n", item.text)).collect();
    let mut program = format!("{imports}{PROGRAM}");
    for item in items.iter().filter(|item| !item.is_rejected() && !item.is_import()) {
        let _ = match item.expected {
            Some(_) => writeln!(program, "(%case {} (%lambda () {}\n))", item.line, item.text),
            None => writeln!(program, "{}", item.text),
        };
    }
    let (results, outcome) = results(&program, &["--tier", tier, level])?;
    let mut report = Report { path, text: String::new() };
    for item in items.iter().filter(|item| item.is_rejected()) {
        let mut engine = Engine::new(Options { tier: Tier::Baseline, ..Options::default() })?;
        let got = match engine.run_bytes("case", None, format!("{imports}{}", item.text).into_bytes()) {
            Err(Failure::BadProgram(_)) => REJECTED.into(),
            Err(failure) => engine.render(&failure),
            Ok(values) => values.join(" "),
        };
        report.compare(item, &got);
    }
    report.finish(items.iter().filter(|item| item.expected.is_some() && !item.is_rejected()), results, &outcome)
}

/// Has `eval` run the items of a file one by one.
fn evaluated(path: &Path) -> Result<(), Failed> {
    let items = items(&std::fs::read_to_string(path)?);
    let mut program = String::from(EVALUATOR);
    for item in &items {
        let quoted = item.text.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = match item.expected {
            Some(_) => writeln!(program, "(tell {} \"{quoted}\")", item.line),
            None => writeln!(program, "(evaluate \"{quoted}\")"),
        };
    }
    let (results, outcome) = results(&program, &["--tier", "auto"])?;
    let report = Report { path, text: String::new() };
    let cases = items.iter().filter(|item| item.expected.as_deref().is_some_and(|expected| expected != LITERAL));
    report.finish(cases, results, &outcome)
}

/// Runs a program that tells the results of cases; answers them by their lines.
fn results(program: &str, options: &[&str]) -> Result<(BTreeMap<usize, String>, Outcome), Failed> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("program.scm");
    std::fs::write(&file, program)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.args(options).arg(&file).current_dir(folder.path());
    let outcome = run::execute(command, Stdio::null())?;
    let told = outcome.stdout.lines().filter_map(|line| line.strip_prefix(MARK)?.split_once(' '));
    let results = told.filter_map(|(line, result)| Some((line.parse().ok()?, result.to_owned()))).collect();
    Ok((results, outcome))
}
