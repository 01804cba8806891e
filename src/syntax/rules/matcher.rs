//! A macro use against a pattern.

use super::*;
use crate::reader::datum::DatumKind;
use crate::syntax::object::View;
use crate::syntax::{World, deeper};

/// What a pattern variable matched.
#[derive(Clone, Debug)]
pub enum Match<T = Stx> {
    /// Nothing yet.
    None,
    /// A form.
    One(T),
    /// The matches of each repetition.
    Many(Vec<Match<T>>),
}

/// Matches the arguments of a use; on success every variable of the rule is filled.
pub fn matches(w: &mut World, m: &Patterns, pattern: PatternId, s: Stx, found: &mut [Match]) -> bool {
    deeper(|| match &m[pattern] {
        Pattern::Any => true,
        Pattern::Variable(n) => {
            found[*n as usize] = Match::One(s);
            true
        }
        Pattern::Literal(l) => w.syntax.symbol(s).is_some() && w.same_identifier(*l, s),
        Pattern::Datum(d) => same_atom(w, *d, s),
        Pattern::Vector(list) => match w.syntax.view(s) {
            View::Vector => {
                let items = w.syntax.vector(s).unwrap_or_default();
                match_list(w, m, &m[*list], &items, None, found)
            }
            _ => false,
        },
        list @ Pattern::List { before, repeated, after, tail } => {
            let most = if repeated.is_some() { usize::MAX } else { before.len() + after.len() };
            let (mut items, mut rest) = (Vec::new(), s);
            while items.len() < most {
                let Some((a, d)) = w.syntax.uncons(rest) else { break };
                items.push(a);
                rest = d;
            }
            if tail.is_none() && !w.syntax.is_null(rest) {
                return false;
            }
            match_list(w, m, list, &items, Some(rest), found)
        }
    })
}

fn match_list(
    w: &mut World,
    m: &Patterns,
    list: &Pattern,
    items: &[Stx],
    rest: Option<Stx>,
    found: &mut [Match],
) -> bool {
    let Pattern::List { before, repeated, after, tail } = list else { return false };
    let fixed = before.len() + after.len();
    if items.len() < fixed || (repeated.is_none() && items.len() > fixed) {
        return false;
    }
    let middle = items.len() - fixed;
    for (&p, &s) in before.iter().zip(items) {
        if !matches(w, m, p, s, found) {
            return false;
        }
    }
    if let Some(Repeated { pattern, variables }) = repeated {
        let numbers = variables.start as usize..variables.end as usize;
        let mut columns: Vec<Vec<Match>> = numbers.clone().map(|_| Vec::with_capacity(middle)).collect();
        for &s in &items[before.len()..before.len() + middle] {
            if !matches(w, m, *pattern, s, found) {
                return false;
            }
            for (column, n) in columns.iter_mut().zip(numbers.clone()) {
                column.push(std::mem::replace(&mut found[n], Match::None));
            }
        }
        for (column, n) in columns.into_iter().zip(numbers) {
            found[n] = Match::Many(column);
        }
    }
    for (&p, &s) in after.iter().zip(&items[before.len() + middle..]) {
        if !matches(w, m, p, s, found) {
            return false;
        }
    }
    match (tail, rest) {
        (Some(t), Some(rest)) => matches(w, m, *t, rest, found),
        _ => true,
    }
}

/// Whether two atoms are `equal?` as data.
fn same_atom(w: &mut World, a: Stx, b: Stx) -> bool {
    let syntax = &w.syntax;
    match (syntax.atom(a), syntax.atom(b)) {
        (Ok(DatumKind::Number(m)), Ok(DatumKind::Number(n))) => m == n,
        (Ok(DatumKind::String(m)), Ok(DatumKind::String(n))) => m == n,
        (Ok(DatumKind::Bytevector(m)), Ok(DatumKind::Bytevector(n))) => m == n,
        (a, b) => {
            let immediate = |r: Result<&DatumKind, Value>| match r {
                Err(v) => Some(v),
                Ok(DatumKind::Immediate(v)) => Some(*v),
                Ok(_) => None,
            };
            let (a, b) = (immediate(a), immediate(b));
            a.is_some() && a == b
        }
    }
}
