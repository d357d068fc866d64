//! From files on disk to [`Sources`]: the only stage that reads input.
//!
//! Everything that can be wrong with a file as a file ends here as a diagnostic: missing, too large, no UTF-8, broken syntax, repeated
//! keys, alias bombs. What it says is the business of [`crate::check`].

mod builder;
mod disk;
mod encoding;
mod example;
mod json;
mod modules;
mod scalar;
mod toml;
mod xml;
mod yaml;

pub use example::example;
pub use modules::{Handwritten, examples, modules};

use crate::config::{self, Config, Language};
use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::source::{File, FileId, Location, Node, Sources, Value, beside, import_location, is_remote};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Files one document may consist of.
const MAX_FILES: usize = 1000;

/// What was read. As much as possible is there even if something failed: `report` says what is wrong.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All files.
    pub sources: Sources,
    /// The settings; defaults where `sdk.toml` is silent or wrong.
    pub config: Config,
    /// Problems with the files themselves and with the form of `sdk.toml`.
    pub report: Report,
}

/// Reads an API: a folder with `openapi.yaml` (or `.yml`, `.json`) or `service.wsdl` (or another single WSDL file) and perhaps
/// `sdk.toml`, or a single document.
///
/// Without `sdk.toml` the package takes its name from the folder or file.
pub fn api(path: &Path) -> Loaded {
    let mut loaded = Loaded::default();
    match disk::find(path) {
        Err(problem) => loaded.report.push(*problem),
        Ok(disk::Found { document, language, settings, name }) => {
            loaded.config = Config::for_package(config::from_file_name(&name));
            if let Some(settings) = settings {
                loaded.settings(&settings, language);
            }
            if let Some(document) = loaded.document(&document, language) {
                loaded.sources.set_document(document);
            }
        }
    }
    loaded
}

impl Loaded {
    fn settings(&mut self, path: &Path, language: Language) {
        let Some(file) = self.read(path) else { return };
        let text = self.sources.file(file).map_or("", |file| file.text.as_str());
        match toml::parse(text, file) {
            Ok(tree) => self.sources.set_tree(file, tree),
            Err(problems) => problems.into_iter().for_each(|problem| self.report.push(problem)),
        }
        if let Some(root) = self.sources.root_of(file) {
            self.config = config::read(&root, language, &mut self.report);
        }
    }

    /// Reads a document and all files it refers to.
    fn document(&mut self, path: &Path, language: Language) -> Option<FileId> {
        let open = match language {
            Language::OpenApi => Self::open,
            Language::Wsdl => Self::open_xml,
        };
        let document = open(self, path)?;
        let mut seen = BTreeSet::from([path.to_owned()]);
        let mut waiting = self.references(document);
        while let Some(path) = waiting.pop() {
            // A file that is missing is reported where it is asked for.
            if !seen.insert(path.clone()) || !path.is_file() {
                continue;
            }
            if seen.len() > MAX_FILES {
                let message = format!("the document consists of more than {MAX_FILES} files");
                self.report.push(Diagnostic::new(Tag::FileLimit, message, Location::File(document)));
                break;
            }
            waiting.extend(open(self, &path).map(|file| self.references(file)).unwrap_or_default());
        }
        Some(document)
    }

    /// Reads and parses a file; `None` if it cannot even be read.
    fn open(&mut self, path: &Path) -> Option<FileId> {
        let file = self.read(path)?;
        let text = self.sources.file(file).map_or("", |file| file.text.as_str());
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if let Some(tree) = parse(text, file, is_json, &mut self.report) {
            self.sources.set_tree(file, tree);
        }
        Some(file)
    }

    /// The same for XML.
    fn open_xml(&mut self, path: &Path) -> Option<FileId> {
        let file = self.take(path, disk::read_xml(path))?;
        let text = self.sources.file(file).map_or("", |file| file.text.as_str());
        if text.trim().is_empty() {
            self.report.push(Diagnostic::new(Tag::EmptyFile, "the file is empty", Location::File(file)));
            return Some(file);
        }
        match xml::parse(text, file) {
            Ok(parsed) => {
                parsed.problems.into_iter().for_each(|problem| self.report.push(problem));
                self.sources.set_xml(file, parsed.tree);
            }
            Err(problem) => self.report.push(*problem),
        }
        Some(file)
    }

    fn read(&mut self, path: &Path) -> Option<FileId> {
        self.take(path, disk::read(path))
    }

    fn take(&mut self, path: &Path, text: Result<String, Box<Diagnostic>>) -> Option<FileId> {
        match text {
            Ok(text) => Some(self.sources.add(File::new(disk::shown(path), path.to_owned(), text))),
            Err(problem) => {
                self.report.push(*problem);
                None
            }
        }
    }

    /// The files that a file refers to, in reverse order.
    fn references(&self, file: FileId) -> Vec<PathBuf> {
        let Some(source) = self.sources.file(file) else { return Vec::new() };
        if let Some(root) = self.sources.xml_root_of(file) {
            let locations = root.tree().filter_map(|at| import_location(&at)).map(|name| name.replace('\\', "/"));
            let mut paths: Vec<PathBuf> =
                locations.filter(|name| !is_remote(name)).filter_map(|name| beside(&source.path, &name)).collect();
            paths.reverse();
            return paths;
        }
        let mut names = Vec::new();
        if let Some(tree) = &source.tree {
            collect_references(tree, false, &mut names);
        }
        names.reverse();
        names.into_iter().filter(|name| !is_remote(name)).filter_map(|name| beside(&source.path, name)).collect()
    }
}

/// Parses a document; JSON is tried first where the text looks like it, since YAML does not know all of JSON's escapes.
fn parse(text: &str, file: FileId, is_json: bool, report: &mut Report) -> Option<Node> {
    if text.trim().is_empty() {
        report.push(Diagnostic::new(Tag::EmptyFile, "the file is empty", Location::File(file)));
        return None;
    }
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let as_json = (is_json || looks_like_json).then(|| json::parse(text, file));
    let outcome = match as_json {
        Some(outcome) if is_json || outcome.is_ok() => outcome,
        _ => yaml::parse(text, file),
    };
    match outcome {
        Ok(parsed) => {
            parsed.problems.into_iter().for_each(|problem| report.push(problem));
            Some(parsed.tree)
        }
        Err(problem) => {
            report.push(*problem);
            None
        }
    }
}

/// The file parts of all references of a tree, in file order. Data refers to nothing: `example`, `default` and the like are skipped,
/// unless they are names of properties or components.
fn collect_references<'a>(node: &'a Node, keys_are_names: bool, found: &mut Vec<&'a str>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect_references(item, false, found)),
        Value::Map(map) => {
            for entry in map {
                match (entry.key.as_str(), entry.value.as_str()) {
                    ("$ref", Some(reference)) => {
                        let name = reference.split('#').next().unwrap_or_default();
                        found.extend((!name.is_empty()).then_some(name));
                    }
                    ("example" | "examples" | "default" | "enum", _) if !keys_are_names => {}
                    (key, _) => collect_references(&entry.value, !keys_are_names && holds_names(key), found),
                }
            }
        }
        _ => {}
    }
}

/// Keywords below which keys are names that the author chose.
fn holds_names(key: &str) -> bool {
    matches!(key, "properties" | "patternProperties" | "schemas" | "parameters" | "responses" | "requestBodies" | "headers")
}
