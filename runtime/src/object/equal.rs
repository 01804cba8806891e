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
    /// Objects still to be compared; for vectors with the index to go on from.
    pending: Vec<(Value, Value, usize)>,
    steps: usize,
    classes: Option<Classes>,
}

impl Comparison<'_> {
    /// `None` if the bound was passed.
    fn run(&mut self, a: Value, b: Value) -> Option<bool> {
        if !self.compare(a, b) {
            return Some(false);
        }
        while let Some((a, b, i)) = self.pending.pop() {
            self.steps += 1;
            if self.classes.is_none() && self.steps > TREE_STEPS {
                return None;
            }
            let (x, y) = if a.is_pair() {
                // The rests wait below the firsts, so that a long list of long lists keeps the stack short.
                if !self.compare(self.ctx.cdr(a), self.ctx.cdr(b)) {
                    return Some(false);
                }
                (self.ctx.car(a), self.ctx.car(b))
            } else {
                let (Some(v), Some(w)) = (Vector::of(a), Vector::of(b)) else { continue };
                let (Some(x), Some(y)) = (v.get(self.ctx, i), w.get(self.ctx, i)) else { continue };
                self.pending.push((a, b, i + 1));
                (x, y)
            };
            if !self.compare(x, y) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether two values may be equal; compound ones are left pending.
    #[inline]
    fn compare(&mut self, a: Value, b: Value) -> bool {
        if a == b {
            return true;
        }
        if a.tag() != b.tag() {
            return false;
        }
        if a.is_pair() {
            self.assume(a, b);
            return true;
        }
        if !a.is_object() || a.object_type() != b.object_type() {
            return false;
        }
        if let (Some(s), Some(t)) = (Str::of(a), Str::of(b)) {
            return s.text(self.ctx).same(t.text(self.ctx));
        }
        if let (Some(v), Some(w)) = (Vector::of(a), Vector::of(b)) {
            let same_length = v.len() == w.len();
            if same_length && !v.is_empty() {
                self.assume(a, b);
            }
            return same_length;
        }
        if let (Some(v), Some(w)) = (Bytevector::of(a), Bytevector::of(b)) {
            return v.bytes(self.ctx) == w.bytes(self.ctx);
        }
        number::eqv(a, b)
    }

    fn assume(&mut self, a: Value, b: Value) {
        if self.classes.as_mut().is_none_or(|classes| classes.union(a, b)) {
            self.pending.push((a, b, 0));
        }
    }
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
