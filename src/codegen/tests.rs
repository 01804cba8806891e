//! Programs in CPS text, converted, compiled, run.

use super::*;
use crate::jit::{Jit, Level};
use crate::reader;
use crate::reader::datum::{Data, DatumKind};
use crate::source::{FileId, SourceMap};
use crate::{closure, cps};
use kestrel_runtime::Ctx;
use kestrel_runtime::abi::REG_DOUBLES;
use kestrel_runtime::control::{Leave, Options};
use kestrel_runtime::print::{Mode, to_string};
use kestrel_runtime::unit::UnitInfo;

pub(super) struct Machine {
    pub ctx: Box<Ctx>,
    jit: Jit,
    units: Vec<crate::jit::CompiledUnit>,
}

impl Machine {
    pub(super) fn new() -> Machine {
        let options = Options { max_heap: 1 << 28, nursery: 1 << 20, ..Options::default() };
        Machine { ctx: Ctx::new(options), jit: Jit::new().expect("jit"), units: Vec::new() }
    }

    pub(super) fn program(&mut self, text: &str) -> Program {
        let mut data = Data::new();
        let roots = reader::read_all(FileId(0), text, &mut data).unwrap_or_else(|_| panic!("unreadable: {text}"));
        let ctx = &mut self.ctx;
        let mut quote = |data: &Data, d| match &data[d].kind {
            DatumKind::Number(text) => kestrel_runtime::number::parse(ctx, text, 10),
            DatumKind::String(text) => Some(ctx.static_string(text)),
            _ => None,
        };
        let program = cps::parse::parse(&data, roots[0], &mut SourceMap::default(), &mut quote).expect("parses");
        closure::convert::convert(&program, program.entry.expect("an entry"))
    }

    /// The values, written; or how it was left.
    pub(super) fn run(&mut self, text: &str, level: Level) -> String {
        let program = self.program(text);
        let number = self.ctx.register_unit(UnitInfo::default());
        let context = Context::new();
        let unit = compile(&context, &program, number, program.codes.indices().collect()).expect("compiles");
        if let Err(e) = unit.module.verify() {
            panic!("{}\n{}", e.to_string(), unit.module.print_to_string().to_string());
        }
        self.jit.optimize(&unit.module, level).expect("optimizes");
        let mut compiled = self.jit.load(&context, &unit.module, &unit.descriptor, level).expect("loads");
        let address = |c: CodeId| compiled.codes()[unit.codes.iter().position(|&d| c == d).expect("compiled")];
        let values: Vec<Value> = unit
            .constants
            .iter()
            .map(|c| match *c {
                Constant::Value(v) => v,
                Constant::Prim(p) => self.ctx.prim_procedure(p),
                Constant::Closure(c) => self.ctx.static_closure(address(c), &[]),
                Constant::Code(c) => Value(address(c) as u64),
            })
            .collect();
        let entry = self.ctx.static_closure(address(program.entry), &[]);
        values.into_iter().enumerate().for_each(|(i, v)| compiled.set_constant(i, v));
        self.units.push(compiled);
        match self.ctx.enter(entry, &[]) {
            Ok(values) => values.iter().map(|v| to_string(&self.ctx, *v, Mode::Write)).collect::<Vec<_>>().join(" "),
            Err(Leave::Uncaught(_)) => "uncaught".into(),
            Err(other) => format!("{other:?}"),
        }
    }
}

fn check(text: &str, expected: &str) {
    for level in [Level::Quick, Level::Good] {
        assert_eq!(Machine::new().run(text, level), expected, "at {level:?}");
    }
}

const FIB: &str = "
  (program (fun main k0 (()
    (letfun ((fun fib kf ((n)
       (letcont ((cont base () (continue kf n))
                 (cont step () (let m (- n 1)
                   (letcont ((cont k1 (a) (let l (- n 2)
                       (letcont ((cont k2 (b) (let s (+ a b) (continue kf s)))) (call fib (l) k2)))))
                     (call fib (m) k1)))))
         (branch (< n 2) base step)))))
      (call fib (20) k0)))))";

#[test]
fn fib() {
    check(FIB, "6765");
}

/// `(prim argument …)` with variables for arguments, as a value, and as a branch where the answer is a boolean.
fn apply(prim: &str, arguments: &[&str]) -> String {
    let names: Vec<String> = (0..arguments.len()).map(|i| format!("x{i}")).collect();
    let (names, values) = (names.join(" "), arguments.join(" "));
    let of = |body: String| {
        format!("(program (fun main k0 (() (letfun ((fun f kf (({names}) {body}))) (call f ({values}) k0)))))")
    };
    let value = of(format!("(let v ({prim} {names}) (continue kf v))"));
    let mut machine = Machine::new();
    let answer = machine.run(&value, Level::Good);
    assert_eq!(machine.run(&value, Level::Quick), answer);
    if answer == "#t" || answer == "#f" {
        let branch = format!(
            "(letcont ((cont yes () (continue kf #t)) (cont no () (continue kf #f))) (branch ({prim} {names}) yes no))"
        );
        assert_eq!(machine.run(&of(branch), Level::Good), answer, "{prim} in a branch");
    }
    answer
}

#[test]
fn primitives_inline_and_slow() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("+", &["1", "2"], "3"),
        ("+", &["1152921504606846975", "1"], "1152921504606846976"),
        ("+", &["1.5", "2"], "3.5"),
        ("+", &["'a", "2"], "uncaught"),
        ("-", &["1", "2"], "-1"),
        ("-", &["-1152921504606846976", "1"], "-1152921504606846977"),
        ("*", &["-7", "6"], "-42"),
        ("*", &["1152921504606846975", "2"], "2305843009213693950"),
        ("%negate", &["5"], "-5"),
        ("%negate", &["-1152921504606846976"], "1152921504606846976"),
        ("abs", &["-5"], "5"),
        ("max", &["3", "-4"], "3"),
        ("min", &["3", "-4"], "-4"),
        ("quotient", &["-7", "2"], "-3"),
        ("quotient", &["-1152921504606846976", "-1"], "1152921504606846976"),
        ("quotient", &["1", "0"], "uncaught"),
        ("remainder", &["-7", "2"], "-1"),
        ("modulo", &["-7", "2"], "1"),
        ("modulo", &["7", "-2"], "-1"),
        ("modulo", &["-8", "2"], "0"),
        ("bitwise-and", &["12", "10"], "8"),
        ("bitwise-ior", &["12", "10"], "14"),
        ("bitwise-xor", &["12", "10"], "6"),
        ("bitwise-not", &["12"], "-13"),
        ("=", &["3", "3"], "#t"),
        ("=", &["3", "3.0"], "#t"),
        ("<", &["-3", "3"], "#t"),
        ("<", &["3", "2.5"], "#f"),
        (">=", &["3", "4"], "#f"),
        ("<", &["3", "'a"], "uncaught"),
        ("zero?", &["0"], "#t"),
        ("zero?", &["0.0"], "#t"),
        ("negative?", &["-1"], "#t"),
        ("positive?", &["-1"], "#f"),
        ("odd?", &["-3"], "#t"),
        ("even?", &["-3"], "#f"),
        ("integer?", &["3"], "#t"),
        ("integer?", &["3.5"], "#f"),
        ("eqv?", &["1e300", "1e300"], "#t"),
        ("eqv?", &["'a", "'b"], "#f"),
        ("eq?", &["'a", "'a"], "#t"),
        ("not", &["#f"], "#t"),
        ("pair?", &["()"], "#f"),
        ("null?", &["()"], "#t"),
        ("symbol?", &["'a"], "#t"),
        ("boolean?", &["#t"], "#t"),
        ("boolean?", &["()"], "#f"),
        ("char?", &["#\\a"], "#t"),
        ("char<?", &["#\\a", "#\\b"], "#t"),
        ("char=?", &["#\\a", "1"], "uncaught"),
        ("char->integer", &["#\\A"], "65"),
        ("string?", &["'\"abc\""], "#t"),
        ("vector?", &["'\"abc\""], "#f"),
        ("string-length", &["'\"abc\""], "3"),
        ("string-ref", &["'\"abc\"", "1"], "#\\b"),
        ("string-ref", &["'\"aλc\"", "1"], "#\\λ"),
        ("string-ref", &["'\"abc\"", "3"], "uncaught"),
        ("car", &["1"], "uncaught"),
        ("cadr", &["'a"], "uncaught"),
        ("procedure?", &["(prim car)"], "#t"),
    ];
    for (prim, arguments, expected) in cases {
        assert_eq!(apply(prim, arguments), *expected, "({prim} {arguments:?})");
    }
}

#[test]
fn a_loop_polls_keeps_its_values_and_allocates() {
    // Sums to 3 * 200000 and conses a pair in every round, so the nursery runs full many times.
    check(
        "(program (fun main k0 (() (letcont ((cont loop (i s p)
            (letcont ((cont done () (let d (cdr p) (let r (+ s d) (continue k0 r))))
                      (cont next () (let j (- i 1) (let a (car p) (let t (+ s a) (let q (cons a s) (let z (cons 3 0)
                         (continue loop j t z))))))))
              (branch (= i 0) done next))))
          (let p0 (cons 3 0) (continue loop 200000 0 p0))))))",
        "600000",
    );
}

#[test]
fn closures_capture_and_are_called_unknown() {
    check(
        "(program (fun main k0 (()
           (letfun ((fun adder ka ((n) (letfun ((fun add kb ((x) (let s (+ x n) (continue kb s))))) (continue ka add)))))
             (letcont ((cont got (f) (letcont ((cont got2 (g) (letcont ((cont k3 (y) (call g (y) k0))) (call f (10) k3))))
                         (call adder (100) got2))))
               (call adder (1) got))))))",
        "111",
    );
}

#[test]
fn rest_arguments_make_lists() {
    let with = |args: &str| {
        format!(
            "(program (fun main k0 (() (letfun ((fun f kf ((a . r) (let p (cons a r) (continue kf p)))))
               (letcont ((cont go (g) (call g ({args}) k0))) (letfun ((fun id ki ((x) (continue ki x)))) (call id (f) go)))))))"
        )
    };
    check(&with("1"), "(1)");
    check(&with("1 2 3"), "(1 2 3)");
    check(&with("1 2 3 4 5 6 7 8 9"), "(1 2 3 4 5 6 7 8 9)");
    check(&with(""), "uncaught");
}

#[test]
fn more_than_six_arguments() {
    check(
        "(program (fun main k0 (() (letfun ((fun f kf ((a b c d e f6 g h i) (let s (list a b c d e f6 g h i) (continue kf s)))))
            (letcont ((cont go (g0) (letcont ((cont k1 (x) (letcont ((cont k2 (y) (let p (cons x y) (continue k0 p))))
                                                            (call f (9 8 7 6 5 4 3 2 1) k2))))
                         (call g0 (1 2 3 4 5 6 7 8 9) k1))))
             (letfun ((fun id ki ((x9) (continue ki x9)))) (call id (f) go)))))))",
        "((1 2 3 4 5 6 7 8 9) 9 8 7 6 5 4 3 2 1)",
    );
}

#[test]
fn several_values_reach_return_points() {
    let with = |values: &str, cont: &str| {
        format!(
            "(program (fun main k0 (() (letfun ((fun f kf (() (continue kf {values})))
                                                (fun id ki ((x) (continue ki x))))
               (letcont ((cont go (g) (letcont ({cont}) (call g () k1)))) (call id (f) go))))))"
        )
    };
    let three = "(cont k1 (a b c) (let l (list a b c) (continue k0 l)))";
    check(&with("1 2 3", three), "(1 2 3)");
    check(&with("1 2", three), "uncaught");
    check(&with("1", three), "uncaught");
    let rest = "(cont k1 (a . r) (let l (list a r) (continue k0 l)))";
    check(&with("1 2 3 4 5 6 7 8", rest), "(1 (2 3 4 5 6 7 8))");
    check(&with("1", rest), "(1 ())");
    check(&with("", rest), "uncaught");
    check(&with("1 2 3", "(cont k1 (a) (continue k0 a))"), "uncaught");
    for values in ["", "1", "1 2"] {
        check(&with(values, "(cont k1 _ (continue k0 7))"), "7");
    }
    check(&with("1 2", "(cont k1 (a . _) (continue k0 a))"), "1");
    check(&with("", "(cont k1 (a . _) (continue k0 a))"), "uncaught");
    check(&with("1 2 3", "(cont k1 () (continue k0 7))"), "uncaught");
}

#[test]
fn errors_of_calls_are_raised() {
    let main = |body: &str| format!("(program (fun main k0 (() (letfun ((fun id ki ((x) (continue ki x)))) {body}))))");
    check(&main("(letcont ((cont go (g) (call g () k0))) (call id (5) go))"), "uncaught");
    check(&main("(letcont ((cont go (g) (call g () k0))) (call id (id) go))"), "uncaught");
}

#[test]
fn recursion_a_hundred_thousand_deep() {
    check(
        "(program (fun main k0 (() (letfun ((fun count kc ((n)
            (letcont ((cont base () (continue kc 0))
                      (cont step () (let m (- n 1) (letcont ((cont back (r) (let s (+ r 1) (continue kc s)))) (call count (m) back)))))
              (branch (= n 0) base step))))) (call count (100000) k0)))))",
        "100000",
    );
}

/// The table in `abi`: LLVM does not promise these registers, and the assembly thunks rely on them.
#[test]
fn registers_are_those_of_the_contract() {
    let registers = ["r12", "r13", "r14", "r15", "rdi", "rsi", "rdx", "rcx", "r8", "r9", "r11"];
    let context = Context::new();
    let empty = Program { codes: Default::default(), entry: CodeId(0) };
    let unit = unit::UnitBuilder::new(&context, &empty, 1, &[]).expect("a unit");
    let function = unit.add_function("f");
    let table = unit.module.add_global(unit.word.array_type(15), None, "g");
    unit.builder.position_at_end(context.llvm().append_basic_block(function, ""));
    for (i, parameter) in function.get_param_iter().enumerate() {
        let slot = table.as_pointer_value().const_to_int(unit.word).const_add(unit.word.const_int(8 * i as u64, false));
        let slot = unit.builder.build_int_to_ptr(slot, unit.pointer, "").expect("a pointer");
        unit.builder.build_store(slot, parameter).expect("a store");
    }
    unit.builder.build_return(None).expect("a return");
    let user = unit.module.add_global(unit.pointer, None, "user");
    user.set_initializer(&function.as_global_value().as_pointer_value());
    let jit = Jit::new().expect("jit");
    jit.optimize(&unit.module, Level::Quick).expect("optimizes");
    let asm = jit.assembly(&unit.module, Level::Quick).expect("assembles");
    for (i, register) in registers.iter().enumerate() {
        let stores = |line: &str| line.contains(&format!("movq\t%{register}, {}(%rax)", 8 * i).replace(" 0(", " ("));
        assert!(asm.lines().any(stores), "parameter {i} is not in {register}:\n{asm}");
    }
    for i in 0..REG_DOUBLES {
        assert!(asm.contains(&format!("%xmm{i}, {}(%rax)", 88 + 8 * i)), "double {i} is not in xmm{i}:\n{asm}");
    }
}
