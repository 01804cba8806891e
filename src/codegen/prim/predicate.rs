//! Predicates: those that are one test of a word, and those that branch on the way.

use super::super::function::{Emitter, Int};
use super::super::{CodegenError, Res};
use super::{Use, Ways, char, fixnum};
use inkwell::IntPredicate;
use kestrel_runtime::layout::*;
use kestrel_runtime::prim::Prim;

/// The object type that a predicate tests for.
fn object_type(prim: Prim) -> Option<ObjectType> {
    Some(match prim {
        Prim::IsVector => ObjectType::Vector,
        Prim::IsBytevector => ObjectType::Bytevector,
        Prim::IsString => ObjectType::String,
        Prim::IsPromise => ObjectType::Promise,
        Prim::IsTable => ObjectType::HashTable,
        Prim::IsErrorObject => ObjectType::Condition,
        _ => return None,
    })
}

/// Predicates that hold for every fixnum.
fn holds_for_fixnums(prim: Prim) -> bool {
    matches!(
        prim,
        Prim::IsNumber
            | Prim::IsComplex
            | Prim::IsReal
            | Prim::IsRational
            | Prim::IsInteger
            | Prim::IsExactInteger
            | Prim::IsExactRational
            | Prim::IsExact
    )
}

/// Whether [`Emitter::branching`] knows the primitive.
pub(super) fn is_branching(prim: Prim) -> bool {
    object_type(prim).is_some()
        || holds_for_fixnums(prim)
        || fixnum::comparison(prim).is_some()
        || char::comparison(prim).is_some()
        || matches!(prim, Prim::IsRecord | Prim::Eqv | Prim::IsOdd | Prim::IsEven)
}

impl<'c> Emitter<'_, 'c, '_> {
    /// A predicate without effects that is one test, as one bit.
    pub(super) fn simple_test(&mut self, it: Use<'_, 'c>) -> Res<Option<Int<'c>>> {
        Ok(Some(match (it.prim, it.args) {
            (Prim::True, &[a]) => self.compare(IntPredicate::NE, a, self.imm(IMM_FALSE))?,
            (Prim::Not, &[a]) => self.is(a, IMM_FALSE)?,
            (Prim::Eq, &[a, b]) => self.compare(IntPredicate::EQ, a, b)?,
            (Prim::IsPair, &[a]) => self.has_tag(a, TAG_PAIR)?,
            (Prim::IsNull, &[a]) => self.is(a, IMM_NULL)?,
            (Prim::IsProcedure, &[a]) => self.has_tag(a, TAG_CLOSURE)?,
            (Prim::IsSymbol, &[a]) => self.has_bits(a, IMM_KIND_MASK, IMM_SYMBOL)?,
            (Prim::IsChar, &[a]) => self.has_bits(a, IMM_KIND_MASK, IMM_CHAR)?,
            (Prim::IsBoolean, &[a]) => self.has_bits(a, !(IMM_TRUE ^ IMM_FALSE), IMM_TRUE & IMM_FALSE)?,
            (Prim::IsEofObject, &[a]) => self.is(a, IMM_EOF)?,
            _ => return Ok(None),
        }))
    }

    /// A branch on a predicate for which [`is_branching`] holds.
    pub(super) fn branching(&mut self, it: Use<'_, 'c>, ways: Ways<'c>) -> Res<()> {
        if let Some(by) = fixnum::comparison(it.prim) {
            return self.number_comparison(it, by, ways);
        }
        if let Some(by) = char::comparison(it.prim) {
            return self.char_comparison(it, by, ways);
        }
        match (it.prim, it.args) {
            (Prim::IsReal, &[a]) => {
                let (other, slow) = (self.block(), self.block());
                let is_flonum = self.has_bits(a, FLONUM_MASK, TAG_FLONUM)?;
                self.expect(is_flonum, ways.then, other)?;
                self.at(other);
                let is_fixnum = self.has_tag(a, TAG_FIXNUM)?;
                self.expect(is_fixnum, ways.then, slow)?;
                self.branch_slow(it, slow, ways)
            }
            (prim, &[a]) if holds_for_fixnums(prim) => {
                let slow = self.block();
                let is_fixnum = self.has_tag(a, TAG_FIXNUM)?;
                self.branch(is_fixnum, ways.then, slow)?;
                self.branch_slow(it, slow, ways)
            }
            (prim, &[a]) if object_type(prim).is_some() => match object_type(prim) {
                Some(kind) => self.has_type(a, kind, ways),
                None => Err(CodegenError("no type".into())),
            },
            (Prim::IsOdd | Prim::IsEven, &[a]) => {
                let slow = self.block();
                let is_fixnum = self.has_tag(a, TAG_FIXNUM)?;
                self.require(is_fixnum, slow)?;
                let even = self.has_bits(a, 1 << FIXNUM_SHIFT, 0)?;
                match it.prim {
                    Prim::IsEven => self.branch(even, ways.then, ways.otherwise)?,
                    _ => self.branch(even, ways.otherwise, ways.then)?,
                }
                self.branch_slow(it, slow, ways)
            }
            (Prim::IsRecord, &[r, rtd]) => self.is_record(r, rtd, ways),
            (Prim::Eqv, &[a, b]) => {
                let (different, slow) = (self.block(), self.block());
                let same = self.compare(IntPredicate::EQ, a, b)?;
                self.branch(same, ways.then, different)?;
                self.at(different);
                let may_be_number = self.has_tag(a, TAG_OBJECT)?;
                self.branch(may_be_number, slow, ways.otherwise)?;
                self.branch_slow(it, slow, ways)
            }
            _ => Err(CodegenError(format!("{} does not branch", it.prim.info().name))),
        }
    }

    /// A branch on whether a word is an object of a type.
    pub(super) fn has_type(&mut self, a: Int<'c>, kind: ObjectType, ways: Ways<'c>) -> Res<()> {
        let object = self.block();
        let is_object = self.has_tag(a, TAG_OBJECT)?;
        self.branch(is_object, object, ways.otherwise)?;
        self.at(object);
        let found = self.load_byte(a, (HEADER_TYPE_SHIFT / 8) as i64 - TAG_OBJECT as i64)?;
        let is_kind = self.is(found, kind as u64)?;
        self.branch(is_kind, ways.then, ways.otherwise)
    }
}
