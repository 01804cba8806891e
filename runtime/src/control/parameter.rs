//! Parameter objects (R7RS 4.2.6): procedures of the runtime's own, so that `parameterize` can tell them from others.
//!
//! ```text
//! code (`kestrel_parameter`) | cell | converter
//! ```
//!
//! The cell holds the global value. `Ctx::parameters` is an association list of cells and values, innermost binding first, which `parameterize`
//! extends and a continuation saves. The thunk does a call without arguments alone: it walks that list, then looks into the cell.

use super::thunk;
use crate::abi::Ctx;
use crate::layout::*;
use crate::prim::check::prims;
use crate::symbol;
use crate::value::Value;

/// Offset of the converter in a parameter's closure.
const CONVERTER: usize = CLOSURE_FREE + WORD;

/// Whether a value is a parameter object.
pub fn is_parameter(ctx: &Ctx, v: Value) -> bool {
    v.is_closure() && ctx.field(v, CLOSURE_CODE).0 as usize == thunk::parameter()
}

prims! {
    /// `%make-parameter`: of a cell and a converter.
    fn make(ctx, cell, converter) {
        let p = ctx.alloc_raw(3 * WORD);
        // SAFETY: fresh memory of four words, three and padding.
        unsafe {
            p.write(thunk::parameter() as u64);
            p.add(1).write(cell.0);
            p.add(2).write(converter.0);
            p.add(3).write(0);
        }
        Ok(Value(p as u64 | TAG_CLOSURE))
    }
    /// `%parameter-cell`: for `parameterize`.
    fn cell(ctx, v) {
        if is_parameter(ctx, v) { Ok(ctx.field(v, CLOSURE_FREE)) } else { Err(ctx.wrong_type("parameterize", 1, v, "parameter")) }
    }
    /// `%parameter-converter`: for `parameterize`.
    fn converter(ctx, v) {
        if is_parameter(ctx, v) { Ok(ctx.field(v, CONVERTER)) } else { Err(ctx.wrong_type("parameterize", 1, v, "parameter")) }
    }
}

/// A parameter has been called with arguments.
pub(super) extern "C" fn given_arguments(ctx: &mut Ctx) {
    let cell = ctx.field(ctx.regs.closure, CLOSURE_FREE);
    let name = if cell.is_a(ObjectType::Cell) { ctx.field(cell, CELL_NAME) } else { Value::FALSE };
    let name = if name.is_symbol() { name } else { symbol::intern("parameter") };
    ctx.wrong_count(name, ctx.regs.argc as usize, 0, Some(0));
    ctx.raise_here();
}
