//! First-order CPS: closures, frames and code are explicit; free variables cannot occur.
//!
//! # Grammar
//! ```text
//! program ::= (program entry code …)
//! code    ::= (procedure c nfree clause …)               entered through a closure: arity dispatch only
//!           | (direct c [v] (v …) blocks)                known calls and jumps; [v]: closure parameter
//!           | (return c (v … [. v | . _]) (v …) blocks)  values received; variables reloaded from the frame
//! clause  ::= (n rest? c)                                n required; jumps to the direct code c with the closure (if c takes one), arguments, rest list
//! blocks  ::= (block b (v …) instr … exit) …             the first is the entry and has no parameters
//! instr   ::= (let v op)
//! op      ::= (prim a …) | (closure c a …) | (closure-ref a i) | (closure-set! a i a)
//! exit    ::= (jump b a …)
//!           | (branch (prim a …) b b)
//!           | (return a …)                               to the frame below sp
//!           | (tail-call callee a …)
//!           | (call callee (a …) c (a …))                arguments; return point c; frame slots, matching c's frame variables
//! callee  ::= a | (code c [a])                           unknown; or known direct code, with its closure if it takes one
//! a       ::= v | constant | (proc c)                    (proc c): the static closure of a procedure without free variables
//! ```
//!
//! # Invariants (checked by `verify`)
//! 1. Within one code, every variable is bound once and its binding dominates its uses; no variable is used in two codes.
//! 2. `jump` and `branch` stay inside the code; branch targets take no parameters.
//! 3. A known callee gets exactly the arguments its code takes; a `return` code occurs in exactly one `call`, whose frame has the length of its frame variables.
//! 4. `closure-set!` fills only slots of closures allocated in the same block, before anything can observe them (mutual recursion).
//! 5. Loops are cycles of blocks; a cycle that crosses a non-tail call goes through a direct code.

pub mod convert;
mod dominators;
pub mod ir;
