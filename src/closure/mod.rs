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
//! 2. `jump` and `branch` stay inside the code and never go to its first block; a jump gives as many values as the block takes, and branch
//!    targets take none. Every block is reached.
//! 3. A known callee is a direct code and gets exactly the arguments that it takes, a closure iff it has a closure parameter; so does a clause's
//!    target: `required` arguments and one more for the rest list. A `return` code occurs in exactly one `call`, whose frame has the length of its
//!    frame variables. Values and raw doubles are not confused.
//! 4. A `closure` has as many slots as its procedure code has free variables. `closure-set!` fills only slots of closures allocated in the same block,
//!    before anything can observe them: between the two are only other `closure`s and `closure-set!`s. `(proc c)` names a procedure code
//!    without free variables. The entry is one, and takes no arguments.
//! 5. Loops are cycles of blocks; a cycle that crosses a non-tail call goes through a direct code. (By construction: calls leave the code.)
//! 6. A primitive is given exactly the arguments that its function takes; control primitives occur only as atoms.

pub mod convert;
pub mod ir;
pub mod parse;
pub mod print;
pub mod verify;
