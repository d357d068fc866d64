//! What is reported.

use crate::File;
use crate::types::NewResultV2;
use std::fmt;
use tms_runtime::json;

/// A result, and the files to attach to it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TestReport {
    /// The result. It is given an `id` if it has none.
    pub result: NewResultV2,
    /// Files to be uploaded, of at most 32 MB each. Their hashes are added to the attachments of the result.
    pub files: Vec<File>,
}

impl TestReport {
    /// A result without files.
    #[must_use]
    pub fn new(result: NewResultV2) -> Self {
        Self { result, files: Vec::new() }
    }

    /// Adds a file.
    #[must_use]
    pub fn with_file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// How many bytes of memory and of the request it takes.
    pub(super) fn bytes(&self) -> u64 {
        let files: usize = self.files.iter().filter_map(File::bytes).map(|bytes| bytes.len()).sum();
        u64::try_from(json::to_string(&self.result).len() + files).unwrap_or(u64::MAX)
    }
}

impl From<NewResultV2> for TestReport {
    fn from(result: NewResultV2) -> Self {
        Self::new(result)
    }
}

/// A report that was not taken: the reporter has given up, and [`finish`](super::Reporter::finish) tells why.
#[derive(Debug)]
pub struct Rejected(pub Box<TestReport>);

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the result of {:?} was not taken: the reporter has given up; `finish` tells why", self.0.result.title)
    }
}

impl std::error::Error for Rejected {}
