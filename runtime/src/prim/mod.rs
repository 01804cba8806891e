//! The table of primitives: the one place that says what each is called, takes, does and answers.
//!
//! The optimiser (effects, folding, types), the code generator (inline paths), the baseline (functions) and the generated documentation
//! all read it. A primitive named as R7RS or an SRFI names it *is* that procedure; names that start with `%` are for the library only.

use crate::abi::Ctx;
use crate::value::Value;
use bitflags::bitflags;

pub mod cell;
pub mod char;
pub(crate) mod check;
pub mod core;
pub mod hash;
pub mod io;
pub mod number;
pub mod number_integer;
pub mod number_real;
pub mod number_test;
pub mod pair;
pub mod record;
pub mod string;
pub mod symbol;
pub mod syntax;
pub mod system;
mod table;
pub mod vector;
pub use table::{PRIM_COUNT, Prim};

bitflags! {
    /// What a primitive may do besides answering.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub struct Effects: u8 {
        /// Makes a fresh object, so two applications differ.
        const ALLOC = 1;
        /// Depends on mutable state.
        const READ = 2;
        /// Changes mutable state.
        const WRITE = 4;
        /// May raise.
        const RAISE = 8;
        /// Touches the world outside: ports, clock, process.
        const IO = 16;
    }
}

bitflags! {
    /// A set of types: what a primitive may answer.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub struct Type: u32 {
        /// Fixnums.
        const FIXNUM = 1;
        /// Bignums.
        const BIGNUM = 1 << 1;
        /// Exact rationals.
        const RATNUM = 1 << 2;
        /// Flonums.
        const FLONUM = 1 << 3;
        /// Complex numbers.
        const COMPNUM = 1 << 4;
        /// `#t` and `#f`.
        const BOOLEAN = 1 << 5;
        /// Characters.
        const CHAR = 1 << 6;
        /// Symbols.
        const SYMBOL = 1 << 7;
        /// `()`.
        const NULL = 1 << 8;
        /// Pairs.
        const PAIR = 1 << 9;
        /// Strings.
        const STRING = 1 << 10;
        /// Vectors.
        const VECTOR = 1 << 11;
        /// Bytevectors.
        const BYTEVECTOR = 1 << 12;
        /// Procedures.
        const PROCEDURE = 1 << 13;
        /// Everything else.
        const OTHER = 1 << 14;
        /// Exact integers.
        const INTEGER = 1 | 1 << 1;
        /// Real numbers.
        const REAL = 0xf;
        /// Numbers.
        const NUMBER = 0x1f;
        /// `()` and pairs.
        const LIST = 1 << 8 | 1 << 9;
        /// Anything.
        const ANY = (1 << 15) - 1;
    }
}

/// A primitive's function; which of the fields is right depends on [`PrimCode`].
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct PrimFn(pub usize);

/// How a primitive's function is called. Missing optional arguments are passed as `Value::ABSENT`.
#[derive(Clone, Copy)]
pub enum PrimCode {
    /// No arguments.
    F0(extern "C" fn(&mut Ctx) -> Value),
    /// One argument.
    F1(extern "C" fn(&mut Ctx, Value) -> Value),
    /// Two arguments.
    F2(extern "C" fn(&mut Ctx, Value, Value) -> Value),
    /// Three arguments.
    F3(extern "C" fn(&mut Ctx, Value, Value, Value) -> Value),
    /// Four arguments.
    F4(extern "C" fn(&mut Ctx, Value, Value, Value, Value) -> Value),
    /// Five arguments.
    F5(extern "C" fn(&mut Ctx, Value, Value, Value, Value, Value) -> Value),
    /// Any number: a pointer to the arguments and their count. The arguments stay valid during the call.
    FN(extern "C" fn(&mut Ctx, *const Value, usize) -> Value),
    /// A control procedure: works on `ctx.regs` (see `abi`). Never applied inline; only its procedure is called.
    Control(extern "C" fn(&mut Ctx)),
}

/// How an application to another number of arguments than the function takes is expanded by the optimiser and by the procedure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nary {
    /// It is not: `min..=max` arguments as they are.
    Exact,
    /// `(f)` is the fixnum, `(f a)` is `(f unit a)` in effect (with `a` checked), `(f a b c)` is `(f (f a b) c)`.
    Fold(i64),
    /// `(f a)` is another primitive's business (`neg` for `-`, `recip` for `/`); more fold to the left.
    FoldOr(Prim),
    /// Comparison: `(f a b c)` is `(and (f a b) (f b c))`, every argument evaluated and checked; `(f a)` checks `a` and answers `#t`.
    Chain,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub struct PrimInfo {
    /// Scheme name.
    pub name: &'static str,
    /// Least number of arguments a program may give.
    pub min: u8,
    /// Greatest number; `None`: any.
    pub max: Option<u8>,
    /// The function.
    pub code: PrimCode,
    /// Expansion of other argument counts.
    pub nary: Nary,
    /// Effects.
    pub effects: Effects,
    /// Result.
    pub result: Type,
    /// The name of the Rust function, with its module: for documentation.
    pub function: &'static str,
}

impl Prim {
    /// The row of this primitive.
    pub fn info(self) -> &'static PrimInfo {
        &table::TABLE[self as usize]
    }
    /// All primitives in table order.
    pub fn all() -> impl Iterator<Item = Prim> {
        (0..PRIM_COUNT).map(Prim::from_index)
    }
    /// The primitive of a Scheme name.
    pub fn named(name: &str) -> Option<Prim> {
        use std::{collections::HashMap, sync::LazyLock};
        static BY_NAME: LazyLock<HashMap<&'static str, Prim>> =
            LazyLock::new(|| Prim::all().map(|p| (p.info().name, p)).collect());
        BY_NAME.get(name).copied()
    }
    /// The address of its function.
    pub fn function(self) -> PrimFn {
        PrimFn(match self.info().code {
            PrimCode::F0(f) => f as usize,
            PrimCode::F1(f) => f as usize,
            PrimCode::F2(f) => f as usize,
            PrimCode::F3(f) => f as usize,
            PrimCode::F4(f) => f as usize,
            PrimCode::F5(f) => f as usize,
            PrimCode::FN(f) => f as usize,
            PrimCode::Control(f) => f as usize,
        })
    }
    /// Arguments that one application of the function takes; `None` for `FN` and control.
    pub fn fixed_args(self) -> Option<usize> {
        match self.info().code {
            PrimCode::F0(_) => Some(0),
            PrimCode::F1(_) => Some(1),
            PrimCode::F2(_) => Some(2),
            PrimCode::F3(_) => Some(3),
            PrimCode::F4(_) => Some(4),
            PrimCode::F5(_) => Some(5),
            PrimCode::FN(_) | PrimCode::Control(_) => None,
        }
    }
    /// Whether an unused application can be dropped.
    pub fn is_removable(self) -> bool {
        !self.info().effects.intersects(Effects::WRITE | Effects::RAISE | Effects::IO)
    }
    /// Whether equal arguments give the same answer at any time, so that it may be folded on constants.
    pub fn is_foldable(self) -> bool {
        !self.info().effects.intersects(Effects::ALLOC | Effects::READ | Effects::WRITE | Effects::IO)
    }
}
