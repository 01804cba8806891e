//! Units: what was compiled together. The registry is how a code address leads to source positions and how the collector
//! finds the values that code refers to.

use crate::abi::{CodeInfo, Ctx, Site};
use crate::condition::Arity;
use crate::layout::CLOSURE_CODE;
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What the runtime knows of a unit.
#[derive(Default, Debug)]
pub struct UnitInfo {
    /// For messages about the unit itself.
    pub name: String,
    /// Source positions, by the `site` of `CodeInfo` and of raises.
    pub sites: Vec<Site>,
    /// What the procedures take, by the `site` of their `CodeInfo`.
    pub arities: FxHashMap<u32, Vec<Arity>>,
    /// Values that the code refers to: roots. The table does not move while the unit exists.
    pub constants: Box<[Value]>,
    /// Addresses of its code.
    pub code: Vec<Range<usize>>,
}

/// All units by their numbers.
pub struct Units {
    units: Vec<Option<UnitInfo>>,
}

impl Units {
    /// A registry that knows the runtime's own unit.
    pub fn new() -> Units {
        Units { units: vec![Some(UnitInfo { name: "runtime".to_owned(), ..UnitInfo::default() })] }
    }
    /// The constants of all units.
    pub(crate) fn constants(&mut self) -> impl Iterator<Item = &mut Value> {
        self.units.iter_mut().flatten().flat_map(|unit| unit.constants.iter_mut())
    }
}

impl Default for Units {
    fn default() -> Units {
        Units::new()
    }
}

impl Ctx {
    /// Adds a unit and returns the number that its `CodeInfo`s must have. What is not known yet can be filled in by [`Ctx::unit_mut`].
    pub fn register_unit(&mut self, info: UnitInfo) -> u32 {
        let units = &mut self.runtime.units.units;
        units.push(Some(info));
        units.len() as u32 - 1
    }
    /// A unit.
    pub fn unit(&self, id: u32) -> Option<&UnitInfo> {
        self.runtime.units.units.get(id as usize)?.as_ref()
    }
    /// A unit, to be completed.
    pub fn unit_mut(&mut self, id: u32) -> Option<&mut UnitInfo> {
        self.runtime.units.units.get_mut(id as usize)?.as_mut()
    }
    /// Forgets a unit whose code no closure, frame or direct reference reaches any more.
    pub fn remove_unit(&mut self, id: u32) {
        if let Some(slot) = self.runtime.units.units.get_mut(id as usize) {
            *slot = None;
        }
    }
    /// A unit's constant.
    pub fn unit_constant(&self, unit: u32, index: usize) -> Value {
        self.unit(unit).and_then(|unit| unit.constants.get(index).copied()).unwrap_or(Value::FALSE)
    }
    /// A source position.
    pub fn site(&self, unit: u32, site: u32) -> Option<Site> {
        self.unit(unit)?.sites.get(site as usize).copied()
    }
    /// What a procedure takes, if its unit says.
    pub fn procedure_arities(&self, procedure: Value) -> Option<&[Arity]> {
        // SAFETY: a closure's first word is a code address.
        let info = unsafe { CodeInfo::of(self.field(procedure, CLOSURE_CODE).0 as usize) };
        self.unit(info.unit)?.arities.get(&info.site).map(Vec::as_slice)
    }
}
