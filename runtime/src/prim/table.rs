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
    IsNumber "number?" 1..1, F1(number_test::number), [] -> BOOLEAN;
    IsComplex "complex?" 1..1, F1(number_test::number), [] -> BOOLEAN;
    IsReal "real?" 1..1, F1(number_test::number), [] -> BOOLEAN;
    IsRational "rational?" 1..1, F1(number_test::rational), [] -> BOOLEAN;
    IsInteger "integer?" 1..1, F1(number_test::integer), [] -> BOOLEAN;
    IsExactInteger "exact-integer?" 1..1, F1(number_test::exact_integer), [] -> BOOLEAN;
    IsExactRational "exact-rational?" 1..1, F1(number_test::exact_rational), [] -> BOOLEAN;
    IsExact "exact?" 1..1, F1(number_test::exact), [RAISE] -> BOOLEAN;
    IsInexact "inexact?" 1..1, F1(number_test::inexact), [RAISE] -> BOOLEAN;
    IsFinite "finite?" 1..1, F1(number_test::finite), [RAISE] -> BOOLEAN;
    IsInfinite "infinite?" 1..1, F1(number_test::infinite), [RAISE] -> BOOLEAN;
    IsNan "nan?" 1..1, F1(number_test::nan), [RAISE] -> BOOLEAN;
    IsZero "zero?" 1..1, F1(number_test::zero), [RAISE] -> BOOLEAN;
    IsPositive "positive?" 1..1, F1(number_test::positive), [RAISE] -> BOOLEAN;
    IsNegative "negative?" 1..1, F1(number_test::negative), [RAISE] -> BOOLEAN;
    IsOdd "odd?" 1..1, F1(number_test::odd), [RAISE] -> BOOLEAN;
    IsEven "even?" 1..1, F1(number_test::even), [RAISE] -> BOOLEAN;
    Max "max" 1.., F2(number_test::max), [RAISE] -> NUMBER, Nary::FoldOr(Prim::MaxOfOne);
    MaxOfOne "%max-of-one" 1..1, F1(number_test::max_of_one), [RAISE] -> NUMBER;
    Min "min" 1.., F2(number_test::min), [RAISE] -> NUMBER, Nary::FoldOr(Prim::MinOfOne);
    MinOfOne "%min-of-one" 1..1, F1(number_test::min_of_one), [RAISE] -> NUMBER;
    Abs "abs" 1..1, F1(number_test::abs), [RAISE] -> NUMBER;
    Magnitude "magnitude" 1..1, F1(number_test::magnitude), [RAISE] -> NUMBER;
    FloorQuotient "floor-quotient" 2..2, F2(number_integer::floor_quotient), [RAISE] -> NUMBER;
    FloorRemainder "floor-remainder" 2..2, F2(number_integer::floor_remainder), [RAISE] -> NUMBER;
    TruncateQuotient "truncate-quotient" 2..2, F2(number_integer::truncate_quotient), [RAISE] -> NUMBER;
    TruncateRemainder "truncate-remainder" 2..2, F2(number_integer::truncate_remainder), [RAISE] -> NUMBER;
    Quotient "quotient" 2..2, F2(number_integer::quotient), [RAISE] -> NUMBER;
    Remainder "remainder" 2..2, F2(number_integer::remainder), [RAISE] -> NUMBER;
    Modulo "modulo" 2..2, F2(number_integer::modulo), [RAISE] -> NUMBER;
    Gcd "gcd" 0.., F2(number_integer::gcd), [RAISE] -> NUMBER, Nary::Fold(0);
    Lcm "lcm" 0.., F2(number_integer::lcm), [RAISE] -> NUMBER, Nary::Fold(1);
    Numerator "numerator" 1..1, F1(number_real::numerator), [RAISE] -> NUMBER;
    Denominator "denominator" 1..1, F1(number_real::denominator), [RAISE] -> NUMBER;
    Floor "floor" 1..1, F1(number_real::floor), [RAISE] -> NUMBER;
    Ceiling "ceiling" 1..1, F1(number_real::ceiling), [RAISE] -> NUMBER;
    Truncate "truncate" 1..1, F1(number_real::truncate), [RAISE] -> NUMBER;
    Round "round" 1..1, F1(number_real::round), [RAISE] -> NUMBER;
    Rationalize "rationalize" 2..2, F2(number_real::rationalize), [RAISE] -> NUMBER;
    Exp "exp" 1..1, F1(number_real::exp), [RAISE] -> NUMBER;
    Log "log" 1..2, F2(number_real::log), [RAISE] -> NUMBER;
    Sin "sin" 1..1, F1(number_real::sin), [RAISE] -> NUMBER;
    Cos "cos" 1..1, F1(number_real::cos), [RAISE] -> NUMBER;
    Tan "tan" 1..1, F1(number_real::tan), [RAISE] -> NUMBER;
    Asin "asin" 1..1, F1(number_real::asin), [RAISE] -> NUMBER;
    Acos "acos" 1..1, F1(number_real::acos), [RAISE] -> NUMBER;
    Atan "atan" 1..2, F2(number_real::atan), [RAISE] -> NUMBER;
    Square "square" 1..1, F1(number_real::square), [RAISE] -> NUMBER;
    Sqrt "sqrt" 1..1, F1(number_real::sqrt), [RAISE] -> NUMBER;
    ExactIntegerRoot "%exact-integer-root" 1..1, F1(number_integer::exact_integer_root), [RAISE] -> INTEGER;
    ExactIntegerRootRest "%exact-integer-root-rest" 1..1, F1(number_integer::exact_integer_root_rest), [RAISE] -> INTEGER;
    Expt "expt" 2..2, F2(number_real::expt), [RAISE] -> NUMBER;
    Exact "exact" 1..1, F1(number_real::exact), [RAISE] -> NUMBER;
    Inexact "inexact" 1..1, F1(number_real::inexact), [RAISE] -> FLONUM;
    InexactToExact "inexact->exact" 1..1, F1(number_real::inexact_to_exact), [RAISE] -> NUMBER;
    ExactToInexact "exact->inexact" 1..1, F1(number_real::exact_to_inexact), [RAISE] -> FLONUM;
    NumberToString "number->string" 1..2, F2(number_real::number_to_string), [ALLOC RAISE] -> STRING;
    StringToNumber "string->number" 1..2, F2(number_real::string_to_number), [READ RAISE] -> ANY;
    BitwiseAnd "bitwise-and" 0.., F2(number_integer::bitwise_and), [RAISE] -> INTEGER, Nary::Fold(-1);
    BitwiseIor "bitwise-ior" 0.., F2(number_integer::bitwise_ior), [RAISE] -> INTEGER, Nary::Fold(0);
    BitwiseXor "bitwise-xor" 0.., F2(number_integer::bitwise_xor), [RAISE] -> INTEGER, Nary::Fold(0);
    BitwiseNot "bitwise-not" 1..1, F1(number_integer::bitwise_not), [RAISE] -> INTEGER;
    ArithmeticShift "arithmetic-shift" 2..2, F2(number_integer::arithmetic_shift), [RAISE] -> INTEGER;
    BitCount "bit-count" 1..1, F1(number_integer::bit_count), [RAISE] -> INTEGER;
    IntegerLength "integer-length" 1..1, F1(number_integer::integer_length), [RAISE] -> INTEGER;
    Random "random" 1..1, F1(number_real::random), [READ WRITE RAISE] -> NUMBER;

    // Variables: `%cell` for assigned local ones, `%global` for top-level ones, whose reference and assignment check that a value is there.
    MakeCell "%make-cell" 1..1, F1(cell::make), [ALLOC] -> OTHER;
    MakeVariable "%make-variable" 1..1, F1(cell::make_variable), [ALLOC] -> OTHER;
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
