//! `eqv?` and `equal?`.
//!
//! `equal?` ends on circular data and does not recurse. It first compares as if both sides were trees, with a bound on the steps; only when the
//! bound is passed does it start again with a union-find over the objects already assumed equal, which makes the work nearly
//! linear in the size of the graphs (the idea of Adams & Dybvig, "Efficient nondestructive equality checking for trees and graphs", ICFP 2008; they
//! interleave the two ways, we switch once: the bound is small against what the second phase costs).

use super::*;
use crate::number;
use rustc_hash::FxHashMap;

/// Objects compared as trees before assumptions are recorded.
const TREE_STEPS: usize = 1_000_000;

/// `eqv?`.
#[inline]
pub fn eqv(a: Value, b: Value) -> bool {
    a == b || (a.is_object() && b.is_object() && number::eqv(a, b))
}

/// `equal?`.
pub fn equal(ctx: &Ctx, a: Value, b: Value) -> bool {
    if a == b {
        return true;
    }
    if !a.is_pair() && !a.is_object() {
        return false;
    }
    let mut tree = Comparison { ctx, pending: Vec::new(), steps: 0, classes: None };
    tree.run(a, b).unwrap_or_else(|| {
        let mut graph = Comparison { ctx, pending: Vec::new(), steps: 0, classes: Some(Classes::default()) };
        graph.run(a, b).unwrap_or(false)
    })
}

struct Comparison<'a> {
    ctx: &'a Ctx,
    /// Objects whose parts are still to be compared; for vectors with the index to go on from.
    pending: Vec<(Value, Value, usize)>,
    steps: usize,
    classes: Option<Classes>,
}

impl Comparison<'_> {
    /// `None` if the bound was passed.
    fn run(&mut self, a: Value, b: Value) -> Option<bool> {
        let mut now = match self.compare(a, b) {
            Verdict::Equal => return Some(true),
            Verdict::Different => return Some(false),
            Verdict::IfParts => (a, b, 0),
        };
        loop {
            self.steps += 1;
            if self.classes.is_none() && self.steps > TREE_STEPS {
                return None;
            }
            let (a, b, i) = now;
            let (first, rest) = if a.is_pair() {
                let (d, e) = (self.ctx.cdr(a), self.ctx.cdr(b));
                ((self.ctx.car(a), self.ctx.car(b)), Some((self.compare(d, e), (d, e, 0))))
            } else {
                let (Some(v), Some(w)) = (Vector::of(a), Vector::of(b)) else { return Some(false) };
                let (Some(x), Some(y)) = (v.get(self.ctx, i), w.get(self.ctx, i)) else { return Some(false) };
                ((x, y), (i + 1 < v.len()).then_some((Verdict::IfParts, (a, b, i + 1))))
            };
            // Of two that are left the first goes on, and the rest waits, so that a long list of long lists keeps few waiting.
            let later = match rest {
                Some((Verdict::Different, _)) => return Some(false),
                Some((Verdict::IfParts, parts)) => Some(parts),
                Some((Verdict::Equal, _)) | None => None,
            };
            now = match (self.compare(first.0, first.1), later) {
                (Verdict::Different, _) => return Some(false),
                (Verdict::IfParts, later) => {
                    self.pending.extend(later);
                    (first.0, first.1, 0)
                }
                (Verdict::Equal, Some(later)) => later,
                (Verdict::Equal, None) => match self.pending.pop() {
                    Some(parts) => parts,
                    None => return Some(true),
                },
            };
        }
    }

    /// Compares two values but for their parts.
    #[inline]
    fn compare(&mut self, a: Value, b: Value) -> Verdict {
        if a == b {
            return Verdict::Equal;
        }
        if a.tag() != b.tag() {
            return Verdict::Different;
        }
        if a.is_pair() {
            return self.assume(a, b);
        }
        if !a.is_object() || a.object_type() != b.object_type() {
            return Verdict::Different;
        }
        let same = if let (Some(s), Some(t)) = (Str::of(a), Str::of(b)) {
            s.text(self.ctx).same(t.text(self.ctx))
        } else if let (Some(v), Some(w)) = (Vector::of(a), Vector::of(b)) {
            if v.len() == w.len() && !v.is_empty() {
                return self.assume(a, b);
            }
            v.len() == w.len()
        } else if let (Some(v), Some(w)) = (Bytevector::of(a), Bytevector::of(b)) {
            v.bytes(self.ctx) == w.bytes(self.ctx)
        } else {
            number::eqv(a, b)
        };
        if same { Verdict::Equal } else { Verdict::Different }
    }

    /// What is to be said of two compound objects: nothing more if they are assumed equal already.
    fn assume(&mut self, a: Value, b: Value) -> Verdict {
        let new = self.classes.as_mut().is_none_or(|classes| classes.union(a, b));
        if new { Verdict::IfParts } else { Verdict::Equal }
    }
}

/// What is known of two values before their parts are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Equal,
    Different,
    /// Equal if their parts are: pairs, or vectors of the same length.
    IfParts,
}

/// Classes of objects assumed equal: a union-find forest over addresses.
#[derive(Default)]
struct Classes {
    nodes: FxHashMap<Value, usize>,
    parents: Vec<usize>,
}

impl Classes {
    fn find(&mut self, v: Value) -> usize {
        let parents = &mut self.parents;
        let mut i = *self.nodes.entry(v).or_insert_with(|| {
            parents.push(parents.len());
            parents.len() - 1
        });
        while parents[i] != i {
            parents[i] = parents[parents[i]];
            i = parents[i];
        }
        i
    }
    /// Joins the classes of two objects; false if they were one already.
    fn union(&mut self, a: Value, b: Value) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parents[a] = b;
        a != b
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    fn circular(ctx: &mut Ctx, length: usize) -> Value {
        let items = vec![Value::fixnum(1); length];
        let list = ctx.list(&items);
        let mut last = list;
        while ctx.cdr(last).is_pair() {
            last = ctx.cdr(last);
        }
        ctx.set_cdr(last, list);
        list
    }

    #[test]
    fn circular_lists_of_different_periods_are_equal() {
        let ctx = &mut *context();
        let (two, three) = (circular(ctx, 2), circular(ctx, 3));
        assert!(equal(ctx, two, three));
        let mut last = three;
        for _ in 0..2 {
            last = ctx.cdr(last);
        }
        ctx.set_car(last, Value::fixnum(2));
        assert!(!equal(ctx, two, three));
    }

    #[test]
    fn vectors_that_hold_themselves() {
        let ctx = &mut *context();
        let make = |ctx: &mut Ctx, x| {
            let v = ctx.vector_from(&[Value::FALSE, Value::fixnum(x)]);
            v.set(ctx, 0, v.value());
            v.value()
        };
        let (a, b, c) = (make(ctx, 1), make(ctx, 1), make(ctx, 2));
        assert!(equal(ctx, a, b));
        assert!(!equal(ctx, a, c));
    }

    #[test]
    fn shared_structure_takes_linear_time() {
        let ctx = &mut *context();
        let make = |ctx: &mut Ctx| (0..200).fold(Value::NULL, |x, _| ctx.cons(x, x));
        let (a, b) = (make(ctx), make(ctx));
        assert!(equal(ctx, a, b));
    }

    #[test]
    fn deep_data_and_leaves() {
        let ctx = &mut *context();
        let make = |ctx: &mut Ctx| (0..2_000_000).fold(Value::NULL, |x, _| ctx.cons(x, Value::NULL));
        let (a, b) = (make(ctx), make(ctx));
        assert!(equal(ctx, a, b));
        let (s, t) = (ctx.string_from("aé").value(), ctx.string_from("aéλ").value());
        assert!(!equal(ctx, s, t));
        let u = ctx.string_from("aéx");
        assert!(u.set(ctx, "t", 2, 'λ').is_ok());
        assert!(equal(ctx, t, u.value()));
        let (v, w) = (ctx.vector_from(&[s]).value(), ctx.vector_from(&[t]).value());
        assert!(!equal(ctx, v, w));
        assert!(!equal(ctx, Value::NULL, s) && !equal(ctx, s, Value::NULL));
        assert!(!equal(ctx, Value::fixnum(2), Value::char('a')));
    }

    #[test]
    fn eqv_of_numbers() {
        let ctx = &mut *context();
        let (zero, minus) = (ctx.box_flonum(0.0), ctx.box_flonum(-0.0));
        let (a, b) = (ctx.box_flonum(f64::NAN), ctx.box_flonum(-f64::NAN));
        assert!(!eqv(zero, minus) && eqv(a, b));
        let (x, y) = (ctx.make_integer(i64::MAX), ctx.make_integer(i64::MAX));
        let z = ctx.make_integer(-i64::MAX);
        assert!(x != y && eqv(x, y) && !eqv(x, z));
    }
}
