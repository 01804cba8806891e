//! Syntax objects as values, and the door to the expander, which alone knows what is in them.
//!
//! A syntax object is four numbers (a world, a text in it, a datum in that, a set of scopes: see the expander) and, for identifiers, the symbol. It
//! holds no pointer. All that looks inside or makes one goes through [`Expander::service`], which finds the expander's tables in [`Expander::state`]
//! while a transformer runs, else with the compiler.

use super::view;
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;
use std::any::Any;

view!(
    /// A syntax object.
    Syntax
);

impl Syntax {
    /// World, text, datum and set of scopes.
    pub fn parts(self, ctx: &Ctx) -> [u32; 4] {
        [0, 1, 2, 3].map(|i| ctx.field(self.0, OBJECT_PAYLOAD + i * WORD).as_fixnum().unwrap_or(0) as u32)
    }
    /// An identifier's symbol, `#f` for other syntax.
    pub fn name(self, ctx: &Ctx) -> Value {
        ctx.field(self.0, OBJECT_PAYLOAD + 4 * WORD)
    }
}

/// What primitives ask of the expander, with their arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Request {
    /// `(syntax->datum syntax)`
    ToDatum,
    /// `(datum->syntax identifier datum)`
    FromDatum,
    /// `(free-identifier=? a b)`
    FreeEqual,
    /// `(bound-identifier=? a b)`
    BoundEqual,
    /// `(generate-temporaries list)`
    Temporaries,
    /// `(%syntax-match pattern syntax)`: a vector of what the variables match, or `#f`.
    Match,
    /// `(%syntax-fill template value ...)`
    Fill,
    /// `(%syntax->form syntax keep?)`: the identifier at the head of a form, and the form as pairs and vectors. Identifiers with the scopes of
    /// that at the head become symbols unless `keep?`.
    ToForm,
}

/// Answers a request; the error is `Value::RAISED`, with the condition in place.
pub type Service = fn(&mut Ctx, Request, &[Value]) -> Result<Value, Value>;

/// How much of a world's texts, data in text 0, and sets of scopes syntax objects in the heap refer to: one more than the greatest number. So the
/// expander knows what it can forget.
#[derive(Clone, Default, Debug)]
pub struct NewestSyntax(Vec<(u32, [u32; 3])>);

impl NewestSyntax {
    /// A collection begins that finds all of them.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
    /// There is a syntax object of these parts.
    pub(crate) fn note(&mut self, [world, text, datum, set]: [u32; 4]) {
        let parts = [text + 1, if text == 0 { datum + 1 } else { 0 }, set + 1];
        match self.0.iter_mut().find(|(known, _)| *known == world) {
            Some((_, newest)) => newest.iter_mut().zip(parts).for_each(|(n, part)| *n = part.max(*n)),
            None => self.0.push((world, parts)),
        }
    }
    /// How many texts, data in text 0, and sets of a world.
    pub fn of(&self, world: u32) -> [u32; 3] {
        self.0.iter().find(|(known, _)| *known == world).map_or([0; 3], |(_, newest)| *newest)
    }
}

/// The expander as the runtime knows it.
#[derive(Default)]
pub struct Expander {
    /// What answers primitives.
    pub service: Option<Service>,
    /// What a syntax object looks like when printed.
    pub describe: Option<fn(&Ctx, Syntax) -> String>,
    /// The expander's tables while Scheme code may ask for them.
    pub state: Option<Box<dyn Any>>,
    /// The latest `syntax-violation`: its message, and the parts of the form that it complains about.
    pub violation: Option<(String, [u32; 4])>,
}

impl Ctx {
    /// What the syntax objects were that the last major collection found; see [`crate::heap::GcStats::major`].
    pub fn newest_syntax(&self) -> &NewestSyntax {
        &self.runtime.heap.syntax
    }
    /// A fresh syntax object of world, text, datum and set of scopes; `name` is an identifier's symbol, or `#f`.
    pub fn make_syntax(&mut self, parts: [u32; 4], name: Value) -> Value {
        let [world, text, datum, set] = parts.map(|n| Value::fixnum(i64::from(n)));
        self.alloc_values(ObjectType::Syntax, &[world, text, datum, set, name])
    }
}
