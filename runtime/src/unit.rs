//! Units: what was compiled together. The registry is how a code address leads to source positions and how the collector
//! finds the values that code refers to.
//!
//! A unit is either there for good, or *passing*: then a major collection drops it when no closure, frame or continuation that is
//! alive has a code address of it, and nothing runs it. Its constants, among them its own closures, are roots only if something of that kind
//! reaches it first. The unit's memory belongs to whoever made it, who learns of its end by [`Ctx::take_dropped_units`]. Until then its
//! number is not given to another one.

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
    /// Values that the code refers to; see [`Ctx::set_unit_constants`].
    constants: Box<[Value]>,
    /// Whether it may be dropped.
    passing: bool,
    /// Addresses of its code.
    pub code: Vec<Range<usize>>,
}

/// Bytes that a passing unit counts for when a major collection is considered: about what it takes outside of the heap.
const UNIT_BYTES: usize = 16 << 10;
/// Fewest bytes of passing units for which there is one.
const LEAST_BYTES: usize = 8 << 20;

/// All units by their numbers.
pub struct Units {
    units: Vec<Option<UnitInfo>>,
    /// Units whose constants may lead to objects that are not old.
    unsettled: Vec<u32>,
    /// During a major collection: the units that were reached, and are not passing.
    reached: Vec<bool>,
    /// Those that were dropped and whose makers do not know yet.
    dropped: Vec<u32>,
    /// Numbers for new ones.
    free: Vec<u32>,
    /// Passing units made since the last major collection.
    fresh: usize,
    /// Collect after every few.
    stress: bool,
}

impl Units {
    /// A registry that knows the runtime's own unit. In stress mode, few units are many.
    pub fn new(stress: bool) -> Units {
        Units {
            units: vec![Some(UnitInfo { name: "runtime".to_owned(), ..UnitInfo::default() })],
            unsettled: Vec::new(),
            reached: Vec::new(),
            dropped: Vec::new(),
            free: Vec::new(),
            fresh: 0,
            stress,
        }
    }
    /// Whether so many passing units were made that a major collection is due, with this many bytes in the heap.
    pub(crate) fn are_many(&self, live_bytes: usize) -> bool {
        let most = if self.stress { 4 * UNIT_BYTES } else { live_bytes.max(LEAST_BYTES) };
        self.fresh.saturating_mul(UNIT_BYTES) > most
    }
    /// The units whose constants are roots of a minor collection; those of the list that are not put back are settled.
    pub(crate) fn take_unsettled(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.unsettled)
    }
    /// A unit's constants lead to objects that are not old yet.
    pub(crate) fn is_unsettled(&mut self, unit: u32) {
        self.unsettled.push(unit);
    }
    /// A major collection begins; answers the units whose constants are roots.
    pub(crate) fn begin_major(&mut self) -> Vec<u32> {
        self.unsettled.clear();
        self.reached = self.units.iter().map(|unit| unit.as_ref().is_none_or(|unit| !unit.passing)).collect();
        (0..self.units.len() as u32).filter(|&unit| self.reached[unit as usize]).collect()
    }
    /// Something alive refers to a unit's code: whether that is news.
    #[inline]
    pub(crate) fn reach(&mut self, unit: u32) -> bool {
        self.reached.get_mut(unit as usize).is_some_and(|reached| !std::mem::replace(reached, true))
    }
    /// A major collection has reached all that is alive.
    pub(crate) fn end_major(&mut self) {
        for (unit, reached) in self.reached.drain(..).enumerate() {
            if !reached {
                self.units[unit] = None;
                self.dropped.push(unit as u32);
            }
        }
        self.fresh = 0;
    }
    /// Takes a unit's constants, to be put back.
    pub(crate) fn take_constants(&mut self, unit: u32) -> Box<[Value]> {
        let unit = self.units.get_mut(unit as usize).and_then(Option::as_mut);
        unit.map_or_else(Box::default, |unit| std::mem::take(&mut unit.constants))
    }
    /// Puts a unit's constants back.
    pub(crate) fn put_constants(&mut self, unit: u32, constants: Box<[Value]>) {
        if let Some(unit) = self.units.get_mut(unit as usize).and_then(Option::as_mut) {
            unit.constants = constants;
        }
    }
}

impl Ctx {
    /// Adds a unit and returns the number that its `CodeInfo`s must have. What is not known yet can be filled in by [`Ctx::unit_mut`].
    pub fn register_unit(&mut self, info: UnitInfo) -> u32 {
        let Units { units, free, .. } = &mut self.runtime.units;
        if let Some(number) = free.pop() {
            units[number as usize] = Some(info);
            return number;
        }
        units.push(Some(info));
        units.len() as u32 - 1
    }
    /// Gives a unit the values that its code refers to; `passing`: from now on it may be dropped when nothing refers to it.
    pub fn set_unit_constants(&mut self, id: u32, constants: Box<[Value]>, passing: bool) {
        let Some(unit) = self.unit_mut(id) else { return };
        unit.constants = constants;
        unit.passing = passing;
        self.runtime.units.unsettled.push(id);
        if passing {
            self.note_passing();
        }
    }
    /// Something was made that a major collection lets go of, like a passing unit.
    pub fn note_passing(&mut self) {
        let units = &mut self.runtime.units;
        units.fresh += 1;
        if units.are_many(self.runtime.heap.live_bytes()) {
            self.request_safepoint();
        }
    }
    /// The units that were dropped since the last call. Their makers free them, and then their numbers, by [`Ctx::free_unit_number`].
    pub fn take_dropped_units(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.runtime.units.dropped)
    }
    /// Lets the number of a unit that was dropped be given to another one.
    pub fn free_unit_number(&mut self, id: u32) {
        self.runtime.units.free.push(id);
    }
    /// A unit.
    pub fn unit(&self, id: u32) -> Option<&UnitInfo> {
        self.runtime.units.units.get(id as usize)?.as_ref()
    }
    /// A unit, to be completed.
    pub fn unit_mut(&mut self, id: u32) -> Option<&mut UnitInfo> {
        self.runtime.units.units.get_mut(id as usize)?.as_mut()
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
