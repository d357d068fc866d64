//! Where things of the test execution stand: in the root, a release, a cycle or a suite.

use super::act::Act;
use super::cascade;
use super::kinds::{Kind, RELEASE, TEST_CYCLE, TEST_SUITE};
use super::wire::Failure;
use crate::store::{Collection, Record, Store};
use serde_json::json;

/// A container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Container {
    /// `root`, `release`, `test-cycle` or `test-suite`.
    pub(super) kind: String,
    pub(super) id: i64,
}

impl Container {
    pub(super) fn root() -> Self {
        Self { kind: "root".to_owned(), id: 0 }
    }

    /// The container that a query names; none if it names none. It must be there.
    pub(super) fn named(act: &Act<'_>, store: &Store) -> Result<Option<Self>, Failure> {
        let (id, kind) = (act.number("parentId"), act.word("parentType"));
        let named = match (id, kind) {
            (None, None) => return Ok(None),
            (None | Some(0), None | Some("root")) => Self::root(),
            (Some(_), None) => return Err(Failure::bad("parentType is missing.")),
            (_, Some("root")) => return Err(Failure::bad("The root has no number but 0.")),
            (None, Some(_)) => return Err(Failure::bad("parentId is missing.")),
            (Some(id), Some(kind)) => Self { kind: kind.to_owned(), id },
        };
        named.check(store, &act.project)?;
        Ok(Some(named))
    }

    fn of_kind(&self) -> Option<&'static Kind> {
        match self.kind.as_str() {
            "release" => Some(&RELEASE),
            "test-cycle" => Some(&TEST_CYCLE),
            "test-suite" => Some(&TEST_SUITE),
            _ => None,
        }
    }

    fn check(&self, store: &Store, project: &str) -> Result<(), Failure> {
        match self.of_kind() {
            Some(kind) if store.get(kind.collection, project, &self.id.to_string()).is_none() => {
                Err(Failure::absent(kind.noun, &self.id.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// The record of the container; none of the root.
    pub(super) fn record<'s>(&self, store: &'s Store, project: &str) -> Option<&'s Record> {
        store.get(self.of_kind()?.collection, project, &self.id.to_string())
    }

    /// Puts a record in.
    pub(super) fn take(&self, record: &mut Record) {
        let place = if ["parentId", "parentType"].iter().all(|name| record.fields.contains_key(*name)) {
            &mut record.fields
        } else {
            &mut record.hidden
        };
        place.insert("parentId".to_owned(), json!(self.id));
        place.insert("parentType".to_owned(), json!(self.kind));
    }

    /// Keys of what is directly inside.
    pub(super) fn inside(&self, store: &Store, collection: Collection, project: &str) -> Vec<String> {
        cascade::below(store, collection, project, (&self.kind, &self.id.to_string()))
    }

    /// The containers inside, at every depth, with this one first.
    pub(super) fn descendants(&self, store: &Store, project: &str) -> Vec<Self> {
        let mut all = vec![self.clone()];
        let mut next = 0;
        while let Some(container) = all.get(next).cloned() {
            for kind in [&TEST_CYCLE, &TEST_SUITE] {
                let word = if kind.object == "test-cycles" { "test-cycle" } else { "test-suite" };
                let keys = container.inside(store, kind.collection, project);
                all.extend(keys.iter().filter_map(|key| Some(Self { kind: word.to_owned(), id: key.parse().ok()? })));
            }
            if container.kind == "root" {
                let releases = store.list(RELEASE.collection, project).iter();
                all.extend(releases.filter_map(|release| Some(Self { kind: "release".to_owned(), id: release.key.parse().ok()? })));
            }
            next += 1;
        }
        all
    }
}
