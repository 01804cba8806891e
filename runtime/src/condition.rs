//! Conditions: built here, put into `ctx.condition`, answered as `Value::RAISED`.
//!
//! A condition's message names the procedure, the argument's position and the value: `car: argument 1 must be a pair, but is 5`.
//! Its kind is a symbol, which `error-object?`, `file-error?` and `read-error?` tell apart; the payload depends on it:
//!
//! | kind | payload |
//! |---|---|
//! | `error` | `#f`; message and irritants are those of `error` |
//! | `wrong-type`, `bad-range`, `immutable` | the value |
//! | `unbound-variable` | the name, a symbol |
//! | `wrong-count` | the procedure, or its name |
//! | `not-a-procedure` | the value |
//! | `handler-returned` | what was raised |
//! | `file`, `read` | file name, or `#f` |
//! | `io` | the symbol `broken-pipe`, or `#f` |
//! | `division-by-zero`, `out-of-memory`, `values`, `barrier`, `unsupported`, `internal` | `#f` |

use crate::abi::Ctx;
use crate::object::Str;
use crate::port::system_message;
use crate::print::{Mode, bounded_string, is_circular, to_limited_string};
use crate::symbol;
use crate::value::Value;

/// Kinds whose payload is what their message speaks of, and so their one irritant.
pub(crate) const PAYLOAD_IS_IRRITANT: &[&str] =
    &["wrong-type", "bad-range", "immutable", "unbound-variable", "not-a-procedure", "handler-returned", "file"];

/// Bytes of a value's external representation in a message; the rest is cut.
const SHOWN: usize = 60;

/// Payload of the condition of a write that nobody will read.
const BROKEN_PIPE: &str = "broken-pipe";

fn plural(n: usize, what: &str) -> String {
    if n == 1 { format!("{n} {what}") } else { format!("{n} {what}s") }
}

/// What a procedure takes, as one clause: required arguments, and whether more may follow.
pub type Arity = (u32, bool);

fn describe_arities(arities: &[Arity]) -> String {
    // What a clause with a rest list takes need not be said again.
    let open = arities.iter().filter(|&&(_, rest)| rest).map(|&(required, _)| required).min();
    let each: Vec<String> = arities
        .iter()
        .filter(|&&(required, rest)| open.is_none_or(|least| required < least || (rest && required == least)))
        .map(|&(required, rest)| match (required, rest) {
            (0, false) => "no arguments".to_owned(),
            (n, true) => format!("at least {}", plural(n as usize, "argument")),
            (n, false) => plural(n as usize, "argument"),
        })
        .collect();
    each.join(" or ")
}

impl Ctx {
    /// Raises a condition of any kind.
    #[cold]
    pub fn raise_condition(&mut self, kind: &str, message: &str, irritants: &[Value], payload: Value) -> Value {
        let message = self.string_from(message).value();
        let irritants = self.list(irritants);
        self.condition = self.make_condition(symbol::intern(kind), message, irritants, payload);
        Value::RAISED
    }
    fn show(&self, value: Value) -> String {
        to_limited_string(self, value, SHOWN)
    }
    /// `who`'s argument number `position` (from 1) is `got`, which is not a `wanted`.
    #[cold]
    pub fn wrong_type(&mut self, who: &str, position: usize, got: Value, wanted: &str) -> Value {
        let article = if wanted.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let message = format!("{who}: argument {position} must be {article} {wanted}, but is {}", self.show(got));
        self.raise_condition("wrong-type", &message, &[], got)
    }
    /// `who`'s argument number `position` (from 1) is `got`, which is not within `[low, high)`.
    #[cold]
    pub fn bad_range(&mut self, who: &str, position: usize, got: Value, low: usize, high: usize) -> Value {
        let message = if high > low {
            format!("{who}: argument {position} must be from {low} to {}, but is {}", high - 1, self.show(got))
        } else {
            format!("{who}: argument {position} is {}, but nothing is in range", self.show(got))
        };
        self.raise_condition("bad-range", &message, &[], got)
    }
    /// Adds to the position of the argument that `ctx.condition` is about: the primitive that has found it wrong was applied to a few of many.
    #[cold]
    pub(crate) fn shift_argument(&mut self, by: i8) {
        const BEFORE: &str = ": argument ";
        let Some([kind, message, irritants, payload]) = self.condition_parts(self.condition).filter(|_| by != 0) else {
            return;
        };
        let is_of_argument = |name: &str| PAYLOAD_IS_IRRITANT.contains(&name);
        if !symbol::name(kind).is_some_and(is_of_argument) {
            return;
        }
        let text = Str::of(message).map_or_else(String::new, |s| s.to_rust(self));
        let Some((who, rest)) = text.split_once(BEFORE) else { return };
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let Ok(position) = rest[..digits].parse::<i64>() else { return };
        let message = format!("{who}{BEFORE}{}{}", position + i64::from(by), &rest[digits..]);
        let message = self.string_from(&message).value();
        self.condition = self.make_condition(kind, message, irritants, payload);
    }
    /// `who` would change `object`, which is a literal.
    #[cold]
    pub fn immutable_literal(&mut self, who: &str, position: usize, object: Value) -> Value {
        let message =
            format!("{who}: argument {position} must be mutable, but is the literal constant {}", self.show(object));
        self.raise_condition("immutable", &message, &[], object)
    }
    /// A variable was used before it had a value.
    #[cold]
    pub fn unbound_variable(&mut self, name: Value) -> Value {
        let message = format!("variable {} has no value", self.show(name));
        self.raise_condition("unbound-variable", &message, &[], name)
    }
    /// `who` was asked to divide by an exact zero.
    #[cold]
    pub fn division_by_zero(&mut self, who: &str) -> Value {
        self.raise_condition("division-by-zero", &format!("{who}: division by zero"), &[], Value::FALSE)
    }
    /// `who` cannot give an answer that the language would allow; `message` says why.
    #[cold]
    pub fn not_supported(&mut self, who: &str, message: &str) -> Value {
        self.raise_condition("unsupported", &format!("{who}: {message}"), &[], Value::FALSE)
    }
    /// The memory limit does not allow `bytes` more.
    #[cold]
    pub fn out_of_memory(&mut self, bytes: usize) -> Value {
        let limit = self.runtime.options.max_heap;
        let message = format!("out of memory: {bytes} bytes more would exceed the limit of {limit}");
        self.raise_condition("out-of-memory", &message, &[], Value::FALSE)
    }
    /// A collection has found more in use than the memory limit allows.
    #[cold]
    pub(crate) fn collect_limit_reached(&mut self) -> Value {
        let limit = self.runtime.options.max_heap;
        let message = format!("out of memory: the limit of {limit} bytes is reached");
        self.raise_condition("out-of-memory", &message, &[], Value::FALSE)
    }
    /// A file could not be opened, removed, ….
    #[cold]
    pub fn file_error(&mut self, who: &str, file: Value, error: &std::io::Error) -> Value {
        let message = format!("{who}: {}: {}", self.show(file), system_message(error));
        self.raise_condition("file", &message, &[], file)
    }
    /// Input or output on a port failed.
    #[cold]
    pub fn io_error(&mut self, who: &str, error: &std::io::Error) -> Value {
        let broken = error.kind() == std::io::ErrorKind::BrokenPipe;
        let payload = if broken { symbol::intern(BROKEN_PIPE) } else { Value::FALSE };
        self.raise_condition("io", &format!("{who}: {}", system_message(error)), &[], payload)
    }
    /// Whether a raised value says that nobody reads an output any more.
    pub fn is_broken_pipe(&self, raised: Value) -> bool {
        let is_symbol = |v: Value, name| v.is_symbol() && symbol::name(v) == Some(name);
        self.condition_parts(raised)
            .is_some_and(|[kind, _, _, payload]| is_symbol(kind, "io") && is_symbol(payload, BROKEN_PIPE))
    }
    /// `read` met text that is no datum.
    #[cold]
    pub fn read_error(&mut self, who: &str, message: &str) -> Value {
        self.raise_condition("read", &format!("{who}: {message}"), &[], Value::FALSE)
    }
    /// A primitive (by its name, a symbol) was given `got` arguments.
    #[cold]
    pub fn wrong_count(&mut self, name: Value, got: usize, min: usize, max: Option<usize>) -> Value {
        let takes = match max {
            Some(max) if max == min => describe_arities(&[(min as u32, false)]),
            Some(max) => format!("{min} to {}", plural(max, "argument")),
            None => describe_arities(&[(min as u32, true)]),
        };
        let message = format!("{}: takes {takes}, but got {got}", self.show(name));
        self.raise_condition("wrong-count", &message, &[], name)
    }
    /// A procedure was given a number of arguments that none of its clauses takes.
    #[cold]
    pub(crate) fn wrong_argument_count(&mut self, procedure: Value, got: usize) -> Value {
        let name = self.procedure_name(procedure);
        let who = if name == Value::FALSE { "anonymous procedure".to_owned() } else { self.show(name) };
        let message = match self.procedure_arities(procedure) {
            Some(arities) => format!("{who}: takes {}, but got {got}", describe_arities(arities)),
            None => format!("{who}: does not take {}", plural(got, "argument")),
        };
        self.raise_condition("wrong-count", &message, &[], procedure)
    }
    /// Something else than a procedure was called.
    #[cold]
    pub(crate) fn not_a_procedure(&mut self, got: Value) -> Value {
        let message = format!("only procedures can be called, but this is {}", self.show(got));
        self.raise_condition("not-a-procedure", &message, &[], got)
    }
    #[cold]
    pub(crate) fn too_many_arguments(&mut self) -> Value {
        let message = format!("apply: a call takes at most {} arguments", crate::abi::MAX_ARGS);
        self.raise_condition("wrong-count", &message, &[], Value::FALSE)
    }
    #[cold]
    pub(crate) fn wrong_value_count(&mut self, got: usize) -> Value {
        let message = format!("{} came where another number of values is expected", plural(got, "value"));
        self.raise_condition("values", &message, &[], Value::FALSE)
    }
    #[cold]
    pub(crate) fn handler_returned(&mut self, raised: Value) -> Value {
        let message = format!("a handler returned from raise; raised was {}", self.describe(raised));
        self.raise_condition("handler-returned", &message, &[], raised)
    }
    #[cold]
    pub(crate) fn continuation_barrier(&mut self) -> Value {
        let message = "a continuation cannot be reinstated from within another entry into Scheme";
        self.raise_condition("barrier", message, &[], Value::FALSE)
    }

    /// Kind, message, irritants and payload of a condition object.
    pub fn condition_parts(&self, condition: Value) -> Option<[Value; 4]> {
        let is_one = condition.is_a(crate::layout::ObjectType::Condition);
        is_one.then(|| [8, 16, 24, 32].map(|offset| self.field(condition, offset)))
    }

    /// A raised value as text: message and irritants of a condition, `write`'s syntax of anything else.
    pub fn describe(&self, raised: Value) -> String {
        let Some([_, message, mut irritants, _]) = self.condition_parts(raised) else {
            return self.show(raised);
        };
        let mut text = Str::of(message).map_or_else(|| self.show(message), |s| s.to_rust(self));
        while irritants.is_pair() && text.len() < 4000 {
            text.push(' ');
            let irritant = self.car(irritants);
            let labelled =
                is_circular(self, irritant).then(|| bounded_string(self, irritant, Mode::Write, 400)).flatten();
            text.push_str(&labelled.unwrap_or_else(|| to_limited_string(self, irritant, 400)));
            irritants = self.cdr(irritants);
        }
        text
    }
}

/// `error`: raises a condition of kind `error`.
pub fn error(ctx: &mut Ctx, args: *const Value, count: usize) -> Value {
    let args = crate::prim::check::arguments(args, count);
    let irritants = ctx.list(&args[1..]);
    ctx.condition = ctx.make_condition(symbol::intern("error"), args[0], irritants, Value::FALSE);
    Value::RAISED
}

/// `%wrong-type`: for the library's Scheme code.
pub fn wrong_type(ctx: &mut Ctx, who: Value, position: Value, got: Value, wanted: Value) -> Value {
    let who = ctx.describe(who);
    let wanted = Str::of(wanted).map_or_else(String::new, |s| s.to_rust(ctx));
    ctx.wrong_type(&who, position.as_fixnum().unwrap_or(1) as usize, got, &wanted)
}
