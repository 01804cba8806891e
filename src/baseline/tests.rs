//! Programs in the text of first-order CPS, run by the baseline.

use super::{Closures, Pool, Unit, install};
use crate::arena::IndexVec;
use crate::closure::ir::{Code, CodeId, CodeKind};
use crate::closure::{parse, verify};
use kestrel_runtime::control::{Leave, Options};
use kestrel_runtime::{Ctx, Value};

fn run(options: Options, text: &str) -> Result<Vec<Value>, Leave> {
    let program = parse::program(text);
    verify::verify(&program).expect("a sound program");
    let mut ctx = Ctx::new(options);
    install(&mut ctx);
    let number = ctx.register_unit(Default::default());
    let unit = Unit::new(&ctx, &Pool::default(), &program, number, None).expect("prepared");
    let closure = |(id, code): (CodeId, &Code)| match code.kind {
        CodeKind::Procedure { free: 0, .. } => ctx.static_closure(unit.address(id), &[]),
        _ => Value::FALSE,
    };
    let closures: IndexVec<CodeId, Value> = program.codes.enumerate().map(closure).collect();
    let entry = closures[program.entry];
    unit.link(Closures::Static(closures));
    ctx.enter(entry, &[])
}

/// A program's values, which are fixnums, with a small nursery.
fn value(text: &str) -> Vec<i64> {
    fixnums(Options { nursery: 1 << 18, verify_heap: true, ..Options::default() }, text)
}

/// The same, and once more with a collection at every safepoint.
fn value_under_stress(text: &str) -> Vec<i64> {
    let values = value(text);
    assert_eq!(fixnums(Options { gc_stress: true, verify_heap: true, ..Options::default() }, text), values);
    values
}

fn fixnums(options: Options, text: &str) -> Vec<i64> {
    let values = run(options, text).unwrap_or_else(|e| panic!("{e:?}"));
    values.iter().map(|v| v.as_fixnum().expect("a fixnum")).collect()
}

const START: &str = "(program main (procedure main 0 (0 #f start))";

#[test]
fn recursion() {
    let fib = "(direct fib (n) (block b0 () (branch (< n 2) b1 b2)) (block b1 () (return n))
                 (block b2 () (let m (- n 1)) (call (code fib) (m) left (n))))
               (return left (a) (n) (block b0 () (let m (- n 2)) (call (code fib) (m) right (a))))
               (return right (b) (a) (block b0 () (let s (+ a b)) (return s)))";
    let text = format!("{START} (direct start () (block b0 () (tail-call (code fib) 20))) {fib})");
    assert_eq!(value(&text), [6765]);
}

#[test]
fn deep_recursion() {
    let sum = "(direct sum (n) (block b0 () (branch (= n 0) b1 b2)) (block b1 () (return 0))
                 (block b2 () (let m (- n 1)) (call (code sum) (m) back (n))))
               (return back (a) (n) (block b0 () (let s (+ a n)) (return s)))";
    let text = format!("{START} (direct start () (block b0 () (tail-call (code sum) 1000000))) {sum})");
    assert_eq!(value(&text), [500_000_500_000]);
}

#[test]
fn loops_poll_and_keep_what_is_live() {
    let text = format!(
        "{START} (direct start ()
           (block b0 () (let p (cons 1 2)) (jump b1 0 0))
           (block b1 (i list) (branch (= i LIMIT) b2 b3))
           (block b3 () (let j (+ i 1)) (let l (cons i list)) (jump b1 j l))
           (block b2 () (let f (car list)) (let x (cdr p)) (return f x))))"
    );
    assert_eq!(value(&text.replace("LIMIT", "100000")), [99_999, 2]);
    assert_eq!(value_under_stress(&text.replace("LIMIT", "100")), [99, 2]);
}

#[test]
fn closures_with_many_arguments_and_free_variables() {
    let text = format!(
        "{START} (direct start () (block b0 ()
             (let c (closure p 100 200))
             (call c (1 2 3 4 5 6 7 8) back (c))))
         (return back (v) (c) (block b0 () (tail-call c v 1)))
         (procedure p 2 (8 #f eight) (2 #f two))
         (direct eight self (a b c d e f g h) (block b0 ()
             (let x (closure-ref self 0)) (let s (+ x h)) (let t (- s g)) (let u (+ t a)) (return u)))
         (direct two self (a b) (block b0 () (let x (closure-ref self 1)) (let s (+ x a)) (return s))))"
    );
    assert_eq!(value_under_stress(&text), [302]);
}

#[test]
fn mutual_recursion_through_closures() {
    let text = format!(
        "{START} (direct start () (block b0 ()
             (let e (closure even 0)) (let o (closure odd e)) (let u (closure-set! e 0 o))
             (tail-call e 100001)))
         (procedure even 1 (1 #f even?)) (procedure odd 1 (1 #f odd?))
         (direct even? self (n) (block b0 () (branch (= n 0) b1 b2)) (block b1 () (return 1))
             (block b2 () (let f (closure-ref self 0)) (let m (- n 1)) (tail-call f m)))
         (direct odd? self (n) (block b0 () (branch (= n 0) b1 b2)) (block b1 () (return 0))
             (block b2 () (let f (closure-ref self 0)) (let m (- n 1)) (tail-call f m))))"
    );
    assert_eq!(value(&text), [0]);
}

#[test]
fn rest_lists_and_multiple_values() {
    let text = format!(
        "{START} (direct start () (block b0 () (call (proc list) (1 2 3 4 5 6 7 8 9) one ())))
         (return one (l) () (block b0 () (call (code eight) () eight-back (l))))
         (direct eight () (block b0 () (return 1 2 3 4 5 6 7 8)))
         (return eight-back (a . r) (l) (block b0 () (call (code none) () none-back (l r))))
         (direct none () (block b0 () (return)))
         (return none-back _ (l r) (block b0 () (call (code six) () six-back (l r))))
         (direct six () (block b0 () (return 6)))
         (return six-back _ (l r) (block b0 ()
             (let x (car l)) (let m (cdr l)) (let y (car m)) (let z (car r)) (return x y z)))
         (procedure list 0 (0 #f nothing) (1 #t listed))
         (direct nothing () (block b0 () (return '())))
         (direct listed (a r) (block b0 () (return r))))"
    );
    assert_eq!(value_under_stress(&text), [2, 3, 2]);
}

#[test]
fn primitives_and_control_procedures_are_called() {
    let text = format!(
        "{START} (direct start () (block b0 () (call (prim +) (1 2 3) sum ())))
         (return sum (v) () (block b0 () (call (prim call/cc) ((proc escape)) back (v))))
         (return back (w) (v) (block b0 () (let s (+ v w)) (tail-call (prim values) s w)))
         (procedure escape 0 (1 #f escaped))
         (direct escaped (k) (block b0 () (call k (40) never ())))
         (return never (v) () (block b0 () (return 0))))"
    );
    assert_eq!(value_under_stress(&text), [46, 40]);
}

#[test]
fn errors_are_raised() {
    for body in [
        "(block b0 () (let x (car 5)) (return x))",
        "(block b0 () (branch (< 1 'a) b1 b1)) (block b1 () (return 0))",
        "(block b0 () (tail-call 5 1))",
        "(block b0 () (call 5 (1) r ()))",
        "(block b0 () (tail-call (proc main) 1))",
        "(block b0 () (call (code two) () r ()))",
    ] {
        let text = format!(
            "{START} (direct start () {body})
             (direct two () (block b0 () (return 1 2)))
             {})",
            if body.contains("(call ") { "(return r (v) () (block b0 () (return v)))" } else { "" }
        );
        assert!(matches!(run(Options::default(), &text), Err(Leave::Uncaught(_))), "{body}");
    }
}
