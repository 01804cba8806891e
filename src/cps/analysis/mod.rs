//! Facts about a CPS program: computed, used, dropped. None is kept up to date across a pass, except that a pass may
//! count on as it rewrites.
//!
//! | file | what |
//! |---|---|
//! | [`walk`] | all terms that can be reached, once each |
//! | [`uses`] | how often and how variables and continuations occur |
//! | [`calls`] | which function calls which; strongly connected components |
//! | [`dominators`] | the dominator tree of a graph |

pub mod calls;
pub mod dominators;
pub mod uses;
pub mod walk;
