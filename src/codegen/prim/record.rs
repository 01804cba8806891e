//! Records: the type is one compare away from the header check.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::super::heap;
use super::{Use, Ways};
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

const TYPE_MASK: u64 = 0xff << HEADER_TYPE_SHIFT;
const TYPE: i64 = RECORD_TYPE as i64 - TAG_OBJECT as i64;
/// Offset of the vector of field names in a record type, whose slots are name and field names.
const FIELD_NAMES: i64 = (OBJECT_PAYLOAD + WORD) as i64 - TAG_OBJECT as i64;

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn record(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        Ok(Some(match (it.prim, it.args) {
            (Prim::RecordRef, &[r, rtd, i, _]) => {
                let Some(offset) = field_offset(i) else { return Ok(None) };
                let bad = self.failing(it)?;
                self.require_record(r, rtd, TYPE_MASK, bad)?;
                self.load(r, offset)?
            }
            (Prim::RecordSet, &[r, rtd, i, x, _]) => {
                let Some(offset) = field_offset(i) else { return Ok(None) };
                let bad = self.failing(it)?;
                self.require_record(r, rtd, TYPE_MASK | HEADER_IMMUTABLE, bad)?;
                self.store_field(r, offset, x)?
            }
            (Prim::Record, words) if heap::is_inline(it.prim, words.len()) => {
                let bad = self.failing(it)?;
                self.object_header(words[0], ObjectType::RecordType, TYPE_MASK, bad)?;
                let names = self.load(words[0], FIELD_NAMES)?;
                let names = self.load(names, -(TAG_OBJECT as i64))?;
                let fields = self.b().build_right_shift(names, self.imm(HEADER_LENGTH_SHIFT as u64), false, "")?;
                let right = self.is(fields, words.len() as u64 - 1)?;
                self.require(right, bad)?;
                self.object(header(ObjectType::Record, words.len()), words)?
            }
            _ => return Ok(None),
        }))
    }

    fn require_record(&mut self, r: Int<'c>, rtd: Int<'c>, mask: u64, bad: BasicBlock<'c>) -> Res<()> {
        self.object_header(r, ObjectType::Record, mask, bad)?;
        let found = self.load(r, TYPE)?;
        let same = self.compare(IntPredicate::EQ, found, rtd)?;
        self.require(same, bad)
    }

    pub(super) fn is_record(&mut self, r: Int<'c>, rtd: Int<'c>, ways: Ways<'c>) -> Res<()> {
        let found = self.block();
        self.has_type(r, ObjectType::Record, Ways { then: found, ..ways })?;
        self.at(found);
        let found = self.load(r, TYPE)?;
        let same = self.compare(IntPredicate::EQ, found, rtd)?;
        self.branch(same, ways.then, ways.otherwise)
    }
}

/// Where a record's field is, from the tagged word; its index, a literal, is within the record as the record type was given it.
fn field_offset(i: Int<'_>) -> Option<i64> {
    let bits = i.get_sign_extended_constant().filter(|&bits| bits >= 0 && bits as u64 & TAG_MASK == TAG_FIXNUM)?;
    Some(bits + RECORD_FIELDS as i64 - TAG_OBJECT as i64)
}
