//! Conformance tests: the cases in tests/conformance, a file for each section of R7RS, each run as part of a compiled program and
//! through `eval`. tests/README.md says how they are written.

use crate::{files, run};
use kestrel::engine::{Engine, Failure, Options, Tier};
use libtest_mimic::{Failed, Trial};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Fewest cases that all files must hold together.
const LEAST: usize = 1800;
/// What starts a line that tells a case's result.
const MARK: &str = "@@ ";
/// Expectation of a case that must not pass the reader or the expander.
const REJECTED: &str = "syntax error";
/// Expectation of a case that must raise an error object.
const ERROR: &str = "error";
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

/// The same for `eval`: what a case gives is a list of its value.
const EVALUATED: &str = "(define (%result %thunk)
  (call/cc
    (lambda (%k)
      (with-exception-handler
        (lambda (%e) (%k (if (error-object? %e) 'error (vector 'raised %e))))
        (lambda () (list (%thunk)))))))
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
        let Some(expected) = item.expected.as_deref().filter(|&expected| expected != got) else {
            return;
        };
        let name = self.path.file_name().unwrap_or_default().display();
        let _ = writeln!(self.text, "{name}:{}: {}\n    expected {expected}\n    got      {got}", item.line, item.text);
    }

    fn finish(self) -> Result<(), Failed> {
        if self.text.is_empty() { Ok(()) } else { Err(self.text.into()) }
    }
}

/// Runs all cases of a file in one program, and each that must be rejected in one of its own.
fn compiled(path: &Path, tier: &str, level: &str) -> Result<(), Failed> {
    let items = items(&std::fs::read_to_string(path)?);
    let imports: String = items.iter().filter(|item| item.is_import()).map(|item| format!("{}\n", item.text)).collect();
    let mut program = format!("{imports}{PROGRAM}");
    for (number, item) in items.iter().enumerate().filter(|(_, item)| !item.is_rejected() && !item.is_import()) {
        let _ = match item.expected {
            Some(_) => writeln!(program, "(%case {number} (%lambda () {}\n))", item.text),
            None => writeln!(program, "{}", item.text),
        };
    }
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("program.scm");
    std::fs::write(&file, program)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.arg("--tier").arg(tier).arg(level).arg(&file).current_dir(folder.path());
    let outcome = run::execute(command, std::process::Stdio::null())?;
    let mut results = vec![None; items.len()];
    for line in outcome.stdout.lines().filter_map(|line| line.strip_prefix(MARK)) {
        if let Some((number, result)) = line.split_once(' ')
            && let Some(slot) = number.parse().ok().and_then(|number: usize| results.get_mut(number))
        {
            *slot = Some(result.to_owned());
        }
    }
    let mut report = Report { path, text: String::new() };
    let mut missing = Vec::new();
    for (item, result) in items.iter().zip(results) {
        if item.is_rejected() {
            let mut engine = engine()?;
            match engine.run_bytes("case", None, format!("{imports}{}", item.text).into_bytes()) {
                Err(failure) => report.compare(item, &described(&engine, &failure)),
                Ok(values) => report.compare(item, &values.join(" ")),
            }
        } else if item.expected.is_some() {
            match result {
                Some(result) => report.compare(item, &result),
                None => missing.push(item),
            }
        }
    }
    if let Some(first) = missing.first() {
        let _ = writeln!(report.text, "{} cases did not end, first line {}: {}", missing.len(), first.line, first.text);
    }
    if !report.text.is_empty() || outcome.status != Some(0) {
        let _ = writeln!(report.text, "the program ended with {:?}\n{:.1000}", outcome.status, outcome.stderr);
    }
    report.finish()
}

/// Evaluates the items of a file one by one.
fn evaluated(path: &Path) -> Result<(), Failed> {
    let items = items(&std::fs::read_to_string(path)?);
    let mut engine = engine()?;
    let mut evaluate = |text: &str| engine.eval("case", text).map_err(|failure| described(&engine, &failure));
    evaluate(EVALUATED)?;
    let mut report = Report { path, text: String::new() };
    for item in &items {
        if item.expected.is_none() {
            if let Err(error) = evaluate(&item.text) {
                let _ = writeln!(report.text, "{}: {error}", item.text);
            }
            continue;
        }
        let got = match evaluate(&format!("(%result (lambda () {}\n))", item.text)) {
            Ok(values) => result(&values.join(" ")),
            Err(error) => error,
        };
        // An open world learns some of it only when it gets there.
        if item.is_rejected() && got == ERROR {
            continue;
        }
        report.compare(item, &got);
    }
    report.finish()
}

fn engine() -> Result<Engine, Failed> {
    Ok(Engine::new(Options { tier: Tier::Baseline, ..Options::default() })?)
}

/// The result that stands in the list that `%result` gives.
fn result(written: &str) -> String {
    if written == ERROR {
        return ERROR.into();
    }
    match written.strip_prefix("#(raised ") {
        Some(rest) => format!("raised {}", &rest[..rest.len() - 1]),
        None => written.get(1..written.len().saturating_sub(1)).unwrap_or_default().to_owned(),
    }
}

fn described(engine: &Engine, failure: &Failure) -> String {
    match failure {
        Failure::BadProgram(_) => REJECTED.into(),
        other => engine.render(other),
    }
}
