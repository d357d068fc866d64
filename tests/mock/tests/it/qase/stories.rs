//! What the tables in `fixtures/qase` tell.

use super::call;
use crate::client::start;
use crate::operations::today;
use crate::story::Story;
use std::collections::BTreeSet;
use tms_mock::Builder;
use tms_mock::qase::{self as api, Edition, Plan, Settings};

fn with(settings: Settings) -> Builder {
    api::with(settings).rate_limit(None)
}

fn play(file: &str, builder: Builder) -> BTreeSet<String> {
    Story { file, mock: &start(builder), call, messages: &["/errorMessage", "/message"] }.play()
}

#[test]
fn every_operation_of_today_is_in_a_story() {
    let standard = Settings::default;
    let stories = ["qase/cases", "qase/runs", "qase/results", "qase/taken", "qase/account", "qase/reviews"];
    let reached: BTreeSet<String> = stories.into_iter().flat_map(|file| play(file, with(standard()))).collect();
    let missed: Vec<String> = today().into_iter().map(|(_, id)| id).filter(|id| !reached.contains(id)).collect();
    assert!(missed.is_empty(), "no story reaches {missed:?}");
}

#[test]
fn answers_can_have_the_shapes_of_today() {
    play("qase/today", with(Settings { edition: Edition::Today, ..Settings::default() }));
}

#[test]
fn limits_can_be_set() {
    play("qase/limits", with(Settings { bulk: 2, bytes: 300, error_context: 10, storage: 120, ..Settings::default() }));
}

#[test]
fn small_plans_lack_something() {
    for plan in [Plan::Free, Plan::Startup] {
        play("qase/plan", with(Settings { plan: Some(plan), ..Settings::default() }));
    }
}

#[test]
fn what_the_clients_of_the_vendor_send_is_taken() {
    play("qase/clients", api::for_clients());
}
