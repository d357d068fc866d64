//! The list as our tables read and write it.

use tms_runtime::codegen::{DateTime, Decimal, FromXml, QName, XmlExtra, XmlReader, XmlWriter, record, xml_words};

use super::NAMESPACE;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Status {
    Open,
    Closed,
    InProgress,
    Unknown(String),
}
xml_words! { Status { Open = "Open", Closed = "Closed", InProgress = "In progress" } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Severity {
    High,
    Low,
    Unknown(String),
}
xml_words! { Severity { High = "High", Low = "Low" } }

#[derive(Clone, Debug)]
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
    amount: Decimal,
    guid: String,
    ratio: f64,
    share: f32,
    ticks: i64,
    created: DateTime,
    updated: DateTime,
    assigned: DateTime,
    project_id: i32,
    folder_id: i32,
    release_id: i32,
    due: Option<DateTime>,
    closed: Option<DateTime>,
    started: Option<DateTime>,
    parent_id: Option<i32>,
    link_id: Option<i32>,
    estimate: Option<Decimal>,
    comment: Option<String>,
    extra: XmlExtra,
}

record! {
    Record in NAMESPACE {
        "Id" => id!,
        "Title" => title,
        "Description" => description,
        "Steps" => steps,
        "Product" => product,
        "Module" => module,
        "Version" => version,
        "Owner" => owner,
        "Reporter" => reporter,
        "Status" => status!,
        "Severity" => severity!,
        "IsOpen" => is_open!,
        "Amount" => amount!,
        "Guid" => guid!,
        "Ratio" => ratio!,
        "Share" => share!,
        "Ticks" => ticks!,
        "Created" => created!,
        "Updated" => updated!,
        "Assigned" => assigned!,
        "ProjectId" => project_id!,
        "FolderId" => folder_id!,
        "ReleaseId" => release_id!,
        "Due" => due?,
        "Closed" => closed?,
        "Started" => started?,
        "ParentId" => parent_id?,
        "LinkId" => link_id?,
        "Estimate" => estimate?,
        "Comment" => comment?,
    }
}

pub(crate) const RECORD: QName = QName(NAMESPACE, "Record");

/// A reader in the element that holds the records.
fn at_records(text: &str) -> XmlReader<'_> {
    let mut reader = XmlReader::new(text);
    reader.root().expect("a document");
    for _ in 0..3 {
        assert!(reader.child().expect("XML"), "body, response, result");
    }
    reader
}

pub(crate) fn read(text: &str) -> Vec<Record> {
    let mut records = Vec::new();
    at_records(text).array(RECORD, &mut records).expect("records");
    records
}

/// One record at a time; how many there were.
pub(crate) fn stream(text: &str) -> usize {
    let mut paused = at_records(text).pause();
    let mut count = 0;
    loop {
        let mut reader = XmlReader::resume(text, paused);
        if !reader.child().expect("XML") {
            return count;
        }
        let mut record = Record::blank();
        record.read(&mut reader).expect("a record");
        count += usize::from(record.id > 0);
        paused = reader.pause();
    }
}

pub(crate) fn write(records: &[Record]) -> String {
    let mut writer = XmlWriter::within(NAMESPACE).with_prefix("xsi", tms_runtime::xml::XSI);
    for record in records {
        writer.element(RECORD, record);
    }
    writer.finish().expect("XML").text
}
