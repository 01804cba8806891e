//! Facts about a CPS program: computed, used, dropped. None is kept up to date across a pass, except that a pass may
//! count on as it rewrites.
//!
//! | file | what |
//! |---|---|
//! | [`walk`] | all terms that can be reached, once each |
//! | [`uses`] | how often and how variables and continuations occur |
//! | [`calls`] | which function calls which; strongly connected components |

pub mod calls;
pub mod uses;
pub mod walk;
