use super::*;
use crate::control::Options;
use crate::object::{Ephemeron, Str};
use crate::testing::context;

fn verifying() -> Box<Ctx> {
    Ctx::new(Options { max_heap: 1 << 30, nursery: 256 << 10, verify_heap: true, ..Options::default() })
}

/// One collection of the wanted sort, with everything else in handles.
fn gc(ctx: &mut Ctx, major: bool) {
    ctx.collect_at(&mut [], major);
}

/// Bytes in use by what the runtime itself holds on to, all of it old.
fn settled(ctx: &mut Ctx) -> u64 {
    gc(ctx, true);
    ctx.gc_stats().live_bytes
}

/// A generator of numbers for tests (xorshift).
struct Random(u64);
impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// A mutable graph of vectors of many sizes, kept both in the heap and as numbers in Rust.
struct Model {
    nodes: Vec<(Handle, Vec<Option<usize>>)>,
    random: Random,
}

impl Model {
    fn new(seed: u64) -> Model {
        Model { nodes: Vec::new(), random: Random(seed) }
    }
    fn add(&mut self, ctx: &mut Ctx) {
        let size = match self.random.below(40) {
            0 => 3000,
            n => 2 + n % 7,
        };
        let v = ctx.make_vector("test", size, Value::FALSE).expect("room").value();
        ctx.init_field(v, OBJECT_PAYLOAD, Value::fixnum(self.nodes.len() as i64));
        let handle = ctx.root(v);
        self.nodes.push((handle, vec![None; size]));
    }
    /// Stores a node, wrapped in a pair, a closure or a cell, into a slot of another.
    fn link(&mut self, ctx: &mut Ctx) {
        let (from, to) = (self.random.below(self.nodes.len()), self.random.below(self.nodes.len()));
        let slot = 1 + self.random.below(self.nodes[from].1.len() - 1);
        let target = self.nodes[to].0.get();
        extern "C" fn nothing(_: &mut Ctx, _: Value) {}
        let wrapped = match self.random.below(4) {
            0 => target,
            1 => ctx.cons(target, Value::NULL),
            2 => ctx.make_cell(target, Value::NULL),
            _ => ctx.host_procedure(nothing, target),
        };
        ctx.set_field(self.nodes[from].0.get(), OBJECT_PAYLOAD + slot * WORD, wrapped);
        self.nodes[from].1[slot] = Some(to);
    }
    fn check(&self, ctx: &Ctx) {
        for (i, (handle, slots)) in self.nodes.iter().enumerate() {
            let v = handle.get();
            assert_eq!(ctx.field(v, OBJECT_PAYLOAD), Value::fixnum(i as i64));
            for (slot, to) in slots.iter().enumerate().skip(1) {
                let x = ctx.field(v, OBJECT_PAYLOAD + slot * WORD);
                let inner = match x {
                    x if x.is_pair() => ctx.car(x),
                    x if x.is_closure() => ctx.field(x, CLOSURE_FREE + WORD),
                    x if x.is_a(ObjectType::Cell) => ctx.field(x, CELL_VALUE),
                    x => x,
                };
                match to {
                    Some(to) => assert_eq!(inner, self.nodes[*to].0.get()),
                    None => assert_eq!(x, Value::FALSE),
                }
            }
        }
    }
}

#[test]
fn mutated_graphs_survive_collections_of_both_sorts() {
    for seed in 1..6u64 {
        let mut ctx = verifying();
        let mut model = Model::new(0x9e37_79b9_7f4a_7c15u64.wrapping_mul(seed));
        for round in 0..60 {
            for _ in 0..20 {
                model.add(&mut ctx);
            }
            for _ in 0..100 {
                model.link(&mut ctx);
            }
            if round % 3 == 0 {
                let keep = model.nodes.len() * 9 / 10;
                for _ in keep..model.nodes.len() {
                    let dropped = model.nodes.len() - 1;
                    model.nodes.pop();
                    for (handle, slots) in &mut model.nodes {
                        for (slot, to) in slots.iter_mut().enumerate() {
                            if *to == Some(dropped) {
                                ctx.set_field(handle.get(), OBJECT_PAYLOAD + slot * WORD, Value::FALSE);
                                *to = None;
                            }
                        }
                    }
                }
            }
            gc(&mut ctx, model.random.below(8) == 0);
            model.check(&ctx);
        }
    }
}

#[test]
fn garbage_is_freed() {
    let mut ctx = verifying();
    let own = settled(&mut ctx);
    for i in 0..200 {
        for _ in 0..100 {
            ctx.make_vector("test", 500, Value::FALSE).expect("room");
        }
        ctx.make_vector("test", 100_000, Value::FALSE).expect("room");
        gc(&mut ctx, i % 50 == 49);
        assert_eq!(ctx.gc_stats().live_bytes, own);
    }
}

#[test]
fn old_objects_are_freed_by_major_collections_only() {
    let mut ctx = verifying();
    let own = settled(&mut ctx);
    let list = (0..10_000).fold(Value::NULL, |list, i| ctx.cons(Value::fixnum(i), list));
    let handle = ctx.root(list);
    gc(&mut ctx, false);
    gc(&mut ctx, false);
    let full = ctx.gc_stats().live_bytes;
    drop(handle);
    gc(&mut ctx, false);
    assert_eq!(ctx.gc_stats().live_bytes, full);
    gc(&mut ctx, true);
    assert_eq!(ctx.gc_stats().live_bytes, own);
}

#[test]
fn strings_keep_their_characters() {
    let mut ctx = verifying();
    let texts: Vec<String> = (0..300).map(|i| "aé水"[..[1, 3, 6][i % 3]].repeat(1 + i * 17)).collect();
    let handles: Vec<Handle> = texts
        .iter()
        .map(|text| {
            let s = ctx.string_from(text).value();
            ctx.root(s)
        })
        .collect();
    for major in [false, false, true, false] {
        gc(&mut ctx, major);
        for (text, handle) in texts.iter().zip(&handles) {
            assert_eq!(&Str::of(handle.get()).expect("a string").to_rust(&ctx), text);
        }
    }
}

#[test]
fn ephemerons_hold_values_only_while_keys_live() {
    for (minors, major) in [(0, false), (1, false), (2, true), (3, true)] {
        let mut ctx = verifying();
        let (a, b, c) =
            (ctx.cons(Value::TRUE, Value::NULL), ctx.cons(Value::TRUE, Value::NULL), ctx.list(&[Value::TRUE]));
        let key = ctx.root(a);
        let other = ctx.root(b);
        // The second's key is alive only through the first's value; the third refers to itself.
        let first = ctx.make_ephemeron(a, c);
        let second = ctx.make_ephemeron(c, b);
        let dead = ctx.list(&[Value::NULL]);
        let third = ctx.make_ephemeron(dead, dead);
        let all = ctx.list(&[second, first, third]);
        let all = ctx.root(all);
        drop(other);
        for _ in 0..minors {
            gc(&mut ctx, false);
        }
        gc(&mut ctx, major);
        let broken = |ctx: &Ctx| {
            let (mut list, mut result) = (all.get(), Vec::new());
            while list.is_pair() {
                result.push(Ephemeron::of(ctx.car(list)).expect("an ephemeron").is_broken(ctx));
                list = ctx.cdr(list);
            }
            result
        };
        assert_eq!(broken(&ctx), [false, false, true]);
        assert_eq!(Ephemeron::of(ctx.car(ctx.cdr(all.get()))).map(|e| e.key(&ctx)), Some(key.get()));
        drop(key);
        gc(&mut ctx, true);
        assert_eq!(broken(&ctx), [true, true, true]);
    }
}

#[test]
fn finalizers_run_once_for_the_dead() {
    use std::sync::atomic::AtomicU64;
    static SEEN: AtomicU64 = AtomicU64::new(0);
    let mut ctx = verifying();
    ctx.set_finalizer(|_, token| {
        SEEN.fetch_add(token, Ordering::SeqCst);
    });
    let alive = ctx.list(&[Value::TRUE]);
    let alive = ctx.root(alive);
    ctx.finalize_later(alive.get(), 1000);
    for token in 1..=4 {
        let dead = ctx.list(&[Value::TRUE]);
        ctx.finalize_later(dead, token);
    }
    ctx.collect();
    ctx.collect();
    assert_eq!(SEEN.load(Ordering::SeqCst), 10);
    drop(alive);
    ctx.collect();
    assert_eq!(SEEN.load(Ordering::SeqCst), 1010);
}

#[test]
fn cells_and_closures_of_the_static_area_are_roots() {
    let mut ctx = verifying();
    let pair = ctx.cons(Value::fixnum(1), Value::NULL);
    let cell = ctx.static_cell(pair, Value::FALSE);
    let literal = ctx.static_vector(&[Value::fixnum(2)]);
    let young = ctx.cons(literal, pair);
    let mut live = [young];
    for major in [false, true, false] {
        ctx.collect_at(&mut live, major);
        let kept = ctx.field(cell, CELL_VALUE);
        assert_eq!(ctx.car(kept), Value::fixnum(1));
        assert_eq!((ctx.car(live[0]), ctx.cdr(live[0])), (literal, kept));
    }
}

#[test]
fn epochs_tell_when_addresses_change() {
    let mut ctx = context();
    let pair = ctx.cons(Value::TRUE, Value::NULL);
    let pair = ctx.root(pair);
    assert!(!ctx.is_settled(pair.get()) && ctx.is_settled(Value::fixnum(1)));
    let epoch = ctx.gc_epoch();
    gc(&mut ctx, false);
    gc(&mut ctx, false);
    assert!(ctx.is_settled(pair.get()) && ctx.gc_epoch() != epoch);
    let (before, epoch) = (pair.get(), ctx.gc_old_epoch());
    gc(&mut ctx, false);
    assert_eq!((pair.get(), ctx.gc_old_epoch()), (before, epoch));
}

#[test]
fn requests_beyond_the_limit_are_refused_first() {
    let mut ctx = Ctx::new(Options { max_heap: 10 << 20, ..Options::default() });
    assert!(ctx.check_alloc(1 << 20).is_ok());
    assert_eq!(ctx.check_alloc(1 << 40), Err(Value::RAISED));
    assert!(ctx.describe(ctx.condition).starts_with("out of memory"));
}
