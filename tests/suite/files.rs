//! Finds test files.

use std::path::{Path, PathBuf};

/// The folder of this name in tests/.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// All files below a folder with one of these extensions, sorted; folders named `support` are left out.
pub fn below(root: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "support") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|e| extensions.iter().any(|&x| e == x)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A test's name: its path below `root`.
pub fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
