//! The AST's data: arenas of expressions, variables and lambdas.

use crate::arena::IndexVec;
use crate::define_index;
use crate::source::{FileId, Origin, SourceMap, Span};
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

define_index!(
    /// An expression.
    ExprId, "e"
);
define_index!(
    /// A variable; every binding has its own.
    VarId, "v"
);

/// A variable.
#[derive(Clone, Debug)]
pub struct Var {
    /// Name in the source (a symbol).
    pub name: Value,
    /// Whether any `set!` (or a second `define`) assigns it; the expander sets this as it goes.
    pub assigned: bool,
    /// Whether a top-level `define` of a program or library binds it.
    pub toplevel: bool,
}

/// An expression and where it came from.
#[derive(Clone, Debug)]
pub struct Node {
    /// The form.
    pub expr: Expr,
    /// Its origin.
    pub origin: Origin,
}

/// Parameters: required ones and a rest parameter.
#[derive(Clone, Debug, Default)]
pub struct Formals {
    /// Required parameters.
    pub required: Vec<VarId>,
    /// Takes the list of the others.
    pub rest: Option<VarId>,
}

/// One clause of a `case-lambda`; `lambda` has exactly one.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Parameters.
    pub formals: Formals,
    /// Body.
    pub body: ExprId,
}

/// A procedure.
#[derive(Clone, Debug)]
pub struct Lambda {
    /// Name for messages: a symbol, or `#f`.
    pub name: Value,
    /// Clauses, tried in order.
    pub clauses: Vec<Clause>,
}

/// Forms; see the module's grammar.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A constant: an immediate, or a literal in the static area (never moved, immutable); or, in what `eval` is given, any value.
    Const(Value),
    /// A variable's value.
    Ref(VarId),
    /// A primitive as a value; in the operator position of a `Call`, an application of it.
    Prim(Prim),
    /// `set!`; its value is unspecified.
    Set(VarId, ExprId),
    /// `if`, always with both branches.
    If(ExprId, ExprId, ExprId),
    /// At least one expression; all but the last accept any number of values.
    Seq(Vec<ExprId>),
    /// A procedure.
    Lambda(Lambda),
    /// Parallel `let`; inits are evaluated in an unspecified order.
    Let(Vec<(VarId, ExprId)>, ExprId),
    /// `letrec*`, before the `letrec` pass.
    Letrec(Vec<(VarId, ExprId)>, ExprId),
    /// Mutually recursive lambdas (each init is a `Lambda`), after the `letrec` pass.
    Fix(Vec<(VarId, ExprId)>, ExprId),
    /// Binds the values of the first expression (`let-values`, `call-with-values`, `define-values`).
    Receive(Formals, ExprId, ExprId),
    /// Application.
    Call(ExprId, Vec<ExprId>),
}

impl Expr {
    /// Calls `f` on each direct part, in order of evaluation as far as there is one.
    pub fn for_each_child(&self, mut f: impl FnMut(ExprId)) {
        match self {
            Expr::Const(_) | Expr::Ref(_) | Expr::Prim(_) => {}
            Expr::Set(_, e) => f(*e),
            Expr::If(a, b, c) => [*a, *b, *c].into_iter().for_each(f),
            Expr::Seq(exprs) => exprs.iter().copied().for_each(f),
            Expr::Lambda(lambda) => lambda.clauses.iter().for_each(|c| f(c.body)),
            Expr::Let(bindings, body) | Expr::Letrec(bindings, body) | Expr::Fix(bindings, body) => {
                bindings.iter().for_each(|b| f(b.1));
                f(*body);
            }
            Expr::Receive(_, producer, body) => [*producer, *body].into_iter().for_each(f),
            Expr::Call(callee, args) => {
                f(*callee);
                args.iter().copied().for_each(f);
            }
        }
    }
}

/// An element of a program's top level.
#[derive(Clone, Debug)]
pub enum Item {
    /// Defines a top-level variable. Evaluated once, in order.
    Define(VarId, ExprId),
    /// An expression evaluated for effect (the last one's value is the program's).
    Expr(ExprId),
}

impl Program {
    /// Where the last form of the top level stands; nowhere in an empty program.
    pub fn place(&self, sources: &SourceMap) -> Span {
        let last = self.items.last().map(|item| match *item {
            Item::Define(_, e) | Item::Expr(e) => sources.origin_data(self.exprs[e].origin).span,
        });
        last.unwrap_or(Span { file: FileId(0), start: 0, end: 0 })
    }
}

/// A top-level variable that `eval` may refer to.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// The variable.
    pub var: VarId,
    /// Where `eval` finds its value.
    pub cell: Value,
    /// Whether evaluated code can assign or redefine it.
    pub redefinable: bool,
}

/// Which forms may occur.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// As expanded.
    Expanded,
    /// Without `Letrec` and `Item::Define` (one `Item::Expr` holds the program).
    LetrecFixed,
    /// Without `Set` too.
    Unassigned,
}

/// A whole program, or one top-level form of an open world.
#[derive(Clone, Debug)]
pub struct Program {
    /// Expressions.
    pub exprs: IndexVec<ExprId, Node>,
    /// Variables.
    pub vars: IndexVec<VarId, Var>,
    /// The top level.
    pub items: Vec<Item>,
    /// Top-level variables that `eval` may refer to.
    pub shared: Vec<Shared>,
    /// Which forms may occur.
    pub stage: Stage,
}
