//! Text to data: the lexical syntax of R7RS 7.1.1.

pub mod datum;
