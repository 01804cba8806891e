//! One code to one LLVM function: variables, blocks, straight-line operations.
//!
//! A variable is an SSA value, but for those that a loop safepoint must save and reload: they live in an `alloca`, and so does `hp`
//! where it differs between paths; the `sroa` pass turns both into phis.

use super::shape::Shape;
use super::unit::UnitBuilder;
use super::{CodegenError, Res, types};
use crate::arena::IndexVec;
use crate::closure::ir::*;
use crate::source::Origin;
use inkwell::IntPredicate;
use inkwell::basic_block::BasicBlock;
use inkwell::builder::Builder;
use inkwell::values::{BasicValueEnum, FloatValue, FunctionValue, IntValue, PhiValue, PointerValue};
use kestrel_runtime::Value;
use kestrel_runtime::abi::{REG_ARGS, REG_DOUBLES};
use kestrel_runtime::layout::*;

pub(super) type Int<'c> = IntValue<'c>;
pub(super) type Double<'c> = FloatValue<'c>;

/// A value in hand.
#[derive(Clone, Copy)]
pub(super) enum Operand<'c> {
    /// A tagged word.
    Tagged(Int<'c>),
    /// A raw double.
    Double(Double<'c>),
}

/// Where a variable is.
#[derive(Clone, Copy)]
enum Place<'c> {
    Unbound,
    Value(Operand<'c>),
    /// A tagged word in an `alloca`.
    Slot(PointerValue<'c>),
}

/// Where `hp` is.
#[derive(Clone, Copy)]
pub(super) enum Hp<'c> {
    Fixed(Int<'c>),
    Slot(PointerValue<'c>),
}

/// The parameters of the one signature.
#[derive(Clone, Copy)]
pub(super) struct Registers<'c> {
    pub sp: Int<'c>,
    pub hp: Int<'c>,
    pub ctx: Int<'c>,
    pub closure: Int<'c>,
    pub argc: Int<'c>,
    pub a: [Int<'c>; REG_ARGS],
    pub d: [Double<'c>; REG_DOUBLES],
}

impl<'c> Registers<'c> {
    fn of(f: FunctionValue<'c>) -> Res<Registers<'c>> {
        let parameters = f.get_params();
        let word = |i: usize| match parameters.get(i) {
            Some(BasicValueEnum::IntValue(v)) => Ok(*v),
            _ => Err(CodegenError("not the one signature".into())),
        };
        let double = |i: usize| match parameters.get(5 + REG_ARGS + i) {
            Some(BasicValueEnum::FloatValue(v)) => Ok(*v),
            _ => Err(CodegenError("not the one signature".into())),
        };
        Ok(Registers {
            sp: word(0)?,
            hp: word(1)?,
            ctx: word(2)?,
            closure: word(3)?,
            argc: word(4)?,
            a: [word(5)?, word(6)?, word(7)?, word(8)?, word(9)?, word(10)?],
            d: [double(0)?, double(1)?, double(2)?, double(3)?],
        })
    }
}

/// Builds one function.
pub(super) struct Emitter<'u, 'c, 'p> {
    pub unit: &'u mut UnitBuilder<'c, 'p>,
    pub function: FunctionValue<'c>,
    pub regs: Registers<'c>,
    pub code: &'p Code,
    /// `sp` without the frame that a return point popped: what `raise`, calls and returns go by.
    pub sp: Int<'c>,
    pub hp: Hp<'c>,
    pub raise: Option<(BasicBlock<'c>, PhiValue<'c>)>,
    /// How variables are represented: as the program says, or raw where [`types`] finds that it pays.
    pub repr: IndexVec<Var, Repr>,
    /// What [`types`] knows of variables.
    pub facts: types::Facts,
    /// Whether the block being emitted hardly ever runs.
    pub cold: bool,
    /// Words that the slots at `sp` still hold.
    pub kept: Vec<Int<'c>>,
    places: IndexVec<Var, Place<'c>>,
    blocks: IndexVec<Block, Option<(BasicBlock<'c>, Vec<PhiValue<'c>>)>>,
}

impl<'u, 'c, 'p> Emitter<'u, 'c, 'p> {
    /// Starts the body of a declared function.
    pub(super) fn new(unit: &'u mut UnitBuilder<'c, 'p>, function: FunctionValue<'c>, code: &'p Code) -> Res<Self> {
        let regs = Registers::of(function)?;
        let entry = unit.llvm.append_basic_block(function, "");
        unit.builder.position_at_end(entry);
        let mut repr = IndexVec::filled(Repr::Tagged, code.vars.len());
        code.vars.enumerate().for_each(|(v, data)| repr[v] = data.repr);
        let places = IndexVec::filled(Place::Unbound, code.vars.len());
        let blocks = IndexVec::filled(None, code.blocks.len());
        Ok(Emitter {
            function,
            regs,
            code,
            sp: regs.sp,
            hp: Hp::Fixed(regs.hp),
            raise: None,
            repr,
            facts: types::Facts::none(code),
            cold: false,
            kept: Vec::new(),
            places,
            blocks,
            unit,
        })
    }

    /// Emits the function, or functions, of a code.
    pub(super) fn code(unit: &'u mut UnitBuilder<'c, 'p>, id: CodeId, shape: Option<&Shape>) -> Res<()> {
        let code = unit.code(id);
        let function = unit.functions[id].ok_or_else(|| CodegenError(format!("{id:?} was not declared")))?;
        match (&code.kind, shape) {
            (CodeKind::Procedure { free, clauses }, _) => Emitter::new(unit, function, code)?.procedure(*free, clauses),
            (CodeKind::Direct { closure, params }, Some(shape)) => {
                let mut e = Emitter::new(unit, function, code)?;
                e.direct_info(closure.is_some(), params)?;
                e.declare_slots(shape)?;
                e.entry_check(shape)?;
                if let Some(v) = *closure {
                    e.bind(v, Operand::Tagged(e.regs.closure))?;
                }
                e.bind_arguments(params, e.regs.sp)?;
                e.body(shape)
            }
            (CodeKind::Return { params, rest, frame }, Some(shape)) => {
                Emitter::return_point(unit, function, id, (params, *rest, frame), shape)
            }
            _ => Err(CodegenError(format!("{id:?} has no shape"))),
        }
    }

    /// The builder.
    pub(super) fn b(&self) -> &Builder<'c> {
        &self.unit.builder
    }
    /// A literal word.
    pub(super) fn imm(&self, word: u64) -> Int<'c> {
        self.unit.word.const_int(word, false)
    }
    /// A fresh block.
    pub(super) fn block(&self) -> BasicBlock<'c> {
        self.unit.llvm.append_basic_block(self.function, "")
    }
    /// Goes on in another block.
    pub(super) fn at(&self, block: BasicBlock<'c>) {
        self.b().position_at_end(block);
    }
    /// The block that is being filled.
    pub(super) fn here(&self) -> Res<BasicBlock<'c>> {
        self.b().get_insert_block().ok_or_else(|| CodegenError("no block".into()))
    }
    /// Jumps to a block.
    pub(super) fn goto(&self, block: BasicBlock<'c>) -> Res<()> {
        self.b().build_unconditional_branch(block)?;
        Ok(())
    }
    /// Branches.
    pub(super) fn branch(&self, test: Int<'c>, then: BasicBlock<'c>, otherwise: BasicBlock<'c>) -> Res<()> {
        self.b().build_conditional_branch(test, then, otherwise)?;
        Ok(())
    }
    /// Branches to `usual` nearly always, to `cold` if `test` fails.
    pub(super) fn expect(&self, test: Int<'c>, usual: BasicBlock<'c>, cold: BasicBlock<'c>) -> Res<()> {
        let branch = self.b().build_conditional_branch(test, usual, cold)?;
        let metadata = &self.unit.metadata;
        branch.set_metadata(metadata.likely, metadata.prof).map_err(|e| CodegenError(e.to_string()))
    }
    /// Goes on in a fresh block if `test` holds, else in `cold`.
    pub(super) fn require(&self, test: Int<'c>, cold: BasicBlock<'c>) -> Res<()> {
        let usual = self.block();
        self.expect(test, usual, cold)?;
        self.at(usual);
        Ok(())
    }
    /// An integer comparison.
    pub(super) fn compare(&self, predicate: IntPredicate, a: Int<'c>, b: Int<'c>) -> Res<Int<'c>> {
        Ok(self.b().build_int_compare(predicate, a, b, "")?)
    }
    /// A phi of words in the current block, which must be empty.
    pub(super) fn phi(&self, incoming: &[(Int<'c>, BasicBlock<'c>)]) -> Res<Int<'c>> {
        let phi = self.b().build_phi(self.unit.word, "")?;
        incoming.iter().for_each(|(v, b)| phi.add_incoming(&[(v, *b)]));
        Ok(phi.as_basic_value().into_int_value())
    }

    /// Makes an `alloca` of a word in the entry block, where this is called.
    fn slot(&self) -> Res<PointerValue<'c>> {
        Ok(self.b().build_alloca(self.unit.word, "")?)
    }

    /// Puts what changes between paths into `alloca`s. Called once, before anything is bound.
    pub(super) fn declare_slots(&mut self, shape: &Shape) -> Res<()> {
        (self.facts, self.repr) = types::of_code(self.code, &shape.order);
        for v in shape.live.iter().flatten() {
            if self.repr[*v] == Repr::Tagged && matches!(self.places[*v], Place::Unbound) {
                self.places[*v] = Place::Slot(self.slot()?);
            }
        }
        if shape.loops || shape.reserve.iter().any(|&n| n > 0) {
            let slot = self.slot()?;
            self.b().build_store(slot, self.regs.hp)?;
            self.hp = Hp::Slot(slot);
        }
        Ok(())
    }

    /// Gives a variable its value.
    pub(super) fn bind(&mut self, v: Var, value: Operand<'c>) -> Res<()> {
        let value = match self.repr[v] {
            Repr::Tagged => Operand::Tagged(self.as_word(value)?),
            Repr::Double => Operand::Double(self.as_double(value)?),
        };
        match (self.places[v], value) {
            (Place::Slot(slot), Operand::Tagged(word)) => {
                self.b().build_store(slot, word)?;
            }
            _ => self.places[v] = Place::Value(value),
        }
        Ok(())
    }

    /// An atom's value.
    pub(super) fn operand(&mut self, atom: Atom) -> Res<Operand<'c>> {
        match (atom, super::constants::constant_of(atom)) {
            (Atom::Var(v), _) => match self.places[v] {
                Place::Value(value) => Ok(value),
                Place::Slot(slot) => {
                    Ok(Operand::Tagged(self.b().build_load(self.unit.word, slot, "")?.into_int_value()))
                }
                Place::Unbound => Err(CodegenError(format!("{v:?} is not bound"))),
            },
            (_, Some(slot)) => Ok(Operand::Tagged(self.load_constant(slot)?)),
            (Atom::Const(value), None) => Ok(Operand::Tagged(self.imm(value.0))),
            _ => Err(CodegenError("an atom without value".into())),
        }
    }
    /// An atom's value as a word.
    pub(super) fn tagged(&mut self, atom: Atom) -> Res<Int<'c>> {
        let value = self.operand(atom)?;
        self.as_word(value)
    }
    /// The values of atoms as words.
    pub(super) fn all_tagged(&mut self, atoms: &[Atom]) -> Res<Vec<Int<'c>>> {
        atoms.iter().map(|&a| self.tagged(a)).collect()
    }

    /// The blocks of a code, after its entry has bound the parameters. Ends the function.
    pub(super) fn body(&mut self, shape: &Shape) -> Res<()> {
        let entry = self.here()?;
        let code = self.code;
        for &b in &shape.order {
            let block = self.block();
            self.at(block);
            let mut phis = Vec::with_capacity(code.blocks[b].params.len());
            for &v in &code.blocks[b].params {
                phis.push(match self.repr[v] {
                    Repr::Tagged => self.b().build_phi(self.unit.word, "")?,
                    Repr::Double => self.b().build_phi(self.unit.double, "")?,
                });
            }
            self.blocks[b] = Some((block, phis));
        }
        self.at(entry);
        let first = self.target(shape.order[0])?;
        self.goto(first)?;
        for &b in &shape.order {
            let block = &code.blocks[b];
            let llvm = self.target(b)?;
            self.at(llvm);
            self.facts.here = b;
            self.cold = shape.cold[b];
            for (i, &v) in block.params.iter().enumerate() {
                let phi = self.blocks[b].as_ref().map(|(_, phis)| phis[i].as_basic_value());
                match phi {
                    Some(BasicValueEnum::IntValue(word)) => self.bind(v, Operand::Tagged(word))?,
                    Some(BasicValueEnum::FloatValue(double)) => self.bind(v, Operand::Double(double))?,
                    _ => return Err(CodegenError("a phi of no kind".into())),
                }
            }
            if shape.header[b] {
                self.loop_check(shape.reserve[b], &shape.live[b])?;
            }
            for instr in &block.instrs {
                let value = self.op(&instr.op, instr.origin)?;
                self.bind(instr.var, value)?;
            }
            self.exit(&block.exit)?;
        }
        self.finish_raise()
    }

    fn target(&self, b: Block) -> Res<BasicBlock<'c>> {
        match &self.blocks[b] {
            Some((block, _)) => Ok(*block),
            None => Err(CodegenError(format!("{b:?} is not reachable"))),
        }
    }

    fn op(&mut self, op: &Op, origin: Origin) -> Res<Operand<'c>> {
        Ok(Operand::Tagged(match op {
            Op::Prim(prim, args) => return self.prim(*prim, args, origin),
            Op::Closure(code, free) => self.closure(*code, free)?,
            Op::ClosureRef(closure, i) => {
                let closure = self.tagged(*closure)?;
                self.load(closure, closure_slot(*i))?
            }
            Op::ClosureSet(closure, i, value) => {
                let (closure, value) = (self.tagged(*closure)?, self.tagged(*value)?);
                self.store(closure, closure_slot(*i), value)?;
                self.imm(Value::UNSPECIFIED.0)
            }
        }))
    }

    fn exit(&mut self, exit: &Exit) -> Res<()> {
        match exit {
            Exit::Jump(to, args) => {
                // All values first: tagging a double ends the block that the phis must name.
                let mut values: Vec<BasicValueEnum<'c>> = Vec::with_capacity(args.len());
                for (&v, &a) in self.code.blocks[*to].params.iter().zip(args) {
                    values.push(match (self.repr[v], types::constant(a)) {
                        (Repr::Tagged, _) => self.tagged(a)?.into(),
                        (Repr::Double, Some(x)) => self.unit.double.const_float(x).into(),
                        (Repr::Double, None) => {
                            let value = self.operand(a)?;
                            self.as_double(value)?.into()
                        }
                    });
                }
                let from = self.here()?;
                if let Some((_, phis)) = &self.blocks[*to] {
                    for (phi, value) in phis.iter().zip(&values) {
                        phi.add_incoming(&[(value, from)]);
                    }
                }
                self.goto(self.target(*to)?)
            }
            Exit::Branch { prim, args, then, otherwise, origin } => {
                let (then, otherwise) = (self.target(*then)?, self.target(*otherwise)?);
                self.prim_branch(*prim, args, *origin, then, otherwise)
            }
            Exit::Return(values) => self.return_values(values),
            Exit::TailCall { callee, args, origin } => self.call(*callee, args, None, *origin),
            Exit::Call { callee, args, ret, frame, origin } => self.call(*callee, args, Some((*ret, frame)), *origin),
        }
    }
}

fn closure_slot(i: u32) -> i64 {
    (CLOSURE_FREE + i as usize * WORD) as i64 - TAG_CLOSURE as i64
}
