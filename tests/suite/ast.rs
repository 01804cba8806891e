//! The stages of the AST: text in, text out, with the verifier before and after. In place of a top-level variable's cell stands the
//! symbol `|cell NAME|`.

use kestrel::ast::{self, ir::Program};
use kestrel::cps;
use kestrel::reader::datum::Data;
use kestrel::source::{Origin, SourceFile, SourceMap};
use kestrel_runtime::{Value, symbol};

const PLACE: Origin = Origin(0);

fn make_cell(name: Value) -> Value {
    symbol::intern(&format!("cell {}", symbol::name(name).unwrap_or("?")))
}

/// Reads an AST, and applies passes.
fn passes(input: &str, passes: &[fn(&mut Program)]) -> Result<Program, String> {
    let mut sources = SourceMap::default();
    let file = sources.add(SourceFile { name: "text".to_owned(), path: None, text: input.to_owned() });
    let mut data = Data::new();
    let roots = kestrel::reader::read_all(file, input, &mut data).map_err(|e| format!("cannot read: {e:?}"))?;
    let [root] = roots[..] else { return Err(format!("{} data instead of one", roots.len())) };
    let mut program = ast::parse::parse(&data, root, &mut sources, &mut |_, _| None)
        .map_err(|error| format!("{}: {}", error.span.start, error.message))?;
    ast::verify::verify(&program)?;
    for pass in passes {
        pass(&mut program);
        ast::verify::verify(&program).map_err(|broken| format!("{}\nbroken: {broken}", print(&program)))?;
    }
    Ok(program)
}

fn print(program: &Program) -> String {
    ast::print::print(program, &|_| "?".to_owned())
}

fn toplevel(program: &mut Program) {
    ast::toplevel::toplevel(program, PLACE, &mut make_cell);
}

/// The text after reading and printing.
pub fn read(input: &str) -> String {
    passes(input, &[]).map_or_else(|e| e, |p| print(&p))
}
/// The text without top-level definitions.
pub fn without_definitions(input: &str) -> String {
    passes(input, &[toplevel]).map_or_else(|e| e, |p| print(&p))
}
/// The text without `letrec*`.
pub fn letrec(input: &str) -> String {
    passes(input, &[toplevel, ast::letrec::letrec]).map_or_else(|e| e, |p| print(&p))
}
/// The text without `set!`.
pub fn assignment(input: &str) -> String {
    lowered(input).map_or_else(|e| e, |p| print(&p))
}
fn lowered(input: &str) -> Result<Program, String> {
    passes(input, &[toplevel, ast::letrec::letrec, ast::assignment::assignment])
}

/// The CPS of a program.
pub fn convert(input: &str) -> String {
    let program = match lowered(input) {
        Ok(program) => cps::convert::convert(&program),
        Err(error) => return error,
    };
    let text = cps::print::print(&program, &|_| "?".to_owned());
    match cps::verify::verify(&program, cps::verify::Stage::Converted) {
        Ok(()) => text,
        Err(broken) => format!("{text}\nbreaks invariant {}: {}", broken.invariant, broken.message),
    }
}
