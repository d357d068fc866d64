//! The stages in a row: load, check, lower, verify, emit, format, plan.
//!
//! Nothing here decides anything. Every problem, of whichever stage, ends up in one report; a broken promise between stages is a
//! diagnostic of level `ice` and no panic.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Report, Tag};
use crate::format::TextFile;
use crate::ir::{self, Api};
use crate::load::{self, Loaded};
use crate::source::{Location, Sources};
use crate::write::{self, Plan};
use crate::{check, emit, format, lower};

/// What came of one API.
#[derive(Debug)]
pub struct Outcome {
    /// The input, which the report's places refer to.
    pub sources: Sources,
    /// Every problem of every stage.
    pub report: Report,
    /// Name of the crate.
    pub package: String,
    /// Operations the document declares.
    pub declared: usize,
    /// The crate; `None` when the report has a problem that rules out everything.
    pub generated: Option<Generated>,
}

/// A crate that is ready to be written.
#[derive(Debug)]
pub struct Generated {
    /// What it was made from.
    pub api: Api,
    /// Its files.
    pub files: Vec<TextFile>,
    /// What has to change on disk.
    pub plan: Plan,
    /// Operations the files implement.
    pub emitted: usize,
}

/// The folder of a crate below the root of the repository.
pub const GENERATED: &str = "generated";

/// Generates the API in folder `dir` (or the document `dir`) for `root/generated/<crate>`. Nothing is written.
#[must_use]
pub fn generate(dir: &Path, root: &Path) -> Outcome {
    let lowered = lower(dir, root);
    let Lowered { sources, mut report, package, declared, api } = lowered;
    let generated = api.and_then(|api| render(api, &root.join(GENERATED), &mut report, &sources));
    let generated = generated.filter(|_| !report.is_fatal());
    Outcome { sources, report, package, declared, generated }
}

/// What the front half of the pipeline makes of one API.
#[derive(Debug)]
pub struct Lowered {
    /// The input, which the report's places refer to.
    pub sources: Sources,
    /// Every problem so far.
    pub report: Report,
    /// Name of the crate.
    pub package: String,
    /// Operations the document declares.
    pub declared: usize,
    /// The API; `None` when the report has a problem that rules out everything.
    pub api: Option<Api>,
}

/// Loads, checks, lowers and verifies the API in folder `dir`, naming files relative to `root`.
#[must_use]
pub fn lower(dir: &Path, root: &Path) -> Lowered {
    let Loaded { sources, config, mut report } = load::api(dir);
    report.merge(check::run(&sources, &config));
    check::block_users(&sources, &mut report);
    let mut api = lower::api(&sources, &config, &mut report);
    let modules = match load::modules(dir) {
        Ok(files) => lower::modules(files, api.as_ref(), &config, &mut report),
        Err(problems) => {
            problems.into_iter().for_each(|problem| report.push(problem));
            Vec::new()
        }
    };
    let examples = match load::examples(dir) {
        Ok(files) => lower::examples(files, (api.as_ref(), &modules), &config, &mut report),
        Err(problems) => {
            problems.into_iter().for_each(|problem| report.push(problem));
            Vec::new()
        }
    };
    if let Some(api) = &mut api {
        api.origin = relative(&api.origin, root);
        api.modules = modules;
        api.examples = examples;
        match load::example(dir) {
            Ok(example) => api.quickstart = example,
            Err(problem) => report.push(*problem),
        }
    }
    let declared = check::declared(&sources).len();
    if let Some(api) = &api {
        prove(api, &sources, &mut report);
    }
    Lowered { sources, report, package: config.package, declared, api }
}

/// `path` as seen from `root`, with `/`.
fn relative(path: &str, root: &Path) -> String {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (path, root) = (absolute(Path::new(path)), absolute(root));
    let shown = path.strip_prefix(&root).ok().or_else(|| path.file_name().map(Path::new)).unwrap_or(&path);
    shown.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Reports every broken invariant of the IR, and every operation that went missing without a word.
fn prove(api: &Api, sources: &Sources, report: &mut Report) {
    let whole = whole(sources);
    for fault in ir::verify(api).err().unwrap_or_default() {
        report.push(ice(fault, whole.clone()));
    }
    let operations = api.resources.iter().flat_map(|resource| &resource.operations);
    let lowered: BTreeSet<_> = operations.map(|op| (op.origin.file.as_str(), op.origin.pointer.as_str())).collect();
    for declared in check::declared(sources) {
        let spot = &declared.spot;
        let (file, pointer) = (sources.file(spot.file).map_or("", |file| file.name.as_str()), spot.pointer.to_string());
        if !lowered.contains(&(file, pointer.as_str())) && !report.blocks_operation(spot) {
            report.push(ice(format!("`{}` was left out without a reason", declared.title()), declared.location.clone()));
        }
    }
}

fn render(api: Api, folder: &Path, report: &mut Report, sources: &Sources) -> Option<Generated> {
    let files = emit::crate_files(&api);
    let emitted = emit::count_operations(&files);
    let wanted: usize = api.resources.iter().map(|resource| resource.operations.len()).sum();
    if emitted != wanted {
        report.push(ice(format!("{emitted} operations were emitted of {wanted}"), whole(sources)));
    }
    let files = match format::render(&files) {
        Ok(files) => files,
        Err(error) => {
            report.push(ice(error.to_string(), whole(sources)));
            return None;
        }
    };
    match write::plan(&files, &folder.join(&api.package)) {
        Ok(plan) => Some(Generated { api, files, plan, emitted }),
        Err(error) => {
            report.push(Diagnostic::new(Tag::UnreadableFile, error.to_string(), Location::Path(error.path().display().to_string())));
            None
        }
    }
}

fn ice(message: String, location: Location) -> Diagnostic {
    Diagnostic::new(Tag::Internal, message, location).help("this is a bug of the generator: please report it with the document")
}

fn whole(sources: &Sources) -> Location {
    let document = sources.document().map(|document| document.location()).or_else(|| sources.wsdl().map(|root| root.location()));
    document.unwrap_or_else(|| Location::Path(String::new()))
}
