//! Tests of the expander alone, by the evaluator of [`eval`] and by its diagnostics.

mod eval;
mod open;
mod programs;

use super::World;
use crate::ast::ir::Program;
use crate::diagnostic::{Diagnostic, Renderer};
use crate::reader;
use crate::reader::datum::Data;
use crate::source::{SourceFile, SourceMap};
use eval::Evaluator;
use kestrel_runtime::Ctx;
use kestrel_runtime::control::Options;
use kestrel_runtime::print::{Mode, to_string};
use std::path::{Path, PathBuf};

fn context() -> Box<Ctx> {
    Ctx::new(Options { max_heap: 1 << 32, nursery: 1 << 20, ..Options::default() })
}

fn expand_in(ctx: &mut Ctx, text: &str, path: Option<&Path>) -> (Result<Program, Vec<Diagnostic>>, SourceMap) {
    let mut sources = SourceMap::default();
    let name = path.map_or("test.scm".into(), |p| p.display().to_string());
    let file = sources.add(SourceFile { name, path: path.map(Path::to_path_buf), text: text.to_string() });
    let mut data = Data::new();
    let folders: Vec<PathBuf> = path.and_then(Path::parent).map(Path::to_path_buf).into_iter().collect();
    let mut world = World::new(folders);
    let result =
        reader::read_all(file, text, &mut data).and_then(|roots| world.expand_program(&mut sources, ctx, data, &roots));
    (result, sources)
}

fn render(errors: &[Diagnostic], sources: &SourceMap) -> String {
    errors.iter().map(|e| Renderer::plain().render(sources, e)).collect::<Vec<_>>().join("\n")
}

/// The value of a program, written; or its errors.
fn value_of(text: &str, path: Option<&Path>) -> Result<String, String> {
    let mut ctx = context();
    let (program, sources) = expand_in(&mut ctx, text, path);
    let program = program.map_err(|e| render(&e, &sources))?;
    eval::check(&program);
    let value = Evaluator::new(&mut ctx).run(program)?;
    Ok(to_string(&ctx, value, Mode::Write))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(value_of(text, None).as_deref(), Ok(expected), "{text}");
}
