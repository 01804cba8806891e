//! The one place that knows how values and objects are laid out in memory.
//!
//! The code generator, the collector and the primitives all derive their constants from here; nothing else in the
//! project writes a tag, a header bit or an offset as a number.
//!
//! # Words
//! A value is a 64-bit word; its low three bits are the tag:
//!
//! | tag | what | the rest |
//! |---|---|---|
//! | 0 | fixnum | 61-bit two's complement, shifted left by 3 |
//! | 1 | pair | address + 1; two words, no header |
//! | 2 | object | address + 2; word 0 is a header |
//! | 3 | closure | address + 3; word 0 is a code address, no header |
//! | 4, 5 | flonum | the double rotated left by 4, plus 1 (self-tagged) |
//! | 6 | immediate | low byte is the kind, the rest the payload |
//! | 7 | header | never a value: the first word of an object |
//!
//! Self-tagging follows Melançon, Serrano & Feeley, "Float Self-Tagging" (arXiv 2411.16544): rotating a double left by 4
//! brings its three top exponent bits to the bottom; magnitudes of about 2^-255 to 2^257 have `011` or `100` there,
//! so after adding one they carry tag 4 or 5. Every other double is boxed (`ObjectType::Flonum`), and 0.0 has one
//! preallocated box (`Ctx::flonum_zero`).
//!
//! All heap addresses are multiples of [`ALIGN`] bytes.

/// Bytes in a machine word and in a value.
pub const WORD: usize = 8;
/// Alignment of every heap object, in bytes.
pub const ALIGN: usize = 16;

/// Bits of a word that hold the tag.
pub const TAG_BITS: u32 = 3;
/// Mask of the tag bits.
pub const TAG_MASK: u64 = 7;
/// Tag of fixnums.
pub const TAG_FIXNUM: u64 = 0;
/// Tag of pairs.
pub const TAG_PAIR: u64 = 1;
/// Tag of objects with a header.
pub const TAG_OBJECT: u64 = 2;
/// Tag of closures.
pub const TAG_CLOSURE: u64 = 3;
/// Lower of the two flonum tags; a word `w` is a self-tagged flonum iff `w & FLONUM_MASK == TAG_FLONUM`.
pub const TAG_FLONUM: u64 = 4;
/// Mask for the flonum test.
pub const FLONUM_MASK: u64 = 6;
/// Left rotation applied to a double's bits when it is self-tagged; 1 is added afterwards.
pub const FLONUM_ROTATE: u32 = 4;
/// Tag of immediates.
pub const TAG_IMMEDIATE: u64 = 6;
/// Tag of header words.
pub const TAG_HEADER: u64 = 7;

/// Bits by which a fixnum is shifted.
pub const FIXNUM_SHIFT: u32 = 3;
/// Greatest fixnum, 2^60 - 1.
pub const FIXNUM_MAX: i64 = (1 << 60) - 1;
/// Least fixnum, -2^60.
pub const FIXNUM_MIN: i64 = -(1 << 60);

/// Bits of an immediate that hold its kind (tag included).
pub const IMM_KIND_BITS: u32 = 8;
/// Mask of an immediate's kind.
pub const IMM_KIND_MASK: u64 = 0xff;
/// `#f`.
pub const IMM_FALSE: u64 = 0x06;
/// `#t`.
pub const IMM_TRUE: u64 = 0x0e;
/// `()`.
pub const IMM_NULL: u64 = 0x16;
/// The value of expressions whose value the standard leaves unspecified.
pub const IMM_UNSPECIFIED: u64 = 0x1e;
/// The end-of-file object.
pub const IMM_EOF: u64 = 0x26;
/// Content of a variable that has no value yet; never visible to a program.
pub const IMM_UNBOUND: u64 = 0x2e;
/// What a primitive returns after it has put a condition into `Ctx::condition`; never visible to a program.
pub const IMM_RAISED: u64 = 0x36;
/// Car of a pair that the collector has moved (its cdr is the new value); never visible to a program.
pub const IMM_FORWARDED: u64 = 0x3e;
/// Content of a broken weak reference.
pub const IMM_BROKEN: u64 = 0x56;
/// Stands for an optional argument that was not given; never visible to a program.
pub const IMM_ABSENT: u64 = 0x5e;
/// Kind of characters; the payload is the scalar value.
pub const IMM_CHAR: u64 = 0x46;
/// Kind of symbols; the payload is the interner's key.
pub const IMM_SYMBOL: u64 = 0x4e;

/// Offset of the car from a pair's address.
pub const PAIR_CAR: usize = 0;
/// Offset of the cdr from a pair's address.
pub const PAIR_CDR: usize = 8;
/// Bytes of a pair.
pub const PAIR_SIZE: usize = 16;

/// Offset of a closure's code address. A [`crate::abi::CodeInfo`] lies just below that code address.
pub const CLOSURE_CODE: usize = 0;
/// Offset of a closure's first free variable.
pub const CLOSURE_FREE: usize = 8;

/// Header: bits 0-2 [`TAG_HEADER`], bit 3 immutable, bits 4-7 for the collector, bits 8-15 [`ObjectType`], bits 16-63 length.
/// The unit of the length depends on the type (words of payload, bytes, characters).
pub const HEADER_IMMUTABLE: u64 = 1 << 3;
/// Position of the type in a header.
pub const HEADER_TYPE_SHIFT: u32 = 8;
/// Position of the length in a header.
pub const HEADER_LENGTH_SHIFT: u32 = 16;
/// Offset of an object's first payload word.
pub const OBJECT_PAYLOAD: usize = 8;

/// Types of objects with a header.
///
/// "Values" means that the payload is that many tagged words, which the collector scans.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum ObjectType {
    /// Length in elements; payload: the elements.
    Vector = 1,
    /// Length in bytes; payload: the bytes.
    Bytevector = 2,
    /// Length in characters; payload: one word flags/width (see `STRING_*`), one value: its `StringData`.
    String = 3,
    /// Length in bytes; payload: raw character storage of one `String`.
    StringData = 4,
    /// Length 1 word; payload: the raw double.
    Flonum = 5,
    /// Length in 64-bit limbs, sign in the first payload word (0 or 1), then limbs, least significant first, normalised.
    Bignum = 6,
    /// Values: numerator, denominator (> 1, coprime).
    Ratnum = 7,
    /// Values: real part, imaginary part.
    Compnum = 8,
    /// Values: a mutable variable's or a global's content, and its name (a symbol or #f).
    Cell = 9,
    /// Values: the record type, then the fields.
    Record = 10,
    /// Values: name, vector of field names, then unspecified room for runtime use. A record type is also a Record's first slot.
    RecordType = 11,
    /// Values: done? (boolean), content, as R7RS 7.3's box of a pair.
    Promise = 12,
    /// Values: key, value; the collector treats the key as weak.
    Ephemeron = 13,
    /// A continuation: see `control`.
    Continuation = 14,
    /// A piece of stack moved to the heap: raw frames, walked by return addresses. Length in words.
    StackSegment = 15,
    /// Values: one word of table index into `Ports`, then properties. See `prim/port`.
    Port = 16,
    /// An `eq?`/`eqv?`/`equal?` hash table: see `object/table`.
    HashTable = 17,
    /// Values: kind symbol, message, irritants, and extra payload: an error object (R7RS 6.11).
    Condition = 18,
    /// Values: converter or #f, default value, key.
    Parameter = 19,
    /// Values: an environment for `eval`: index into the engine's table.
    Environment = 20,
    /// Values: several return values packed for the few places that need them as one.
    MultipleValues = 21,
    /// Filler that the heap walker skips; length in words.
    Filler = 22,
    /// Fixnums: world, text, datum and set of scopes, as the expander numbers them; then an identifier's symbol or #f.
    Syntax = 23,
}

/// Offset, from a string's address, of its flags word: bit 3 set: four bytes a character; clear: one (Latin-1).
/// The word is a fixnum as far as the collector is concerned.
pub const STRING_FLAGS: usize = 8;
/// Offset of a string's storage value.
pub const STRING_DATA: usize = 16;
/// Flag in `STRING_FLAGS`: four bytes a character.
pub const STRING_WIDE: u64 = 1 << 3;

/// Offset of a cell's content.
pub const CELL_VALUE: usize = 8;
/// Offset of a cell's name.
pub const CELL_NAME: usize = 16;
/// Offset of a record's type.
pub const RECORD_TYPE: usize = 8;
/// Offset of a record's first field.
pub const RECORD_FIELDS: usize = 16;

/// Bits by which an address is shifted to number its card (512 bytes).
pub const CARD_SHIFT: u32 = 9;
/// Content of a card whose memory may have been written since the last collection.
pub const CARD_DIRTY: u8 = 1;
/// Bytes of address space for literals, static closures and global cells.
pub const STATIC_BYTES: usize = 4 << 30;

/// The header of an object.
pub const fn header(kind: ObjectType, length: usize) -> u64 {
    TAG_HEADER | (kind as u64) << HEADER_TYPE_SHIFT | (length as u64) << HEADER_LENGTH_SHIFT
}

const _: () = {
    assert!(TAG_FLONUM & FLONUM_MASK == TAG_FLONUM && (TAG_FLONUM + 1) & FLONUM_MASK == TAG_FLONUM);
    assert!(IMM_FALSE & TAG_MASK == TAG_IMMEDIATE && IMM_CHAR & TAG_MASK == TAG_IMMEDIATE);
    assert!(PAIR_SIZE == ALIGN);
};
