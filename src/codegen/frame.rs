//! Frames and the code infos that describe them.
//!
//! Slots keep the order of the return point's frame variables, but raw ones come first, since a code info can mark only the first 64
//! slots as raw.

use super::function::{Emitter, Operand};
use super::shape::Shape;
use super::{CodegenError, Res};
use crate::closure::ir::*;
use inkwell::values::FunctionValue;
use kestrel_runtime::abi::{self, CODE_HAS_CLOSURE, REG_ARGS};
use kestrel_runtime::layout::WORD;

/// Bytes of a frame of `n` slots, return address included.
pub(super) fn frame_bytes(n: usize) -> i64 {
    ((n + 1) * WORD) as i64
}

/// For each frame variable of a return point, the slot it has.
pub(super) fn slots(code: &Code, frame: &[Var]) -> Vec<usize> {
    let raw = |v: &Var| code.vars[*v].repr == Repr::Double;
    let raws = frame.iter().filter(|v| raw(v)).count();
    let (mut next_raw, mut next_value) = (0, raws);
    let mut take = |v: &Var| {
        let next = if raw(v) { &mut next_raw } else { &mut next_value };
        *next += 1;
        *next - 1
    };
    frame.iter().map(&mut take).collect()
}

fn narrow<T: TryFrom<usize>>(n: usize) -> Res<T> {
    T::try_from(n).map_err(|_| CodegenError(format!("{n} is too many for a code info")))
}

impl<'c> Emitter<'_, 'c, '_> {
    /// Puts a code info below `self.function`; `values_entry` is the multiple-values entry of a return point.
    fn info(&mut self, info: abi::CodeInfo, values_entry: Option<FunctionValue<'c>>) {
        let llvm = self.unit.llvm;
        let address = |f: FunctionValue<'c>| f.as_global_value().as_pointer_value().const_to_int(self.unit.word);
        let mv_entry = match values_entry {
            None => llvm.i32_type().const_zero(),
            Some(f) => address(f).const_sub(address(self.function)).const_truncate(llvm.i32_type()),
        };
        let site = self.unit.site(self.code.origin);
        let data = llvm.const_struct(
            &[
                self.imm(info.raw_slots).into(),
                llvm.i32_type().const_int(self.unit.number as u64, false).into(),
                llvm.i32_type().const_int(site as u64, false).into(),
                llvm.i32_type().const_int(info.slots as u64, false).into(),
                mv_entry.into(),
                llvm.i8_type().const_int(info.kind as u64, false).into(),
                llvm.i8_type().const_int(info.reg_args as u64, false).into(),
                llvm.i16_type().const_int(info.stack_args as u64, false).into(),
                llvm.i32_type().const_int(info.flags as u64, false).into(),
            ],
            true,
        );
        crate::jit::set_prefix_data(self.function, data);
    }

    /// The code info of a procedure with `free` free variables.
    pub(super) fn procedure_info(&mut self, free: u32) {
        self.info(abi::CodeInfo { slots: free, flags: CODE_HAS_CLOSURE, ..blank(abi::CodeKind::Procedure) }, None);
    }

    /// The code info of a direct code.
    pub(super) fn direct_info(&mut self, closure: bool, params: &[Var]) -> Res<()> {
        let values = params.iter().filter(|&&v| self.code.vars[v].repr == Repr::Tagged).count();
        let info = abi::CodeInfo {
            reg_args: narrow(values.min(REG_ARGS))?,
            stack_args: narrow(values.saturating_sub(REG_ARGS))?,
            flags: if closure { CODE_HAS_CLOSURE } else { 0 },
            ..blank(abi::CodeKind::Direct)
        };
        self.info(info, None);
        Ok(())
    }

    /// The code info of a return point's single-value or multiple-values entry.
    pub(super) fn return_info(
        &mut self,
        kind: abi::CodeKind,
        frame: &[Var],
        values_entry: Option<FunctionValue<'c>>,
    ) -> Res<()> {
        let raws = frame.iter().filter(|&&v| self.code.vars[v].repr == Repr::Double).count();
        let raw_slots = match raws {
            0 => 0,
            1..=64 => u64::MAX >> (64 - raws),
            _ => return Err(CodegenError(format!("{raws} doubles in a frame"))),
        };
        self.info(abi::CodeInfo { raw_slots, slots: narrow(frame.len())?, ..blank(kind) }, values_entry);
        Ok(())
    }

    /// Binds the frame variables of a return point, whose frame is being popped.
    pub(super) fn reload_frame(&mut self, frame: &[Var], shape: &Shape) -> Res<()> {
        let bytes = frame_bytes(frame.len());
        let mut words = vec![self.imm(0); frame.len()];
        for (&v, slot) in frame.iter().zip(slots(self.code, frame)) {
            let word = self.load(self.regs.sp, (slot * WORD) as i64 - bytes)?;
            words[slot] = word;
            let value = match self.code.vars[v].repr {
                Repr::Tagged => Operand::Tagged(word),
                Repr::Double => Operand::Double(self.bits_to_double(word)?),
            };
            self.bind(v, value)?;
        }
        if shape.keeps_frame {
            self.kept = words;
        }
        Ok(())
    }

    /// Stores the frame of a call that returns to `ret` at `sp`, but for what is there already; answers `sp` past it.
    pub(super) fn push_frame(&mut self, ret: CodeId, frame: &[Atom]) -> Res<super::function::Int<'c>> {
        let code = &self.unit.program.codes[ret];
        let CodeKind::Return { frame: vars, .. } = &code.kind else {
            return Err(CodegenError(format!("{ret:?} is not a return point")));
        };
        for ((&atom, &v), slot) in frame.iter().zip(vars).zip(slots(code, vars)) {
            let value = self.operand(atom)?;
            let offset = (slot * WORD) as i64;
            match code.vars[v].repr {
                Repr::Tagged => {
                    let word = self.as_word(value)?;
                    if self.kept.get(slot) != Some(&word) {
                        self.store(self.sp, offset, word)?;
                    }
                }
                Repr::Double => {
                    let double = self.as_double(value)?;
                    self.store(self.sp, offset, double)?;
                }
            }
        }
        let address = self.code_address(ret)?;
        self.store(self.sp, (frame.len() * WORD) as i64, address)?;
        self.offset(self.sp, frame_bytes(frame.len()))
    }
}

fn blank(kind: abi::CodeKind) -> abi::CodeInfo {
    abi::CodeInfo { raw_slots: 0, unit: 0, site: 0, slots: 0, mv_entry: 0, kind, reg_args: 0, stack_args: 0, flags: 0 }
}
