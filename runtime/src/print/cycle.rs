//! Which objects of a datum need labels.

use crate::abi::Ctx;
use crate::object::*;
use crate::value::Value;
use rustc_hash::FxHashMap;

/// Objects that a tree walk may meet before the search for cycles starts in earnest.
const TREE_STEPS: usize = 100_000;

/// The objects that carry a label, and the numbers given so far.
#[derive(Default)]
pub struct Labels {
    numbers: FxHashMap<Value, Option<usize>>,
    next: usize,
}

/// Whether a value has parts that are printed.
pub fn is_compound(v: Value) -> bool {
    v.is_pair() || (v.is_object() && (Vector::of(v).is_some() || Record::of(v).is_some() || Condition::of(v).is_some()))
}

/// Printed part `i` of a compound value, in the order of printing.
pub fn child(ctx: &Ctx, v: Value, i: usize) -> Option<Value> {
    if v.is_pair() {
        return match i {
            0 => Some(ctx.car(v)),
            1 => Some(ctx.cdr(v)),
            _ => None,
        };
    }
    if let Some(vector) = Vector::of(v) {
        return vector.get(ctx, i);
    }
    if let Some(record) = Record::of(v) {
        return record.field(ctx, i);
    }
    let condition = Condition::of(v)?;
    match i {
        0 => Some(condition.message(ctx)),
        1 => Some(condition.irritants(ctx)).filter(|&l| l != Value::NULL),
        _ => None,
    }
}

/// Whether a bounded walk proves that the value is a small tree (or small enough as one).
fn is_small_tree(ctx: &Ctx, root: Value) -> bool {
    let mut pending = vec![root];
    let mut steps = 0;
    while let Some(v) = pending.pop() {
        let mut v = v;
        while is_compound(v) {
            steps += 1;
            if steps > TREE_STEPS {
                return false;
            }
            if v.is_pair() {
                let first = ctx.car(v);
                if is_compound(first) {
                    pending.push(first);
                }
                v = ctx.cdr(v);
                continue;
            }
            let mut i = 0;
            while let Some(part) = child(ctx, v, i) {
                i += 1;
                if is_compound(part) {
                    pending.push(part);
                }
            }
            steps += i;
            break;
        }
    }
    true
}

impl Labels {
    /// Labels for objects that contain themselves: the targets of back edges of a depth-first walk in printing order.
    pub fn cycles(ctx: &Ctx, root: Value) -> Labels {
        if is_small_tree(ctx, root) { Labels::default() } else { Labels::search(ctx, root, false) }
    }

    /// Labels for objects that occur more than once.
    pub fn shared(ctx: &Ctx, root: Value) -> Labels {
        Labels::search(ctx, root, true)
    }

    fn search(ctx: &Ctx, root: Value, shared: bool) -> Labels {
        let mut labels = Labels::default();
        if !is_compound(root) {
            return labels;
        }
        let mut on_path: FxHashMap<Value, bool> = FxHashMap::default();
        on_path.insert(root, true);
        let mut path = vec![(root, 0)];
        while let Some((v, i)) = path.last_mut() {
            let Some(part) = child(ctx, *v, *i) else {
                on_path.insert(*v, false);
                path.pop();
                continue;
            };
            *i += 1;
            if !is_compound(part) {
                continue;
            }
            match on_path.get(&part) {
                None => {
                    on_path.insert(part, true);
                    path.push((part, 0));
                }
                Some(&active) if active || shared => {
                    labels.numbers.insert(part, None);
                }
                Some(_) => {}
            }
        }
        labels
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Whether the object carries a label.
    pub fn has(&self, v: Value) -> bool {
        !self.numbers.is_empty() && self.numbers.contains_key(&v)
    }

    /// The object's label and whether this is its first use; `None` if it carries none.
    pub fn use_label(&mut self, v: Value) -> Option<(usize, bool)> {
        if self.numbers.is_empty() {
            return None;
        }
        let number = self.numbers.get_mut(&v)?;
        if let Some(n) = *number {
            return Some((n, false));
        }
        *number = Some(self.next);
        self.next += 1;
        Some((self.next - 1, true))
    }
}
