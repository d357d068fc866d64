//! The list as serde derive with `quick-xml` reads and writes it. Without namespaces, and everything it has no type for a text.

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(rename = "Body")]
    body: Body,
}

#[derive(Debug, Deserialize)]
struct Body {
    #[serde(rename = "LoadByCriteriaResponse")]
    response: Response,
}

#[derive(Debug, Deserialize)]
struct Response {
    #[serde(rename = "LoadByCriteriaResult")]
    result: Records,
}

#[derive(Debug, Deserialize)]
struct Records {
    #[serde(rename = "Record", default)]
    records: Vec<Record>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum Status {
    Open,
    Closed,
    #[serde(rename = "In progress")]
    InProgress,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) enum Severity {
    High,
    Low,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Record {
    id: i32,
    title: Option<String>,
    description: Option<String>,
    steps: Option<String>,
    product: Option<String>,
    module: Option<String>,
    version: Option<String>,
    owner: Option<String>,
    reporter: Option<String>,
    status: Status,
    severity: Severity,
    is_open: bool,
    amount: String,
    guid: String,
    ratio: f64,
    share: f32,
    ticks: i64,
    created: String,
    updated: String,
    assigned: String,
    project_id: i32,
    folder_id: i32,
    release_id: i32,
    due: Option<String>,
    closed: Option<String>,
    started: Option<String>,
    parent_id: Option<i32>,
    link_id: Option<i32>,
    estimate: Option<String>,
    comment: Option<String>,
}

pub(crate) fn read(text: &str) -> Vec<Record> {
    quick_xml::de::from_str::<Envelope>(text).expect("records").body.response.result.records
}

pub(crate) fn write(records: &[Record]) -> String {
    let mut text = String::new();
    for record in records {
        quick_xml::se::to_writer_with_root(&mut text, "Record", record).expect("XML");
    }
    text
}
