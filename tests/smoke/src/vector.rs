//! The transcribed vectors: see `tests/vectors/README.md` for the format.

use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One exchange, as transcribed.
#[derive(Clone, Debug)]
pub struct Vector {
    fields: Map<String, Json>,
    name: String,
}

/// Keys, and whether a vector must have them.
type Keys = &'static [(&'static str, bool)];

/// The keys of a vector of a REST API.
const REST: Keys = &[
    ("name", true),
    ("operation", true),
    ("source", true),
    ("repaired", false),
    ("composed", false),
    ("credentials", false),
    ("call", true),
    ("request", true),
    ("reply", true),
    ("then", false),
    ("decoded", true),
    ("absent", false),
    ("unknown", false),
    ("fault", false),
];

/// The keys of a vector of a SOAP API, which is told by its version of SOAP.
const SOAP: Keys = &[
    ("name", true),
    ("operation", true),
    ("source", true),
    ("soap", true),
    ("fits", false),
    ("composed", false),
    ("credentials", false),
    ("call", true),
    ("request", false),
    ("reply", true),
    ("decoded", false),
    ("fault", false),
];

/// All vectors of an API, in the order of file names.
///
/// # Panics
/// When a file cannot be read or is not what the README of the vectors describes.
#[must_use]
pub fn of_api(api: &str) -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(api);
    let listing = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Vec<Vector> {
    let broken = |what: &dyn std::fmt::Display| -> ! { panic!("{}: {what}", path.display()) };
    let text = fs::read_to_string(path).unwrap_or_else(|error| broken(&error));
    let list: Vec<Map<String, Json>> = serde_yaml::from_str(&text).unwrap_or_else(|error| broken(&error));
    list.into_iter().map(|fields| Vector::new(fields).unwrap_or_else(|what| broken(&what))).collect()
}

impl Vector {
    fn new(fields: Map<String, Json>) -> Result<Self, String> {
        let name = fields.get("name").and_then(Json::as_str).ok_or("a vector without a name")?.to_owned();
        let keys = if fields.contains_key("soap") { SOAP } else { REST };
        if let Some(key) = fields.keys().find(|key| keys.iter().all(|(known, _)| known != key)) {
            return Err(format!("vector `{name}`: nobody reads `{key}`"));
        }
        match keys.iter().find(|(key, must)| *must && !fields.contains_key(*key)) {
            Some((key, _)) => Err(format!("vector `{name}` lacks `{key}`")),
            None => Ok(Self { fields, name }),
        }
    }

    /// Its name, unique within the API.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The operationId.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.at("/operation").as_str().unwrap_or_default()
    }

    /// What stands at a JSON pointer below the vector; null where nothing does.
    #[must_use]
    pub fn at(&self, pointer: &str) -> &Json {
        let (key, rest) = pointer.trim_start_matches('/').split_once('/').unwrap_or((pointer.trim_start_matches('/'), ""));
        let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
        self.fields.get(key).and_then(|value| value.pointer(&rest)).unwrap_or(&Json::Null)
    }

    /// Whether the call is refused, with what stands under `fault`.
    #[must_use]
    pub fn expects_fault(&self) -> bool {
        self.fields.contains_key("fault")
    }

    /// A list of strings, such as `absent`.
    #[must_use]
    pub fn pointers(&self, key: &str) -> Vec<&str> {
        self.at(key).as_array().into_iter().flatten().filter_map(Json::as_str).collect()
    }

    /// The exchanges in order: `request` and `reply`, and those under `then`.
    #[must_use]
    pub fn exchanges(&self) -> Vec<(&Json, &Json)> {
        let then = self.at("/then").as_array().into_iter().flatten().map(|next| (&next["request"], &next["reply"]));
        std::iter::once((self.at("/request"), self.at("/reply"))).chain(then).collect()
    }

    /// What a call returns of the last reply: the `result` beside a `status`, its only element if it is a list of one, the whole
    /// body if it has none, bytes as base64.
    #[must_use]
    pub fn result(&self) -> &Json {
        let last = self.exchanges().pop().map_or(&Json::Null, |(_, reply)| reply);
        let body = last.get("base64").or(last.get("body")).unwrap_or(&Json::Null);
        match body.get("result").filter(|_| body.get("status").is_some()) {
            Some(Json::Array(list)) if list.len() == 1 => &list[0],
            Some(result) => result,
            None => body,
        }
    }

    /// Whether the reply has a `status` that says whether it is one, but no `result`, so that the former is read along with the
    /// value.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        let body = self.at("/reply/body");
        body.get("result").is_none() && body.get("status").is_some_and(Json::is_boolean)
    }
}

/// The operations of an API's page as (method, path template, operationId): `documented.tsv`.
///
/// # Panics
/// When the file cannot be read or a line is none.
#[must_use]
pub fn documented(api: &str) -> Vec<(String, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(api).join("documented.tsv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let row = |line: &str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [method, template, _line, operation] => (method.to_string(), template.to_string(), operation.to_string()),
        _ => panic!("{}: not method, path, line and operation: {line}", path.display()),
    };
    lines.map(row).collect()
}

/// What the elements of an API's operations hold, in order: `arguments.tsv`.
///
/// # Panics
/// When the file cannot be read.
#[must_use]
pub fn arguments(api: &str) -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(api).join("arguments.tsv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let row = |line: &str| {
        let (operation, names) = line.split_once('\t').unwrap_or((line, ""));
        (operation.to_owned(), names.split_whitespace().map(str::to_owned).collect())
    };
    lines.map(row).collect()
}
