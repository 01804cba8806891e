//! `(syntax-rules …)` to a [`Macro`]; the patterns of `syntax-case` and the templates of `syntax` to the same trees.
//!
//! Pattern variables are numbered; a template is checked for ellipsis depths here, so that an expansion can only fail by
//! sequences of different lengths. A part of a template without pattern variables stays one piece, however large.

use super::expand::Definition;
use super::*;
use crate::arena::Idx;
use crate::ast::ir::VarId;
use crate::syntax::binding::Binding;
use crate::syntax::core::Core;
use crate::syntax::object::View;
use crate::syntax::{Expander, deeper};
use rustc_hash::FxHashMap;

/// Most ellipses around one variable.
const MAX_DEPTH: usize = 32;

#[derive(Clone, Copy)]
struct Variable {
    id: Stx,
    number: u32,
    depth: usize,
}

/// What a variable of a `syntax` template stands for.
#[derive(Clone, Copy)]
pub enum Source {
    /// A pattern variable of a `syntax-case` around.
    Variable(VarId),
    /// The expression of an `unsyntax`.
    Expr(Stx),
}

/// The variables of a `syntax` template: each with its depth, by number.
struct Outer {
    sources: Vec<(Source, usize)>,
    /// Levels of `quasisyntax` around the part that is being compiled.
    quasi: usize,
}

struct Compiler<'c, 'e> {
    x: &'c mut Expander<'e>,
    ellipsis: Option<Stx>,
    literals: Vec<Stx>,
    variables: FxHashMap<Stx, Variable>,
    count: u32,
    patterns: Patterns,
    templates: Templates,
    /// Of a `syntax` template.
    outer: Option<Outer>,
}

/// A pattern of `syntax-case`.
pub struct CasePattern {
    /// Its parts.
    pub patterns: Patterns,
    /// The whole.
    pub root: PatternId,
    /// Its variables by number, each with its depth.
    pub variables: Vec<(Stx, usize)>,
}

/// A template of `syntax`.
pub struct CaseTemplate {
    /// Its parts.
    pub templates: Templates,
    /// The whole.
    pub root: TemplateId,
    /// What its variables stand for, each with its depth, by number.
    pub sources: Vec<(Source, usize)>,
}

impl<'c, 'e> Compiler<'c, 'e> {
    fn new(x: &'c mut Expander<'e>, literals: Vec<Stx>) -> Self {
        Compiler {
            x,
            ellipsis: None,
            literals,
            variables: FxHashMap::default(),
            count: 0,
            patterns: IndexVec::new(),
            templates: IndexVec::new(),
            outer: None,
        }
    }
}

/// A pattern of `syntax-case`; errors are reported.
pub fn case_pattern(x: &mut Expander, pattern: Stx, literals: Vec<Stx>) -> Option<CasePattern> {
    let mut compiler = Compiler::new(x, literals);
    let root = compiler.pattern(pattern, 0)?;
    let mut variables: Vec<Variable> = compiler.variables.values().copied().collect();
    variables.sort_unstable_by_key(|v| v.number);
    let variables = variables.into_iter().map(|v| (v.id, v.depth)).collect();
    Some(CasePattern { patterns: compiler.patterns, root, variables })
}

/// A template of `syntax`, or of `quasisyntax`; errors are reported.
pub fn case_template(x: &mut Expander, template: Stx, quasi: bool) -> Option<CaseTemplate> {
    let mut compiler = Compiler::new(x, Vec::new());
    compiler.outer = Some(Outer { sources: Vec::new(), quasi: usize::from(quasi) });
    let root = compiler.template(template, &mut Vec::new(), true)?;
    let sources = compiler.outer.map_or_else(Vec::new, |o| o.sources);
    Some(CaseTemplate { templates: compiler.templates, root, sources })
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
    let mut compiler = Compiler { ellipsis, ..Compiler::new(x, literals) };
    let mut rules = Vec::new();
    for &rule in &items[at + 1..] {
        rules.push(compiler.rule(rule)?);
    }
    let Compiler { patterns, templates, .. } = compiler;
    Some(Macro { definition: Definition { name, span, module, builtin }, patterns, templates, rules })
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
                    if self.variables.insert(key, Variable { id: s, number, depth }).is_some() {
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
                View::Symbol(symbol) => match self.variable(s, symbol) {
                    None => Template::Constant(self.pruned(s)),
                    Some(v) if v.depth > around.len() => {
                        let name = self.x.text(symbol);
                        let missing = v.depth - around.len();
                        let text = format!("`{name}` needs {missing} more ellipsis here: its pattern has {}", v.depth);
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
                },
                View::Pair(..) if let Some((keyword, operand)) = self.quasi_form(s) => {
                    return self.quasi_template(s, keyword, operand, around, ellipses);
                }
                View::Pair(head, rest) if ellipses && self.is_ellipsis(head) => {
                    let Some(&[escaped]) = self.x.syntax().list(rest).as_deref() else {
                        self.x.error(s, "an escaped template must have the shape (... template)");
                        return None;
                    };
                    return self.template(escaped, around, false);
                }
                View::Pair(..) => self.list_template(s, around, ellipses)?,
                View::Vector => {
                    let items = self.x.syntax().vector(s).unwrap_or_default();
                    let elements = self.elements(&items, around, ellipses)?;
                    if self.is_verbatim(&items, &elements) {
                        Template::Constant(self.pruned(s))
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

    fn list_template(&mut self, s: Stx, around: &mut Vec<Vec<u32>>, ellipses: bool) -> Option<Template> {
        let (mut items, mut tail) = (Vec::new(), s);
        while let Some((a, d)) = self.x.syntax().uncons(tail) {
            items.push(a);
            tail = d;
            if self.quasi_form(tail).is_some() {
                break;
            }
        }
        let elements = self.elements(&items, around, ellipses)?;
        let (end, verbatim) = match self.x.syntax().is_null(tail) {
            true => (None, true),
            false => {
                let t = self.template(tail, around, ellipses)?;
                (Some(t), self.is_constant(t, tail))
            }
        };
        if verbatim && self.is_verbatim(&items, &elements) {
            return Some(Template::Constant(self.pruned(s)));
        }
        let span = self.x.syntax().span(s);
        Some(Template::List(elements, end, span))
    }

    /// A pattern variable of the rule, or of a `syntax-case` around.
    fn variable(&mut self, s: Stx, symbol: Value) -> Option<Variable> {
        if self.outer.is_none() {
            let key = self.key(s, symbol);
            return self.variables.get(&key).copied();
        }
        let Some(Binding::Pattern { var, depth, run }) = self.x.meaning(s) else { return None };
        if run != self.x.run {
            self.x.out_of_phase(s);
            return None;
        }
        self.x.used[var.index()] = true;
        let sources = &mut self.outer.as_mut()?.sources;
        let known = sources.iter().position(|s| matches!(s.0, Source::Variable(v) if v == var));
        let number = known.unwrap_or_else(|| {
            sources.push((Source::Variable(var), depth));
            sources.len() - 1
        });
        Some(Variable { id: s, number: number as u32, depth })
    }

    /// A constant of a `syntax` template, without the scopes of the code around that computes syntax: that code's variables are not
    /// variables of the template.
    fn pruned(&mut self, s: Stx) -> Stx {
        match self.outer {
            None => s,
            Some(_) => Stx { set: self.x.world.syntax.sets.prune(s.set, self.x.prune_from), ..s },
        }
    }

    /// The keyword and the operands of `(unsyntax x …)` and its kin, in `quasisyntax`.
    fn quasi_form(&mut self, s: Stx) -> Option<(Core, Vec<Stx>)> {
        if self.outer.as_ref().is_none_or(|o| o.quasi == 0) {
            return None;
        }
        let (head, rest) = self.x.syntax().uncons(s)?;
        let all = [Core::Unsyntax, Core::UnsyntaxSplicing, Core::Quasisyntax];
        let keyword = all.into_iter().find(|&k| self.x.is_keyword(head, k))?;
        Some((keyword, self.x.syntax().list(rest)?))
    }

    fn quasi_template(
        &mut self,
        s: Stx,
        keyword: Core,
        operands: Vec<Stx>,
        around: &mut Vec<Vec<u32>>,
        ellipses: bool,
    ) -> Option<TemplateId> {
        let outer = self.outer.as_mut()?;
        let level = outer.quasi;
        if keyword != Core::Quasisyntax && level == 1 {
            if let (Core::Unsyntax, &[operand]) = (keyword, &operands[..]) {
                outer.sources.push((Source::Expr(operand), 0));
                let number = outer.sources.len() as u32 - 1;
                return Some(self.templates.push(Template::Variable(number)));
            }
            self.x.error(s, format!("`{}` must stand in a list or vector here", keyword.name()));
            return None;
        }
        outer.quasi = if keyword == Core::Quasisyntax { level + 1 } else { level - 1 };
        let (items, _) = self.x.syntax().list_tail(s);
        let elements = self.elements(&items, around, ellipses);
        self.outer.as_mut()?.quasi = level;
        let span = self.x.syntax().span(s);
        Some(self.templates.push(Template::List(elements?, None, span)))
    }

    /// The elements that `(unsyntax x …)` or `(unsyntax-splicing x …)` puts into a list.
    fn spliced(&mut self, s: Stx) -> Option<Vec<Element>> {
        let (keyword, operands) = self.quasi_form(s)?;
        let outer = self.outer.as_mut().filter(|o| o.quasi == 1)?;
        if keyword == Core::Quasisyntax {
            return None;
        }
        let depth = usize::from(keyword == Core::UnsyntaxSplicing);
        let mut elements = Vec::new();
        for operand in operands {
            outer.sources.push((Source::Expr(operand), depth));
            let number = outer.sources.len() as u32 - 1;
            let template = self.templates.push(Template::Variable(number));
            elements.push(Element { template, drivers: vec![vec![number]; depth] });
        }
        Some(elements)
    }

    /// Whether a part stands for itself; an escaped one stands for what it contains.
    fn is_constant(&mut self, t: TemplateId, s: Stx) -> bool {
        let Template::Constant(c) = self.templates[t] else { return false };
        // What the reader made has one set for all its parts; what macros made must be as it was.
        c == s || (s.text != 0 && c == self.pruned(s))
    }

    fn is_verbatim(&mut self, items: &[Stx], elements: &[Element]) -> bool {
        items.len() == elements.len()
            && items.iter().zip(elements).all(|(&s, e)| e.drivers.is_empty() && self.is_constant(e.template, s))
    }

    fn elements(&mut self, items: &[Stx], around: &mut Vec<Vec<u32>>, ellipses: bool) -> Option<Vec<Element>> {
        let mut elements = Vec::new();
        let mut i = 0;
        while i < items.len() {
            if let Some(spliced) = self.spliced(items[i]) {
                elements.extend(spliced);
                i += 1;
                continue;
            }
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
