//! `(syntax-rules …)` to a [`Macro`].
//!
//! Pattern variables are numbered; a template is checked for ellipsis depths here, so that an expansion can only fail by
//! sequences of different lengths. A part of a template without pattern variables stays one piece, however large.

use super::*;
use crate::arena::IndexVec;
use crate::syntax::object::View;
use crate::syntax::{Expander, deeper};
use rustc_hash::FxHashMap;

/// Most ellipses around one variable.
const MAX_DEPTH: usize = 32;

struct Variable {
    number: u32,
    depth: usize,
}

struct Compiler<'c, 'e> {
    x: &'c mut Expander<'e>,
    ellipsis: Option<Stx>,
    literals: Vec<Stx>,
    variables: FxHashMap<Stx, Variable>,
    count: u32,
    patterns: IndexVec<PatternId, Pattern>,
    templates: IndexVec<TemplateId, Template>,
}

/// The macro of a `syntax-rules` form; errors are reported.
pub fn compile(x: &mut Expander, form: Stx, name: Value) -> Option<Macro> {
    let items = x.syntax().list(form).unwrap_or_default();
    let mut at = 1;
    let mut ellipsis = None;
    if let Some(&first) = items.get(1)
        && x.syntax().symbol(first).is_some()
    {
        ellipsis = Some(first);
        at = 2;
    }
    let Some(literals) = items.get(at).and_then(|&l| x.syntax().list(l)) else {
        x.bad_form(form, "(syntax-rules (literal …) (pattern template) …)");
        return None;
    };
    for &literal in &literals {
        if x.syntax().symbol(literal).is_none() {
            x.error(literal, "a literal of syntax-rules must be an identifier");
            return None;
        }
    }
    let (span, _) = x.locate(form);
    let module = x.module;
    let builtin = x.is_builtin(module);
    let mut compiler = Compiler {
        x,
        ellipsis,
        literals,
        variables: FxHashMap::default(),
        count: 0,
        patterns: IndexVec::new(),
        templates: IndexVec::new(),
    };
    let mut rules = Vec::new();
    for &rule in &items[at + 1..] {
        rules.push(compiler.rule(rule)?);
    }
    let Compiler { patterns, templates, .. } = compiler;
    Some(Macro { name, span, module, builtin, patterns, templates, rules })
}

impl Compiler<'_, '_> {
    fn rule(&mut self, rule: Stx) -> Option<Rule> {
        let parts = self.x.syntax().list(rule).unwrap_or_default();
        let [pattern, template] = parts[..] else {
            self.x.error(rule, "a rule of syntax-rules must have the shape (pattern template)");
            return None;
        };
        self.variables.clear();
        self.count = 0;
        let Some((_, arguments)) = self.x.syntax().uncons(pattern) else {
            self.x.error(pattern, "the pattern of a rule must be a list that starts with the keyword");
            return None;
        };
        let pattern = self.pattern(arguments, 0)?;
        let template = self.template(template, &mut Vec::new(), true)?;
        Some(Rule { pattern, template, variables: self.count })
    }

    fn is_ellipsis(&mut self, s: Stx) -> bool {
        let Some(symbol) = self.x.syntax().symbol(s) else { return false };
        match self.ellipsis {
            Some(e) => e.set == s.set && self.x.syntax().symbol(e) == Some(symbol),
            None => symbol == self.x.names.ellipsis && !self.is_literal(s),
        }
    }

    fn is_literal(&mut self, s: Stx) -> bool {
        let symbol = self.x.syntax().symbol(s);
        self.literals.iter().any(|&l| l.set == s.set && self.x.world.syntax.symbol(l) == symbol)
    }

    fn key(&mut self, s: Stx, symbol: Value) -> Stx {
        Stx { text: u32::MAX, datum: symbol.as_symbol_key().unwrap_or(0), set: s.set }
    }

    fn pattern(&mut self, s: Stx, depth: usize) -> Option<PatternId> {
        deeper(|| {
            let made = match self.x.syntax().view(s) {
                View::Symbol(_) if self.is_literal(s) => Pattern::Literal(s),
                View::Symbol(_) if self.is_ellipsis(s) => {
                    self.x.error(s, "an ellipsis must follow a pattern");
                    return None;
                }
                View::Symbol(symbol) if symbol == self.x.names.underscore => Pattern::Any,
                View::Symbol(symbol) => {
                    let (key, number) = (self.key(s, symbol), self.count);
                    self.count += 1;
                    if self.variables.insert(key, Variable { number, depth }).is_some() {
                        let name = self.x.text(symbol);
                        self.x.error(s, format!("pattern variable `{name}` occurs twice"));
                        return None;
                    }
                    Pattern::Variable(number)
                }
                View::Pair(..) => {
                    let (items, tail) = self.x.syntax().list_tail(s);
                    self.list_pattern(items, Some(tail), depth)?
                }
                View::Null => Pattern::List { before: Vec::new(), repeated: None, after: Vec::new(), tail: None },
                View::Vector => {
                    let items = self.x.syntax().vector(s).unwrap_or_default();
                    let list = self.list_pattern(items, None, depth)?;
                    Pattern::Vector(self.patterns.push(list))
                }
                View::Constant => Pattern::Datum(s),
                View::Cyclic => {
                    self.x.error(s, "a pattern must not contain itself");
                    return None;
                }
            };
            Some(self.patterns.push(made))
        })
    }

    fn list_pattern(&mut self, items: Vec<Stx>, tail: Option<Stx>, depth: usize) -> Option<Pattern> {
        let (mut before, mut after, mut repeated) = (Vec::new(), Vec::new(), None);
        let mut i = 0;
        while i < items.len() {
            if items.get(i + 1).is_some_and(|&e| self.is_ellipsis(e)) && !self.is_ellipsis(items[i]) {
                if repeated.is_some() {
                    self.x.error(items[i + 1], "a list pattern can have one ellipsis only");
                    return None;
                }
                if depth >= MAX_DEPTH {
                    self.x.error(items[i + 1], "ellipses are nested too deeply");
                    return None;
                }
                let start = self.count;
                let pattern = self.pattern(items[i], depth + 1)?;
                repeated = Some(Repeated { pattern, variables: start..self.count });
                i += 2;
                continue;
            }
            let part = self.pattern(items[i], depth)?;
            if repeated.is_some() {
                after.push(part)
            } else {
                before.push(part)
            }
            i += 1;
        }
        let tail = match tail {
            Some(t) if !self.x.syntax().is_null(t) => Some(self.pattern(t, depth)?),
            _ => None,
        };
        Some(Pattern::List { before, repeated, after, tail })
    }

    /// `around`: for each ellipsis around this part, the variables that it repeats.
    fn template(&mut self, s: Stx, around: &mut Vec<Vec<u32>>, ellipses: bool) -> Option<TemplateId> {
        deeper(|| {
            let made = match self.x.syntax().view(s) {
                View::Symbol(_) if ellipses && self.is_ellipsis(s) => {
                    self.x.error(s, "an ellipsis must follow a template");
                    return None;
                }
                View::Symbol(symbol) => {
                    let key = self.key(s, symbol);
                    match self.variables.get(&key) {
                        None => Template::Constant(s),
                        Some(v) if v.depth > around.len() => {
                            let name = self.x.text(symbol);
                            let missing = v.depth - around.len();
                            let text =
                                format!("`{name}` needs {missing} more ellipsis here: its pattern has {}", v.depth);
                            self.x.error(s, text);
                            return None;
                        }
                        Some(v) => {
                            let innermost = around.len() - v.depth;
                            for level in &mut around[innermost..] {
                                if !level.contains(&v.number) {
                                    level.push(v.number);
                                }
                            }
                            Template::Variable(v.number)
                        }
                    }
                }
                View::Pair(head, rest) if ellipses && self.is_ellipsis(head) => {
                    let Some(&[escaped]) = self.x.syntax().list(rest).as_deref() else {
                        self.x.error(s, "an escaped template must have the shape (... template)");
                        return None;
                    };
                    return self.template(escaped, around, false);
                }
                View::Pair(..) => {
                    let (items, tail) = self.x.syntax().list_tail(s);
                    let elements = self.elements(&items, around, ellipses)?;
                    let (tail, verbatim) = match self.x.syntax().is_null(tail) {
                        true => (None, true),
                        false => {
                            let t = self.template(tail, around, ellipses)?;
                            (Some(t), self.is_constant(t, tail))
                        }
                    };
                    if verbatim && self.is_verbatim(&items, &elements) {
                        Template::Constant(s)
                    } else {
                        let span = self.x.syntax().span(s);
                        Template::List(elements, tail, span)
                    }
                }
                View::Vector => {
                    let items = self.x.syntax().vector(s).unwrap_or_default();
                    let elements = self.elements(&items, around, ellipses)?;
                    if self.is_verbatim(&items, &elements) {
                        Template::Constant(s)
                    } else {
                        let span = self.x.syntax().span(s);
                        Template::Vector(elements, span)
                    }
                }
                View::Null | View::Constant | View::Cyclic => Template::Constant(s),
            };
            Some(self.templates.push(made))
        })
    }

    /// Whether a part stands for itself; an escaped one stands for what it contains.
    fn is_constant(&self, t: TemplateId, s: Stx) -> bool {
        matches!(self.templates[t], Template::Constant(c) if c == s)
    }

    fn is_verbatim(&self, items: &[Stx], elements: &[Element]) -> bool {
        items.len() == elements.len()
            && items.iter().zip(elements).all(|(&s, e)| e.drivers.is_empty() && self.is_constant(e.template, s))
    }

    fn elements(&mut self, items: &[Stx], around: &mut Vec<Vec<u32>>, ellipses: bool) -> Option<Vec<Element>> {
        let mut elements = Vec::new();
        let mut i = 0;
        while i < items.len() {
            let mut n = 0;
            while ellipses && items.get(i + 1 + n).is_some_and(|&e| self.is_ellipsis(e)) {
                n += 1;
            }
            if around.len() + n > MAX_DEPTH {
                self.x.error(items[i], "ellipses are nested too deeply");
                return None;
            }
            let base = around.len();
            around.resize(base + n, Vec::new());
            let template = self.template(items[i], around, ellipses)?;
            let drivers = around.split_off(base);
            if drivers.iter().any(Vec::is_empty) {
                self.x.error(items[i], "an ellipsis must follow a template with a variable that it repeats");
                return None;
            }
            elements.push(Element { template, drivers });
            i += 1 + n;
        }
        Some(elements)
    }
}
