//! First-order CPS to something that can be entered: decides which codes each executor takes, has them made, and ties
//! both together through code addresses and static closures.

use crate::arena::IndexVec;
use crate::closure::ir::{CodeId, Program};
use crate::codegen::{self, Constant};
use crate::engine::{Failure, Tier};
use crate::jit::{CompiledUnit, Context, Jit, Level};
use crate::pipeline::Pipeline;
use crate::source::{Origin, SourceMap};
use indexmap::IndexSet;
use kestrel_runtime::abi::Site;
use kestrel_runtime::unit::UnitInfo;
use kestrel_runtime::{Ctx, Value};

/// Loads programs and keeps their code.
pub struct Loader {
    tier: Tier,
    jit: Option<Jit>,
    compiled: Vec<CompiledUnit>,
}

impl Loader {
    /// A loader for an executor policy.
    pub fn new(_ctx: &mut Ctx, tier: Tier) -> Loader {
        Loader { tier, jit: None, compiled: Vec::new() }
    }

    /// Makes a program's code; answers the procedure that runs it.
    pub fn load(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        pipeline: &mut Pipeline,
        program: &Program,
    ) -> Result<Value, Failure> {
        let internal = |e: &dyn std::fmt::Display| Failure::Internal(e.to_string());
        let number = ctx.register_unit(UnitInfo::default());
        let context = Context::new();
        let unit = codegen::compile(&context, program, number, |_| true).map_err(|e| internal(&e))?;
        let jit = match &self.jit {
            Some(jit) => jit.clone(),
            None => self.jit.insert(Jit::new().map_err(|e| internal(&e))?).clone(),
        };
        let mut compiled = jit.load(&context, &unit.module, &unit.descriptor, Level::Good).map_err(|e| internal(&e))?;
        let mut addresses: IndexVec<CodeId, usize> = IndexVec::filled(0, program.codes.len());
        for (&code, &address) in unit.codes.iter().zip(compiled.codes()) {
            addresses[code] = address;
        }
        for (i, constant) in unit.constants.iter().enumerate() {
            let value = match *constant {
                Constant::Value(v) => v,
                Constant::Prim(p) => ctx.prim_procedure(p),
                Constant::Closure(c) => ctx.static_closure(addresses[c], &[]),
                Constant::Code(c) => Value(addresses[c] as u64),
            };
            compiled.set_constant(i, value);
        }
        if let Some(info) = ctx.unit_mut(number) {
            info.sites = sites(sources, unit.sites);
        }
        let entry = ctx.static_closure(addresses[program.entry], &[]);
        self.compiled.push(compiled);
        let _ = pipeline;
        Ok(entry)
    }
}

/// The sites of a unit: those of its origins in order, then those that they were inlined at.
fn sites(sources: &SourceMap, mut origins: IndexSet<Origin>) -> Vec<Site> {
    let mut sites = Vec::with_capacity(origins.len());
    while let Some(&origin) = origins.get_index(sites.len()) {
        let data = sources.origin_data(origin);
        let inlined_at = data.inlined_at.map_or(u32::MAX, |outer| origins.insert_full(outer).0 as u32);
        let span = data.span;
        sites.push(Site { file: span.file.0, start: span.start, end: span.end, procedure: data.procedure, inlined_at });
    }
    sites
}
