//! `mock`, `quickstart` and `upload-junit`: the mock server as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};

use crate::{Call, Done, Failure, exec, regenerate, root};

pub fn serve(call: &Call) -> Done {
    let [api] = call.names.as_slice() else {
        return Err(Failure::Broken("`mock` takes one API, such as `cargo xtask mock qase`".into()));
    };
    let mut args = vec!["run", "--quiet", "--package", "tms-mock", "--", api];
    if let Some(port) = &call.port {
        args.extend(["--port", port]);
    }
    exec::run(exec::cargo(&args), "the mock server")
}

pub fn quickstart(call: &Call) -> Done {
    let api = match call.names.as_slice() {
        [] => "qase",
        [api] => api,
        _ => return Err(Failure::Broken("`quickstart` takes one API".into())),
    };
    regenerate::write(&[api.to_owned()])?;
    example(api, "quickstart", &[])
}

pub fn upload_junit(call: &Call) -> Done {
    let file = match call.names.as_slice() {
        [] => junit_file()?,
        [file] => std::path::absolute(file).map_err(|error| Failure::Broken(format!("{file}: {error}")))?,
        _ => return Err(Failure::Broken("`upload-junit` takes one file".into())),
    };
    println!("sending {}", file.display());
    let file = file.to_str().ok_or_else(|| Failure::Broken("the name of the file is no text".into()))?;
    example("qase", "upload_junit", &["--features", "reporter", "--", file])
}

/// How a test run of this project went, or one of before.
fn junit_file() -> Result<PathBuf, Failure> {
    let nextest = exec::cargo(&["nextest", "--version"]).stderr(Stdio::null()).output();
    if !nextest.is_ok_and(|output| output.status.success()) {
        println!("cargo-nextest is not installed: this is how an earlier test run went");
        return Ok(root().join("tests/vectors/qase/junit-nextest.xml"));
    }
    let run = exec::cargo(&[
        "nextest",
        "run",
        "--config-file",
        "xtask/nextest.toml",
        "--profile",
        "junit",
        "--package",
        "tms-runtime",
        "--features",
        "async,blocking",
    ]);
    // Tests that fail are no reason not to report them. cargo-nextest writes there wherever cargo builds.
    match exec::run(run, "the tests") {
        Ok(()) | Err(Failure::Found(_)) => Ok(root().join("target/nextest/junit/junit.xml")),
        Err(broken) => Err(broken),
    }
}

/// Runs an example of an API's crate against the mock server; `args` follow those that name it.
fn example(api: &str, name: &str, args: &[&str]) -> Done {
    println!("building the mock server and the example {name}");
    let server = Server::start(api)?;
    println!("mock server of {api} at {}", server.url);
    let mut example = exec::cargo(&["run", "--quiet", "--package", api, "--example", name]);
    example.args(args).envs(server.variables.iter().map(|(name, value)| (name, value)));
    exec::run(example, &format!("the example {name}"))
}

/// A running mock server; dropping it stops it.
pub struct Server {
    child: Child,
    /// Kept open: the server prints more than is read here, and a closed pipe would end it.
    output: BufReader<ChildStdout>,
    pub url: String,
    /// What the example needs to be let in.
    pub variables: Vec<(String, String)>,
}

impl Server {
    pub fn start(api: &str) -> Result<Self, Failure> {
        let broken = |what: &str| Failure::Broken(format!("the mock server of {api} did not start: {what}"));
        let mut command = exec::cargo(&["run", "--quiet", "--package", "tms-mock", "--", api]);
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| broken(&error.to_string()))?;
        let output = BufReader::new(child.stdout.take().ok_or_else(|| broken("no output"))?);
        let mut server = Self { child, output, url: String::new(), variables: Vec::new() };
        let mut line = String::new();
        while server.output.read_line(&mut line).map_err(|error| broken(&error.to_string()))? > 0 {
            match line.split_once(": ").map(|(key, value)| (key.trim(), value.trim())) {
                Some(("url", url)) => url.clone_into(&mut server.url),
                Some(("env", variable)) => {
                    let (name, value) = variable.split_once('=').ok_or_else(|| broken("a variable without a value"))?;
                    server.variables.push((name.to_owned(), value.to_owned()));
                }
                // The last line before it serves.
                Some(("operations", _)) if !server.url.is_empty() => return Ok(server),
                _ => {}
            }
            line.clear();
        }
        Err(broken("it printed no URL"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to stop then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
