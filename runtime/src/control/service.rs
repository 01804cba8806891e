//! What a program asks of the compiler: `eval` and its relatives are control procedures that hand over to whoever made the runtime.

use crate::abi::Ctx;
use crate::layout::{OBJECT_PAYLOAD, ObjectType, WORD, header};
use crate::value::Value;

/// A procedure that needs the compiler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Service {
    /// `(eval expression environment)`
    Eval,
    /// `(load file [environment])`
    Load,
    /// `(environment import-set …)`
    Environment,
    /// `(interaction-environment)`
    Interaction,
    /// `(scheme-report-environment 5)`
    Report,
    /// `(null-environment 5)`
    Null,
}

/// Does a service, as a control function: its arguments are in the registers.
pub type Serve = fn(&mut Ctx, Service);

fn serve(ctx: &mut Ctx, service: Service) {
    match ctx.runtime.serve {
        Some(serve) => serve(ctx, service),
        None => {
            ctx.not_supported("eval", "this runtime has no compiler");
            ctx.raise_here();
        }
    }
}

macro_rules! services {
    ($($(#[$doc:meta])* $name:ident $service:ident;)*) => {
        $($(#[$doc])* pub extern "C" fn $name(ctx: &mut Ctx) { serve(ctx, Service::$service) })*
    };
}

services! {
    /// `eval`
    eval Eval;
    /// `load`
    load Load;
    /// `environment`
    environment Environment;
    /// `interaction-environment`
    interaction_environment Interaction;
    /// `scheme-report-environment`
    scheme_report_environment Report;
    /// `null-environment`
    null_environment Null;
}

impl Ctx {
    /// An environment as an object: two numbers that mean something to the compiler.
    pub fn make_environment(&mut self, world: usize, environment: usize) -> Value {
        let object = self.alloc_object(header(ObjectType::Environment, 2), 2 * WORD);
        self.init_field(object, OBJECT_PAYLOAD, Value::fixnum(world as i64));
        self.init_field(object, OBJECT_PAYLOAD + WORD, Value::fixnum(environment as i64));
        object
    }

    /// The numbers of an environment object.
    pub fn environment_parts(&self, object: Value) -> Option<(usize, usize)> {
        let part = |i: usize| self.field(object, OBJECT_PAYLOAD + i * WORD).as_fixnum().unwrap_or(0) as usize;
        object.is_a(ObjectType::Environment).then(|| (part(0), part(1)))
    }
}
