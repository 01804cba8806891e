//! Hash tables on `eq?`, `eqv?`, `equal?` and `string=?`.
//!
//! A table is a dense array of entries in order of insertion, and an index: open addressing, linear probing, at most half full, each slot with
//! the hash and the number of an entry. Deletion leaves a hole in the entries that growth squeezes out.
//!
//! Keys without content to hash are hashed by address. A table with such keys remembers the collector's epochs and hashes its keys again when
//! they may have moved; once all keys are old, minor collections do not matter to it.

use super::hash::{Hash, eq_hash, equal_hash, eqv_hash, text_hash};
use super::{Bytevector, Str, Vector, equal, eqv, view};
use crate::abi::Ctx;
use crate::layout::*;
use crate::value::Value;

view!(
    /// A hash table.
    HashTable
);
/// What keys are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableKind {
    /// `eq?`
    Eq = 0,
    /// `eqv?`
    Eqv = 1,
    /// `equal?`
    Equal = 2,
    /// `string=?`; all keys are strings.
    String = 3,
}

const fn slot(i: usize) -> usize {
    OBJECT_PAYLOAD + i * WORD
}
/// A [`TableKind`], as all numbers here a fixnum.
const KIND: usize = slot(0);
/// Entries that are not holes.
const COUNT: usize = slot(1);
/// Entries, holes included.
const USED: usize = slot(2);
/// Vector of keys and values in turn.
const ENTRIES: usize = slot(3);
/// Bytevector of 64-bit slots: 0, or a hash in the upper half and one more than the number of an entry in the lower.
const INDEX: usize = slot(4);
/// `gc_epoch` when the keys were last known to be where their hashes say.
const EPOCH: usize = slot(5);
/// `gc_old_epoch` at that time.
const OLD_EPOCH: usize = slot(6);
/// [`MOVES`] and [`UNSETTLED`].
const FLAGS: usize = slot(7);
const SLOTS: usize = 8;

/// Some key is hashed by address.
const MOVES: i64 = 1;
/// Some such key may move at any collection.
const UNSETTLED: i64 = 2;

/// Entries of the smallest table.
const LEAST: usize = 8;
/// Entry numbers have 32 bits.
const MOST: usize = 1 << 31;
/// Key of a hole, never a value of a program.
const HOLE: Value = Value::UNBOUND;

impl HashTable {
    /// What its keys are compared with.
    pub fn kind(self, ctx: &Ctx) -> TableKind {
        match self.number(ctx, KIND) {
            0 => TableKind::Eq,
            1 => TableKind::Eqv,
            2 => TableKind::Equal,
            _ => TableKind::String,
        }
    }
    #[inline]
    fn number(self, ctx: &Ctx, at: usize) -> i64 {
        ctx.field(self.0, at).as_fixnum().unwrap_or(0)
    }
    #[inline]
    fn set_number(self, ctx: &mut Ctx, at: usize, n: i64) {
        // A fixnum needs no barrier.
        ctx.init_field(self.0, at, Value::fixnum(n));
    }
    /// Number of associations.
    pub fn len(self, ctx: &Ctx) -> usize {
        self.number(ctx, COUNT) as usize
    }
    /// Whether there are none.
    pub fn is_empty(self, ctx: &Ctx) -> bool {
        self.len(ctx) == 0
    }
    #[inline]
    fn entries(self, ctx: &Ctx) -> Option<Vector> {
        Vector::of(ctx.field(self.0, ENTRIES))
    }
    #[inline]
    fn index(self, ctx: &Ctx) -> &[[u8; 8]] {
        Bytevector::of(ctx.field(self.0, INDEX)).map_or(&[], |b| b.bytes(ctx).as_chunks().0)
    }
    fn set_index_slot(self, ctx: &mut Ctx, at: usize, word: u64) {
        if let Some(index) = Bytevector::of(ctx.field(self.0, INDEX))
            && let Some(slot) = index.bytes_mut(ctx).as_chunks_mut().0.get_mut(at)
        {
            *slot = word.to_ne_bytes();
        }
    }
    #[inline]
    fn hash(self, ctx: &Ctx, key: Value) -> Hash {
        match self.kind(ctx) {
            TableKind::Eq => eq_hash(ctx, key),
            TableKind::Eqv => eqv_hash(ctx, key),
            TableKind::Equal => equal_hash(ctx, key),
            TableKind::String => {
                let bits = Str::of(key).map_or(0, |s| text_hash(s.text(ctx)));
                Hash { bits, moves: false }
            }
        }
    }
    #[inline]
    fn same(self, ctx: &Ctx, a: Value, b: Value) -> bool {
        a == b
            || match self.kind(ctx) {
                TableKind::Eq => false,
                TableKind::Eqv => eqv(a, b),
                TableKind::Equal => equal(ctx, a, b),
                TableKind::String => match (Str::of(a), Str::of(b)) {
                    (Some(a), Some(b)) => a.text(ctx).same(b.text(ctx)),
                    _ => false,
                },
            }
    }
    /// The entry of a key with this hash.
    #[inline]
    fn find(self, ctx: &Ctx, key: Value, hash: u32) -> Option<usize> {
        let (index, entries) = (self.index(ctx), self.entries(ctx)?);
        let mask = index.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let word = u64::from_ne_bytes(*index.get(at)?);
            if word == 0 {
                return None;
            }
            if (word >> 32) as u32 == hash {
                let entry = (word as u32 - 1) as usize;
                if self.same(ctx, entries.get(ctx, 2 * entry)?, key) {
                    return Some(entry);
                }
            }
            at = (at + 1) & mask;
        }
    }
    /// The value of a key.
    #[inline]
    pub fn get(self, ctx: &mut Ctx, key: Value) -> Option<Value> {
        self.refresh(ctx);
        let entry = self.find(ctx, key, self.hash(ctx, key).bits)?;
        self.entries(ctx)?.get(ctx, 2 * entry + 1)
    }
    /// Associates a key with a value. Fails, with the condition set, if the table cannot grow.
    pub fn set(self, ctx: &mut Ctx, key: Value, value: Value) -> Result<(), Value> {
        self.refresh(ctx);
        let hash = self.hash(ctx, key);
        if let (Some(entry), Some(entries)) = (self.find(ctx, key, hash.bits), self.entries(ctx)) {
            entries.set(ctx, 2 * entry + 1, value);
            return Ok(());
        }
        let used = self.number(ctx, USED) as usize;
        if 2 * used == self.entries(ctx).map_or(0, Vector::len) {
            self.grow(ctx)?;
        }
        let used = self.number(ctx, USED) as usize;
        if let Some(entries) = self.entries(ctx) {
            entries.set(ctx, 2 * used, key);
            entries.set(ctx, 2 * used + 1, value);
        }
        self.set_number(ctx, USED, used as i64 + 1);
        self.set_number(ctx, COUNT, self.len(ctx) as i64 + 1);
        self.insert_into_index(ctx, hash.bits, used);
        self.note(ctx, key, hash);
        Ok(())
    }
    /// Remembers that a key is hashed by address.
    fn note(self, ctx: &mut Ctx, key: Value, hash: Hash) {
        if !hash.moves {
            return;
        }
        let flags = self.number(ctx, FLAGS);
        if flags & MOVES == 0 {
            self.remember_epochs(ctx);
        }
        let unsettled = if ctx.is_settled(key) { 0 } else { UNSETTLED };
        self.set_number(ctx, FLAGS, flags | MOVES | unsettled);
    }
    fn remember_epochs(self, ctx: &mut Ctx) {
        let (epoch, old) = (ctx.gc_epoch(), ctx.gc_old_epoch());
        self.set_number(ctx, EPOCH, epoch as i64);
        self.set_number(ctx, OLD_EPOCH, old as i64);
    }
    fn insert_into_index(self, ctx: &mut Ctx, hash: u32, entry: usize) {
        let index = self.index(ctx);
        let mask = index.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while index.get(at).is_some_and(|word| *word != [0; 8]) {
            at = (at + 1) & mask;
        }
        self.set_index_slot(ctx, at, (hash as u64) << 32 | (entry as u64 + 1));
    }
    /// Removes a key; whether it was there.
    pub fn delete(self, ctx: &mut Ctx, key: Value) -> bool {
        self.refresh(ctx);
        let hash = self.hash(ctx, key).bits;
        let (Some(entry), Some(entries)) = (self.find(ctx, key, hash), self.entries(ctx)) else { return false };
        entries.set(ctx, 2 * entry, HOLE);
        entries.set(ctx, 2 * entry + 1, Value::UNSPECIFIED);
        self.set_number(ctx, COUNT, self.len(ctx) as i64 - 1);
        true
    }
    /// Removes everything.
    pub fn clear(self, ctx: &mut Ctx) -> Result<(), Value> {
        self.install(ctx, LEAST, &[])
    }
    /// The associations in order of insertion.
    pub fn to_vec(self, ctx: &Ctx) -> Vec<(Value, Value)> {
        let used = self.number(ctx, USED) as usize;
        let entries = self.entries(ctx).map_or(&[][..], |v| v.as_slice(ctx));
        let (pairs, _) = entries.as_chunks::<2>();
        pairs.iter().take(used).filter(|[key, _]| *key != HOLE).map(|&[key, value]| (key, value)).collect()
    }
    /// A fresh table of the same kind with the same associations.
    pub fn copy(self, ctx: &mut Ctx) -> Result<HashTable, Value> {
        let copy = ctx.make_table(self.kind(ctx))?;
        let all = self.to_vec(ctx);
        copy.install(ctx, capacity_for(all.len()), &all)?;
        Ok(copy)
    }
    /// Makes room for one more entry at least: squeezes out the holes, and doubles the table if there are few.
    fn grow(self, ctx: &mut Ctx) -> Result<(), Value> {
        let all = self.to_vec(ctx);
        self.install(ctx, capacity_for(all.len() + all.len() / 2 + 1), &all)
    }
    /// Replaces entries and index by fresh ones of a capacity (a power of two).
    fn install(self, ctx: &mut Ctx, capacity: usize, all: &[(Value, Value)]) -> Result<(), Value> {
        const WHO: &str = "hash-table-set!";
        if capacity > MOST {
            return Err(ctx.not_supported(WHO, "the table would be too large"));
        }
        let entries = ctx.make_vector(WHO, 2 * capacity, Value::UNSPECIFIED)?;
        let index = ctx.make_bytevector(WHO, 16 * capacity)?;
        for (i, &(key, value)) in all.iter().enumerate() {
            entries.set(ctx, 2 * i, key);
            entries.set(ctx, 2 * i + 1, value);
        }
        ctx.set_field(self.0, ENTRIES, entries.value());
        ctx.set_field(self.0, INDEX, index.value());
        self.set_number(ctx, COUNT, all.len() as i64);
        self.set_number(ctx, USED, all.len() as i64);
        self.rehash(ctx);
        Ok(())
    }
    /// Hashes the keys again if a collection may have moved them.
    #[inline]
    fn refresh(self, ctx: &mut Ctx) {
        if self.number(ctx, FLAGS) & MOVES != 0 && self.number(ctx, EPOCH) != ctx.gc_epoch() as i64 {
            self.refresh_slow(ctx);
        }
    }
    #[cold]
    fn refresh_slow(self, ctx: &mut Ctx) {
        let settled = self.number(ctx, FLAGS) & UNSETTLED == 0;
        if settled && self.number(ctx, OLD_EPOCH) == ctx.gc_old_epoch() as i64 {
            return self.set_number(ctx, EPOCH, ctx.gc_epoch() as i64);
        }
        if let Some(index) = Bytevector::of(ctx.field(self.0, INDEX)) {
            index.bytes_mut(ctx).fill(0);
        }
        self.rehash(ctx);
    }
    /// Fills an empty index.
    fn rehash(self, ctx: &mut Ctx) {
        self.set_number(ctx, FLAGS, 0);
        self.remember_epochs(ctx);
        let Some(entries) = self.entries(ctx) else { return };
        for entry in 0..self.number(ctx, USED) as usize {
            let key = entries.get(ctx, 2 * entry).unwrap_or(HOLE);
            if key != HOLE {
                let hash = self.hash(ctx, key);
                self.insert_into_index(ctx, hash.bits, entry);
                self.note(ctx, key, hash);
            }
        }
    }
}

fn capacity_for(entries: usize) -> usize {
    entries.max(LEAST).next_power_of_two()
}

impl Ctx {
    /// A fresh, empty table.
    pub fn make_table(&mut self, kind: TableKind) -> Result<HashTable, Value> {
        let zero = Value::fixnum(0);
        let mut slots = [zero; SLOTS];
        slots[0] = Value::fixnum(kind as i64);
        let table = HashTable(self.alloc_values(ObjectType::HashTable, &slots));
        table.clear(self)?;
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::context;

    fn fix(n: i64) -> Value {
        Value::fixnum(n)
    }

    fn table(ctx: &mut Ctx, kind: TableKind) -> HashTable {
        let Ok(t) = ctx.make_table(kind) else { panic!("there is memory") };
        t
    }

    #[test]
    fn inserts_replaces_deletes_and_grows() {
        let ctx = &mut *context();
        let t = table(ctx, TableKind::Eqv);
        for i in 0..5000 {
            assert!(t.set(ctx, fix(i), fix(-i)).is_ok());
        }
        assert!(t.set(ctx, fix(77), fix(1)).is_ok());
        assert_eq!((t.len(ctx), t.get(ctx, fix(77)), t.get(ctx, fix(5000))), (5000, Some(fix(1)), None));
        for i in (0..5000).filter(|i| i % 3 != 0) {
            assert!(t.delete(ctx, fix(i)));
        }
        assert!(!t.delete(ctx, fix(1)));
        for i in 0..5000 {
            assert_eq!(t.get(ctx, fix(i)).is_some(), i % 3 == 0);
        }
        for i in 10_000..20_000 {
            assert!(t.set(ctx, fix(i), fix(i)).is_ok());
            assert!(t.delete(ctx, fix(i)));
        }
        assert_eq!(t.len(ctx), 1667);
        let order: Vec<Value> = t.to_vec(ctx).into_iter().take(3).map(|(k, _)| k).collect();
        assert_eq!(order, [fix(0), fix(3), fix(6)]);
        assert!(t.clear(ctx).is_ok());
        assert_eq!((t.len(ctx), t.get(ctx, fix(0))), (0, None));
    }

    #[test]
    fn kinds_differ_in_what_they_take_for_the_same() {
        let ctx = &mut *context();
        let (a, b) = (ctx.string_from("key").value(), ctx.string_from("key").value());
        let (big, same) = (ctx.make_integer(i64::MAX), ctx.make_integer(i64::MAX));
        let (l, m) = (ctx.list(&[a, big]), ctx.list(&[b, same]));
        for (kind, found) in [
            (TableKind::Eq, [false, false, false]),
            (TableKind::Eqv, [false, true, false]),
            (TableKind::Equal, [true, true, true]),
        ] {
            let t = table(ctx, kind);
            for k in [a, big, l] {
                assert!(t.set(ctx, k, Value::TRUE).is_ok());
            }
            assert_eq!([b, same, m].map(|k| t.get(ctx, k).is_some()), found);
            assert_eq!([a, big, l].map(|k| t.get(ctx, k).is_some()), [true; 3]);
        }
    }

    #[test]
    fn string_keys_match_whatever_their_width() {
        let ctx = &mut *context();
        let t = table(ctx, TableKind::String);
        for i in 0..1000 {
            let k = ctx.string_from(&format!("ключ {i}")).value();
            assert!(t.set(ctx, k, fix(i)).is_ok());
        }
        let narrow = ctx.string_from("abcdefghij").value();
        assert!(t.set(ctx, narrow, fix(-1)).is_ok());
        let wide = ctx.string_from("abcdeλghij");
        assert_eq!(t.get(ctx, wide.value()), None);
        assert!(wide.set(ctx, "t", 5, 'f').is_ok());
        assert_eq!(t.get(ctx, wide.value()), Some(fix(-1)));
        let k = ctx.string_from("ключ 500").value();
        assert_eq!(t.get(ctx, k), Some(fix(500)));
    }

    #[test]
    fn address_keys_survive_collections() {
        let ctx = &mut *context();
        let t = table(ctx, TableKind::Eq);
        let keys: Vec<_> = (0..3000)
            .map(|i| {
                let key = ctx.cons(fix(i), Value::NULL);
                assert!(t.set(ctx, key, fix(i)).is_ok());
                ctx.root(key)
            })
            .collect();
        let table = ctx.root(t.value());
        for round in 0..4 {
            if round % 2 == 0 {
                ctx.collect();
            } else {
                ctx.collect_at(&mut [], false);
            }
            let Some(t) = HashTable::of(table.get()) else { panic!("still a table") };
            for (i, key) in keys.iter().enumerate() {
                assert_eq!(t.get(ctx, key.get()), Some(fix(i as i64)));
            }
            let fresh = ctx.cons(fix(round), Value::NULL);
            assert_eq!(t.get(ctx, fresh), None);
            assert!(t.set(ctx, fresh, fix(-1)).is_ok());
            assert_eq!(t.get(ctx, fresh), Some(fix(-1)));
        }
        assert_eq!(HashTable::of(table.get()).map(|t| t.len(ctx)), Some(3004));
    }

    #[test]
    fn copies_are_independent() {
        let ctx = &mut *context();
        let t = table(ctx, TableKind::Equal);
        assert!(t.set(ctx, fix(1), fix(1)).is_ok());
        let Ok(copy) = t.copy(ctx) else { panic!("there is memory") };
        assert!(copy.set(ctx, fix(2), fix(2)).is_ok() && t.delete(ctx, fix(1)));
        assert_eq!((t.len(ctx), copy.len(ctx)), (0, 2));
    }
}
