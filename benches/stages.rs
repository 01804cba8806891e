//! The compiler's stages, each alone, on a program of about 500 lines: programs of benches/programs, each in a body of its own.
//!
//! Expansion includes reading the libraries; LLVM's stages are given everything, as `--tier=llvm` does. What a stage makes is dropped outside of
//! the measurement.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kestrel::cps::opt::Context as PassContext;
use kestrel::jit::{Context, Jit, Level};
use kestrel::reader::datum::{Data, DatumId};
use kestrel::source::{FileId, Origin, OriginData, SourceFile, SourceMap, Span};
use kestrel::syntax::World;
use kestrel::{ast, closure, codegen, cps, pipeline, reader};
use kestrel_runtime::control::Options;
use kestrel_runtime::{Ctx, Value};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// What the measured program is made of.
const PARTS: &[&str] =
    &["deriv", "destruc", "fft", "generators", "match", "nqueens", "pegs", "quicksort", "strings", "trees"];
/// What they import, together.
const IMPORTS: &str = "(import (scheme base) (scheme inexact) (scheme read) (scheme write))\n";

/// The measured program.
fn text() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs");
    let mut text = IMPORTS.to_owned();
    for part in PARTS {
        let program = std::fs::read_to_string(folder.join(part).with_extension("scm")).expect("a program");
        text.push_str("(let ()\n");
        for line in program.lines().filter(|line| !line.starts_with("(import ")) {
            text.push_str(line);
            text.push('\n');
        }
        text.push_str(")\n");
    }
    text
}

/// What all stages share.
struct Session {
    ctx: Box<Ctx>,
    sources: SourceMap,
    file: FileId,
    place: Origin,
}

impl Session {
    fn new(text: &str) -> Session {
        let mut sources = SourceMap::default();
        let file = sources.add(SourceFile { name: "program".into(), path: None, text: text.to_owned() });
        let span = Span { file, start: 0, end: 0 };
        let place = sources.origin(OriginData { span, procedure: Value::FALSE, inlined_at: None, expanded_from: None });
        Session { ctx: Ctx::new(Options::default()), sources, file, place }
    }

    fn read(&self, text: &str) -> (Data, Vec<DatumId>) {
        let mut data = Data::default();
        let roots = reader::read_all(self.file, text, &mut data).expect("the program is well-formed");
        (data, roots)
    }

    fn expand(&mut self, (data, roots): (Data, Vec<DatumId>)) -> ast::ir::Program {
        let mut world = World::new(Vec::new());
        world.expand_program(&mut self.sources, &mut *self.ctx, data, &roots).expect("the program has no errors")
    }

    fn lower(&mut self, program: &mut ast::ir::Program) {
        ast::lower(program, self.place, &mut |name| self.ctx.static_cell(Value::UNBOUND, name));
    }

    fn optimise(&mut self, program: &mut cps::ir::Program) {
        let mut context = PassContext { sources: &mut self.sources, ctx: Some(&mut self.ctx) };
        pipeline::optimise(program, 2, &mut context).expect("the passes keep the invariants");
    }
}

fn first_order(program: &cps::ir::Program) -> closure::ir::Program {
    closure::convert::convert(program, program.entry.expect("the program is complete"))
}

/// From an LLVM module's passes to linked code; what that takes is counted, building the module is not.
fn machine_code(jit: &Jit, program: &closure::ir::Program, iterations: u64) -> Duration {
    let mut total = Duration::ZERO;
    for _ in 0..iterations {
        let context = Context::new();
        let unit =
            codegen::compile(&context, program, 1, program.codes.indices().collect()).expect("code is generated");
        let start = Instant::now();
        jit.optimize(&unit.module, Level::Good).expect("LLVM's passes run");
        let code = jit.load(&context, &unit.module, &unit.descriptor, Level::Good).expect("LLVM makes code");
        total += start.elapsed();
        drop(code);
    }
    total
}

fn stages(c: &mut Criterion) {
    let text = text();
    let mut session = Session::new(&text);
    let data = session.read(&text);
    let expanded = session.expand(data.clone());
    let mut lowered = expanded.clone();
    session.lower(&mut lowered);
    let converted = cps::convert::convert(&lowered);
    let mut optimised = converted.clone();
    session.optimise(&mut optimised);
    let explicit = first_order(&optimised);

    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Elements(text.lines().count() as u64)).sample_size(20);
    group.bench_function("read", |b| b.iter_with_large_drop(|| session.read(black_box(&text))));
    group.bench_function("expand", |b| {
        b.iter_batched(|| data.clone(), |data| session.expand(data), BatchSize::PerIteration);
    });
    group.bench_function("ast", |b| {
        b.iter_batched_ref(|| expanded.clone(), |program| session.lower(program), BatchSize::PerIteration);
    });
    group.bench_function("convert", |b| b.iter_with_large_drop(|| cps::convert::convert(black_box(&lowered))));
    group.bench_function("optimise", |b| {
        b.iter_batched_ref(|| converted.clone(), |program| session.optimise(program), BatchSize::PerIteration);
    });
    group.bench_function("closure", |b| b.iter_with_large_drop(|| first_order(black_box(&optimised))));
    group.sample_size(10);
    group.bench_function("codegen", |b| {
        b.iter_batched_ref(
            Context::new,
            |context| {
                codegen::compile(context, black_box(&explicit), 1, explicit.codes.indices().collect())
                    .expect("code is generated");
            },
            BatchSize::PerIteration,
        );
    });
    let jit = Jit::new().expect("LLVM starts");
    group.bench_function("llvm", |b| b.iter_custom(|iterations| machine_code(&jit, &explicit, iterations)));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
