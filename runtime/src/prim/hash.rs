//! Hash tables: the kernel of SRFI 69.
use super::check::prims;
use crate::abi::Ctx;
use crate::object::hash::{equal_hash, stable_hash, text_hash};
use crate::object::*;
use crate::symbol;
use crate::value::Value;

const KINDS: [(&str, TableKind); 4] =
    [("eq", TableKind::Eq), ("eqv", TableKind::Eqv), ("equal", TableKind::Equal), ("string", TableKind::String)];

/// The table, and a key that it can have.
#[inline]
fn with_key(ctx: &mut Ctx, who: &'static str, t: Value, key: Value) -> Result<HashTable, Value> {
    let table = ctx.table_arg(who, 1, t)?;
    if table.kind(ctx) == TableKind::String {
        ctx.str_arg(who, 2, key)?;
    }
    Ok(table)
}

prims! {
    /// A fresh table of a kind: `eq`, `eqv`, `equal` or `string`.
    fn make(ctx, kind) {
        let name = symbol::name(kind);
        match KINDS.iter().find(|(k, _)| Some(*k) == name) {
            Some(&(_, kind)) => Ok(ctx.make_table(kind)?.value()),
            None => Err(ctx.wrong_type("make-hash-table", 1, kind, "kind of hash table")),
        }
    }
    /// Whether a value is a table.
    fn is_table(_ctx, v) { Ok(Value::boolean(HashTable::of(v).is_some())) }
    /// A table's kind.
    fn kind(ctx, t) {
        let kind = ctx.table_arg("hash-table-kind", 1, t)?.kind(ctx);
        Ok(KINDS.iter().find(|(_, k)| *k == kind).map_or(Value::TRUE, |(name, _)| symbol::intern(name)))
    }
    /// The value of a key, or a default, for a procedure of a name.
    fn get(ctx, t, key, default, who) {
        let table = match HashTable::of(t) {
            Some(table) if table.kind(ctx) != TableKind::String => table,
            _ => with_key(ctx, symbol::name(who).unwrap_or_default(), t, key)?,
        };
        Ok(table.get(ctx, key).unwrap_or(default))
    }
    /// Associates a key with a value.
    fn set(ctx, t, key, value) {
        let table = with_key(ctx, "hash-table-set!", t, key)?;
        table.set(ctx, key, value)?;
        Ok(Value::UNSPECIFIED)
    }
    /// Removes a key; whether it was there.
    fn delete(ctx, t, key) {
        let table = with_key(ctx, "hash-table-delete!", t, key)?;
        Ok(Value::boolean(table.delete(ctx, key)))
    }
    /// Number of associations.
    fn count(ctx, t) {
        let table = ctx.table_arg("hash-table-size", 1, t)?;
        Ok(Value::fixnum(table.len(ctx) as i64))
    }
    /// Removes all associations.
    fn clear(ctx, t) {
        ctx.table_arg("hash-table-clear!", 1, t)?.clear(ctx)?;
        Ok(Value::UNSPECIFIED)
    }
    /// A fresh table with the same associations.
    fn copy(ctx, t) {
        let table = ctx.table_arg("hash-table-copy", 1, t)?;
        Ok(table.copy(ctx)?.value())
    }
    /// The associations as a fresh list of pairs, in order of insertion.
    fn to_alist(ctx, t) {
        let all = ctx.table_arg("hash-table->alist", 1, t)?.to_vec(ctx);
        let mut list = Value::NULL;
        for (key, value) in all.into_iter().rev() {
            let entry = ctx.cons(key, value);
            list = ctx.cons(entry, list);
        }
        Ok(list)
    }
    /// The keys as a fresh list, in order of insertion.
    fn keys(ctx, t) {
        let all = ctx.table_arg("hash-table-keys", 1, t)?.to_vec(ctx);
        Ok(all.into_iter().rev().fold(Value::NULL, |rest, (key, _)| ctx.cons(key, rest)))
    }
    /// The values as a fresh list, in order of insertion.
    fn values(ctx, t) {
        let all = ctx.table_arg("hash-table-values", 1, t)?.to_vec(ctx);
        Ok(all.into_iter().rev().fold(Value::NULL, |rest, (_, value)| ctx.cons(value, rest)))
    }
    /// A hash that agrees with `equal?` and that no collection changes.
    fn equal(ctx, v) {
        let hash = equal_hash(ctx, v);
        let bits = if hash.moves { stable_hash(ctx, v) as u32 } else { hash.bits };
        Ok(Value::fixnum(bits as i64))
    }
    /// A hash that agrees with `eq?` and `eqv?` and that no collection changes; objects of one type and length share theirs.
    fn eq(ctx, v) { Ok(Value::fixnum(stable_hash(ctx, v) as u32 as i64)) }
    /// A hash of a string's characters.
    fn string(ctx, s) {
        let s = ctx.str_arg("string-hash", 1, s)?;
        Ok(Value::fixnum(text_hash(s.text(ctx)) as i64))
    }
}
