//! Hot code: which codes are compiled together, and how machine code takes the place of baseline code.
//!
//! The interpreter counts ([`crate::baseline::Heat`]) and asks for a code, or for the rest of a loop. Compiled with it are its return points, the
//! procedures that closures of it have as their entry, and what it calls or makes closures of or is called by, as far as that is warm. A later unit's code is reached from an earlier
//! one through the earlier one's table of constants, which is then changed; from closures and frames that exist already by way of the stubs.
//!
//! What LLVM cannot compile stays in the baseline.

use super::{Compiled, Loader};
use crate::arena::{Idx, IndexVec};
use crate::baseline::{self, Heat, Hot, Loop};
use crate::closure::ir::*;
use crate::codegen::{self, Constant};
use crate::jit::CompiledUnit;
use crate::pipeline::Pipeline;
use crate::source::SourceMap;
use kestrel_runtime::{Ctx, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// What it takes to compile the codes of a program one after another.
pub(super) struct Source {
    /// The program; rests of loops are added at its end.
    program: Program,
    /// Its static closures.
    closures: IndexVec<CodeId, Value>,
    /// By code, those that it mentions or that mention it; made when something is hot for the first time.
    near: OnceCell<IndexVec<CodeId, Vec<CodeId>>>,
    units: Vec<CompiledUnit>,
    /// By codes without machine code: the constants that hold their addresses, as index in `units` and in the table.
    waiting: FxHashMap<CodeId, Vec<(usize, usize)>>,
}

impl Source {
    pub(super) fn new(program: Program, closures: IndexVec<CodeId, Value>) -> Source {
        Source { program, closures, near: OnceCell::new(), units: Vec::new(), waiting: FxHashMap::default() }
    }

    pub(super) fn program(&self) -> &Program {
        &self.program
    }

    /// All codes that LLVM takes.
    pub(super) fn all(&self) -> Vec<CodeId> {
        self.program.codes.enumerate().filter(|(_, code)| codegen::takes(code)).map(|(c, _)| c).collect()
    }

    /// A code that has become hot, and those to be compiled along with it.
    fn batch(&self, heat: &Heat, first: CodeId) -> Vec<CodeId> {
        let near = self.near.get_or_init(|| near(&self.program));
        let is_wanted = |c: CodeId| heat.compiled(c).is_none() && codegen::takes(&self.program.codes[c]);
        let mut batch = Vec::new();
        let mut seen = FxHashSet::default();
        let mut work = vec![first];
        while let Some(c) = work.pop() {
            if !seen.insert(c) || !is_wanted(c) {
                continue;
            }
            batch.push(c);
            let code = &self.program.codes[c];
            // The rest of a loop is not in the table.
            let around = if c.index() < near.len() { near[c].clone() } else { mentions(code) };
            for other in around {
                match &self.program.codes[other].kind {
                    CodeKind::Procedure { clauses, .. } if clauses.iter().any(|clause| clause.target == c) => {
                        work.push(other);
                    }
                    CodeKind::Procedure { clauses, .. } => {
                        work.extend(clauses.iter().map(|clause| clause.target).filter(|&t| heat.is_warm(t)));
                    }
                    _ if heat.is_warm(other) => work.push(other),
                    _ => {}
                }
            }
            work.extend(returns(code));
        }
        batch
    }
}

fn near(program: &Program) -> IndexVec<CodeId, Vec<CodeId>> {
    let mut near = IndexVec::filled(Vec::new(), program.codes.len());
    for (c, code) in program.codes.enumerate() {
        for other in mentions(code) {
            near[c].push(other);
            near[other].push(c);
        }
    }
    near
}

/// The return points of a code's calls.
fn returns(code: &Code) -> impl Iterator<Item = CodeId> {
    code.blocks.iter().filter_map(|block| if let Exit::Call { ret, .. } = block.exit { Some(ret) } else { None })
}

/// The codes that a code mentions.
fn mentions(code: &Code) -> Vec<CodeId> {
    let proc = |a: Atom| if let Atom::Proc(c) = a { Some(c) } else { None };
    let mut all: Vec<CodeId> = returns(code).collect();
    if let CodeKind::Procedure { clauses, .. } = &code.kind {
        all.extend(clauses.iter().map(|clause| clause.target));
    }
    for block in code.blocks.iter() {
        for instr in &block.instrs {
            all.extend(instr.op.atoms().into_iter().filter_map(proc));
            if let Op::Closure(c, _) = instr.op {
                all.push(c);
            }
        }
        all.extend(block.exit.atoms().into_iter().filter_map(proc));
        if let Exit::TailCall { callee: Callee::Known(c, _), .. } | Exit::Call { callee: Callee::Known(c, _), .. } =
            block.exit
        {
            all.push(c);
        }
    }
    all
}

impl Loader {
    /// Compiles what has become hot, if it can be compiled.
    pub fn compile_hot(&mut self, ctx: &mut Ctx, sources: &SourceMap, pipeline: &mut Pipeline, hot: Hot) {
        let Some(mut prepared) = self.prepared.remove(&hot.unit) else { return };
        if let (Some(heat), Some(source)) = (prepared.unit.heat(), &mut prepared.source) {
            let first = match &hot.in_loop {
                None => Some(hot.code),
                Some(at) => source.add_loop(&prepared.unit, hot.code, at),
            };
            let address = first.and_then(|first| {
                let batch = source.batch(heat, first);
                let compiled = self.compile(ctx, sources, pipeline, &source.program, batch).ok()?;
                source.install(ctx, &prepared.unit, compiled).get(&first).copied()
            });
            match hot.in_loop {
                Some(at) => heat.set_in_loop(hot.code, at, address),
                None if address.is_none() => heat.refuse(hot.code),
                None => {}
            }
        }
        self.prepared.insert(hot.unit, prepared);
    }
}

impl Source {
    /// Adds the rest of a loop to the program.
    fn add_loop(&mut self, unit: &baseline::Unit, code: CodeId, (header, flonums): &Loop) -> Option<CodeId> {
        let live = unit.live(code, *header);
        let rest = codegen::loop_entry(&self.program.codes[code], *header, &live, flonums)?;
        Some(self.program.codes.push(rest))
    }

    /// Links machine code and puts it in the place of what it was made from; answers the addresses of its codes.
    pub(super) fn install(
        &mut self,
        ctx: &mut Ctx,
        unit: &baseline::Unit,
        mut compiled: Compiled,
    ) -> FxHashMap<CodeId, usize> {
        let addresses: FxHashMap<CodeId, usize> =
            compiled.codes.iter().copied().zip(compiled.unit.codes().iter().copied()).collect();
        compiled.link(ctx, &self.closures, |c| unit.address(c));
        let number = self.units.len();
        for (slot, constant) in compiled.constants.iter().enumerate() {
            if let &Constant::Code(c) = constant
                && unit.heat().is_some_and(|heat| heat.compiled(c).is_none())
            {
                self.waiting.entry(c).or_default().push((number, slot));
            }
        }
        // Rests of loops are no codes of the unit.
        let is_own = |c: CodeId| c.index() < self.closures.len();
        let own: Vec<(CodeId, usize)> = addresses.iter().map(|(&c, &a)| (c, a)).filter(|&(c, _)| is_own(c)).collect();
        unit.replace(&own, &compiled.unit);
        for (c, address) in own {
            if self.closures[c].is_closure() {
                ctx.set_static_closure_code(self.closures[c], address);
            }
            for (number, slot) in self.waiting.remove(&c).into_iter().flatten() {
                self.units[number].set_constant(slot, Value(address as u64));
            }
        }
        self.units.push(compiled.unit);
        addresses
    }
}
