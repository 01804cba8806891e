//! Strings: reading a character of a narrow string is inline.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::Use;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn string(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        let (Prim::StringRef, &[s, i]) = (it.prim, it.args) else { return Ok(None) };
        let slow = self.block();
        let header = self.object_header(s, ObjectType::String, 0xff << HEADER_TYPE_SHIFT, slow)?;
        self.require_index(header, i, slow)?;
        let flags = self.load(s, STRING_FLAGS as i64 - TAG_OBJECT as i64)?;
        let narrow = self.has_bits(flags, STRING_WIDE, 0)?;
        self.require(narrow, slow)?;
        let data = self.load(s, STRING_DATA as i64 - TAG_OBJECT as i64)?;
        let index = self.b().build_right_shift(i, self.imm(FIXNUM_SHIFT as u64), false, "")?;
        let at = self.b().build_int_add(data, index, "")?;
        let byte = self.load_byte(at, OBJECT_PAYLOAD as i64 - TAG_OBJECT as i64)?;
        let payload = self.shift_left(byte, IMM_KIND_BITS)?;
        let char = self.b().build_or(payload, self.imm(IMM_CHAR), "")?;
        Ok(Some(self.join_slow(char, it, slow)?))
    }
}
