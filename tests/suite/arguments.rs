//! Misuse of the library's procedures: each has its row in tests/run/arguments, whose programs try the messages; here each error is left uncaught
//! and must show its place, whether the procedure stands in operator position or is given to `apply`.

use crate::{files, libraries};
use kestrel::engine::{Engine, Options, Tier};
use kestrel::reader::{self, datum::Data, datum::DatumId, datum::DatumKind};
use kestrel::source::FileId;
use kestrel_runtime::Value;
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// All trials of this file.
pub fn trials() -> Vec<Trial> {
    let root = files::folder("run/arguments");
    let mut trials = vec![Trial::test("arguments/rows for every procedure", every_procedure)];
    for path in files::below(&root, &["scm"]) {
        for tier in [Tier::Baseline, Tier::Llvm] {
            let name = format!("arguments/places {} {tier:?}", files::name(&root, &path)).to_lowercase();
            let path = path.clone();
            trials.push(Trial::test(name, move || places(&path, tier)));
        }
    }
    trials
}

/// A datum by its text and, if it is a proper list, by its elements.
struct Tree {
    text: String,
    items: Vec<Tree>,
}

impl Tree {
    fn new(text: &str, data: &Data, id: DatumId) -> Tree {
        let span = data[id].span;
        let mut items = Vec::new();
        let mut rest = id;
        while let DatumKind::Pair(first, next) = data[rest].kind {
            items.push(Tree::new(text, data, first));
            rest = next;
        }
        if !matches!(data[rest].kind, DatumKind::Immediate(Value::NULL)) {
            items.clear();
        }
        Tree { text: text[span.start as usize..span.end as usize].to_owned(), items }
    }

    fn head(&self) -> &str {
        self.items.first().map_or("", |first| &first.text)
    }

    fn texts(&self) -> Vec<&str> {
        self.items.iter().map(|item| item.text.as_str()).collect()
    }
}

fn forms(path: &Path) -> Result<Vec<Tree>, Failed> {
    let text = std::fs::read_to_string(path)?;
    let mut data = Data::default();
    let roots = reader::read_all(FileId(0), &text, &mut data).map_err(|errors| format!("{errors:?}"))?;
    Ok(roots.into_iter().map(|root| Tree::new(&text, &data, root)).collect())
}

/// Every procedure that a library exports has a row.
fn every_procedure() -> Result<(), Failed> {
    let mut rows = BTreeSet::new();
    for path in files::below(&files::folder("run/arguments"), &["scm"]) {
        rows.extend(
            forms(&path)?.into_iter().filter(|form| form.head() == "row").map(|form| form.items[1].text.clone()),
        );
    }
    let missing: BTreeSet<String> = libraries::procedures()?.into_iter().filter(|name| !rows.contains(name)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("these have no row: {missing:?}").into()) }
}

/// Expressions of a good and a bad value for each shape; before them, what the expressions use.
struct Shapes {
    helpers: Vec<String>,
    values: BTreeMap<String, (String, Option<String>)>,
}

impl Shapes {
    fn read() -> Result<Shapes, Failed> {
        let mut forms = forms(&files::folder("run/arguments/support/shapes.scm"))?;
        // (define shapes (shapes-of (SHAPE GOOD BAD …) …))
        let table = forms.pop().and_then(|mut form| form.items.pop()).ok_or("shapes.scm has no shapes")?;
        let values = table.items.iter().skip(1).map(|shape| {
            let parts = shape.texts();
            (parts[0].to_owned(), (parts[1].to_owned(), parts.get(2).map(|&bad| bad.to_owned())))
        });
        Ok(Shapes { values: values.collect(), helpers: forms.into_iter().map(|form| form.text).collect() })
    }

    /// The wrong calls of a row: arguments, and how the message goes on after the procedure's name.
    fn misuses(&self, row: &Tree) -> Result<Vec<(Vec<String>, String)>, Failed> {
        let (required, optional, rest) = (&row.items[2], &row.items[3], row.items[4].text.as_str());
        let mut shapes = required.texts();
        shapes.extend(optional.texts());
        if !["#f", "unchecked"].contains(&rest) {
            shapes.extend([rest; 3]);
        }
        let values: Option<Vec<_>> = shapes.iter().map(|&shape| self.values.get(shape)).collect();
        let values = values.ok_or_else(|| format!("a shape of {} is unknown", row.text))?;
        let good: Vec<String> = values.iter().map(|(good, _)| good.clone()).collect();
        let mut misuses = Vec::new();
        for (i, (_, bad)) in values.iter().enumerate() {
            let mut arguments = good.clone();
            if let Some(bad) = bad {
                arguments[i].clone_from(bad);
                misuses.push((arguments, format!("argument {} ", i + 1)));
            }
        }
        if let Some(fewer) = required.items.len().checked_sub(1) {
            misuses.push((good[..fewer].to_vec(), "takes ".to_owned()));
        }
        if rest == "#f" {
            misuses.push((good.iter().cloned().chain(["0".to_owned()]).collect(), "takes ".to_owned()));
        }
        Ok(misuses)
    }
}

/// Every misuse of a program's rows, uncaught, is told with the line of its call.
fn places(path: &Path, tier: Tier) -> Result<(), Failed> {
    let shapes = Shapes::read()?;
    let mut program = String::new();
    let mut cases = Vec::new();
    for form in forms(path)? {
        match form.head() {
            "import" => writeln!(program, "{}\n{}", form.text, shapes.helpers.join("\n"))?,
            "set!" => writeln!(program, "(define {} {})", form.items[1].text, form.items[2].text)?,
            "row" => {
                let name = &form.items[1].text;
                for (arguments, message) in shapes.misuses(&form)? {
                    let arguments = arguments.join(" ");
                    for call in [format!("({name} {arguments})"), format!("(apply {name} (list {arguments}))")] {
                        // The result goes into a list, so that the call is no tail call, which would leave no frame.
                        writeln!(program, "(define (case-{}) (list {call}))", cases.len())?;
                        cases.push((program.lines().count(), call, format!("error: {name}: {message}")));
                    }
                }
            }
            _ => {}
        }
    }
    let mut engine = Engine::new(Options { tier, ..Options::default() })?;
    engine.eval("cases", &program).map_err(|failure| engine.render(&failure))?;
    let mut wrong = String::new();
    for (i, (line, call, message)) in cases.iter().enumerate() {
        let told = match engine.eval("call", &format!("(case-{i})")) {
            Err(failure) => engine.render(&failure),
            Ok(values) => values.join(" "),
        };
        if !told.starts_with(message.as_str()) || !told.contains(&format!("--> cases:{line}:")) {
            writeln!(wrong, "{call} should be told as `{message}…` at line {line}:\n{told}")?;
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}
