//! The rows themselves. See [`super`] for what the columns mean.
//!
//! A row: `Variant "name" min..max Code(function) effects -> result [nary]`; `..` without a maximum takes any number.

use super::*;
use crate::condition;
use crate::control::{continuation, defect, dynamic, parameter, raise, service};

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
/// The function that Scheme code calls: a panic in the primitive's own does not leave it (see [`defect::catch`]).
macro_rules! entry {
    (Control $f:path, $name:literal, $effects:tt) => {
        PrimCode::Control($f)
    };
    (F0 $($rest:tt)*) => { entry!(@ F0 [] $($rest)*) };
    (F1 $($rest:tt)*) => { entry!(@ F1 [a: Value] $($rest)*) };
    (F2 $($rest:tt)*) => { entry!(@ F2 [a: Value, b: Value] $($rest)*) };
    (F3 $($rest:tt)*) => { entry!(@ F3 [a: Value, b: Value, c: Value] $($rest)*) };
    (F4 $($rest:tt)*) => { entry!(@ F4 [a: Value, b: Value, c: Value, d: Value] $($rest)*) };
    (F5 $($rest:tt)*) => { entry!(@ F5 [a: Value, b: Value, c: Value, d: Value, e: Value] $($rest)*) };
    (FN $($rest:tt)*) => { entry!(@ FN [first: *const Value, count: usize] $($rest)*) };
    (@ $code:ident [$($arg:ident: $type:ty),*] $f:path, $name:literal, [$($effect:ident)*]) => {{
        extern "C" fn entry(ctx: &mut Ctx $(, $arg: $type)*) -> Value {
            const MAY_RAISE: bool = Effects::empty()$(.union(Effects::$effect))*.contains(Effects::RAISE);
            defect::catch(ctx, $name, MAY_RAISE, |ctx| $f(ctx $(, $arg)*))
        }
        PrimCode::$code(entry)
    }};
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
            name: $name, min: $min, max: max!($($max)?), code: entry!($code $f, $name, [$($eff)*]),
            nary: nary!($($nary)?),
            effects: Effects::empty()$(.union(Effects::$eff))*, result: Type::$ty, function: stringify!($f),
        }),*];
        impl Prim {
            /// The primitive at a position of the table.
            pub fn from_index(i: usize) -> Prim { ALL[i] }
        }
    };
}

primitives! {
    /// Fails as a mistake in a primitive does, for tests of what happens then.
    Defect "%defect" 0..0, F0(defect::fail), [WRITE RAISE] -> OTHER;

    // Truth and identity. `%true?` is how the IR tests an arbitrary value.
    True "%true?" 1..1, F1(core::is_true), [] -> BOOLEAN;
    Eq "eq?" 2..2, F2(core::eq), [] -> BOOLEAN;
    Not "not" 1..1, F1(core::not), [] -> BOOLEAN;
    Eqv "eqv?" 2..2, F2(core::eqv), [] -> BOOLEAN;
    Equal "equal?" 2..2, F2(core::equal), [READ] -> BOOLEAN;
    IsProcedure "procedure?" 1..1, F1(core::is_procedure), [] -> BOOLEAN;
    Void "%void" 0..0, F0(record::void), [] -> OTHER;
    IsBoolean "boolean?" 1..1, F1(symbol::is_boolean), [] -> BOOLEAN;
    BooleanEq "boolean=?" 1.., F2(symbol::boolean_equal), [RAISE] -> BOOLEAN, Nary::Chain;

    // Pairs.
    Cons "cons" 2..2, F2(pair::cons), [ALLOC] -> PAIR;
    Car "car" 1..1, F1(pair::car), [READ RAISE] -> ANY;
    Cdr "cdr" 1..1, F1(pair::cdr), [READ RAISE] -> ANY;
    SetCar "set-car!" 2..2, F2(pair::set_car), [WRITE RAISE] -> OTHER;
    SetCdr "set-cdr!" 2..2, F2(pair::set_cdr), [WRITE RAISE] -> OTHER;
    IsPair "pair?" 1..1, F1(pair::is_pair), [] -> BOOLEAN;
    IsNull "null?" 1..1, F1(pair::is_null), [] -> BOOLEAN;

    // Lists.
    List "list" 0.., FN(pair::list), [ALLOC] -> LIST;
    MakeList "make-list" 1..2, F2(pair::make_list), [ALLOC RAISE] -> LIST;
    IsList "list?" 1..1, F1(pair::is_list), [READ] -> BOOLEAN;
    Length "length" 1..1, F1(pair::length), [READ RAISE] -> FIXNUM;
    ListTail "list-tail" 2..2, F2(pair::list_tail), [READ RAISE] -> ANY;
    ListRef "list-ref" 2..2, F2(pair::list_ref), [READ RAISE] -> ANY;
    ListSet "list-set!" 3..3, F3(pair::list_set), [READ WRITE RAISE] -> OTHER;
    ListCopy "list-copy" 1..1, F1(pair::list_copy), [ALLOC READ RAISE] -> ANY;
    LastPair "last-pair" 1..1, F1(pair::last_pair), [READ RAISE] -> PAIR;
    Append "append" 0.., FN(pair::append), [ALLOC READ RAISE] -> ANY;
    Reverse "reverse" 1..1, F1(pair::reverse), [ALLOC READ RAISE] -> LIST;
    AppendReverse "append-reverse" 2..2, F2(pair::append_reverse), [ALLOC READ RAISE] -> ANY;
    Memq "memq" 2..2, F2(pair::memq), [READ RAISE] -> ANY;
    Memv "memv" 2..2, F2(pair::memv), [READ RAISE] -> ANY;
    Member "%member" 2..2, F2(pair::member), [READ RAISE] -> ANY;
    Assq "assq" 2..2, F2(pair::assq), [READ RAISE] -> ANY;
    Assv "assv" 2..2, F2(pair::assv), [READ RAISE] -> ANY;
    Assoc "%assoc" 2..2, F2(pair::assoc), [READ RAISE] -> ANY;
    Caar "caar" 1..1, F1(pair::caar), [READ RAISE] -> ANY;
    Cadr "cadr" 1..1, F1(pair::cadr), [READ RAISE] -> ANY;
    Cdar "cdar" 1..1, F1(pair::cdar), [READ RAISE] -> ANY;
    Cddr "cddr" 1..1, F1(pair::cddr), [READ RAISE] -> ANY;

    // Symbols.
    IsSymbol "symbol?" 1..1, F1(symbol::is_symbol), [] -> BOOLEAN;
    SymbolEq "symbol=?" 1.., F2(symbol::equal), [RAISE] -> BOOLEAN, Nary::Chain;
    SymbolToString "symbol->string" 1..1, F1(symbol::to_string), [ALLOC RAISE] -> STRING;
    StringToSymbol "string->symbol" 1..1, F1(symbol::from_string), [READ RAISE] -> SYMBOL;
    Gensym "%gensym" 0..1, F1(symbol::generate), [ALLOC READ RAISE] -> SYMBOL;

    // Characters.
    IsChar "char?" 1..1, F1(char::is_char), [] -> BOOLEAN;
    CharToInteger "char->integer" 1..1, F1(char::to_integer), [RAISE] -> FIXNUM;
    IntegerToChar "integer->char" 1..1, F1(char::from_integer), [RAISE] -> CHAR;
    CharEq "char=?" 1.., F2(char::eq), [RAISE] -> BOOLEAN, Nary::Chain;
    CharLt "char<?" 1.., F2(char::lt), [RAISE] -> BOOLEAN, Nary::Chain;
    CharGt "char>?" 1.., F2(char::gt), [RAISE] -> BOOLEAN, Nary::Chain;
    CharLe "char<=?" 1.., F2(char::le), [RAISE] -> BOOLEAN, Nary::Chain;
    CharGe "char>=?" 1.., F2(char::ge), [RAISE] -> BOOLEAN, Nary::Chain;
    CharCiEq "char-ci=?" 1.., F2(char::ci_eq), [RAISE] -> BOOLEAN, Nary::Chain;
    CharCiLt "char-ci<?" 1.., F2(char::ci_lt), [RAISE] -> BOOLEAN, Nary::Chain;
    CharCiGt "char-ci>?" 1.., F2(char::ci_gt), [RAISE] -> BOOLEAN, Nary::Chain;
    CharCiLe "char-ci<=?" 1.., F2(char::ci_le), [RAISE] -> BOOLEAN, Nary::Chain;
    CharCiGe "char-ci>=?" 1.., F2(char::ci_ge), [RAISE] -> BOOLEAN, Nary::Chain;
    IsCharAlphabetic "char-alphabetic?" 1..1, F1(char::is_alphabetic), [RAISE] -> BOOLEAN;
    IsCharNumeric "char-numeric?" 1..1, F1(char::is_numeric), [RAISE] -> BOOLEAN;
    IsCharWhitespace "char-whitespace?" 1..1, F1(char::is_whitespace), [RAISE] -> BOOLEAN;
    IsCharUpperCase "char-upper-case?" 1..1, F1(char::is_upper_case), [RAISE] -> BOOLEAN;
    IsCharLowerCase "char-lower-case?" 1..1, F1(char::is_lower_case), [RAISE] -> BOOLEAN;
    CharUpcase "char-upcase" 1..1, F1(char::upcase), [RAISE] -> CHAR;
    CharDowncase "char-downcase" 1..1, F1(char::downcase), [RAISE] -> CHAR;
    CharFoldcase "char-foldcase" 1..1, F1(char::foldcase), [RAISE] -> CHAR;
    DigitValue "digit-value" 1..1, F1(char::digit_value), [RAISE] -> ANY;

    // Strings.
    IsString "string?" 1..1, F1(string::is_string), [] -> BOOLEAN;
    MakeString "make-string" 1..2, F2(string::make), [ALLOC RAISE] -> STRING;
    String "string" 0.., FN(string::string), [ALLOC RAISE] -> STRING;
    StringLength "string-length" 1..1, F1(string::length), [RAISE] -> FIXNUM;
    StringRef "string-ref" 2..2, F2(string::get), [READ RAISE] -> CHAR;
    StringSet "string-set!" 3..3, F3(string::set), [WRITE RAISE] -> OTHER;
    StringEq "string=?" 1.., F2(string::eq), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringLt "string<?" 1.., F2(string::lt), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringGt "string>?" 1.., F2(string::gt), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringLe "string<=?" 1.., F2(string::le), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringGe "string>=?" 1.., F2(string::ge), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringCiEq "string-ci=?" 1.., F2(string::ci_eq), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringCiLt "string-ci<?" 1.., F2(string::ci_lt), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringCiGt "string-ci>?" 1.., F2(string::ci_gt), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringCiLe "string-ci<=?" 1.., F2(string::ci_le), [READ RAISE] -> BOOLEAN, Nary::Chain;
    StringCiGe "string-ci>=?" 1.., F2(string::ci_ge), [READ RAISE] -> BOOLEAN, Nary::Chain;
    Substring "substring" 3..3, F3(string::substring), [ALLOC READ RAISE] -> STRING;
    StringAppend "string-append" 0.., FN(string::append), [ALLOC READ RAISE] -> STRING;
    StringCopy "string-copy" 1..3, F3(string::copy), [ALLOC READ RAISE] -> STRING;
    StringCopyInto "string-copy!" 3..5, F5(string::copy_into), [WRITE RAISE] -> OTHER;
    StringFill "string-fill!" 2..4, F4(string::fill), [WRITE RAISE] -> OTHER;
    StringToList "string->list" 1..3, F3(string::to_list), [ALLOC READ RAISE] -> LIST;
    ListToString "list->string" 1..1, F1(string::from_list), [ALLOC READ RAISE] -> STRING;
    StringToVector "string->vector" 1..3, F3(string::to_vector), [ALLOC READ RAISE] -> VECTOR;
    VectorToString "vector->string" 1..3, F3(string::from_vector), [ALLOC READ RAISE] -> STRING;
    StringUpcase "string-upcase" 1..1, F1(string::upcase), [ALLOC READ RAISE] -> STRING;
    StringDowncase "string-downcase" 1..1, F1(string::downcase), [ALLOC READ RAISE] -> STRING;
    StringFoldcase "string-foldcase" 1..1, F1(string::foldcase), [ALLOC READ RAISE] -> STRING;
    StringToUtf8 "string->utf8" 1..3, F3(string::to_utf8), [ALLOC READ RAISE] -> BYTEVECTOR;
    Utf8ToString "utf8->string" 1..3, F3(string::from_utf8), [ALLOC READ RAISE] -> STRING;
    StringIndex "%string-index" 2..4, F4(string::index), [READ RAISE] -> ANY;
    StringSearch "%string-search" 2..3, F3(string::search), [READ RAISE] -> ANY;

    // Vectors.
    IsVector "vector?" 1..1, F1(vector::is_vector), [] -> BOOLEAN;
    MakeVector "make-vector" 1..2, F2(vector::make), [ALLOC RAISE] -> VECTOR;
    Vector "vector" 0.., FN(vector::vector), [ALLOC] -> VECTOR;
    VectorLength "vector-length" 1..1, F1(vector::length), [RAISE] -> FIXNUM;
    VectorRef "vector-ref" 2..2, F2(vector::get), [READ RAISE] -> ANY;
    VectorSet "vector-set!" 3..3, F3(vector::set), [WRITE RAISE] -> OTHER;
    VectorToList "vector->list" 1..3, F3(vector::to_list), [ALLOC READ RAISE] -> LIST;
    ListToVector "list->vector" 1..1, F1(vector::from_list), [ALLOC READ RAISE] -> VECTOR;
    VectorFill "vector-fill!" 2..4, F4(vector::fill), [WRITE RAISE] -> OTHER;
    VectorCopy "vector-copy" 1..3, F3(vector::copy), [ALLOC READ RAISE] -> VECTOR;
    VectorCopyInto "vector-copy!" 3..5, F5(vector::copy_into), [WRITE RAISE] -> OTHER;
    VectorAppend "vector-append" 0.., FN(vector::append), [ALLOC READ RAISE] -> VECTOR;

    // Bytevectors.
    IsBytevector "bytevector?" 1..1, F1(vector::is_bytevector), [] -> BOOLEAN;
    MakeBytevector "make-bytevector" 1..2, F2(vector::make_bytes), [ALLOC RAISE] -> BYTEVECTOR;
    Bytevector "bytevector" 0.., FN(vector::bytevector), [ALLOC RAISE] -> BYTEVECTOR;
    BytevectorLength "bytevector-length" 1..1, F1(vector::bytes_length), [RAISE] -> FIXNUM;
    BytevectorRef "bytevector-u8-ref" 2..2, F2(vector::get_byte), [READ RAISE] -> FIXNUM;
    BytevectorSet "bytevector-u8-set!" 3..3, F3(vector::set_byte), [WRITE RAISE] -> OTHER;
    BytevectorCopy "bytevector-copy" 1..3, F3(vector::copy_bytes), [ALLOC READ RAISE] -> BYTEVECTOR;
    BytevectorCopyInto "bytevector-copy!" 3..5, F5(vector::copy_bytes_into), [WRITE RAISE] -> OTHER;
    BytevectorAppend "bytevector-append" 0.., FN(vector::append_bytes), [ALLOC READ RAISE] -> BYTEVECTOR;

    // Records: `(%record-ref record type index accessor-name)`.
    MakeRecordType "%make-record-type" 2..2, F2(record::make_type), [ALLOC RAISE] -> OTHER;
    Record "%record" 1.., FN(record::make), [ALLOC RAISE] -> OTHER;
    IsRecord "%record?" 2..2, F2(record::is_record), [] -> BOOLEAN;
    RecordRef "%record-ref" 4..4, F4(record::get), [READ RAISE] -> ANY;
    RecordSet "%record-set!" 5..5, F5(record::set), [WRITE RAISE] -> OTHER;

    // Promises.
    IsPromise "%promise?" 1..1, F1(record::is_promise), [] -> BOOLEAN;
    MakePromise "%make-promise" 2..2, F2(record::make_promise), [ALLOC] -> OTHER;
    PromiseDone "%promise-done?" 1..1, F1(record::promise_done), [READ RAISE] -> BOOLEAN;
    PromiseValue "%promise-value" 1..1, F1(record::promise_value), [READ RAISE] -> ANY;
    PromiseAdopt "%promise-adopt!" 2..2, F2(record::promise_adopt), [WRITE RAISE] -> OTHER;

    // Error objects.
    IsErrorObject "error-object?" 1..1, F1(record::is_condition), [] -> BOOLEAN;
    MakeCondition "%make-condition" 4..4, F4(record::make_condition), [ALLOC] -> OTHER;
    ErrorObjectMessage "error-object-message" 1..1, F1(record::condition_message), [RAISE] -> ANY;
    ErrorObjectIrritants "error-object-irritants" 1..1, F1(record::condition_irritants), [ALLOC RAISE] -> ANY;
    IsReadError "read-error?" 1..1, F1(record::is_read_error), [] -> BOOLEAN;
    IsFileError "file-error?" 1..1, F1(record::is_file_error), [] -> BOOLEAN;

    // Syntax objects.
    IsSyntax "syntax?" 1..1, F1(syntax::is_syntax), [] -> BOOLEAN;
    IsIdentifier "identifier?" 1..1, F1(syntax::is_identifier), [] -> BOOLEAN;
    SyntaxToDatum "syntax->datum" 1..1, F1(syntax::to_datum), [ALLOC READ RAISE] -> ANY;
    DatumToSyntax "datum->syntax" 2..2, F2(syntax::from_datum), [ALLOC READ WRITE RAISE] -> ANY;
    FreeIdentifierEq "free-identifier=?" 2..2, F2(syntax::free_equal), [READ RAISE] -> BOOLEAN;
    BoundIdentifierEq "bound-identifier=?" 2..2, F2(syntax::bound_equal), [READ RAISE] -> BOOLEAN;
    GenerateTemporaries "generate-temporaries" 1..1, F1(syntax::temporaries), [ALLOC READ WRITE RAISE] -> LIST;
    SyntaxViolation "syntax-violation" 3..4, F4(syntax::violation), [ALLOC READ RAISE] -> OTHER;
    SyntaxMatch "%syntax-match" 2..2, F2(syntax::matched), [ALLOC READ WRITE RAISE] -> ANY;
    SyntaxFill "%syntax-fill" 1.., FN(syntax::fill), [ALLOC READ WRITE RAISE] -> ANY;
    SyntaxToForm "%syntax->form" 2..2, F2(syntax::to_form), [ALLOC READ WRITE RAISE] -> ANY;

    // Ephemerons.
    MakeEphemeron "make-ephemeron" 2..2, F2(record::make_ephemeron), [ALLOC] -> OTHER;
    IsEphemeron "ephemeron?" 1..1, F1(record::is_ephemeron), [] -> BOOLEAN;
    EphemeronKey "ephemeron-key" 1..1, F1(record::ephemeron_key), [READ RAISE] -> ANY;
    EphemeronDatum "ephemeron-datum" 1..1, F1(record::ephemeron_datum), [READ RAISE] -> ANY;
    IsEphemeronBroken "ephemeron-broken?" 1..1, F1(record::is_ephemeron_broken), [READ RAISE] -> BOOLEAN;

    // End of file.
    EofObject "eof-object" 0..0, F0(record::eof_object), [] -> OTHER;
    IsEofObject "eof-object?" 1..1, F1(record::is_eof_object), [] -> BOOLEAN;

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
    IsReal "real?" 1..1, F1(number_test::real), [] -> BOOLEAN;
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
    Max "max" 1.., F2(number_test::max), [RAISE] -> REAL, Nary::FoldOr(Prim::MaxOfOne);
    MaxOfOne "%max-of-one" 1..1, F1(number_test::max_of_one), [RAISE] -> REAL;
    Min "min" 1.., F2(number_test::min), [RAISE] -> REAL, Nary::FoldOr(Prim::MinOfOne);
    MinOfOne "%min-of-one" 1..1, F1(number_test::min_of_one), [RAISE] -> REAL;
    Abs "abs" 1..1, F1(number_test::abs), [RAISE] -> REAL;
    RealPart "real-part" 1..1, F1(number_real::real_part), [RAISE] -> REAL;
    ImagPart "imag-part" 1..1, F1(number_real::imag_part), [RAISE] -> REAL;
    Magnitude "magnitude" 1..1, F1(number_real::magnitude), [RAISE] -> REAL;
    Angle "angle" 1..1, F1(number_real::angle), [RAISE] -> REAL;
    MakeRectangular "make-rectangular" 2..2, F2(number_real::make_rectangular), [RAISE] -> NUMBER;
    MakePolar "make-polar" 2..2, F2(number_real::make_polar), [RAISE] -> NUMBER;
    FloorQuotient "floor-quotient" 2..2, F2(number_integer::floor_quotient), [RAISE] -> REAL;
    FloorRemainder "floor-remainder" 2..2, F2(number_integer::floor_remainder), [RAISE] -> REAL;
    TruncateQuotient "truncate-quotient" 2..2, F2(number_integer::truncate_quotient), [RAISE] -> REAL;
    TruncateRemainder "truncate-remainder" 2..2, F2(number_integer::truncate_remainder), [RAISE] -> REAL;
    Quotient "quotient" 2..2, F2(number_integer::quotient), [RAISE] -> REAL;
    Remainder "remainder" 2..2, F2(number_integer::remainder), [RAISE] -> REAL;
    Modulo "modulo" 2..2, F2(number_integer::modulo), [RAISE] -> REAL;
    Gcd "gcd" 0.., F2(number_integer::gcd), [RAISE] -> REAL, Nary::Fold(0);
    Lcm "lcm" 0.., F2(number_integer::lcm), [RAISE] -> REAL, Nary::Fold(1);
    Numerator "numerator" 1..1, F1(number_real::numerator), [RAISE] -> REAL;
    Denominator "denominator" 1..1, F1(number_real::denominator), [RAISE] -> REAL;
    Floor "floor" 1..1, F1(number_real::floor), [RAISE] -> REAL;
    Ceiling "ceiling" 1..1, F1(number_real::ceiling), [RAISE] -> REAL;
    Truncate "truncate" 1..1, F1(number_real::truncate), [RAISE] -> REAL;
    Round "round" 1..1, F1(number_real::round), [RAISE] -> REAL;
    Rationalize "rationalize" 2..2, F2(number_real::rationalize), [RAISE] -> REAL;
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
    ExactIntegerSqrt "%exact-integer-sqrt" 1..1, F1(number_integer::exact_integer_sqrt), [RAISE] -> INTEGER;
    Expt "expt" 2..2, F2(number_real::expt), [RAISE] -> NUMBER;
    Exact "exact" 1..1, F1(number_real::exact), [RAISE] -> NUMBER;
    Inexact "inexact" 1..1, F1(number_real::inexact), [RAISE] -> NUMBER;
    // Its argument, of which the compiler is to know that it is a flonum.
    TheFlonum "%flonum" 1..1, F1(number_real::the_flonum), [RAISE] -> FLONUM;
    InexactToExact "inexact->exact" 1..1, F1(number_real::inexact_to_exact), [RAISE] -> NUMBER;
    ExactToInexact "exact->inexact" 1..1, F1(number_real::exact_to_inexact), [RAISE] -> NUMBER;
    NumberToString "number->string" 1..2, F2(number_real::number_to_string), [ALLOC RAISE] -> STRING;
    StringToNumber "string->number" 1..2, F2(number_real::string_to_number), [READ RAISE] -> ANY;
    BitwiseAnd "bitwise-and" 0.., F2(number_integer::bitwise_and), [RAISE] -> INTEGER, Nary::Fold(-1);
    BitwiseIor "bitwise-ior" 0.., F2(number_integer::bitwise_ior), [RAISE] -> INTEGER, Nary::Fold(0);
    BitwiseXor "bitwise-xor" 0.., F2(number_integer::bitwise_xor), [RAISE] -> INTEGER, Nary::Fold(0);
    BitwiseNot "bitwise-not" 1..1, F1(number_integer::bitwise_not), [RAISE] -> INTEGER;
    ArithmeticShift "arithmetic-shift" 2..2, F2(number_integer::arithmetic_shift), [RAISE] -> INTEGER;
    BitCount "bit-count" 1..1, F1(number_integer::bit_count), [RAISE] -> INTEGER;
    IntegerLength "integer-length" 1..1, F1(number_integer::integer_length), [RAISE] -> INTEGER;
    Random "random" 1..1, F1(number_real::random), [READ WRITE RAISE] -> REAL;

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
    Apply "apply" 2.., Control(dynamic::apply), [READ WRITE RAISE] -> ANY;
    Raise "raise" 1..1, F1(raise::raise), [WRITE RAISE] -> ANY;
    RaiseContinuable "raise-continuable" 1..1, Control(raise::raise_continuable), [READ WRITE RAISE] -> ANY;
    Error "error" 1.., FN(condition::error), [WRITE RAISE] -> ANY;
    WrongType "%wrong-type" 4..4, F4(condition::wrong_type), [WRITE RAISE] -> ANY;
    Handlers "%handlers" 0..0, F0(dynamic::handlers), [READ] -> LIST;
    SetHandlers "%set-handlers!" 1..1, F1(dynamic::set_handlers), [WRITE] -> OTHER;
    Winders "%winders" 0..0, F0(dynamic::winders), [READ] -> LIST;
    SetWinders "%set-winders!" 1..1, F1(dynamic::set_winders), [WRITE] -> OTHER;
    Parameters "%parameters" 0..0, F0(dynamic::parameters), [READ] -> LIST;
    SetParameters "%set-parameters!" 1..1, F1(dynamic::set_parameters), [WRITE] -> OTHER;
    MakeParameter "%make-parameter" 2..2, F2(parameter::make), [ALLOC] -> PROCEDURE;
    ParameterCell "%parameter-cell" 1..1, F1(parameter::cell), [RAISE] -> OTHER;
    ParameterConverter "%parameter-converter" 1..1, F1(parameter::converter), [RAISE] -> PROCEDURE;
    SetRewinder "%set-rewinder!" 1..1, F1(dynamic::set_rewinder), [WRITE] -> OTHER;
    ContinuationWinders "%continuation-winders" 1..1, F1(continuation::continuation_winders), [READ RAISE] -> LIST;
    Reinstate "%reinstate" 2..2, Control(continuation::reinstate), [READ WRITE RAISE] -> ANY;
    Exit "%exit" 0..1, Control(dynamic::exit), [WRITE IO] -> ANY;

    // What needs the compiler.
    Eval "eval" 2..2, Control(service::eval), [READ WRITE RAISE] -> ANY;
    Load "load" 1..2, Control(service::load), [READ WRITE RAISE] -> ANY;
    Environment "environment" 0.., Control(service::environment), [READ WRITE RAISE] -> OTHER;
    InteractionEnvironment "interaction-environment" 0..0, Control(service::interaction_environment), [READ WRITE RAISE] -> OTHER;
    SchemeReportEnvironment "scheme-report-environment" 1..1, Control(service::scheme_report_environment), [READ WRITE RAISE] -> OTHER;
    NullEnvironment "null-environment" 1..1, Control(service::null_environment), [READ WRITE RAISE] -> OTHER;

    // Hash tables.
    MakeTable "%make-table" 1..1, F1(hash::make), [ALLOC RAISE] -> OTHER;
    IsTable "%table?" 1..1, F1(hash::is_table), [] -> BOOLEAN;
    TableKind "%table-kind" 1..1, F1(hash::kind), [RAISE] -> SYMBOL;
    TableRef "%table-ref" 4..4, F4(hash::get), [READ WRITE RAISE] -> ANY;
    TableSet "%table-set!" 3..3, F3(hash::set), [WRITE RAISE] -> OTHER;
    TableDelete "%table-delete!" 2..2, F2(hash::delete), [WRITE RAISE] -> BOOLEAN;
    TableCount "%table-count" 1..1, F1(hash::count), [READ RAISE] -> FIXNUM;
    TableClear "%table-clear!" 1..1, F1(hash::clear), [WRITE RAISE] -> OTHER;
    TableCopy "%table-copy" 1..1, F1(hash::copy), [ALLOC READ RAISE] -> OTHER;
    TableToAlist "%table->alist" 1..1, F1(hash::to_alist), [ALLOC READ RAISE] -> LIST;
    TableKeys "%table-keys" 1..1, F1(hash::keys), [ALLOC READ RAISE] -> LIST;
    TableValues "%table-values" 1..1, F1(hash::values), [ALLOC READ RAISE] -> LIST;
    EqualHash "%equal-hash" 1..1, F1(hash::equal), [READ] -> FIXNUM;
    EqHash "%eq-hash" 1..1, F1(hash::eq), [] -> FIXNUM;
    StringHash "%string-hash" 1..1, F1(hash::string), [READ RAISE] -> FIXNUM;

    // Output.
    Display "display" 1..2, F2(io::display), [READ IO RAISE] -> OTHER;
    Write "write" 1..2, F2(io::write), [READ IO RAISE] -> OTHER;
    WriteShared "write-shared" 1..2, F2(io::write_shared), [READ IO RAISE] -> OTHER;
    WriteSimple "write-simple" 1..2, F2(io::write_simple), [READ IO RAISE] -> OTHER;
    Newline "newline" 0..1, F1(io::newline), [IO RAISE] -> OTHER;
    WriteChar "write-char" 1..2, F2(io::write_char), [IO RAISE] -> OTHER;
    WriteString "write-string" 1..4, F4(io::write_string), [READ IO RAISE] -> OTHER;
    WriteU8 "write-u8" 1..2, F2(io::write_u8), [IO RAISE] -> OTHER;
    WriteBytevector "write-bytevector" 1..4, F4(io::write_bytevector), [READ IO RAISE] -> OTHER;
    FlushOutputPort "flush-output-port" 0..1, F1(io::flush), [IO RAISE] -> OTHER;

    // Input.
    ReadChar "read-char" 0..1, F1(io::read_char), [IO RAISE] -> ANY;
    PeekChar "peek-char" 0..1, F1(io::peek_char), [IO RAISE] -> ANY;
    IsCharReady "char-ready?" 0..1, F1(io::is_char_ready), [IO RAISE] -> BOOLEAN;
    ReadLine "read-line" 0..1, F1(io::read_line), [ALLOC IO RAISE] -> ANY;
    ReadString "read-string" 1..2, F2(io::read_string), [ALLOC IO RAISE] -> ANY;
    ReadU8 "read-u8" 0..1, F1(io::read_u8), [IO RAISE] -> ANY;
    PeekU8 "peek-u8" 0..1, F1(io::peek_u8), [IO RAISE] -> ANY;
    IsU8Ready "u8-ready?" 0..1, F1(io::is_u8_ready), [IO RAISE] -> BOOLEAN;
    ReadBytevector "read-bytevector" 1..2, F2(io::read_bytevector), [ALLOC IO RAISE] -> ANY;
    ReadBytevectorInto "read-bytevector!" 1..4, F4(io::read_bytevector_into), [WRITE IO RAISE] -> ANY;
    Read "read" 0..1, F1(io::read), [ALLOC IO RAISE] -> ANY;

    // Ports.
    OpenInputFile "open-input-file" 1..1, F1(io::open_input_file), [ALLOC READ IO RAISE] -> OTHER;
    OpenBinaryInputFile "open-binary-input-file" 1..1, F1(io::open_binary_input_file), [ALLOC READ IO RAISE] -> OTHER;
    OpenOutputFile "open-output-file" 1..1, F1(io::open_output_file), [ALLOC READ IO RAISE] -> OTHER;
    OpenBinaryOutputFile "open-binary-output-file" 1..1, F1(io::open_binary_output_file), [ALLOC READ IO RAISE] -> OTHER;
    OpenInputString "open-input-string" 1..1, F1(io::open_input_string), [ALLOC READ RAISE] -> OTHER;
    OpenOutputString "open-output-string" 0..0, F0(io::open_output_string), [ALLOC] -> OTHER;
    OpenInputBytevector "open-input-bytevector" 1..1, F1(io::open_input_bytevector), [ALLOC READ RAISE] -> OTHER;
    OpenOutputBytevector "open-output-bytevector" 0..0, F0(io::open_output_bytevector), [ALLOC] -> OTHER;
    GetOutputString "get-output-string" 1..1, F1(io::get_output_string), [ALLOC IO RAISE] -> STRING;
    GetOutputBytevector "get-output-bytevector" 1..1, F1(io::get_output_bytevector), [ALLOC IO RAISE] -> BYTEVECTOR;
    IsPort "port?" 1..1, F1(io::is_port), [] -> BOOLEAN;
    IsInputPort "input-port?" 1..1, F1(io::is_input_port), [] -> BOOLEAN;
    IsOutputPort "output-port?" 1..1, F1(io::is_output_port), [] -> BOOLEAN;
    IsTextualPort "textual-port?" 1..1, F1(io::is_textual_port), [] -> BOOLEAN;
    IsBinaryPort "binary-port?" 1..1, F1(io::is_binary_port), [] -> BOOLEAN;
    IsInputPortOpen "input-port-open?" 1..1, F1(io::is_input_port_open), [IO RAISE] -> BOOLEAN;
    IsOutputPortOpen "output-port-open?" 1..1, F1(io::is_output_port_open), [IO RAISE] -> BOOLEAN;
    ClosePort "close-port" 1..1, F1(io::close), [IO RAISE] -> OTHER;
    CloseInputPort "close-input-port" 1..1, F1(io::close_input), [IO RAISE] -> OTHER;
    CloseOutputPort "close-output-port" 1..1, F1(io::close_output), [IO RAISE] -> OTHER;
    PortCell "%port-cell" 1..1, F1(io::port_cell), [RAISE] -> OTHER;

    // Files and process. `current-jiffy` counts nanoseconds.
    IsFileExists "file-exists?" 1..1, F1(system::file_exists), [READ IO RAISE] -> BOOLEAN;
    DeleteFile "delete-file" 1..1, F1(system::delete_file), [READ IO RAISE] -> OTHER;
    CommandLine "command-line" 0..0, F0(system::command_line), [ALLOC IO] -> LIST;
    GetEnvironmentVariable "get-environment-variable" 1..1, F1(system::environment_variable), [ALLOC READ IO RAISE] -> ANY;
    GetEnvironmentVariables "get-environment-variables" 0..0, F0(system::environment_variables), [ALLOC IO] -> LIST;
    CurrentSecond "current-second" 0..0, F0(system::current_second), [ALLOC IO] -> FLONUM;
    CurrentJiffy "current-jiffy" 0..0, F0(system::current_jiffy), [IO] -> FIXNUM;
    JiffiesPerSecond "jiffies-per-second" 0..0, F0(system::jiffies_per_second), [] -> FIXNUM;
    Features "features" 0..0, F0(system::features), [ALLOC] -> LIST;
}
