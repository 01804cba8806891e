//! Small programs and their values, and what is wrong with wrong ones.

use super::*;
use crate::ast::ir::Expr;
use crate::syntax::library;
use kestrel_runtime::symbol;

#[test]
fn core_forms() {
    check("(import (scheme base)) (define (f x) (if (< x 2) 1 (* x (f (- x 1))))) (f 10)", "3628800");
    check("(let ((x 1) (y 2)) (let* ((x y) (y x)) (list x y)))", "(2 2)");
    check("(let loop ((i 0) (a '())) (if (= i 3) a (loop (+ i 1) (cons i a))))", "(2 1 0)");
    check("(do ((i 0 (+ i 1)) (a '() (cons i a))) ((= i 3) a))", "(2 1 0)");
    check("(define x 1) (set! x 2) x", "2");
    check(
        "(letrec ((even? (lambda (n) (if (= n 0) #t (odd? (- n 1))))) (odd? (lambda (n) (if (= n 0) #f (even? (- n 1)))))) (even? 11))",
        "#f",
    );
    check("((lambda (a . r) (list a r)) 1 2 3)", "(1 (2 3))");
    check("((case-lambda ((a) a) ((a b) (+ a b)) ((a . r) r)) 1 2)", "3");
    check("(define (f) (define a 1) (define (g) (* a 2)) (g)) (f)", "2");
    check("(let () (define-values (a b . c) (values 1 2 3 4)) (define d (+ a b)) (list a b c d))", "(1 2 (3 4) 3)");
    check("(define-values (a b . c) (values 1 2 3 4)) (list a b c)", "(1 2 (3 4))");
    check("(define-values () (values)) 5", "5");
    check("(let () (define (f) a) (define-values (a b) (values 1 2)) (list (f) b))", "(1 2)");
    check("(let-values (((a b) (values 1 2)) ((c) (values 3))) (list a b c))", "(1 2 3)");
    check("(let ((a 'x)) (let*-values (((b) (values 1)) ((a c) (values b a))) (list a b c)))", "(1 1 x)");
    check("(let () 1 (define x 2) x 3 (define y x) y)", "2");
    check("(when 1 2 3)", "3");
    check("(unless 1 2 3)", "#<unspecified>");
}

#[test]
fn conditionals() {
    check("(cond ((assv 'b '((a 1) (b 2))) => cadr) (else 'no))", "2");
    check("(cond (#f 1) ((+ 1 1)))", "2");
    check("(case (* 2 3) ((2 3 5 7) 'prime) ((1 4 6 8 9) 'composite))", "composite");
    check("(case 1.5 ((1.5 x) 'yes) (else 'no))", "yes");
    check("(case 'z ((a) 1) (else => (lambda (x) (list x))))", "(z)");
    check("(case 'a ((a) => (lambda (x) (list x))) (else 2))", "(a)");
    check("(list (and) (or) (and 1 2) (or #f 2) (and 1 #f 2))", "(#t #f 2 2 #f)");
    check("(let ((else #f)) (cond (else 1) (#t 2)))", "2");
}

#[test]
fn quotation() {
    check("`(1 ,(+ 1 1) ,@(list 3 4) 5)", "(1 2 3 4 5)");
    check("`(1 . ,(+ 1 1))", "(1 . 2)");
    check("`#(1 ,(+ 1 1) ,@(list 3))", "#(1 2 3)");
    check("`(a `(b ,(c ,(+ 1 2))))", "(a `(b ,(c 3)))");
    check("(let ((name1 'x) (name2 'y)) `(a `(b ,,name1 ,',name2 d) e))", "(a `(b ,x ,'y d) e)");
    check(
        "'(1 \"s\" #\\a #u8(1 2) 1.5 100000000000000000000 1/3)",
        "(1 \"s\" #\\a #u8(1 2) 1.5 100000000000000000000 1/3)",
    );
    check("'#0=(a b . #0#)", "#0=(a b . #0#)");
    check("(let ((x '(#0=(1) #0#))) (eq? (car x) (cadr x)))", "#t");
}

#[test]
fn records() {
    check(
        "(define-record-type <point> (make-point x y) point? (x px set-px!) (y py)) (define p (make-point 1 2)) (set-px! p 5) (list (px p) (py p) (point? p) (point? 1))",
        "(5 2 #t #f)",
    );
    check("(let () (define-record-type p (mk y) p? (x px) (y py)) (py (mk 3)))", "3");
}

#[test]
fn libraries_in_a_program() {
    check(
        "(define-library (a b) (export f (rename g h)) (import (scheme base)) (begin (define (f) 1) (define (g) 2)))
         (import (scheme base) (prefix (a b) x-))
         (list (x-f) (x-h))",
        "(1 2)",
    );
    check(
        "(import (only (scheme base) + define) (rename (only (scheme base) car list) (car kar))) (kar (list (+ 1 2)))",
        "3",
    );
    check("(cond-expand ((and r7rs (library (scheme base)) (not foo)) 1) (else 2))", "1");
}

/// The programs of `tests/run/hygiene` have the values that they state.
#[test]
fn hygiene() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/run/hygiene");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        let text = std::fs::read_to_string(&path).expect("readable");
        let Some(expected) = text.lines().find_map(|l| l.strip_prefix(";; value: ")) else { continue };
        count += 1;
        let value = value_of(&text, Some(&path));
        if value.as_deref() != Ok(expected) {
            wrong.push(format!("{}: {}", path.display(), value.unwrap_or_else(|e| e)));
        }
    }
    assert!(count >= 60);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A small program pays for what it uses.
#[test]
fn library_definitions_are_expanded_on_demand() {
    let items = |text: &str| expand_in(&mut context(), text, None).0.map(|p| (p.items.len(), p.vars.len())).ok();
    assert_eq!(items("(import (scheme base)) (car '(1))"), Some((1, 0)));
    assert_eq!(items("(car '(1))"), Some((1, 0)));
    let (defined, _) = items("(import (scheme base)) (map car '((1)))").unwrap_or_default();
    assert!((2..10).contains(&defined), "{defined}");
}

#[test]
fn positions_and_names() {
    let text =
        "(define-syntax m (syntax-rules () ((_ x) (begin (car x)))))\n(define (f y)\n  (let loop ((z y)) (m z)))";
    let (program, sources) = expand_in(&mut context(), text, None);
    let program = program.expect("no error");
    let text_of = |span: crate::source::Span| &text[span.start as usize..span.end as usize];
    let calls: Vec<_> = program
        .exprs
        .iter()
        .filter(|n| matches!(n.expr, Expr::Call(..)))
        .map(|n| sources.origin_data(n.origin))
        .map(|o| (text_of(o.span), o.expanded_from.map(text_of), symbol::name(o.procedure)))
        .collect();
    assert!(calls.contains(&("(car x)", Some("(m z)"), Some("loop"))), "{calls:?}");
    let lambdas: Vec<_> = program
        .exprs
        .iter()
        .filter_map(|n| match &n.expr {
            Expr::Lambda(l) => symbol::name(l.name),
            _ => None,
        })
        .collect();
    assert_eq!(lambdas, ["loop", "f"]);
}

#[test]
fn assigned_variables_are_marked() {
    let (program, _) = expand_in(&mut context(), "(define (f a b) (set! a b)) (define g 1) (set! g 2)", None);
    let vars: Vec<_> = program.expect("no error").vars.iter().map(|v| (symbol::name(v.name), v.assigned)).collect();
    for expected in [(Some("a"), true), (Some("b"), false), (Some("f"), false), (Some("g"), true)] {
        assert!(vars.contains(&expected), "{vars:?}");
    }
}

/// Every name that a library for programs exports is there.
#[test]
fn built_in_libraries_export_what_they_say() {
    for name in library::embedded_names() {
        let text = format!("(import ({name}))");
        let (result, sources) = expand_in(&mut context(), &text, None);
        if let Err(errors) = result {
            panic!("{}", render(&errors, &sources));
        }
    }
}

/// Depth and size: none of these may overflow a stack or take more than linear time.
#[test]
fn depth_and_size() {
    let nested =
        |n: usize, open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(n), close.repeat(n));
    let n = 100_000;
    let expand = |text: &str| {
        let (result, sources) = expand_in(&mut context(), text, None);
        if let Err(errors) = result {
            panic!("{}", render(&errors, &sources));
        }
    };
    expand(&nested(n, "(+ 1 ", "0", ")"));
    expand(&nested(n, "(let ((x 1)) ", "x", ")"));
    expand(&nested(n, "(lambda (y) ", "y", ")"));
    expand(&nested(n, "(if #t ", "0", " 1)"));
    expand(&nested(n, "(let () (define a 1) ", "a", ")"));
    expand(&format!("`{}", nested(n, "(a ", ",car", ")")));
    expand(&format!("(quote {})", nested(n, "(", "", ")")));
    expand(&format!("(quote {})", nested(n, "#(", "", ")")));
    expand(&format!("(define-syntax m (syntax-rules () ((_ x) '{})))(m 1)", nested(n, "(", "x", ")")));
    expand(&format!(
        "(define-syntax m (syntax-rules () ((_ {}) 'x)))(m {})",
        nested(n, "(", "x", ")"),
        nested(n, "(", "1", ")")
    ));
    expand(&format!("'({})", "12345 ".repeat(1_000_000)));
    expand(&format!("(let () {} a9)", (0..20_000).map(|i| format!("(define a{i} {i})")).collect::<String>()));
    expand(&(0..20_000).map(|i| format!("(define (f{i} x) (if x (f{} x) x))", i / 2)).collect::<String>());
    expand(&format!(
        "(define-syntax m (syntax-rules () ((_) 0) ((_ a b ...) (if a 1 (m b ...)))))(m {})",
        "1 ".repeat(1000)
    ));
    let circular = expand_in(&mut context(), "(define x #0=(car #0#))", None).0;
    assert!(circular.is_err());
}
