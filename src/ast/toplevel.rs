//! Turns the definitions of a closed program's top level into one expression.
//!
//! ```text
//! (define (f x) … (g x) … n …)  (define n 3)  (define table (make-table))  (display (f table))
//!   =>  (fix ((g …)) (fix ((f (lambda (x) … (g x) … 3 …)))
//!         (begin (%global-define! CELL (make-table)) (display (f (%cell-ref CELL))))))
//! ```
//!
//! A variable that is defined once and never assigned is, by its definition: a *function* (a lambda: bound by a `Fix` around
//! everything, so that its calls are known and it has no free variables), a *constant*, or an *alias* of a function; these cost nothing. Every other one is a
//! *cell*, a constant of the code itself. Its uses are `%cell-ref` and `%cell-set!` where the definition has certainly been evaluated, and
//! otherwise `%global-ref` and `%global-set!`, which raise if it has not. It is certain in items that come later, and in functions that no item mentions, directly or
//! through other functions, up to and including the definition.
//!
//! A variable of [`Program::shared`] has a cell in any case, which code that is compiled later refers to: a function, a constant or an alias is put into
//! it before all items. Such code may call any function at any time, so then cells are certain in items alone. If that code can also redefine
//! the variable, only a lambda is worth anything: it is *watched*, a function of its own beside the cell, and each call looks whether the cell
//! still has it:
//!
//! ```text
//! (f (g x))  =>  (let ((a (g x))) (if (eq? (%cell-ref CELL) f') (f' a) ((%global-ref CELL) a)))
//! ```
//!
//! Open worlds have no `define` here. Gives: one `Item::Expr`. Cost: linear.

use super::ir::{Expr, ExprId, Item, Program, Shared, Var, VarId};
use super::letrec::{application, call, push};
use super::mentions::{Mention, mentions};
use super::scc::components;
use crate::arena::IndexVec;
use crate::source::Origin;
use kestrel_runtime::Value;
use kestrel_runtime::prim::Prim;
use rustc_hash::FxHashMap;

/// What a top-level variable becomes.
#[derive(Clone)]
enum Class {
    /// Number among the functions.
    Function(u32),
    /// A `Const`, or a `Prim`, or a `Ref` of a function.
    Copy(Expr),
    Cell(Value),
    Watched(Watched),
}

/// A variable that is defined as a function, and that may be redefined.
#[derive(Clone, Copy)]
struct Watched {
    cell: Value,
    /// Number of the function among the functions, and its own variable.
    number: u32,
    function: VarId,
}

impl Class {
    /// The cell that references of the variable go to.
    fn cell(&self) -> Option<Value> {
        match self {
            Class::Cell(cell) | Class::Watched(Watched { cell, .. }) => Some(*cell),
            Class::Function(_) | Class::Copy(_) => None,
        }
    }
}

/// Removes the definitions. `place` is the origin of an empty program; `make_cell` makes the cell of a variable by its name.
pub fn toplevel(program: &mut Program, place: Origin, make_cell: &mut dyn FnMut(Value) -> Value) {
    let found = mentions(program);
    let classes = classify(program, make_cell);
    let functions: Vec<(VarId, ExprId, u32)> = program
        .items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let Item::Define(v, init) = *item else { return None };
            match classes.get(&v)? {
                Class::Function(_) => Some((v, init, i as u32)),
                Class::Watched(watched) => Some((watched.function, init, i as u32)),
                Class::Copy(_) | Class::Cell(_) => None,
            }
        })
        .collect();
    let graph = function_graph(program, &classes, &functions, &found.toplevel);
    let certain = Certain::new(program, &classes, &functions, &graph, &found.toplevel);
    let calls = watched_calls(program, &classes);
    for mention in &found.toplevel {
        match &classes[&mention.var] {
            Class::Function(_) => {}
            Class::Copy(expr) => program.exprs[mention.expr].expr = expr.clone(),
            Class::Cell(cell) | Class::Watched(Watched { cell, .. }) => {
                use_cell(program, mention.expr, *cell, certain.is_defined(mention))
            }
        }
    }
    for (call, watched) in calls {
        watch(program, call, watched);
    }
    let mut result = body(program, &classes, place);
    let origin = program.exprs[result].origin;
    for component in components(&graph.calls).into_iter().rev() {
        let bindings = component.iter().map(|&f| (functions[f as usize].0, functions[f as usize].1)).collect();
        result = push(program, Expr::Fix(bindings, result), origin);
    }
    program.items = vec![Item::Expr(result)];
}

fn classify(program: &mut Program, make_cell: &mut dyn FnMut(Value) -> Value) -> FxHashMap<VarId, Class> {
    let shared: FxHashMap<VarId, Shared> = program.shared.iter().map(|&s| (s.var, s)).collect();
    let mut definitions: IndexVec<VarId, u32> = IndexVec::filled(0, program.vars.len());
    for item in &program.items {
        if let Item::Define(v, _) = item {
            definitions[*v] += 1;
        }
    }
    let mut classes: FxHashMap<VarId, Class> = FxHashMap::default();
    let mut functions = 0;
    for i in 0..program.items.len() {
        let Item::Define(v, init) = program.items[i] else { continue };
        if classes.contains_key(&v) {
            continue;
        }
        let name = program.vars[v].name;
        let shared = shared.get(&v);
        let once = definitions[v] == 1 && !program.vars[v].assigned;
        let fixed = once && shared.is_none_or(|s| !s.redefinable);
        let class = match (&program.exprs[init].expr, shared) {
            (Expr::Lambda(_), _) if fixed => {
                functions += 1;
                Class::Function(functions - 1)
            }
            (Expr::Lambda(_), Some(&Shared { cell, .. })) if once => {
                functions += 1;
                let function = program.vars.push(Var { name, assigned: false, toplevel: true });
                Class::Watched(Watched { cell, number: functions - 1, function })
            }
            (expr @ (Expr::Const(_) | Expr::Prim(_)), _) if fixed => Class::Copy(expr.clone()),
            (Expr::Ref(w), _) if fixed && matches!(classes.get(w), Some(Class::Function(_) | Class::Copy(_))) => {
                match &classes[w] {
                    Class::Copy(expr) => Class::Copy(expr.clone()),
                    _ => Class::Copy(Expr::Ref(*w)),
                }
            }
            _ => Class::Cell(shared.map_or_else(|| make_cell(name), |s| s.cell)),
        };
        classes.insert(v, class);
    }
    classes
}

/// Which functions each function and each other item mentions.
struct FunctionGraph {
    /// By function.
    calls: Vec<Vec<u32>>,
    /// By item; empty for those that define functions.
    starts: Vec<Vec<u32>>,
}

fn function_graph(
    program: &Program,
    classes: &FxHashMap<VarId, Class>,
    functions: &[(VarId, ExprId, u32)],
    mentions: &[Mention],
) -> FunctionGraph {
    let mut function_of_item = vec![None; program.items.len()];
    for (f, (.., item)) in functions.iter().enumerate() {
        function_of_item[*item as usize] = Some(f);
    }
    let mut graph =
        FunctionGraph { calls: vec![Vec::new(); functions.len()], starts: vec![Vec::new(); program.items.len()] };
    for m in mentions {
        let target = match &classes[&m.var] {
            Class::Copy(Expr::Ref(w)) => &classes[w],
            class => class,
        };
        let (Class::Function(target) | Class::Watched(Watched { number: target, .. })) = target else { continue };
        match function_of_item[m.item as usize] {
            Some(f) => graph.calls[f].push(*target),
            None => graph.starts[m.item as usize].push(*target),
        }
    }
    graph
}

/// Where cells certainly have values.
struct Certain {
    /// By item: the first item whose evaluation may run it. A function's is the first item that can reach it.
    runs_from: Vec<usize>,
    /// The item that first gives a cell its value.
    defined_at: FxHashMap<VarId, usize>,
}

impl Certain {
    fn new(
        program: &Program,
        classes: &FxHashMap<VarId, Class>,
        functions: &[(VarId, ExprId, u32)],
        graph: &FunctionGraph,
        mentions: &[Mention],
    ) -> Certain {
        let unused = if program.shared.is_empty() { usize::MAX } else { 0 };
        let mut first_use = vec![unused; functions.len()];
        let mut work = Vec::new();
        for (item, starts) in graph.starts.iter().enumerate() {
            work.extend_from_slice(starts);
            while let Some(f) = work.pop() {
                if first_use[f as usize] > item {
                    first_use[f as usize] = item;
                    work.extend_from_slice(&graph.calls[f as usize]);
                }
            }
        }
        let mut runs_from: Vec<usize> = (0..program.items.len()).collect();
        for ((.., item), first) in functions.iter().zip(first_use) {
            runs_from[*item as usize] = first;
        }
        let mut defined_at = FxHashMap::default();
        for m in mentions {
            if classes[&m.var].cell().is_some() {
                defined_at.insert(m.var, usize::MAX);
            }
        }
        for (i, item) in program.items.iter().enumerate() {
            if let Item::Define(v, _) = item
                && let Some(at) = defined_at.get_mut(v)
            {
                *at = (*at).min(i);
            }
        }
        Certain { runs_from, defined_at }
    }
    fn is_defined(&self, m: &Mention) -> bool {
        self.runs_from[m.item as usize] > self.defined_at[&m.var]
    }
}

/// Makes a `Ref` or `Set` one of a cell.
fn use_cell(program: &mut Program, e: ExprId, cell: Value, defined: bool) {
    let origin = program.exprs[e].origin;
    let cell = push(program, Expr::Const(cell), origin);
    let (prim, args) = match program.exprs[e].expr {
        Expr::Set(_, value) => (if defined { Prim::CellSet } else { Prim::GlobalSet }, vec![cell, value]),
        _ => (if defined { Prim::CellRef } else { Prim::GlobalRef }, vec![cell]),
    };
    program.exprs[e].expr = application(program, prim, args, origin);
}

/// The calls of watched variables.
fn watched_calls(program: &Program, classes: &FxHashMap<VarId, Class>) -> Vec<(ExprId, Watched)> {
    let watched = |callee: ExprId| match program.exprs[callee].expr {
        Expr::Ref(v) => match classes.get(&v) {
            Some(Class::Watched(watched)) => Some(*watched),
            _ => None,
        },
        _ => None,
    };
    let calls = program.exprs.enumerate().filter_map(|(e, node)| match node.expr {
        Expr::Call(callee, _) => Some((e, watched(callee)?)),
        _ => None,
    });
    calls.collect()
}

/// Has a call of a watched variable, which calls what is in its cell by now, look for the function first.
fn watch(program: &mut Program, e: ExprId, watched: Watched) {
    let origin = program.exprs[e].origin;
    let Expr::Call(callee, args) = std::mem::replace(&mut program.exprs[e].expr, Expr::Const(Value::UNSPECIFIED))
    else {
        return;
    };
    let cell = push(program, Expr::Const(watched.cell), origin);
    let content = call(program, Prim::CellRef, vec![cell], origin);
    let function = push(program, Expr::Ref(watched.function), origin);
    let test = call(program, Prim::Eq, vec![content, function], origin);
    let variable = Var { name: Value::FALSE, assigned: false, toplevel: false };
    let bindings: Vec<(VarId, ExprId)> =
        args.into_iter().map(|arg| (program.vars.push(variable.clone()), arg)).collect();
    let passed = |program: &mut Program| -> Vec<ExprId> {
        bindings.iter().map(|b| push(program, Expr::Ref(b.0), origin)).collect()
    };
    let (known, unknown) = (passed(program), passed(program));
    let function = push(program, Expr::Ref(watched.function), origin);
    let known = push(program, Expr::Call(function, known), origin);
    let unknown = push(program, Expr::Call(callee, unknown), origin);
    let choice = Expr::If(test, known, unknown);
    program.exprs[e].expr =
        if bindings.is_empty() { choice } else { Expr::Let(bindings, push(program, choice, origin)) };
}

/// Puts the values of shared variables that have no cell of their own into those that others know.
fn publish(program: &mut Program, classes: &FxHashMap<VarId, Class>, place: Origin) -> Vec<ExprId> {
    let mut exprs = Vec::new();
    for Shared { var, cell, .. } in std::mem::take(&mut program.shared) {
        let value = match classes.get(&var) {
            Some(Class::Function(_)) => Expr::Ref(var),
            Some(Class::Copy(expr)) => expr.clone(),
            Some(Class::Cell(_) | Class::Watched(_)) | None => continue,
        };
        let (cell, value) = (push(program, Expr::Const(cell), place), push(program, value, place));
        exprs.push(call(program, Prim::GlobalDefine, vec![cell, value], place));
    }
    exprs
}

/// The items that do something, in order. The value is that of the last item, unspecified for a definition.
fn body(program: &mut Program, classes: &FxHashMap<VarId, Class>, place: Origin) -> ExprId {
    let mut exprs = publish(program, classes, place);
    let mut ends_in_definition = true;
    for item in std::mem::take(&mut program.items) {
        ends_in_definition = false;
        match item {
            Item::Expr(e) => exprs.push(e),
            Item::Define(v, init) => {
                let origin = program.exprs[init].origin;
                let value = match &classes[&v] {
                    Class::Watched(watched) => push(program, Expr::Ref(watched.function), origin),
                    _ => init,
                };
                match classes[&v].cell() {
                    Some(cell) => {
                        let cell = push(program, Expr::Const(cell), origin);
                        exprs.push(call(program, Prim::GlobalDefine, vec![cell, value], origin));
                    }
                    None => ends_in_definition = true,
                }
            }
        }
    }
    let place = exprs.first().map_or(place, |e| program.exprs[*e].origin);
    if ends_in_definition {
        exprs.push(push(program, Expr::Const(Value::UNSPECIFIED), place));
    }
    match exprs[..] {
        [only] => only,
        _ => push(program, Expr::Seq(exprs), place),
    }
}
