//! The verbs of this repository: `cargo xtask <verb>`.
//!
//! Exit codes: 0 the verb succeeded; 1 it ran and found a problem (a broken spec, a stale file, a failing test);
//! 2 it could not run (wrong arguments, a missing file or tool).

mod bench;
mod bless;
mod ci;
mod coverage;
mod exec;
mod help;
mod interop;
mod lint;
mod mock;
mod regenerate;
mod report;
mod show;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;

/// Why a verb did not succeed.
enum Failure {
    /// It ran and found something; the text says what and which verb repairs it.
    Found(String),
    /// It could not run.
    Broken(String),
}

type Done = Result<(), Failure>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found(text)) => {
            eprintln!("{text}");
            ExitCode::from(1)
        }
        Err(Failure::Broken(text)) => {
            eprintln!("error: {text}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Done {
    let call = Call::parse(std::env::args_os().skip(1))?;
    let Some(verb) = call.verb.as_deref() else {
        print!("{}", help::OVERVIEW);
        return Ok(());
    };
    let Some(about) = help::of(verb) else {
        let near = help::nearest(verb).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        return Err(Failure::Broken(format!("there is no verb `{verb}`{near} (`cargo xtask --help` lists them)")));
    };
    if call.help {
        print!("{about}");
        return Ok(());
    }
    match verb {
        "regenerate" => regenerate::run(&call),
        "lint" => lint::run(&call),
        "show" => show::run(&call),
        "bless" => bless::run(&call),
        "mock" => mock::serve(&call),
        "quickstart" => mock::quickstart(&call),
        "upload-junit" => mock::upload_junit(&call),
        "coverage" => coverage::run(&call),
        "interop" => interop::run(&call),
        "bench" => bench::run(&call),
        "tidy" => tidy::run(&call),
        _ => ci::run(&call),
    }
}

/// The words of a call: the verb, what follows it, and the options any verb may take.
struct Call {
    verb: Option<String>,
    names: Vec<String>,
    help: bool,
    check: bool,
    port: Option<String>,
}

impl Call {
    fn parse(args: impl Iterator<Item = std::ffi::OsString>) -> Result<Self, Failure> {
        let mut call = Self { verb: None, names: Vec::new(), help: false, check: false, port: None };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(arg) = parser.next().map_err(usage)? {
            match arg {
                Short('h') | Long("help") => call.help = true,
                Long("check") if call.verb.as_deref() == Some("regenerate") => call.check = true,
                Long("port") if call.verb.as_deref() == Some("mock") => {
                    call.port = Some(parser.value().map_err(usage)?.string().map_err(usage)?)
                }
                Value(word) if call.verb.is_none() => call.verb = Some(word.string().map_err(usage)?),
                Value(word) => call.names.push(word.string().map_err(usage)?),
                other => return Err(usage(other.unexpected())),
            }
        }
        Ok(call)
    }

    /// Refuses words after a verb that takes none.
    fn no_names(&self) -> Done {
        match self.names.first() {
            None => Ok(()),
            Some(name) => Err(Failure::Broken(format!("`{}` takes no argument, got `{name}`", self.verb.as_deref().unwrap_or_default()))),
        }
    }

    /// The APIs that were named, or all under `specs/`.
    fn apis(&self) -> Result<Vec<String>, Failure> {
        let known = known_apis()?;
        for name in &self.names {
            if !known.contains(name) {
                return Err(Failure::Broken(format!("there is no API `{name}` under specs/ (there are: {})", known.join(", "))));
            }
        }
        Ok(if self.names.is_empty() { known } else { self.names.clone() })
    }
}

fn usage(error: lexopt::Error) -> Failure {
    Failure::Broken(format!("{error} (`cargo xtask --help` lists what there is)"))
}

/// The repository this tool was built in.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder of an API's spec, relative where that is how a person here would write it.
fn spec(api: &str) -> PathBuf {
    let relative = Path::new("specs").join(api);
    let here = std::env::current_dir().is_ok_and(|here| here == root());
    if here { relative } else { root().join(relative) }
}

/// Folders of `specs/` that hold an `sdk.toml`, sorted.
fn known_apis() -> Result<Vec<String>, Failure> {
    let specs = root().join("specs");
    let entries = std::fs::read_dir(&specs).map_err(|error| Failure::Broken(format!("cannot read specs/: {error}")))?;
    let mut apis: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("sdk.toml").is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    apis.sort();
    Ok(apis)
}
