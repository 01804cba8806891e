//! The CPS intermediate representation, in the style of Kennedy ("Compiling with continuations, continued", ICFP 2007).
//!
//! # Grammar
//! ```text
//! program ::= (program fun)                              the function takes no arguments and returns the program's value
//! fun     ::= (fun v k clause …)                         v: the function itself, k: its return continuation, shared by all clauses
//! clause  ::= ((v … [. v]) term)
//! cont    ::= (cont k (v … [. v] | v … . _) term)        `. _`: further values are ignored
//! term    ::= (let v (prim a …) term)                    may raise, if the primitive does
//!           | (letfun (fun …) term)                      mutually recursive
//!           | (letcont (cont …) term)                    mutually recursive
//!           | (continue k a …)                           jump to a local continuation, or return
//!           | (call a (a …) k)                           unknown or known function; a tail call if k is a return continuation
//!           | (branch (prim a …) k k)                    prim answers a boolean; both continuations take no arguments
//! a       ::= v | constant | primitive                   a primitive as an atom is its procedure
//! ```
//!
//! # Invariants (checked by `verify`)
//! 1. Every variable, function and continuation is bound exactly once, and every use is within the scope of its binding.
//! 2. Continuations are second class: a `k` occurs only where the grammar says so, and is used only inside the function that binds it.
//! 3. `continue k` to a local continuation gives exactly as many values as it takes (at least as many if it has a rest).
//!    To a return continuation any number may be given.
//! 4. The continuations of a `branch` are local, take no parameters, and have no rest.
//! 5. A primitive in `let` or `branch` is given a number of arguments that its table entry allows after `primop` has resolved n-ary uses; control
//!    primitives (`PrimCode::Control`) occur only as atoms.
//! 6. Constants are immediates or literals in the static area; in code that `eval` makes of living data, any value.
//! 7. Every `call`, and every `let`/`branch` whose primitive may raise, has an origin: the types see to it.

pub mod analysis;
pub mod build;
pub mod convert;
pub mod ir;
pub mod opt;
pub mod parse;
pub mod print;
pub mod verify;
