//! Vectors and bytevectors. A fixnum is its value times eight, so that a tagged index is the byte offset of its element.

use super::super::Res;
use super::super::function::{Emitter, Int};
use super::super::heap;
use super::Use;
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

const PAYLOAD: i64 = OBJECT_PAYLOAD as i64 - TAG_OBJECT as i64;
const TYPE_MASK: u64 = 0xff << HEADER_TYPE_SHIFT;

impl<'c> Emitter<'_, 'c, '_> {
    pub(super) fn vector(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        Ok(Some(match (it.prim, it.args) {
            (Prim::VectorLength, &[v]) => self.length(it, v, ObjectType::Vector)?,
            (Prim::BytevectorLength, &[v]) => self.length(it, v, ObjectType::Bytevector)?,
            (Prim::StringLength, &[v]) => self.length(it, v, ObjectType::String)?,
            (Prim::VectorRef, &[v, i]) => {
                let bad = self.failing(it)?;
                let header = self.object_header(v, ObjectType::Vector, TYPE_MASK, bad)?;
                self.require_index(header, i, bad)?;
                let element = self.b().build_int_add(v, i, "")?;
                self.load(element, PAYLOAD)?
            }
            (Prim::VectorSet, &[v, i, x]) => {
                let bad = self.failing(it)?;
                let header = self.object_header(v, ObjectType::Vector, TYPE_MASK | HEADER_IMMUTABLE, bad)?;
                self.require_index(header, i, bad)?;
                let element = self.b().build_int_add(v, i, "")?;
                self.store_field(element, PAYLOAD, x)?
            }
            (Prim::BytevectorRef, &[v, i]) => {
                let bad = self.failing(it)?;
                let header = self.object_header(v, ObjectType::Bytevector, TYPE_MASK, bad)?;
                self.require_index(header, i, bad)?;
                let index = self.b().build_right_shift(i, self.imm(FIXNUM_SHIFT as u64), false, "")?;
                let at = self.b().build_int_add(v, index, "")?;
                let byte = self.load_byte(at, PAYLOAD)?;
                self.shift_left(byte, FIXNUM_SHIFT)?
            }
            (Prim::BytevectorSet, &[v, i, x]) => {
                let bad = self.failing(it)?;
                let header = self.object_header(v, ObjectType::Bytevector, TYPE_MASK | HEADER_IMMUTABLE, bad)?;
                self.require_index(header, i, bad)?;
                let is_byte = self.has_bits(x, !(0xff << FIXNUM_SHIFT), 0)?;
                self.require(is_byte, bad)?;
                let index = self.b().build_right_shift(i, self.imm(FIXNUM_SHIFT as u64), false, "")?;
                let at = self.b().build_int_add(v, index, "")?;
                let byte = self.b().build_right_shift(x, self.imm(FIXNUM_SHIFT as u64), false, "")?;
                self.store_byte(at, PAYLOAD, byte)?;
                self.imm(IMM_UNSPECIFIED)
            }
            (Prim::Vector, elements) if heap::is_inline(it.prim, elements.len()) => {
                self.object(header(ObjectType::Vector, elements.len()), elements)?
            }
            _ => return Ok(None),
        }))
    }

    /// Goes on with the header of an object of this type, or to `bad`. `mask` says which header bits must be as in a fresh object.
    pub(super) fn object_header(
        &mut self,
        v: Int<'c>,
        kind: ObjectType,
        mask: u64,
        bad: BasicBlock<'c>,
    ) -> Res<Int<'c>> {
        let is_object = self.has_tag(v, TAG_OBJECT)?;
        self.require(is_object, bad)?;
        let found = self.load(v, -(TAG_OBJECT as i64))?;
        let is_kind = self.has_bits(found, mask, header(kind, 0) & mask)?;
        self.require(is_kind, bad)?;
        Ok(found)
    }

    /// Goes on if a word is a fixnum that indexes an object of this header, whose length counts what is indexed.
    pub(super) fn require_index(&mut self, header: Int<'c>, i: Int<'c>, bad: BasicBlock<'c>) -> Res<()> {
        if let Some(test) = self.are_fixnums(&[i])? {
            self.require(test, bad)?;
        }
        let length = self.length_fixnum(header)?;
        let inside = self.compare(IntPredicate::ULT, i, length)?;
        self.require(inside, bad)
    }

    fn length_fixnum(&mut self, header: Int<'c>) -> Res<Int<'c>> {
        let length = self.b().build_right_shift(header, self.imm(HEADER_LENGTH_SHIFT as u64), false, "")?;
        self.shift_left(length, FIXNUM_SHIFT)
    }

    fn length(&mut self, it: Use<'_, 'c>, v: Int<'c>, kind: ObjectType) -> Res<Int<'c>> {
        let bad = self.failing(it)?;
        let header = self.object_header(v, kind, TYPE_MASK, bad)?;
        self.length_fixnum(header)
    }

    /// `word << bits`
    pub(super) fn shift_left(&mut self, word: Int<'c>, bits: u32) -> Res<Int<'c>> {
        Ok(self.b().build_left_shift(word, self.imm(bits as u64), "")?)
    }
}
