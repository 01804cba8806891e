//! What inkwell does not wrap.

use inkwell::llvm_sys::core::LLVMSetPrefixData;
use inkwell::values::{AsValueRef, FunctionValue, StructValue};

/// Puts a constant just below the entry of a function. The function must never become `unnamed_addr`.
pub fn set_prefix_data<'ctx>(function: FunctionValue<'ctx>, data: StructValue<'ctx>) {
    // SAFETY: both values are live and, by their lifetime, of the same context; the data is a constant struct.
    unsafe { LLVMSetPrefixData(function.as_value_ref(), data.as_value_ref()) }
}
