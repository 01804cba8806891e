//! Lists: length without endless walks, building front to back.

use crate::abi::Ctx;
use crate::layout::PAIR_CDR;
use crate::value::Value;

/// Steps before the mark of a walk moves for the first time.
const FIRST_MARK: usize = 64;

/// Walks a list's pairs; ends at what is no pair, or on a cycle (Brent: a mark that moves at powers of two).
#[derive(Clone, Copy)]
pub struct Pairs {
    rest: Value,
    mark: Value,
    steps: usize,
    next_mark: usize,
    circular: bool,
}

impl Pairs {
    /// From the first pair on.
    pub fn new(list: Value) -> Pairs {
        Pairs { rest: list, mark: list, steps: 0, next_mark: FIRST_MARK, circular: false }
    }
    /// The next pair.
    #[inline]
    pub fn next(&mut self, ctx: &Ctx) -> Option<Value> {
        let pair = self.rest;
        if !pair.is_pair() || self.circular {
            return None;
        }
        self.rest = ctx.cdr(pair);
        self.steps += 1;
        if self.rest == self.mark {
            self.circular = true;
        } else if self.steps == self.next_mark {
            self.mark = self.rest;
            self.next_mark *= 2;
        }
        Some(pair)
    }
    /// Pairs met so far.
    pub fn steps(&self) -> usize {
        self.steps
    }
    /// If the walk has ended on a cycle, at the pair that [`Pairs::rest`] answers: how many pairs the cycle has.
    pub fn cycle(&self) -> Option<usize> {
        let marked = if self.next_mark == FIRST_MARK { 0 } else { self.next_mark / 2 };
        self.circular.then_some(self.steps - marked)
    }
    /// What has not been walked yet.
    pub fn rest(&self) -> Value {
        self.rest
    }
    /// What the walk ended at: `()` for a proper list; `None` for a circular one.
    pub fn end(&self) -> Option<Value> {
        (!self.circular).then_some(self.rest)
    }
}

/// Builds a list front to back.
pub struct ListBuilder {
    first: Value,
    last: Value,
}

impl ListBuilder {
    /// An empty list.
    pub fn new() -> ListBuilder {
        ListBuilder { first: Value::NULL, last: Value::NULL }
    }
    /// Adds an element at the end.
    #[inline]
    pub fn push(&mut self, ctx: &mut Ctx, x: Value) {
        let pair = ctx.cons(x, Value::NULL);
        self.link(ctx, pair);
        self.last = pair;
    }
    /// The list, ending in `tail`.
    pub fn finish(mut self, ctx: &mut Ctx, tail: Value) -> Value {
        self.link(ctx, tail);
        self.first
    }
    fn link(&mut self, ctx: &mut Ctx, rest: Value) {
        if self.last.is_pair() {
            // The last pair is as fresh as the list: no barrier.
            ctx.init_field(self.last, PAIR_CDR, rest);
        } else {
            self.first = rest;
        }
    }
}

impl Default for ListBuilder {
    fn default() -> Self {
        ListBuilder::new()
    }
}

impl Ctx {
    /// The length of a proper list; `None` for anything else.
    pub fn list_length(&self, v: Value) -> Option<usize> {
        let mut pairs = Pairs::new(v);
        while pairs.next(self).is_some() {}
        (pairs.end() == Some(Value::NULL)).then_some(pairs.steps())
    }
    /// What follows the first `k` pairs, or, if there are fewer, how many there are. A cycle is not walked round and round.
    pub fn list_tail(&self, v: Value, k: usize) -> Result<Value, usize> {
        let mut pairs = Pairs::new(v);
        while pairs.steps() < k && pairs.next(self).is_some() {}
        let missing = k - pairs.steps();
        match pairs.cycle() {
            Some(length) => Ok((0..missing % length).fold(pairs.rest(), |rest, _| self.cdr(rest))),
            None if missing == 0 => Ok(pairs.rest()),
            None => Err(pairs.steps()),
        }
    }
}
