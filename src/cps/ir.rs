//! The data of the CPS IR: arenas of functions, continuations, variables and terms. Grammar and invariants: [`crate::cps`].

use crate::arena::IndexVec;
use crate::define_index;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;

define_index!(
    /// A variable.
    Var, "v"
);
define_index!(
    /// A function.
    Fun, "f"
);
define_index!(
    /// A continuation: local (with parameters and body), or the return continuation of a function.
    Cont, "k"
);
define_index!(
    /// A term.
    TermId, "t"
);

/// What a variable is bound by, and its name for messages.
#[derive(Clone, Copy, Debug)]
pub struct VarData {
    /// Source name: a symbol, or `#f` for temporaries.
    pub name: Value,
}

/// An argument: always atomic.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Atom {
    /// A variable.
    Var(Var),
    /// An immediate or a static literal.
    Const(Value),
    /// A primitive's procedure.
    Prim(Prim),
}

/// What happens to values beyond the required parameters of a clause or continuation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest<V = Var> {
    /// There may be none.
    None,
    /// Collected into a fresh list.
    Bind(V),
    /// Dropped (continuations only: non-final expressions of a body).
    Ignore,
}

/// One arity of a function.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Required parameters.
    pub params: Vec<Var>,
    /// Never `Rest::Ignore`.
    pub rest: Rest,
    /// Body.
    pub body: TermId,
}

/// A function; several clauses are a `case-lambda`, tried in order.
#[derive(Clone, Debug)]
pub struct FunData {
    /// The variable that holds the function, in scope in all functions of its `letfun` and its body.
    pub var: Var,
    /// Its return continuation.
    pub ret: Cont,
    /// Arities.
    pub clauses: Vec<Clause>,
    /// Name for messages: a symbol, or `#f`.
    pub name: Value,
    /// Definition.
    pub origin: Origin,
}

/// A continuation.
#[derive(Clone, Debug)]
pub enum ContData {
    /// The return continuation of a function.
    Return(Fun),
    /// A local continuation.
    Local {
        /// Required parameters.
        params: Vec<Var>,
        /// Further values.
        rest: Rest,
        /// Body.
        body: TermId,
    },
}

/// Terms; see the grammar in [`crate::cps`].
#[derive(Clone, Debug)]
pub enum Term {
    /// Binds a primitive's result.
    Let {
        /// Bound variable.
        var: Var,
        /// Primitive.
        prim: Prim,
        /// Arguments.
        args: Vec<Atom>,
        /// What comes next.
        body: TermId,
        /// Position.
        origin: Origin,
    },
    /// Binds functions.
    LetFun {
        /// The functions.
        funs: Vec<Fun>,
        /// Scope.
        body: TermId,
    },
    /// Binds continuations.
    LetCont {
        /// The continuations.
        conts: Vec<Cont>,
        /// Scope.
        body: TermId,
    },
    /// Jumps or returns.
    Continue {
        /// Where to.
        cont: Cont,
        /// Values.
        args: Vec<Atom>,
    },
    /// Calls.
    Call {
        /// Callee.
        callee: Atom,
        /// Arguments.
        args: Vec<Atom>,
        /// Where the callee returns to.
        cont: Cont,
        /// Position.
        origin: Origin,
    },
    /// Tests.
    Branch {
        /// A primitive with a boolean result.
        prim: Prim,
        /// Its arguments.
        args: Vec<Atom>,
        /// Taken on true.
        then: Cont,
        /// Taken on false.
        otherwise: Cont,
        /// Position.
        origin: Origin,
    },
}

impl Term {
    /// Its position, if it has one.
    pub fn origin_mut(&mut self) -> Option<&mut Origin> {
        match self {
            Term::Let { origin, .. } | Term::Call { origin, .. } | Term::Branch { origin, .. } => Some(origin),
            Term::LetFun { .. } | Term::LetCont { .. } | Term::Continue { .. } => None,
        }
    }
}

/// A program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Variables.
    pub vars: IndexVec<Var, VarData>,
    /// Functions.
    pub funs: IndexVec<Fun, FunData>,
    /// Continuations.
    pub conts: IndexVec<Cont, ContData>,
    /// Terms.
    pub terms: IndexVec<TermId, Term>,
    /// The program as a function of no arguments; `None` only while it is being built.
    pub entry: Option<Fun>,
}
