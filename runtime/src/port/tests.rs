use super::*;
use crate::object::{Bytevector, Str};
use crate::prim::io;
use crate::testing::context;

const NONE: Value = Value::ABSENT;

fn text(ctx: &Ctx, v: Value) -> String {
    Str::of(v).map_or_else(|| format!("{v:?}"), |s| s.to_rust(ctx))
}

fn string_port(ctx: &mut Ctx, content: &str) -> Value {
    let s = ctx.string_from(content).value();
    io::open_input_string(ctx, s)
}

#[test]
fn characters_lines_and_strings() {
    let ctx = &mut *context();
    let p = string_port(ctx, "aλ\nline two\r\nthree\rfour");
    assert_eq!(io::read_char(ctx, p), Value::char('a'));
    assert_eq!(io::peek_char(ctx, p), Value::char('λ'));
    assert_eq!(io::read_char(ctx, p), Value::char('λ'));
    let mut lines = Vec::new();
    loop {
        let line = io::read_line(ctx, p);
        if line == Value::EOF {
            break;
        }
        lines.push(text(ctx, line));
    }
    assert_eq!(lines, ["", "line two", "three", "four"]);
    assert_eq!(io::read_char(ctx, p), Value::EOF);
    assert_eq!(io::peek_char(ctx, p), Value::EOF);

    let p = string_port(ctx, "aλ\u{1F600}b");
    let part = io::read_string(ctx, Value::fixnum(3), p);
    assert_eq!(text(ctx, part), "aλ\u{1F600}");
    let rest = io::read_string(ctx, Value::fixnum(30), p);
    assert_eq!(text(ctx, rest), "b");
    assert_eq!(io::read_string(ctx, Value::fixnum(1), p), Value::EOF);
    let nothing = io::read_string(ctx, Value::fixnum(0), p);
    assert_eq!(text(ctx, nothing), "");
}

#[test]
fn bytes() {
    let ctx = &mut *context();
    let b = ctx.bytevector_from("t", &[1, 2, 3, 4, 5]).map(Bytevector::value).unwrap_or(NONE);
    let p = io::open_input_bytevector(ctx, b);
    assert_eq!(io::read_u8(ctx, p), Value::fixnum(1));
    assert_eq!(io::peek_u8(ctx, p), Value::fixnum(2));
    let two = io::read_bytevector(ctx, Value::fixnum(2), p);
    assert_eq!(Bytevector::of(two).map(|b| b.bytes(ctx).to_vec()), Some(vec![2, 3]));
    assert_eq!(io::read_bytevector_into(ctx, b, p, Value::fixnum(1), NONE), Value::fixnum(2));
    assert_eq!(Bytevector::of(b).map(|b| b.bytes(ctx).to_vec()), Some(vec![1, 4, 5, 4, 5]));
    assert_eq!(io::read_bytevector(ctx, Value::fixnum(2), p), Value::EOF);
    assert_eq!(io::read_char(ctx, p), Value::RAISED);
    assert_eq!(io::is_u8_ready(ctx, p), Value::TRUE);
}

#[test]
fn invalid_utf8_reads_as_replacement() {
    let ctx = &mut *context();
    let p = ctx.add_port(PortData::input("t", PortKind::TEXTUAL, vec![b'a', 0xff, 0xce, 0xbb, 0xe2, 0x82]));
    let all: Vec<Value> = (0..5).map(|_| io::read_char(ctx, p)).collect();
    let c = Value::char;
    assert_eq!(all, [c('a'), c('\u{fffd}'), c('λ'), c('\u{fffd}'), Value::EOF]);
    let p = ctx.add_port(PortData::input("t", PortKind::TEXTUAL, vec![0xc3, 0x28, 0xe2, 0x82]));
    let line = io::read_line(ctx, p);
    assert_eq!(text(ctx, line), "\u{fffd}(\u{fffd}");
}

#[test]
fn output_in_memory() {
    let ctx = &mut *context();
    let p = io::open_output_string(ctx);
    let s = ctx.string_from("aλ\"b").value();
    io::write(ctx, s, p);
    io::write_char(ctx, Value::char('\u{e9}'), p);
    io::write_string(ctx, s, p, Value::fixnum(1), Value::fixnum(2));
    io::newline(ctx, p);
    io::display(ctx, s, p);
    let got = io::get_output_string(ctx, p);
    assert_eq!(text(ctx, got), "\"aλ\\\"b\"éλ\naλ\"b");
    assert_eq!(io::write_u8(ctx, Value::fixnum(1), p), Value::RAISED);
    assert_eq!(io::write_string(ctx, s, p, Value::fixnum(3), Value::fixnum(2)), Value::RAISED);
    io::close(ctx, p);
    assert_eq!(io::newline(ctx, p), Value::RAISED);
    let again = io::get_output_string(ctx, p);
    assert_eq!(text(ctx, again), text(ctx, got));
    assert_eq!(io::get_output_bytevector(ctx, p), Value::RAISED);
}

#[test]
fn parameterize_redirects_output() {
    let ctx = &mut *context();
    let (outer, inner) = (io::open_output_string(ctx), io::open_output_string(ctx));
    let cell = ctx.port_cell(OUTPUT);
    for (port, c) in [(outer, 'o'), (inner, 'i')] {
        let binding = ctx.cons(cell, port);
        ctx.parameters = ctx.cons(binding, ctx.parameters);
        io::write_char(ctx, Value::char(c), NONE);
    }
    ctx.parameters = ctx.cdr(ctx.parameters);
    io::write_char(ctx, Value::char('p'), NONE);
    let (o, i) = (io::get_output_string(ctx, outer), io::get_output_string(ctx, inner));
    assert_eq!((text(ctx, o), text(ctx, i)), ("op".into(), "i".into()));
}

#[test]
fn files_round_trip_through_small_and_large_writes() {
    let ctx = &mut *context();
    let path = std::env::temp_dir().join(format!("kestrel-port-test-{}", std::process::id()));
    let name = ctx.string_from(&path.to_string_lossy()).value();
    let out = io::open_output_file(ctx, name);
    let (short, long) = (ctx.string_from("λx\n").value(), "y".repeat(200_000) + "\n");
    let long = ctx.string_from(&long).value();
    for _ in 0..10_000 {
        io::display(ctx, short, out);
    }
    io::display(ctx, long, out);
    io::display(ctx, short, out);
    assert_eq!(io::close(ctx, out), Value::UNSPECIFIED);
    let input = io::open_input_file(ctx, name);
    for _ in 0..10_000 {
        let line = io::read_line(ctx, input);
        assert_eq!(text(ctx, line), "λx");
    }
    let line = io::read_line(ctx, input);
    assert_eq!(Str::of(line).map(Str::len), Some(200_000));
    let p = Port::of(input).map(|p| ctx.port_data(p).map(PortData::position));
    assert_eq!(p, Some(Some((10_002, 1))));
    assert_eq!(io::read_char(ctx, input), Value::char('λ'));
    let p = Port::of(input).map(|p| ctx.port_data(p).map(PortData::position));
    assert_eq!(p, Some(Some((10_002, 2))));
    assert_eq!(io::close(ctx, input), Value::UNSPECIFIED);
    assert_eq!(io::read_line(ctx, input), Value::RAISED);
    assert!(std::fs::remove_file(&path).is_ok());
    assert_eq!(io::open_input_file(ctx, name), Value::RAISED);
    let directory = ctx.string_from("/").value();
    assert_eq!(io::open_input_file(ctx, directory), Value::RAISED);
}

#[test]
fn full_disk_is_an_error_once() {
    let ctx = &mut *context();
    let name = ctx.string_from("/dev/full").value();
    let out = io::open_output_file(ctx, name);
    assert_eq!(io::newline(ctx, out), Value::UNSPECIFIED);
    assert_eq!(io::flush(ctx, out), Value::RAISED);
    assert_eq!(io::flush(ctx, out), Value::UNSPECIFIED);
    assert!(ctx.flush_all().is_ok());
    let big = ctx.string_from(&"z".repeat(100_000)).value();
    assert_eq!(io::display(ctx, big, out), Value::RAISED);
}

#[test]
fn memory_ports_stay_within_the_limit() {
    let ctx = &mut *context();
    let out = io::open_output_bytevector(ctx);
    let block = ctx.make_bytevector("t", 1 << 26).map(Bytevector::value).unwrap_or(NONE);
    let answers: Vec<Value> = (0..8).map(|_| io::write_bytevector(ctx, block, out, NONE, NONE)).collect();
    assert!(answers.contains(&Value::RAISED));
}

#[test]
fn dead_ports_are_closed_and_their_indices_used_again() {
    let ctx = &mut *context();
    let (a, b) = (io::open_output_string(ctx), io::open_output_string(ctx));
    let index = |ctx: &Ctx, v| Port::of(v).map(|p| p.index(ctx));
    let (dead, kept) = (index(ctx, a), ctx.root(b));
    for _ in 0..4 {
        ctx.collect();
    }
    io::write_char(ctx, Value::char('x'), kept.get());
    let got = io::get_output_string(ctx, kept.get());
    assert_eq!(text(ctx, got), "x");
    let c = io::open_output_string(ctx);
    assert_eq!(index(ctx, c), dead);
}
