//! `quasiquote`, nested, in lists and vectors. Parts without an unquote at their level stay one constant.

use super::core::Core;
use super::object::{Stx, View};
use super::{Expander, deeper};
use crate::ast::ir::ExprId;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

/// A part of a template.
enum Part {
    Constant,
    Computed(ExprId),
}

impl Expander<'_> {
    pub(super) fn quasiquote(&mut self, form: Stx) -> ExprId {
        let Some(parts) = self.parts(form, 2) else { return self.bad_form(form, "(quasiquote template)") };
        let part = self.quasi(parts[1], 1);
        self.quasi_expr(part, parts[1])
    }

    fn quasi_expr(&mut self, part: Part, s: Stx) -> ExprId {
        match part {
            Part::Constant => self.literal(s),
            Part::Computed(e) => e,
        }
    }

    /// Whether `s` is `(keyword x)`; then `x`.
    fn tagged(&mut self, s: Stx, keyword: Core) -> Option<Stx> {
        let (head, rest) = self.syntax().uncons(s)?;
        let (x, end) = self.syntax().uncons(rest)?;
        (self.syntax().is_null(end) && self.is_keyword(head, keyword)).then_some(x)
    }

    fn quasi(&mut self, s: Stx, depth: usize) -> Part {
        deeper(|| match self.syntax().view(s) {
            View::Pair(..) => self.quasi_list(s, depth),
            View::Vector => {
                let items = self.syntax().vector(s).unwrap_or_default();
                match self.quasi_items(&items, None, depth, s) {
                    Part::Constant => Part::Constant,
                    Part::Computed(list) => Part::Computed(self.call_helper("list->vector", vec![list], s)),
                }
            }
            _ => Part::Constant,
        })
    }

    fn quasi_list(&mut self, s: Stx, depth: usize) -> Part {
        if let Some(part) = self.quasi_tagged(s, depth) {
            return part;
        }
        // Elements up to a tail, which may itself be `(unquote x)` or the like.
        let mut items = Vec::new();
        let mut rest = s;
        while let Some((a, d)) = self.syntax().uncons(rest) {
            items.push(a);
            rest = d;
            if self.is_tagged(rest) {
                break;
            }
        }
        self.quasi_items(&items, Some(rest), depth, s)
    }

    fn is_tagged(&mut self, s: Stx) -> bool {
        [Core::Unquote, Core::Quasiquote, Core::UnquoteSplicing].into_iter().any(|k| self.tagged(s, k).is_some())
    }

    /// `(unquote x)`, `(quasiquote x)` and `(unquote-splicing x)` as a whole.
    fn quasi_tagged(&mut self, s: Stx, depth: usize) -> Option<Part> {
        let (keyword, x, inner) = if let Some(x) = self.tagged(s, Core::Unquote) {
            if depth == 1 {
                return Some(Part::Computed(self.expr(x)));
            }
            (Core::Unquote, x, depth - 1)
        } else if let Some(x) = self.tagged(s, Core::UnquoteSplicing) {
            if depth == 1 {
                self.error(s, "`unquote-splicing` must stand in a list or vector");
                return Some(Part::Constant);
            }
            (Core::UnquoteSplicing, x, depth - 1)
        } else {
            (Core::Quasiquote, self.tagged(s, Core::Quasiquote)?, depth + 1)
        };
        // The operand is an element of the form, so what is spliced there may be any number of operands.
        Some(match self.quasi_items(&[x], None, inner, s) {
            Part::Constant => Part::Constant,
            Part::Computed(rest) => {
                let keyword = self.constant(kestrel_runtime::symbol::intern(keyword.name()), s);
                Part::Computed(self.call_prim(Prim::Cons, vec![keyword, rest], s))
            }
        })
    }

    /// The list of these elements and a tail.
    fn quasi_items(&mut self, items: &[Stx], tail: Option<Stx>, depth: usize, at: Stx) -> Part {
        enum Item {
            Plain(Part),
            Spliced(ExprId),
        }
        let mut parts = Vec::with_capacity(items.len());
        for &item in items {
            let part = match self.tagged(item, Core::UnquoteSplicing) {
                Some(x) if depth == 1 => Item::Spliced(self.expr(x)),
                _ => Item::Plain(self.quasi(item, depth)),
            };
            parts.push(part);
        }
        let end = match tail {
            Some(tail) => self.quasi(tail, depth),
            None => Part::Constant,
        };
        if matches!(end, Part::Constant) && parts.iter().all(|p| matches!(p, Item::Plain(Part::Constant))) {
            return Part::Constant;
        }
        let mut result = match (end, tail) {
            (Part::Computed(e), _) => Some(e),
            (Part::Constant, Some(tail)) if !self.syntax().is_null(tail) => Some(self.literal(tail)),
            _ => None,
        };
        for (part, &item) in parts.into_iter().zip(items).rev() {
            result = Some(match (part, result) {
                (Item::Spliced(e), None) => e,
                (Item::Spliced(e), Some(rest)) => self.call_helper("append", vec![e, rest], item),
                (Item::Plain(part), rest) => {
                    let x = self.quasi_expr(part, item);
                    let rest = match rest {
                        Some(rest) => rest,
                        None => self.constant(Value::NULL, at),
                    };
                    self.call_prim(Prim::Cons, vec![x, rest], item)
                }
            });
        }
        match result {
            Some(e) => Part::Computed(e),
            None => Part::Computed(self.constant(Value::NULL, at)),
        }
    }
}
