//! One expansion: scopes, the matching rule, and its template filled in.

use super::matcher::{Match, matches};
use super::*;
use crate::syntax::object::{Expansion, GeneratedKind};
use crate::syntax::scope::{ExpansionId, ScopeId};
use crate::syntax::{Expander, deeper};

/// Most expansions that one form may go through, each of the result of the one before.
const MAX_EXPANSIONS: u32 = 20_000;
/// Most pairs and vectors that macros may build for one top-level form.
const MAX_GENERATED: usize = 4_000_000;

struct Filler<'m> {
    m: &'m Macro,
    scope: ScopeId,
    expansion: ExpansionId,
    limit: usize,
}

/// Expands a use of a macro; errors are reported. The use-site scope, if one was needed, is added to `use_sites`.
pub fn expand(x: &mut Expander, m: &Macro, form: Stx, use_sites: &mut Vec<ScopeId>) -> Option<Stx> {
    let depth = x.syntax().expansion_depth(form) + 1;
    let name = x.text(m.name);
    if depth > MAX_EXPANSIONS {
        x.error_with(form, format!("the expansion of `{name}` does not end"), |d| {
            d.with_note(format!("gave up after {MAX_EXPANSIONS} expansions, each of the one before's result"))
                .with_label(m.span, "this macro")
        });
        return None;
    }
    let (span, from) = x.locate(form);
    let expansion = x.syntax().expansion(Expansion { transparent: m.builtin, span, from, depth });
    let mut used = form;
    if !m.builtin || m.module == x.module {
        let scope = x.syntax().sets.fresh();
        use_sites.push(scope);
        used = x.syntax().add_scope(form, scope);
    }
    let arguments = x.syntax().uncons(used)?.1;
    for rule in &m.rules {
        let mut found = vec![Match::None; rule.variables as usize];
        if !matches(x, m, rule.pattern, arguments, &mut found) {
            continue;
        }
        let scope = x.syntax().sets.fresh_for(expansion);
        let limit = x.generated_at_start + MAX_GENERATED;
        let filler = Filler { m, scope, expansion, limit };
        let mut env: Vec<&Match> = found.iter().collect();
        return match filler.fill(x, rule.template, &mut env) {
            Ok(result) => Some(result),
            Err(text) => {
                x.error_with(form, format!("{name}: {text}"), |d| d.with_label(m.span, "in this macro"));
                None
            }
        };
    }
    x.error_with(form, format!("no pattern of `{name}` matches this use"), |d| {
        d.with_label(m.span, format!("`{name}` is defined here"))
    });
    None
}

impl Filler<'_> {
    fn pair(&self, x: &mut Expander, a: Stx, d: Stx, span: Span) -> Stx {
        x.syntax().generate(GeneratedKind::Pair(a, d), span, self.expansion)
    }

    fn fill(&self, x: &mut Expander, t: TemplateId, env: &mut Vec<&Match>) -> Result<Stx, String> {
        deeper(|| match &self.m.templates[t] {
            Template::Constant(s) => Ok(x.syntax().add_scope(*s, self.scope)),
            Template::Variable(n) => match env[*n as usize] {
                Match::One(s) => Ok(*s),
                _ => Err("a pattern variable stands for a sequence here".to_string()),
            },
            Template::List(elements, tail, span) => {
                let mut items = Vec::new();
                self.elements(x, elements, env, &mut items)?;
                let mut result = match tail {
                    Some(t) => self.fill(x, *t, env)?,
                    None => {
                        let null = GeneratedKind::Immediate(Value::NULL);
                        x.syntax().generate(null, *span, self.expansion)
                    }
                };
                for item in items.into_iter().rev() {
                    result = self.pair(x, item, result, *span);
                }
                Ok(result)
            }
            Template::Vector(elements, span) => {
                let mut items = Vec::new();
                self.elements(x, elements, env, &mut items)?;
                Ok(x.syntax().generate(GeneratedKind::Vector(items.into()), *span, self.expansion))
            }
        })
    }

    fn elements(
        &self,
        x: &mut Expander,
        elements: &[Element],
        env: &mut Vec<&Match>,
        items: &mut Vec<Stx>,
    ) -> Result<(), String> {
        for element in elements {
            self.repeat(x, element, 0, env, items)?;
        }
        Ok(())
    }

    /// An element under its ellipses from number `level` on.
    fn repeat<'f>(
        &self,
        x: &mut Expander,
        element: &Element,
        level: usize,
        env: &mut Vec<&'f Match>,
        items: &mut Vec<Stx>,
    ) -> Result<(), String> {
        let Some(drivers) = element.drivers.get(level) else {
            if x.syntax().generated_count() > self.limit {
                return Err("the expansion grows without end".to_string());
            }
            items.push(self.fill(x, element.template, env)?);
            return Ok(());
        };
        let mut length = None;
        for &n in drivers {
            let Match::Many(list) = env[n as usize] else { continue };
            if *length.get_or_insert(list.len()) != list.len() {
                return Err("sequences that are repeated together have different lengths".to_string());
            }
        }
        let saved: Vec<&'f Match> = drivers.iter().map(|&n| env[n as usize]).collect();
        for i in 0..length.unwrap_or(0) {
            for (&n, &all) in drivers.iter().zip(&saved) {
                if let Match::Many(list) = all {
                    env[n as usize] = &list[i];
                }
            }
            self.repeat(x, element, level + 1, env, items)?;
        }
        for (&n, &all) in drivers.iter().zip(&saved) {
            env[n as usize] = all;
        }
        Ok(())
    }
}
