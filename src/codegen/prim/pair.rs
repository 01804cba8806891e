//! Pairs.

use super::super::Res;
use super::super::function::{Emitter, Int};
use crate::source::Origin;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

impl<'c> Emitter<'_, 'c, '_> {
    /// `(car p)` or `(cdr p)`
    pub(super) fn pair_field(&mut self, prim: Prim, p: Int<'c>, offset: usize, origin: Origin) -> Res<Int<'c>> {
        let bad = self.block();
        let is_pair = self.has_tag(p, TAG_PAIR)?;
        self.require(is_pair, bad)?;
        let good = self.here()?;
        self.at(bad);
        self.fail_prim(prim, &[p], origin)?;
        self.at(good);
        self.load(p, offset as i64 - TAG_PAIR as i64)
    }
}
