//! Kestrel as a crate: values, failures as values, and several engines in one process.

use kestrel::engine::{Engine, Failure, Options, Tier};
use libtest_mimic::{Failed, Trial};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A name and what it stands for.
type Test = (&'static str, fn(Tier) -> Result<(), Failed>);

/// One test for each promise of the interface and each tier.
pub fn trials() -> Vec<Trial> {
    let tests: [Test; 11] = [
        ("values", values),
        ("definitions stay", definitions_stay),
        ("engines share nothing", engines_share_nothing),
        ("engines in threads", engines_in_threads),
        ("failures", failures),
        ("positions", positions),
        ("backtraces", backtraces),
        ("memory limit", memory_limit),
        ("interrupts", interrupts),
        ("eval inside", eval_inside),
        ("macros", macros),
    ];
    let mut trials = Vec::new();
    for (name, test) in tests {
        for tier in [Tier::Baseline, Tier::Llvm, Tier::Auto] {
            let name = format!("embed/{name} {}", format!("{tier:?}").to_lowercase());
            trials.push(Trial::test(name, move || test(tier)));
        }
    }
    trials
}

fn engine(tier: Tier) -> Result<Engine, Failed> {
    Ok(Engine::new(Options { tier, ..Options::default() })?)
}

/// Evaluates a text that must have these values.
fn expect(engine: &mut Engine, text: &str, wanted: &[&str]) -> Result<(), Failed> {
    match engine.eval("test", text) {
        Ok(values) if values == wanted => Ok(()),
        Ok(values) => Err(format!("{text} is {values:?} instead of {wanted:?}").into()),
        Err(failure) => Err(format!("{text}: {}", engine.render(&failure)).into()),
    }
}

/// Evaluates a text that must fail.
fn fail(engine: &mut Engine, text: &str) -> Result<Failure, Failed> {
    match engine.eval("test", text) {
        Ok(values) => Err(format!("{text} is {values:?} instead of a failure").into()),
        Err(failure) => Ok(failure),
    }
}

fn unexpected<T>(failure: &Failure) -> Result<T, Failed> {
    Err(format!("the failure is {failure:?}").into())
}

fn values(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    expect(&mut engine, "(map (lambda (x) (* x x)) '(1 2 3))", &["(1 4 9)"])?;
    expect(&mut engine, "(values 1 \"two\" #\\3)", &["1", "\"two\"", "#\\3"])?;
    expect(&mut engine, "(values)", &[])?;
    expect(&mut engine, "1 2 3", &["3"])?;
    expect(&mut engine, "(if #f #f)", &[])?;
    expect(&mut engine, "", &[])
}

fn definitions_stay(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    expect(&mut engine, "(define (twice f) (lambda (x) (f (f x)))) (define n 1)", &[])?;
    expect(&mut engine, "(set! n (+ n 1)) ((twice (lambda (x) (* x n))) 5)", &["20"])?;
    expect(&mut engine, "(define (twice f) f) ((twice (lambda (x) (* x n))) 5)", &["10"])?;
    expect(&mut engine, "(define-syntax swap! (syntax-rules () ((_ a b) (let ((t a)) (set! a b) (set! b t)))))", &[])?;
    expect(&mut engine, "(define t 7) (swap! t n) (list t n)", &["(2 7)"])?;
    if engine.names().iter().any(|name| name == "twice") {
        Ok(())
    } else {
        Err("`twice` is not among the names in scope".into())
    }
}

fn engines_share_nothing(tier: Tier) -> Result<(), Failed> {
    let (mut one, mut two) = (engine(tier)?, engine(tier)?);
    expect(&mut one, "(define x 1)", &[])?;
    expect(&mut two, "(define x 2)", &[])?;
    expect(&mut one, "(define (car l) (cdr l)) (list x (car '(1 2)))", &["(1 (2))"])?;
    expect(&mut two, "(list x (car '(1 2)))", &["(2 1)"])?;
    drop(one);
    expect(&mut two, "(let loop ((i 0) (l '())) (if (= i 100000) (length l) (loop (+ i 1) (cons i l))))", &["100000"])
}

fn engines_in_threads(tier: Tier) -> Result<(), Failed> {
    let threads: Vec<_> = (0..3)
        .map(|i| {
            std::thread::spawn(move || {
                let mut engine = engine(tier).map_err(|_| "no engine".to_owned())?;
                let text = format!(
                    "(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (cons (fib 1{i}) 'symbol-{i})"
                );
                engine.eval("test", &text).map_err(|failure| engine.render(&failure))
            })
        })
        .collect();
    for (thread, wanted) in threads.into_iter().zip(["(55 . symbol-0)", "(89 . symbol-1)", "(144 . symbol-2)"]) {
        let values = thread.join().map_err(|_| "a thread panicked")??;
        if values != [wanted] {
            return Err(format!("{values:?} instead of {wanted}").into());
        }
    }
    Ok(())
}

fn failures(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    match fail(&mut engine, "(display (car '(1)) (car 5))")? {
        Failure::Uncaught(it) if it.0.message.contains("car: argument 1 must be a pair, but is 5") => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(list 1 (vector-ref (vector 1 2) 9))")? {
        Failure::Uncaught(it) if it.0.message.contains("vector-ref") => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(raise 'mine)")? {
        Failure::Uncaught(it) if it.0.message.contains("mine") => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(let ((x 1) (x 2)) x) (if)")? {
        Failure::BadProgram(all) if !all.is_empty() => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(car '(1)")? {
        Failure::BadProgram(_) if !Engine::is_complete("(car '(1)") => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(exit 7)")? {
        Failure::Exit(7) => {}
        other => return unexpected(&other),
    }
    match engine.run_file(std::path::Path::new("does-not-exist.scm")) {
        Err(Failure::NoInput(message)) if message.contains("does-not-exist.scm") => {}
        other => return Err(format!("{other:?}").into()),
    }
    expect(
        &mut engine,
        "(guard (e ((error-object? e) (error-object-message e))) (error \"went wrong\" 1))",
        &["\"went wrong\""],
    )
}

fn positions(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    let failure = fail(
        &mut engine,
        "(define (deep x)\n  (+ 1 (vector-length x)))\n(define (f x)\n  (* 2 (deep x)))\n(+ 1 (f 'a))",
    )?;
    let text = engine.render(&failure);
    for part in ["test:2:", "(+ 1 (vector-length x))", "deep", "test:4:"] {
        if !text.contains(part) {
            return Err(format!("`{part}` is not in\n{text}").into());
        }
    }
    Ok(())
}

/// The backtraces of closed programs at the highest level, through loops and what was inlined.
fn backtraces(tier: Tier) -> Result<(), Failed> {
    let cases: [(&str, &[&str]); 3] = [
        (
            "(define (sum all) (let loop ((l all) (n 0)) (if (null? l) n (loop (cdr l) (+ n (car l))))))
             (define (report l) (write (+ 1 (sum l))))
             (report '(1 a))",
            &["loop", "sum", "report", "(top level)"],
        ),
        (
            "(define (check v) (write (vector-ref v 0)))
             (for-each (lambda (v) (check v) 1) (list (vector 1) 'a))",
            &["check", "(lambda)", "loop", "for-each", "(top level)"],
        ),
        ("(define (call f) (list (f 1)))\n(list (call 7))", &["call", "(top level)"]),
    ];
    for (text, wanted) in cases {
        let program = format!("(import (scheme base) (scheme write)){text}");
        let failure = engine(tier)?.run_bytes("test", None, program.into_bytes());
        let Err(Failure::Uncaught(uncaught)) = failure else {
            return Err(format!("{text}: {failure:?}").into());
        };
        let names: Vec<&str> = uncaught.1.iter().filter_map(|frame| frame.procedure.as_deref()).collect();
        if names != wanted {
            return Err(format!("{text}: the frames are {names:?} instead of {wanted:?}").into());
        }
    }
    Ok(())
}

fn memory_limit(tier: Tier) -> Result<(), Failed> {
    let mut engine = Engine::new(Options { tier, max_heap: Some(32 << 20), ..Options::default() })?;
    expect(&mut engine, "(define kept '()) (define (keep) (set! kept (cons kept 1)) (keep))", &[])?;
    match fail(&mut engine, "(keep)")? {
        Failure::Uncaught(_) => {}
        other => return unexpected(&other),
    }
    expect(&mut engine, "(set! kept '()) (guard (e (#t (set! kept '()) 'caught)) (keep))", &["caught"])?;
    expect(&mut engine, "(length (make-list 1000 1))", &["1000"])
}

/// Procedural macros form by form, each form expanded when the ones before have run.
fn macros(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    expect(&mut engine, "(import (kestrel macros))", &[])?;
    let swap = "(define-syntax swap! (lambda (stx)
        (syntax-case stx () ((_ a b) #'(let ((tmp a)) (set! a b) (set! b tmp))))))";
    expect(&mut engine, swap, &[])?;
    expect(&mut engine, "(define tmp 1) (define other 2) (swap! tmp other) (list tmp other)", &["(2 1)"])?;
    expect(&mut engine, "(define-for-syntax (double x) (* 2 x))", &[])?;
    let er = "(define-syntax double (er-macro-transformer (lambda (form rename compare) (double (cadr form)))))";
    expect(&mut engine, er, &[])?;
    expect(&mut engine, "(list (double 21) (let ((x (double 1))) x))", &["(42 2)"])?;
    // A macro can be defined again, and what was expanded stays.
    expect(&mut engine, "(define (f) (double 4)) (define-syntax double (lambda (stx) #''other))", &[])?;
    expect(&mut engine, "(list (f) (double 4))", &["(8 other)"])?;
    expect(
        &mut engine,
        "(define-syntax size (lambda (stx) (datum->syntax (car (syntax->list stx)) (length '(1 2)))))",
        &[],
    )?;
    expect(&mut engine, "(size)", &["2"])?;
    // Errors leave the environment as it was.
    fail(&mut engine, "(define-syntax size (lambda (stx) (no-such-procedure stx)))")?;
    fail(&mut engine, "(define-syntax bad (lambda (stx) (car 1))) (bad)")?;
    fail(&mut engine, "(define n 1) (define-syntax run-time (lambda (stx) n))")?;
    expect(&mut engine, "(list (size) n)", &["(2 1)"])?;
    // A running program can have syntax objects, too.
    expect(&mut engine, "(list #'a (syntax->datum #'(b c)))", &["(#<syntax a at test:1> (b c))"])?;
    expect(&mut engine, "(define (second s) (syntax-case s () ((_ x . r) #'x)))", &[])?;
    expect(&mut engine, "(syntax->datum (second #'(1 (2 3) 4)))", &["(2 3)"])?;
    expect(&mut engine, "(identifier? 'a)", &["#f"])
}

fn interrupts(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    for text in [
        "(let loop () (loop))",
        "(define (f n) (+ 1 (f n))) (define (g) (guard (e (#t (g))) (f 1))) (g)",
        "(define-syntax m (lambda (stx) (let loop () (loop)))) (m)",
    ] {
        let interrupter = engine.interrupter();
        let left = AtomicBool::new(false);
        // An interrupt before the loop runs is heeded or forgotten, so one is not enough.
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !left.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(20));
                    interrupter.interrupt();
                }
            });
            let outcome = engine.eval("test", text);
            left.store(true, Ordering::SeqCst);
            outcome
        });
        match outcome {
            Err(Failure::Interrupted) => {}
            other => return Err(format!("{other:?}").into()),
        }
    }
    Ok(())
}

fn eval_inside(tier: Tier) -> Result<(), Failed> {
    let mut engine = engine(tier)?;
    expect(&mut engine, "(define x 1) (eval '(define y (+ x 1)) (interaction-environment)) (list x y)", &["(1 2)"])?;
    expect(&mut engine, "(eval '(set! x 10) (interaction-environment)) (+ x y)", &["12"])?;
    expect(&mut engine, "(define env (environment '(scheme base))) (eval (list car ''(a b)) env)", &["a"])?;
    expect(&mut engine, "(eval (list 'quote env) env)", &["#<environment>"])?;
    match fail(&mut engine, "(+ 1 (eval '(car 5) env))")? {
        Failure::Uncaught(it) if it.0.message.contains("car: argument 1") && it.0.span.is_some() => {}
        other => return unexpected(&other),
    }
    match fail(&mut engine, "(eval '(exit 3) (interaction-environment))")? {
        Failure::Exit(3) => {}
        other => return unexpected(&other),
    }
    let file = std::env::temp_dir().join(format!("kestrel-embed-{}-{tier:?}.scm", std::process::id()));
    std::fs::write(&file, "(define (from-file n) (* n x)) (define (new? v) (eq? v 'new))")?;
    let loaded = engine.eval("test", &format!("(load {file:?}) (from-file 4)"));
    std::fs::remove_file(&file)?;
    match loaded {
        Ok(values) if values == ["40"] => {}
        other => return Err(format!("{other:?}").into()),
    }
    expect(&mut engine, "(define (loop n) (if (= n 0) 'done (eval (list loop (- n 1)) env))) (loop 1000)", &["done"])
}
