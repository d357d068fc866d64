//! Reading, changing one member and writing back: by PUT, which resets what is left out, and by PATCH, which keeps it.

use super::got;
use super::kept::{forgets, hint, hinted, keeps, keeps_all_but};
use qacomplete::types::{
    Agent, AttachmentUpdate, AutomationInput, DefectInput, EntityCode, FolderInput, FolderUpdate, NewTestSetItem, NoteInput, ProjectGroup,
    ReleaseInput, ReleaseUpdate, RequirementInput, RunStatus, TestInput, TestRunItemInput, TestSetInput, TestSetItemInput,
    TestSetItemUpdate, TestSetItemUpdates, TestSetItems, TestSetUpdate, TestUpdate, UserGroups, UserInput,
};
use serde_json::{Value as Json, json};
use tms_mock::{Collection, qacomplete as records};
use tms_smoke::both;
use tms_smoke::qacomplete::{DEPARTMENT, Drive, PROJECT, World};

both!(
    defects_are_kept,
    requirements_are_kept,
    releases_are_kept,
    tests_are_kept,
    test_sets_are_kept,
    the_items_of_a_test_set_are_kept,
    an_item_of_a_test_set_is_kept,
    items_of_runs_are_kept,
    folders_are_kept,
    users_are_kept,
    user_groups_are_kept,
    notes_are_kept,
    automations_are_kept,
    attachments_are_kept_by_patch,
    clearing_is_said_in_so_many_words,
);

/// A moment that is set, as the server writes it.
const MOMENT: &str = "2015-05-26T10:54:21.0930000";
const FIELDS: &str = "custom_fields";

fn custom_fields() -> Json {
    json!([hinted(json!({ "Id": "Custom1", "Name": "Browser", "Value": "Firefox" })), { "Id": "Custom2", "Name": "Rank", "Value": "7" }])
}

/// A folder for things of a kind.
fn folder(world: &World, kind: &str) -> i64 {
    seed(world, records::FOLDERS, &format!("/{kind}"), json!({ "folder_name": "All" }))
}

/// Puts a thing into the project, with custom fields and with what the vendor may add some day.
fn seed(world: &World, collection: Collection, below: &str, fields: Json) -> i64 {
    let scope = format!("{PROJECT}{below}");
    let key = world.mock.seed(collection, &scope, hinted(fields)).unwrap_or_else(|error| panic!("{error}"));
    key.parse().unwrap_or_else(|_| panic!("`{key}` is no number"))
}

fn defects_are_kept<M: Drive>() {
    let world = World::start();
    let id = seed(
        &world,
        records::DEFECTS,
        "",
        json!({
            "title": "Sum", "status": "New", "act_finish": MOMENT, "act_hrs": 1.5, "act_start": MOMENT, "actual_results": "4",
            "assignee_user_id": world.user, FIELDS: custom_fields(), "description": "2 + 3", "est_finish": MOMENT, "est_hrs": 2.5,
            "est_hrs_remaining": 1, "expected_results": "5", "folder_id": world.folder, "functional_area_code": "A", "how_found_code": "B",
            "issue_code": "C", "module_code": "D", "pct_complete": 50, "priority_code": "E", "resolution": "F", "resolution_code": "G",
            "severity_code": "3-Medium", "software_version_code": "H", "steps_to_repro": "I",
        }),
    );
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let read = || defects.get(id);
    keeps(
        read,
        |defect| {
            let mut input = DefectInput::try_from(defect).expect("a defect with a status");
            input.status = "Open".to_owned();
            defects.replace(id, input)
        },
        &[("/status", json!("Open"))],
    );
    keeps(read, |_| defects.update(id, DefectInput::new("Sums", "Open")), &[("/title", json!("Sums"))]);
    forgets(read, defects.replace(id, DefectInput::new("Sum", "Open")));
}

fn requirements_are_kept<M: Drive>() {
    let world = World::start();
    let id = seed(
        &world,
        records::REQUIREMENTS,
        "",
        json!({
            "title": "Pay", "status": "New", "active": true, "act_finish": MOMENT, "act_hrs": 1.5, "act_start": MOMENT,
            "assignee_user_id": world.user, "business_rule": "A", "comments": "B", FIELDS: custom_fields(), "description": "C",
            "est_finish": MOMENT, "est_hrs": 2.5, "est_hrs_remaining": 1, "est_start": MOMENT, "folder_id": folder(&world, "FunctionalSpecs"), "grouping": "D", "keywords": "E",
            "original_id": 8, "owner_user_id": world.user, "pct_complete": 50, "sub_grouping": "F",
        }),
    );
    let requirements = M::client(&world.setup()).project(PROJECT).requirements();
    let read = || requirements.get(id);
    keeps(
        read,
        |requirement| {
            let input = RequirementInput::try_from(requirement).expect("a requirement with a status");
            requirements.replace(id, input.with_comments("Changed"))
        },
        &[("/comments", json!("Changed"))],
    );
    keeps(read, |_| requirements.update(id, RequirementInput::new("Pay", "Done")), &[("/status", json!("Done"))]);
    forgets(read, requirements.replace(id, RequirementInput::new("Pay", "Done")));
}

fn releases_are_kept<M: Drive>() {
    let world = World::start();
    let id = seed(
        &world,
        records::RELEASES,
        "",
        json!({
            "title": "1.0.1", "release_type": "Build", "parent_id": world.release, "folder_id": folder(&world, "Releases"), "description": "A", "owner_user_id": world.user,
            "assignee_user_id": world.user, "is_auto_adjust_est_dates": true, "status_code": "Open", "is_active": true,
            FIELDS: custom_fields(), "est_start_date": MOMENT, "est_finish_date": MOMENT, "seq_num": 3,
        }),
    );
    let releases = M::client(&world.setup()).project(PROJECT).releases();
    let read = || releases.get(id);
    keeps(read, |release| releases.replace(id, ReleaseInput::from(release).with_seq_num(4)), &[("/seq_num", json!(4))]);
    keeps(read, |_| releases.update(id, ReleaseUpdate::default().with_status_code("Closed")), &[("/status_code", json!("Closed"))]);
    forgets(read, releases.replace(id, ReleaseInput::new("1.0.1")));
}

fn tests_are_kept<M: Drive>() {
    let world = World::start();
    let step = |seq: i64, step: &str| {
        hinted(json!({
            "id": 70 + seq, "seq": seq, "step": step, "expected_result": "Done", "is_stopped_on_fail": true, "script_source_id": 5,
            "nbr_files": 0, "create_user_id": world.user, "date_created": MOMENT,
        }))
    };
    let id = seed(
        &world,
        records::TESTS,
        "",
        json!({
            "title": "Buy", "status": "New", "active": true, "assignee_user_id": world.user, FIELDS: custom_fields(), "description": "A",
            "execution_type": "Manual", "folder_id": folder(&world, "Tests"), "owner_user_id": world.user, "priority": "1", "test_type": "B",
            "test_steps": [step(1, "Take"), step(2, "Pay")],
        }),
    );
    let tests = M::client(&world.setup()).project(PROJECT).tests();
    let read = || tests.get(id);
    keeps(
        read,
        |mut test| {
            test.test_steps.as_mut().expect("steps")[1].step = Some("Pay at once".to_owned());
            tests.replace(id, TestInput::try_from(test).expect("a test with a status"))
        },
        &[("/test_steps/1/step", json!("Pay at once"))],
    );
    keeps(read, |_| tests.update(id, TestUpdate::default().with_priority("2")), &[("/priority", json!("2"))]);
    forgets(read, tests.replace(id, TestInput::new("Buy", "New")));
}

fn test_sets_are_kept<M: Drive>() {
    let world = World::start();
    let id = seed(
        &world,
        records::TEST_SETS,
        "",
        json!({
            "title": "All", "folder_id": folder(&world, "TestSets"), "is_sequential": true, "assignee_user_id": world.user, "status_code": "New", "priority_code": "1",
            "execution_type": "Manual", "description": "A", "owner_user_id": world.user, // They cannot be written, and are not reset.
            FIELDS: [{ "Id": "Custom2", "Name": "Rank", "Value": "7" }],
        }),
    );
    let sets = M::client(&world.setup()).project(PROJECT).test_sets();
    let read = || sets.get(id);
    keeps(
        read,
        |set| {
            let input = TestSetInput::try_from(set).expect("a set with an owner");
            sets.replace(id, input.with_description("B"))
        },
        &[("/description", json!("B"))],
    );
    keeps(read, |_| sets.update(id, TestSetUpdate::default().with_is_sequential(false)), &[("/is_sequential", json!(false))]);
    forgets(read, sets.replace(id, TestSetInput::new("All", 0, "New", world.user)));
}

/// A test set with two tests in it.
fn filled_set(world: &World) -> i64 {
    let set = seed(world, records::TEST_SETS, "", json!({ "title": "Two", "status_code": "New", "owner_user_id": world.user }));
    for (seq, test) in [(1, world.test), (2, world.scripted)] {
        seed(
            world,
            records::TEST_SET_ITEMS,
            &format!("/TestSets/{set}"),
            json!({
                "test_id": test, "seq": seq, "is_active": false, "is_stopped_on_fail": true, "assignee_user_id": world.user, "default_host_id": 177,
            }),
        );
    }
    set
}

fn the_items_of_a_test_set_are_kept<M: Drive>() {
    let world = World::start();
    let items = M::client(&world.setup()).project(PROJECT).test_set_items(filled_set(&world));
    let read = || items.list();
    keeps_all_but(
        &["id", "date_created"],
        read,
        |mut page| {
            page.results.as_mut().expect("items")[0].is_active = Some(true);
            items.replace_all(TestSetItems::try_from(page).expect("items with tests"))
        },
        &[("/results/0/is_active", json!(true))],
    );
    let update = || {
        TestSetItemUpdates::new([TestSetItemUpdate::default().with_seq(1), TestSetItemUpdate::default().with_seq(2).with_is_active(true)])
    };
    keeps(read, |_| items.update_all(update()), &[("/results/1/is_active", json!(true))]);
    forgets(read, items.replace_all(TestSetItems::new([NewTestSetItem::new(world.test)])));
}

fn an_item_of_a_test_set_is_kept<M: Drive>() {
    let world = World::start();
    let items = M::client(&world.setup()).project(PROJECT).test_set_items(filled_set(&world));
    let read = || items.get(2);
    keeps(read, |item| items.replace(2, TestSetItemInput::from(item).with_is_active(true)), &[("/active", json!(true))]);
    keeps(read, |_| items.update(2, TestSetItemInput::default().with_default_host_id(178)), &[("/default_host_id", json!(178))]);
    forgets(read, items.replace(2, TestSetItemInput::default()));
}

fn items_of_runs_are_kept<M: Drive>() {
    let world = World::start();
    let result = |seq: i64| {
        hinted(json!({
            "id": 70 + seq, "seq": seq, "step": "Pay", "expected_result": "Paid", "actual_result": "Not", "status_code": "Failed",
            "is_stopped_on_fail": true, "test_step_id": 5, "is_tokenized": false, "project_id": PROJECT, "test_run_item_id": world.run_item + 1,
        }))
    };
    let id = seed(
        &world,
        records::TEST_RUN_ITEMS,
        &format!("/TestRuns/{}", world.run),
        json!({
            "test_id": world.test, "sequence_number": 2, "status_code": "Failed", "run_time": 12, "run_by_user_id": world.user,
            "is_stopped_on_fail": true, "test_run_results": [result(1), result(2)],
        }),
    );
    assert_eq!(id, world.run_item + 1, "what the results say they belong to");
    let items = M::client(&world.setup()).project(PROJECT).test_run_items(world.run);
    let read = || items.get(id);
    keeps(
        read,
        |mut item| {
            item.test_run_results.as_mut().expect("steps")[0].actual_result = Some("Late".to_owned());
            items.replace(id, TestRunItemInput::try_from(item).expect("an item with a status"))
        },
        &[("/test_run_results/0/actual_result", json!("Late"))],
    );
    let longer = [("/run_time", json!(13)), ("/run_time_formated", json!("00:00:13"))];
    keeps(read, |_| items.update(id, TestRunItemInput::new(RunStatus::Failed).with_run_time(13)), &longer);
    forgets(read, items.replace(id, TestRunItemInput::new(RunStatus::Failed)));
}

fn folders_are_kept<M: Drive>() {
    let world = World::start();
    let id = seed(
        &world,
        records::FOLDERS,
        "/Bugs",
        json!({
            "folder_name": "Old", "description": "A", "is_public": true, "parent_name": "Inbox", "parent_id": world.folder, "is_active": true,
        }),
    );
    let folders = M::client(&world.setup()).project(PROJECT).folders(EntityCode::Bugs);
    let read = || folders.get(id);
    keeps(read, |folder| folders.replace(id, FolderInput::from(folder).with_is_public(false)), &[("/is_public", json!(false))]);
    keeps(read, |_| folders.update(id, FolderUpdate::default().with_description("B")), &[("/description", json!("B"))]);
    forgets(read, folders.replace(id, FolderInput::new("Old")));
}

fn users_are_kept<M: Drive>() {
    let world = World::start();
    let fields = hinted(json!({
        "first_name": "Max", "middle_name": "Q", "last_name": "Moe", "email": "max@example.com", "work_phone": "555-0100",
        "is_security_admin": true, "is_a_d_account": true, "primary_dept_id": DEPARTMENT,
    }));
    let id = world.mock.seed(records::USERS, "", fields).expect("a seed").parse::<i64>().expect("a number");
    let users = M::client(&world.setup()).department(DEPARTMENT).users();
    let read = || users.get(id);
    keeps(
        read,
        |user| {
            let input = UserInput::try_from(user).expect("a user with names and address");
            users.replace(id, input.with_middle_name("R"))
        },
        &[("/middle_name", json!("R"))],
    );
    keeps(read, |_| users.update(id, UserInput::new("Max", "Poe", "max@example.com")), &[("/last_name", json!("Poe"))]);
    forgets(read, users.replace(id, UserInput::new("Max", "Poe", "max@example.com")));
}

fn user_groups_are_kept<M: Drive>() {
    let world = World::start();
    let user =
        world.mock.seed(records::USERS, "", json!({ "last_name": "Moe", "email": "max@example.com", "primary_dept_id": DEPARTMENT }));
    let user = user.expect("a seed").parse::<i64>().expect("a number");
    let group = hinted(json!({ "proj_id": PROJECT, "group_name": "Testers" }));
    world.mock.seed(records::USER_GROUPS, &user.to_string(), group).expect("a seed");
    let groups = M::client(&world.setup()).department(DEPARTMENT).user_groups(user);
    let read = || groups.list();
    keeps(read, |page| groups.replace(UserGroups::try_from(page).expect("groups with projects")), &[]);
    forgets(read, groups.replace(UserGroups::new([ProjectGroup::new(PROJECT, "Testers")])));
}

fn notes_are_kept<M: Drive>() {
    let world = World::start();
    let fields = json!({ "description": "Seen", "original_id": 8, "notes_type_code": "Note", "seq": 2 });
    let id = seed(&world, records::NOTES, &format!("/Bugs/{}", world.defect), fields);
    let notes = M::client(&world.setup()).project(PROJECT).notes(EntityCode::Bugs, world.defect);
    let read = || notes.get(id);
    keeps(
        read,
        |note| {
            let mut input = NoteInput::try_from(note).expect("a note with a text");
            input.description = "Seen twice".to_owned();
            notes.replace(id, input)
        },
        &[("/description", json!("Seen twice"))],
    );
    forgets(read, notes.replace(id, NoteInput::new("Seen")));
}

fn automations_are_kept<M: Drive>() {
    let world = World::start();
    let fields = hinted(json!({
        "agent": "NUnit (Selenium)", "title": "By NUnit", "timeout": 60, "run_mode": 2, "params": { "dll": "Orders.dll", "x": [1] },
    }));
    world.mock.seed(records::AUTOMATIONS, &format!("{PROJECT}/Tests/{}", world.test), fields).expect("a seed");
    let automations = M::client(&world.setup()).project(PROJECT).automations(world.test);
    let read = || automations.get(Agent::NUnit);
    keeps(
        read,
        |automation| automations.replace(Agent::NUnit, AutomationInput::from(automation).with_timeout(61)),
        &[("/timeout", json!(61))],
    );
    keeps(read, |_| automations.update(Agent::NUnit, AutomationInput::default().with_title("NUnit")), &[("/title", json!("NUnit"))]);
    forgets(read, automations.replace(Agent::NUnit, AutomationInput::default()));
}

/// A file has to be sent again to be replaced: there is nothing to convert.
fn attachments_are_kept_by_patch<M: Drive>() {
    let world = World::start();
    let fields = json!({ "file_name": "a.txt", "title": "A", "comments": "First" });
    let id = seed(&world, records::ATTACHMENTS, &format!("/Bugs/{}", world.defect), fields);
    let attachments = M::client(&world.setup()).project(PROJECT).attachments(EntityCode::Bugs, world.defect);
    keeps(|| attachments.get(id), |_| attachments.update(id, AttachmentUpdate::new("B")), &[("/title", json!("B"))]);
}

/// What was read survives to the byte; what is to be cleared has to be cleared.
fn clearing_is_said_in_so_many_words<M: Drive>() {
    let world = World::start();
    let fields = json!({ "title": "Sum", "status": "New", "description": "2 + 3", "assignee_user_id": world.user });
    let id = seed(&world, records::DEFECTS, "", fields);
    let defects = M::client(&world.setup()).project(PROJECT).defects();
    let mut input = DefectInput::try_from(got(defects.get(id))).expect("a defect with a status");
    input.description = None;
    got(defects.replace(id, input.with_assignee_user_id(0)));
    let defect = got(defects.get(id));
    assert_eq!((defect.description, defect.assignee_user_id), (None, Some(0)));
    let kept = defect.extra.get("vendor_hint").map(|value| value.to_string()).expect("what is unknown");
    assert_eq!(serde_json::from_str::<Json>(&kept).expect("JSON"), hint());
}
