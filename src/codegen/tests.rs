//! Programs in CPS text, converted, compiled, run.

use super::*;
use crate::jit::{Jit, Level};
use crate::reader;
use crate::reader::datum::{Data, DatumKind};
use crate::source::{FileId, SourceMap};
use crate::{closure, cps};
use kestrel_runtime::Ctx;
use kestrel_runtime::control::{Leave, Options};
use kestrel_runtime::unit::UnitInfo;

pub(super) struct Machine {
    pub ctx: Box<Ctx>,
    jit: Jit,
    units: Vec<crate::jit::CompiledUnit>,
}

impl Machine {
    pub(super) fn new() -> Machine {
        let options = Options { max_heap: 1 << 28, nursery: 1 << 20, ..Options::default() };
        Machine { ctx: Ctx::new(options), jit: Jit::new().expect("jit"), units: Vec::new() }
    }

    pub(super) fn program(&mut self, text: &str) -> Program {
        let mut data = Data::new();
        let roots = reader::read_all(FileId(0), text, &mut data).unwrap_or_else(|_| panic!("unreadable: {text}"));
        let ctx = &mut self.ctx;
        let mut quote = |data: &Data, d| match &data[d].kind {
            DatumKind::Number(text) => kestrel_runtime::number::parse(ctx, text, 10),
            DatumKind::String(text) => Some(ctx.static_string(text)),
            _ => None,
        };
        let program = cps::parse::parse(&data, roots[0], &mut SourceMap::default(), &mut quote).expect("parses");
        closure::convert::convert(&program, program.entry.expect("an entry"))
    }

    /// The values, written; or how it was left.
    pub(super) fn run(&mut self, text: &str, level: Level) -> String {
        let program = self.program(text);
        let number = self.ctx.register_unit(UnitInfo::default());
        let context = Context::new();
        let unit = compile(&context, &program, number, |_| true).expect("compiles");
        if let Err(e) = unit.module.verify() {
            panic!("{}\n{}", e.to_string(), unit.module.print_to_string().to_string());
        }
        let mut compiled = self.jit.load(&context, &unit.module, &unit.descriptor, level).expect("loads");
        let address = |c: CodeId| compiled.codes()[unit.codes.iter().position(|&d| c == d).expect("compiled")];
        let values: Vec<Value> = unit
            .constants
            .iter()
            .map(|c| match *c {
                Constant::Value(v) => v,
                Constant::Prim(p) => self.ctx.prim_procedure(p),
                Constant::Closure(c) => self.ctx.static_closure(address(c), &[]),
                Constant::Code(c) => Value(address(c) as u64),
            })
            .collect();
        let entry = self.ctx.static_closure(address(program.entry), &[]);
        values.into_iter().enumerate().for_each(|(i, v)| compiled.set_constant(i, v));
        self.units.push(compiled);
        match self.ctx.enter(entry, &[]) {
            Ok(values) => values.iter().map(|v| format!("{v:?}")).collect::<Vec<_>>().join(" "),
            Err(Leave::Uncaught(_)) => "uncaught".into(),
            Err(other) => format!("{other:?}"),
        }
    }
}

fn check(text: &str, expected: &str) {
    for level in [Level::Quick, Level::Good] {
        assert_eq!(Machine::new().run(text, level), expected, "at {level:?}");
    }
}

const FIB: &str = "
  (program (fun main k0 (()
    (letfun ((fun fib kf ((n)
       (letcont ((cont base () (continue kf n))
                 (cont step () (let m (- n 1)
                   (letcont ((cont k1 (a) (let l (- n 2)
                       (letcont ((cont k2 (b) (let s (+ a b) (continue kf s)))) (call fib (l) k2)))))
                     (call fib (m) k1)))))
         (branch (< n 2) base step)))))
      (call fib (20) k0)))))";

#[test]
fn fib() {
    check(FIB, "6765");
}
