//! The models as our tables.

use tms_runtime::json::{self, Extra, macros::object};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) total: i64,
    pub(crate) entities: Vec<Case>,
    pub(crate) extra: Extra,
}

object! {
    Page {
        "total" => total!,
        "entities" => entities!,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) preconditions: Option<String>,
    pub(crate) priority: Option<i64>,
    pub(crate) severity: Option<String>,
    pub(crate) suite_id: Option<i64>,
    pub(crate) is_flaky: Option<bool>,
    pub(crate) created: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) author: Option<Author>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) steps: Option<Vec<Step>>,
    pub(crate) extra: Extra,
}

object! {
    Case {
        "id" => id!,
        "title" => title!,
        "description" => description,
        "preconditions" => preconditions,
        "priority" => priority,
        "severity" => severity,
        "suiteId" => suite_id,
        "isFlaky" => is_flaky,
        "created" => created,
        "updated" => updated,
        "author" => author,
        "tags" => tags,
        "steps" => steps,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Author {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) extra: Extra,
}

object! {
    Author {
        "id" => id!,
        "name" => name!,
        "email" => email,
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) position: i64,
    pub(crate) action: String,
    pub(crate) expected: Option<String>,
    pub(crate) extra: Extra,
}

object! {
    Step {
        "position" => position!,
        "action" => action!,
        "expected" => expected,
    }
}

pub(crate) fn read(text: &[u8]) -> Page {
    json::from_slice(text).expect("a page")
}

pub(crate) fn write(page: &Page) -> String {
    json::to_string(page)
}
