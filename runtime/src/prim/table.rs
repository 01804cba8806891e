//! The rows themselves. See [`super`] for what the columns mean.
//!
//! A row: `Variant "name" min..max Code(function) effects -> result [nary]`; `..` without a maximum takes any number.

use super::*;
use crate::condition;
use crate::control::{continuation, dynamic, raise};

macro_rules! max {
    () => {
        None
    };
    ($n:literal) => {
        Some($n)
    };
}
macro_rules! nary {
    () => {
        Nary::Exact
    };
    ($e:expr) => {
        $e
    };
}
macro_rules! primitives {
    ($($(#[$doc:meta])* $id:ident $name:literal $min:literal .. $($max:literal)? , $code:ident($f:path), [$($eff:ident)*] -> $ty:ident $(, $nary:expr)?;)*) => {
        /// A primitive.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Prim { $($(#[$doc])* #[doc = concat!("`", $name, "`")] $id),* }
        const ALL: &[Prim] = &[$(Prim::$id),*];
        /// Number of primitives.
        pub const PRIM_COUNT: usize = ALL.len();
        pub(super) static TABLE: [PrimInfo; PRIM_COUNT] = [$(PrimInfo {
            name: $name, min: $min, max: max!($($max)?), code: PrimCode::$code($f),
            nary: nary!($($nary)?),
            effects: Effects::empty()$(.union(Effects::$eff))*, result: Type::$ty,
        }),*];
        impl Prim {
            /// The primitive at a position of the table.
            pub fn from_index(i: usize) -> Prim { ALL[i] }
        }
    };
}

primitives! {
    // Truth and identity. `%true?` is how the IR tests an arbitrary value.
    True "%true?" 1..1, F1(core::is_true), [] -> BOOLEAN;
    Eq "eq?" 2..2, F2(core::eq), [] -> BOOLEAN;
    Not "not" 1..1, F1(core::not), [] -> BOOLEAN;

    // Pairs.
    Cons "cons" 2..2, F2(pair::cons), [ALLOC] -> PAIR;
    Car "car" 1..1, F1(pair::car), [READ RAISE] -> ANY;
    Cdr "cdr" 1..1, F1(pair::cdr), [READ RAISE] -> ANY;
    SetCar "set-car!" 2..2, F2(pair::set_car), [WRITE RAISE] -> OTHER;
    SetCdr "set-cdr!" 2..2, F2(pair::set_cdr), [WRITE RAISE] -> OTHER;
    IsPair "pair?" 1..1, F1(pair::is_pair), [] -> BOOLEAN;
    IsNull "null?" 1..1, F1(pair::is_null), [] -> BOOLEAN;

    // Numbers.
    Add "+" 0.., F2(number::add), [RAISE] -> NUMBER, Nary::Fold(0);
    Sub "-" 1.., F2(number::sub), [RAISE] -> NUMBER, Nary::FoldOr(Prim::Negate);
    Mul "*" 0.., F2(number::mul), [RAISE] -> NUMBER, Nary::Fold(1);
    Div "/" 1.., F2(number::div), [RAISE] -> NUMBER, Nary::FoldOr(Prim::Reciprocal);
    Reciprocal "%reciprocal" 1..1, F1(number::reciprocal), [RAISE] -> NUMBER;
    Negate "%negate" 1..1, F1(number::negate), [RAISE] -> NUMBER;
    NumEq "=" 1.., F2(number::num_eq), [RAISE] -> BOOLEAN, Nary::Chain;
    Lt "<" 1.., F2(number::lt), [RAISE] -> BOOLEAN, Nary::Chain;
    Gt ">" 1.., F2(number::gt), [RAISE] -> BOOLEAN, Nary::Chain;
    Le "<=" 1.., F2(number::le), [RAISE] -> BOOLEAN, Nary::Chain;
    Ge ">=" 1.., F2(number::ge), [RAISE] -> BOOLEAN, Nary::Chain;

    // Variables: `%cell` for assigned local ones, `%global` for top-level ones, whose reference and assignment check that a value is there.
    MakeCell "%make-cell" 1..1, F1(cell::make), [ALLOC] -> OTHER;
    CellRef "%cell-ref" 1..1, F1(cell::get), [READ] -> ANY;
    CellSet "%cell-set!" 2..2, F2(cell::set), [WRITE] -> OTHER;
    GlobalRef "%global-ref" 1..1, F1(cell::global_ref), [READ RAISE] -> ANY;
    GlobalSet "%global-set!" 2..2, F2(cell::global_set), [WRITE RAISE] -> OTHER;
    GlobalDefine "%global-define!" 2..2, F2(cell::global_define), [WRITE] -> OTHER;

    // Control. The procedures over assembly thunks are `Control`; `%` ones are for (kestrel control).
    CallCc "call/cc" 1..1, Control(continuation::call_cc), [ALLOC READ WRITE RAISE] -> ANY;
    CallWithCurrentContinuation "call-with-current-continuation" 1..1, Control(continuation::call_cc), [ALLOC READ WRITE RAISE] -> ANY;
    Values "values" 0.., Control(dynamic::values), [] -> ANY;
    CallWithValues "call-with-values" 2..2, Control(dynamic::call_with_values), [READ WRITE RAISE] -> ANY;
    Apply "apply" 1.., Control(dynamic::apply), [READ WRITE RAISE] -> ANY;
    Raise "raise" 1..1, Control(raise::raise), [READ WRITE RAISE] -> ANY;
    RaiseContinuable "raise-continuable" 1..1, Control(raise::raise_continuable), [READ WRITE RAISE] -> ANY;
    Error "error" 1.., FN(condition::error), [WRITE RAISE] -> ANY;
    WrongType "%wrong-type" 4..4, F4(condition::wrong_type), [WRITE RAISE] -> ANY;
    Handlers "%handlers" 0..0, F0(dynamic::handlers), [READ] -> LIST;
    SetHandlers "%set-handlers!" 1..1, F1(dynamic::set_handlers), [WRITE] -> OTHER;
    Winders "%winders" 0..0, F0(dynamic::winders), [READ] -> LIST;
    SetWinders "%set-winders!" 1..1, F1(dynamic::set_winders), [WRITE] -> OTHER;
    Parameters "%parameters" 0..0, F0(dynamic::parameters), [READ] -> LIST;
    SetParameters "%set-parameters!" 1..1, F1(dynamic::set_parameters), [WRITE] -> OTHER;
    SetRewinder "%set-rewinder!" 1..1, F1(dynamic::set_rewinder), [WRITE] -> OTHER;
    ContinuationWinders "%continuation-winders" 1..1, F1(continuation::continuation_winders), [READ RAISE] -> LIST;
    Reinstate "%reinstate" 2..2, Control(continuation::reinstate), [READ WRITE RAISE] -> ANY;
    Exit "%exit" 0..1, Control(dynamic::exit), [WRITE IO] -> ANY;

    // Output, so that programs can be seen to run.
    Display "display" 1..2, F2(io::display), [IO RAISE] -> OTHER;
    Newline "newline" 0..1, F1(io::newline), [IO RAISE] -> OTHER;
}
