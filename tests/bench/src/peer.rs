//! What a Rust programmer writes by hand for the same answers: serde derive.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What Qase wraps its answers in.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer<T> {
    /// Whether the call worked.
    pub status: bool,
    /// What was asked for.
    pub result: T,
}

/// A page and its cases; `$extra` are further members.
macro_rules! page {
    ($page:ident, $case:ident { $($extra:tt)* }) => {
        /// One page of test cases.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "as in `qase::types`")]
        pub struct $page {
            pub total: Option<i64>,
            pub filtered: Option<i64>,
            pub count: Option<i64>,
            pub entities: Vec<$case>,
        }

        /// A test case.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "as in `qase::types`")]
        pub struct $case {
            pub id: i64,
            pub position: Option<i64>,
            pub title: String,
            pub description: Option<String>,
            pub preconditions: Option<String>,
            pub postconditions: Option<String>,
            pub severity: Option<SeverityValue>,
            pub priority: Option<PriorityValue>,
            #[serde(rename = "type")]
            pub kind: Option<CaseTypeValue>,
            pub behavior: Option<BehaviorValue>,
            pub is_automated: Option<bool>,
            pub is_deprecated: Option<bool>,
            pub milestone_id: Option<i64>,
            pub suite_id: Option<i64>,
            pub tags: Option<Vec<Value>>,
            pub links: Option<Vec<Value>>,
            pub revision: Option<i64>,
            pub custom_fields: Option<Vec<Value>>,
            pub attachments: Option<Vec<Value>>,
            pub steps: Option<Vec<Value>>,
            pub created: Option<String>,
            pub updated: Option<String>,
            $($extra)*
        }
    };
}

page!(CasePage, Case {});
page!(KeepingPage, KeepingCase {
    #[serde(flatten)]
    pub extra: Map<String, Value>,
});

/// An open list of words, and a value that is one of them or a number.
macro_rules! words {
    ($value:ident, $words:ident { $($variant:ident),* }) => {
        #[doc = "A number in lists, a word in single reads."]
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "as in `qase::types`")]
        pub enum $value {
            Integer(i64),
            Word($words),
            Unknown(Value),
        }

        #[doc = "A word."]
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "as in `qase::types`")]
        pub enum $words {
            $($variant,)*
            #[serde(untagged)]
            Unknown(String),
        }
    };
}

words!(SeverityValue, Severity { Undefined, Blocker, Blocked, Critical, Major, Normal, Minor, Trivial });
words!(PriorityValue, Priority { Undefined, High, Medium, Low });
words!(CaseTypeValue, CaseType { Undefined, Other, Functional, Smoke, Regression, Security, Usability, Performance, Acceptance });
words!(BehaviorValue, Behavior { Undefined, Positive, Negative, Destructive });
