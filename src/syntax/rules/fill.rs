//! A template filled with what its variables stand for: as syntax for `syntax-rules`, as run-time values for `syntax`.

use super::matcher::Match;
use super::*;
use crate::syntax::deeper;

/// Makes what templates stand for.
pub trait Build {
    /// What is made.
    type Out: Clone;
    /// A part of the template as it stands.
    fn constant(&mut self, s: Stx) -> Self::Out;
    /// The empty list at the end of a template's list.
    fn null(&mut self, span: Span) -> Self::Out;
    /// A pair.
    fn pair(&mut self, a: Self::Out, d: Self::Out, span: Span) -> Self::Out;
    /// A vector.
    fn vector(&mut self, items: Vec<Self::Out>, span: Span) -> Self::Out;
    /// Whether too much has been made already.
    fn is_full(&self) -> bool;
}

/// What the template's variables stand for at the moment, by number.
pub type Env<'m, B> = Vec<&'m Match<<B as Build>::Out>>;

/// What a template stands for; the error says why it stands for nothing.
pub fn fill<B: Build>(b: &mut B, m: &Templates, t: TemplateId, env: &mut Env<B>) -> Result<B::Out, String> {
    deeper(|| match &m[t] {
        Template::Constant(s) => Ok(b.constant(*s)),
        Template::Variable(n) => match env[*n as usize] {
            Match::One(s) => Ok(s.clone()),
            _ => Err("a pattern variable stands for a sequence here".to_string()),
        },
        Template::List(list, tail, span) => {
            let mut items = Vec::new();
            elements(b, m, list, env, &mut items)?;
            let mut result = match tail {
                Some(t) => fill(b, m, *t, env)?,
                None => b.null(*span),
            };
            for item in items.into_iter().rev() {
                result = b.pair(item, result, *span);
            }
            Ok(result)
        }
        Template::Vector(list, span) => {
            let mut items = Vec::new();
            elements(b, m, list, env, &mut items)?;
            Ok(b.vector(items, *span))
        }
    })
}

fn elements<B: Build>(
    b: &mut B,
    m: &Templates,
    elements: &[Element],
    env: &mut Env<B>,
    items: &mut Vec<B::Out>,
) -> Result<(), String> {
    for element in elements {
        repeat(b, m, element, 0, env, items)?;
    }
    Ok(())
}

/// An element under its ellipses from number `level` on.
fn repeat<'f, B: Build>(
    b: &mut B,
    m: &Templates,
    element: &Element,
    level: usize,
    env: &mut Env<'f, B>,
    items: &mut Vec<B::Out>,
) -> Result<(), String> {
    let Some(drivers) = element.drivers.get(level) else {
        if b.is_full() {
            return Err("the expansion grows without end".to_string());
        }
        items.push(fill(b, m, element.template, env)?);
        return Ok(());
    };
    let mut length = None;
    for &n in drivers {
        let Match::Many(list) = env[n as usize] else { continue };
        if *length.get_or_insert(list.len()) != list.len() {
            return Err("sequences that are repeated together have different lengths".to_string());
        }
    }
    let saved: Vec<&'f Match<B::Out>> = drivers.iter().map(|&n| env[n as usize]).collect();
    for i in 0..length.unwrap_or(0) {
        for (&n, &all) in drivers.iter().zip(&saved) {
            if let Match::Many(list) = all {
                env[n as usize] = &list[i];
            }
        }
        repeat(b, m, element, level + 1, env, items)?;
    }
    for (&n, &all) in drivers.iter().zip(&saved) {
        env[n as usize] = all;
    }
    Ok(())
}
