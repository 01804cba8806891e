//! Quoted forms to values: shared and circular as they were read. Scopes are ignored.
//!
//! Data of a text that was read become literals: static and immutable. In what `eval` is given, the data themselves are the values, and
//! what macros have built from them is made in the heap, since static data never lead there.

use super::object::{Stx, Syntax};
use crate::reader::literal::{Literals, Part, Structure, build};
use kestrel_runtime::Value;
use rustc_hash::FxHashMap;

struct Forms<'a> {
    syntax: &'a Syntax,
    /// The values of forms that may be part of several, by text and datum.
    seen: FxHashMap<(u32, u32), Value>,
}

/// The value of a quoted form; the error is a part that no constant can have.
pub fn value(syntax: &Syntax, literals: &mut dyn Literals, form: Stx) -> Result<Value, Stx> {
    build(&mut Forms { syntax, seen: FxHashMap::default() }, form, literals)
}

impl Structure for Forms<'_> {
    type Node = Stx;

    fn part(&self, form: Stx) -> Part<'_, Stx> {
        self.syntax.content(form)
    }
    fn known(&self, form: Stx, literals: &dyn Literals) -> Option<Value> {
        if let Some((originals, index)) = self.syntax.original(form) {
            let original = literals.element(originals, index);
            if original != Value::ABSENT {
                return Some(original);
            }
        }
        self.seen.get(&(form.text, form.datum)).copied()
    }
    fn keep(&mut self, form: Stx, value: Value) {
        if self.syntax.may_share(form) {
            self.seen.insert((form.text, form.datum), value);
        }
    }
}
