//! Rust functions as procedures and as return points: how the engine adds `eval` and the like, in the same form as the
//! runtime's own control functions.
//!
//! A host procedure is a closure over a function's address and one value; a host return point is a frame with the same two. Both
//! are control functions (see [`super`]) and so never hold the native stack while Scheme code runs.

use super::thunk;
use crate::abi::{Ctx, REG_ARGS};
use crate::layout::*;
use crate::value::Value;

/// A control function with the value that it was made with. Its arguments, or the values returned to it, are [`Ctx::arguments`].
pub type HostFn = extern "C" fn(&mut Ctx, Value);

fn pack(function: HostFn) -> Value {
    Value::fixnum(function as usize as i64)
}

fn call(ctx: &mut Ctx, packed: Value, data: Value) {
    let address = (packed.0 >> FIXNUM_SHIFT) as usize;
    // SAFETY: only `pack` makes the words that this is called with.
    let function = unsafe { std::mem::transmute::<usize, HostFn>(address) };
    function(ctx, data);
}

impl Ctx {
    /// A procedure that calls `function` with `data`.
    pub fn host_procedure(&mut self, function: HostFn, data: Value) -> Value {
        let p = self.alloc_raw(3 * WORD);
        // SAFETY: fresh memory of four words, three and padding.
        unsafe {
            p.write(thunk::host() as u64);
            p.add(1).write(pack(function).0);
            p.add(2).write(data.0);
            p.add(3).write(0);
        }
        Value(p as u64 | TAG_CLOSURE)
    }

    /// Pushes a frame: what the next call returns goes to `function` with `data`. Call [`Ctx::poll`] before.
    pub fn push_host_return(&mut self, function: HostFn, data: Value) {
        self.push(&[pack(function).0, data.0], thunk::host_return());
    }

    /// The safepoint of a host function: to be called first, while its arguments are only in the registers. Answers the data
    /// as it is now, or `None` if the program is being left or an error raised, and the function must end at once.
    pub fn poll(&mut self, data: Value) -> Option<Value> {
        if !self.wants_to_stop() {
            return Some(data);
        }
        let count = self.regs.argc as usize;
        self.regs.closure = data;
        if self.stop_in_procedure(count.min(REG_ARGS), count.saturating_sub(REG_ARGS)) {
            return Some(self.regs.closure);
        }
        None
    }
}

/// A host procedure is called.
pub(super) extern "C" fn enter(ctx: &mut Ctx) {
    let closure = ctx.regs.closure;
    let (packed, data) = (ctx.field(closure, CLOSURE_FREE), ctx.field(closure, CLOSURE_FREE + WORD));
    call(ctx, packed, data);
}

/// One value is returned to a host return point.
pub(super) extern "C" fn resume(ctx: &mut Ctx) {
    ctx.regs.argc = 1;
    resume_values(ctx);
}

/// Values are returned to a host return point.
pub(super) extern "C" fn resume_values(ctx: &mut Ctx) {
    let (data, packed) = (Value(ctx.below(2)), Value(ctx.below(3)));
    ctx.pop_below_values(3);
    call(ctx, packed, data);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::{Leave, Options};
    use crate::prim::Prim;

    fn small(gc_stress: bool) -> Box<Ctx> {
        Ctx::new(Options { max_heap: 1 << 30, nursery: 64 << 10, gc_stress, verify_heap: true })
    }

    extern "C" fn add_one(ctx: &mut Ctx, _: Value) {
        let n = ctx.argument(0).as_fixnum().expect("a number");
        ctx.return_value(Value::fixnum(n + 1));
    }

    /// `(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))`, with a list of some numbers kept alive in each frame.
    extern "C" fn count(ctx: &mut Ctx, data: Value) {
        let Some(data) = ctx.poll(data) else { return };
        let n = ctx.argument(0).as_fixnum().expect("a number");
        if n == 0 {
            return ctx.return_value(Value::fixnum(0));
        }
        let garbage = ctx.cons(Value::fixnum(n), data);
        ctx.push_host_return(add_one, garbage);
        let again = ctx.host_procedure(count, data);
        ctx.tail_call(again, &[Value::fixnum(n - 1)]);
    }

    #[test]
    fn deep_recursion_moves_to_the_heap_and_comes_back() {
        for (stress, depth) in [(false, 300_000), (true, 2_000)] {
            let mut ctx = small(stress);
            let data = ctx.list(&[Value::TRUE]);
            let f = ctx.host_procedure(count, data);
            assert_eq!(ctx.enter(f, &[Value::fixnum(depth)]).expect("a count"), [Value::fixnum(depth)]);
            assert!(ctx.gc_stats().minor > 5);
        }
    }

    #[test]
    fn runaway_recursion_is_out_of_memory_and_leaves_a_working_runtime() {
        let mut ctx = Ctx::new(Options { max_heap: 16 << 20, nursery: 64 << 10, ..Options::default() });
        for _ in 0..3 {
            let f = ctx.host_procedure(count, Value::NULL);
            let Err(Leave::Uncaught(error)) = ctx.enter(f, &[Value::fixnum(1 << 40)]) else {
                panic!("memory is not endless");
            };
            assert!(ctx.describe(error.condition).starts_with("out of memory"));
            let f = ctx.host_procedure(count, Value::NULL);
            assert_eq!(ctx.enter(f, &[Value::fixnum(1000)]).expect("a count"), [Value::fixnum(1000)]);
        }
    }

    #[test]
    fn an_interrupt_leaves_at_the_next_safepoint() {
        extern "C" fn forever(ctx: &mut Ctx, data: Value) {
            let Some(data) = ctx.poll(data) else { return };
            let again = ctx.host_procedure(forever, data);
            ctx.tail_call(again, &[]);
        }
        let mut ctx = small(false);
        let interrupter = ctx.interrupter();
        let f = ctx.host_procedure(forever, Value::NULL);
        let thread = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(20));
            interrupter.interrupt();
        });
        assert!(matches!(ctx.enter(f, &[]), Err(Leave::Interrupted(_))));
        thread.join().expect("no panic");
        let f = ctx.host_procedure(count, Value::NULL);
        assert_eq!(ctx.enter(f, &[Value::fixnum(9)]).expect("a count"), [Value::fixnum(9)]);
    }

    /// Stores the continuation into the vector `data` and returns 0 to it.
    extern "C" fn capture(ctx: &mut Ctx, data: Value) {
        let k = ctx.argument(0);
        ctx.set_field(data, OBJECT_PAYLOAD, k);
        ctx.return_value(Value::fixnum(0));
    }

    /// Recurs to a depth and captures the continuation there.
    extern "C" fn deep_capture(ctx: &mut Ctx, data: Value) {
        let Some(data) = ctx.poll(data) else { return };
        let n = ctx.argument(0).as_fixnum().expect("a number");
        if n == 0 {
            let receiver = ctx.host_procedure(capture, data);
            let call_cc = ctx.prim_procedure(Prim::CallCc);
            return ctx.tail_call(call_cc, &[receiver]);
        }
        ctx.push_host_return(add_one, data);
        let again = ctx.host_procedure(deep_capture, data);
        ctx.tail_call(again, &[Value::fixnum(n - 1)]);
    }

    #[test]
    fn continuations_are_reentered_any_number_of_times() {
        for (stress, depth) in [(false, 1), (false, 3), (false, 50_000), (true, 700)] {
            let mut ctx = small(stress);
            let cell = ctx.vector_from(&[Value::NULL]).value();
            let f = ctx.host_procedure(deep_capture, cell);
            let handle = ctx.root(cell);
            assert_eq!(ctx.enter(f, &[Value::fixnum(depth)]).expect("a count"), [Value::fixnum(depth)]);
            for i in 1..5 {
                ctx.collect();
                let k = ctx.field(handle.get(), OBJECT_PAYLOAD);
                let result = ctx.enter(k, &[Value::fixnum(i * 1000)]).expect("a count");
                assert_eq!(result, [Value::fixnum(depth + i * 1000)]);
            }
        }
    }

    #[test]
    fn a_nested_entry_is_a_barrier() {
        extern "C" fn reenter(ctx: &mut Ctx, _: Value) {
            let k = ctx.root(ctx.argument(0));
            let error = ctx.enter(k.get(), &[Value::TRUE]);
            let Err(Leave::Uncaught(error)) = error else { panic!("the continuation belongs to the outer entry") };
            let text = ctx.describe(error.condition);
            let inner = ctx.host_procedure(count, Value::NULL);
            assert_eq!(ctx.enter(inner, &[Value::fixnum(5000)]).expect("a count"), [Value::fixnum(5000)]);
            assert!(text.contains("another entry"), "{text}");
            ctx.return_value(Value::fixnum(7));
        }
        extern "C" fn outer(ctx: &mut Ctx, data: Value) {
            let Some(data) = ctx.poll(data) else { return };
            ctx.push_host_return(add_one, data);
            let receiver = ctx.host_procedure(reenter, data);
            let call_cc = ctx.prim_procedure(Prim::CallCc);
            ctx.tail_call(call_cc, &[receiver]);
        }
        let mut ctx = small(false);
        let f = ctx.host_procedure(outer, Value::NULL);
        assert_eq!(ctx.enter(f, &[]).expect("a number"), [Value::fixnum(8)]);
    }

    #[test]
    fn values_reach_consumers_of_any_arity() {
        let mut ctx = small(true);
        extern "C" fn produce(ctx: &mut Ctx, data: Value) {
            let Some(data) = ctx.poll(data) else { return };
            let n = data.as_fixnum().expect("a number");
            let values: Vec<Value> = (0..n).map(Value::fixnum).collect();
            ctx.return_values(&values);
        }
        for n in [0, 1, 2, 6, 7, 30] {
            let producer = ctx.host_procedure(produce, Value::fixnum(n));
            let add = ctx.prim_procedure(Prim::Add);
            let call_with_values = ctx.prim_procedure(Prim::CallWithValues);
            let sum = ctx.enter(call_with_values, &[producer, add]).expect("a sum");
            assert_eq!(sum, [Value::fixnum(n * (n - 1) / 2)]);
            let producer = ctx.host_procedure(produce, Value::fixnum(n));
            let values = ctx.enter(producer, &[]).expect("values");
            assert_eq!(values.len(), n as usize);
        }
    }

    #[test]
    fn apply_takes_a_million_arguments_and_refuses_more() {
        let mut ctx = Ctx::new(Options::default());
        for (n, fits) in [(1000, true), ((1 << 20) - 1, true), ((1 << 20) + 1, false)] {
            let args = (0..n).fold(Value::NULL, |list, _| ctx.cons(Value::fixnum(1), list));
            let (apply, add) = (ctx.prim_procedure(Prim::Apply), ctx.prim_procedure(Prim::Add));
            match ctx.enter(apply, &[add, args]) {
                Ok(sum) => assert!(fits && sum == [Value::fixnum(n)]),
                Err(_) => assert!(!fits),
            }
        }
    }

    #[test]
    fn handlers_run_in_the_context_of_the_raise() {
        extern "C" fn handler(ctx: &mut Ctx, data: Value) {
            let raised = ctx.argument(0).as_fixnum().unwrap_or(0);
            let depth = if ctx.handlers.is_pair() && ctx.cdr(ctx.handlers) == Value::NULL { 1 } else { 0 };
            ctx.return_value(Value::fixnum(raised + depth + data.as_fixnum().unwrap_or(0)));
        }
        let mut ctx = small(false);
        let handlers = [10, 20].map(|n| ctx.host_procedure(handler, Value::fixnum(n)));
        extern "C" fn body(ctx: &mut Ctx, data: Value) {
            let (prim, handlers) = (ctx.car(data), ctx.cdr(data));
            ctx.handlers = handlers;
            ctx.tail_call(prim, &[Value::fixnum(100)]);
        }
        let list = ctx.list(&handlers);
        let raise = ctx.prim_procedure(Prim::RaiseContinuable);
        let data = ctx.cons(raise, list);
        let f = ctx.host_procedure(body, data);
        assert_eq!(ctx.enter(f, &[]).expect("a number"), [Value::fixnum(111)]);
        let data = ctx.cons(ctx.prim_procedure(Prim::Raise), list);
        let f = ctx.host_procedure(body, data);
        let Err(Leave::Uncaught(error)) = ctx.enter(f, &[]) else { panic!("both handlers return") };
        let [_, _, _, inner] = ctx.condition_parts(error.condition).expect("a condition");
        let [_, _, _, raised] = ctx.condition_parts(inner).expect("a condition");
        assert_eq!(raised, Value::fixnum(100));
    }
}
