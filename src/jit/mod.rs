//! From an LLVM module to running code: passes, object code, linking, and freeing what is no longer used.
//!
//! A [`Context`] holds one module while it is built. [`Jit::optimize`] runs the lean pass pipeline over it; [`Jit::load`] has LLVM write
//! an object, and gives that to ORC's LLJIT; what comes back, a [`CompiledUnit`], knows the addresses of the unit's codes and
//! the table of constants that they load from, and frees the machine code when it is dropped. The shape of the descriptor
//! through which both sides find each other is [`Descriptor`]'s.
//!
//! LLVM is set up when the first [`Jit`] is made, so a program that never becomes hot does not pay for it. Whatever LLVM
//! reports as an error becomes a [`JitError`]: none is the program's fault, and none ends the process.
//!
//! This folder is one of the two places of the crate where unsafe code may stand.

use inkwell::OptimizationLevel;
use inkwell::module::Module;
use inkwell::types::AnyTypeEnum;
use kestrel_runtime::Value;
use std::rc::Rc;
use std::time::{Duration, Instant};

mod context;
mod emit;
mod orc;
mod raw;

pub use context::Context;
pub use raw::set_prefix_data;

/// A failure inside LLVM or of the way it is used: an internal error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JitError(pub String);

impl std::fmt::Display for JitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "code generation failed: {}", self.0)
    }
}

impl std::error::Error for JitError {}

/// How much time LLVM may spend on a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Level {
    /// Least time: no passes, quick instruction selection. For code that runs once.
    Quick,
    /// The default: lean passes, good registers.
    #[default]
    Good,
}

impl Level {
    fn machine(self) -> OptimizationLevel {
        match self {
            Level::Quick => OptimizationLevel::None,
            Level::Good => OptimizationLevel::Default,
        }
    }
    fn passes(self) -> Option<&'static str> {
        match self {
            Level::Quick => None,
            Level::Good => {
                // No bonus instructions: else a tag test and the overflow test after it become one condition, computed in pieces.
                // No check that `instcombine` reached a fixed point: LLVM's own pipelines do not check, and a failure ends the process.
                Some(
                    "function(sroa,early-cse,simplifycfg<bonus-inst-threshold=0>,instcombine<no-verify-fixpoint>,simplifycfg<bonus-inst-threshold=0>)",
                )
            }
        }
    }
}

/// Where the time of one [`Jit::load`] went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// Instruction selection, register allocation, writing the object.
    pub object: Duration,
    /// Linking and looking up the descriptor.
    pub link: Duration,
}

/// What a module exports: one symbol, whose words are the address of the table of constants, then the addresses of its codes.
#[derive(Clone, Debug)]
pub struct Descriptor {
    /// Name of the symbol; unique among the units of a process.
    pub symbol: String,
    /// Number of codes.
    pub codes: usize,
    /// Number of constants.
    pub constants: usize,
}

impl Descriptor {
    /// Whether the module exports what this says, so that reading it stays inside.
    fn check(&self, module: &Module<'_>) -> Result<(), JitError> {
        let words = module.get_global(&self.symbol).map(|g| g.get_value_type());
        match words {
            Some(AnyTypeEnum::ArrayType(t)) if t.len() as usize == self.codes + 1 => Ok(()),
            _ => Err(JitError(format!("the module does not export {} with {} codes", self.symbol, self.codes))),
        }
    }
}

/// Makes machine code and keeps it. Cheap to clone.
#[derive(Clone)]
pub struct Jit {
    session: Rc<orc::Session>,
}

impl Jit {
    /// Sets LLVM up, unless that was done before, and opens a session.
    pub fn new() -> Result<Jit, JitError> {
        Ok(Jit { session: Rc::new(orc::Session::new()?) })
    }

    /// Runs the passes of a level over a module; what `--dump=llvm` shows comes after this.
    pub fn optimize(&self, module: &Module<'_>, level: Level) -> Result<(), JitError> {
        emit::optimize(module, level)
    }

    /// The text of the machine code of a module, for `--dump=asm`. The module is not changed.
    pub fn assembly(&self, module: &Module<'_>, level: Level) -> Result<String, JitError> {
        emit::assembly(module, level)
    }

    /// Links an optimised module and fills nothing: its constants are all 0 until [`CompiledUnit::set_constant`].
    pub fn load(
        &self,
        context: &Context,
        module: &Module<'_>,
        descriptor: &Descriptor,
        level: Level,
    ) -> Result<CompiledUnit, JitError> {
        descriptor.check(module)?;
        let mut times = Times::default();
        let started = Instant::now();
        let object = emit::object(module, level)?;
        context.take_errors()?;
        times.object = started.elapsed();

        let started = Instant::now();
        let object = self.session.clone().link(object, &descriptor.symbol)?;
        times.link = started.elapsed();

        let words = object.words(1 + descriptor.codes);
        Ok(CompiledUnit {
            constants: words[0],
            constant_count: descriptor.constants,
            codes: words[1..].into(),
            times,
            _object: object,
        })
    }
}

/// The machine code of one unit. Dropping it frees the code: nothing may hold one of its addresses any more.
pub struct CompiledUnit {
    constants: usize,
    constant_count: usize,
    codes: Box<[usize]>,
    times: Times,
    _object: orc::LinkedObject,
}

impl CompiledUnit {
    /// Code addresses, in the order in which the module listed its codes.
    pub fn codes(&self) -> &[usize] {
        &self.codes
    }
    /// The table of constants: a root of the collector, which may write it.
    pub fn constants(&self) -> (*mut Value, usize) {
        (self.constants as *mut Value, self.constant_count)
    }
    /// Fills a slot of the table of constants.
    pub fn set_constant(&mut self, index: usize, value: Value) {
        assert!(index < self.constant_count, "constant {index} of {}", self.constant_count);
        // SAFETY: the table has `constant_count` words, is mapped as long as `self` lives, and belongs to this unit alone.
        unsafe { (self.constants as *mut Value).add(index).write(value) }
    }
    /// What making it cost.
    pub fn times(&self) -> Times {
        self.times
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkwell::memory_buffer::MemoryBuffer;

    const ANSWER: &str = "\
        @table = internal global [2 x i64] zeroinitializer\n\
        @unit_t = global [2 x ptr] [ptr @table, ptr @answer]\n\
        define internal i64 @answer() { %x = load i64, ptr @table  %y = add i64 %x, 2  ret i64 %y }\n";

    fn module<'c>(context: &'c Context, text: &str) -> Module<'c> {
        let buffer = MemoryBuffer::create_from_memory_range_copy(text.as_bytes(), "test");
        context.llvm().create_module_from_ir(buffer).expect("test module parses")
    }

    fn descriptor() -> Descriptor {
        Descriptor { symbol: "unit_t".into(), codes: 1, constants: 2 }
    }

    #[test]
    fn a_unit_runs_reads_its_constants_and_can_be_replaced() {
        let jit = Jit::new().unwrap();
        for level in [Level::Quick, Level::Good] {
            let context = Context::new();
            let mut unit = jit.load(&context, &module(&context, ANSWER), &descriptor(), level).unwrap();
            unit.set_constant(0, Value(40));
            // SAFETY: the module above defines the code with this type.
            let answer: extern "C" fn() -> u64 = unsafe { std::mem::transmute(unit.codes()[0]) };
            assert_eq!(answer(), 42);
        }
    }

    #[test]
    fn an_error_of_the_code_generator_is_a_value() {
        let jit = Jit::new().unwrap();
        let context = Context::new();
        let text = "@unit_t = global [2 x ptr] zeroinitializer\n\
                    define internal void @f() { call void asm sideeffect \"nonsense\", \"\"()  ret void }\n\
                    @use = global ptr @f\n";
        assert!(jit.load(&context, &module(&context, text), &descriptor(), Level::Good).is_err());
    }

    #[test]
    fn a_missing_symbol_is_a_value() {
        let jit = Jit::new().unwrap();
        let context = Context::new();
        let descriptor = Descriptor { symbol: "unit_u".into(), ..descriptor() };
        assert!(jit.load(&context, &module(&context, ANSWER), &descriptor, Level::Good).is_err());
    }

    #[test]
    fn assembly_leaves_the_module_as_it_was() {
        let jit = Jit::new().unwrap();
        let context = Context::new();
        let module = module(&context, ANSWER);
        let before = module.print_to_string().to_string();
        assert!(jit.assembly(&module, Level::Good).unwrap().contains("answer:"));
        assert_eq!(module.print_to_string().to_string(), before);
    }
}
