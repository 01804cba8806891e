//! What `--dump` prints after every pass is a program that can be read back: printed again, it is the same text.

use kestrel::reader::{Reader, StrSource, datum::Data};
use kestrel::source::{FileId, SourceMap};
use kestrel::{ast, closure, cps, text};
use kestrel_runtime::Ctx;
use kestrel_runtime::control::Options;
use libtest_mimic::{Failed, Trial};
use std::process::{Command, Stdio};

/// Passes whose results are ASTs; those after them make CPS, but for the last, `closure`.
const AST: [&str; 4] = ["expand", "toplevel", "letrec", "assignment"];
const PASSES: [&str; 14] = [
    "expand",
    "toplevel",
    "letrec",
    "assignment",
    "cps",
    "primop",
    "dce",
    "beta",
    "known",
    "inline",
    "unroll",
    "contify",
    "eta",
    "closure",
];

/// Programs with all kinds of constants, among them the cells of global variables.
const PROGRAMS: [(&str, &str); 3] = [
    (
        "constants",
        "(list \"te\\\"xt\\n\" #\\λ #\\x0 1.5 -0.0 1e300 +inf.0 +nan.0 123456789012345678901234567890 2/3 '(a |b c| . d) #u8(1 2)
               '#(1 (2)) '#0=(a . #0#) 'MiXed '|| (if #f #f) #t '())",
    ),
    (
        "globals",
        "(define-record-type point (make-point x y) point? (x px set-px!) (y py))
         (define counter 0)
         (define (bump! n) (set! counter (+ counter n)) counter)
         (define |odd name.1| (if (> (bump! 1) 5) 1 bump!))
         (set! |odd name.1| (list |odd name.1|))
         (define-syntax hidden (syntax-rules () ((_ e) (begin (define counter e) (set! counter (+ counter 1)) counter))))
         (hidden 5)
         (define p (make-point counter 2))
         (set-px! p (car |odd name.1|))
         (let loop ((i 0)) (if (< i 3) (begin (bump! i) (loop (+ i 1)))))",
    ),
    (
        "procedures",
        "(define (f x . rest) (if (null? rest) x (apply + x rest)))
         (define-values (a b . c) (values 1 2.5 3))
         (define (g) (call-with-current-continuation (lambda (k) (dynamic-wind f (lambda () (k 1)) f))))
         (guard (e (#t e)) (map (lambda (x) (* x 1.5)) (list (f 1) (f 1 2) a b (g))))",
    ),
];

/// One test for each program, closed and in an open world.
pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, program) in PROGRAMS {
        for open in [false, true] {
            let world = if open { "open" } else { "closed" };
            trials.push(Trial::test(format!("dumps/{name} {world}"), move || dumps(program, open)));
        }
    }
    trials
}

fn dumps(program: &str, open: bool) -> Result<(), Failed> {
    let file = tempfile::Builder::new().suffix(".scm").tempfile()?;
    std::fs::write(file.path(), program)?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kestrel"));
    command.args(PASSES.map(|pass| format!("--dump={pass}"))).stdin(Stdio::null());
    match open {
        true => command.args(["-e", program]),
        false => command.arg(file.path()),
    };
    let output = command.output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut count = 0;
    for dump in text.split("; after ").skip(1) {
        let (pass, text) = dump.split_once('\n').ok_or("a dump without a program")?;
        let pass = pass.split('.').next().unwrap_or_default();
        let again = again(pass, text).map_err(|why| format!("after {pass}: {why}\n{text}"))?;
        // `-e` prints values after the last dump of a form.
        if !text.starts_with(&again) {
            return Err(format!("after {pass}:\n{text}\n--- printed again\n{again}").into());
        }
        count += 1;
    }
    if count < PASSES.len() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{count} dumps: {errors}").into());
    }
    Ok(())
}

/// A dump after it was read and printed again.
fn again(pass: &str, dump: &str) -> Result<String, String> {
    let mut ctx = Ctx::new(Options { max_heap: 1 << 28, nursery: 1 << 20, ..Options::default() });
    let mut sources = SourceMap::default();
    let mut data = Data::new();
    let read = Reader::new(StrSource::new(dump), FileId(0)).read(&mut data).map_err(|errors| format!("{errors:?}"))?;
    let root = read.ok_or("nothing to read")?;
    if AST.contains(&pass) {
        let program =
            ast::parse::parse(&data, root, &mut sources, &mut text::quoted(&mut ctx)).map_err(|e| e.message)?;
        return Ok(ast::print::print(&program, &text::constants(&ctx)));
    }
    if pass == "closure" {
        let program =
            closure::parse::parse(&data, root, &mut sources, &mut text::quoted(&mut ctx)).map_err(|e| e.message)?;
        return Ok(closure::print::print(&program, &text::constants(&ctx)));
    }
    let program = cps::parse::parse(&data, root, &mut sources, &mut text::quoted(&mut ctx)).map_err(|e| e.message)?;
    Ok(cps::print::print(&program, &text::constants(&ctx)))
}
