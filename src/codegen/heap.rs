//! Memory: loads and stores by address and offset, inline allocation from `hp`.

use super::function::{Emitter, Hp, Int};
use super::{CodegenError, Res};
use crate::closure::ir::{Atom, CodeId, Op};
use inkwell::values::BasicValue;
use kestrel_runtime::Ctx;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;
use std::mem::offset_of;

/// Bytes that an operation takes from `hp`; [`super::shape`] reserves exactly this much.
pub(super) fn inline_size(op: &Op) -> usize {
    match op {
        Op::Closure(_, free) => (CLOSURE_FREE + free.len() * WORD).next_multiple_of(ALIGN),
        Op::Prim(Prim::Cons, _) => PAIR_SIZE,
        Op::Prim(Prim::MakeCell | Prim::MakeVariable, _) => (CELL_NAME + WORD).next_multiple_of(ALIGN),
        Op::Prim(prim @ Prim::List, args) if is_inline(*prim, args.len()) => PAIR_SIZE * args.len(),
        Op::Prim(prim @ (Prim::Vector | Prim::Record), args) if is_inline(*prim, args.len()) => {
            (OBJECT_PAYLOAD + args.len() * WORD).next_multiple_of(ALIGN)
        }
        _ => 0,
    }
}

/// Whether an object of `n` elements is made inline rather than by the primitive, which takes any number.
pub(super) fn is_inline(prim: Prim, n: usize) -> bool {
    match prim {
        Prim::List | Prim::Vector => (1..=16).contains(&n),
        Prim::Record => (1..=32).contains(&n),
        _ => false,
    }
}

impl<'c> Emitter<'_, 'c, '_> {
    /// The word at an address.
    pub(super) fn load_at(&mut self, address: Int<'c>) -> Res<Int<'c>> {
        let p = self.b().build_int_to_ptr(address, self.unit.pointer, "")?;
        Ok(self.b().build_load(self.unit.word, p, "")?.into_int_value())
    }

    /// The word at `base + offset`.
    pub(super) fn load(&mut self, base: Int<'c>, offset: i64) -> Res<Int<'c>> {
        let address = self.offset(base, offset)?;
        self.load_at(address)
    }

    /// Says that the memory of a load never changes while code runs.
    pub(super) fn mark_invariant(&self, load: Int<'c>) {
        if let Some(instruction) = load.as_instruction() {
            let metadata = &self.unit.metadata;
            let _ = instruction.set_metadata(metadata.empty, metadata.invariant_load);
        }
    }

    /// Stores a word or double at `base + offset`.
    pub(super) fn store(&mut self, base: Int<'c>, offset: i64, value: impl BasicValue<'c>) -> Res<()> {
        let address = self.offset(base, offset)?;
        let p = self.b().build_int_to_ptr(address, self.unit.pointer, "")?;
        self.b().build_store(p, value)?;
        Ok(())
    }

    /// The byte at `base + offset`, as a word.
    pub(super) fn load_byte(&mut self, base: Int<'c>, offset: i64) -> Res<Int<'c>> {
        let address = self.offset(base, offset)?;
        let p = self.b().build_int_to_ptr(address, self.unit.pointer, "")?;
        let byte = self.b().build_load(self.unit.llvm.i8_type(), p, "")?.into_int_value();
        Ok(self.b().build_int_z_extend(byte, self.unit.word, "")?)
    }

    /// Stores the low byte of a word at `base + offset`.
    pub(super) fn store_byte(&mut self, base: Int<'c>, offset: i64, word: Int<'c>) -> Res<()> {
        let byte = self.b().build_int_truncate(word, self.unit.llvm.i8_type(), "")?;
        self.store(base, offset, byte)
    }

    /// Writes a field of an existing object, with the write barrier; answers the unspecified value.
    pub(super) fn store_field(&mut self, base: Int<'c>, offset: i64, value: Int<'c>) -> Res<Int<'c>> {
        self.store(base, offset, value)?;
        if !value.is_const() {
            let slot = self.offset(base, offset)?;
            let cards = self.ctx_word(offset_of!(Ctx, card_table))?;
            let card = self.b().build_right_shift(slot, self.imm(CARD_SHIFT as u64), false, "")?;
            let card = self.b().build_int_add(cards, card, "")?;
            self.store_byte(card, 0, self.imm(CARD_DIRTY as u64))?;
        }
        Ok(self.imm(IMM_UNSPECIFIED))
    }

    /// `base + offset`.
    pub(super) fn offset(&mut self, base: Int<'c>, offset: i64) -> Res<Int<'c>> {
        if offset == 0 {
            return Ok(base);
        }
        Ok(self.b().build_int_add(base, self.imm(offset as u64), "")?)
    }

    /// The current `hp`.
    pub(super) fn hp(&mut self) -> Res<Int<'c>> {
        match self.hp {
            Hp::Fixed(hp) => Ok(hp),
            Hp::Slot(slot) => Ok(self.b().build_load(self.unit.word, slot, "")?.into_int_value()),
        }
    }

    /// Takes `bytes`, a multiple of [`ALIGN`] that the last heap check covered; answers their address.
    fn allocate(&mut self, bytes: usize) -> Res<Int<'c>> {
        let start = self.hp()?;
        let next = self.offset(start, bytes as i64)?;
        let Hp::Slot(slot) = self.hp else { return Err(CodegenError("an allocation that was not foreseen".into())) };
        self.b().build_store(slot, next)?;
        Ok(start)
    }

    /// Allocates words with these contents; answers the address plus `tag`.
    fn allocate_words(&mut self, words: &[Int<'c>], tag: u64) -> Res<Int<'c>> {
        let start = self.allocate((words.len() * WORD).next_multiple_of(ALIGN))?;
        for (i, &w) in words.iter().enumerate() {
            self.store(start, (i * WORD) as i64, w)?;
        }
        self.offset(start, tag as i64)
    }

    /// `(cons a d)`
    pub(super) fn cons(&mut self, a: Int<'c>, d: Int<'c>) -> Res<Int<'c>> {
        self.allocate_words(&[a, d], TAG_PAIR)
    }

    /// A cell with this content and name.
    pub(super) fn make_cell(&mut self, content: Int<'c>, name: Int<'c>) -> Res<Int<'c>> {
        self.object(header(ObjectType::Cell, 2), &[content, name])
    }

    /// An object with a header.
    pub(super) fn object(&mut self, header: u64, payload: &[Int<'c>]) -> Res<Int<'c>> {
        let mut words = vec![self.imm(header)];
        words.extend_from_slice(payload);
        self.allocate_words(&words, TAG_OBJECT)
    }

    /// A closure of a procedure code.
    pub(super) fn closure(&mut self, code: CodeId, free: &[Atom]) -> Res<Int<'c>> {
        let mut words = vec![self.code_address(code)?];
        for &a in free {
            words.push(self.tagged(a)?);
        }
        if free.is_empty() {
            words.push(self.imm(0));
        }
        self.allocate_words(&words, TAG_CLOSURE)
    }
}
