//! Files that are uploaded.

use super::actions::{Act, fresh};
use super::table::{ATTACHMENTS, PROJECTS};
use super::wire::{Done, Failure, result};
use crate::store::Store;
use crate::upload::Upload;
use serde_json::{Value, json};

const MB: u64 = 1024 * 1024;
/// Most files of one request.
const FILES: usize = 20;
/// Most bytes of one file.
const FILE: u64 = 32 * MB;
/// Most bytes of the files of one request.
const REQUEST: u64 = 128 * MB;

/// All files or none.
pub(super) fn upload(act: &Act<'_>, store: &mut Store) -> Done {
    let project = act.rest.first().cloned().unwrap_or_default();
    if store.get(PROJECTS, "", &project).is_none() {
        return Err(Failure::not_found("Project"));
    }
    let files = act.call.files("file[]");
    check(files)?;
    let bytes: u64 = files.iter().map(|file| file.content.len()).sum();
    let used: u64 = store.list(ATTACHMENTS, "").iter().filter_map(|file| file.field("size")?.as_u64()).sum();
    if used.saturating_add(bytes) > act.settings.storage {
        return Err(Failure::storage_full());
    }
    result(files.iter().map(|file| keep(act, file, store)).collect())
}

fn check(files: &[Upload]) -> Result<(), Failure> {
    if files.is_empty() {
        return Err(Failure::invalid("file", "No files in payload"));
    }
    if files.len() > FILES {
        return Err(Failure::too_large(format!("At most {FILES} files are taken")));
    }
    if let Some(file) = files.iter().find(|file| file.content.len() > FILE) {
        return Err(Failure::too_large(format!("{} is larger than 32 MB", file.file_name)));
    }
    match files.iter().map(|file| file.content.len()).sum::<u64>() {
        ..=REQUEST => Ok(()),
        _ => Err(Failure::too_large("The files are larger than 128 MB together")),
    }
}

fn keep(act: &Act<'_>, file: &Upload, store: &mut Store) -> Value {
    let mut record = fresh(act.resource, None, store, "", act.now);
    let mime = file.content_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned());
    let number = store.keep(file.clone());
    let url = format!("https://storage.cdn.example/{number}/{}", file.file_name);
    let extension = file.file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let members = json!({ "file": file.file_name, "mime": mime, "size": file.content.len(), "full_path": url });
    record.fields.extend(members.as_object().cloned().unwrap_or_default());
    let shown = json!({
        "hash": record.key, "filename": file.file_name, "mime": mime, "extension": extension, "url": url, "team": "8ac1b7d0"
    });
    store.put(ATTACHMENTS, "", record);
    shown
}
