//! Ports, input and output. A port argument that is not given is the current one.
use super::check::prims;
use crate::abi::Ctx;
use crate::object::*;
use crate::port::{INPUT, OUTPUT, PortData, PortKind};
use crate::print::{self, Mode};
use crate::value::Value;
use std::fs::File;
use std::ops::Range;

const TEXT_IN: PortKind = PortKind::INPUT.union(PortKind::TEXTUAL);
const TEXT_OUT: PortKind = PortKind::OUTPUT.union(PortKind::TEXTUAL);
const BYTES_IN: PortKind = PortKind::INPUT.union(PortKind::BINARY);
const BYTES_OUT: PortKind = PortKind::OUTPUT.union(PortKind::BINARY);

/// The port given, or the current one, if it is open and of this kind.
#[inline]
fn port(ctx: &mut Ctx, who: &'static str, position: usize, v: Value, kind: PortKind) -> Result<Port, Value> {
    let is_input = kind.contains(PortKind::INPUT);
    let v = if v == Value::ABSENT { ctx.current_port(if is_input { INPUT } else { OUTPUT }) } else { v };
    if let Some(port) = Port::of(v)
        && ctx.port_data(port).is_some_and(|data| data.is_open() && data.kind.contains(kind))
    {
        if is_input {
            ctx.before_input(who, port)?;
        }
        return Ok(port);
    }
    let (text, input) = (kind.contains(PortKind::TEXTUAL), is_input);
    let wanted = match (text, kind.contains(PortKind::BINARY), input) {
        (true, _, true) => "open textual input port",
        (true, _, false) => "open textual output port",
        (_, true, true) => "open binary input port",
        (_, true, false) => "open binary output port",
        (_, _, true) => "open input port",
        _ => "open output port",
    };
    Err(ctx.wrong_type(who, position, v, wanted))
}

/// The next byte of an open textual input port if it is buffered and an ASCII character.
#[inline]
fn buffered_ascii(ctx: &mut Ctx, v: Value) -> Option<(u8, &mut PortData)> {
    let v = if v == Value::ABSENT { ctx.current_port(INPUT) } else { v };
    let data = ctx.port_data(Port::of(v)?)?;
    // Closing empties the buffer; output ports are not textual input ports.
    let b = *data.unread().first()?;
    (b < 0x80 && data.kind.contains(TEXT_IN)).then_some((b, data))
}

/// Output of a printed value.
fn print_value(ctx: &mut Ctx, who: &'static str, v: Value, to: Value, mode: Mode) -> Result<Value, Value> {
    let to = port(ctx, who, 2, to, TEXT_OUT)?;
    let limit = ctx.options().max_heap / 4;
    let Some(text) = print::bounded_string(ctx, v, mode, limit) else { return Err(ctx.out_of_memory(limit)) };
    // A long number may have been cut short.
    if ctx.is_interrupted() {
        ctx.leave_if_interrupted()?;
    }
    ctx.write_bytes(who, to, text.as_bytes())?;
    Ok(Value::UNSPECIFIED)
}

/// Output of part of a string.
fn print_text(ctx: &mut Ctx, who: &'static str, s: Str, range: Range<usize>, to: Port) -> Result<Value, Value> {
    let limit = ctx.options().max_heap;
    let written = ctx.with_port(to, |ctx, data| match s.text(ctx).slice(range) {
        Text::Narrow(b) if b.is_ascii() => data.write(b, limit),
        text => {
            let mut bytes = Vec::with_capacity(text.len());
            text.push_utf8(&mut bytes);
            data.write(&bytes, limit)
        }
    });
    written.map_err(|failure| ctx.port_failure(who, failure))?;
    Ok(Value::UNSPECIFIED)
}

prims! {
    /// `display`
    fn display(ctx, v, to) {
        if let Some(s) = Str::of(v) {
            let to = port(ctx, "display", 2, to, TEXT_OUT)?;
            return print_text(ctx, "display", s, 0..s.len(), to);
        }
        print_value(ctx, "display", v, to, Mode::Display)
    }
    /// `write`
    fn write(ctx, v, to) { print_value(ctx, "write", v, to, Mode::Write) }
    /// `write-shared`
    fn write_shared(ctx, v, to) { print_value(ctx, "write-shared", v, to, Mode::WriteShared) }
    /// `write-simple`: refuses circular data instead of never ending.
    fn write_simple(ctx, v, to) {
        if print::is_circular(ctx, v) {
            return Err(ctx.wrong_type("write-simple", 1, v, "datum without cycles"));
        }
        print_value(ctx, "write-simple", v, to, Mode::WriteSimple)
    }
    /// `newline`
    fn newline(ctx, to) {
        let to = port(ctx, "newline", 1, to, TEXT_OUT)?;
        ctx.write_bytes("newline", to, b"\n")?;
        Ok(Value::UNSPECIFIED)
    }
    /// `write-char`
    fn write_char(ctx, c, to) {
        let c = ctx.char_arg("write-char", 1, c)?;
        let to = port(ctx, "write-char", 2, to, TEXT_OUT)?;
        ctx.write_bytes("write-char", to, c.encode_utf8(&mut [0; 4]).as_bytes())?;
        Ok(Value::UNSPECIFIED)
    }
    /// `write-string`
    fn write_string(ctx, s, to, start, end) {
        let s = ctx.str_arg("write-string", 1, s)?;
        let to = port(ctx, "write-string", 2, to, TEXT_OUT)?;
        let range = ctx.range_args("write-string", 3, start, end, s.len())?;
        print_text(ctx, "write-string", s, range, to)
    }
    /// `write-u8`
    fn write_u8(ctx, byte, to) {
        let byte = ctx.byte_arg("write-u8", 1, byte)?;
        let to = port(ctx, "write-u8", 2, to, BYTES_OUT)?;
        ctx.write_bytes("write-u8", to, &[byte])?;
        Ok(Value::UNSPECIFIED)
    }
    /// `write-bytevector`
    fn write_bytevector(ctx, b, to, start, end) {
        let b = ctx.bytevector_arg("write-bytevector", 1, b)?;
        let to = port(ctx, "write-bytevector", 2, to, BYTES_OUT)?;
        let range = ctx.range_args("write-bytevector", 3, start, end, b.len())?;
        let limit = ctx.options().max_heap;
        let written = ctx.with_port(to, |ctx, data| data.write(b.bytes(ctx).get(range).unwrap_or(&[]), limit));
        written.map_err(|failure| ctx.port_failure("write-bytevector", failure))?;
        Ok(Value::UNSPECIFIED)
    }
    /// `flush-output-port`
    fn flush(ctx, to) {
        let to = port(ctx, "flush-output-port", 1, to, PortKind::OUTPUT)?;
        let flushed = ctx.port_data(to).map_or(Ok(()), PortData::flush);
        flushed.map_err(|e| ctx.io_error("flush-output-port", &e))?;
        Ok(Value::UNSPECIFIED)
    }

    /// `read-char`
    fn read_char(ctx, from) {
        if let Some((b, data)) = buffered_ascii(ctx, from) {
            data.consume(1);
            return Ok(Value::char(b as char));
        }
        let from = port(ctx, "read-char", 1, from, TEXT_IN)?;
        Ok(ctx.read_char_of("read-char", from)?.map_or(Value::EOF, Value::char))
    }
    /// `peek-char`
    fn peek_char(ctx, from) {
        if let Some((b, _)) = buffered_ascii(ctx, from) {
            return Ok(Value::char(b as char));
        }
        let from = port(ctx, "peek-char", 1, from, TEXT_IN)?;
        Ok(ctx.peek_char_of("peek-char", from)?.map_or(Value::EOF, Value::char))
    }
    /// `char-ready?`
    fn is_char_ready(ctx, from) {
        let from = port(ctx, "char-ready?", 1, from, TEXT_IN)?;
        Ok(Value::boolean(ctx.port_data(from).is_none_or(|data| data.is_ready(true))))
    }
    /// `read-line`
    fn read_line(ctx, from) {
        let from = port(ctx, "read-line", 1, from, TEXT_IN)?;
        let Some((length, bytes)) = ctx.read_port("read-line", from, PortData::find_line)? else {
            return Ok(Value::EOF);
        };
        take_text(ctx, "read-line", from, length, bytes)
    }
    /// `read-string`
    fn read_string(ctx, k, from) {
        let wanted = ctx.size_arg("read-string", 1, k)?;
        let from = port(ctx, "read-string", 2, from, TEXT_IN)?;
        let (mut chars, mut bytes) = (0, 0);
        while chars < wanted {
            // Characters are counted in the buffer, and consumed when it is known how many there are.
            let next = ctx.read_port("read-string", from, |data| data.peek_at(bytes))?;
            let Some(n) = next else { break };
            bytes += n;
            chars += 1;
        }
        if chars == 0 && wanted > 0 {
            return Ok(Value::EOF);
        }
        take_text(ctx, "read-string", from, bytes, bytes)
    }
    /// `read-u8`
    fn read_u8(ctx, from) {
        let from = port(ctx, "read-u8", 1, from, BYTES_IN)?;
        let next = ctx.read_port("read-u8", from, PortData::peek_byte)?;
        if let (Some(_), Some(data)) = (next, ctx.port_data(from)) {
            data.consume(1);
        }
        Ok(next.map_or(Value::EOF, |b| Value::fixnum(b as i64)))
    }
    /// `peek-u8`
    fn peek_u8(ctx, from) {
        let from = port(ctx, "peek-u8", 1, from, BYTES_IN)?;
        let next = ctx.read_port("peek-u8", from, PortData::peek_byte)?;
        Ok(next.map_or(Value::EOF, |b| Value::fixnum(b as i64)))
    }
    /// `u8-ready?`
    fn is_u8_ready(ctx, from) {
        let from = port(ctx, "u8-ready?", 1, from, BYTES_IN)?;
        Ok(Value::boolean(ctx.port_data(from).is_none_or(|data| data.is_ready(false))))
    }
    /// `read-bytevector`
    fn read_bytevector(ctx, k, from) {
        let wanted = ctx.size_arg("read-bytevector", 1, k)?;
        let from = port(ctx, "read-bytevector", 2, from, BYTES_IN)?;
        let got = ctx.read_port("read-bytevector", from, |data| data.fill_to(wanted))?;
        if got == 0 && wanted > 0 {
            return Ok(Value::EOF);
        }
        let b = ctx.make_bytevector("read-bytevector", got)?;
        take_bytes(ctx, from, b, 0..got);
        Ok(b.value())
    }
    /// `read-bytevector!`
    fn read_bytevector_into(ctx, b, from, start, end) {
        let b = ctx.mutable_bytevector_arg("read-bytevector!", 1, b)?;
        let from = port(ctx, "read-bytevector!", 2, from, BYTES_IN)?;
        let range = ctx.range_args("read-bytevector!", 3, start, end, b.len())?;
        let got = ctx.read_port("read-bytevector!", from, |data| data.fill_to(range.len()))?;
        if got == 0 && !range.is_empty() {
            return Ok(Value::EOF);
        }
        take_bytes(ctx, from, b, range.start..range.start + got);
        Ok(Value::fixnum(got as i64))
    }
    /// `read`
    fn read(ctx, from) {
        let from = port(ctx, "read", 1, from, TEXT_IN)?;
        match ctx.runtime.io.read_datum {
            Some(read) => Ok(read(ctx, from.value())),
            None => Err(ctx.not_supported("read", "there is no reader in this process")),
        }
    }

    /// `open-input-file`
    fn open_input_file(ctx, name) {
        open(ctx, "open-input-file", name, TEXT_IN, open_for_reading)
    }
    /// `open-binary-input-file`
    fn open_binary_input_file(ctx, name) {
        open(ctx, "open-binary-input-file", name, BYTES_IN, open_for_reading)
    }
    /// `open-output-file`
    fn open_output_file(ctx, name) { open(ctx, "open-output-file", name, TEXT_OUT, |path| File::create(path)) }
    /// `open-binary-output-file`
    fn open_binary_output_file(ctx, name) {
        open(ctx, "open-binary-output-file", name, BYTES_OUT, |path| File::create(path))
    }
    /// `open-input-string`
    fn open_input_string(ctx, s) {
        let s = ctx.str_arg("open-input-string", 1, s)?;
        let mut bytes = Vec::with_capacity(s.len());
        s.text(ctx).push_utf8(&mut bytes);
        Ok(ctx.add_port(PortData::input("string", TEXT_IN, bytes)))
    }
    /// `open-output-string`
    fn open_output_string(ctx) { Ok(ctx.add_port(PortData::output("string", TEXT_OUT))) }
    /// `open-input-bytevector`
    fn open_input_bytevector(ctx, b) {
        let bytes = ctx.bytevector_arg("open-input-bytevector", 1, b)?.bytes(ctx).to_vec();
        Ok(ctx.add_port(PortData::input("bytevector", BYTES_IN, bytes)))
    }
    /// `open-output-bytevector`
    fn open_output_bytevector(ctx) { Ok(ctx.add_port(PortData::output("bytevector", BYTES_OUT))) }
    /// `get-output-string`
    fn get_output_string(ctx, v) {
        let text = gathered(ctx, "get-output-string", v, PortKind::TEXTUAL, "string output port")?;
        Ok(ctx.string_from(&String::from_utf8_lossy(&text)).value())
    }
    /// `get-output-bytevector`
    fn get_output_bytevector(ctx, v) {
        let bytes = gathered(ctx, "get-output-bytevector", v, PortKind::BINARY, "bytevector output port")?;
        Ok(ctx.bytevector_from("get-output-bytevector", &bytes)?.value())
    }

    /// `port?`
    fn is_port(_ctx, v) { Ok(Value::boolean(Port::of(v).is_some())) }
    /// `input-port?`
    fn is_input_port(ctx, v) { Ok(has_kind(ctx, v, PortKind::INPUT)) }
    /// `output-port?`
    fn is_output_port(ctx, v) { Ok(has_kind(ctx, v, PortKind::OUTPUT)) }
    /// `textual-port?`
    fn is_textual_port(ctx, v) { Ok(has_kind(ctx, v, PortKind::TEXTUAL)) }
    /// `binary-port?`
    fn is_binary_port(ctx, v) { Ok(has_kind(ctx, v, PortKind::BINARY)) }
    /// `input-port-open?`
    fn is_input_port_open(ctx, v) { is_open(ctx, "input-port-open?", v, PortKind::INPUT, "input port") }
    /// `output-port-open?`
    fn is_output_port_open(ctx, v) { is_open(ctx, "output-port-open?", v, PortKind::OUTPUT, "output port") }
    /// `close-port`
    fn close(ctx, v) { close_kind(ctx, "close-port", v, PortKind::empty(), "port") }
    /// `close-input-port`
    fn close_input(ctx, v) { close_kind(ctx, "close-input-port", v, PortKind::INPUT, "input port") }
    /// `close-output-port`
    fn close_output(ctx, v) { close_kind(ctx, "close-output-port", v, PortKind::OUTPUT, "output port") }
    /// The cell of a current port: 0 input, 1 output, 2 error.
    fn port_cell(ctx, which) {
        let which = ctx.index_arg("port-cell", 1, which, 3)?;
        Ok(ctx.port_cell(which))
    }
}

/// Consumes `bytes` bytes of a port and answers the first `length` of them as a string.
fn take_text(ctx: &mut Ctx, who: &'static str, from: Port, length: usize, bytes: usize) -> Result<Value, Value> {
    ctx.check_size(who, length, 4)?;
    Ok(ctx.with_port(from, |ctx, data| {
        let text = data.unread().get(..length).unwrap_or(&[]);
        let s = if text.is_ascii() {
            ctx.string_from_latin1(text)
        } else {
            ctx.string_from(&String::from_utf8_lossy(text))
        };
        data.consume(bytes);
        s.value()
    }))
}

/// Moves unread bytes of a port into a range of a bytevector.
fn take_bytes(ctx: &mut Ctx, from: Port, to: Bytevector, range: Range<usize>) {
    ctx.with_port(from, |ctx, data| {
        let n = range.len();
        if let (Some(slots), Some(bytes)) = (to.bytes_mut(ctx).get_mut(range), data.unread().get(..n)) {
            slots.copy_from_slice(bytes);
            data.consume(n);
        }
    })
}

fn open_for_reading(path: &str) -> std::io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() { Err(std::io::Error::from_raw_os_error(libc::EISDIR)) } else { Ok(file) }
}

fn open(
    ctx: &mut Ctx,
    who: &'static str,
    name: Value,
    kind: PortKind,
    open: impl FnOnce(&str) -> std::io::Result<File>,
) -> Result<Value, Value> {
    let path = ctx.str_arg(who, 1, name)?.to_rust(ctx);
    match open(&path) {
        Ok(file) => Ok(ctx.add_port(PortData::file(&path, kind, Some(file)))),
        Err(e) => Err(ctx.file_error(who, name, &e)),
    }
}

fn gathered(
    ctx: &mut Ctx,
    who: &'static str,
    v: Value,
    kind: PortKind,
    wanted: &'static str,
) -> Result<Vec<u8>, Value> {
    let data = Port::of(v).and_then(|port| ctx.port_data(port));
    match data.filter(|data| data.kind.contains(PortKind::MEMORY | kind)) {
        Some(data) => Ok(data.gathered().to_vec()),
        None => Err(ctx.wrong_type(who, 1, v, wanted)),
    }
}

fn kind_of(ctx: &Ctx, v: Value) -> PortKind {
    let bits = Port::of(v).and_then(|port| port.kind_value(ctx).as_fixnum()).unwrap_or(0);
    PortKind::from_bits_truncate(bits as u8)
}

fn has_kind(ctx: &Ctx, v: Value, kind: PortKind) -> Value {
    Value::boolean(kind_of(ctx, v).contains(kind))
}

fn is_open(ctx: &mut Ctx, who: &'static str, v: Value, kind: PortKind, wanted: &'static str) -> Result<Value, Value> {
    match Port::of(v) {
        Some(port) if kind_of(ctx, v).contains(kind) => {
            Ok(Value::boolean(ctx.port_data(port).is_some_and(|data| data.is_open())))
        }
        _ => Err(ctx.wrong_type(who, 1, v, wanted)),
    }
}

fn close_kind(
    ctx: &mut Ctx,
    who: &'static str,
    v: Value,
    kind: PortKind,
    wanted: &'static str,
) -> Result<Value, Value> {
    match Port::of(v) {
        Some(port) if kind_of(ctx, v).contains(kind) => {
            let closed = ctx.port_data(port).map_or(Ok(()), PortData::close);
            closed.map_err(|e| ctx.io_error(who, &e))?;
            Ok(Value::UNSPECIFIED)
        }
        _ => Err(ctx.wrong_type(who, 1, v, wanted)),
    }
}
