//! Generated programs, wide and deep, through all CPS passes: what is quadratic or recurses on the native stack does not end here.

use crate::text::read_cps;
use kestrel::cps::{self, opt, verify::Stage};
use kestrel::pipeline;
use kestrel::source::SourceMap;
use libtest_mimic::{Failed, Trial};
use std::fmt::Write;

/// A name and what it stands for.
type Shape = (&'static str, fn() -> String);

const WIDE: usize = 20_000;
const DEEP: usize = 100_000;

/// One test for each shape.
pub fn trials() -> Vec<Trial> {
    let shapes: [Shape; 6] = [
        ("wide", wide),
        ("lets", lets),
        ("joins", joins),
        ("nested-functions", nested_functions),
        ("tests", tests),
        ("used-once", used_once),
    ];
    shapes.into_iter().map(|(name, text)| Trial::test(format!("scale/{name}"), move || test(&text()))).collect()
}

fn test(text: &str) -> Result<(), Failed> {
    let mut sources = SourceMap::default();
    let mut program = read_cps(text, Stage::Resolved, &mut sources)?;
    let printed = cps::print::print(&program, &|_| String::new());
    let again = read_cps(&printed, Stage::Resolved, &mut SourceMap::default())?;
    if cps::print::print(&again, &|_| String::new()) != printed {
        return Err("the text does not round-trip".into());
    }
    let mut context = opt::Context { sources: &mut sources, ctx: None };
    pipeline::optimise(&mut program, 2, &mut context).map_err(|broken| broken.to_string().into())
}

/// Many functions that call each other, with a loop in each.
fn wide() -> String {
    let mut text = String::from("(program (fun main k0 (() (letfun (");
    for i in 0..WIDE {
        let (a, b) = ((i * 7 + 1) % WIDE, (i * 3 + 2) % WIDE);
        let _ = write!(
            text,
            "(fun f.{i} r{i} ((x.{i} . l.{i})
               (letfun ((fun loop.{i} s{i} ((n.{i}) (letcont ((cont d{i} () (continue s{i} n.{i}))
                                                             (cont m{i} () (let o.{i} (- n.{i} 1) (call loop.{i} (o.{i}) s{i}))))
                                                     (branch (< n.{i} 1) d{i} m{i})))))
               (letcont ((cont j{i} (y.{i}) (letcont ((cont h{i} (z.{i}) (call f.{b} (y.{i} z.{i}) r{i}))) (call f.{a} (x.{i}) h{i}))))
                 (call loop.{i} (x.{i}) j{i})))))"
        );
    }
    text + ") (call f.0 (1) k0)))))"
}

/// A long chain of bindings.
fn lets() -> String {
    let mut text = String::from("(program (fun main k0 (() (let a.0 (car 1) ");
    for i in 1..DEEP {
        let _ = write!(text, "(let a.{i} (cons a.{} {i}) ", i - 1);
    }
    let _ = write!(text, "(continue k0 a.{})", DEEP - 1);
    text + &")".repeat(DEEP + 3)
}

/// Continuations within continuations.
fn joins() -> String {
    let mut text = String::from("(program (fun main k0 (() (let p (car 1) ");
    for i in 1..DEEP {
        let _ = write!(text, "(letcont ((cont k{i} (x.{i}) (let y.{i} (cons x.{i} p) (continue k{} y.{i})))) ", i - 1);
    }
    let k = DEEP - 1;
    let _ =
        write!(text, "(letcont ((cont u () (continue k{k} 1)) (cont v () (continue k{k} 2))) (branch (eq? p 1) u v))");
    text + &")".repeat(DEEP + 3)
}

/// Functions within functions, each used twice.
fn nested_functions() -> String {
    let mut text = String::from("(program (fun main k0 (() ");
    for i in 1..DEEP {
        let _ = write!(text, "(letfun ((fun f.{i} r{i} ((x.{i}) ");
    }
    text.push_str("(continue r");
    let _ = write!(text, "{} x.1)", DEEP - 1);
    for i in (1..DEEP).rev() {
        let outer = if i > 1 { format!("r{}", i - 1) } else { "k0".to_owned() };
        let _ =
            write!(text, "))) (letcont ((cont j{i} (w.{i}) (call f.{i} (w.{i}) {outer}))) (call f.{i} (f.{i}) j{i})))");
    }
    text + ")))"
}

/// Tests of tests of tests.
fn tests() -> String {
    let mut text = String::from("(program (fun main k0 (() (let p (car 1) (let t.0 (pair? p) ");
    for i in 1..DEEP {
        let _ = write!(text, "(let t.{i} (not t.{}) ", i - 1);
    }
    let _ = write!(
        text,
        "(letcont ((cont u () (continue k0 1)) (cont v () (continue k0 2))) (branch (%true? t.{}) u v))",
        DEEP - 1
    );
    text + &")".repeat(DEEP + 4)
}

/// A chain of functions, each used once by the one before.
fn used_once() -> String {
    let mut text = String::from("(program (fun main k0 (() (letfun (");
    for i in (0..DEEP).rev() {
        let _ = write!(text, "(fun f.{i} r{i} ((x.{i}) (let y.{i} (cdr x.{i}) (call f.{} (y.{i}) r{i}))))", i + 1);
    }
    let _ = write!(text, "(fun f.{DEEP} r{DEEP} ((x.{DEEP}) (continue r{DEEP} x.{DEEP})))");
    text + ") (call f.0 (1) k0)))))"
}
