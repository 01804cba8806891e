//! The module around the functions: types, declarations, the table of constants, the exported descriptor.

use super::call::Adapter;
use super::speculate::Split;
use super::{CodegenError, Constant, Res, Unit, constants, function::Emitter, shape, speculate};
use crate::arena::IndexVec;
use crate::closure::ir::*;
use crate::jit::{self, Descriptor};
use crate::source::Origin;
use indexmap::IndexSet;
use inkwell::AddressSpace;
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::builder::Builder;
use inkwell::context::Context;
use inkwell::intrinsics::Intrinsic;
use inkwell::module::{FlagBehavior, Linkage, Module};
use inkwell::types::{BasicMetadataTypeEnum, FloatType, FunctionType, IntType, PointerType};
use inkwell::values::{FunctionValue, GlobalValue, MetadataValue};
use kestrel_runtime::abi::{LLVM_PRESERVE_NONE, REG_ARGS, REG_DOUBLES};
use kestrel_runtime::layout::WORD;
use kestrel_runtime::symbol;
use rustc_hash::FxHashMap;

/// Instructions and blocks of a code beyond which LLVM is asked for its least effort: several of its passes take time that grows with the square
/// of a function's size.
const LARGEST_OPTIMISED: usize = 1500;

/// Everything that is shared by the functions of a unit.
pub(super) struct UnitBuilder<'c, 'p> {
    pub llvm: &'c Context,
    pub module: Module<'c>,
    pub builder: Builder<'c>,
    pub program: &'p Program,
    /// Codes that are not compiled as the program has them.
    rewritten: Option<&'p FxHashMap<CodeId, Split>>,
    pub number: u32,
    /// The function of each code that is compiled here.
    pub functions: IndexVec<CodeId, Option<FunctionValue<'c>>>,
    pub constants: IndexSet<Constant>,
    /// The table of constants.
    pub table: GlobalValue<'c>,
    pub sites: IndexSet<Origin>,
    /// `i64`.
    pub word: IntType<'c>,
    pub double: FloatType<'c>,
    pub pointer: PointerType<'c>,
    /// The one signature.
    pub signature: FunctionType<'c>,
    pub metadata: Metadata<'c>,
    intrinsics: FxHashMap<&'static str, FunctionValue<'c>>,
    adapters: FxHashMap<Adapter, FunctionValue<'c>>,
    attributes: Vec<Attribute>,
    /// Attributes of a function that is too large for LLVM's passes.
    least_effort: [Attribute; 2],
    /// Passes a pointer in R10.
    pub nest: Attribute,
}

/// Metadata nodes and kinds that many instructions share.
pub(super) struct Metadata<'c> {
    pub prof: u32,
    pub invariant_load: u32,
    pub empty: MetadataValue<'c>,
    /// Branch weights: the first way is the usual one.
    pub likely: MetadataValue<'c>,
}

/// See [`super::compile`].
pub(super) fn compile<'c>(
    context: &'c jit::Context,
    program: &Program,
    number: u32,
    codes: Vec<CodeId>,
) -> Res<Unit<'c>> {
    let rewritten: FxHashMap<CodeId, Split> =
        codes.iter().filter_map(|&c| Some((c, speculate::speculate(&program.codes[c])?))).collect();
    let mut unit = UnitBuilder::new(context, program, number, &codes)?;
    unit.rewritten = Some(&rewritten);
    for &c in &codes {
        unit.declare(c);
    }
    for &c in &codes {
        let shape = match program.codes[c].kind {
            CodeKind::Procedure { .. } => None,
            _ => Some(shape::shape(unit.code(c), rewritten.get(&c).map_or(&[], |split| &split.cold))?),
        };
        Emitter::code(&mut unit, c, shape.as_ref())?;
    }
    let descriptor = unit.describe(&codes);
    Ok(Unit {
        module: unit.module,
        descriptor,
        codes,
        constants: unit.constants.into_iter().collect(),
        sites: unit.sites,
    })
}

impl<'c, 'p> UnitBuilder<'c, 'p> {
    pub(super) fn new(context: &'c jit::Context, program: &'p Program, number: u32, codes: &[CodeId]) -> Res<Self> {
        let llvm = context.llvm();
        let module = context.module(&format!("unit{number}")).map_err(|e| CodegenError(e.0))?;
        // C functions are called through thunks that align the stack (`runtime/src/control/native.rs`), so few functions need a frame.
        let word_aligned = llvm.i32_type().const_int(WORD as u64, false);
        module.add_basic_value_flag("override-stack-alignment", FlagBehavior::Error, word_aligned);
        let (word, double) = (llvm.i64_type(), llvm.f64_type());
        let mut parameters: Vec<BasicMetadataTypeEnum<'c>> = vec![word.into(); 5 + REG_ARGS];
        parameters.extend([BasicMetadataTypeEnum::from(double); REG_DOUBLES]);
        let mut compiled = IndexVec::<CodeId, bool>::filled(false, program.codes.len());
        codes.iter().for_each(|&c| compiled[c] = true);
        let mut constants = IndexSet::new();
        for &c in codes {
            constants::collect(&program.codes[c], |c| compiled[c], &mut constants);
        }
        let table_type = word.array_type(constants.len() as u32);
        let table = module.add_global(table_type, None, "constants");
        table.set_initializer(&table_type.const_zero());
        table.set_linkage(Linkage::Internal);
        let weights = [llvm.i32_type().const_int(4000, false), llvm.i32_type().const_int(1, false)];
        let metadata = Metadata {
            prof: llvm.get_kind_id("prof"),
            invariant_load: llvm.get_kind_id("invariant.load"),
            empty: llvm.metadata_node(&[]),
            likely: llvm.metadata_node(&[
                llvm.metadata_string("branch_weights").into(),
                weights[0].into(),
                weights[1].into(),
            ]),
        };
        let attribute = |name| llvm.create_enum_attribute(Attribute::get_named_enum_kind_id(name), 0);
        Ok(UnitBuilder {
            llvm,
            builder: llvm.create_builder(),
            program,
            rewritten: None,
            number,
            functions: IndexVec::filled(None, program.codes.len()),
            constants,
            table,
            sites: IndexSet::new(),
            word,
            double,
            pointer: llvm.ptr_type(AddressSpace::default()),
            signature: llvm.void_type().fn_type(&parameters, false),
            metadata,
            intrinsics: FxHashMap::default(),
            adapters: FxHashMap::default(),
            attributes: vec![attribute("nounwind")],
            least_effort: [attribute("optnone"), attribute("noinline")],
            nest: attribute("nest"),
            module,
        })
    }

    /// An internal function of the one signature.
    pub(super) fn add_function(&self, name: &str) -> FunctionValue<'c> {
        let function = self.module.add_function(name, self.signature, Some(Linkage::Internal));
        function.set_call_conventions(LLVM_PRESERVE_NONE);
        function.as_global_value().set_alignment(16);
        for &a in &self.attributes {
            function.add_attribute(AttributeLoc::Function, a);
        }
        function
    }

    /// A code as it is compiled.
    pub(super) fn code(&self, c: CodeId) -> &'p Code {
        self.rewritten.and_then(|splits| splits.get(&c)).map_or(&self.program.codes[c], |split| &split.code)
    }

    fn declare(&mut self, c: CodeId) {
        let name = match symbol::name(self.program.codes[c].name) {
            Some(name) => format!("{c:?}.{}", name.replace('\0', "")),
            None => format!("{c:?}"),
        };
        let function = self.add_function(&name);
        if self.program.codes[c].size() > LARGEST_OPTIMISED {
            for &a in &self.least_effort {
                function.add_attribute(AttributeLoc::Function, a);
            }
        }
        self.functions[c] = Some(function);
    }

    /// Index of a site.
    pub(super) fn site(&mut self, origin: Origin) -> u32 {
        self.sites.insert_full(origin).0 as u32
    }

    /// The adapter function of a kind, made on first use by `make`.
    pub(super) fn adapter(&mut self, kind: Adapter) -> (FunctionValue<'c>, bool) {
        if let Some(&f) = self.adapters.get(&kind) {
            return (f, false);
        }
        let f = self.add_function(kind.name());
        self.adapters.insert(kind, f);
        (f, true)
    }

    /// The declaration of an overloaded intrinsic on words or doubles.
    pub(super) fn intrinsic(&mut self, name: &'static str) -> Res<FunctionValue<'c>> {
        if let Some(&f) = self.intrinsics.get(name) {
            return Ok(f);
        }
        let on_doubles = ["llvm.fabs", "llvm.sqrt", "llvm.floor", "llvm.ceil", "llvm.trunc", "llvm.rint"];
        let parameter = if on_doubles.contains(&name) { self.double.into() } else { self.word.into() };
        let declared = Intrinsic::find(name).and_then(|i| i.get_declaration(&self.module, &[parameter]));
        let f = declared.ok_or_else(|| CodegenError(format!("no intrinsic {name}")))?;
        self.intrinsics.insert(name, f);
        Ok(f)
    }

    /// Exports the address of the table and of the codes.
    fn describe(&self, codes: &[CodeId]) -> Descriptor {
        let symbol = format!("kestrel_unit_{}", self.number);
        let functions = codes.iter().filter_map(|&c| self.functions[c]);
        let mut words = vec![self.table.as_pointer_value()];
        words.extend(functions.map(|f| f.as_global_value().as_pointer_value()));
        let value = self.pointer.const_array(&words);
        let global = self.module.add_global(value.get_type(), None, &symbol);
        global.set_initializer(&value);
        global.set_constant(true);
        Descriptor { symbol, codes: codes.len(), constants: self.constants.len() }
    }
}
