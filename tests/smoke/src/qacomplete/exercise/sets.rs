//! Test sets and what is in them.

use crate::qacomplete::PROJECT;
use qacomplete::types::{
    NewTestSetItem, TestSetInput, TestSetItem, TestSetItemInput, TestSetItemUpdate, TestSetItemUpdates, TestSetItems, TestSetUpdate,
    WrittenTestSetItems,
};

/// The tests of a set, in order, as an answer shows them.
fn tests(written: &WrittenTestSetItems) -> Vec<Option<i64>> {
    let of = |items: &[TestSetItem]| items.iter().map(|item| item.test_id).collect();
    match written {
        WrittenTestSetItems::TestSetItemPage(page) => page.results.as_deref().map(of).unwrap_or_default(),
        WrittenTestSetItems::List(items) => of(items),
        _ => Vec::new(),
    }
}

crate::rest::exercises! { qacomplete:
    test_sets::List |client, world| client.project(PROJECT).test_sets().list().limit(25).offset(0).filter("Title = 'Regression'"),
        |page| page.results.iter().flatten().map(|set| set.id).eq([world.test_set]);
    test_sets::Create |client, world| client.project(PROJECT).test_sets().create(
            TestSetInput::new("Smoke", world.user, "New", world.user).with_folder_id(0).with_is_sequential(true).with_priority_code("1")
                .with_execution_type("Manual").with_description("Quick"),
        ),
        |set| set.title == "Smoke" && set.is_sequential == Some(true) && set.owner_user_id == Some(world.user);
    test_sets::Get |client, world| client.project(PROJECT).test_sets().get(world.test_set),
        |set| set.id == world.test_set && set.title == "Regression";
    test_sets::Replace |client, world| client.project(PROJECT).test_sets().replace(
            world.test_set, TestSetInput::new("All", 0, "Open", world.user).with_description("Everything"),
        ),
        |set| set.id == world.test_set && set.title == "All" && set.description.as_deref() == Some("Everything");
    test_sets::Update |client, world| client.project(PROJECT).test_sets().update(
            world.test_set,
            TestSetUpdate::default().with_title("Some").with_folder_id(0).with_is_sequential(false).with_assignee_user_id(0).with_status_code("Open")
                .with_priority_code("2").with_execution_type("Manual").with_description("Not all").with_owner_user_id(world.user),
        ),
        |set| set.id == world.test_set && set.title == "Some" && set.priority_code.as_deref() == Some("2");
    test_sets::Delete |client, world| client.project(PROJECT).test_sets().delete(world.test_set);

    test_set_items::List |client, world| client.project(PROJECT).test_set_items(world.test_set).list().limit(25).offset(0).filter("Seq = 1"),
        |page| page.results.iter().flatten().map(|item| item.test_id).eq([Some(world.test)]);
    test_set_items::Add |client, world| client.project(PROJECT).test_set_items(world.test_set).add(TestSetItems::new([
            NewTestSetItem::new(world.scripted).with_is_active(true).with_is_stopped_on_fail(true).with_assignee_user_id(world.user).with_default_host_id(0),
        ])),
        |written| tests(written).contains(&Some(world.scripted));
    test_set_items::ReplaceAll |client, world| client.project(PROJECT).test_set_items(world.test_set)
            .replace_all(TestSetItems::new([NewTestSetItem::new(world.scripted), NewTestSetItem::new(world.test)])),
        |written| tests(written) == [Some(world.scripted), Some(world.test)];
    test_set_items::UpdateAll |client, world| client.project(PROJECT).test_set_items(world.test_set).update_all(TestSetItemUpdates::new([
            TestSetItemUpdate::default().with_is_active(false).with_is_stopped_on_fail(true).with_assignee_user_id(0).with_default_host_id(0).with_seq(1),
        ])),
        |written| tests(written) == [Some(world.test)];
    test_set_items::Clear |client, world| client.project(PROJECT).test_set_items(world.test_set).clear();
    test_set_items::Get |client, world| client.project(PROJECT).test_set_items(world.test_set).get(1),
        |item| item.test_id == Some(world.test) && item.test_set_id == Some(world.test_set);
    test_set_items::Insert |client, world| client.project(PROJECT).test_set_items(world.test_set)
            .insert(1, NewTestSetItem::new(world.scripted).with_is_active(true)),
        |item| item.test_id == Some(world.scripted) && item.seq == Some(1);
    test_set_items::Replace |client, world| client.project(PROJECT).test_set_items(world.test_set).replace(
            1, TestSetItemInput::default().with_is_active(true).with_is_stopped_on_fail(true).with_assignee_user_id(0).with_default_host_id(0),
        ),
        |item| item.test_id == Some(world.test) && item.is_stopped_on_fail == Some(true);
    test_set_items::Update |client, world| client.project(PROJECT).test_set_items(world.test_set)
            .update(1, TestSetItemInput::default().with_is_active(false)),
        |item| item.test_id == Some(world.test) && item.is_active == Some(false);
    test_set_items::Remove |client, world| client.project(PROJECT).test_set_items(world.test_set).remove(1);
}
