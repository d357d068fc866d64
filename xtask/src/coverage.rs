//! `coverage`: no operation is forgotten on its way from the vendor's page to a call over a socket.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tms_codegen::check;
use tms_codegen::ir::Protocol;
use tms_codegen::pipeline;

use crate::{Call, Done, Failure, exec, known_apis, root, spec};

/// The modes each operation must be exercised in.
const MODES: [&str; 2] = ["async", "blocking"];

/// The versions of SOAP each SOAP operation must be exercised in, in each mode.
const VERSIONS: [&str; 2] = ["1.1", "1.2"];

pub fn run(call: &Call) -> Done {
    call.no_names()?;
    check()
}

/// Runs the operation tests, then counts.
pub fn check() -> Done {
    let records = exec::target()?.join("tms-coverage");
    if records.exists() {
        std::fs::remove_dir_all(&records).map_err(|error| Failure::Broken(format!("cannot empty {}: {error}", records.display())))?;
    }
    let tests = exec::cargo(&["test", "--quiet", "--package", "tms-smoke", "--all-features", "--test", "operations"]);
    exec::run(tests, "the operation tests (`cargo test --package tms-smoke --test operations`)")?;
    let mut missing = Vec::new();
    for api in known_apis()? {
        count(&api, &records, &mut missing)?;
    }
    if missing.is_empty() { Ok(()) } else { Err(Failure::Found(format!("coverage: {} gaps\n{}", missing.len(), missing.join("\n")))) }
}

/// Method and path with nameless placeholders: what makes two operations the same.
type Place = (String, String);

/// What an API is counted against: the vendor's documentation and, where that is not what is served today, today's operations.
const LISTS: [&str; 2] = ["documented", "live"];

fn count(api: &str, records: &Path, missing: &mut Vec<String>) -> Done {
    let (specified, protocol) = specified(api);
    let emitted = emitted(api)?;
    let exercised = exercised(&records.join(format!("{api}.tsv")))?;
    let mut listed = BTreeSet::new();
    for list in LISTS {
        let Some(operations) = operations(api, list)? else { continue };
        compare(api, list, &operations, (&specified, &emitted, &exercised), modes(protocol), missing);
        listed.extend(operations.into_keys());
    }
    for id in specified.keys().filter(|id| !listed.contains(*id)) {
        missing.push(format!("{api}: `{id}` is in the spec but not in tests/vectors/{api}/documented.tsv or live.tsv"));
    }
    Ok(())
}

type Found<'f> = (&'f BTreeMap<String, Place>, &'f BTreeSet<String>, &'f BTreeSet<(String, String)>);

/// Counts the operations of one list.
fn compare(
    api: &str,
    list: &str,
    operations: &BTreeMap<String, Place>,
    (specified, emitted, exercised): Found<'_>,
    modes: Vec<String>,
    missing: &mut Vec<String>,
) {
    let mut in_spec = 0;
    let mut in_crate = 0;
    let mut in_modes: BTreeMap<String, usize> = modes.into_iter().map(|mode| (mode, 0)).collect();
    for (id, place) in operations {
        let mut demand = |there: bool, count: &mut usize, what: &str| match there {
            true => *count += 1,
            false => missing.push(format!("{api}: `{id}` ({} {}) is {list} but {what}", place.0, place.1)),
        };
        demand(specified.get(id) == Some(place), &mut in_spec, "not in the spec with this id, method and path");
        demand(emitted.contains(id), &mut in_crate, "not in the generated crate (`cargo xtask regenerate`)");
        for (mode, count) in &mut in_modes {
            demand(exercised.contains(&(id.clone(), mode.clone())), count, &format!("not exercised in {mode} mode"));
        }
    }
    let all = operations.len();
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap_or_default();
    let row = readme.lines().find(|line| line.contains(&format!("(generated/{api}) |"))).unwrap_or_default();
    if !row.contains(&format!("{all} of {all}")) {
        missing.push(format!("{api}: the table of README.md does not say \"{all} of {all}\" of the {list} operations"));
    }
    let modes: Vec<String> = in_modes.iter().map(|(mode, count)| format!("{count}/{all} exercised {mode}")).collect();
    println!("{api}: {all}/{all} {list}, {in_spec}/{all} specified, {in_crate}/{all} emitted, {}", modes.join(", "));
}

/// Operations of a list, transcribed by hand: id to place. Every API has those that are documented.
fn operations(api: &str, list: &str) -> Result<Option<BTreeMap<String, Place>>, Failure> {
    let path = format!("tests/vectors/{api}/{list}.tsv");
    if list != LISTS[0] && !root().join(&path).exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(root().join(&path)).map_err(|error| Failure::Broken(format!("cannot read {path}: {error}")))?;
    let mut operations = BTreeMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
        let [method, template, _, id] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(Failure::Broken(format!(
                "{path}:{}: a line is method, path, place in the documentation and operation id, by tabs",
                index + 1
            )));
        };
        operations.insert(id.to_owned(), (method.to_owned(), nameless(template)));
    }
    Ok(Some(operations))
}

/// What each operation must be exercised in.
fn modes(protocol: Option<Protocol>) -> Vec<String> {
    match protocol {
        Some(Protocol::Soap { .. }) => {
            MODES.iter().flat_map(|mode| VERSIONS.map(|version| format!("{mode} over SOAP {version}"))).collect()
        }
        _ => MODES.map(str::to_owned).to_vec(),
    }
}

/// Operations of the spec, as it stands in the file: id to place; and what they speak.
fn specified(api: &str) -> (BTreeMap<String, Place>, Option<Protocol>) {
    let lowered = pipeline::lower(&spec(api), &root());
    let place = |declared: &check::Declared| (declared.method.clone(), nameless(&declared.path));
    let declared = check::declared(&lowered.sources);
    let places = declared.iter().filter_map(|declared| Some((declared.id.clone()?, place(declared)))).collect();
    (places, lowered.api.map(|api| api.protocol))
}

/// Ids in the inventory of the generated crate; each names a type there, or the crate does not compile.
fn emitted(api: &str) -> Result<BTreeSet<String>, Failure> {
    let path = format!("generated/{api}/src/lib.rs");
    let text = std::fs::read_to_string(root().join(&path)).map_err(|error| Failure::Broken(format!("cannot read {path}: {error}")))?;
    let inventory = text.split("macro_rules! operations").nth(1).unwrap_or_default();
    let ids = inventory.lines().filter_map(|line| line.split_once(" = \"")?.1.split('"').next());
    Ok(ids.map(str::to_owned).collect())
}

/// Id and mode of each operation that was called over a socket and passed.
fn exercised(path: &Path) -> Result<BTreeSet<(String, String)>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Found(format!("the operation tests left no record at {}: {error}", path.display())))?;
    Ok(text.lines().filter_map(|line| line.split_once('\t')).map(|(id, mode)| (id.to_owned(), mode.to_owned())).collect())
}

/// A path template without the names of its placeholders.
fn nameless(template: &str) -> String {
    let mut out = String::new();
    for (index, piece) in template.split('{').enumerate() {
        let literal = if index == 0 { piece } else { piece.split_once('}').map_or(piece, |(_, rest)| rest) };
        out.push_str(if index == 0 { "" } else { "{}" });
        out.push_str(literal);
    }
    out
}
