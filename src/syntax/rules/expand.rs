//! One expansion: scopes, the matching rule, and its template filled in.

use super::fill::{Build, fill};
use super::matcher::{Match, matches};
use super::*;
use crate::syntax::Expander;
use crate::syntax::object::{Expansion, GeneratedKind, Syntax};
use crate::syntax::scope::{ExpansionId, ScopeId, UseSites};

/// Most expansions that one form may go through, each of the result of the one before.
const MAX_EXPANSIONS: u32 = 250_000;
/// Most pairs and vectors that macros may build for one top-level form.
const MAX_GENERATED: usize = 4_000_000;

/// Fills templates with syntax.
struct Filler<'m> {
    syntax: &'m mut Syntax,
    scope: ScopeId,
    expansion: ExpansionId,
    limit: usize,
}

impl Build for Filler<'_> {
    type Out = Stx;

    fn constant(&mut self, s: Stx) -> Stx {
        self.syntax.add_scope(s, self.scope)
    }
    fn null(&mut self, span: Span) -> Stx {
        self.syntax.generate(GeneratedKind::Immediate(Value::NULL), span, self.expansion)
    }
    fn pair(&mut self, a: Stx, d: Stx, span: Span) -> Stx {
        self.syntax.generate(GeneratedKind::Pair(a, d), span, self.expansion)
    }
    fn vector(&mut self, items: Vec<Stx>, span: Span) -> Stx {
        self.syntax.generate(GeneratedKind::Vector(items.into()), span, self.expansion)
    }
    fn is_full(&self) -> bool {
        self.syntax.generated_count() > self.limit
    }
}

/// A macro, as its expansions know it.
#[derive(Clone, Copy)]
pub struct Definition {
    /// Its name, for messages.
    pub name: Value,
    /// Where it is defined.
    pub span: Span,
    /// The module whose text defines it.
    pub module: ModuleId,
    /// Whether that is a built-in library.
    pub builtin: bool,
}

impl Expander<'_> {
    /// Begins an expansion: its number, and the form with the use-site scope if it needs one, which is added to `use_sites`. Nothing if this use comes
    /// from too many expansions, which is reported.
    pub(crate) fn begin_expansion(
        &mut self,
        m: Definition,
        form: Stx,
        use_sites: &mut UseSites,
    ) -> Option<(ExpansionId, Stx)> {
        let depth = self.syntax().expansion_depth(form) + 1;
        if depth > MAX_EXPANSIONS {
            let name = self.text(m.name);
            self.error_with(form, format!("the expansion of `{name}` does not end"), |d| {
                d.with_note(format!("gave up after {MAX_EXPANSIONS} expansions, each of the one before's result"))
                    .with_label(m.span, "this macro")
            });
            return None;
        }
        let (span, from) = self.locate(form);
        let outer = self.syntax().expansion_of(form);
        let (name, definition) = (m.name, m.span);
        let expansion =
            self.syntax().expansion(Expansion { transparent: m.builtin, span, from, depth, outer, name, definition });
        if m.builtin && m.module != self.module {
            return Some((expansion, form));
        }
        let scope = self.syntax().sets.fresh();
        use_sites.push(scope);
        let used = self.syntax().add_scope(form, scope);
        Some((expansion, used))
    }

    /// How many pairs and vectors macros may have built by the end of the current top-level form.
    pub(crate) fn generated_limit(&self) -> usize {
        self.generated_at_start + MAX_GENERATED
    }
}

/// Expands a use of a macro; errors are reported. The use-site scope, if one was needed, is added to `use_sites`.
pub fn expand(x: &mut Expander, m: &Macro, form: Stx, use_sites: &mut UseSites) -> Option<Stx> {
    let (expansion, used) = x.begin_expansion(m.definition, form, use_sites)?;
    let name = x.text(m.definition.name);
    let arguments = x.syntax().uncons(used)?.1;
    for rule in &m.rules {
        let mut found = vec![Match::None; rule.variables as usize];
        if !matches(x.world, &m.patterns, rule.pattern, arguments, &mut found) {
            continue;
        }
        let scope = x.syntax().sets.fresh_for(expansion);
        let limit = x.generated_limit();
        let mut filler = Filler { syntax: x.syntax(), scope, expansion, limit };
        let mut env: Vec<&Match> = found.iter().collect();
        return match fill(&mut filler, &m.templates, rule.template, &mut env) {
            Ok(result) => Some(result),
            Err(text) => {
                x.error_with(form, format!("{name}: {text}"), |d| d.with_label(m.definition.span, "in this macro"));
                None
            }
        };
    }
    x.error_with(form, format!("no pattern of `{name}` matches this use"), |d| {
        d.with_label(m.definition.span, format!("`{name}` is defined here"))
    });
    None
}
