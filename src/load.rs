//! First-order CPS to something that can be entered: decides which codes each executor takes, has them made, and ties
//! both together through code addresses and static closures.

use crate::arena::{Idx, IndexVec};
use crate::baseline::{self, Closures, Pool};
use crate::closure::ir::{Code, CodeId, CodeKind, Program};
use crate::closure::partition;
use crate::codegen::{self, Constant};
use crate::engine::Tier;
use crate::failure::Failure;
use crate::jit::{CompiledUnit, Context, Jit, Level};
use crate::pipeline::{self, Effort, Pipeline};
use crate::source::{Origin, SourceMap};
use indexmap::IndexSet;
use kestrel_runtime::abi::Site;
use kestrel_runtime::unit::UnitInfo;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::FxHashMap;

/// Codes of a program beyond which `auto` leaves it to the baseline: LLVM would take longer than the program is likely to.
const MOST_COMPILED: usize = 50_000;

/// Loads programs and keeps their code.
pub struct Loader {
    jit: Option<Jit>,
    compiled: Vec<CompiledUnit>,
    /// By their numbers.
    prepared: FxHashMap<u32, baseline::Unit>,
    stubs: Pool,
}

impl Loader {
    /// A loader that has loaded nothing.
    pub fn new(ctx: &mut Ctx) -> Loader {
        baseline::install(ctx);
        Loader { jit: None, compiled: Vec::new(), prepared: FxHashMap::default(), stubs: Pool::default() }
    }

    /// Makes a program's code; answers the procedure that runs it. Its closures are static, but those of code that is worth little effort
    /// are in the heap.
    pub fn load(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        pipeline: &mut Pipeline,
        program: &Program,
        tier: Tier,
        effort: Effort,
    ) -> Result<Value, Failure> {
        self.free_dropped(ctx);
        let mut in_baseline = match tier {
            Tier::Llvm => IndexVec::filled(false, program.codes.len()),
            Tier::Baseline => IndexVec::filled(true, program.codes.len()),
            Tier::Auto if program.codes.len() > MOST_COMPILED => IndexVec::filled(true, program.codes.len()),
            Tier::Auto => partition::once(program),
        };
        for (c, code) in program.codes.enumerate() {
            in_baseline[c] = in_baseline[c] || !codegen::takes(code);
        }
        let mut addresses: IndexVec<CodeId, usize> = IndexVec::filled(0, program.codes.len());
        let mut prepared = if in_baseline.iter().any(|&b| b) {
            Some(self.prepare(ctx, sources, program, &in_baseline, &mut addresses)?)
        } else {
            None
        };
        let compiled = if in_baseline.iter().all(|&b| b) {
            None
        } else {
            Some(self.compile(ctx, sources, pipeline, program, &in_baseline, &mut addresses)?)
        };
        if let Some(unit) = prepared.take_if(|_| effort == Effort::Once && compiled.is_none()) {
            return Ok(self.link_in_heap(ctx, program, &addresses, unit));
        }
        let closures = static_closures(ctx, program, &addresses);
        if let Some(unit) = prepared {
            unit.link(|c| addresses[c], Closures::Static(closures.clone()));
            self.prepared.insert(unit.number(), unit);
        }
        if let Some((mut unit, constants)) = compiled {
            for (i, constant) in constants.iter().enumerate() {
                let value = match *constant {
                    Constant::Value(v) => v,
                    Constant::Prim(p) => ctx.prim_procedure(p),
                    Constant::Closure(c) => closures[c],
                    Constant::Code(c) => Value(addresses[c] as u64),
                };
                unit.set_constant(i, value);
            }
            self.compiled.push(unit);
        }
        Ok(closures[program.entry])
    }

    /// Frees the code that nothing refers to any more.
    fn free_dropped(&mut self, ctx: &mut Ctx) {
        for number in ctx.take_dropped_units() {
            self.prepared.remove(&number);
            ctx.free_unit_number(number);
        }
    }

    /// Completes a unit of the baseline alone, with its closures and other constants in the heap; answers that of the entry.
    fn link_in_heap(
        &mut self,
        ctx: &mut Ctx,
        program: &Program,
        addresses: &IndexVec<CodeId, usize>,
        unit: baseline::Unit,
    ) -> Value {
        let first = unit.constants().len();
        let mut constants: Vec<Value> = unit.constants().iter().copied().collect();
        constants.extend(closures(program, |c| ctx.make_closure(addresses[c])).iter());
        let entry = constants[first + program.entry.index()];
        unit.link(|c| addresses[c], Closures::Constants { first });
        ctx.set_unit_constants(unit.number(), constants.into(), true);
        self.prepared.insert(unit.number(), unit);
        entry
    }

    /// The baseline's part.
    fn prepare(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        program: &Program,
        in_baseline: &IndexVec<CodeId, bool>,
        addresses: &mut IndexVec<CodeId, usize>,
    ) -> Result<baseline::Unit, Failure> {
        let number = ctx.register_unit(UnitInfo::default());
        let unit = baseline::Unit::new(ctx, &self.stubs, program, number, |c| in_baseline[c])
            .map_err(|e| Failure::Internal(e.to_string()))?;
        for c in program.codes.indices() {
            if let Some(address) = unit.address(c) {
                addresses[c] = address;
            }
        }
        if let Some(info) = ctx.unit_mut(number) {
            describe(info, sources, program, unit.sites().clone());
            info.code = vec![unit.range()];
        }
        Ok(unit)
    }

    /// LLVM's part, and what its table of constants must hold.
    fn compile(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        pipeline: &mut Pipeline,
        program: &Program,
        in_baseline: &IndexVec<CodeId, bool>,
        addresses: &mut IndexVec<CodeId, usize>,
    ) -> Result<(CompiledUnit, Vec<Constant>), Failure> {
        let internal = |e: &dyn std::fmt::Display| Failure::Internal(e.to_string());
        let number = ctx.register_unit(UnitInfo::default());
        let context = Context::new();
        let unit = pipeline
            .timed("llvm: build IR", || codegen::compile(&context, program, number, |c| !in_baseline[c]))
            .map_err(|e| internal(&e))?;
        let jit = match &self.jit {
            Some(jit) => jit.clone(),
            None => {
                let made = pipeline.timed("llvm: start", Jit::new).map_err(|e| internal(&e))?;
                self.jit.insert(made).clone()
            }
        };
        if cfg!(debug_assertions) {
            unit.module.verify().map_err(|e| internal(&e.to_string_lossy()))?;
        }
        pipeline.timed("llvm: passes", || jit.optimize(&unit.module, Level::Good)).map_err(|e| internal(&e))?;
        if pipeline.wants("llvm") {
            pipeline::show(&unit.module.print_to_string().to_string_lossy());
        }
        if pipeline.wants("asm") {
            pipeline::show(&jit.assembly(&unit.module, Level::Good).map_err(|e| internal(&e))?);
        }
        if pipeline.stops_after("llvm") || pipeline.stops_after("asm") {
            return Err(Failure::Stopped);
        }
        let compiled = jit.load(&context, &unit.module, &unit.descriptor, Level::Good).map_err(|e| internal(&e))?;
        let times = compiled.times();
        pipeline.add_time("llvm: machine code", times.object);
        pipeline.add_time("llvm: link", times.link);
        for (&code, &address) in unit.codes.iter().zip(compiled.codes()) {
            addresses[code] = address;
        }
        if let Some(info) = ctx.unit_mut(number) {
            describe(info, sources, program, unit.sites);
        }
        Ok((compiled, unit.constants))
    }
}

/// One closure for each procedure code without free variables.
fn closures(program: &Program, mut make: impl FnMut(CodeId) -> Value) -> IndexVec<CodeId, Value> {
    let closure = |(c, code): (CodeId, &Code)| match code.kind {
        CodeKind::Procedure { free: 0, .. } => make(c),
        _ => Value::FALSE,
    };
    program.codes.enumerate().map(closure).collect()
}

/// The same in the static area, shared by both executors.
fn static_closures(ctx: &mut Ctx, program: &Program, addresses: &IndexVec<CodeId, usize>) -> IndexVec<CodeId, Value> {
    closures(program, |c| ctx.static_closure(addresses[c], &[]))
}

/// Completes what the runtime knows of a unit: its sites, and the names and arities of its procedures.
fn describe(info: &mut UnitInfo, sources: &SourceMap, program: &Program, origins: IndexSet<Origin>) {
    info.sites = sites(sources, origins.clone());
    for (c, code) in program.codes.enumerate() {
        let (CodeKind::Procedure { clauses, .. }, Some(site)) = (&code.kind, origins.get_index_of(&code.origin)) else {
            continue;
        };
        if c == program.entry {
            // Nobody calls it but the loader, and it may share its position with a procedure that is all of the program.
            continue;
        }
        // A definition's own position belongs to the procedure that it defines.
        info.sites[site].procedure = code.name;
        // So do the single clauses that `known` has split off; the procedure itself is the one with all of them.
        let arities: Vec<_> = clauses.iter().map(|c| (c.required, c.rest)).collect();
        let known = info.arities.entry(site as u32).or_default();
        if arities.len() > known.len() {
            *known = arities;
        }
    }
}

/// The sites of a unit: those of its origins in order, then those that they were inlined at.
fn sites(sources: &SourceMap, mut origins: IndexSet<Origin>) -> Vec<Site> {
    let mut sites = Vec::with_capacity(origins.len());
    while let Some(&origin) = origins.get_index(sites.len()) {
        let data = sources.origin_data(origin);
        let inlined_at = data.inlined_at.map_or(u32::MAX, |outer| origins.insert_full(outer).0 as u32);
        let span = data.span;
        let (procedure, shift) = (data.procedure, sources.shift(origin));
        sites.push(Site { file: span.file.0, start: span.start, end: span.end, procedure, inlined_at, shift });
    }
    sites
}
