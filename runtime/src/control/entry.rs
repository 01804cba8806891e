//! Starting a runtime, entering Scheme code from Rust, and leaving it.

use super::backtrace::{Backtrace, Frame};
use super::defect;
use super::interrupt::Interrupter;
use super::primitive;
use super::safepoint::Stress;
use super::stack::Stack;
use super::thunk;
use crate::Runtime;
use crate::abi::{CodeInfo, Ctx, MAX_ARGS, REG_ARGS, REG_DOUBLES, Regs};
use crate::heap::Heap;
use crate::layout::*;
use crate::prim::Prim;
use crate::unit::Units;
use crate::value::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

/// How a runtime is set up.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Most bytes of live objects; more raise a condition. 0 means half of the physical memory.
    pub max_heap: usize,
    /// Bytes that compiled code allocates between collections.
    pub nursery: usize,
    /// Collect at every safepoint.
    pub gc_stress: bool,
    /// Check the whole heap after every collection, and poison what it has left.
    pub verify_heap: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { max_heap: 0, nursery: 4 << 20, gc_stress: false, verify_heap: false }
    }
}

/// Why [`Ctx::enter`] came back without values.
#[derive(Clone, Debug)]
pub enum Leave {
    /// A condition that no handler took.
    Uncaught(Uncaught),
    /// The program asked to exit with this status.
    Exit(i32),
    /// [`Interrupter::interrupt`] was called; this is where.
    Interrupted(Backtrace),
}

/// A condition that no handler took.
#[derive(Clone, Debug)]
pub struct Uncaught {
    /// What was raised; valid until the next collection.
    pub condition: Value,
    /// Where.
    pub backtrace: Backtrace,
}

/// An entry from Rust in progress, and what it suspended.
pub(crate) struct Entry {
    /// Number of the suspended entry; the outermost is 0.
    pub(crate) serial: Value,
    /// The suspended stack, a continuation object, or `#f`.
    pub(crate) outer: Value,
    pub(crate) handlers: Value,
    pub(crate) winders: Value,
    pub(crate) parameters: Value,
}

fn half_of_physical_memory() -> usize {
    // SAFETY: `sysconf` only answers.
    let (pages, size) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    if pages > 0 && size > 0 { pages as usize * size as usize / 2 } else { 1 << 30 }
}

impl Ctx {
    /// A fresh runtime.
    pub fn new(options: Options) -> Box<Ctx> {
        let max_heap = if options.max_heap == 0 { half_of_physical_memory() } else { options.max_heap };
        let options = Options { max_heap, ..options };
        let heap = Heap::new(&options);
        let stack = Stack::new();
        let stack_base = stack.start();
        let (card_table, static_base, hp) = (heap.region.biased_cards(), heap.region.base, heap.nursery);
        let shared = Arc::new(AtomicPtr::new(std::ptr::null_mut()));
        let flag = Arc::new(AtomicBool::new(false));
        let interrupter = Interrupter { ctx: shared.clone(), flag };
        let mut prims = [crate::prim::PrimFn(0); crate::prim::PRIM_COUNT];
        for (slot, prim) in prims.iter_mut().zip(Prim::all()) {
            *slot = prim.function();
        }
        let mut ctx = Box::new(Ctx {
            hp_limit: AtomicUsize::new(0),
            stack_limit: AtomicUsize::new(0),
            condition: Value::FALSE,
            raise_code: 0,
            raise_site: 0,
            flonum_zero: Value::FALSE,
            regs: Regs {
                sp: stack_base,
                hp,
                closure: Value::FALSE,
                argc: 0,
                a: [Value::FALSE; REG_ARGS],
                d: [0.0; REG_DOUBLES],
                pc: 0,
            },
            handlers: Value::NULL,
            winders: Value::NULL,
            parameters: Value::NULL,
            card_table,
            static_base,
            stack_base,
            link: Value::FALSE,
            entry: Value::fixnum(0),
            baseline_run: None,
            thunks: thunk::table(),
            prims,
            runtime: Box::new(Runtime {
                heap,
                stack,
                units: Units::new(options.gc_stress),
                entries: Vec::new(),
                serial: 0,
                leaving: None,
                rewinder: Value::FALSE,
                executing: 0,
                procedures: Vec::new(),
                finalizer: None,
                stress: Stress::default(),
                interrupter,
                options,
                host: None,
                expander: crate::object::syntax::Expander::default(),
                serve: None,
                io: crate::port::Io::default(),
            }),
        });
        shared.store(&mut *ctx, Ordering::SeqCst);
        // SAFETY: the word below the base of the empty stack is the stack's first word.
        unsafe { *stack_base.sub(1) = thunk::underflow() as u64 };
        ctx.flonum_zero = ctx.static_object(header(ObjectType::Flonum, 1), WORD);
        ctx.runtime.procedures = primitive::procedures(&mut ctx);
        ctx.open_standard_ports();
        ctx.reset_limits();
        ctx
    }

    /// What stops this runtime from elsewhere.
    pub fn interrupter(&self) -> Interrupter {
        self.runtime.interrupter.clone()
    }

    /// Forgets an interrupt that has not taken effect yet.
    pub fn clear_interrupt(&mut self) {
        take_interrupt(self);
    }

    /// The options that are in force.
    pub fn options(&self) -> Options {
        self.runtime.options
    }

    /// Calls a procedure and waits for its values: the only way into Scheme code.
    ///
    /// May be nested (called from a control function), as a barrier: continuations captured outside cannot be reinstated inside.
    /// The dynamic state is put back however the call ends. The values, and a condition, are valid until the next collection.
    pub fn enter(&mut self, procedure: Value, args: &[Value]) -> Result<Vec<Value>, Leave> {
        self.begin_entry();
        self.tail_call(procedure, args);
        let outer = defect::enter_into(self);
        // SAFETY: `tail_call` or the raise in it has set the registers for a jump to a procedure or to the exit.
        unsafe { thunk::run(self) };
        defect::enter_into(outer);
        let result = match self.runtime.leaving.take() {
            Some(leave) => Err(leave),
            None => Ok((0..self.regs.argc as usize).map(|i| self.argument(i)).collect()),
        };
        self.end_entry();
        result
    }

    fn begin_entry(&mut self) {
        let nested = !self.runtime.entries.is_empty();
        let outer = if nested { self.freeze() } else { Value::FALSE };
        if nested {
            self.runtime.serial += 1;
        }
        let entry = Entry {
            serial: self.entry,
            outer,
            handlers: self.handlers,
            winders: self.winders,
            parameters: self.parameters,
        };
        self.runtime.entries.push(entry);
        self.entry = Value::fixnum(if nested { self.runtime.serial } else { 0 });
        self.link = Value::FALSE;
        self.handlers = Value::NULL;
        self.winders = Value::NULL;
        self.regs.sp = self.stack_base;
    }

    fn end_entry(&mut self) {
        if let Some(entry) = self.runtime.entries.pop() {
            self.entry = entry.serial;
            self.link = entry.outer;
            self.handlers = entry.handlers;
            self.winders = entry.winders;
            self.parameters = entry.parameters;
        }
        self.regs.sp = self.stack_base;
    }

    /// Makes `enter` come back with this reason.
    pub(crate) fn leave(&mut self, leave: Leave) {
        self.runtime.leaving = Some(leave);
        self.regs.pc = thunk::exit();
    }

    /// Argument (or value) number `i` of those that arrived in the registers.
    pub fn argument(&self, i: usize) -> Value {
        debug_assert!(i < self.regs.argc as usize);
        match self.regs.a.get(i) {
            Some(&v) => v,
            // SAFETY: arguments beyond the registers lie above sp, and `i` is less than their count.
            None => unsafe { Value(*self.regs.sp.add(i - REG_ARGS)) },
        }
    }

    /// All arguments that arrived in the registers.
    pub fn arguments(&self) -> Vec<Value> {
        (0..self.regs.argc as usize).map(|i| self.argument(i)).collect()
    }

    pub(crate) fn set_arguments(&mut self, args: &[Value]) {
        debug_assert!(args.len() <= MAX_ARGS);
        self.regs.argc = args.len() as u64;
        for (i, &v) in args.iter().enumerate() {
            match self.regs.a.get_mut(i) {
                Some(slot) => *slot = v,
                // SAFETY: the stack has room for `MAX_ARGS` words above any sp.
                None => unsafe { *self.regs.sp.add(i - REG_ARGS) = v.0 },
            }
        }
    }

    /// Ends a control function by returning one value.
    pub fn return_value(&mut self, value: Value) {
        self.regs.argc = 1;
        self.regs.a[0] = value;
        self.return_arguments();
    }

    /// Ends a control function by returning values.
    pub fn return_values(&mut self, values: &[Value]) {
        self.set_arguments(values);
        self.return_arguments();
    }

    /// Ends a control function by returning `regs.argc` values that are in place.
    pub(crate) fn return_arguments(&mut self) {
        // SAFETY: the word below sp is the caller's return address, or the underflow thunk's.
        let to = unsafe { *self.regs.sp.sub(1) } as usize;
        self.regs.pc = self.return_entry(to);
    }

    /// Where `regs.argc` values go that are returned to a return address.
    pub(crate) fn return_entry(&self, to: usize) -> usize {
        if self.regs.argc == 1 {
            return to;
        }
        // SAFETY: `to` is a return address.
        match unsafe { CodeInfo::of(to) }.mv_entry {
            0 => thunk::values_error(),
            offset => to.wrapping_add_signed(offset as isize),
        }
    }

    /// Ends a control function by calling a procedure in its place.
    pub fn tail_call(&mut self, procedure: Value, args: &[Value]) {
        self.set_arguments(args);
        self.jump_to(procedure);
    }

    /// Calls a procedure with the arguments that are in place.
    pub(crate) fn jump_to(&mut self, procedure: Value) {
        self.regs.closure = procedure;
        if procedure.is_closure() {
            self.regs.pc = self.field(procedure, CLOSURE_CODE).0 as usize;
        } else {
            self.signal_not_a_procedure(0, 0);
        }
    }

    /// Ends a control function by raising `ctx.condition`, as the procedure in `regs.closure`.
    pub fn raise_here(&mut self) {
        let code =
            if self.regs.closure.is_closure() { self.field(self.regs.closure, CLOSURE_CODE).0 as usize } else { 0 };
        self.signal(code, 0);
    }

    /// The source frames of `[stack_base, sp)` and of what lies below, innermost first.
    pub fn backtrace(&self) -> Backtrace {
        super::backtrace::walk(self, None)
    }

    /// The frame of an operation at a site of the unit that owns `code`.
    pub(crate) fn frame_of(&self, code: usize, site: u32) -> Option<Frame> {
        if code == 0 {
            return None;
        }
        // SAFETY: raising code gives its own code address.
        let unit = unsafe { CodeInfo::of(code) }.unit;
        (unit != crate::abi::RUNTIME_UNIT).then_some(Frame { unit, site })
    }
}

impl Drop for Ctx {
    fn drop(&mut self) {
        self.runtime.interrupter.ctx.store(std::ptr::null_mut(), Ordering::SeqCst);
    }
}

/// Whether an interrupt has been asked for since the last call.
pub(crate) fn take_interrupt(ctx: &Ctx) -> bool {
    ctx.runtime.interrupter.flag.swap(false, Ordering::SeqCst)
}

/// `Thunks::make_list`.
pub(super) extern "C" fn make_list(ctx: &mut Ctx, sp: *const Value, count: usize, skip: usize) -> Value {
    let mut list = Value::NULL;
    for i in (skip..count).rev() {
        let v = match ctx.regs.a.get(i) {
            Some(&v) => v,
            // SAFETY: the caller's arguments beyond the registers lie at its sp.
            None => unsafe { *sp.add(i - REG_ARGS) },
        };
        list = ctx.cons(v, list);
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prim::Prim;

    #[test]
    fn primitives_are_procedures() {
        let mut ctx = Ctx::new(Options::default());
        let f = |n| Value::fixnum(n);
        let add = ctx.prim_procedure(Prim::Add);
        for (args, sum) in [(vec![], 0), (vec![f(4)], 4), (vec![f(1), f(2)], 3), ((1..=9).map(f).collect(), 45)] {
            assert_eq!(ctx.enter(add, &args).expect("a sum"), [f(sum)]);
        }
        let less = ctx.prim_procedure(Prim::Lt);
        assert_eq!(ctx.enter(less, &[f(1), f(2), f(3)]).expect("a truth"), [Value::TRUE]);
        assert_eq!(ctx.enter(less, &[f(1), f(3), f(3)]).expect("a truth"), [Value::FALSE]);
        let sub = ctx.prim_procedure(Prim::Sub);
        assert_eq!(ctx.enter(sub, &[f(1)]).expect("a number"), [f(-1)]);
        assert_eq!(ctx.enter(sub, &[f(1), f(3), f(3)]).expect("a number"), [f(-5)]);
    }

    #[test]
    fn errors_leave_uncaught() {
        let mut ctx = Ctx::new(Options::default());
        let car = ctx.prim_procedure(Prim::Car);
        for args in [&[Value::fixnum(5)][..], &[], &[Value::NULL, Value::NULL]] {
            assert!(matches!(ctx.enter(car, args), Err(Leave::Uncaught(_))));
        }
        assert!(matches!(ctx.enter(Value::fixnum(1), &[]), Err(Leave::Uncaught(_))));
        let pair = ctx.cons(Value::TRUE, Value::NULL);
        assert_eq!(ctx.enter(car, &[pair]).expect("a car"), [Value::TRUE]);
    }
}
