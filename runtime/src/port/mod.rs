//! Ports: files, strings, bytevectors and the standard streams, buffered, textual (UTF-8) or binary.
//!
//! A port in the heap ([`crate::object::Port`]) is an index into the table of [`Io`], which owns buffers and file handles. When the
//! collector finds a port object dead, its file is flushed and closed, and its index used again.
//!
//! The three current ports are global cells ([`Io::cells`]): `parameterize` binds them in `Ctx::parameters` as an association list of cell and value,
//! and what [`Ctx::current_port`] answers is the innermost binding. Outside every `parameterize` that list is empty and the answer one load away.
//!
//! Text that is not UTF-8 reads as U+FFFD. Lines and columns are counted lazily, when a buffer is refilled or somebody asks.

mod buffer;
mod text;

pub use buffer::{Failure, PortData};

use crate::abi::Ctx;
use crate::layout::*;
use crate::object::Port;
use crate::symbol;
use crate::value::Value;
use bitflags::bitflags;
use std::fs::File;
use std::os::fd::AsFd;
use std::time::Instant;

bitflags! {
    /// What a port is for.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    pub struct PortKind: u8 {
        /// Input.
        const INPUT = 1;
        /// Output.
        const OUTPUT = 2;
        /// Characters.
        const TEXTUAL = 4;
        /// Bytes.
        const BINARY = 8;
        /// Output gathered in memory, to be fetched.
        const MEMORY = 16;
    }
}

/// Index of the cell of the current input port.
pub const INPUT: usize = 0;
/// Index of the cell of the current output port.
pub const OUTPUT: usize = 1;
/// Index of the cell of the current error port.
pub const ERROR: usize = 2;

/// What the runtime keeps for ports and the world outside.
pub struct Io {
    /// Ports by index; `None` while one is in use, or dead.
    ports: Vec<Option<Box<PortData>>>,
    /// Indices whose ports died.
    free: Vec<usize>,
    /// Cells of the current input, output and error port, as `parameterize` knows them.
    cells: [Value; 3],
    /// Reads a datum from a textual input port: the engine's reader. Answers a datum, the end-of-file object, or `Value::RAISED`.
    pub read_datum: Option<fn(&mut Ctx, Value) -> Value>,
    /// Program name and arguments.
    pub command_line: Vec<String>,
    /// When the runtime started; jiffies count from here.
    pub start: Instant,
}

impl Default for Io {
    fn default() -> Self {
        Io {
            ports: Vec::new(),
            free: Vec::new(),
            cells: [Value::FALSE; 3],
            read_datum: None,
            command_line: Vec::new(),
            start: Instant::now(),
        }
    }
}

impl Io {
    #[inline]
    fn port_mut(&mut self, index: usize) -> Option<&mut PortData> {
        self.ports.get_mut(index)?.as_deref_mut()
    }
}

/// What the system says of an error, without its number.
pub fn system_message(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rfind(" (os error ") {
        Some(i) => text[..i].to_owned(),
        None => text,
    }
}

/// The runtime's finalizer: closes the port at an index.
fn release(ctx: &mut Ctx, index: u64) {
    let io = &mut ctx.runtime.io;
    if io.ports.get_mut(index as usize).and_then(Option::take).is_some() {
        io.free.push(index as usize);
    }
}

fn standard(fd: impl AsFd) -> Option<File> {
    fd.as_fd().try_clone_to_owned().ok().map(File::from)
}

impl Ctx {
    /// Opens the standard ports; part of making a context.
    pub(crate) fn open_standard_ports(&mut self) {
        self.set_finalizer(release);
        // The standard ports carry bytes as well as text.
        let text = PortKind::TEXTUAL | PortKind::BINARY;
        let ports = [
            ("current-input-port", PortData::file("stdin", text | PortKind::INPUT, standard(std::io::stdin()))),
            ("current-output-port", PortData::file("stdout", text | PortKind::OUTPUT, standard(std::io::stdout()))),
            ("current-error-port", PortData::file("stderr", text | PortKind::OUTPUT, standard(std::io::stderr()))),
        ];
        for (i, (name, mut data)) in ports.into_iter().enumerate() {
            data.is_unbuffered = i == ERROR;
            data.flushes_output_first = i == INPUT;
            let port = self.add_port(data);
            self.runtime.io.cells[i] = self.static_cell(port, symbol::intern(name));
        }
    }
    /// A fresh port.
    pub fn add_port(&mut self, data: PortData) -> Value {
        let kind = data.kind;
        let io = &mut self.runtime.io;
        let index = io.free.pop().unwrap_or_else(|| {
            io.ports.push(None);
            io.ports.len() - 1
        });
        let words = [Value::fixnum(index as i64), Value::fixnum(kind.bits() as i64)];
        let object = self.alloc_values(ObjectType::Port, &words);
        self.runtime.io.ports[index] = Some(Box::new(data));
        self.finalize_later(object, index as u64);
        object
    }
    /// The cell of a current port ([`INPUT`], [`OUTPUT`], [`ERROR`]).
    pub fn port_cell(&self, which: usize) -> Value {
        self.runtime.io.cells.get(which).copied().unwrap_or(Value::FALSE)
    }
    /// A current port.
    #[inline]
    pub fn current_port(&self, which: usize) -> Value {
        let cell = self.runtime.io.cells[which];
        let mut bindings = self.parameters;
        while bindings.is_pair() {
            let binding = self.car(bindings);
            if binding.is_pair() && self.car(binding) == cell {
                return self.cdr(binding);
            }
            bindings = self.cdr(bindings);
        }
        self.field(cell, CELL_VALUE)
    }
    /// Lets `f` work on a port's data while it may use the context, too. A port that is in use already (or gone) is seen as a closed one.
    #[inline]
    pub fn with_port<R>(&mut self, port: Port, f: impl FnOnce(&mut Ctx, &mut PortData) -> R) -> R {
        let index = port.index(self);
        let taken = self.runtime.io.ports.get_mut(index).and_then(Option::take);
        let Some(mut data) = taken else {
            return f(self, &mut PortData::closed());
        };
        let result = f(self, &mut data);
        self.runtime.io.ports[index] = Some(data);
        result
    }
    /// A port's data, if there are any.
    #[inline]
    pub fn port_data(&mut self, port: Port) -> Option<&mut PortData> {
        let index = port.index(self);
        self.runtime.io.port_mut(index)
    }
    /// Writes out what all output ports have buffered; the first error is answered, after all were tried.
    pub fn flush_all(&mut self) -> std::io::Result<()> {
        let mut result = Ok(());
        for data in self.runtime.io.ports.iter_mut().flatten() {
            result = result.and(data.flush());
        }
        result
    }
    /// Whether the standard output, as far as it has been written out, ends inside a line.
    pub fn is_output_mid_line(&mut self) -> bool {
        let output = Port::of(self.field(self.port_cell(OUTPUT), CELL_VALUE));
        output.and_then(|p| self.port_data(p)).is_some_and(|data| data.is_mid_line)
    }
    /// Ends a line of the standard output; an error shows when it is written out.
    pub fn end_output_line(&mut self) {
        if let Some(output) = Port::of(self.field(self.port_cell(OUTPUT), CELL_VALUE)) {
            let limit = self.runtime.options.max_heap;
            // The buffer has room for a byte after it was written out.
            let _ = self.port_data(output).map(|data| data.write(b"\n", limit));
        }
    }
    /// Raises the condition of a failed operation on a port.
    #[cold]
    pub fn port_failure(&mut self, who: &'static str, failure: Failure) -> Value {
        match failure {
            Failure::Io(error) => self.io_error(who, &error),
            Failure::Memory(bytes) => self.out_of_memory(bytes),
        }
    }
    /// Writes bytes (UTF-8 on a textual port) to an output port.
    #[inline]
    pub fn write_bytes(&mut self, who: &'static str, port: Port, bytes: &[u8]) -> Result<(), Value> {
        let limit = self.runtime.options.max_heap;
        let Some(data) = self.port_data(port) else { return Ok(()) };
        data.write(bytes, limit).map_err(|failure| self.port_failure(who, failure))
    }
    /// Lets `f` read from an input port; tries again when a signal gets in between. An interrupt makes the program be left, as at a
    /// safepoint. `f` must not have consumed anything when it fails.
    #[inline]
    pub fn read_port<R>(
        &mut self,
        who: &'static str,
        port: Port,
        mut f: impl FnMut(&mut PortData) -> std::io::Result<R>,
    ) -> Result<R, Value> {
        loop {
            let index = port.index(self);
            let result = match self.runtime.io.port_mut(index) {
                Some(data) => f(data),
                None => f(&mut PortData::closed()),
            };
            match result {
                Ok(r) => return Ok(r),
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {
                    self.leave_if_interrupted()?;
                }
                Err(e) => return Err(self.io_error(who, &e)),
            }
        }
    }
    /// The next character of a textual input port, left there; `None` at the end.
    pub fn peek_char_of(&mut self, who: &'static str, port: Port) -> Result<Option<char>, Value> {
        self.before_input(who, port)?;
        Ok(self.read_port(who, port, PortData::peek)?.map(|(c, _)| c))
    }
    /// The next character of a textual input port; `None` at the end.
    pub fn read_char_of(&mut self, who: &'static str, port: Port) -> Result<Option<char>, Value> {
        self.before_input(who, port)?;
        let next = self.read_port(who, port, PortData::peek)?;
        if let (Some((_, bytes)), Some(data)) = (next, self.port_data(port)) {
            data.consume(bytes);
        }
        Ok(next.map(|(c, _)| c))
    }
    /// Writes out the standard output before the standard input waits for somebody to answer.
    #[inline]
    pub(crate) fn before_input(&mut self, who: &'static str, port: Port) -> Result<(), Value> {
        match self.port_data(port) {
            Some(data) if data.flushes_output_first && data.unread().is_empty() => {}
            _ => return Ok(()),
        }
        self.leave_if_interrupted()?;
        let output = Port::of(self.field(self.port_cell(OUTPUT), CELL_VALUE));
        let flushed = output.and_then(|p| self.port_data(p)).map_or(Ok(()), PortData::flush);
        flushed.map_err(|e| self.io_error(who, &e))
    }
}

/// A port as the printer shows it.
pub fn describe(ctx: &Ctx, port: Port) -> String {
    let kind = PortKind::from_bits_truncate(port.kind_value(ctx).as_fixnum().unwrap_or(0) as u8);
    let direction = if kind.contains(PortKind::INPUT) { "input" } else { "output" };
    match ctx.runtime.io.ports.get(port.index(ctx)) {
        Some(Some(data)) if data.is_open() => format!("#<{direction}-port {}>", data.name),
        Some(Some(data)) => format!("#<closed {direction}-port {}>", data.name),
        _ => format!("#<closed {direction}-port>"),
    }
}

#[cfg(test)]
mod tests;
