//! `syntax-rules` (R7RS 4.3.2).
//!
//! | file | what |
//! |---|---|
//! | [`compile`] | patterns and templates to small trees, checked once, where the macro is defined |
//! | [`matcher`] | a use against a pattern |
//! | [`fill`] | a template and what was matched to what it stands for |
//! | [`expand`] | one expansion |
//!
//! `syntax-case` and `syntax` (see [`super::procedural`]) use the same compiler, matcher and filler.
//!
//! Hygiene: what comes from the template gets a scope made for this expansion; what comes from a use of a macro of the same
//! module gets a use-site scope, which definitions made by the expansion lose again (Flatt 2016, section 3.5). No scopes need flipping,
//! since templates and uses are told apart as the result is built.

pub mod compile;
pub mod expand;
pub mod fill;
pub mod matcher;

use super::library::ModuleId;
use super::object::Stx;
use crate::arena::IndexVec;
use crate::define_index;
use crate::source::Span;
use kestrel_runtime::Value;

define_index!(
    /// A part of a pattern.
    PatternId, "p"
);
define_index!(
    /// A part of a template.
    TemplateId, "t"
);

/// A part of a pattern.
pub enum Pattern {
    /// `_`
    Any,
    /// A pattern variable, by number.
    Variable(u32),
    /// An identifier that must mean the same in the use.
    Literal(Stx),
    /// A datum that must be `equal?`.
    Datum(Stx),
    /// A list: elements, perhaps an element repeated, elements after that, and a tail (`None`: the empty list).
    List {
        /// Elements before the repeated one, or all of them.
        before: Vec<PatternId>,
        /// The element that an ellipsis follows.
        repeated: Option<Repeated>,
        /// Elements after the repeated one.
        after: Vec<PatternId>,
        /// What follows the last pair.
        tail: Option<PatternId>,
    },
    /// A vector whose elements match a `List`.
    Vector(PatternId),
}

/// A pattern that an ellipsis follows.
pub struct Repeated {
    /// The pattern.
    pub pattern: PatternId,
    /// The variables in it: a range of numbers.
    pub variables: std::ops::Range<u32>,
}

/// A part of a template.
pub enum Template {
    /// Without pattern variables: taken as it is.
    Constant(Stx),
    /// A pattern variable, by number.
    Variable(u32),
    /// A list with its elements, its tail (`None`: the empty list) and its position.
    List(Vec<Element>, Option<TemplateId>, Span),
    /// A vector.
    Vector(Vec<Element>, Span),
}

/// An element of a template's list.
pub struct Element {
    /// The element.
    pub template: TemplateId,
    /// How many ellipses follow it, with the variables that drive each, outermost first.
    pub drivers: Vec<Vec<u32>>,
}

/// Parts of patterns.
pub type Patterns = IndexVec<PatternId, Pattern>;
/// Parts of templates.
pub type Templates = IndexVec<TemplateId, Template>;

/// A rule.
pub struct Rule {
    /// What the use's arguments must match.
    pub pattern: PatternId,
    /// What it becomes.
    pub template: TemplateId,
    /// Number of pattern variables.
    pub variables: u32,
}

/// A macro.
pub struct Macro {
    /// Its name and where it is from.
    pub definition: expand::Definition,
    /// Patterns of all rules.
    pub patterns: Patterns,
    /// Templates of all rules.
    pub templates: Templates,
    /// Rules, tried in order.
    pub rules: Vec<Rule>,
}
