//! First-order CPS to something that can be entered. A program is prepared for the baseline; codes of it that become hot are compiled by LLVM
//! and take the place of the others ([`hot`]). `Tier::Llvm` has all of them compiled before the program starts.

use crate::arena::{Idx, IndexVec};
use crate::baseline::{self, Closures, Heat, Pool};
use crate::closure::ir::{Code, CodeId, CodeKind, Program};
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

mod hot;

/// Loads programs and keeps their code.
pub struct Loader {
    jit: Option<Jit>,
    /// Units of the baseline, by their numbers.
    prepared: FxHashMap<u32, Prepared>,
    stubs: Pool,
    /// Runs after which code of `Tier::Auto` is compiled.
    hot: u32,
}

/// A unit of the baseline.
struct Prepared {
    unit: baseline::Unit,
    /// What it takes to compile its code, if that may become hot.
    source: Option<hot::Source>,
}

/// Codes that LLVM compiled.
struct Compiled {
    unit: CompiledUnit,
    /// The codes, in the order of the unit's addresses.
    codes: Vec<CodeId>,
    constants: Vec<Constant>,
}

impl Loader {
    /// A loader that has loaded nothing. `hot` is the number of runs after which code is compiled, where the tier is `Tier::Auto`.
    pub fn new(ctx: &mut Ctx, hot: u32) -> Loader {
        baseline::install(ctx);
        Loader { jit: None, prepared: FxHashMap::default(), stubs: Pool::default(), hot }
    }

    /// Makes a program's code; answers the procedure that runs it. Its closures are static, but those of code that is worth little effort
    /// are in the heap.
    pub fn load(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        pipeline: &mut Pipeline,
        program: Program,
        tier: Tier,
        effort: Effort,
    ) -> Result<Value, Failure> {
        self.free_dropped(ctx);
        let ahead = tier == Tier::Llvm || tier == Tier::Auto && pipeline.looks_at_llvm();
        let hot = match (tier, effort) {
            (Tier::Baseline, _) | (_, Effort::Once) => None,
            _ if ahead => Some(u32::MAX),
            _ => Some(self.hot),
        };
        let heat = hot.map(|hot| Heat::new(hot, program.codes.len(), crate::compiler::compile_hot));
        let unit = self.prepare(ctx, sources, &program, heat)?;
        if effort == Effort::Once {
            return Ok(self.link_in_heap(ctx, &program, unit));
        }
        let closures = static_closures(ctx, &program, |c| unit.address(c));
        let entry = closures[program.entry];
        unit.link(Closures::Static(closures.clone()));
        let mut source = hot::Source::new(program, closures);
        if ahead {
            let compiled = self.compile(ctx, sources, pipeline, source.program(), source.all())?;
            source.install(ctx, &unit, compiled);
        }
        self.prepared.insert(unit.number(), Prepared { unit, source: hot.is_some().then_some(source) });
        Ok(entry)
    }

    /// Frees the code that nothing refers to any more.
    fn free_dropped(&mut self, ctx: &mut Ctx) {
        for number in ctx.take_dropped_units() {
            self.prepared.remove(&number);
            ctx.free_unit_number(number);
        }
    }

    /// Completes a unit with its closures and other constants in the heap; answers the closure of the entry.
    fn link_in_heap(&mut self, ctx: &mut Ctx, program: &Program, unit: baseline::Unit) -> Value {
        let first = unit.constants().len();
        let mut constants: Vec<Value> = unit.constants().iter().copied().collect();
        constants.extend(closures(program, |c| ctx.make_closure(unit.address(c))).iter());
        let entry = constants[first + program.entry.index()];
        unit.link(Closures::Constants { first });
        ctx.set_unit_constants(unit.number(), constants.into(), true);
        self.prepared.insert(unit.number(), Prepared { unit, source: None });
        entry
    }

    /// A program for the baseline.
    fn prepare(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        program: &Program,
        heat: Option<Heat>,
    ) -> Result<baseline::Unit, Failure> {
        let number = ctx.register_unit(UnitInfo::default());
        let unit = baseline::Unit::new(ctx, &self.stubs, program, number, heat)
            .map_err(|e| Failure::Internal(e.to_string()))?;
        if let Some(info) = ctx.unit_mut(number) {
            describe(info, sources, program, unit.sites().clone());
            info.code = vec![unit.range()];
        }
        Ok(unit)
    }

    /// Some codes of a program as machine code, not yet linked.
    fn compile(
        &mut self,
        ctx: &mut Ctx,
        sources: &SourceMap,
        pipeline: &mut Pipeline,
        program: &Program,
        codes: Vec<CodeId>,
    ) -> Result<Compiled, Failure> {
        let internal = |e: &dyn std::fmt::Display| Failure::Internal(e.to_string());
        let number = ctx.register_unit(UnitInfo::default());
        let context = Context::new();
        let unit = pipeline
            .timed("llvm: build IR", || codegen::compile(&context, program, number, codes))
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
        if let Some(info) = ctx.unit_mut(number) {
            describe(info, sources, program, unit.sites);
        }
        Ok(Compiled { unit: compiled, codes: unit.codes, constants: unit.constants })
    }
}

impl Compiled {
    /// Fills the table of constants.
    fn link(&mut self, ctx: &mut Ctx, closures: &IndexVec<CodeId, Value>, address: impl Fn(CodeId) -> usize) {
        for (i, constant) in self.constants.iter().enumerate() {
            let value = match *constant {
                Constant::Value(v) => v,
                Constant::Prim(p) => ctx.prim_procedure(p),
                Constant::Closure(c) => closures[c],
                Constant::Code(c) => Value(address(c) as u64),
            };
            self.unit.set_constant(i, value);
        }
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

/// The same in the static area.
fn static_closures(ctx: &mut Ctx, program: &Program, address: impl Fn(CodeId) -> usize) -> IndexVec<CodeId, Value> {
    closures(program, |c| ctx.static_closure(address(c), &[]))
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
