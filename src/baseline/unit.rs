//! A unit of baseline code: its prepared codes, their stubs, and the links to codes of another tier.

use super::Error;
use super::prepare::{self, Code, Kind};
use super::run::Descriptor;
use super::stub::{Pool, STUB, Stubs};
use crate::arena::{Idx, IndexVec};
use crate::closure::ir::{self, CodeId, CodeKind, Program};
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
    /// By code; `None` for those of another tier.
    pub(super) codes: Vec<Option<Code>>,
    /// Its number in the runtime.
    pub(super) number: u32,
    addresses: OnceCell<IndexVec<CodeId, usize>>,
    closures: OnceCell<Closures>,
}

impl Linked {
    /// The address of any code of the program.
    pub(super) fn address(&self, code: CodeId) -> usize {
        self.addresses.get().map_or(0, |a| a[code])
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
    own: IndexVec<CodeId, Option<usize>>,
    sites: IndexSet<Origin>,
    constants: IndexSet<Value, FxBuildHasher>,
}

impl Unit {
    /// Prepares those codes of a verified program for which `selected` holds, as unit number `number`, with stubs from a pool. It cannot run
    /// before [`Unit::link`].
    pub fn new(
        ctx: &Ctx,
        pool: &Pool,
        program: &Program,
        number: u32,
        selected: impl Fn(CodeId) -> bool,
    ) -> Result<Unit, Error> {
        let mut sites = IndexSet::new();
        let mut constants = IndexSet::default();
        let mut codes = Vec::new();
        let mut own = IndexVec::filled(None, program.codes.len());
        // A stub for each code, and one more for the multiple-values entry of a return point.
        let mut stubs: Vec<(CodeInfo, CodeId, bool)> = Vec::new();
        for (id, code) in program.codes.enumerate() {
            if !selected(id) {
                codes.push(None);
                continue;
            }
            let prepared = prepare::prepare(ctx, code, &mut sites, &mut constants)?;
            let info = info(code, &prepared, number)?;
            own[id] = Some(stubs.len());
            stubs.push((info, id, false));
            if info.mv_entry != 0 {
                let kind = abi::CodeKind::ReturnValues;
                stubs.push((CodeInfo { kind, mv_entry: 0, ..info }, id, true));
            }
            codes.push(Some(prepared));
        }
        let linked = Box::new(Linked { codes, number, addresses: OnceCell::new(), closures: OnceCell::new() });
        let descriptors: Box<[Descriptor]> =
            stubs.iter().map(|&(_, code, values)| Descriptor { unit: &*linked, code, values }).collect();
        let stubs: Vec<_> =
            stubs.iter().zip(&descriptors).map(|((info, ..), d)| (*info, std::ptr::from_ref(d))).collect();
        let stubs = Stubs::new(pool, &stubs).map_err(|e| Error(format!("no memory for code: {e}")))?;
        Ok(Unit { linked, _descriptors: descriptors, stubs, own, sites, constants })
    }

    /// The address of a code of this unit.
    pub fn address(&self, code: CodeId) -> Option<usize> {
        Some(self.stubs.address(self.own[code]?))
    }

    /// Completes the unit: addresses of the codes that are not its own, and the closures of procedure codes without free
    /// variables. A second call changes nothing.
    pub fn link(&self, address: impl Fn(CodeId) -> usize, closures: Closures) {
        let ids = || self.own.indices();
        self.linked.addresses.get_or_init(|| ids().map(|c| self.address(c).unwrap_or_else(|| address(c))).collect());
        self.linked.closures.get_or_init(|| closures);
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
