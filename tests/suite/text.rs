//! Text tests: each file in tests/text/STAGE holds an input and the text that the stage makes of it.

use crate::{ast, files};
use kestrel::closure;
use kestrel::cps::verify::Stage as Checked;
use kestrel::cps::{self, opt};
use kestrel::reader::datum::{Data, DatumId, DatumKind};
use kestrel::source::{SourceFile, SourceMap};
use kestrel_runtime::{Ctx, Value};
use libtest_mimic::{Failed, Trial};
use std::path::Path;

/// Between input and expected text.
const ANSWER: &str = ";; ---";
/// Between cases.
const NEXT: &str = ";; ===";

/// What a stage makes of an input: a result or an error's text, both expectations alike.
type Stage = fn(&str) -> String;

/// The stages by the names of their folders.
const STAGES: &[(&str, Stage)] = &[
    ("ast", ast::read),
    ("toplevel", ast::without_definitions),
    ("letrec", ast::letrec),
    ("assignment", ast::assignment),
    ("convert", ast::convert),
    ("cps", |input| cps(input, Checked::Converted, Checked::Converted, |_, _| {})),
    ("primop", |input| cps(input, Checked::Converted, Checked::Resolved, opt::primop::run)),
    ("beta", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::beta::run)),
    ("known", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::known::run)),
    ("contify", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::contify::run)),
    ("eta", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::eta::run)),
    ("inline", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::inline::run)),
    ("unroll", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::unroll::run)),
    ("closure", closure),
    ("dce", |input| cps(input, Checked::Resolved, Checked::Resolved, opt::dce::run)),
];

/// The only constants in these texts that are not immediates to the reader.
fn flonum(data: &Data, datum: DatumId) -> Option<Value> {
    match &data[datum].kind {
        DatumKind::Number(text) => text.parse().ok().and_then(Value::self_tagged),
        _ => None,
    }
}

/// Reads CPS text, applies a pass, and prints; the verifier runs before and after.
fn cps(input: &str, before: Checked, after: Checked, pass: fn(&mut cps::ir::Program, &mut opt::Context)) -> String {
    let mut sources = SourceMap::default();
    let mut program = match read_cps(input, before, &mut sources) {
        Ok(program) => program,
        Err(message) => return message,
    };
    let mut ctx = Ctx::new(kestrel_runtime::control::Options::default());
    pass(&mut program, &mut opt::Context { sources: &mut sources, ctx: Some(&mut ctx) });
    let text = cps::print::print(&program, &|_| "?".to_owned());
    match cps::verify::verify(&program, after) {
        Ok(()) => text,
        Err(broken) => format!("{text}\nbreaks invariant {}: {}", broken.invariant, broken.message),
    }
}

/// The program that a CPS text describes, verified.
pub fn read_cps(input: &str, stage: Checked, sources: &mut SourceMap) -> Result<cps::ir::Program, String> {
    let file = sources.add(SourceFile { name: "text".to_owned(), path: None, text: input.to_owned() });
    let mut data = Data::new();
    let roots =
        kestrel::reader::read_all(file, input, &mut data).map_err(|errors| format!("cannot read: {errors:?}"))?;
    let [root] = roots[..] else {
        return Err(format!("{} data instead of one", roots.len()));
    };
    let program = cps::parse::parse(&data, root, sources, &mut flonum)
        .map_err(|error| format!("{}: {}", error.span.start, error.message))?;
    match cps::verify::verify(&program, stage) {
        Ok(()) => Ok(program),
        Err(broken) => Err(format!("invariant {}: {}", broken.invariant, broken.message)),
    }
}

/// Reads CPS text, converts it to first-order CPS, and prints that; the verifiers of both run.
fn closure(input: &str) -> String {
    let program = match read_cps(input, Checked::Resolved, &mut SourceMap::default()) {
        Ok(program) => program,
        Err(message) => return message,
    };
    let Some(entry) = program.entry else {
        return "no entry".to_owned();
    };
    let program = closure::convert::convert(&program, entry);
    let text = closure::print::print(&program, &|_| "?".to_owned());
    match closure::verify::verify(&program) {
        Ok(()) => text,
        Err(broken) => format!("{text}\nbreaks invariant {}: {}", broken.invariant, broken.message),
    }
}

/// One test for each file.
pub fn trials() -> Vec<Trial> {
    let root = files::folder("text");
    let test = |path: std::path::PathBuf| {
        let name = format!("text/{}", files::name(&root, &path));
        Trial::test(name, move || test(&path))
    };
    files::below(&root, &["scm", "ir"]).into_iter().map(test).collect()
}

fn test(path: &Path) -> Result<(), Failed> {
    let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
    let Some((_, stage)) = STAGES.iter().find(|(name, _)| *name == folder) else {
        return Err(format!("no stage is called {folder}").into());
    };
    let text = std::fs::read_to_string(path)?;
    let bless = std::env::var_os("BLESS").is_some();
    let mut blessed = Vec::new();
    for case in split(&text, NEXT) {
        let mut parts = split(&case, ANSWER).into_iter();
        let input = parts.next().unwrap_or_default();
        let expected = parts.next();
        let answer = stage(&input).trim().to_owned();
        if !bless && expected.as_deref().map(str::trim) != Some(&*answer) {
            return Err(format!(
                "{}\n{ANSWER} expected\n{}\n{ANSWER} but is\n{answer}",
                input.trim(),
                expected.unwrap_or_default()
            )
            .into());
        }
        blessed.push(format!("{}\n{ANSWER}\n{answer}\n", input.trim()));
    }
    if bless {
        let blessed = blessed.join(&format!("{NEXT}\n"));
        if blessed != text {
            std::fs::write(path, blessed)?;
        }
    }
    Ok(())
}

/// The parts of a text between lines that equal `separator`.
fn split(text: &str, separator: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.trim_end() == separator {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}
