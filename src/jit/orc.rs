//! ORC's LLJIT behind owned types: a session links objects; a linked object is unlinked when dropped.

use super::{JitError, emit};
use inkwell::llvm_sys::error::{LLVMDisposeErrorMessage, LLVMErrorRef, LLVMGetErrorMessage};
use inkwell::llvm_sys::orc2::lljit::*;
use inkwell::llvm_sys::orc2::*;
use inkwell::memory_buffer::MemoryBuffer;
use std::ffi::{CStr, CString, c_void};
use std::ptr::null_mut;
use std::rc::Rc;

/// One LLJIT instance.
pub(super) struct Session {
    jit: LLVMOrcLLJITRef,
}

impl Session {
    pub(super) fn new() -> Result<Session, JitError> {
        emit::initialize();
        let mut jit = null_mut();
        // SAFETY: a null builder asks for the defaults; on success `jit` is ours.
        unsafe {
            check(LLVMOrcCreateLLJIT(&mut jit, null_mut()))?;
            LLVMOrcExecutionSessionSetErrorReporter(LLVMOrcLLJITGetExecutionSession(jit), report, null_mut());
        }
        Ok(Session { jit })
    }

    /// Links an object and looks up the symbol that it exports.
    pub(super) fn link(self: Rc<Self>, object: MemoryBuffer<'static>, symbol: &str) -> Result<LinkedObject, JitError> {
        let name = CString::new(symbol).map_err(|e| JitError(e.to_string()))?;
        // SAFETY: `self.jit` is live. LLJIT takes the buffer over, so the Rust owner forgets it; the tracker is released by
        // `LinkedObject::drop`, also when a later step fails.
        unsafe {
            let dylib = LLVMOrcLLJITGetMainJITDylib(self.jit);
            let tracker = LLVMOrcJITDylibCreateResourceTracker(dylib);
            let mut linked = LinkedObject { tracker, descriptor: 0, session: self };
            let buffer = object.as_mut_ptr();
            std::mem::forget(object);
            check(LLVMOrcLLJITAddObjectFileWithRT(linked.session.jit, tracker, buffer))?;
            check(LLVMOrcLLJITLookup(linked.session.jit, &mut linked.descriptor, name.as_ptr()))?;
            Ok(linked)
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: every linked object holds the session, so none is left.
        let _ = check(unsafe { LLVMOrcDisposeLLJIT(self.jit) });
    }
}

/// An object in memory.
pub(super) struct LinkedObject {
    tracker: LLVMOrcResourceTrackerRef,
    descriptor: u64,
    session: Rc<Session>,
}

impl LinkedObject {
    /// The first `n` words at the exported symbol, which the caller knows to have as many.
    pub(super) fn words(&self, n: usize) -> Vec<usize> {
        // SAFETY: the symbol is the descriptor that `codegen` emitted with `n` words, and the object is mapped.
        unsafe { std::slice::from_raw_parts(self.descriptor as *const usize, n) }.to_vec()
    }
}

impl Drop for LinkedObject {
    fn drop(&mut self) {
        // SAFETY: the tracker is ours and the session is alive (we hold it); removal unmaps the object.
        unsafe {
            let _ = check(LLVMOrcResourceTrackerRemove(self.tracker));
            LLVMOrcReleaseResourceTracker(self.tracker);
        }
    }
}

/// Turns an LLVM error into ours.
fn check(error: LLVMErrorRef) -> Result<(), JitError> {
    if error.is_null() {
        return Ok(());
    }
    // SAFETY: the error is not null and consumed here, once; the message is disposed of after it was copied.
    unsafe {
        let message = LLVMGetErrorMessage(error);
        let text = CStr::from_ptr(message).to_string_lossy().into_owned();
        LLVMDisposeErrorMessage(message);
        Err(JitError(text))
    }
}

/// Errors that ORC also reports to whoever asked are not printed.
extern "C" fn report(_: *mut c_void, error: LLVMErrorRef) {
    let _ = check(error);
}
