//! `interop`: the vendor's own clients against the mock, in throw-away environments.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::mock::Server;
use crate::{Call, Done, Failure, exec, root};

/// A client of the vendor's.
struct Client {
    /// The column's head.
    name: &'static str,
    /// Packages with their versions, as the package manager writes them.
    packages: &'static [&'static str],
    language: Language,
    /// What calls it, below `tests/interop/qase`.
    script: &'static str,
}

#[derive(Clone, Copy)]
enum Language {
    Python,
    JavaScript,
}

const CLIENTS: [Client; 3] = [
    Client {
        name: "PyPI qase-api-client 2.0.14, qase-api-v2-client 2.0.8",
        packages: &["qase-api-client==2.0.14", "qase-api-v2-client==2.0.8"],
        language: Language::Python,
        script: "calls.py",
    },
    Client {
        name: "npm qase-api-client 1.1.15, qase-api-v2-client 1.0.11",
        packages: &["qase-api-client@1.1.15", "qase-api-v2-client@1.0.11", "form-data@4"],
        language: Language::JavaScript,
        script: "calls.js",
    },
    // It imports `pkg_resources`, which newer setuptools lack.
    Client { name: "PyPI qaseio 2.2.4", packages: &["setuptools<66", "qaseio==2.2.4"], language: Language::Python, script: "vintage.py" },
];

pub fn run(call: &Call) -> Done {
    if call.names != ["qase"] {
        return Err(Failure::Broken("`interop` takes `qase`, the one API whose vendor publishes clients".into()));
    }
    let scripts = root().join("tests/interop/qase");
    let mut columns = Vec::new();
    for client in &CLIENTS {
        println!("{}: setting up", client.name);
        let place = exec::target()?.join("interop").join(client.script);
        client.install(&place)?;
        // Each has a mock of its own: none sees what another left behind.
        let server = Server::start("qase-clients")?;
        let mut command = client.command(&place, &scripts);
        command.envs(server.variables.iter().map(|(name, value)| (name, value)));
        let printed = exec::output(command, client.name)?;
        columns.push(printed.lines().filter_map(|line| line.split_once('\t')).map(owned).collect());
    }
    print!("{}", table(&columns));
    Ok(())
}

fn owned((operation, verdict): (&str, &str)) -> (String, String) {
    (operation.to_owned(), verdict.to_owned())
}

impl Client {
    fn install(&self, place: &Path) -> Done {
        fs::create_dir_all(place).map_err(|error| Failure::Broken(format!("{}: {error}", place.display())))?;
        match self.language {
            Language::Python => {
                let mut venv = Command::new("python3");
                venv.args(["-m", "venv", "."]).current_dir(place);
                exec::run(venv, "a Python environment")?;
                let mut pip = Command::new(python(place));
                pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(self.packages).current_dir(place);
                exec::run(pip, self.name)
            }
            Language::JavaScript => {
                let mut npm = Command::new("npm");
                npm.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix", "."]).args(self.packages).current_dir(place);
                exec::run(npm, self.name)
            }
        }
    }

    fn command(&self, place: &Path, scripts: &Path) -> Command {
        let program = match self.language {
            Language::Python => python(place),
            Language::JavaScript => PathBuf::from("node"),
        };
        let mut command = Command::new(program);
        command.arg(scripts.join(self.script)).arg(scripts.join("calls.json")).arg(place.join("node_modules"));
        command
    }
}

fn python(place: &Path) -> PathBuf {
    place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// One row per operation in the order of the first client that calls it; what went wrong below.
fn table(columns: &[BTreeMap<String, String>]) -> String {
    let operations: BTreeMap<&str, ()> = columns.iter().flatten().map(|(operation, _)| (operation.as_str(), ())).collect();
    let heads: Vec<&str> = CLIENTS.iter().map(|client| client.name).collect();
    let mut out = format!("\n| operation | {} |\n|---|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    let mut faults = String::new();
    for operation in operations.keys() {
        let mut cells = Vec::new();
        for (client, column) in CLIENTS.iter().zip(columns) {
            cells.push(match column.get(*operation).map(String::as_str) {
                Some("ok") => "ok",
                Some(why) => {
                    faults.push_str(&format!("- {operation}, {}: {why}\n", client.name));
                    "**fails**"
                }
                None => "-",
            });
        }
        out.push_str(&format!("| {operation} | {} |\n", cells.join(" | ")));
    }
    let counts = columns.iter().map(|column| format!("{} of {}", column.values().filter(|verdict| *verdict == "ok").count(), column.len()));
    out.push_str(&format!("| **all** | {} |\n\n{faults}", counts.collect::<Vec<_>>().join(" | ")));
    out
}
