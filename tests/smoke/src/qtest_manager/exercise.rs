//! Every operation of qTest Manager against the mock server, by what it is about.
//!
//! An entry is the call as a user would write it, and what its typed answer must show, or, where it answers nothing, what the
//! server must hold then.

mod design;
mod execution;
mod fields;
mod jira;
mod related;
mod results;
mod site;
mod test_cases;

use qtest_manager::types::{NewAttachment, Property};

/// A file in a body.
fn file() -> NewAttachment {
    NewAttachment::new("note.txt", "text/plain", "Noted".as_bytes())
}

/// Whether a field has a value.
fn shows(properties: Option<&Vec<Property>>, field: i64, value: &str) -> bool {
    let mut properties = properties.into_iter().flatten();
    properties.any(|property| property.field_id == field && property.field_value.as_deref() == Some(value))
}
