//! The interpreter: runs prepared codes on the registers of `ctx.regs`, the Scheme stack and the heap.
//!
//! It is entered at a code address and stays in Rust as long as control stays in baseline code, in any unit: known calls go to the next
//! code directly, closures and returns by way of the code address, which tells a baseline stub from all else. For
//! anything else (compiled code, control procedures, raising) it leaves with the registers in place and `regs.pc` set. It counts what it
//! runs ([`super::heat`]), and goes on in machine code once that is there.
//! It never calls itself, so the depth of Scheme calls costs only Scheme stack.
//!
//! Between two safepoints nothing is collected, so values lie in a plain array of words. Safepoints are the entries of direct codes and
//! return points, where all values are in `ctx.regs` or on the stack, and back edges, which store what is live at `[sp..]`.

use super::heat::Hot;
use super::prepare::{Application, Callee, Code, Edge, Exit, Kind, Operand, Register, Step};
use super::primitive;
use super::stub::{self, values_entry};
use super::unit::Linked;
use crate::closure::ir::{Block, CodeId, Rest};
use kestrel_runtime::abi::{CodeInfo, Ctx, REG_ARGS};
use kestrel_runtime::layout::{CLOSURE_CODE, CLOSURE_FREE, TAG_CLOSURE, WORD};
use kestrel_runtime::value::Value;
use std::cell::Cell;
use std::sync::atomic::Ordering;

/// What a stub hands over: a code, and whether it was reached by its multiple-values entry.
#[derive(Debug)]
pub struct Descriptor {
    pub(super) unit: *const Linked,
    pub(super) code: CodeId,
    pub(super) values: bool,
}

/// `Ctx::baseline_run`: runs the code of a descriptor and all baseline code that it leads to.
pub extern "C" fn run(ctx: &mut Ctx, descriptor: *const u8) {
    // SAFETY: stubs pass the descriptor that they were made with; it lives as long as its unit.
    let descriptor = unsafe { &*(descriptor as *const Descriptor) };
    let mut registers = REGISTERS.take();
    let mut next = Some((descriptor.unit, descriptor.code, descriptor.values));
    while let Some((unit, id, values)) = next {
        // SAFETY: as above; the unit of running code exists.
        let unit = unsafe { &*unit };
        let code = unit.code(id);
        if registers.len() < code.registers {
            registers.resize(code.registers, Value::fixnum(0));
        }
        let mut activation = Activation { ctx, unit, id, code, registers: &mut registers };
        next = activation.run(values);
    }
    REGISTERS.set(registers);
}

thread_local! {
    /// The interpreter's registers, while it does not run. They cannot belong to a unit, which may be gone when it ends.
    static REGISTERS: Cell<Vec<Value>> = const { Cell::new(Vec::new()) };
}

/// Where control goes: to baseline code, or, with `None`, to `regs.pc`.
type Next = Option<(*const Linked, CodeId, bool)>;

struct Activation<'a> {
    ctx: &'a mut Ctx,
    unit: &'a Linked,
    id: CodeId,
    code: &'a Code,
    registers: &'a mut [Value],
}

impl Activation<'_> {
    fn run(&mut self, values: bool) -> Next {
        match &self.code.kind {
            Kind::Procedure(_) => return self.dispatch(),
            Kind::Direct { closure, params } => {
                if let Some(address) = self.compiled_by_now() {
                    return self.leave(address);
                }
                if let Some(next) = self.poll_entry() {
                    return next;
                }
                for (i, &r) in params.iter().enumerate() {
                    self.set(r, self.argument(i));
                }
                if let Some(r) = *closure {
                    self.set(r, self.ctx.regs.closure);
                }
            }
            Kind::Return { params, rest, frame } => {
                if !values {
                    self.ctx.regs.argc = 1;
                }
                let count = self.ctx.regs.argc as usize;
                if count < params.len() || (count > params.len() && *rest == Rest::None) {
                    return self.leave(self.ctx.thunks.values_error);
                }
                if let Some(address) = self.compiled_by_now() {
                    return self.leave(if values { values_entry(address) } else { address });
                }
                if let Some(next) = self.poll_entry() {
                    return next;
                }
                for (i, &r) in params.iter().enumerate() {
                    self.set(r, self.argument(i));
                }
                if let Rest::Bind(v) = *rest {
                    let list = self.list(params.len(), count);
                    self.set(v.0, list);
                }
                self.pop(frame);
            }
        }
        self.blocks()
    }

    fn set(&mut self, register: Register, value: Value) {
        self.registers[register as usize] = value;
    }

    fn get(&self, operand: Operand) -> Value {
        match operand {
            Operand::Register(r) => self.registers[r as usize],
            Operand::Value(value) => value,
            Operand::Constant(index) => self.ctx.unit_constant(self.unit.number, index as usize),
            Operand::Procedure(code) => self.unit.closure(self.ctx, code),
        }
    }

    /// Argument or value number `i`, as it arrived.
    fn argument(&self, i: usize) -> Value {
        match self.ctx.regs.a.get(i) {
            Some(&v) => v,
            None => self.stack(i - REG_ARGS),
        }
    }

    /// The word `i` above sp.
    fn stack(&self, i: usize) -> Value {
        // SAFETY: callers ask for arguments that the caller of this code has put there.
        unsafe { Value(*self.ctx.regs.sp.add(i)) }
    }

    fn set_stack(&mut self, i: usize, value: Value) {
        // SAFETY: `poll_entry` has checked for the frames and arguments of the code's calls, and the stack has
        // room for the most arguments wherever sp is.
        unsafe { *self.ctx.regs.sp.add(i) = value.0 }
    }

    fn list(&mut self, from: usize, count: usize) -> Value {
        (from..count).rev().fold(Value::NULL, |list, i| {
            let value = self.argument(i);
            self.ctx.cons(value, list)
        })
    }

    /// Takes the frame of a return point off the stack.
    fn pop(&mut self, frame: &[Register]) {
        // SAFETY: a return point is entered with its frame and return address just below sp.
        let base = unsafe { self.ctx.regs.sp.sub(frame.len() + 1) };
        self.ctx.regs.sp = base;
        for (i, &r) in frame.iter().enumerate() {
            self.set(r, self.stack(i));
        }
    }

    /// Finds the clause for the arguments that arrived.
    fn dispatch(&mut self) -> Next {
        let Kind::Procedure(clauses) = &self.code.kind else { return None };
        let count = self.ctx.regs.argc as usize;
        for clause in clauses {
            let required = clause.required as usize;
            if count == required && !clause.rest {
                return self.enter(clause.target);
            }
            if count >= required && clause.rest {
                let list = self.list(required, count);
                self.set_argument(required, list);
                return self.enter(clause.target);
            }
        }
        self.leave(self.ctx.thunks.arity_error)
    }

    fn set_argument(&mut self, i: usize, value: Value) {
        match self.ctx.regs.a.get_mut(i) {
            Some(slot) => *slot = value,
            None => self.set_stack(i - REG_ARGS, value),
        }
    }

    /// Counts this entry; the address of its machine code, if it has just become hot.
    fn compiled_by_now(&mut self) -> Option<usize> {
        let heat = self.unit.heat.as_ref()?;
        if !heat.is_hot(self.id) {
            return None;
        }
        (heat.compile)(self.ctx, Hot { unit: self.unit.number, code: self.id, in_loop: None });
        heat.compiled(self.id)
    }

    /// Counts a back edge to a block where these registers are live; goes on in machine code if the code is hot.
    fn leave_loop(&mut self, block: u32, live: &[Register]) -> Option<Next> {
        let heat = self.unit.heat.as_ref()?;
        if !heat.is_hot(self.id) {
            return None;
        }
        let is_flonum = |&r: &Register| kestrel_runtime::number::flonum(self.registers[r as usize]).is_some();
        let at = (Block(block), live.iter().map(is_flonum).collect());
        let address = heat.in_loop(self.id, &at).unwrap_or_else(|| {
            (heat.compile)(self.ctx, Hot { unit: self.unit.number, code: self.id, in_loop: Some(at.clone()) });
            heat.in_loop(self.id, &at).flatten()
        })?;
        for (i, &r) in live.iter().enumerate() {
            self.set_argument(i, self.registers[r as usize]);
        }
        Some(self.leave(address))
    }

    fn stop_requested(&self) -> bool {
        self.ctx.regs.hp > self.ctx.hp_limit.load(Ordering::Relaxed)
    }

    /// The safepoint of an entry: all inputs are still where they arrived. `Some` if the code must not be run.
    fn poll_entry(&mut self) -> Option<Next> {
        let top = self.ctx.regs.sp as usize + self.code.room;
        if !self.stop_requested() && top <= self.ctx.stack_limit.load(Ordering::Relaxed) {
            return None;
        }
        let own = self.entry_stub();
        self.ctx.regs.pc = own;
        self.ctx.safepoint();
        (self.ctx.regs.pc != own).then_some(None)
    }

    /// The stub that describes what is in the registers now.
    fn entry_stub(&self) -> usize {
        let stub = self.unit.stub(self.id);
        match self.code.kind {
            Kind::Return { .. } if self.ctx.regs.argc != 1 => values_entry(stub),
            _ => stub,
        }
    }

    /// The safepoint of a back edge.
    fn poll_loop(&mut self, live: &[Register], site: u32) -> Option<Next> {
        if !self.stop_requested() {
            return None;
        }
        for (i, &r) in live.iter().enumerate() {
            self.set_stack(i, self.registers[r as usize]);
        }
        let own = self.unit.stub(self.id);
        if !self.ctx.loop_safepoint(live.len(), own) {
            return Some(self.raise(site));
        }
        for (i, &r) in live.iter().enumerate() {
            self.set(r, self.stack(i));
        }
        None
    }

    fn leave(&mut self, pc: usize) -> Next {
        self.ctx.regs.pc = pc;
        None
    }

    /// Goes to any code address.
    fn arrive(&mut self, address: usize) -> Next {
        // SAFETY: addresses in closures, frames and link tables are code addresses of units that exist.
        match unsafe { stub::descriptor(address) } {
            Some(d) => Some((d.unit, d.code, d.values)),
            None => self.leave(address),
        }
    }

    /// Goes to a known code.
    fn enter(&mut self, code: CodeId) -> Next {
        match self.unit.compiled(code) {
            Some(address) => self.leave(address),
            None => Some((self.unit, code, false)),
        }
    }

    fn raise(&mut self, site: u32) -> Next {
        self.at_site(site);
        self.leave(self.ctx.thunks.raise)
    }

    fn at_site(&mut self, site: u32) {
        self.ctx.raise_code = self.unit.stub(self.id);
        self.ctx.raise_site = site.into();
    }

    fn blocks(&mut self) -> Next {
        let code = self.code;
        let mut block = &code.blocks[0];
        loop {
            for step in &block.steps {
                if let Some(site) = self.step(step) {
                    return self.raise(site);
                }
            }
            let edge = match &block.exit {
                Exit::Jump(edge, moves) => {
                    self.assign(moves);
                    *edge
                }
                Exit::Branch(test, then, otherwise) => match self.apply(test) {
                    Value::RAISED => return self.raise(test.site),
                    Value::FALSE => *otherwise,
                    _ => *then,
                },
                Exit::Return(values) => return self.return_values(values),
                Exit::Call { callee, args, frame, site } => return self.call(callee, args, frame.as_ref(), *site),
            };
            let Edge { block: to, back } = edge;
            block = &code.blocks[to as usize];
            if back {
                if let Some(next) = self.leave_loop(to, &block.live) {
                    return next;
                }
                if let Some(next) = self.poll_loop(&block.live, code.site) {
                    return next;
                }
            }
        }
    }

    /// Sets registers in parallel.
    fn assign(&mut self, moves: &[(Register, Operand)]) {
        const FEW: usize = 8;
        let mut values = [Value::FALSE; FEW];
        let mut many = Vec::new();
        let values = if moves.len() <= FEW {
            &mut values[..moves.len()]
        } else {
            many.resize(moves.len(), Value::FALSE);
            &mut many[..]
        };
        for (value, &(_, from)) in values.iter_mut().zip(moves) {
            *value = self.get(from);
        }
        for (&value, &(to, _)) in values.iter().zip(moves) {
            self.set(to, value);
        }
    }

    /// Runs an instruction; the answer is the site of one that raised.
    fn step(&mut self, step: &Step) -> Option<u32> {
        match step {
            Step::Apply(to, application) => match self.apply(application) {
                Value::RAISED => return Some(application.site),
                value => self.set(*to, value),
            },
            Step::Closure(to, code, slots) => {
                let closure = self.closure(*code, slots);
                self.set(*to, closure);
            }
            Step::ClosureRef(to, closure, slot) => {
                let value = self.ctx.field(self.get(*closure), CLOSURE_FREE + *slot as usize * WORD);
                self.set(*to, value);
            }
            Step::ClosureSet(closure, slot, value) => {
                let (closure, value) = (self.get(*closure), self.get(*value));
                self.ctx.init_field(closure, CLOSURE_FREE + *slot as usize * WORD, value);
            }
        }
        None
    }

    fn closure(&mut self, code: CodeId, slots: &[Operand]) -> Value {
        let memory = self.ctx.alloc_raw(CLOSURE_FREE + slots.len() * WORD);
        let closure = Value(memory as u64 | TAG_CLOSURE);
        self.ctx.init_field(closure, CLOSURE_CODE, Value(self.unit.address(code) as u64));
        for (i, &slot) in slots.iter().enumerate() {
            let value = self.get(slot);
            self.ctx.init_field(closure, CLOSURE_FREE + i * WORD, value);
        }
        closure
    }

    fn apply(&mut self, application: &Application) -> Value {
        match *application.args {
            [a] => {
                let a = self.get(a);
                primitive::apply1(self.ctx, application, a)
            }
            [a, b] => {
                let (a, b) = (self.get(a), self.get(b));
                primitive::apply2(self.ctx, application, a, b)
            }
            ref args => {
                let args: Vec<Value> = args.iter().map(|&a| self.get(a)).collect();
                primitive::apply(self.ctx, application, &args)
            }
        }
    }

    fn pass(&mut self, args: &[Operand]) {
        self.ctx.regs.argc = args.len() as u64;
        for (i, &arg) in args.iter().enumerate() {
            let value = self.get(arg);
            self.set_argument(i, value);
        }
    }

    fn return_values(&mut self, values: &[Operand]) -> Next {
        self.pass(values);
        // SAFETY: the word below sp at a return is the caller's return address, or the underflow thunk's.
        let to = unsafe { *self.ctx.regs.sp.sub(1) } as usize;
        if values.len() == 1 {
            return self.arrive(to);
        }
        // SAFETY: a return address is a code address.
        match unsafe { CodeInfo::of(to) }.mv_entry {
            0 => self.leave(self.ctx.thunks.values_error),
            offset => self.arrive(to.wrapping_add_signed(offset as isize)),
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Operand], frame: Option<&(CodeId, Box<[Operand]>)>, site: u32) -> Next {
        let closure = match *callee {
            Callee::Unknown(a) | Callee::Known(_, Some(a)) => Some(self.get(a)),
            Callee::Known(_, None) => None,
        };
        if let Some((ret, slots)) = frame {
            for (i, &slot) in slots.iter().enumerate() {
                let value = self.get(slot);
                self.set_stack(i, value);
            }
            self.set_stack(slots.len(), Value(self.unit.address(*ret) as u64));
            // SAFETY: the words of the frame were just written there.
            self.ctx.regs.sp = unsafe { self.ctx.regs.sp.add(slots.len() + 1) };
        }
        self.pass(args);
        if let Some(closure) = closure {
            self.ctx.regs.closure = closure;
        }
        match (callee, closure) {
            (Callee::Known(code, _), _) => self.enter(*code),
            (_, Some(callee)) if callee.is_closure() => {
                let address = self.ctx.field(callee, CLOSURE_CODE).0 as usize;
                self.arrive(address)
            }
            _ => {
                self.at_site(site);
                self.leave(self.ctx.thunks.not_a_procedure)
            }
        }
    }
}
