//! The list as `instant-xml` reads and writes it. Enums and everything it has no type for are texts, nil elements too.

use instant_xml::{FromXml, ToXml};

#[derive(Debug, FromXml)]
#[xml(rename = "Envelope", ns("http://schemas.xmlsoap.org/soap/envelope/"))]
struct Envelope {
    body: Body,
}

#[derive(Debug, FromXml)]
#[xml(rename = "Body", ns("http://schemas.xmlsoap.org/soap/envelope/"))]
struct Body {
    response: Response,
}

#[derive(Debug, FromXml)]
#[xml(rename = "LoadByCriteriaResponse", ns("http://www.example.com/records/"))]
struct Response {
    result: Records,
}

#[derive(Debug, FromXml)]
#[xml(rename = "LoadByCriteriaResult", ns("http://www.example.com/records/"))]
struct Records {
    records: Vec<Record>,
}

#[derive(Clone, Debug, FromXml, ToXml)]
#[xml(ns("http://www.example.com/records/"), rename_all = "PascalCase")]
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
    status: String,
    severity: String,
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
    parent_id: Option<String>,
    link_id: Option<String>,
    estimate: Option<String>,
    comment: Option<String>,
}

pub(crate) fn read(text: &str) -> Vec<Record> {
    instant_xml::from_str::<Envelope>(text).expect("records").body.response.result.records
}

pub(crate) fn write(records: &[Record]) -> String {
    records.iter().map(|record| instant_xml::to_string(record).expect("XML")).collect()
}
