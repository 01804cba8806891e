//! Where texts come from: library files in the search folders, included files.
//!
//! The library `(a b 1)` is looked for as `a/b/1.sld`, then `a/b/1.scm`, in each folder of [`World::folders`](super::super::World) in turn. Files are included relative to
//! the file that includes them.

use super::super::object::Stx;
use super::super::scope::SetId;
use super::super::{Expander, embedded};
use super::{LibraryState, path_of};
use crate::diagnostic::{Diagnostic, Kind};
use crate::reader;
use crate::reader::datum::Data;
use crate::source::{FileId, SourceFile, Span};
use kestrel_runtime::port::system_message;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Most files included in one run.
const MAX_INCLUDED: usize = 1000;

impl Expander<'_> {
    /// The files that may hold a library, in the order of the search.
    pub(super) fn candidates(&self, name: &str) -> Vec<PathBuf> {
        let path = path_of(name);
        if path.contains('|') || path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return Vec::new();
        }
        let folders = self.world.folders.iter();
        folders.flat_map(|f| ["sld", "scm"].map(|extension| f.join(format!("{path}.{extension}")))).collect()
    }

    /// Looks for a library in files, and declares it and whatever stands beside it. A file without any library, such as a
    /// program of that name, is passed over. `None` after an error, which is reported at `at`.
    pub(super) fn declare_from_file(&mut self, name: &Rc<str>, at: Span) -> Option<bool> {
        for path in self.candidates(name).into_iter().filter(|path| path.is_file()) {
            let file = self.source_file(&path, at)?;
            let mut others = Vec::new();
            let mut found = false;
            for form in self.read_forms(file, false, SetId::EMPTY)? {
                let Some(declared) = self.declared_name(form) else { continue };
                match declared == *name {
                    true => found = true,
                    false => others.push((declared.clone(), form)),
                }
                self.world.libraries.entry(declared).or_insert(LibraryState::Declared(form, true));
            }
            if found {
                return Some(true);
            }
            if let Some((other, form)) = others.first() {
                let shown = self.sources.file(file).name.clone();
                let (place, _) = self.locate(*form);
                let error = Diagnostic::error(Kind::Syntax, at, format!("{shown} does not define ({name})"));
                self.report(error.with_label(place, format!("it defines ({other})")));
                return None;
            }
        }
        Some(false)
    }

    /// Reads a file into the source map.
    pub(super) fn source_file(&mut self, path: &Path, at: Span) -> Option<FileId> {
        let shown = path.display().to_string();
        let problem = match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    return Some(self.sources.add(SourceFile { name: shown, path: Some(path.to_path_buf()), text }));
                }
                Err(_) => "it is not UTF-8 text".to_string(),
            },
            Err(e) => system_message(&e),
        };
        self.report(Diagnostic::error(Kind::File, at, format!("cannot read {shown}: {problem}")));
        None
    }

    /// Reads the data of a file, reporting its errors.
    pub(super) fn read_forms(&mut self, file: FileId, fold_case: bool, set: SetId) -> Option<Vec<Stx>> {
        let mut data = Data::new();
        let text = &self.sources.file(file).text;
        let read = match fold_case {
            true => reader::read_all_fold_case(file, text, &mut data),
            false => reader::read_all(file, text, &mut data),
        };
        match read {
            Ok(roots) => {
                let text = self.syntax().add_text(data);
                Some(roots.into_iter().map(|d| self.world.syntax.datum(text, d, set)).collect())
            }
            Err(errors) => {
                for error in errors {
                    self.report(error);
                }
                None
            }
        }
    }

    /// The forms of the files that `(include "file" …)` names, with the scopes of the form.
    pub(crate) fn include(&mut self, form: Stx, fold_case: bool) -> Vec<Stx> {
        let parts = self.syntax().list(form).unwrap_or_default();
        if parts.len() < 2 || parts[1..].iter().any(|&p| self.world.syntax.string(p).is_none()) {
            self.bad_form(form, if fold_case { "(include-ci \"file\" …)" } else { "(include \"file\" …)" });
            return Vec::new();
        }
        let mut forms = Vec::new();
        for &part in &parts[1..] {
            let name = self.world.syntax.string(part).unwrap_or("").to_string();
            let from = self.world.syntax.span(part).file;
            let (at, _) = self.locate(part);
            self.included += 1;
            if self.included > MAX_INCLUDED {
                self.error(part, format!("more than {MAX_INCLUDED} files are included: do they include each other?"));
                return Vec::new();
            }
            let Some(file) = self.included_file(from, &name, at) else { continue };
            forms.extend(self.read_forms(file, fold_case, part.set).unwrap_or_default());
        }
        forms
    }

    fn included_file(&mut self, from: FileId, name: &str, at: Span) -> Option<FileId> {
        let including = self.sources.file(from);
        if including.path.is_none() {
            let folder = including.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = format!("{folder}/{name}");
            if let Some(text) = embedded::text(&path) {
                return Some(self.sources.add(SourceFile { name: path, path: None, text: text.to_string() }));
            }
        }
        let folder = including.path.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_path_buf();
        self.source_file(&folder.join(name), at)
    }
}
