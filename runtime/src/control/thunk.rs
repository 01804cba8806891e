//! The assembly that Scheme code, the runtime and Rust meet in (x86-64, System V).
//!
//! One mechanism serves nearly all of it: *call out*. A thunk puts the address of an `extern "C" fn(&mut Ctx)` into RAX and
//! goes to `kestrel_call_out`, which saves the registers of Scheme code to `ctx.regs`, calls the function on the native stack,
//! reloads the registers and jumps to `ctx.regs.pc`. The function decides what happens next by changing `ctx.regs`.
//! Done here are only: a primitive applied to exactly the arguments that its function takes, `values`, the end of `call-with-values`, and the
//! usual cases of `call/cc`, of calling a continuation and of returning into a frozen slice (see [`continuation`]). Fixnums of words
//! are numbers of bytes there.
//!
//! Every thunk that a closure or a frame can hold starts with its [`CodeInfo`](crate::abi::CodeInfo) just below (macro `CODE`),
//! of unit [`RUNTIME_UNIT`](crate::abi::RUNTIME_UNIT). RSP is 8 modulo 16 in Scheme code, so a call out first subtracts 8.

use super::continuation::*;
use super::{continuation, dynamic, entry, host, native, parameter, primitive, raise, safepoint, stack};
use crate::abi::{CodeKind, Ctx, Regs, Thunks};
use crate::layout::*;
use std::arch::global_asm;
use std::mem::offset_of;

global_asm!(
    r#"
    .macro KESTREL_CODE name kind slots raw mv
    .balign 16
    .quad \raw
    .long 0
    .long 0
    .long \slots
    .long \mv - \name
    .byte \kind
    .byte 0
    .short 0
    .long 1
    .globl \name
    .hidden \name
\name:
    .endm

    .macro KESTREL_OUT name kind slots raw mv function
    KESTREL_CODE \name, \kind, \slots, \raw, \mv
    lea rax, [rip + \function]
    jmp kestrel_call_out
    .endm

    .macro KESTREL_PRIM name count
    KESTREL_CODE \name, {procedure}, 1, 0, \name
    cmp rdi, \count
    jne kestrel_prim_other
    mov rax, [r15 + {free} - {closure_tag}]
    mov rax, [r14 + rax + {prims}]
    mov rdi, r14
    sub rsp, 8
    call rax
    add rsp, 8
    cmp rax, {raised}
    je kestrel_prim_raised
    mov rsi, rax
    jmp [r12 - 8]
    .endm

    .text
    .globl kestrel_enter
    .hidden kestrel_enter
    .balign 16
kestrel_enter:
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    mov r14, rdi
    jmp kestrel_resume

    .balign 16
    .globl kestrel_baseline_entry
    .hidden kestrel_baseline_entry
kestrel_baseline_entry:
    mov rbx, rax
    call kestrel_save
    mov rdi, r14
    mov rsi, rbx
    sub rsp, 8
    call [r14 + {baseline_run}]
    add rsp, 8
    jmp kestrel_resume

    .balign 16
kestrel_call_out:
    call kestrel_save
    mov rdi, r14
    sub rsp, 8
    call rax
    add rsp, 8
kestrel_resume:
    mov r12, [r14 + {sp}]
    mov r13, [r14 + {hp}]
    mov r15, [r14 + {closure}]
    mov rdi, [r14 + {argc}]
    mov rsi, [r14 + {a}]
    mov rdx, [r14 + {a} + 8]
    mov rcx, [r14 + {a} + 16]
    mov r8, [r14 + {a} + 24]
    mov r9, [r14 + {a} + 32]
    mov r11, [r14 + {a} + 40]
    movsd xmm0, qword ptr [r14 + {d}]
    movsd xmm1, qword ptr [r14 + {d} + 8]
    movsd xmm2, qword ptr [r14 + {d} + 16]
    movsd xmm3, qword ptr [r14 + {d} + 24]
    jmp [r14 + {pc}]

    .balign 16
kestrel_save:
    mov [r14 + {sp}], r12
    mov [r14 + {hp}], r13
    mov [r14 + {closure}], r15
    mov [r14 + {argc}], rdi
    mov [r14 + {a}], rsi
    mov [r14 + {a} + 8], rdx
    mov [r14 + {a} + 16], rcx
    mov [r14 + {a} + 24], r8
    mov [r14 + {a} + 32], r9
    mov [r14 + {a} + 40], r11
    movsd qword ptr [r14 + {d}], xmm0
    movsd qword ptr [r14 + {d} + 8], xmm1
    movsd qword ptr [r14 + {d} + 16], xmm2
    movsd qword ptr [r14 + {d} + 24], xmm3
    ret

    KESTREL_CODE kestrel_exit, {exit}, 0, 0, kestrel_exit
    call kestrel_save
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

    KESTREL_OUT kestrel_safepoint, {direct}, 0, 0, kestrel_safepoint, {f_safepoint}
    KESTREL_OUT kestrel_raise, {direct}, 0, 0, kestrel_raise, {f_raise}
    KESTREL_OUT kestrel_arity_error, {direct}, 0, 0, kestrel_arity_error, {f_arity_error}
    KESTREL_OUT kestrel_not_a_procedure, {direct}, 0, 0, kestrel_not_a_procedure, {f_not_a_procedure}
    KESTREL_OUT kestrel_values_error, {direct}, 0, 0, kestrel_values_error, {f_values_error}

    KESTREL_OUT kestrel_underflow_values, {return_values}, 0, 0, kestrel_underflow_values, {f_underflow_values}
    KESTREL_CODE kestrel_underflow, {underflow}, 0, 0, kestrel_underflow_values
    mov rbx, [r14 + {link}]
kestrel_resume_link:
    cmp rbx, {false}
    je 3f
    mov rcx, [rbx - {object_tag} + {k_words}]
    test rcx, rcx
    je 4f
    cmp rcx, {copy_in_thunk}
    ja 3f
    mov rdx, [rbx - {object_tag} + {k_slice}]
    test rdx, rdx
    jne 1f
    mov rdx, [rbx - {object_tag} + {k_segment}]
    add rdx, [rbx - {object_tag} + {k_start}]
    add rdx, {payload} - {object_tag}
1:  mov r10, rcx
2:  mov rax, [rdx + r10 - 8]
    mov [r12 + r10 - 8], rax
    sub r10, 8
    jne 2b
    add r12, rcx
    mov rcx, [rbx - {object_tag} + {k_link}]
    mov rax, [rbx - {object_tag} + {k_return}]
    mov [r14 + {link}], rcx
    mov [r12 - 8], rax
    jmp rax
3:  mov [r14 + {link}], rbx
    lea rax, [rip + {f_underflow}]
    jmp kestrel_call_out
4:  mov rbx, [rbx - {object_tag} + {k_link}]
    jmp kestrel_resume_link

    KESTREL_OUT kestrel_raise_return_values, {return_values}, 4, 3, kestrel_raise_return_values, {f_raise_return}
    KESTREL_OUT kestrel_raise_return, {raise_return}, 4, 3, kestrel_raise_return_values, {f_raise_return}

    KESTREL_OUT kestrel_continuable_return_values, {return_values}, 1, 0, kestrel_continuable_return_values, {f_continuable_return_values}
    KESTREL_OUT kestrel_continuable_return, {return_one}, 1, 0, kestrel_continuable_return_values, {f_continuable_return}

    KESTREL_OUT kestrel_consume_values, {return_values}, 1, 0, kestrel_consume_values, {f_consume_values}
    KESTREL_CODE kestrel_consume, {return_one}, 1, 0, kestrel_consume_values
    mov edi, 1
    mov r15, [r12 - 16]
    mov eax, r15d
    and eax, {tag_mask}
    cmp eax, {closure_tag}
    jne kestrel_consume_values
    sub r12, 16
    jmp [r15 - {closure_tag}]

    KESTREL_CODE kestrel_continuation, {procedure}, 1, 0, kestrel_continuation
    mov rbx, [r15 + {free} - {closure_tag}]
    cmp rdi, 1
    jne 1f
    mov rcx, [rbx - {object_tag} + {k_entry}]
    cmp rcx, [r14 + {entry}]
    jne 1f
    mov rcx, [rbx - {object_tag} + {k_winders}]
    cmp rcx, [r14 + {winders}]
    jne 1f
    mov rcx, [rbx - {object_tag} + {k_handlers}]
    mov rdx, [rbx - {object_tag} + {k_parameters}]
    mov [r14 + {handlers}], rcx
    mov [r14 + {parameters}], rdx
    mov r12, [r14 + {stack_base}]
    jmp kestrel_resume_link
1:  lea rax, [rip + {f_continuation}]
    jmp kestrel_call_out

    KESTREL_CODE kestrel_call_cc, {procedure}, 1, 0, kestrel_call_cc
    lea rax, [r13 + {k_size} + 16]
    cmp rdi, 1
    jne 2f
    cmp rax, [r14 + {hp_limit}]
    ja 2f
    mov ecx, esi
    and ecx, {tag_mask}
    cmp ecx, {closure_tag}
    jne 2f
    mov rbx, [r14 + {stack_base}]
    mov rcx, [r12 - 8]
    mov r10, r12
    mov r8, [r14 + {link}]
    sub r10, rbx
    mov qword ptr [r13], {k_header}
    mov [r13 + {k_return}], rcx
    mov [r13 + {k_slice}], rbx
    mov [r13 + {k_words}], r10
    mov qword ptr [r13 + {k_segment}], {false}
    mov qword ptr [r13 + {k_start}], 0
    mov [r13 + {k_link}], r8
    mov rcx, [r14 + {handlers}]
    mov rdx, [r14 + {winders}]
    mov r8, [r14 + {parameters}]
    mov r9, [r14 + {entry}]
    mov [r13 + {k_handlers}], rcx
    mov [r13 + {k_winders}], rdx
    mov [r13 + {k_parameters}], r8
    mov [r13 + {k_entry}], r9
    lea rcx, [r13 + {object_tag}]
    lea rdx, [rip + kestrel_continuation]
    mov [r13 + {k_size}], rdx
    mov [r13 + {k_size} + {free}], rcx
    test r10, r10
    je 1f
    lea rdx, [rip + kestrel_underflow]
    mov [r12 - 8], rdx
    mov [r14 + {stack_base}], r12
    mov [r14 + {link}], rcx
1:  mov r15, rsi
    lea rsi, [r13 + {k_size} + {closure_tag}]
    mov r13, rax
    jmp [r15 - {closure_tag}]
2:  lea rax, [rip + {f_prim_control}]
    jmp kestrel_call_out

    KESTREL_CODE kestrel_parameter, {procedure}, 2, 0, kestrel_parameter
    test rdi, rdi
    jne 4f
    mov rbx, [r15 + {free} - {closure_tag}]
    mov rcx, [r14 + {parameters}]
1:  mov eax, ecx
    and eax, {tag_mask}
    cmp eax, {pair_tag}
    jne 3f
    mov rdx, [rcx - {pair_tag} + {car}]
    cmp [rdx - {pair_tag} + {car}], rbx
    je 2f
    mov rcx, [rcx - {pair_tag} + {cdr}]
    jmp 1b
2:  mov rsi, [rdx - {pair_tag} + {cdr}]
    jmp [r12 - 8]
3:  mov rsi, [rbx - {object_tag} + {cell_value}]
    jmp [r12 - 8]
4:  lea rax, [rip + {f_parameter}]
    jmp kestrel_call_out

    KESTREL_OUT kestrel_host, {procedure}, 2, 0, kestrel_host, {f_host}
    KESTREL_OUT kestrel_host_return_values, {return_values}, 2, 0, kestrel_host_return_values, {f_host_return_values}
    KESTREL_OUT kestrel_host_return, {return_one}, 2, 0, kestrel_host_return_values, {f_host_return}

    KESTREL_PRIM kestrel_prim_0, 0
    KESTREL_PRIM kestrel_prim_1, 1
    KESTREL_PRIM kestrel_prim_2, 2
    KESTREL_PRIM kestrel_prim_3, 3
    KESTREL_PRIM kestrel_prim_4, 4
    KESTREL_PRIM kestrel_prim_5, 5

    KESTREL_CODE kestrel_prim_other, {procedure}, 1, 0, kestrel_prim_other
    lea rax, [rip + {f_prim_other}]
    jmp kestrel_call_out
kestrel_prim_raised:
    lea rax, [rip + {f_prim_raised}]
    jmp kestrel_call_out

    KESTREL_CODE kestrel_prim_control, {procedure}, 1, 0, kestrel_prim_control
    lea rax, [rip + {f_prim_control}]
    jmp kestrel_call_out

    KESTREL_CODE kestrel_values, {procedure}, 1, 0, kestrel_values
    mov rax, [r12 - 8]
    cmp rdi, 1
    jne 2f
    jmp rax
2:  movsxd rbx, dword ptr [rax + {mv_entry} - {info_size}]
    test rbx, rbx
    je kestrel_values_error
    add rax, rbx
    jmp rax
    "#,
    procedure = const CodeKind::Procedure as u8,
    direct = const CodeKind::Direct as u8,
    exit = const CodeKind::Exit as u8,
    underflow = const CodeKind::Underflow as u8,
    return_one = const CodeKind::Return as u8,
    return_values = const CodeKind::ReturnValues as u8,
    raise_return = const CodeKind::RaiseReturn as u8,
    false = const IMM_FALSE,
    link = const offset_of!(Ctx, link),
    entry = const offset_of!(Ctx, entry),
    handlers = const offset_of!(Ctx, handlers),
    winders = const offset_of!(Ctx, winders),
    parameters = const offset_of!(Ctx, parameters),
    stack_base = const offset_of!(Ctx, stack_base),
    hp_limit = const offset_of!(Ctx, hp_limit),
    object_tag = const TAG_OBJECT,
    payload = const OBJECT_PAYLOAD,
    copy_in_thunk = const stack::COPY_IN_THUNK,
    k_header = const header(ObjectType::Continuation, CONT_LENGTH),
    k_size = const (OBJECT_PAYLOAD + CONT_LENGTH * WORD).next_multiple_of(ALIGN),
    k_return = const CONT_RETURN,
    k_slice = const CONT_SLICE,
    k_words = const CONT_WORDS,
    k_segment = const CONT_SEGMENT,
    k_start = const CONT_START,
    k_link = const CONT_LINK,
    k_handlers = const CONT_HANDLERS,
    k_winders = const CONT_WINDERS,
    k_parameters = const CONT_PARAMETERS,
    k_entry = const CONT_ENTRY,
    free = const CLOSURE_FREE,
    pair_tag = const TAG_PAIR,
    car = const PAIR_CAR,
    cdr = const PAIR_CDR,
    cell_value = const CELL_VALUE,
    closure_tag = const TAG_CLOSURE,
    tag_mask = const TAG_MASK,
    raised = const IMM_RAISED,
    prims = const offset_of!(Ctx, prims),
    baseline_run = const offset_of!(Ctx, baseline_run),
    sp = const offset_of!(Ctx, regs) + offset_of!(Regs, sp),
    hp = const offset_of!(Ctx, regs) + offset_of!(Regs, hp),
    closure = const offset_of!(Ctx, regs) + offset_of!(Regs, closure),
    argc = const offset_of!(Ctx, regs) + offset_of!(Regs, argc),
    a = const offset_of!(Ctx, regs) + offset_of!(Regs, a),
    d = const offset_of!(Ctx, regs) + offset_of!(Regs, d),
    pc = const offset_of!(Ctx, regs) + offset_of!(Regs, pc),
    mv_entry = const offset_of!(crate::abi::CodeInfo, mv_entry),
    info_size = const size_of::<crate::abi::CodeInfo>(),
    f_safepoint = sym safepoint::entry_safepoint,
    f_raise = sym raise::raise_from_code,
    f_arity_error = sym raise::arity_error,
    f_not_a_procedure = sym raise::not_a_procedure_from_code,
    f_values_error = sym raise::values_error,
    f_underflow = sym stack::underflow,
    f_underflow_values = sym stack::underflow_values,
    f_raise_return = sym raise::handler_returned,
    f_continuable_return = sym raise::continuable_return,
    f_continuable_return_values = sym raise::continuable_return_values,
    f_consume_values = sym dynamic::consume_values,
    f_continuation = sym continuation::invoke,
    f_parameter = sym parameter::given_arguments,
    f_host = sym host::enter,
    f_host_return = sym host::resume,
    f_host_return_values = sym host::resume_values,
    f_prim_other = sym primitive::apply_other,
    f_prim_raised = sym primitive::raised,
    f_prim_control = sym primitive::apply_control,
);

unsafe extern "C" {
    fn kestrel_enter(ctx: *mut u8);
    fn kestrel_baseline_entry();
    fn kestrel_exit();
    fn kestrel_safepoint();
    fn kestrel_raise();
    fn kestrel_arity_error();
    fn kestrel_not_a_procedure();
    fn kestrel_values_error();
    fn kestrel_underflow();
    fn kestrel_raise_return();
    fn kestrel_continuable_return();
    fn kestrel_consume();
    fn kestrel_continuation();
    fn kestrel_call_cc();
    fn kestrel_parameter();
    fn kestrel_host();
    fn kestrel_host_return();
    fn kestrel_prim_0();
    fn kestrel_prim_1();
    fn kestrel_prim_2();
    fn kestrel_prim_3();
    fn kestrel_prim_4();
    fn kestrel_prim_5();
    fn kestrel_prim_other();
    fn kestrel_prim_control();
    fn kestrel_values();
}

macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident = $symbol:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name() -> usize { $symbol as *const () as usize }
    )*};
}
addresses! {
    /// Leaves Scheme: `Ctx::enter` goes on.
    exit = kestrel_exit;
    /// Return point below the live stack.
    underflow = kestrel_underflow;
    /// Where `argc` values go that nobody takes.
    values_error = kestrel_values_error;
    /// Return point of a handler called by `raise`.
    raise_return = kestrel_raise_return;
    /// Return point of a handler called by `raise-continuable`.
    continuable_return = kestrel_continuable_return;
    /// Return point of a producer called by `call-with-values`.
    consume = kestrel_consume;
    /// Code of `call/cc`.
    call_cc = kestrel_call_cc;
    /// Code of continuation procedures.
    continuation = kestrel_continuation;
    /// Code of parameter objects.
    parameter = kestrel_parameter;
    /// Code of host procedures.
    host = kestrel_host;
    /// Return point of frames pushed by host functions.
    host_return = kestrel_host_return;
    /// Code of primitives that are not called by their argument count.
    prim_other = kestrel_prim_other;
    /// Code of control primitives.
    prim_control = kestrel_prim_control;
    /// Code of `values`.
    values = kestrel_values;
}

/// Code of the primitive procedures whose function takes `count` (at most 5) arguments.
pub fn prim_fixed(count: usize) -> usize {
    let entries: [unsafe extern "C" fn(); 6] =
        [kestrel_prim_0, kestrel_prim_1, kestrel_prim_2, kestrel_prim_3, kestrel_prim_4, kestrel_prim_5];
    entries[count] as *const () as usize
}

/// The addresses that compiled code finds in `ctx`.
pub fn table() -> Thunks {
    Thunks {
        safepoint: kestrel_safepoint as *const () as usize,
        raise: kestrel_raise as *const () as usize,
        arity_error: kestrel_arity_error as *const () as usize,
        not_a_procedure: kestrel_not_a_procedure as *const () as usize,
        values_error: kestrel_values_error as *const () as usize,
        baseline_entry: kestrel_baseline_entry as *const () as usize,
        loop_safepoint: safepoint::loop_safepoint as *const () as usize,
        make_list: entry::make_list as *const () as usize,
        call: native::call(),
        call_slow: native::call_slow(),
        add: native::add(),
        sub: native::sub(),
        mul: native::mul(),
        div: native::div(),
        num_eq: native::num_eq(),
        lt: native::lt(),
        gt: native::gt(),
        le: native::le(),
        ge: native::ge(),
        make_flonum: crate::number::make_flonum_from_bits as *const () as usize,
    }
}

/// Runs Scheme code from `ctx.regs` until it reaches [`exit`].
///
/// # Safety
/// `ctx.regs.pc` must be a code address whose inputs the other registers hold, and `regs.sp` a valid stack.
pub unsafe fn run(ctx: &mut Ctx) {
    // SAFETY: the caller's promise; the thunk keeps the registers that Rust expects to be kept.
    unsafe { kestrel_enter(&raw mut *ctx as *mut u8) }
}
