//! Passes over a module, and its object or assembly text.
//!
//! Position-independent code in the small model: units lie wherever the linker maps them and refer to nothing outside
//! themselves.

use super::{JitError, Level};
use inkwell::memory_buffer::MemoryBuffer;
use inkwell::module::Module;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::{CodeModel, FileType, InitializationConfig, RelocMode, Target, TargetMachine};
use std::cell::OnceCell;
use std::sync::Once;

/// Sets up LLVM's x86 back end, once.
pub(super) fn initialize() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| Target::initialize_x86(&InitializationConfig::default()));
}

fn make_machine(level: Level) -> Result<TargetMachine, JitError> {
    initialize();
    let triple = TargetMachine::get_default_triple();
    let target = Target::from_triple(&triple).map_err(|e| JitError(e.to_string()))?;
    let cpu = TargetMachine::get_host_cpu_name();
    let features = TargetMachine::get_host_cpu_features();
    target
        .create_target_machine(
            &triple,
            &cpu.to_string_lossy(),
            &features.to_string_lossy(),
            level.machine(),
            RelocMode::PIC,
            CodeModel::Small,
        )
        .ok_or_else(|| JitError("no target machine for this host".into()))
}

/// Runs `f` with this thread's target machine of a level.
fn with_machine<T>(level: Level, f: impl FnOnce(&TargetMachine) -> Result<T, JitError>) -> Result<T, JitError> {
    thread_local! {
        static MACHINES: [OnceCell<TargetMachine>; 2] = const { [OnceCell::new(), OnceCell::new()] };
    }
    MACHINES.with(|machines| {
        let slot = &machines[level as usize];
        if slot.get().is_none() {
            let _ = slot.set(make_machine(level)?);
        }
        slot.get().map_or_else(|| Err(JitError("no target machine".into())), f)
    })
}

/// Tells an empty module what machine it is for.
pub(super) fn prepare(module: &Module<'_>) -> Result<(), JitError> {
    with_machine(Level::Good, |machine| {
        module.set_triple(&machine.get_triple());
        module.set_data_layout(&machine.get_target_data().get_data_layout());
        Ok(())
    })
}

/// Runs the passes of a level.
pub(super) fn optimize(module: &Module<'_>, level: Level) -> Result<(), JitError> {
    with_machine(level, |machine| match level.passes() {
        None => Ok(()),
        Some(passes) => {
            module.run_passes(passes, machine, PassBuilderOptions::create()).map_err(|e| JitError(e.to_string()))
        }
    })
}

/// The object code of a module. LLVM's last passes change the module on the way.
pub(super) fn object(module: &Module<'_>, level: Level) -> Result<MemoryBuffer<'static>, JitError> {
    emit(module, level, FileType::Object)
}

/// The assembly text of a module, made from a copy.
pub(super) fn assembly(module: &Module<'_>, level: Level) -> Result<String, JitError> {
    module.verify().map_err(|e| JitError(e.to_string()))?;
    let text = emit(&module.clone(), level, FileType::Assembly)?;
    Ok(String::from_utf8_lossy(text.as_slice()).trim_end_matches('\0').to_owned())
}

fn emit(module: &Module<'_>, level: Level, kind: FileType) -> Result<MemoryBuffer<'static>, JitError> {
    with_machine(level, |machine| machine.write_to_memory_buffer(module, kind).map_err(|e| JitError(e.to_string())))
}
