//! Syntax objects: data with scopes.
//!
//! A [`Stx`] is three numbers: a text, a datum in it, and a set of scopes that belongs to every leaf below. Data that the
//! reader made carry no scopes of their own, so taking a form apart passes the set on to its parts; entering a scope is a
//! change of one number, whatever the size of the form. Forms that macros build live in text 0; their parts are syntax
//! objects with sets of their own, to which the whole's set is added on the way down. Quoted data are never touched.
//!
//! The texts that `eval` is given are copies of living data: their quoted parts are the data themselves, [`Syntax::original`].
//!
//! Data on a cycle (datum labels) show no parts: as a form they are neither lists nor vectors, so nothing loops; only
//! `literal` walks them.

use super::live::Live;
use super::scope::{self, ExpansionId, ScopeId, ScopeSets, SetId};
use crate::arena::{Idx, IndexVec};
use crate::reader::datum::{Data, DatumId, DatumKind};
use crate::reader::literal::Part;
use crate::source::Span;
use kestrel_runtime::Value;
use kestrel_runtime::heap::Handle;

/// A syntax object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stx {
    /// The text, 0 for generated forms.
    pub text: u32,
    /// The datum in its text.
    pub datum: u32,
    /// Scopes of everything below, besides those that parts of generated forms have already.
    pub set: SetId,
}

/// Content of a form that a macro built.
pub enum GeneratedKind {
    /// A pair.
    Pair(Stx, Stx),
    /// A vector.
    Vector(Box<[Stx]>),
    /// A symbol or another immediate.
    Immediate(Value),
    /// A number, string or bytevector.
    Atom(DatumKind),
    /// Any object that a transformer put there, in a static cell.
    Object(Value),
}

/// A form that a macro built.
pub struct Generated {
    /// Content.
    pub kind: GeneratedKind,
    /// The template's position.
    pub span: Span,
    /// The expansion.
    pub expansion: ExpansionId,
}

struct Text {
    data: Data,
    /// Sorted data that lie on a cycle.
    cyclic: Vec<DatumId>,
    /// Whether any datum is part of several.
    shared: bool,
    /// The objects that the data were made from; see [`Live::originals`].
    originals: Option<Handle>,
}

/// How much syntax there was; see [`Syntax::forget`].
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    texts: usize,
    generated: usize,
    expansions: usize,
    sets: scope::Mark,
}

impl Mark {
    /// Whether it was made before another one.
    pub fn is_before(&self, other: Mark) -> bool {
        self.texts < other.texts
    }
    /// Whether there were as many texts, data in text 0, and sets of scopes already.
    pub fn has(&self, [texts, generated, sets]: [u32; 3]) -> bool {
        self.texts >= texts as usize && self.generated >= generated as usize && self.sets.has(sets)
    }
}

/// One macro expansion.
#[derive(Clone, Copy)]
pub struct Expansion {
    /// Whether a built-in library's macro did it: then its output is located at its use.
    pub transparent: bool,
    /// The use.
    pub span: Span,
    /// The outermost use that this one came from.
    pub from: Option<Span>,
    /// How many expansions this one is the result of.
    pub depth: u32,
    /// The expansion that made the use.
    pub outer: ExpansionId,
    /// The macro's name.
    pub name: Value,
    /// Where the macro is defined.
    pub definition: Span,
}

/// All syntax: texts, generated forms, scopes, expansions.
pub struct Syntax {
    texts: Vec<Text>,
    generated: Vec<Generated>,
    expansions: IndexVec<ExpansionId, Expansion>,
    /// Scopes and their sets.
    pub sets: ScopeSets,
    /// The number of the world that all this belongs to.
    pub world: u32,
}

impl Default for Syntax {
    fn default() -> Self {
        let mut expansions = IndexVec::new();
        let nowhere = Span { file: crate::source::FileId(0), start: 0, end: 0 };
        let none = Expansion {
            transparent: false,
            span: nowhere,
            from: None,
            depth: 0,
            outer: ExpansionId::NONE,
            name: Value::FALSE,
            definition: nowhere,
        };
        expansions.push(none);
        Syntax {
            texts: vec![Text { data: Data::new(), cyclic: Vec::new(), shared: false, originals: None }],
            generated: Vec::new(),
            expansions,
            sets: ScopeSets::default(),
            world: 0,
        }
    }
}

/// What a syntax object is, one level deep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum View {
    /// A symbol.
    Symbol(Value),
    /// `()`
    Null,
    /// A pair.
    Pair(Stx, Stx),
    /// A vector.
    Vector,
    /// Anything else that stands for itself.
    Constant,
    /// A pair or vector that contains itself.
    Cyclic,
}

impl Syntax {
    /// Adds what the reader made; its data become syntax by [`Syntax::datum`].
    pub fn add_text(&mut self, data: Data) -> u32 {
        let (cyclic, shared) = find_cycles(&data);
        self.texts.push(Text { data, cyclic, shared, originals: None });
        self.texts.len() as u32 - 1
    }

    /// Adds a living datum, with these scopes.
    pub fn add_live(&mut self, live: Live, set: SetId) -> Stx {
        let text = self.add_text(live.data);
        self.texts[text as usize].originals = Some(live.originals);
        self.datum(text, live.root, set)
    }

    /// Where to find the object that a form was made from: an element of a vector.
    pub fn original(&self, s: Stx) -> Option<(Value, usize)> {
        let originals = self.texts[s.text as usize].originals.as_ref()?;
        Some((originals.get(), s.datum as usize))
    }

    /// What there is now.
    pub fn mark(&self) -> Mark {
        Mark {
            texts: self.texts.len(),
            generated: self.generated.len(),
            expansions: self.expansions.len(),
            sets: self.sets.mark(),
        }
    }

    /// Forgets what was made since: nothing that is kept mentions it.
    pub fn forget(&mut self, mark: Mark) {
        self.texts.truncate(mark.texts);
        self.generated.truncate(mark.generated);
        self.expansions.truncate(mark.expansions);
        self.sets.forget(mark.sets);
    }

    /// A datum as syntax.
    pub fn datum(&self, text: u32, datum: DatumId, set: SetId) -> Stx {
        Stx { text, datum: datum.0, set }
    }

    /// A generated form.
    pub fn generate(&mut self, kind: GeneratedKind, span: Span, expansion: ExpansionId) -> Stx {
        self.generated.push(Generated { kind, span, expansion });
        Stx { text: 0, datum: self.generated.len() as u32 - 1, set: SetId::EMPTY }
    }

    /// How many forms macros have built.
    pub fn generated_count(&self) -> usize {
        self.generated.len()
    }

    /// How many texts there are.
    #[cfg(test)]
    pub(super) fn text_count(&self) -> usize {
        self.texts.len()
    }

    /// Records an expansion.
    pub fn expansion(&mut self, data: Expansion) -> ExpansionId {
        self.expansions.push(data)
    }

    /// The depth of the expansion that made a form.
    pub fn expansion_depth(&self, s: Stx) -> u32 {
        self.expansions[self.expansion_of(s)].depth
    }

    /// A form's position in its text.
    pub fn span(&self, s: Stx) -> Span {
        match s.text {
            0 => self.generated[s.datum as usize].span,
            t => self.texts[t as usize].data[DatumId(s.datum)].span,
        }
    }

    /// The expansion that introduced a form.
    pub fn expansion_of(&self, s: Stx) -> ExpansionId {
        match s.text {
            0 => self.generated[s.datum as usize].expansion,
            _ => self.sets.expansion(s.set),
        }
    }

    /// Where to show a form, and the macro use that it came from. Products of built-in macros are shown at their use.
    pub fn locate(&self, s: Stx) -> (Span, Option<Span>) {
        let id = self.expansion_of(s);
        if id == ExpansionId::NONE {
            return (self.span(s), None);
        }
        let expansion = self.expansions[id];
        match expansion.transparent {
            true => (expansion.span, expansion.from),
            false => (self.span(s), Some(expansion.from.unwrap_or(expansion.span))),
        }
    }

    /// Where to report an error in a form, a note for the caret, and other places that matter: the outermost use of the macros that made it, unless
    /// the form came with that, and the macros. Those of built-in libraries do not show.
    pub fn error_place(&self, s: Stx) -> (Span, Option<String>, Vec<(Span, String)>) {
        let mut own = self.span(s);
        let mut id = self.expansion_of(s);
        while id != ExpansionId::NONE && self.expansions[id].transparent {
            own = self.expansions[id].span;
            id = self.expansions[id].outer;
        }
        if id == ExpansionId::NONE {
            return (own, None, Vec::new());
        }
        let e = self.expansions[id];
        let name = |e: Expansion| kestrel_runtime::symbol::name(e.name).unwrap_or("");
        let mut outermost = e;
        while outermost.outer != ExpansionId::NONE {
            outermost = self.expansions[outermost.outer];
        }
        let used = outermost.span;
        let mut labels = Vec::new();
        if e.span != used {
            labels.push((e.span, format!("`{}` is used here", name(e))));
        }
        let inside = |a: Span, b: Span| a.file == b.file && b.start <= a.start && a.end <= b.end;
        if !inside(own, used) && inside(own, e.definition) {
            labels.push((own, format!("in the definition of `{}`", name(e))));
        } else {
            labels.push((e.definition, format!("`{}` is defined here", name(e))));
        }
        if inside(own, used) {
            return (own, None, labels);
        }
        (used, Some(format!("in the expansion of `{}`", name(outermost))), labels)
    }

    /// `s` with a scope.
    pub fn add_scope(&mut self, s: Stx, scope: ScopeId) -> Stx {
        Stx { set: self.sets.add(s.set, scope), ..s }
    }

    fn part(&mut self, part: Stx, whole: SetId) -> Stx {
        if whole == SetId::EMPTY { part } else { Stx { set: self.sets.union(part.set, whole), ..part } }
    }

    fn is_cyclic(&self, s: Stx) -> bool {
        let text = &self.texts[s.text as usize];
        !text.cyclic.is_empty() && text.cyclic.binary_search(&DatumId(s.datum)).is_ok()
    }

    /// Whether several data of this form's text share parts.
    pub fn may_share(&self, s: Stx) -> bool {
        let text = &self.texts[s.text as usize];
        text.shared || !text.cyclic.is_empty()
    }

    /// What `s` is.
    pub fn view(&mut self, s: Stx) -> View {
        if s.text == 0 {
            return match self.generated[s.datum as usize].kind {
                GeneratedKind::Pair(a, d) => View::Pair(self.part(a, s.set), self.part(d, s.set)),
                GeneratedKind::Vector(_) => View::Vector,
                GeneratedKind::Immediate(v) => immediate(v),
                GeneratedKind::Atom(_) | GeneratedKind::Object(_) => View::Constant,
            };
        }
        if self.is_cyclic(s) {
            return View::Cyclic;
        }
        match self.texts[s.text as usize].data[DatumId(s.datum)].kind {
            DatumKind::Immediate(v) => immediate(v),
            DatumKind::Pair(a, d) => View::Pair(Stx { datum: a.0, ..s }, Stx { datum: d.0, ..s }),
            DatumKind::Vector(_) => View::Vector,
            _ => View::Constant,
        }
    }

    /// What a walk over a form, even a cyclic one, finds in it; no scopes are passed on.
    pub fn content(&self, s: Stx) -> Part<'_, Stx> {
        if s.text != 0 {
            return self.texts[s.text as usize].data[DatumId(s.datum)].kind.part(|d| Stx { datum: d.0, ..s });
        }
        match &self.generated[s.datum as usize].kind {
            GeneratedKind::Pair(a, d) => Part::Pair(*a, *d),
            GeneratedKind::Vector(items) => Part::Vector(items.to_vec()),
            GeneratedKind::Immediate(v) => Part::Value(*v),
            GeneratedKind::Atom(kind) => kind.part(|_| s),
            GeneratedKind::Object(cell) => Part::Object(*cell),
        }
    }

    /// The reader's datum of a form that no macro built, or an immediate.
    pub fn atom(&self, s: Stx) -> Result<&DatumKind, Value> {
        match s.text {
            0 => match &self.generated[s.datum as usize].kind {
                GeneratedKind::Immediate(v) => Err(*v),
                GeneratedKind::Atom(kind) => Ok(kind),
                _ => Err(Value::UNSPECIFIED),
            },
            t => Ok(&self.texts[t as usize].data[DatumId(s.datum)].kind),
        }
    }

    /// The elements of a vector.
    pub fn vector(&mut self, s: Stx) -> Option<Vec<Stx>> {
        if s.text != 0 && self.is_cyclic(s) {
            return None;
        }
        let Part::Vector(items) = self.content(s) else { return None };
        Some(if s.text == 0 { items.into_iter().map(|x| self.part(x, s.set)).collect() } else { items })
    }

    /// The symbol, if `s` is an identifier.
    pub fn symbol(&mut self, s: Stx) -> Option<Value> {
        match self.view(s) {
            View::Symbol(v) => Some(v),
            _ => None,
        }
    }

    /// The parts of a pair.
    pub fn uncons(&mut self, s: Stx) -> Option<(Stx, Stx)> {
        match self.view(s) {
            View::Pair(a, d) => Some((a, d)),
            _ => None,
        }
    }

    /// Whether `s` is `()`.
    pub fn is_null(&mut self, s: Stx) -> bool {
        self.view(s) == View::Null
    }

    /// The elements before the tail, and the tail, of a possibly improper list.
    pub fn list_tail(&mut self, s: Stx) -> (Vec<Stx>, Stx) {
        let (mut items, mut rest) = (Vec::new(), s);
        while let Some((a, d)) = self.uncons(rest) {
            items.push(a);
            rest = d;
        }
        (items, rest)
    }

    /// The elements of a proper list.
    pub fn list(&mut self, s: Stx) -> Option<Vec<Stx>> {
        let (items, tail) = self.list_tail(s);
        self.is_null(tail).then_some(items)
    }

    /// The cell of an object that a transformer put into a form.
    pub fn object(&self, s: Stx) -> Option<Value> {
        match self.generated.get(s.datum as usize)?.kind {
            GeneratedKind::Object(cell) if s.text == 0 => Some(cell),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn string(&self, s: Stx) -> Option<&str> {
        match self.atom(s) {
            Ok(DatumKind::String(text)) => Some(text),
            _ => None,
        }
    }
}

fn immediate(v: Value) -> View {
    match v {
        Value::NULL => View::Null,
        v if v.is_symbol() => View::Symbol(v),
        _ => View::Constant,
    }
}

fn children(kind: &DatumKind, mut visit: impl FnMut(DatumId)) {
    match kind {
        DatumKind::Pair(a, d) => {
            visit(*a);
            visit(*d);
        }
        DatumKind::Vector(items) => items.iter().copied().for_each(visit),
        _ => {}
    }
}

/// The data on cycles, sorted, and whether any datum has several parents.
fn find_cycles(data: &Data) -> (Vec<DatumId>, bool) {
    let mut parents = vec![0u8; data.len()];
    let (mut upward, mut downward) = (true, true);
    for (id, datum) in data.enumerate() {
        children(&datum.kind, |c| {
            parents[c.index()] = parents[c.index()].saturating_add(1);
            upward &= c < id;
            downward &= c > id;
        });
    }
    let shared = parents.iter().any(|&n| n > 1);
    if upward || downward {
        return (Vec::new(), shared);
    }
    // Tarjan's strongly connected components, with an explicit stack.
    let n = data.len();
    let (mut index, mut low) = (vec![u32::MAX; n], vec![0u32; n]);
    let (mut on_stack, mut stack, mut counter) = (vec![false; n], Vec::new(), 0u32);
    let mut cyclic = Vec::new();
    let kids = |d: usize| {
        let mut v = Vec::new();
        children(&data[DatumId(d as u32)].kind, |c| v.push(c.index()));
        v
    };
    for start in 0..n {
        if index[start] != u32::MAX {
            continue;
        }
        let mut walk = vec![(start, None::<std::vec::IntoIter<usize>>)];
        while let Some((node, iter)) = walk.last_mut() {
            let node = *node;
            let iter = iter.get_or_insert_with(|| {
                index[node] = counter;
                low[node] = counter;
                counter += 1;
                stack.push(node);
                on_stack[node] = true;
                kids(node).into_iter()
            });
            if let Some(child) = iter.next() {
                if index[child] == u32::MAX {
                    walk.push((child, None));
                } else if on_stack[child] {
                    low[node] = low[node].min(index[child]);
                }
                continue;
            }
            walk.pop();
            if let Some((parent, _)) = walk.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let at = stack.iter().rposition(|&x| x == node).unwrap_or(0);
                let component = stack.split_off(at);
                let loops = component.len() > 1 || kids(node).contains(&node);
                for member in component {
                    on_stack[member] = false;
                    if loops {
                        cyclic.push(DatumId(member as u32));
                    }
                }
            }
        }
    }
    cyclic.sort_unstable();
    (cyclic, shared)
}
