//! A call in progress: who calls, for which projects, with which arguments.

use super::kinds::Kind;
use super::operations::{Action, Special};
use super::{login, plans};
use super::{refusal, related, runs};
use crate::soap::{Call, SoapFault};
use crate::store::{Collection, Record, Store};
use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};

/// Hours the server's clock is behind UTC: US Mountain time.
pub(super) const UTC_OFFSET: i8 = -7;

/// What an operation answers with, if anything.
pub(super) type Done = Result<Option<Value>, SoapFault>;

/// A call in progress.
pub(super) struct Act<'c> {
    pub(super) call: &'c Call<'c>,
    /// The projects it is about; new objects go to the first.
    pub(super) projects: Vec<i64>,
    pub(super) user: i64,
    /// The server's own time.
    pub(super) now: String,
}

/// A moment by the server's clock.
pub(super) fn server_time(now: Timestamp) -> String {
    Offset::constant(UTC_OFFSET).to_datetime(now).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

pub(super) fn perform(action: Action, call: &Call<'_>, store: &mut Store, now: Timestamp) -> Done {
    let act = Act {
        call,
        projects: login::projects(call.credentials()),
        user: call.credentials().get("UserId").and_then(Value::as_i64).unwrap_or_default(),
        now: server_time(now),
    };
    match action {
        Action::Common(verb, kind) => act.common(verb, kind, store),
        Action::Special(special) => act.special(special, store),
    }
}

impl Act<'_> {
    fn special(&self, special: Special, store: &mut Store) -> Done {
        match special {
            Special::Version => Ok(Some(json!("9.8.120.0"))),
            Special::ServerProperties => Ok(Some(json!({ "$": format!("<UtcOffset>{UTC_OFFSET}</UtcOffset>") }))),
            Special::SendEmail => Ok(None),
            Special::LoginInfo => login::info(self, store),
            Special::UserIdByEmail => Ok(Some(login::id_by_email(self, store))),
            Special::UserEmailById => Ok(Some(login::email_by_id(self, store))),
            Special::UsersOfProject => Ok(Some(login::users(store))),
            Special::AuditsLoad => related::audits(self, store),
            Special::BugStatuses => Ok(Some(related::statuses(self, store))),
            Special::AttachmentAdd => related::attach(self, store),
            Special::AttachmentFile => related::file(self, store),
            Special::AttachmentList => related::list_of(self, &super::kinds::ATTACHMENT, store),
            Special::AttachmentDelete => related::delete_attachment(self, store),
            Special::NoteAdd => related::add_note(self, store),
            Special::NoteGet => related::note(self, store),
            Special::NoteList => related::list_of(self, &super::kinds::NOTE, store),
            Special::NoteUpdate => related::update_note(self, store),
            Special::NoteDelete => related::delete_note(self, store),
            Special::LinkAdd => related::add_link(self, store),
            Special::LinkList => related::links(self, store),
            Special::LinkDelete => related::delete_link(self, store),
            Special::FieldAdd => related::add_field(self, store),
            Special::FieldList => related::fields(self, store),
            Special::LookUpList => related::look_ups(self, store),
            Special::LookUpUpdate => related::update_look_up(self, store),
            Special::PlanList => plans::list(self, store),
            Special::PlanImport => plans::import(self, store),
            Special::PlanExport => plans::export(self, store),
            Special::RunAdd => runs::add(self, store),
            Special::CasesByUnc => runs::cases_by_unc(self, store),
            Special::ItemsByHost => runs::items_by_host(self, store),
            Special::SchedulesBySpan => runs::schedules(self, store),
            Special::AnySchedules => runs::any_schedules(self, store),
        }
    }

    /// A text argument.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.call.arguments().get(name)?.as_str()
    }

    /// A number argument; 0 if it was not sent.
    pub(super) fn number(&self, name: &str) -> i64 {
        self.call.arguments().get(name).and_then(Value::as_i64).unwrap_or_default()
    }

    /// The number an operation that takes one is about: its name is the document's affair.
    pub(super) fn id(&self) -> i64 {
        self.call.arguments().values().find_map(Value::as_i64).unwrap_or_default()
    }

    /// The object an operation that takes one is about.
    pub(super) fn object(&self) -> Map<String, Value> {
        self.call.arguments().values().find_map(Value::as_object).cloned().unwrap_or_default()
    }

    /// The records of a collection that the call may see.
    pub(super) fn seen<'s>(&self, store: &'s Store, collection: Collection) -> impl Iterator<Item = &'s Record> {
        store.list(collection, "").iter().filter(|record| self.sees(record))
    }

    fn sees(&self, record: &Record) -> bool {
        record.hidden.get("ProjId").and_then(Value::as_i64).is_none_or(|project| self.projects.contains(&project))
    }

    /// One of them.
    pub(super) fn find<'s>(&self, store: &'s Store, kind: &Kind, id: i64) -> Result<&'s Record, SoapFault> {
        let found = store.get(kind.collection, "", &id.to_string()).filter(|record| self.sees(record));
        found.ok_or_else(|| refusal(format!("There is no {} with the number {id} in the project.", kind.type_name)))
    }

    /// Elements of a kind's type, with their built-in types.
    pub(super) fn fields(&self, kind: &Kind) -> Vec<(String, &'static str)> {
        self.call.types().fields(kind.type_name)
    }
}
