//! The first program a user reads: from the specification's folder, or made up.

use super::{credential, handle};
use crate::ir::{Api, Auth, Operation, Output, Prim, Resource, Retry, TypeRef, Wire};

/// The example: what it does, and its code.
pub(super) struct Quickstart {
    /// Lines of Markdown, from the comment at its top.
    pub(super) prose: Vec<String>,
    /// The program below that comment.
    pub(super) code: String,
    /// Where it comes from, as the file header names it.
    pub(super) origin: String,
}

/// The example of `api`.
pub(super) fn of(api: &Api) -> Quickstart {
    let Some(text) = &api.quickstart else {
        return Quickstart { origin: api.origin.clone(), ..made_up(api) };
    };
    let folder = api.origin.rsplit_once('/').map_or("", |(folder, _)| folder);
    let origin = if folder.is_empty() { "quickstart.rs".to_owned() } else { format!("{folder}/quickstart.rs") };
    let prose: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    let code: Vec<&str> = text.lines().skip(prose.len()).skip_while(|line| line.trim().is_empty()).collect();
    let prose = prose.iter().map(|line| line.trim_start_matches("//!").trim().to_owned()).collect();
    Quickstart { prose, code: format!("{}\n", code.join("\n").trim_end()), origin }
}

impl Quickstart {
    /// The whole file.
    pub(super) fn file(&self) -> String {
        let prose: String = self.prose.iter().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect();
        let gap = if prose.is_empty() { "" } else { "\n" };
        format!("{prose}{gap}{}", self.code)
    }
}

/// A call with made-up arguments, of the first operation that can do with such.
fn made_up(api: &Api) -> Quickstart {
    let krate = api.package.replace('-', "_");
    let all: Vec<_> = api.resources.iter().flat_map(|resource| resource.operations.iter().map(move |op| (resource, op))).collect();
    let simple = |only_get: bool| all.iter().find(|(resource, op)| is_simple(resource, op, only_get));
    let chosen = simple(true).or_else(|| simple(false)).copied();
    let client = client(api, chosen.map(|(_, op)| op));
    let (prose, call) = match chosen {
        Some((resource, op)) => (format!("Calls `{}`.", op.name), call(api, resource, op)),
        None => ("Makes a client.".to_owned(), "    println!(\"{client:?}\");\n".to_owned()),
    };
    let more = [("PasswordLogin::", "PasswordLogin"), ("types::", "types")];
    let imports: Vec<&str> = more.iter().filter(|(used, _)| client.contains(used)).map(|(_, import)| *import).collect();
    let imports = if imports.is_empty() { "Client".to_owned() } else { format!("{{Client, {}}}", imports.join(", ")) };
    let code = format!(
        "use {krate}::{imports};\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> \
         {{\n{client}{call}    Ok(())\n}}\n"
    );
    Quickstart { prose: vec![prose], code, origin: String::new() }
}

fn is_simple(resource: &Resource, op: &Operation, only_get: bool) -> bool {
    let is_get = match &op.wire {
        Wire::Rest(rest) => rest.method == "GET",
        Wire::Soap(_) => op.retry == Retry::Idempotent,
    };
    let arguments = op.args.iter().filter(|arg| arg.required).all(|arg| sample(&arg.ty).is_some());
    let keys = resource.keys.iter().all(|key| sample(&key.ty).is_some());
    let body = op.body.is_none() || op.body_optional;
    (is_get || !only_get) && arguments && keys && body && op.deprecated.is_none()
}

fn sample(ty: &TypeRef) -> Option<&'static str> {
    match ty {
        TypeRef::Prim(Prim::String | Prim::Secret) => Some("\"example\""),
        TypeRef::Prim(Prim::I32 | Prim::I64 | Prim::U64) => Some("1"),
        TypeRef::Prim(Prim::F32 | Prim::F64) => Some("1.0"),
        TypeRef::Prim(Prim::Bool) => Some("true"),
        _ => None,
    }
}

/// The lines that make a client, and before it what it identifies itself with.
fn client(api: &Api, op: Option<&Operation>) -> String {
    let wanted = match op.map(|op| &op.auth) {
        Some(Auth::AnyOf(sets)) => sets.first().cloned().unwrap_or_default(),
        Some(Auth::None) | None => Vec::new(),
    };
    let schemes: Vec<_> = wanted.iter().filter_map(|name| api.schemes.iter().find(|scheme| scheme.wire == *name)).collect();
    let base_url = if api.servers.is_empty() { ".base_url(\"https://api.example.com\")" } else { "" };
    let made: String = schemes.iter().filter_map(|scheme| credential::statement(api, scheme)).collect();
    let setters: String = schemes.iter().filter_map(|scheme| credential::setter(api, scheme)).collect();
    format!("{made}    let client = Client::builder(){base_url}{setters}.build()?;\n")
}

fn call(api: &Api, resource: &Resource, op: &Operation) -> String {
    let handle = handle::written(api, resource, |key| sample(&key.ty).unwrap_or_default().to_owned());
    let args: Vec<_> = op.args.iter().filter(|arg| arg.required && !arg.from_handle).filter_map(|arg| sample(&arg.ty)).collect();
    let call = format!("{handle}.{}({}).send().await?", op.method, args.join(", "));
    match op.output {
        Output::Empty => format!("    {call};\n"),
        _ => format!("    let answer = {call};\n    println!(\"{{answer:?}}\");\n"),
    }
}
