//! How compiled code calls C functions: through thunks that align the native stack.
//!
//! Compiled code is told that any multiple of 8 will do for RSP, so that a function whose calls are all on cold paths has no
//! prologue. The function to call is in R10, its arguments are where C wants them, and its answer comes back in RAX.
//! `kestrel_call` otherwise is a call as in C; `kestrel_call_slow` is one of LLVM's `preserve_most` convention, which keeps every integer register
//! but RAX and R11, so that what is live around a cold call need not move.
//!
//! The thunks of arithmetic and comparison stand before `kestrel_call_slow`: two self-tagged flonums whose result is one too need no call.

use crate::layout::{FLONUM_MASK, FLONUM_ROTATE, IMM_FALSE, IMM_TRUE, TAG_FLONUM};
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

    .macro KESTREL_CHECK word
    mov eax, \word
    and eax, {flonum_mask}
    cmp eax, {flonum_tag}
    jne kestrel_call_slow
    .endm

    .macro KESTREL_OPERANDS
    KESTREL_CHECK esi
    KESTREL_CHECK edx
    lea rax, [rsi - 1]
    ror rax, {rotate}
    movq xmm0, rax
    lea rax, [rdx - 1]
    ror rax, {rotate}
    movq xmm1, rax
    .endm

    .macro KESTREL_ARITHMETIC name instruction
    .balign 16
    .globl \name
    .hidden \name
\name:
    KESTREL_OPERANDS
    \instruction xmm0, xmm1
    movq rax, xmm0
    rol rax, {rotate}
    inc rax
    mov r11d, eax
    and r11d, {flonum_mask}
    cmp r11d, {flonum_tag}
    jne kestrel_call_slow
    ret
    .endm

    .macro KESTREL_COMPARISON name instruction from to
    .balign 16
    .globl \name
    .hidden \name
\name:
    KESTREL_OPERANDS
    \instruction \from, \to
    movq rax, \from
    and eax, {true_bit}
    or eax, {false_}
    ret
    .endm

    KESTREL_ARITHMETIC kestrel_add addsd
    KESTREL_ARITHMETIC kestrel_sub subsd
    KESTREL_ARITHMETIC kestrel_mul mulsd
    KESTREL_ARITHMETIC kestrel_div divsd
    KESTREL_COMPARISON kestrel_num_eq cmpeqsd xmm0 xmm1
    KESTREL_COMPARISON kestrel_lt cmpltsd xmm0 xmm1
    KESTREL_COMPARISON kestrel_gt cmpltsd xmm1 xmm0
    KESTREL_COMPARISON kestrel_le cmplesd xmm0 xmm1
    KESTREL_COMPARISON kestrel_ge cmplesd xmm1 xmm0
    "#,
    flonum_mask = const FLONUM_MASK,
    flonum_tag = const TAG_FLONUM,
    rotate = const FLONUM_ROTATE,
    true_bit = const IMM_TRUE ^ IMM_FALSE,
    false_ = const IMM_FALSE,
);

const _: () = assert!(IMM_TRUE & IMM_FALSE == IMM_FALSE);

macro_rules! thunks {
    ($($name:ident = $symbol:ident;)*) => {
        unsafe extern "C" { $(fn $symbol();)* }
        $(
            #[doc = concat!("Address of `", stringify!($symbol), "`.")]
            pub fn $name() -> usize { $symbol as *const () as usize }
        )*
    };
}
thunks! {
    call = kestrel_call;
    call_slow = kestrel_call_slow;
    add = kestrel_add;
    sub = kestrel_sub;
    mul = kestrel_mul;
    div = kestrel_div;
    num_eq = kestrel_num_eq;
    lt = kestrel_lt;
    gt = kestrel_gt;
    le = kestrel_le;
    ge = kestrel_ge;
}
