//! Fields of things, the values that they allow, and the values that things have.

use super::act::Act;
use super::kinds::{FIELDS, Kind, SITE};
use super::operations::{Action, on};
use super::wire::{self, Done, Failure, Window, created, nothing, ok, text};
use crate::store::{Record, Store};
use serde_json::{Map, Value, json};

/// Kinds that have fields.
pub(super) const OBJECTS: [&str; 8] =
    ["requirements", "test-cases", "defects", "test-runs", "test-suites", "releases", "builds", "test-steps"];
/// Data types whose values are chosen from a list.
const CHOICES: [i64; 4] = [3, 5, 8, 17];
/// The longest label of a field of test steps.
const STEP_LABEL: usize = 16;
/// What requests write of a field.
const WRITES: [&str; 8] = ["label", "required", "order", "multiple", "searchable", "default_value", "is_active", "data_type"];

pub(super) static ACTIONS: [Action; 20] = [
    on("GET /api/v3/fields/{}", &SITE, list),
    on("POST /api/v3/fields/{}", &SITE, create),
    on("GET /api/v3/fields/{}/{}", &SITE, get),
    on("PUT /api/v3/fields/{}/{}", &SITE, update),
    on("DELETE /api/v3/fields/{}/{}", &SITE, delete),
    on("GET /api/v3/fields/{}/{}/allowed-values", &SITE, values),
    on("POST /api/v3/fields/{}/{}/allowed-values", &SITE, add_values),
    on("PUT /api/v3/fields/{}/{}/allowed-values/{}", &SITE, update_value),
    on("DELETE /api/v3/fields/{}/{}/allowed-values/{}", &SITE, delete_value),
    on("GET /api/v3/projects/{}/settings/{}/fields", &SITE, list),
    on("POST /api/v3/projects/{}/settings/{}/fields", &SITE, create),
    on("GET /api/v3/projects/{}/settings/{}/fields/{}", &SITE, get),
    on("PUT /api/v3/projects/{}/settings/{}/fields/{}", &SITE, update),
    on("DELETE /api/v3/projects/{}/settings/{}/fields/{}", &SITE, delete),
    on("GET /api/v3/projects/{}/settings/{}/fields/{}/allowed-values", &SITE, values),
    on("POST /api/v3/projects/{}/settings/{}/fields/{}/allowed-values", &SITE, add_values),
    on("PUT /api/v3/projects/{}/settings/{}/fields/{}/allowed-values/{}", &SITE, update_value),
    on("DELETE /api/v3/projects/{}/settings/{}/fields/{}/allowed-values/{}", &SITE, delete_value),
    on("POST /api/v3/projects/{}/settings/{}/custom-fields/active", &SITE, set_active),
    on("POST /api/v3/projects/{}/settings/{}/system-fields/{}", &SITE, edit_system),
];

/// Where the fields of a kind are: those of a project, or of the site.
pub(super) fn scope(project: &str, object: &str) -> String {
    if project.is_empty() { object.to_owned() } else { format!("{project}/{object}") }
}

impl Act<'_> {
    /// A path argument after that of the project, if there is one.
    fn part(&self, index: usize) -> String {
        self.argument(index + usize::from(!self.project.is_empty()))
    }

    fn fields(&self) -> String {
        scope(&self.project, &self.part(0))
    }

    fn field(&self, store: &Store) -> Result<(String, Record), Failure> {
        let (scope, key) = (self.fields(), self.part(1));
        let record = store.get(FIELDS, &scope, &key).cloned().ok_or_else(|| Failure::absent("Field", &key))?;
        Ok((scope, record))
    }

    /// The field of the path with the place of the value that the path names.
    fn value(&self, store: &Store) -> Result<(String, Record, usize), Failure> {
        let (scope, record) = self.field(store)?;
        let number = self.part(2);
        let place = allowed(&record).iter().position(|value| text(&value["value"]) == number);
        Ok((scope, record, place.ok_or_else(|| Failure::absent("Allowed value", &number))?))
    }
}

fn allowed(field: &Record) -> &[Value] {
    field.field("allowed_values").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The site shows fields without their allowed values.
fn shown_field(act: &Act<'_>, field: &Record) -> Value {
    let mut fields = field.fields.clone();
    if act.project.is_empty() {
        fields.remove("allowed_values");
    }
    Value::Object(fields)
}

fn list(act: &Act<'_>, store: &mut Store) -> Done {
    let everything = act.project.is_empty() || act.flag("includeInactive", false);
    let fields = store.list(FIELDS, &act.fields()).iter();
    let fields = fields.filter(|field| everything || field.field("is_active") != Some(&json!(false)));
    let all: Vec<Value> = fields.map(|field| shown_field(act, field)).collect();
    match act.project.is_empty() {
        true => Window::of(act.call, "pageSize", wire::PAGE_SIZE).headed(&all, &format!("/api/v3/fields/{}", act.part(0))),
        false => ok(all.into()),
    }
}

fn get(act: &Act<'_>, store: &mut Store) -> Done {
    let (_, record) = act.field(store)?;
    ok(shown_field(act, &record))
}

fn create(act: &Act<'_>, store: &mut Store) -> Done {
    let record = make(store, &act.fields(), &act.body(), false)?;
    created(Value::Object(record.fields))
}

/// A new field. Its allowed values get numbers where they bring none.
pub(super) fn make(store: &mut Store, scope: &str, body: &Map<String, Value>, is_system: bool) -> Result<Record, Failure> {
    let data_type = body.get("data_type").and_then(Value::as_i64).ok_or_else(|| Failure::missing("data_type"))?;
    let label = body.get("label").cloned().ok_or_else(|| Failure::missing("label"))?;
    if [8, 17].contains(&data_type) && body.get("multiple") != Some(&json!(true)) {
        return Err(Failure::bad(format!("A field of data type {data_type} is multiple.")));
    }
    if scope.ends_with("test-steps") && !is_system {
        check_step_field(store, scope, &text(&label), data_type, body)?;
    }
    let attribute = match data_type {
        2 | 6 => "LongText",
        3 | 5 | 7 => "Number",
        4 => "Date",
        8 | 17 => "ArrayNumber",
        9 => "DateTime",
        12 => "URL",
        _ => "String",
    };
    let id = match body.get("id").and_then(Value::as_u64) {
        Some(id) => {
            store.reserve(FIELDS, "", id);
            id
        }
        None => store.next_number(FIELDS, ""),
    };
    let order = store.list(FIELDS, scope).len() + 1;
    let constrained = CHOICES.contains(&data_type);
    let Value::Object(mut fields) = json!({
        "id": id, "label": label, "data_type": data_type, "attribute_type": attribute, "required": false, "constrained": constrained,
        "multiple": false, "searchable": true, "free_text_search": false, "order": order, "system_field": is_system,
        "original_name": label, "is_active": true, "links": []
    }) else {
        return Err(Failure::bad("no field"));
    };
    fields.extend(WRITES.iter().filter(|name| **name != "order").filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone()))));
    let mut record = Record { key: id.to_string(), fields, hidden: Map::new() };
    let values = body.get("allowed_values").and_then(Value::as_array);
    if constrained {
        record.fields.insert("allowed_values".to_owned(), json!([]));
        append(store, &mut record, values.map_or(&[], Vec::as_slice));
    } else if values.is_some_and(|values| !values.is_empty()) {
        return Err(Failure::bad(format!("A field of data type {data_type} has no allowed values.")));
    }
    store.put(FIELDS, scope, record.clone());
    Ok(record)
}

fn check_step_field(store: &Store, scope: &str, label: &str, data_type: i64, body: &Map<String, Value>) -> Result<(), Failure> {
    let own = store.list(FIELDS, scope).iter().filter(|field| field.field("system_field") == Some(&json!(false))).count();
    match () {
        () if own >= 2 => Err(Failure::bad("Test steps have at most two custom fields.")),
        () if label.chars().count() > STEP_LABEL => Err(Failure::bad(format!("A label of test steps has at most {STEP_LABEL} letters."))),
        () if ![3, 5, 6].contains(&data_type) => Err(Failure::bad(format!("Test steps have no fields of data type {data_type}."))),
        () if body.get("required") == Some(&json!(true)) => Err(Failure::bad("A field of test steps is never required.")),
        () => Ok(()),
    }
}

/// Adds allowed values; answers with what was added.
fn append(store: &mut Store, field: &mut Record, values: &[Value]) -> Vec<Value> {
    let mut all = allowed(field).to_vec();
    let before = all.len();
    for value in values {
        let mut value = value.clone();
        if value["value"].is_null() {
            value["value"] = json!(store.next_number(FIELDS, "allowed values"));
        }
        for (name, standard) in [("order", json!(all.len() + 1)), ("is_default", json!(false)), ("is_active", json!(true))] {
            if value[name].is_null() {
                value[name] = standard;
            }
        }
        value["links"] = json!([]);
        all.push(value);
    }
    let added = all[before..].to_vec();
    field.fields.insert("allowed_values".to_owned(), Value::Array(all));
    added
}

fn update(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record) = act.field(store)?;
    let body = act.body();
    let changed = |name: &str| body.get(name).is_some_and(|value| record.field(name) != Some(value));
    if changed("data_type") {
        return Err(Failure::bad("The data type of a field cannot change."));
    }
    if record.field("system_field") == Some(&json!(true)) {
        return Err(Failure::bad("A system field is changed by a call of its own."));
    }
    write_field(store, &mut record, &body);
    store.put(FIELDS, &scope, record.clone());
    ok(Value::Object(record.fields))
}

fn write_field(store: &mut Store, record: &mut Record, body: &Map<String, Value>) {
    for name in WRITES {
        if let Some(value) = body.get(name) {
            record.fields.insert(name.to_owned(), value.clone());
        }
    }
    if let (Some(Value::Array(values)), Some(true)) = (body.get("allowed_values"), record.field("constrained").and_then(Value::as_bool)) {
        // What is left out is deleted.
        record.fields.insert("allowed_values".to_owned(), json!([]));
        append(store, record, values);
    }
}

fn edit_system(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record) = act.field(store)?;
    if record.field("system_field") != Some(&json!(true)) {
        return Err(Failure::bad(format!("Field {} is no system field.", record.key)));
    }
    write_field(store, &mut record, &act.body());
    store.put(FIELDS, &scope, record.clone());
    ok(Value::Object(record.fields))
}

fn set_active(act: &Act<'_>, store: &mut Store) -> Done {
    let scope = act.fields();
    let mut changed = Vec::new();
    for wanted in act.call.body().and_then(Value::as_array).into_iter().flatten() {
        let key = text(&wanted["id"]);
        let mut record = store.get(FIELDS, &scope, &key).cloned().ok_or_else(|| Failure::absent("Field", &key))?;
        if let Some(active) = wanted.get("is_active") {
            record.fields.insert("is_active".to_owned(), active.clone());
        }
        changed.push(Value::Object(record.fields.clone()));
        store.put(FIELDS, &scope, record);
    }
    ok(changed.into())
}

fn delete(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, record) = act.field(store)?;
    if record.field("system_field") == Some(&json!(true)) {
        return Err(Failure::bad("A system field cannot be deleted."));
    }
    store.remove(FIELDS, &scope, &record.key);
    nothing()
}

fn values(act: &Act<'_>, store: &mut Store) -> Done {
    let (_, record) = act.field(store)?;
    Window::of(act.call, "pageSize", wire::PAGE_SIZE).headed(allowed(&record), "allowed-values")
}

fn add_values(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record) = act.field(store)?;
    if record.field("constrained") != Some(&json!(true)) {
        return Err(Failure::bad(format!("Field {} has no allowed values.", record.key)));
    }
    let values = act.call.body().and_then(Value::as_array).cloned().unwrap_or_default();
    let added = append(store, &mut record, &values);
    store.put(FIELDS, &scope, record);
    ok(json!({ "links": [], "total": added.len(), "items": added }))
}

fn update_value(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record, place) = act.value(store)?;
    let mut values = allowed(&record).to_vec();
    for (name, value) in act.body() {
        let name = if name == "default" { "is_default" } else { &name };
        values[place][name] = value;
    }
    record.fields.insert("allowed_values".to_owned(), Value::Array(values));
    store.put(FIELDS, &scope, record);
    if act.project.is_empty() { ok(json!({ "links": [] })) } else { nothing() }
}

fn delete_value(act: &Act<'_>, store: &mut Store) -> Done {
    let (scope, mut record, place) = act.value(store)?;
    let mut values = allowed(&record).to_vec();
    values.remove(place);
    record.fields.insert("allowed_values".to_owned(), Value::Array(values));
    store.put(FIELDS, &scope, record);
    nothing()
}

/// Takes over values of fields; kept hidden, by the number of the field.
pub(super) fn write(store: &Store, kind: &Kind, project: &str, record: &mut Record, properties: &[Value]) -> Result<(), Failure> {
    let scope = scope(project, kind.object);
    let mut kept = record.hidden.get("values").and_then(Value::as_object).cloned().unwrap_or_default();
    for property in properties {
        let id = text(&property["field_id"]);
        let field = store.get(FIELDS, &scope, &id).ok_or_else(|| Failure::bad(format!("Field {id} is none of {}.", kind.object)))?;
        let value = property.get("field_value").cloned().unwrap_or_default();
        if let Some(wrong) = chosen(field, &value).into_iter().find(|number| label(field, number).is_none()) {
            return Err(Failure::bad(format!("Field {id} does not allow the value {wrong}.")));
        }
        kept.insert(id, value);
    }
    record.hidden.insert("values".to_owned(), Value::Object(kept));
    Ok(())
}

/// The numbers that a value of a pick list names: `601`, or `[1,2]`.
fn chosen(field: &Record, value: &Value) -> Vec<String> {
    let data_type = field.field("data_type").and_then(Value::as_i64).unwrap_or_default();
    // Users are not listed as allowed values.
    if !CHOICES.contains(&data_type) || data_type == 5 {
        return Vec::new();
    }
    let text = text(value);
    let numbers = text.trim_matches(['[', ']']).split(',').map(|part| part.trim().trim_matches('"').to_owned());
    numbers.filter(|number| !number.is_empty() && number != "null").collect()
}

fn label(field: &Record, number: &str) -> Option<String> {
    let value = allowed(field).iter().find(|value| text(&value["value"]) == *number)?;
    Some(text(&value["label"]))
}

/// The values of all fields that have one, in the read shape.
pub(super) fn shown(store: &Store, kind: &Kind, project: &str, record: &Record) -> Vec<Value> {
    let kept = record.hidden.get("values").and_then(Value::as_object);
    let mut all = Vec::new();
    for field in store.list(FIELDS, &scope(project, kind.object)) {
        if field.field("is_active") == Some(&json!(false)) {
            continue;
        }
        let standard = || {
            let first = allowed(field).iter().find(|value| value["is_default"] == true).map(|value| value["value"].clone());
            first.or_else(|| field.field("default_value").cloned())
        };
        let Some(value) = kept.and_then(|kept| kept.get(&field.key).cloned()).or_else(standard) else { continue };
        let names: Vec<String> = chosen(field, &value).iter().filter_map(|number| label(field, number)).collect();
        let name = if names.is_empty() { text(&value) } else { names.join(", ") };
        let value = if value.is_null() { Value::Null } else { json!(text(&value)) };
        let name = if value.is_null() { Value::Null } else { json!(name) };
        all.push(
            json!({ "field_id": field.fields["id"], "field_name": field.fields["label"], "field_value": value, "field_value_name": name }),
        );
    }
    all
}
