//! The unit's table of constants: which atoms need a slot, and loading from it.

use super::{Constant, Res, function::Emitter, function::Int, shape};
use crate::closure::ir::*;
use indexmap::IndexSet;
use kestrel_runtime::layout::WORD;

/// The slot content of an atom that is neither a variable nor a literal in the code.
pub(super) fn constant_of(atom: Atom) -> Option<Constant> {
    match atom {
        Atom::Var(_) => None,
        Atom::Const(v) if v.is_pointer() || v.is_symbol() => Some(Constant::Value(v)),
        Atom::Const(_) => None,
        Atom::Prim(p) => Some(Constant::Prim(p)),
        Atom::Proc(c) => Some(Constant::Closure(c)),
    }
}

/// Collects the constants of a code.
pub(super) fn collect(code: &Code, compiled: impl Fn(CodeId) -> bool, into: &mut IndexSet<Constant>) {
    let address = |c: CodeId, into: &mut IndexSet<Constant>| {
        if !compiled(c) {
            into.insert(Constant::Code(c));
        }
    };
    if let CodeKind::Procedure { clauses, .. } = &code.kind {
        clauses.iter().for_each(|clause| address(clause.target, into));
    }
    for block in code.blocks.iter() {
        for instr in &block.instrs {
            shape::op_atoms(&instr.op, |a| into.extend(constant_of(a)));
            if let Op::Closure(c, _) = instr.op {
                address(c, into);
            }
        }
        shape::exit_atoms(&block.exit, |a| into.extend(constant_of(a)));
        if let Exit::TailCall { callee: Callee::Known(c, _), .. } | Exit::Call { callee: Callee::Known(c, _), .. } =
            block.exit
        {
            address(c, into);
        }
        if let Exit::Call { ret, .. } = block.exit {
            address(ret, into);
        }
    }
}

impl<'c> Emitter<'_, 'c, '_> {
    /// The word of a slot.
    pub(super) fn load_constant(&mut self, constant: Constant) -> Res<Int<'c>> {
        let index = self.unit.constants.get_index_of(&constant);
        let index = index.ok_or_else(|| super::CodegenError(format!("{constant:?} was not collected")))?;
        let base = self.unit.table.as_pointer_value().const_to_int(self.unit.word);
        let address = base.const_add(self.imm((index * WORD) as u64));
        let load = self.load_at(address)?;
        self.mark_invariant(load);
        Ok(load)
    }
}
