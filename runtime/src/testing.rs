//! A context for unit tests of objects and primitives.

use crate::abi::{Regs, Thunks};
use crate::prim::Prim;
use crate::{Ctx, Runtime, Value};

/// A context with a heap and primitives, but no thunks.
pub fn context() -> Box<Ctx> {
    let none = Value::FALSE;
    Box::new(Ctx {
        hp_limit: usize::MAX.into(),
        stack_limit: usize::MAX.into(),
        condition: none,
        raise_code: 0,
        raise_site: 0,
        flonum_zero: none,
        regs: Regs { sp: std::ptr::null_mut(), hp: 0, closure: none, argc: 0, a: [none; 6], d: [0.0; 4], pc: 0 },
        handlers: Value::NULL,
        winders: Value::NULL,
        parameters: Value::NULL,
        thunks: Thunks {
            safepoint: 0,
            raise: 0,
            arity_error: 0,
            not_a_procedure: 0,
            values_error: 0,
            loop_safepoint: 0,
            make_list: 0,
        },
        prims: std::array::from_fn(|i| Prim::from_index(i).function()),
        runtime: Box::new(Runtime {}),
    })
}
