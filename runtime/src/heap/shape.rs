//! How large objects are and whether the collector looks for values in them.

use crate::abi::CodeInfo;
use crate::layout::*;

/// The type number in a header.
pub const fn type_of(header: u64) -> u8 {
    (header >> HEADER_TYPE_SHIFT) as u8
}

/// The length in a header.
pub const fn length_of(header: u64) -> usize {
    (header >> HEADER_LENGTH_SHIFT) as usize
}

const fn is(header: u64, kind: ObjectType) -> bool {
    type_of(header) == kind as u8
}

/// Bytes of an object with this header, header included.
pub const fn object_bytes(header: u64) -> usize {
    let length = length_of(header);
    OBJECT_PAYLOAD
        + if is(header, ObjectType::Bytevector) || is(header, ObjectType::StringData) {
            length.next_multiple_of(WORD)
        } else if is(header, ObjectType::String) {
            2 * WORD
        } else if is(header, ObjectType::Bignum) {
            (length + 1) * WORD
        } else {
            length * WORD
        }
}

/// Whether every word of an object with this header is a value, a header, or something that looks like a fixnum.
/// Ephemerons and stack segments have values inside, but the collector treats each in its own way.
pub const fn is_scanned(header: u64) -> bool {
    !(is(header, ObjectType::Bytevector)
        || is(header, ObjectType::StringData)
        || is(header, ObjectType::Flonum)
        || is(header, ObjectType::Bignum)
        || is(header, ObjectType::Ephemeron)
        || is(header, ObjectType::StackSegment)
        || is(header, ObjectType::Filler))
}

/// Bytes of a closure with this code.
///
/// # Safety
/// `code` must be the code address of a closure.
pub unsafe fn closure_bytes(code: usize) -> usize {
    // SAFETY: the caller's promise.
    CLOSURE_FREE + unsafe { CodeInfo::of(code) }.slots as usize * WORD
}
