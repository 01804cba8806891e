//! How compiled code calls C functions: through thunks that align the native stack.
//!
//! Compiled code is told that any multiple of 8 will do for RSP, so that a function whose calls are all on cold paths has no
//! prologue. The function to call is in R10, its arguments are where C wants them, and its answer comes back in RAX.
//! `kestrel_call` otherwise is a call as in C; `kestrel_call_slow` is one of LLVM's `preserve_most` convention, which keeps every integer register
//! but RAX and R11, so that what is live around a cold call need not move.

use std::arch::global_asm;

global_asm!(
    r#"
    .text
    .balign 16
    .globl kestrel_call
    .hidden kestrel_call
kestrel_call:
    push rbp
    mov rbp, rsp
    and rsp, -16
    call r10
    mov rsp, rbp
    pop rbp
    ret

    .balign 16
    .globl kestrel_call_slow
    .hidden kestrel_call_slow
kestrel_call_slow:
    push rbp
    mov rbp, rsp
    push rcx
    push rdx
    push rsi
    push rdi
    push r8
    push r9
    push r10
    and rsp, -16
    call r10
    mov rcx, [rbp - 8]
    mov rdx, [rbp - 16]
    mov rsi, [rbp - 24]
    mov rdi, [rbp - 32]
    mov r8, [rbp - 40]
    mov r9, [rbp - 48]
    mov r10, [rbp - 56]
    mov rsp, rbp
    pop rbp
    ret
    "#
);

unsafe extern "C" {
    fn kestrel_call();
    fn kestrel_call_slow();
}

/// Address of `kestrel_call`.
pub fn call() -> usize {
    kestrel_call as *const () as usize
}

/// Address of `kestrel_call_slow`.
pub fn call_slow() -> usize {
    kestrel_call_slow as *const () as usize
}
