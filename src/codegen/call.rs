//! Calls, returns, and what is entered by them: procedures (arity dispatch) and return points.
//!
//! Everything here ends a function with one `musttail` call. Parameters that the callee does not read are poison, which costs nothing.

use super::function::{Double, Emitter, Int, Operand};
use super::shape::Shape;
use super::unit::UnitBuilder;
use super::{CodegenError, Constant, Res, frame};
use crate::closure::ir::*;
use crate::source::Origin;
use inkwell::IntPredicate;
use inkwell::attributes::AttributeLoc;
use inkwell::llvm_sys::LLVMTailCallKind;
use inkwell::values::{BasicMetadataValueEnum, CallSiteValue, FunctionValue};
use kestrel_runtime::Ctx;
use kestrel_runtime::abi::{self, CodeInfo, LLVM_PRESERVE_NONE, REG_ARGS, REG_DOUBLES};
use kestrel_runtime::layout::*;
use std::mem::offset_of;

/// A multiple-values entry that many return points of a unit share: it goes on to the single-value entry, whose address is in the frame.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Adapter {
    /// Any number of values, none used.
    Ignore,
    /// At least one value, the first used.
    First,
}

impl Adapter {
    /// Name of its function.
    pub(super) fn name(self) -> &'static str {
        match self {
            Adapter::Ignore => "ignore_values",
            Adapter::First => "first_value",
        }
    }
}

/// How often a call of a C function is come by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// As often as the code around it: the call may use C's registers.
    Usual,
    /// Rarely: registers are kept, so that the usual path need not care.
    Cold,
    /// Through the thunk at this offset of the context, which keeps registers too.
    Via(usize),
}

const LLVM_C: u32 = 0;
const LLVM_PRESERVE_MOST: u32 = 14;

/// Where a jump goes.
#[derive(Clone, Copy)]
enum Target<'c> {
    Function(FunctionValue<'c>),
    Address(Int<'c>),
}

/// What a jump passes besides `sp`, `hp` and `ctx`.
#[derive(Default)]
struct Passed<'c> {
    closure: Option<Int<'c>>,
    argc: Option<Int<'c>>,
    words: Vec<Int<'c>>,
    doubles: Vec<Double<'c>>,
}

impl<'c, 'p> Emitter<'_, 'c, 'p> {
    /// Ends the function with a jump.
    fn jump(&mut self, target: Target<'c>, sp: Int<'c>, passed: &Passed<'c>) -> Res<()> {
        let hp = self.hp()?;
        let unused = self.unit.word.get_poison();
        let mut args: Vec<BasicMetadataValueEnum<'c>> = vec![sp.into(), hp.into(), self.regs.ctx.into()];
        args.push(passed.closure.unwrap_or(unused).into());
        args.push(passed.argc.unwrap_or(unused).into());
        args.extend(
            (0..REG_ARGS).map(|i| BasicMetadataValueEnum::from(passed.words.get(i).copied().unwrap_or(unused))),
        );
        let unused = self.unit.double.get_poison();
        let doubles = (0..REG_DOUBLES).map(|i| passed.doubles.get(i).copied().unwrap_or(unused));
        args.extend(doubles.map(BasicMetadataValueEnum::from));
        self.emit_jump(target, &args)
    }

    fn emit_jump(&mut self, target: Target<'c>, args: &[BasicMetadataValueEnum<'c>]) -> Res<()> {
        let call: CallSiteValue<'c> = match target {
            Target::Function(f) => self.b().build_direct_call(f, args, "")?,
            Target::Address(address) => {
                let p = self.b().build_int_to_ptr(address, self.unit.pointer, "")?;
                self.b().build_indirect_call(self.unit.signature, p, args, "")?
            }
        };
        call.set_call_convention(LLVM_PRESERVE_NONE);
        call.set_tail_call_kind(LLVMTailCallKind::LLVMTailCallKindMustTail);
        self.b().build_return(None)?;
        Ok(())
    }

    /// Jumps with every parameter as it came.
    pub(super) fn jump_unchanged(&mut self, address: Int<'c>) -> Res<()> {
        let args: Vec<BasicMetadataValueEnum<'c>> = self.function.get_param_iter().map(Into::into).collect();
        self.emit_jump(Target::Address(address), &args)
    }

    /// Jumps with nothing but `sp`, `hp` and `ctx`.
    pub(super) fn jump_bare(&mut self, address: Int<'c>) -> Res<()> {
        self.jump(Target::Address(address), self.sp, &Passed::default())
    }

    /// A call of a C function on words that answers a word.
    pub(super) fn c_call(&mut self, address: Int<'c>, args: &[Int<'c>], path: Path) -> Res<Int<'c>> {
        let mut parameters = vec![self.unit.word.into(); args.len() + 1];
        parameters[0] = self.unit.pointer.into();
        let signature = self.unit.word.fn_type(&parameters, false);
        let (thunk, convention) = match path {
            Path::Usual => (offset_of!(Ctx, thunks.call), LLVM_C),
            Path::Cold => (offset_of!(Ctx, thunks.call_slow), LLVM_PRESERVE_MOST),
            Path::Via(thunk) => (thunk, LLVM_PRESERVE_MOST),
        };
        let thunk = self.ctx_word(thunk)?;
        let thunk = self.b().build_int_to_ptr(thunk, self.unit.pointer, "")?;
        let function = self.b().build_int_to_ptr(address, self.unit.pointer, "")?;
        let mut passed: Vec<BasicMetadataValueEnum<'c>> = vec![function.into()];
        passed.extend(args.iter().map(|&a| BasicMetadataValueEnum::from(a)));
        let call = self.b().build_indirect_call(signature, thunk, &passed, "")?;
        call.set_call_convention(convention);
        call.add_attribute(AttributeLoc::Param(0), self.unit.nest);
        call.try_as_basic_value().basic().map(|v| v.into_int_value()).ok_or_else(|| CodegenError("no result".into()))
    }

    /// The code address of a code, compiled here or not.
    pub(super) fn code_address(&mut self, code: CodeId) -> Res<Int<'c>> {
        match self.unit.functions[code] {
            Some(f) => Ok(f.as_global_value().as_pointer_value().const_to_int(self.unit.word)),
            None => self.load_constant(Constant::Code(code)),
        }
    }

    fn code_target(&mut self, code: CodeId) -> Res<Target<'c>> {
        match self.unit.functions[code] {
            Some(f) => Ok(Target::Function(f)),
            None => Ok(Target::Address(self.load_constant(Constant::Code(code))?)),
        }
    }

    /// A call; a tail call if there is no return point.
    pub(super) fn call(
        &mut self,
        callee: Callee,
        args: &[Atom],
        ret: Option<(CodeId, &[Atom])>,
        origin: Origin,
    ) -> Res<()> {
        let mut passed = Passed::default();
        let callee_code = match callee {
            Callee::Known(c, closure) => {
                passed.closure = closure.map(|a| self.tagged(a)).transpose()?;
                let code = &self.unit.program.codes[c];
                let CodeKind::Direct { params, .. } = &code.kind else {
                    return Err(CodegenError(format!("{c:?} is not direct code")));
                };
                for (&a, &v) in args.iter().zip(params) {
                    let value = self.operand(a)?;
                    match code.vars[v].repr {
                        Repr::Tagged => passed.words.push(self.as_word(value)?),
                        Repr::Double => passed.doubles.push(self.as_double(value)?),
                    }
                }
                None
            }
            Callee::Unknown(f) => {
                let f = self.tagged(f)?;
                passed.closure = Some(f);
                passed.argc = Some(self.imm(args.len() as u64));
                passed.words = self.all_tagged(args)?;
                Some(f)
            }
        };
        if passed.doubles.len() > REG_DOUBLES {
            return Err(CodegenError(format!("{} doubles in a call", passed.doubles.len())));
        }
        let sp = match ret {
            Some((ret, frame)) => self.push_frame(ret, frame)?,
            None => self.sp,
        };
        self.store_stack_args(sp, &passed.words)?;
        let target = match (callee, callee_code) {
            (Callee::Known(c, _), _) => self.code_target(c)?,
            (_, Some(f)) => {
                let bad = self.block();
                let is_closure = self.has_tag(f, TAG_CLOSURE)?;
                self.require(is_closure, bad)?;
                let good = self.here()?;
                self.at(bad);
                let site = self.unit.site(origin);
                self.set_raise_site(self.imm(site as u64))?;
                let thunk = self.ctx_word(offset_of!(Ctx, thunks.not_a_procedure))?;
                self.jump(Target::Address(thunk), sp, &passed)?;
                self.at(good);
                Target::Address(self.load(f, CLOSURE_CODE as i64 - TAG_CLOSURE as i64)?)
            }
            _ => return Err(CodegenError("a call of nothing".into())),
        };
        self.jump(target, sp, &passed)
    }

    fn store_stack_args(&mut self, sp: Int<'c>, words: &[Int<'c>]) -> Res<()> {
        for (i, &w) in words.iter().enumerate().skip(REG_ARGS) {
            self.store(sp, ((i - REG_ARGS) * WORD) as i64, w)?;
        }
        Ok(())
    }

    /// Returns values to the frame below `sp`.
    pub(super) fn return_values(&mut self, values: &[Atom]) -> Res<()> {
        let words = self.all_tagged(values)?;
        let ret = self.load(self.sp, -(WORD as i64))?;
        if words.len() == 1 {
            return self.jump(Target::Address(ret), self.sp, &Passed { words, ..Passed::default() });
        }
        self.store_stack_args(self.sp, &words)?;
        let from_code = offset_of!(CodeInfo, mv_entry) as i64 - size_of::<CodeInfo>() as i64;
        let p = self.offset(ret, from_code)?;
        let p = self.b().build_int_to_ptr(p, self.unit.pointer, "")?;
        let entry = self.b().build_load(self.unit.llvm.i32_type(), p, "")?.into_int_value();
        let entry = self.b().build_int_s_extend(entry, self.unit.word, "")?;
        let special = self.b().build_int_add(ret, entry, "")?;
        let error = self.ctx_word(offset_of!(Ctx, thunks.values_error))?;
        let none = self.compare(IntPredicate::EQ, entry, self.imm(0))?;
        let target = self.b().build_select(none, error, special, "")?.into_int_value();
        let argc = Some(self.imm(words.len() as u64));
        self.jump(Target::Address(target), self.sp, &Passed { argc, words, ..Passed::default() })
    }

    /// Binds the parameters of a direct code or return point from registers and the words at `sp`.
    pub(super) fn bind_arguments(&mut self, params: &[Var], sp: Int<'c>) -> Res<()> {
        let (mut words, mut doubles) = (0, 0);
        for &v in params {
            let value = match self.code.vars[v].repr {
                Repr::Double => {
                    doubles += 1;
                    let d = self.regs.d.get(doubles - 1).copied();
                    Operand::Double(d.ok_or_else(|| CodegenError(format!("{doubles} double parameters")))?)
                }
                Repr::Tagged => {
                    words += 1;
                    Operand::Tagged(self.argument(words - 1, sp)?)
                }
            };
            self.bind(v, value)?;
        }
        Ok(())
    }

    fn argument(&mut self, i: usize, sp: Int<'c>) -> Res<Int<'c>> {
        match self.regs.a.get(i) {
            Some(&a) => Ok(a),
            None => self.load(sp, ((i - REG_ARGS) * WORD) as i64),
        }
    }

    /// The arguments after the first `skip`, of `argc`, as a list; `argc >= skip` has been checked.
    fn rest_list(&mut self, skip: usize) -> Res<Int<'c>> {
        let (make, done) = (self.block(), self.block());
        let none = self.compare(IntPredicate::EQ, self.regs.argc, self.imm(skip as u64))?;
        let before = self.here()?;
        self.branch(none, done, make)?;
        self.at(make);
        for i in skip..REG_ARGS {
            self.set_ctx_word(offset_of!(Ctx, regs.a) + i * WORD, self.regs.a[i])?;
        }
        let make_list = self.ctx_word(offset_of!(Ctx, thunks.make_list))?;
        let skip = self.imm(skip as u64);
        let list = self.c_call(make_list, &[self.regs.ctx, self.regs.sp, self.regs.argc, skip], Path::Usual)?;
        let made = self.here()?;
        self.goto(done)?;
        self.at(done);
        self.phi(&[(self.imm(IMM_NULL), before), (list, made)])
    }

    /// A procedure: tries its clauses by `argc`, and jumps to the first that fits with the arguments where they are.
    pub(super) fn procedure(&mut self, free: u32, clauses: &[Clause]) -> Res<()> {
        self.procedure_info(free);
        for clause in clauses {
            let (fits, next) = (self.block(), self.block());
            let required = self.imm(clause.required as u64);
            let predicate = if clause.rest { IntPredicate::UGE } else { IntPredicate::EQ };
            let test = self.compare(predicate, self.regs.argc, required)?;
            self.expect(test, fits, next)?;
            self.at(fits);
            let required = clause.required as usize;
            let mut words: Vec<Int<'c>> = self.regs.a[..required.min(REG_ARGS)].to_vec();
            if clause.rest {
                let list = self.rest_list(required)?;
                match required.checked_sub(REG_ARGS) {
                    None => words.push(list),
                    Some(above) => self.store(self.sp, (above * WORD) as i64, list)?,
                }
            }
            let target = self.code_target(clause.target)?;
            let takes_closure =
                matches!(self.unit.program.codes[clause.target].kind, CodeKind::Direct { closure: Some(_), .. });
            let closure = takes_closure.then_some(self.regs.closure);
            self.jump(target, self.sp, &Passed { closure, words, ..Passed::default() })?;
            self.at(next);
        }
        let error = self.ctx_word(offset_of!(Ctx, thunks.arity_error))?;
        self.jump_unchanged(error)
    }

    /// A return point: its single-value entry (`function`), and what its multiple-values entry needs.
    ///
    /// One value exactly: no other entry. At most one used and the others ignored: an adapter that the unit shares. Else the body
    /// stands in a function for any number of values, and the single-value entry jumps there.
    pub(super) fn return_point(
        unit: &mut UnitBuilder<'c, 'p>,
        function: FunctionValue<'c>,
        id: CodeId,
        (params, rest, frame): (&[Var], Rest, &[Var]),
        shape: &Shape,
    ) -> Res<()> {
        let code: &'p Code = unit.code(id);
        let values = match (params.len(), rest) {
            (1, Rest::None) => None,
            (0, Rest::Ignore) => Some(Emitter::adapter(unit, code, Adapter::Ignore)?),
            (1, Rest::Ignore) => Some(Emitter::adapter(unit, code, Adapter::First)?),
            (required, rest) => {
                let values = unit.add_function(&format!("{id:?}.values"));
                let mut e = Emitter::new(unit, function, code)?;
                e.return_info(abi::CodeKind::Return, frame, Some(values))?;
                let passed = Passed { argc: Some(e.imm(1)), words: vec![e.regs.a[0]], ..Passed::default() };
                let target = if required == 1 || (required == 0 && rest != Rest::None) {
                    Target::Function(values)
                } else {
                    Target::Address(e.ctx_word(offset_of!(Ctx, thunks.values_error))?)
                };
                e.jump(target, e.regs.sp, &passed)?;
                return Emitter::values_entry(unit, values, code, (params, rest, frame), shape);
            }
        };
        let mut e = Emitter::new(unit, function, code)?;
        e.return_info(abi::CodeKind::Return, frame, values)?;
        e.declare_slots(shape)?;
        e.entry_check(shape)?;
        e.sp = e.offset(e.regs.sp, -frame::frame_bytes(frame.len()))?;
        if let [v] = params {
            e.bind(*v, Operand::Tagged(e.regs.a[0]))?;
        }
        e.reload_frame(frame, shape)?;
        e.body(shape)
    }

    fn values_entry(
        unit: &mut UnitBuilder<'c, 'p>,
        function: FunctionValue<'c>,
        code: &'p Code,
        (params, rest, frame): (&[Var], Rest, &[Var]),
        shape: &Shape,
    ) -> Res<()> {
        let mut e = Emitter::new(unit, function, code)?;
        e.return_info(abi::CodeKind::ReturnValues, frame, None)?;
        e.declare_slots(shape)?;
        e.entry_check(shape)?;
        let required = e.imm(params.len() as u64);
        let predicate = if rest == Rest::None { IntPredicate::EQ } else { IntPredicate::UGE };
        let fits = e.compare(predicate, e.regs.argc, required)?;
        let bad = e.block();
        e.require(fits, bad)?;
        let good = e.here()?;
        e.at(bad);
        let error = e.ctx_word(offset_of!(Ctx, thunks.values_error))?;
        e.jump_unchanged(error)?;
        e.at(good);
        e.bind_arguments(params, e.regs.sp)?;
        if let Rest::Bind(v) = rest {
            let list = e.rest_list(params.len())?;
            e.bind(v, Operand::Tagged(list))?;
        }
        e.reload_frame(frame, shape)?;
        e.sp = e.offset(e.regs.sp, -frame::frame_bytes(frame.len()))?;
        e.body(shape)
    }

    fn adapter(unit: &mut UnitBuilder<'c, 'p>, code: &'p Code, kind: Adapter) -> Res<FunctionValue<'c>> {
        let (function, is_new) = unit.adapter(kind);
        if !is_new {
            return Ok(function);
        }
        let mut e = Emitter::new(unit, function, code)?;
        let word = match kind {
            Adapter::Ignore => e.imm(IMM_UNSPECIFIED),
            Adapter::First => {
                let bad = e.block();
                let some = e.compare(IntPredicate::NE, e.regs.argc, e.imm(0))?;
                e.require(some, bad)?;
                let good = e.here()?;
                e.at(bad);
                let error = e.ctx_word(offset_of!(Ctx, thunks.values_error))?;
                e.jump_unchanged(error)?;
                e.at(good);
                e.regs.a[0]
            }
        };
        let ret = e.load(e.regs.sp, -(WORD as i64))?;
        e.jump(Target::Address(ret), e.regs.sp, &Passed { words: vec![word], ..Passed::default() })?;
        Ok(function)
    }
}
