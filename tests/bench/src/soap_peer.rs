//! The record of [`records`](crate::records) as the runtime's table and as its peers have it.
//!
//! The peers leave dates and decimal numbers as text, ours checks them.

#![expect(missing_docs, reason = "the members are those of the answer")]

use crate::records::NAMESPACE;
use serde::{Deserialize, Serialize};
use tms_runtime::codegen::{DateTime, Decimal, XmlExtra, record};

/// As emitted code has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub bug_id: i32,
    pub proj_id: i32,
    pub folder_id: i32,
    pub title: Option<String>,
    pub status_code: Option<String>,
    pub severity_code: Option<String>,
    pub priority_code: Option<String>,
    pub software_version_code: String,
    pub how_found_code: String,
    pub module_code: String,
    pub description: Option<String>,
    pub steps_to_repro: String,
    pub actual_results: String,
    pub expected_results: String,
    pub resolution: Option<String>,
    pub issue_code: String,
    pub assignee_user_id: i32,
    pub assigned_to_name: String,
    pub update_user_id: i32,
    pub user_name: String,
    pub folder_name: String,
    pub est_hrs: Decimal,
    pub act_hrs: Decimal,
    pub pct_complete: i32,
    pub is_public: bool,
    pub rank: i64,
    pub date_created: DateTime,
    pub date_updated: DateTime,
    pub date_opened: DateTime,
    pub date_closed: DateTime,
    pub extra: XmlExtra,
}

record! {
    Record in NAMESPACE {
        "BugId" => bug_id!,
        "ProjId" => proj_id!,
        "FolderId" => folder_id!,
        "Title" => title,
        "StatusCode" => status_code,
        "SeverityCode" => severity_code,
        "PriorityCode" => priority_code,
        "SoftwareVersionCode" => software_version_code!,
        "HowFoundCode" => how_found_code!,
        "ModuleCode" => module_code!,
        "Description" => description,
        "StepsToRepro" => steps_to_repro!,
        "ActualResults" => actual_results!,
        "ExpectedResults" => expected_results!,
        "Resolution" => resolution,
        "IssueCode" => issue_code!,
        "AssigneeUserId" => assignee_user_id!,
        "AssignedToName" => assigned_to_name!,
        "UpdateUserId" => update_user_id!,
        "UserName" => user_name!,
        "FolderName" => folder_name!,
        "EstHrs" => est_hrs!,
        "ActHrs" => act_hrs!,
        "PctComplete" => pct_complete!,
        "IsPublic" => is_public!,
        "Rank" => rank!,
        "DateCreated" => date_created!,
        "DateUpdated" => date_updated!,
        "DateOpened" => date_opened!,
        "DateClosed" => date_closed!,
    }
}

/// For serde derive and quick-xml, which do not look at namespaces.
pub mod serde_derive {
    use super::{Deserialize, Serialize};

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    #[serde(rename_all = "PascalCase")]
    pub struct Record {
        pub bug_id: i32,
        pub proj_id: i32,
        pub folder_id: i32,
        pub title: Option<String>,
        pub status_code: Option<String>,
        pub severity_code: Option<String>,
        pub priority_code: Option<String>,
        pub software_version_code: String,
        pub how_found_code: String,
        pub module_code: String,
        pub description: Option<String>,
        pub steps_to_repro: String,
        pub actual_results: String,
        pub expected_results: String,
        pub resolution: Option<String>,
        pub issue_code: String,
        pub assignee_user_id: i32,
        pub assigned_to_name: String,
        pub update_user_id: i32,
        pub user_name: String,
        pub folder_name: String,
        pub est_hrs: String,
        pub act_hrs: String,
        pub pct_complete: i32,
        pub is_public: bool,
        pub rank: i64,
        pub date_created: String,
        pub date_updated: String,
        pub date_opened: String,
        pub date_closed: String,
    }

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    #[serde(rename = "Envelope")]
    pub struct Envelope {
        #[serde(rename = "Body")]
        pub body: Body,
    }

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    pub struct Body {
        #[serde(rename = "Bugs_LoadByCriteriaResponse")]
        pub response: Response,
    }

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    pub struct Response {
        #[serde(rename = "Bugs_LoadByCriteriaResult")]
        pub result: List,
    }

    #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
    pub struct List {
        #[serde(rename = "Bug", default)]
        pub bugs: Vec<Record>,
    }
}

/// For instant-xml.
pub mod instant {
    use instant_xml::{FromXml, ToXml};

    const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    const QA: &str = crate::records::NAMESPACE;

    #[derive(Clone, Debug, PartialEq, FromXml, ToXml)]
    #[xml(rename = "Bug", rename_all = "PascalCase", ns(QA))]
    pub struct Record {
        pub bug_id: i32,
        pub proj_id: i32,
        pub folder_id: i32,
        pub title: Option<String>,
        pub status_code: Option<String>,
        pub severity_code: Option<String>,
        pub priority_code: Option<String>,
        pub software_version_code: String,
        pub how_found_code: String,
        pub module_code: String,
        pub description: Option<String>,
        pub steps_to_repro: String,
        pub actual_results: String,
        pub expected_results: String,
        pub resolution: Option<String>,
        pub issue_code: String,
        pub assignee_user_id: i32,
        pub assigned_to_name: String,
        pub update_user_id: i32,
        pub user_name: String,
        pub folder_name: String,
        pub est_hrs: String,
        pub act_hrs: String,
        pub pct_complete: i32,
        pub is_public: bool,
        pub rank: i64,
        pub date_created: String,
        pub date_updated: String,
        pub date_opened: String,
        pub date_closed: String,
    }

    #[derive(Clone, Debug, PartialEq, FromXml, ToXml)]
    #[xml(ns(SOAP))]
    pub struct Envelope {
        pub body: Body,
    }

    #[derive(Clone, Debug, PartialEq, FromXml, ToXml)]
    #[xml(ns(SOAP))]
    pub struct Body {
        pub response: Response,
    }

    #[derive(Clone, Debug, PartialEq, FromXml, ToXml)]
    #[xml(rename = "Bugs_LoadByCriteriaResponse", ns(QA))]
    pub struct Response {
        pub result: List,
    }

    #[derive(Clone, Debug, PartialEq, FromXml, ToXml)]
    #[xml(rename = "Bugs_LoadByCriteriaResult", ns(QA))]
    pub struct List {
        pub bugs: Vec<Record>,
    }
}
