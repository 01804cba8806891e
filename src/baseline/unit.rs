//! A unit of baseline code: its prepared codes, their stubs, and the machine code that has taken the place of some.

use super::Error;
use super::heat::Heat;
use super::prepare::{self, Code, Kind};
use super::run::Descriptor;
use super::stub::{Pool, STUB, Stubs, values_entry};
use crate::arena::{Idx, IndexVec};
use crate::closure::ir::{self, Block, CodeId, CodeKind, Program, Var};
use crate::jit::CompiledUnit;
use crate::source::Origin;
use indexmap::IndexSet;
use kestrel_runtime::abi::{self, CODE_HAS_CLOSURE, CodeInfo, Ctx, REG_ARGS};
use kestrel_runtime::value::Value;
use rustc_hash::FxBuildHasher;
use std::cell::OnceCell;
use std::ops::Range;

/// Where the closures of procedure codes without free variables are.
pub enum Closures {
    /// In the static area (any value for other codes).
    Static(IndexVec<CodeId, Value>),
    /// In the unit's table of constants, by code, from an index on.
    Constants {
        /// The index.
        first: usize,
    },
}

/// The part of a unit that running code refers to by address.
pub struct Linked {
    /// By code.
    pub(super) codes: Vec<Code>,
    /// Its number in the runtime.
    pub(super) number: u32,
    /// `None` if its code stays in the baseline.
    pub(super) heat: Option<Heat>,
    /// Addresses of the codes' stubs.
    addresses: OnceCell<IndexVec<CodeId, usize>>,
    closures: OnceCell<Closures>,
}

impl Linked {
    /// A code.
    pub(super) fn code(&self, id: CodeId) -> &Code {
        &self.codes[id.index()]
    }
    /// The address of a code's stub, which the unit's own sites go with.
    pub(super) fn stub(&self, code: CodeId) -> usize {
        self.addresses.get().map_or(0, |a| a[code])
    }
    /// The address of a code's machine code.
    pub(super) fn compiled(&self, code: CodeId) -> Option<usize> {
        self.heat.as_ref()?.compiled(code)
    }
    /// The address to reach a code by.
    pub(super) fn address(&self, code: CodeId) -> usize {
        self.compiled(code).unwrap_or_else(|| self.stub(code))
    }
    /// The closure of a procedure code without free variables.
    pub(super) fn closure(&self, ctx: &Ctx, code: CodeId) -> Value {
        match self.closures.get() {
            Some(Closures::Static(closures)) => closures[code],
            Some(&Closures::Constants { first }) => ctx.unit_constant(self.number, first + code.index()),
            None => Value::FALSE,
        }
    }
}

/// Baseline code of (part of) a program. It must live as long as any of its code may run.
pub struct Unit {
    linked: Box<Linked>,
    /// What the stubs point at.
    _descriptors: Box<[Descriptor]>,
    stubs: Stubs,
    /// By code, the number of its stub; that of its multiple-values entry, if it has one, is the next.
    own: IndexVec<CodeId, usize>,
    sites: IndexSet<Origin>,
    constants: IndexSet<Value, FxBuildHasher>,
}

impl Unit {
    /// Prepares the codes of a verified program as unit number `number`, with stubs from a pool. It cannot run before [`Unit::link`].
    pub fn new(ctx: &Ctx, pool: &Pool, program: &Program, number: u32, heat: Option<Heat>) -> Result<Unit, Error> {
        let mut sites = IndexSet::new();
        let mut constants = IndexSet::default();
        let mut codes = Vec::with_capacity(program.codes.len());
        let mut own = IndexVec::filled(0, program.codes.len());
        // A stub for each code, and one more for the multiple-values entry of a return point.
        let mut stubs: Vec<(CodeInfo, CodeId, bool)> = Vec::new();
        for (id, code) in program.codes.enumerate() {
            let prepared = prepare::prepare(ctx, code, &mut sites, &mut constants)?;
            let info = info(code, &prepared, number)?;
            own[id] = stubs.len();
            stubs.push((info, id, false));
            if info.mv_entry != 0 {
                let kind = abi::CodeKind::ReturnValues;
                stubs.push((CodeInfo { kind, mv_entry: 0, ..info }, id, true));
            }
            codes.push(prepared);
        }
        let linked = Box::new(Linked { codes, number, heat, addresses: OnceCell::new(), closures: OnceCell::new() });
        let descriptors: Box<[Descriptor]> =
            stubs.iter().map(|&(_, code, values)| Descriptor { unit: &*linked, code, values }).collect();
        let stubs: Vec<_> =
            stubs.iter().zip(&descriptors).map(|((info, ..), d)| (*info, std::ptr::from_ref(d))).collect();
        let stubs = Stubs::new(pool, &stubs).map_err(|e| Error(format!("no memory for code: {e}")))?;
        linked.addresses.get_or_init(|| own.iter().map(|&i| stubs.address(i)).collect());
        Ok(Unit { linked, _descriptors: descriptors, stubs, own, sites, constants })
    }

    /// The address to reach a code by: that of its stub until machine code has taken its place.
    pub fn address(&self, code: CodeId) -> usize {
        self.linked.address(code)
    }

    /// Completes the unit: the closures of procedure codes without free variables. A second call changes nothing.
    pub fn link(&self, closures: Closures) {
        self.linked.closures.get_or_init(|| closures);
    }

    /// What it counts, if its code may be compiled.
    pub fn heat(&self) -> Option<&Heat> {
        self.linked.heat.as_ref()
    }

    /// Puts machine code in the place of codes: the interpreter goes there, and so do their stubs, which older closures and frames refer to.
    /// Machine code keeps frames as the baseline does.
    /// The codes' addresses are in `machine`, which must live as long as this.
    pub fn replace(&self, codes: &[(CodeId, usize)], machine: &CompiledUnit) {
        let Some(heat) = self.heat() else { return };
        let mut redirected = Vec::new();
        for &(code, address) in codes {
            debug_assert!(machine.codes().contains(&address));
            redirected.push((self.own[code], address));
            let values = values_entry(address);
            if values != address {
                redirected.push((self.own[code] + 1, values));
            }
        }
        self.stubs.redirect(&redirected);
        codes.iter().for_each(|&(code, address)| heat.set_compiled(code, address));
    }

    /// The variables that are live at a loop header of a code, in the order in which the interpreter passes them on.
    pub fn live(&self, code: CodeId, header: Block) -> Vec<Var> {
        self.linked.code(code).blocks[header.index()].live.iter().map(|&r| Var(r)).collect()
    }

    /// Its number in the runtime.
    pub fn number(&self) -> u32 {
        self.linked.number
    }

    /// The constants that may move: the first entries of the runtime's table.
    pub fn constants(&self) -> &IndexSet<Value, FxBuildHasher> {
        &self.constants
    }

    /// Origins of the sites that code infos and `ctx.raise_site` number.
    pub fn sites(&self) -> &IndexSet<Origin> {
        &self.sites
    }

    /// Addresses of its stubs.
    pub fn range(&self) -> Range<usize> {
        self.stubs.range()
    }
}

fn info(code: &ir::Code, prepared: &Code, unit: u32) -> Result<CodeInfo, Error> {
    let mut info = CodeInfo {
        raw_slots: 0,
        unit,
        site: prepared.site,
        slots: 0,
        mv_entry: 0,
        kind: abi::CodeKind::Direct,
        reg_args: 0,
        stack_args: 0,
        flags: 0,
    };
    match (&code.kind, &prepared.kind) {
        (CodeKind::Procedure { free, .. }, _) => {
            info.kind = abi::CodeKind::Procedure;
            info.slots = *free;
            info.flags = CODE_HAS_CLOSURE;
        }
        (CodeKind::Direct { closure, params }, _) => {
            info.reg_args = params.len().min(REG_ARGS) as u8;
            let on_stack = params.len().saturating_sub(REG_ARGS);
            info.stack_args = u16::try_from(on_stack).map_err(|_| Error("too many parameters".into()))?;
            info.flags = if closure.is_some() { CODE_HAS_CLOSURE } else { 0 };
        }
        (CodeKind::Return { frame, rest, .. }, Kind::Return { params, .. }) => {
            info.kind = abi::CodeKind::Return;
            info.slots = frame.len() as u32;
            if params.len() != 1 || *rest != ir::Rest::None {
                info.mv_entry = STUB as i32;
            }
        }
        (CodeKind::Return { .. }, _) => return Err(Error("a code changed its kind".into())),
    }
    Ok(info)
}
