//! Scripts of tests: attached as a zip archive, or on another host.

use crate::answer::Answer;
use crate::behaviour::SeedError;
use crate::blob::Blob;
use crate::qacomplete::wire::{Done, Failure, agent};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

/// A zip archive with one short file, in base64.
const ZIP: &str = "UEsDBBQAAAAAAMpWukYowEJUGQAAABkAAAAHAAAAcnVuLnR4dE9wZW4gdGhlIGxpc3Qgb2Ygb3JkZXJzLgpQSwECFAMU\
    AAAAAADKVrpGKMBCVBkAAAAZAAAABwAAAAAAAAAAAAAAgAEAAAAAcnVuLnR4dFBLBQYAAAAAAQABADUAAAA+AAAAAAA=";
/// What a link to another host carries beside the path. Not a secret: it opens nothing.
const SIGNATURE: &str = "signature=not-a-secret";
/// The path of scripts at the second address.
const PATH: &str = "/scripts/";

/// A script for every agent, attached.
pub(super) fn for_all() -> Value {
    ["testcomplete", "junit", "nunit", "testng", "readyapi"].map(|agent| json!({ "agent": agent })).into_iter().collect()
}

/// Whether scripts are described as they can be: `agent`, and perhaps `size`, `elsewhere`, `hops`.
pub(super) fn check(scripts: &Value) -> Result<(), SeedError> {
    let list = scripts.as_array().ok_or_else(|| SeedError::new("`scripts` is a list"))?;
    for script in list {
        if script["agent"].as_str().and_then(agent).is_none() {
            return Err(SeedError::new(format!("`agent` is missing or unknown in {script}")));
        }
        let known = ["agent", "size", "elsewhere", "hops"];
        if let Some(name) = script.as_object().into_iter().flat_map(|map| map.keys()).find(|name| !known.contains(&name.as_str())) {
            return Err(SeedError::new(format!("a script has no `{name}`")));
        }
    }
    Ok(())
}

/// How the script of an item is answered: with so many bytes, or with a place.
pub(super) fn describe(item: &Value, wanted: &str, place: &str, elsewhere: &str) -> Done {
    let mut all = item["scripts"].as_array().into_iter().flatten();
    let script = all.find(|script| script["agent"].as_str().and_then(agent) == Some(wanted));
    let script = script.ok_or_else(|| Failure::absent(format!("The test has no script for {wanted}")))?;
    let size = script["size"].as_u64().unwrap_or_default();
    let hops = script["hops"].as_u64().unwrap_or_default();
    match script["elsewhere"] == true {
        true => Ok(json!({ "location": format!("{elsewhere}{PATH}{place}/{size}/{hops}.zip?{SIGNATURE}") })),
        false => Ok(json!({ "size": size })),
    }
}

/// What [`describe`] said, as an answer.
pub(super) fn answer(description: &Value) -> Answer {
    match description["location"].as_str().map(HeaderValue::from_str) {
        Some(Ok(location)) => Answer::empty(StatusCode::FOUND).header(LOCATION, location),
        _ => zip(description["size"].as_u64().unwrap_or_default()),
    }
}

/// What the second address has: the script itself, or, as long as there are hops left, a place nearer to it.
pub(super) fn elsewhere(path: &str, query: Option<&str>) -> Option<Answer> {
    let (rest, hops) = path.strip_prefix(PATH)?.strip_suffix(".zip")?.rsplit_once('/')?;
    let (_, size) = rest.rsplit_once('/')?;
    if query != Some(SIGNATURE) {
        return Some(Answer::empty(StatusCode::FORBIDDEN));
    }
    match hops.parse::<u64>().ok()?.checked_sub(1) {
        None => Some(zip(size.parse().ok()?)),
        Some(left) => {
            let location = HeaderValue::from_str(&format!("{PATH}{rest}/{left}.zip?{SIGNATURE}")).ok()?;
            Some(Answer::empty(StatusCode::FOUND).header(LOCATION, location))
        }
    }
}

/// An archive, or bytes of which there are as many as were asked for.
fn zip(size: u64) -> Answer {
    let content = match size {
        0 => STANDARD.decode(ZIP).unwrap_or_default().into(),
        size => Blob::pattern(size),
    };
    Answer::bytes(StatusCode::OK, "application/zip", content)
}
