//! The order of all stages. (The pass list with dumps and times replaces this.)

use crate::engine::Failure;
use crate::*;
use kestrel_runtime::{Ctx, Value};
pub struct Options {
    pub level: u8,
    pub dump: Vec<String>,
    pub stop_after: Option<String>,
    pub time: bool,
}
pub struct Pipeline {
    o: Options,
}
pub fn pass_listing() -> String {
    String::new()
}
impl Pipeline {
    pub fn new(o: Options) -> Result<Self, String> {
        Ok(Pipeline { o })
    }
    pub fn timings(&self) -> String {
        String::new()
    }
    pub fn run(
        &mut self,
        mut p: ast::ir::Program,
        place: source::Origin,
        sources: &mut source::SourceMap,
        ctx: &mut Ctx,
    ) -> Result<Option<closure::ir::Program>, Failure> {
        ast::lower(&mut p, place, &mut |name| ctx.static_cell(Value::UNBOUND, name));
        let mut c = cps::convert::convert(&p);
        if let Err(e) = cps::verify::verify(&c, cps::verify::Stage::Converted) {
            eprintln!("{e:?}");
        }
        {
            let mut cx = cps::opt::Context { sources, ctx: Some(ctx) };
            cps::opt::primop::run(&mut c, &mut cx);
            if self.o.level > 0 {
                cps::opt::beta::run(&mut c, &mut cx);
            }
            cps::opt::dce::run(&mut c, &mut cx);
        }
        if self.o.dump.iter().any(|d| d == "cps") {
            println!(
                "{}",
                cps::print::print(&c, &|v| kestrel_runtime::print::to_string(
                    ctx,
                    v,
                    kestrel_runtime::print::Mode::Write
                ))
            );
        }
        if let Err(e) = cps::verify::verify(&c, cps::verify::Stage::Resolved) {
            eprintln!("{e:?}");
        }
        let f = closure::convert::convert(&c, c.entry.unwrap());
        if self.o.dump.iter().any(|d| d == "foc") {
            println!(
                "{}",
                closure::print::print(&f, &|v| kestrel_runtime::print::to_string(
                    ctx,
                    v,
                    kestrel_runtime::print::Mode::Write
                ))
            );
        }
        if let Err(e) = closure::verify::verify(&f) {
            eprintln!("{e:?}");
        }
        Ok(Some(f))
    }
}
