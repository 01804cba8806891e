//! The LLVM context of one module, with a handler that collects errors: without one, LLVM ends the process.

use super::{JitError, emit};
use inkwell::llvm_sys::LLVMDiagnosticSeverity;
use inkwell::llvm_sys::core::{
    LLVMContextSetDiagnosticHandler, LLVMDisposeMessage, LLVMGetDiagInfoDescription, LLVMGetDiagInfoSeverity,
};
use inkwell::llvm_sys::prelude::LLVMDiagnosticInfoRef;
use inkwell::module::Module;
use std::cell::RefCell;
use std::ffi::{CStr, c_void};

type Errors = RefCell<Vec<String>>;

/// Owns what LLVM allocates for one module.
pub struct Context {
    llvm: inkwell::context::Context,
    errors: Box<Errors>,
}

impl Default for Context {
    fn default() -> Self {
        Self::new()
    }
}

impl Context {
    /// A fresh context.
    pub fn new() -> Context {
        let llvm = inkwell::context::Context::create();
        let errors = Box::<Errors>::default();
        let data = &raw const *errors as *mut c_void;
        // SAFETY: the handler gets the address of the boxed list, which lives as long as the LLVM context beside it.
        unsafe { LLVMContextSetDiagnosticHandler(llvm.raw(), Some(collect), data) };
        Context { llvm, errors }
    }
    /// The context, for builders.
    pub fn llvm(&self) -> &inkwell::context::Context {
        &self.llvm
    }
    /// An empty module for this host's machine code.
    pub fn module(&self, name: &str) -> Result<Module<'_>, JitError> {
        let module = self.llvm.create_module(name);
        emit::prepare(&module)?;
        Ok(module)
    }
    /// The errors since the last call, if any.
    pub(super) fn take_errors(&self) -> Result<(), JitError> {
        match self.errors.take() {
            errors if errors.is_empty() => Ok(()),
            errors => Err(JitError(errors.join("; "))),
        }
    }
}

extern "C" fn collect(info: LLVMDiagnosticInfoRef, data: *mut c_void) {
    // SAFETY: LLVM passes a valid diagnostic, and `data` as `Context::new` registered it; the message is ours to dispose of.
    unsafe {
        if !matches!(LLVMGetDiagInfoSeverity(info), LLVMDiagnosticSeverity::LLVMDSError) {
            return;
        }
        let text = LLVMGetDiagInfoDescription(info);
        let errors = &*(data as *const Errors);
        errors.borrow_mut().push(CStr::from_ptr(text).to_string_lossy().into_owned());
        LLVMDisposeMessage(text);
    }
}
