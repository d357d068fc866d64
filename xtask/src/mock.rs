//! `mock` and `quickstart`: the mock server as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use crate::{Call, Done, Failure, exec, regenerate};

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
    println!("building the mock server and the quickstart example");
    let server = Server::start(api)?;
    println!("mock server of {api} at {}", server.url);
    let mut example = exec::cargo(&["run", "--quiet", "--package", api, "--example", "quickstart"]);
    example.envs(server.variables.iter().map(|(name, value)| (name, value)));
    exec::run(example, "the quickstart example")
}

/// A running mock server; dropping it stops it.
struct Server {
    child: Child,
    /// Kept open: the server prints more than is read here, and a closed pipe would end it.
    output: BufReader<ChildStdout>,
    url: String,
    /// What the example needs to be let in.
    variables: Vec<(String, String)>,
}

impl Server {
    fn start(api: &str) -> Result<Self, Failure> {
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
