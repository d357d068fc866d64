//! Files that hang on things.

use super::act::Act;
use super::kinds::{ATTACHMENTS, SITE, TEST_CASES, TEST_LOGS, USERS, named};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, message, ok, text};
use super::{logs, steps};
use crate::answer::Answer;
use crate::store::{Record, Store};
use crate::upload::Upload;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde_json::{Map, Value, json};

pub(super) static ACTIONS: [Action; 5] = [
    on("GET /api/v3/projects/{}/attachments", &SITE, search),
    on("GET /api/v3/projects/{}/{}/{}/attachments", &SITE, list),
    on("GET /api/v3/projects/{}/{}/{}/attachments/{}", &SITE, download),
    on("POST /api/v3/projects/{}/{}/{}/blob-handles", &SITE, upload),
    on("DELETE /api/v3/projects/{}/{}/{}/blob-handles/{}", &SITE, delete),
];

/// Whether a project has a thing that files can hang on. Steps, and their logs, are parts of other things.
pub(super) fn check(store: &Store, project: &str, object: &str, key: &str) -> Result<(), Failure> {
    let number = key.parse::<i64>().unwrap_or_default();
    let found = match object {
        "test-steps" => store.list(TEST_CASES, project).iter().any(|case| steps::position(case, number).is_some()),
        "test-step-logs" => store.list(TEST_LOGS, project).iter().any(|log| logs::has_step_log(log, number)),
        _ => named(object).is_some_and(|kind| store.get(kind.collection, project, key).is_some()),
    };
    if found { Ok(()) } else { Err(Failure::absent(object, key)) }
}

fn hangs_on(record: &Record, object: &str, key: &str) -> bool {
    record.field("object").is_some_and(|o| o == object) && record.field("artifact_id").map(text).as_deref() == Some(key)
}

/// The files that hang on a thing.
pub(super) fn of(store: &Store, project: &str, object: &str, key: &str) -> Vec<Value> {
    let all = store.list(ATTACHMENTS, project).iter().filter(|record| hangs_on(record, object, key));
    all.map(|record| Value::Object(record.fields.clone())).collect()
}

/// Takes out the files of a thing.
pub(super) fn drop_of(store: &mut Store, project: &str, object: &str, key: &str) {
    store.list_mut(ATTACHMENTS, project).retain(|record| !hangs_on(record, object, key));
}

/// Keeps the files that a body brings along.
pub(super) fn inline(act: &Act<'_>, store: &mut Store, owner: (&str, &str), body: &Map<String, Value>) -> Result<(), Failure> {
    for file in body.get("attachments").and_then(Value::as_array).into_iter().flatten() {
        // A file that was read is sent back without its content.
        let Some(data) = file.get("data").and_then(Value::as_str).filter(|data| !data.is_empty()) else { continue };
        let content = STANDARD.decode(data).map_err(|e| Failure::bad(format!("data of an attachment: {e}")))?;
        let member = |name: &str| file.get(name).and_then(Value::as_str).map(str::to_owned);
        let file_name = member("name").ok_or_else(|| Failure::missing("name of an attachment"))?;
        keep(act, store, owner, Upload { file_name, content_type: member("content_type"), content: content.into() });
    }
    Ok(())
}

fn keep(act: &Act<'_>, store: &mut Store, (object, key): (&str, &str), upload: Upload) -> Value {
    let id = store.next_number(ATTACHMENTS, "");
    let author = store.get(USERS, "", &act.user.to_string());
    let member = |name: &str| author.and_then(|user| user.field(name)).cloned().unwrap_or_default();
    let shown = json!({
        "id": id, "name": upload.file_name, "content_type": upload.content_type, "created_date": wire::moment(act.now),
        "author": {
            "id": act.user, "email": member("username"), "first_name": member("first_name"), "last_name": member("last_name")
        },
        "web_url": format!("https://acme.example/p/{}/portal/attachment/{object}/{id}", act.project),
        "artifact_id": key.parse::<i64>().ok(), "links": []
    });
    let number = store.keep(upload);
    let hidden = Map::from_iter([("object".to_owned(), json!(object)), ("upload".to_owned(), json!(number))]);
    if let Value::Object(fields) = &shown {
        store.put(ATTACHMENTS, &act.project, Record { key: id.to_string(), fields: fields.clone(), hidden });
    }
    shown
}

fn upload(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key) = (act.argument(1), act.argument(2));
    check(store, &act.project, &object, &key)?;
    let upload = act.call.upload().cloned().ok_or_else(|| Failure::missing("content"))?;
    let file_name = act.call.header("File-Name").map(text).unwrap_or_default();
    created(keep(act, store, (&object, &key), Upload { file_name, ..upload }))
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let (object, key) = (act.argument(1), act.argument(2));
    check(store, &act.project, &object, &key)?;
    ok(of(store, &act.project, &object, &key).into())
}

fn file<'s>(act: &Act<'_>, store: &'s Store) -> Result<&'s Record, Failure> {
    let (object, key, id) = (act.argument(1), act.argument(2), act.argument(3));
    let record = store.get(ATTACHMENTS, &act.project, &id).filter(|record| hangs_on(record, &object, &key));
    record.ok_or_else(|| Failure::absent("Attachment", &id))
}

fn download(act: &Act<'_>, store: &mut Store) -> Done {
    let record = file(act, store)?;
    let number = record.field("upload").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let upload = number.and_then(|number| store.upload(number)).ok_or_else(|| Failure::absent("Content of attachment", &record.key))?;
    let content_type = upload.content_type.as_deref().unwrap_or("application/octet-stream");
    Ok(Answer::bytes(StatusCode::OK, content_type, upload.content.clone()))
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let key = file(act, store)?.key.clone();
    store.remove(ATTACHMENTS, &act.project, &key);
    message("The attachment was deleted.")
}

fn search(act: &Act<'_>, store: &mut Store) -> Done {
    let object = act.word("type").unwrap_or_default();
    let ids = act.call.query("ids").and_then(Value::as_array);
    let day = act.word("createdDate").map(bound).transpose()?;
    let admits = |record: &&Record| {
        let created = record.field("created_date").and_then(Value::as_str).and_then(crate::spec::moment);
        record.field("object").is_some_and(|o| o == object)
            && ids.is_none_or(|ids| ids.contains(record.field("artifact_id").unwrap_or(&Value::Null)))
            && act.number("author").is_none_or(|author| record.field("author").is_some_and(|a| a["id"] == author))
            && day.is_none_or(|(test, bound)| created.is_some_and(|created| test(&created, &bound)))
    };
    let all = store.list(ATTACHMENTS, &act.project).iter().filter(admits);
    let all: Vec<Value> = all.map(|record| Value::Object(record.fields.clone())).collect();
    ok(Window::of(act.call, "pageSize", wire::PAGE_SIZE).envelope(&all, &format!("/api/v3/projects/{}/attachments", act.project)))
}

type Test = fn(&jiff::Timestamp, &jiff::Timestamp) -> bool;

/// `ge 2026-01-01T00:00:00Z`, or with milliseconds since 1970.
fn bound(argument: &str) -> Result<(Test, jiff::Timestamp), Failure> {
    let bad = || Failure::bad(format!("createdDate {argument} is no comparison with a time."));
    let (word, moment) = argument.split_once(' ').ok_or_else(bad)?;
    let test: Test = match word {
        "lt" => |a, b| a < b,
        "gt" => |a, b| a > b,
        "eq" => |a, b| a == b,
        "le" => |a, b| a <= b,
        "ge" => |a, b| a >= b,
        _ => return Err(bad()),
    };
    let epoch = moment.parse::<i64>().ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    Ok((test, epoch.or_else(|| crate::spec::moment(moment)).ok_or_else(bad)?))
}
