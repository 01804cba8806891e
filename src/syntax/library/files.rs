//! Where texts come from: library files in the search folders, included files.

use super::super::Expander;
use super::super::embedded;
use super::super::object::Stx;
use super::super::scope::SetId;
use super::path_of;
use crate::diagnostic::{Diagnostic, Kind};
use crate::reader;
use crate::reader::datum::Data;
use crate::source::{FileId, SourceFile, Span};
use std::path::{Path, PathBuf};

/// Most files included in one run.
const MAX_INCLUDED: usize = 1000;

impl Expander<'_> {
    pub(super) fn library_file(&self, name: &str) -> Option<PathBuf> {
        let path = path_of(name);
        if path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return None;
        }
        let candidates = self
            .world
            .folders
            .iter()
            .flat_map(|folder| [folder.join(format!("{path}.sld")), folder.join(format!("{path}.scm"))]);
        candidates.into_iter().find(|p| p.is_file())
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
            Err(e) => e.to_string(),
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
