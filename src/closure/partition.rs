//! Which codes run at most once for each run of the program: `--tier=auto` leaves them to the baseline, since compiling them costs more than running them.
//!
//! A code is *once* if it is the entry procedure, or if everything that mentions it is once, runs it at most once, and it has no loop
//! inside: return points of once codes, clauses of the entry, and codes that only once codes jump to (joins after a top-level `if`).
//! Codes on a cycle wait for themselves, so loops and recursive functions are never once; nor is what is called and returns, since it
//! might be called on several paths, nor what a closure holds.
//! Linear: codes are released as the last of their mentions is.

use super::ir::*;
use crate::arena::IndexVec;

/// By code: whether it is once.
pub fn once(program: &Program) -> IndexVec<CodeId, bool> {
    let mut waiting = IndexVec::filled(0u32, program.codes.len());
    let mut barred: IndexVec<CodeId, bool> = program.codes.iter().map(has_loop).collect();
    for code in program.codes.iter() {
        mentions(code, |target, way| match way {
            Way::Onward => waiting[target] += 1,
            Way::Repeatable => barred[target] = true,
        });
    }
    let mut once = IndexVec::filled(false, program.codes.len());
    let mut work = vec![program.entry];
    while let Some(c) = work.pop() {
        once[c] = true;
        mentions(&program.codes[c], |target, way| {
            if way == Way::Onward {
                waiting[target] -= 1;
                if waiting[target] == 0 && !barred[target] {
                    work.push(target);
                }
            }
        });
    }
    once
}

/// How a code mentions another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Goes there at most once each time it runs.
    Onward,
    /// Calls it and continues, or makes a procedure of it.
    Repeatable,
}

fn mentions(code: &Code, mut visit: impl FnMut(CodeId, Way)) {
    if let CodeKind::Procedure { clauses, .. } = &code.kind {
        return clauses.iter().for_each(|clause| visit(clause.target, Way::Onward));
    }
    for block in code.blocks.iter() {
        for instr in &block.instrs {
            if let Op::Closure(c, _) = instr.op {
                visit(c, Way::Repeatable);
            }
            procedures(&instr.op.atoms(), &mut visit);
        }
        procedures(&block.exit.atoms(), &mut visit);
        match &block.exit {
            Exit::TailCall { callee: Callee::Known(c, _), .. } => visit(*c, Way::Onward),
            Exit::Call { callee, ret, .. } => {
                visit(*ret, Way::Onward);
                if let Callee::Known(c, _) = callee {
                    visit(*c, Way::Repeatable);
                }
            }
            Exit::TailCall { .. } | Exit::Jump(..) | Exit::Branch { .. } | Exit::Return(_) => {}
        }
    }
}

fn procedures(atoms: &[Atom], visit: &mut impl FnMut(CodeId, Way)) {
    for atom in atoms {
        if let Atom::Proc(c) = *atom {
            visit(c, Way::Repeatable);
        }
    }
}

/// Whether some cycle of blocks exists: counting edges, not every block can be released from the first.
fn has_loop(code: &Code) -> bool {
    let mut waiting = IndexVec::filled(0u32, code.blocks.len());
    code.blocks.iter().flat_map(|b| b.exit.successors()).for_each(|b| waiting[b] += 1);
    let mut work: Vec<Block> = code.blocks.indices().take(1).collect();
    let mut released = 0;
    while let Some(b) = work.pop() {
        released += 1;
        for s in code.blocks[b].exit.successors() {
            waiting[s] -= 1;
            if waiting[s] == 0 {
                work.push(s);
            }
        }
    }
    released < code.blocks.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closure::parse::program;
    use kestrel_runtime::symbol;

    #[test]
    fn top_level_runs_once_and_loops_do_not() {
        let p = program(
            "(program main (procedure main 0 (0 #f start))
               (direct start () (block b0 () (branch (%true? 1) b1 b2))
                 (block b1 () (call (code fib) (9) back ())) (block b2 () (tail-call (code join) 2)))
               (return back (v) () (block b0 () (tail-call (code join) v)))
               (direct join (v) (block b0 () (let f (closure lambda v)) (tail-call (code each) f 0)))
               (direct each (f i) (block b0 () (call f (i) next (f i))))
               (return next _ (f i) (block b0 () (let j (+ i 1)) (tail-call (code each) f j)))
               (procedure lambda 1 (1 #f body))
               (direct body self (x) (block b0 () (return x)))
               (direct fib (n) (block b0 () (tail-call (code fib) n)))
               (direct blocks (n) (block b0 () (jump b1)) (block b1 () (jump b1))))",
        );
        let once = once(&p);
        let names: Vec<_> =
            p.codes.enumerate().filter(|(c, _)| once[*c]).filter_map(|(_, code)| symbol::name(code.name)).collect();
        assert_eq!(names, ["main", "start", "back", "join"]);
    }

    #[test]
    fn an_entry_with_a_loop_is_compiled() {
        let p = program(
            "(program main (procedure main 0 (0 #f start))
               (direct start () (block b0 () (jump b1 0)) (block b1 (i) (let j (+ i 1)) (jump b1 j))))",
        );
        let once = once(&p);
        assert_eq!(p.codes.indices().filter(|&c| once[c]).count(), 1);
    }
}
