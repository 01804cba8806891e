//! Scopes and sets of scopes (Flatt, "Binding as sets of scopes", POPL 2016).
//!
//! Every binding form, macro expansion and module makes a fresh scope; an identifier is a symbol with the set of the scopes
//! it stands in. A set is an interned linked list, newest scope first, so equal sets have equal numbers, adding a fresh scope
//! costs O(1), and the sets of nested forms share their tails: 100,000 nested bindings take linear room. Jump pointers
//! (Myers's skew-binary stack) make membership logarithmic; comparing two sets stops where they share a tail.
//!
//! The oldest scope of a set is that of the module whose text holds the identifier: [`ScopeSets::root`].

use crate::define_index;
use rustc_hash::FxHashMap;

define_index!(
    /// A scope; later ones have greater numbers.
    ScopeId, "s"
);
define_index!(
    /// An interned set of scopes.
    SetId, "S"
);
define_index!(
    /// A macro expansion; see `object`.
    ExpansionId, "x"
);

impl SetId {
    /// The empty set.
    pub const EMPTY: SetId = SetId(0);
}

impl ExpansionId {
    /// Not the product of a macro.
    pub const NONE: ExpansionId = ExpansionId(0);
}

#[derive(Clone, Copy)]
struct SetNode {
    newest: ScopeId,
    rest: SetId,
    /// An ancestor further down, for logarithmic search.
    jump: SetId,
    size: u32,
    root: ScopeId,
    /// The newest macro expansion among the scopes.
    expansion: ExpansionId,
}

/// How many scopes and sets there were; see [`ScopeSets::forget`].
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    nodes: usize,
    united: usize,
    scopes: usize,
}

impl Mark {
    /// Whether there were as many sets already.
    pub fn has(&self, sets: u32) -> bool {
        self.nodes >= sets as usize
    }
}

/// Scopes of macro uses at the level of one definition context, which what is defined there does not have.
#[derive(Default)]
pub struct UseSites {
    /// In the order in which they were made.
    scopes: Vec<ScopeId>,
    /// Sets without these scopes. A set never gains one of them later, so this stays true.
    without: FxHashMap<SetId, SetId>,
}

impl UseSites {
    /// Adds a scope that was just made.
    pub fn push(&mut self, scope: ScopeId) {
        self.scopes.push(scope);
    }
}

/// All scopes and sets.
pub struct ScopeSets {
    nodes: Vec<SetNode>,
    interned: FxHashMap<(SetId, ScopeId), SetId>,
    unions: FxHashMap<(SetId, SetId), SetId>,
    /// Its keys, in the order in which they were added.
    united: Vec<(SetId, SetId)>,
    /// The expansion that each scope was made for.
    scopes: Vec<ExpansionId>,
}

impl Default for ScopeSets {
    fn default() -> Self {
        let empty = SetNode {
            newest: ScopeId(0),
            rest: SetId::EMPTY,
            jump: SetId::EMPTY,
            size: 0,
            root: ScopeId(0),
            expansion: ExpansionId::NONE,
        };
        ScopeSets {
            nodes: vec![empty],
            interned: FxHashMap::default(),
            unions: FxHashMap::default(),
            united: Vec::new(),
            scopes: vec![ExpansionId::NONE],
        }
    }
}

impl ScopeSets {
    /// A fresh scope.
    pub fn fresh(&mut self) -> ScopeId {
        self.fresh_for(ExpansionId::NONE)
    }

    /// The fresh scope of what a macro expansion introduces.
    pub fn fresh_for(&mut self, expansion: ExpansionId) -> ScopeId {
        self.scopes.push(expansion);
        ScopeId(self.scopes.len() as u32 - 1)
    }

    fn node(&self, set: SetId) -> &SetNode {
        &self.nodes[set.0 as usize]
    }

    /// Number of scopes.
    pub fn size(&self, set: SetId) -> u32 {
        self.node(set).size
    }

    /// The oldest scope of a set that is not empty.
    pub fn root(&self, set: SetId) -> ScopeId {
        self.node(set).root
    }

    /// The newest macro expansion that introduced something with this set.
    pub fn expansion(&self, set: SetId) -> ExpansionId {
        self.node(set).expansion
    }

    /// `set` with a scope newer than all of its own.
    fn push(&mut self, set: SetId, scope: ScopeId) -> SetId {
        if let Some(&known) = self.interned.get(&(set, scope)) {
            return known;
        }
        let below = *self.node(set);
        let second = self.node(below.jump);
        let jump = if set != SetId::EMPTY && below.size - second.size == second.size - self.node(second.jump).size {
            second.jump
        } else {
            set
        };
        let made = self.scopes[scope.0 as usize];
        self.nodes.push(SetNode {
            newest: scope,
            rest: set,
            jump,
            size: below.size + 1,
            root: if set == SetId::EMPTY { scope } else { below.root },
            expansion: if made == ExpansionId::NONE { below.expansion } else { made },
        });
        let id = SetId(self.nodes.len() as u32 - 1);
        self.interned.insert((set, scope), id);
        id
    }

    /// The largest tail of `set` whose newest scope is at most `scope`.
    fn tail_at(&self, mut set: SetId, scope: ScopeId) -> SetId {
        while set != SetId::EMPTY && self.node(set).newest > scope {
            let node = self.node(set);
            let jumped = self.node(node.jump);
            set = if node.jump != SetId::EMPTY && jumped.newest >= scope { node.jump } else { node.rest };
        }
        set
    }

    /// Whether a scope is in a set.
    pub fn contains(&self, set: SetId, scope: ScopeId) -> bool {
        let tail = self.tail_at(set, scope);
        tail != SetId::EMPTY && self.node(tail).newest == scope
    }

    /// `set` with a scope.
    pub fn add(&mut self, set: SetId, scope: ScopeId) -> SetId {
        if set == SetId::EMPTY || self.node(set).newest < scope {
            return self.push(set, scope);
        }
        if self.contains(set, scope) {
            return set;
        }
        let single = self.push(SetId::EMPTY, scope);
        self.union(set, single)
    }

    /// `set` without the scopes of macro uses. Sets that share a tail share the work.
    pub fn without(&mut self, set: SetId, uses: &mut UseSites) -> SetId {
        let Some(&oldest) = uses.scopes.first() else { return set };
        let mut passed = Vec::new();
        let mut at = set;
        let mut result = loop {
            if at == SetId::EMPTY || self.node(at).newest < oldest {
                break at;
            }
            if let Some(&known) = uses.without.get(&at) {
                break known;
            }
            passed.push(at);
            at = self.node(at).rest;
        };
        for at in passed.into_iter().rev() {
            let scope = self.node(at).newest;
            if uses.scopes.binary_search(&scope).is_err() {
                result = self.push(result, scope);
            }
            uses.without.insert(at, result);
        }
        result
    }

    /// The next fresh scope.
    pub fn next(&self) -> ScopeId {
        ScopeId(self.scopes.len() as u32)
    }

    /// `set` without the scopes from one on that no macro expansion introduced.
    pub fn prune(&mut self, set: SetId, from: ScopeId) -> SetId {
        let mut kept = Vec::new();
        let mut at = set;
        while at != SetId::EMPTY && self.node(at).newest >= from {
            let scope = self.node(at).newest;
            if self.scopes[scope.0 as usize] != ExpansionId::NONE {
                kept.push(scope);
            }
            at = self.node(at).rest;
        }
        kept.into_iter().rev().fold(at, |set, scope| self.push(set, scope))
    }

    /// The scopes of either set.
    pub fn union(&mut self, a: SetId, b: SetId) -> SetId {
        if a == b || b == SetId::EMPTY {
            return a;
        }
        if a == SetId::EMPTY {
            return b;
        }
        let key = (a.min(b), a.max(b));
        let (mut x, mut y) = key;
        let mut newer = Vec::new();
        let mut result = loop {
            if x == y || y == SetId::EMPTY {
                break x;
            }
            if x == SetId::EMPTY {
                break y;
            }
            // Sets that grow scope by scope have met without the newest ones before.
            if let Some(&known) = self.unions.get(&(x.min(y), x.max(y))) {
                break known;
            }
            let (m, n) = (*self.node(x), *self.node(y));
            newer.push(m.newest.max(n.newest));
            if m.newest >= n.newest {
                x = m.rest;
            }
            if n.newest >= m.newest {
                y = n.rest;
            }
        };
        for scope in newer.into_iter().rev() {
            result = self.push(result, scope);
        }
        if self.unions.insert(key, result).is_none() {
            self.united.push(key);
        }
        result
    }

    /// What there is now.
    pub fn mark(&self) -> Mark {
        Mark { nodes: self.nodes.len(), united: self.united.len(), scopes: self.scopes.len() }
    }

    /// Forgets the scopes and sets made since: nothing that is kept mentions them.
    pub fn forget(&mut self, mark: Mark) {
        for key in self.united.drain(mark.united.min(self.united.len())..) {
            self.unions.remove(&key);
        }
        for node in self.nodes.drain(mark.nodes.min(self.nodes.len())..) {
            self.interned.remove(&(node.rest, node.newest));
        }
        self.scopes.truncate(mark.scopes);
    }

    /// Whether every scope of `a` is in `b`.
    pub fn is_subset(&self, mut a: SetId, mut b: SetId) -> bool {
        while a != b && a != SetId::EMPTY {
            let node = self.node(a);
            b = self.tail_at(b, node.newest);
            if a == b {
                return true;
            }
            if b == SetId::EMPTY || self.node(b).newest != node.newest || self.node(b).size < node.size {
                return false;
            }
            (a, b) = (node.rest, self.node(b).rest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(sets: &mut ScopeSets, scopes: &[ScopeId]) -> SetId {
        scopes.iter().fold(SetId::EMPTY, |s, &x| sets.add(s, x))
    }

    #[test]
    fn equal_sets_are_identical_whatever_the_order() {
        let mut sets = ScopeSets::default();
        let s: Vec<_> = (0..5).map(|_| sets.fresh()).collect();
        let a = set(&mut sets, &[s[0], s[1], s[2]]);
        let b = set(&mut sets, &[s[2], s[0], s[1]]);
        assert_eq!(a, b);
        let c = sets.add(a, s[4]);
        let mut uses = UseSites::default();
        assert_eq!(sets.without(c, &mut uses), c);
        uses.push(s[1]);
        let expected = set(&mut sets, &[s[4], s[0], s[2]]);
        assert_eq!(sets.without(c, &mut uses), expected);
        let s5 = sets.fresh();
        uses.push(s5);
        let (d, more) = (sets.add(c, s5), sets.fresh());
        assert_eq!(sets.without(d, &mut uses), expected);
        let (e, expected) = (sets.add(d, more), sets.add(expected, more));
        assert_eq!(sets.without(e, &mut uses), expected);
    }

    #[test]
    fn what_is_forgotten_leaves_no_trace() {
        let mut sets = ScopeSets::default();
        let kept: Vec<_> = (0..4).map(|_| sets.fresh()).collect();
        let (a, b) = (set(&mut sets, &kept[..2]), set(&mut sets, &kept[2..]));
        let (mark, scopes) = (sets.mark(), sets.fresh());
        for _ in 0..3 {
            let united = sets.union(a, b);
            let more = sets.add(united, scopes);
            assert!(sets.contains(more, kept[1]) && sets.contains(more, scopes));
            sets.forget(mark);
            assert_eq!(sets.fresh(), scopes);
        }
        assert_eq!(set(&mut sets, &kept[..2]), a);
    }

    #[test]
    fn union_and_subset_agree_with_sets_of_numbers() {
        let mut sets = ScopeSets::default();
        let s: Vec<_> = (0..12).map(|_| sets.fresh()).collect();
        let mut state = 12345u64;
        let mut pick = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as u16 & 0xfff
        };
        for _ in 0..500 {
            let (m, n) = (pick(), pick());
            let of = |sets: &mut ScopeSets, bits: u16| {
                (0..12).filter(|i| bits >> i & 1 == 1).fold(SetId::EMPTY, |a, i| sets.add(a, s[i]))
            };
            let (a, b) = (of(&mut sets, m), of(&mut sets, n));
            let (union, both) = (sets.union(a, b), of(&mut sets, m | n));
            assert_eq!(union, both);
            assert_eq!(sets.is_subset(a, b), m & !n == 0);
            assert!(sets.is_subset(a, union));
            for (i, &scope) in s.iter().enumerate() {
                assert_eq!(sets.contains(a, scope), m >> i & 1 == 1);
            }
        }
    }
}
