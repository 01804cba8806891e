//! Environments: forms one after another, globals as cells, library definitions once.

use super::*;

struct Repl {
    ctx: Box<Ctx>,
    sources: SourceMap,
    world: World,
}

impl Repl {
    fn new() -> Repl {
        Repl { ctx: context(), sources: SourceMap::default(), world: World::new(Vec::new()) }
    }

    /// The programs of a text's forms.
    fn session(&mut self, text: &str) -> Vec<String> {
        let environment = self.world.environment();
        let mut data = Data::new();
        let file = self.sources.add(SourceFile { name: "repl".into(), path: None, text: text.to_string() });
        let roots = reader::read_all(file, text, &mut data).expect("readable");
        let mut programs = vec![self.world.import_standard(environment, &mut self.sources, &mut *self.ctx)];
        for root in roots {
            let form = self.world.expand_form(environment, &mut self.sources, &mut *self.ctx, data.clone(), root);
            programs.push(form);
        }
        let mut shown = Vec::new();
        let mut evaluator = Evaluator::new(&mut self.ctx);
        for program in programs {
            shown.push(match program {
                Err(errors) => render(&errors, &self.sources),
                Ok(program) => match evaluator.run(program) {
                    Ok(value) => to_string(evaluator.ctx, value, Mode::Write),
                    Err(error) => error,
                },
            });
        }
        shown
    }
}

#[track_caller]
fn last(text: &str, expected: &str) {
    let shown = Repl::new().session(text);
    assert_eq!(shown.last().map(String::as_str), Some(expected), "{shown:?}");
}

#[test]
fn definitions_persist_and_can_be_replaced() {
    last("(define x 1) (define (f) x) (define x 2) (f)", "2");
    last("(define (f) (g)) (define (g) 7) (f)", "7");
    last("(define car cdr) (car '(1 2))", "(2)");
    last("(define-syntax m (syntax-rules () ((_ a) (list a a)))) (m 1)", "(1 1)");
    last("(define-values (a b) (values 1 2)) (list a b)", "(1 2)");
    last("(define-record-type p (mk x) p? (x px)) (px (mk 4))", "4");
    last("(define x 1) (set! x (+ x 1)) x", "2");
    last("(begin (define y 1) (define (g) y)) (g)", "1");
    last("(define-syntax def (syntax-rules () ((_ e) (define hidden e)))) (define hidden 1) (def 2) hidden", "1");
}

#[test]
fn imports_work_between_forms() {
    last("(import (rename (scheme base) (car first-of))) (first-of '(1 2))", "1");
    last("(import (only (srfi 1) fold)) (fold + 0 '(1 2 3))", "6");
    last("(define-library (l) (export v) (import (scheme base)) (begin (define v 5))) (import (l)) v", "5");
}

#[test]
fn library_definitions_are_made_once_and_survive_errors() {
    last("(if) (map car '((1)))", "(1)");
    last("(begin (map car '((1))) (if)) (map car '((1)))", "(1)");
    let shown = Repl::new().session("(eq? map map) (define a map) (eq? a map)");
    assert_eq!(shown[1..].iter().map(String::as_str).filter(|&s| s == "#t").count(), 2, "{shown:?}");
}

#[test]
fn variables_may_be_assigned_and_read_before_they_are_defined() {
    last("(define (f) (set! x (+ x 1)) x) (define x 1) (f)", "2");
    last("(define (f) (set! x 5) x) (define x 1) (f)", "5");
}

#[test]
fn unbound_variables_are_errors_when_they_run() {
    let shown = Repl::new().session("(define (f) (no-such-thing 1)) (f)");
    assert!(shown[2].contains("%global-ref raised"), "{shown:?}");
}

#[test]
fn names_are_listed_for_completion() {
    let mut repl = Repl::new();
    let environment = repl.world.environment();
    let imported = repl.world.import_standard(environment, &mut repl.sources, &mut *repl.ctx);
    assert!(imported.is_ok());
    let names = repl.world.names(environment);
    for name in ["car", "map", "if", "string-upcase"] {
        assert!(names.contains(&name), "{name}");
    }
}
