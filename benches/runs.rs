//! Run times in-process, under each tier: procedures that were compiled before, called by `Engine::eval`.
//!
//! Under `--tier=llvm` the call itself, `(run)`, is compiled each time, which is about a millisecond or two; the others interpret it.

use criterion::{Criterion, criterion_group, criterion_main};
use kestrel::engine::{Engine, Options, Tier};

/// Names, definitions of `run`, and the answers.
const PROGRAMS: &[(&str, &str, &str)] = &[
    (
        "fib",
        "(define run
           (let ()
             (define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
             (lambda () (fib 25))))",
        "75025",
    ),
    (
        "vector-sum",
        "(define run
           (let ((v (make-vector 100000 3)))
             (lambda ()
               (do ((i 0 (+ i 1)) (sum 0 (+ sum (vector-ref v i))))
                   ((= i (vector-length v)) sum)))))",
        "300000",
    ),
    (
        "floats",
        "(define (run)
           (do ((i 0 (+ i 1)) (x 0.0 (+ (* x 0.5) 1.0)))
               ((= i 100000) (round x))))",
        "2.0",
    ),
    (
        "lists",
        "(define (run)
           (let loop ((i 0) (l '()))
             (if (= i 50000)
                 (apply + (map (lambda (x) (* 2 x)) (reverse l)))
                 (loop (+ i 1) (cons i l)))))",
        "2499950000",
    ),
    (
        "generator",
        "(define run
           (let ()
             (define (items resume)
               (for-each (lambda (x) (call/cc (lambda (k) (resume x k)))) '(1 2 3 4 5))
               (resume 0 #f))
             (define (sum)
               (let ((answer 0))
                 (let ((next (call/cc (lambda (return) (items (lambda (x k) (set! answer (+ answer x)) (if k (k #t) (return #f))))))))
                   answer)))
             (lambda ()
               (do ((i 0 (+ i 1)) (total 0 (+ total (sum)))) ((= i 2000) total)))))",
        "30000",
    ),
    (
        "bignums",
        "(define (run)
           (do ((i 1 (+ i 1)) (x 1 (* x i)))
               ((> i 300) (modulo x 1000003))))",
        "943844",
    ),
];

fn runs(c: &mut Criterion) {
    for &(name, definition, answer) in PROGRAMS {
        let mut group = c.benchmark_group(name);
        group.sample_size(20);
        for (tier_name, tier) in [("baseline", Tier::Baseline), ("llvm", Tier::Llvm), ("auto", Tier::Auto)] {
            let mut engine = Engine::new(Options { tier, ..Options::default() }).expect("an engine");
            let mut eval = |text: &str| match engine.eval("bench", text) {
                Ok(values) => values,
                Err(failure) => panic!("{name}: {}", engine.render(&failure)),
            };
            eval(definition);
            assert_eq!(eval("(run)"), [answer], "{name}");
            group.bench_function(tier_name, |b| b.iter(|| eval("(run)")));
        }
        group.finish();
    }
}

criterion_group!(benches, runs);
criterion_main!(benches);
