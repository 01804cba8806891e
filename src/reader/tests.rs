//! What is read, from text to a canonical text, and every error.

use super::datum::{Data, DatumId, DatumKind};
use super::*;
use crate::arena::Idx;
use kestrel_runtime::symbol;

/// A datum in a plain notation; shared or circular parts are shown to a limited depth.
fn show(data: &Data, d: DatumId, depth: usize) -> String {
    match &data[d].kind {
        DatumKind::Immediate(v) => match (symbol::name(*v), v.as_char()) {
            (Some(name), _) => format!("|{name}|"),
            (_, Some(c)) => format!("#\\x{:x}", c as u32),
            _ if *v == kestrel_runtime::Value::NULL => "()".into(),
            _ if *v == kestrel_runtime::Value::TRUE => "#t".into(),
            _ if *v == kestrel_runtime::Value::FALSE => "#f".into(),
            _ => format!("{v:?}"),
        },
        DatumKind::Pair(..) | DatumKind::Vector(_) if depth == 0 => "…".into(),
        DatumKind::Number(n) => format!("n:{n}"),
        DatumKind::String(s) => format!("{s:?}"),
        DatumKind::Bytevector(b) => format!("{b:?}"),
        DatumKind::Pair(a, b) => format!("({} . {})", show(data, *a, depth - 1), show(data, *b, depth - 1)),
        DatumKind::Vector(v) => {
            format!("#({})", v.iter().map(|d| show(data, *d, depth - 1)).collect::<Vec<_>>().join(" "))
        }
    }
}

fn reads(text: &str) -> String {
    let mut data = Data::new();
    match read_all(FileId(0), text, &mut data) {
        Ok(all) => all.iter().map(|d| show(&data, *d, 8)).collect::<Vec<_>>().join(" "),
        Err(errors) => panic!("{text}: {errors:?}"),
    }
}

/// Messages with their byte ranges.
fn errors(text: &str) -> Vec<(String, u32, u32)> {
    match read_all(FileId(0), text, &mut Data::new()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.into_iter().map(|e| (e.message, e.span.unwrap().start, e.span.unwrap().end)).collect(),
    }
}

#[track_caller]
fn one_error(text: &str, message: &str, start: u32, end: u32) {
    assert_eq!(errors(text), [(message.to_string(), start, end)], "{text}");
}

#[test]
fn lists_vectors_and_dots() {
    assert_eq!(reads("(a b)"), "(|a| . (|b| . ()))");
    assert_eq!(reads("(a . b)"), "(|a| . |b|)");
    assert_eq!(reads("(a b . (c))(d)"), "(|a| . (|b| . (|c| . ()))) (|d| . ())");
    assert_eq!(reads("() #() #(1 #(2))"), "() #() #(1 #(2))");
    assert_eq!(reads("#u8(0 #xff 1)#u8()"), "[0, 255, 1] []");
}

#[test]
fn abbreviations() {
    assert_eq!(reads("'a"), "(|quote| . (|a| . ()))");
    assert_eq!(reads("`,@ a"), "(|quasiquote| . ((|unquote-splicing| . (|a| . ())) . ()))");
    assert_eq!(reads("',a"), "(|quote| . ((|unquote| . (|a| . ())) . ()))");
    assert_eq!(reads("#'a"), "(|syntax| . (|a| . ()))");
    assert_eq!(reads("#`#,a"), "(|quasisyntax| . ((|unsyntax| . (|a| . ())) . ()))");
    assert_eq!(reads("#,@a"), "(|unsyntax-splicing| . (|a| . ()))");
}

#[test]
fn booleans_characters_and_numbers() {
    assert_eq!(reads("#t #true #F #FALSE"), "#t #t #f #f");
    assert_eq!(
        reads(r"#\a #\A #\λ #\x #\x41 #\( #\) #\; #\space #\newline #\null #\delete"),
        "#\\x61 #\\x41 #\\x3bb #\\x78 #\\x41 #\\x28 #\\x29 #\\x3b #\\x20 #\\xa #\\x0 #\\x7f"
    );
    assert_eq!(
        reads(r"(#\alarm #\backspace)#\ #\return #\escape #\tab"),
        "(#\\x7 . (#\\x8 . ())) #\\x20 #\\xd #\\x1b #\\x9"
    );
    assert_eq!(reads("12 -7 #xFF 1.5 1/2 +inf.0 #i1 #e1.5"), "12 -7 255 n:1.5 n:1/2 n:+inf.0 n:#i1 n:#e1.5");
}

#[test]
fn symbols() {
    assert_eq!(
        reads("+ - ... .. -> +a -.b .c 1+ -1+ a.b <=? é->λ !$%&*/:<=>?^_~ +i+"),
        "|+| |-| |...| |..| |->| |+a| |-.b| |.c| |1+| |-1+| |a.b| |<=?| |é->λ| |!$%&*/:<=>?^_~| |+i+|"
    );
    assert_eq!(reads(r"|a b| || |\x41;\n\||"), "|a b| || |A\n||");
    assert_eq!(
        reads("ABC #!fold-case ABC |ABC| #\\SPACE #\\A #!no-fold-case ABC"),
        "|ABC| |abc| |ABC| #\\x20 #\\x41 |ABC|"
    );
}

#[test]
fn strings() {
    assert_eq!(reads(r#""a\a\b\t\n\r\"\\\|\x41;z""#), format!("{:?}", "a\u{7}\u{8}\t\n\r\"\\|Az"));
    assert_eq!(reads("\"a \\  \n   b\\\n c\r\nd\""), format!("{:?}", "a bc\nd"));
}

#[test]
fn comments() {
    assert_eq!(reads("a ; b\n #| x #| y |# z |# c #;d #;(e #;f g) h"), "|a| |c| |h|");
    assert_eq!(reads("(a #;b . #;c d #;e)"), "(|a| . |d|)");
    assert_eq!(reads("(a #;#;b c) '#;x y #|||# z"), "(|a| . ()) (|quote| . (|y| . ())) |z|");
    assert_eq!(reads("#!/usr/bin/env kestrel\na"), "|a|");
    assert_eq!(reads("\u{feff}a"), "|a|");
}

#[test]
fn datum_labels() {
    assert_eq!(reads("(#0=(a) #0#)"), "((|a| . ()) . ((|a| . ()) . ()))");
    assert_eq!(reads("#0=(a . #0#)"), "(|a| . (|a| . (|a| . (|a| . (|a| . (|a| . (|a| . (|a| . …))))))))");
    assert_eq!(reads("#1=#(b #1#)"), "#(|b| #(|b| #(|b| #(|b| #(|b| #(|b| #(|b| #(|b| …))))))))");
    assert_eq!(reads("#0=(#1=#0# x)").chars().filter(|&c| c == 'x').count(), 7);
    one_error("#0=#0#", "the datum label 0 refers to itself", 0, 6);
    one_error("#0=#1=#0#", "the datum label 0 refers to itself", 0, 9);
    one_error("#0=a #0#", "the datum label 0 is not defined before this place", 5, 8);
    one_error("(#0=a #0=b)", "the datum label 0 is defined twice", 6, 9);
    one_error("#99999999999999999999=a", "datum label too large", 0, 21);
}

#[test]
fn token_errors() {
    one_error("(a #foo b)", "`#foo` is not R7RS syntax", 3, 7);
    one_error("#xyz", "`#xyz` is not a number", 0, 4);
    one_error("12ab", "`12ab` is neither a number nor a symbol", 0, 4);
    one_error("1+2x", "`1+2x` is neither a number nor a symbol", 0, 4);
    one_error("1/0", "`1/0` divides by zero", 0, 3);
    one_error("a'b", "`'` cannot be part of a symbol", 0, 3);
    one_error("(a\u{1}b)", "the character U+0001 cannot be part of a symbol", 1, 4);
    one_error(r"#\foo", "there is no character named `foo`", 0, 5);
    one_error(r"#\xd800", "`#\\xd800` is not a Unicode scalar value", 0, 7);
    one_error(r#""a\qb""#, "unknown escape: a backslash and `q`", 2, 4);
    one_error(r#""\x41""#, "a hexadecimal escape is written \\x41; with a semicolon", 1, 5);
    one_error(r#""\x110000;""#, "110000 is not a Unicode scalar value", 1, 10);
    one_error(r#""\ a""#, "a backslash and a space are only allowed at the end of a line", 1, 3);
    one_error("#!foo a", "unknown directive `#!foo`", 0, 5);
    one_error("#u8(1 256)", "an element of a bytevector must be an exact integer from 0 to 255", 6, 9);
    one_error("#u8(#q 1)", "`#q` is not R7RS syntax", 4, 6);
    one_error("#12", "`#12` is neither a datum label nor anything else", 0, 3);
}

#[test]
fn structure_errors() {
    one_error("a) b", "unexpected `)`", 1, 2);
    one_error("( . a)", "a `.` must stand behind the first element of a list", 2, 3);
    one_error("(a . )", "a datum is missing between `.` and `)`", 5, 6);
    one_error("(a . b c)", "only one datum may stand between `.` and `)`", 7, 8);
    one_error("(a . b . c)", "a list has only one `.`", 7, 8);
    one_error("#(a . b)", "a `.` may stand only in a list, before its last element", 4, 5);
    one_error(". a", "a `.` may stand only in a list, before its last element", 0, 1);
    one_error("(a ')", "a datum is missing here, before the `)`", 3, 4);
    one_error("[let ([a 1]) a]", "`[` has no meaning in R7RS Scheme", 0, 1);
}

#[test]
fn several_errors_in_one_go() {
    let found: Vec<u32> = errors("(a #q)\n)\n(b 1x \"\\q\")\n(c").into_iter().map(|e| e.1).collect();
    assert_eq!(found, [3, 7, 12, 16, 21]);
    assert_eq!(errors(&"#q ".repeat(100)).len(), MAX_ERRORS);
}

#[test]
fn incomplete_texts() {
    let all = [
        "(", "(a", "'", "(a . ", "\"abc", "\"abc\\", "|abc", "#|", "#| #| |#", "#;", "#(", "#u8(1", "#\\", "#0=",
        "(a \"", "(a #|",
    ];
    for text in all {
        let found = read_all(FileId(0), text, &mut Data::new()).unwrap_err();
        assert!(found.len() == 1 && is_incomplete(&found), "{text}: {found:?}");
    }
    for text in [")", "(a #q", "#q", "\"\\q\""] {
        assert!(!is_incomplete(&read_all(FileId(0), text, &mut Data::new()).unwrap_err()), "{text}");
    }
    let found = read_all(FileId(0), "(define (f)\n  (g)\n(define (h) 1)\n", &mut Data::new()).unwrap_err();
    assert_eq!(found[0].labels.len(), 0);
    let found = read_all(FileId(0), "(define (f)\n  (g)\n\n(define (h) (1)\n", &mut Data::new()).unwrap_err();
    assert_eq!(found[0].labels[0].0.start, 19);
}

#[test]
fn spans() {
    let mut data = Data::new();
    let all = read_all(FileId(3), " (ab 'c . \"d\") ", &mut data).unwrap();
    let DatumKind::Pair(first, rest) = data[all[0]].kind else { panic!() };
    let DatumKind::Pair(second, tail) = data[rest].kind else { panic!() };
    let range = |d: DatumId| (data[d].span.start, data[d].span.end);
    assert_eq!((range(all[0]), range(first), range(rest)), ((1, 14), (2, 4), (5, 14)));
    assert_eq!((range(second), range(tail)), ((5, 7), (10, 13)));
    assert!(data.iter().all(|d| d.span.file == FileId(3)));
}

#[test]
fn takes_nothing_beyond_the_datum() {
    let mut reader = Reader::new(StrSource::new("(a b)c|d|\"e\"f (g"), FileId(0));
    let mut data = Data::new();
    let mut offsets = Vec::new();
    while let Ok(Some(_)) = reader.read(&mut data) {
        offsets.push(reader.source().offset());
    }
    assert_eq!(offsets, [5, 6, 9, 12, 13]);
}

#[test]
fn deep_and_long_data() {
    for (open, close) in [("(", ")"), ("#(", ")"), ("'", ""), ("#;", " a"), ("(a . ", ")")] {
        let text = format!("{}x{}", open.repeat(100_000), close.repeat(100_000));
        let mut data = Data::new();
        assert!(!read_all(FileId(0), &text, &mut data).unwrap().is_empty() && data.len() >= 100_000);
    }
    let text = format!("({})", "123 ".repeat(200_000));
    let mut data = Data::new();
    let mut list = read_all(FileId(0), &text, &mut data).unwrap()[0];
    let mut length = 0;
    while let DatumKind::Pair(_, rest) = data[list].kind {
        list = rest;
        length += 1;
    }
    assert_eq!(length, 200_000);
    assert!(list.index() < data.len());
}
