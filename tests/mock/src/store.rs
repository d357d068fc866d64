//! Data in memory: collections of JSON records, one set per scope (a project, say).

mod filter;
mod page;

pub(crate) use filter::list;
pub use filter::{Filter, Test};
pub use page::Page;

use crate::upload::Upload;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A kind of record: a name that a behaviour defines as a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collection(&'static str);

impl Collection {
    /// Names a collection.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// One thing of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What it is addressed by: `17`, or a hash.
    pub key: String,
    /// What the API shows.
    pub fields: Map<String, Value>,
    /// What the API keeps to itself but filters by.
    pub hidden: Map<String, Value>,
}

impl Record {
    /// A field, shown or hidden.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).or_else(|| self.hidden.get(name))
    }
}

/// All data of a mock.
#[derive(Clone, Debug, Default)]
pub struct Store {
    records: BTreeMap<(Collection, String), Vec<Record>>,
    /// Numbers given out per collection and scope; a number is never given out twice.
    numbers: BTreeMap<(Collection, String), u64>,
    hashes: u64,
    uploads: Vec<Upload>,
}

impl Store {
    /// The records of a collection in a scope, in the order they were made.
    #[must_use]
    pub fn list(&self, collection: Collection, scope: &str) -> &[Record] {
        self.records.get(&(collection, scope.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// One record.
    #[must_use]
    pub fn get(&self, collection: Collection, scope: &str, key: &str) -> Option<&Record> {
        self.list(collection, scope).iter().find(|record| record.key == key)
    }

    /// One record, to change.
    pub fn get_mut(&mut self, collection: Collection, scope: &str, key: &str) -> Option<&mut Record> {
        self.list_mut(collection, scope).iter_mut().find(|record| record.key == key)
    }

    /// All records of a collection in a scope, to change.
    pub fn list_mut(&mut self, collection: Collection, scope: &str) -> &mut Vec<Record> {
        self.records.entry((collection, scope.to_owned())).or_default()
    }

    /// Adds a record, or replaces the one with its key.
    pub fn put(&mut self, collection: Collection, scope: &str, record: Record) {
        if let Ok(number) = record.key.parse::<u64>() {
            self.reserve(collection, scope, number);
        }
        match self.get_mut(collection, scope, &record.key) {
            Some(old) => *old = record,
            None => self.list_mut(collection, scope).push(record),
        }
    }

    /// Adds a record whose key is new.
    pub fn add(&mut self, collection: Collection, scope: &str, record: Record) {
        self.list_mut(collection, scope).push(record);
    }

    /// Takes a record out.
    pub fn remove(&mut self, collection: Collection, scope: &str, key: &str) -> Option<Record> {
        let list = self.list_mut(collection, scope);
        let index = list.iter().position(|record| record.key == key)?;
        Some(list.remove(index))
    }

    /// The next number of a collection in a scope, from 1.
    pub fn next_number(&mut self, collection: Collection, scope: &str) -> u64 {
        let last = self.numbers.entry((collection, scope.to_owned())).or_default();
        *last += 1;
        *last
    }

    /// Keeps the numbers of a collection in a scope from being given out up to this one.
    pub fn reserve(&mut self, collection: Collection, scope: &str, number: u64) {
        let last = self.numbers.entry((collection, scope.to_owned())).or_default();
        *last = number.max(*last);
    }

    /// Takes out all records in a scope and in those below it (`11873/Bugs/12` is below `11873/Bugs`).
    pub fn clear(&mut self, scope: &str) {
        self.records.retain(|(_, other), _| !other.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    }

    /// Keeps a file; answers with its number, from 1.
    pub fn keep(&mut self, upload: Upload) -> usize {
        self.uploads.push(upload);
        self.uploads.len()
    }

    /// A file that was kept.
    #[must_use]
    pub fn upload(&self, number: usize) -> Option<&Upload> {
        self.uploads.get(number.checked_sub(1)?)
    }

    /// Every file that was kept, in order.
    #[must_use]
    pub fn uploads(&self) -> &[Upload] {
        &self.uploads
    }

    /// A new hash of 40 hex digits; the same sequence in every run.
    pub fn next_hash(&mut self) -> String {
        self.hashes += 1;
        let words: Vec<String> = (0..3).map(|part| format!("{:016x}", mix(self.hashes * 3 + part))).collect();
        words.concat()[..40].to_owned()
    }
}

/// The finalizer of SplitMix64: spreads a counter over all bits.
fn mix(counter: u64) -> u64 {
    let mut z = counter.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
