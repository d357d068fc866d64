//! Filters, by the documented grammar.

use super::{ask, failed, ids, mock};
use serde_json::json;
use tms_mock::{Mock, qacomplete as api};

fn seeded() -> Mock {
    let mock = crate::client::start(api::bare());
    let defects = [
        json!({ "id": 1, "title": "Test Case 1", "status": "Open", "nbr_files": 0, "est_hrs": 2.5, "act_hrs": 1, "folder_id": 0 }),
        json!({
            "id": 2, "title": "It isn't so", "status": "Open (again)", "est_hrs": 1, "act_hrs": 3,
            "date_opened": "2015-05-26T10:54:21.0930000"
        }),
        json!({ "id": 3, "title": "AND (more)", "status": "Closed", "description": "d", "date_opened": "2016-01-01T00:00:00.0000000Z" }),
    ];
    mock.seed_all(api::DEFECTS, "11873", defects).expect("seeded");
    let releases = [
        json!({ "id": 5, "title": "R", "release_type": "Release", "is_active": true }),
        json!({ "id": 6, "title": "B", "release_type": "Build", "parent_id": 5, "is_active": false }),
    ];
    mock.seed_all(api::RELEASES, "11873", releases).expect("seeded");
    mock
}

fn encoded(filter: &str) -> String {
    form_urlencoded::byte_serialize(filter.as_bytes()).collect::<String>().replace('+', "%20")
}

#[test]
fn filters_are_evaluated() {
    let mock = seeded();
    for (filter, expected) in [
        ("id = 2", &[2][..]),
        ("Id=2", &[2]),
        ("id != 2", &[1, 3]),
        ("id > 1", &[2, 3]),
        ("id >= 2", &[2, 3]),
        ("id < 2", &[1]),
        ("id <= 2", &[1, 2]),
        ("EstHrs = 2.5", &[1]),
        ("id > -1", &[1, 2, 3]),
        ("actHrs > EstHrs", &[2]),
        ("id in {1,2}", &[1, 2]),
        ("id not in {1, 2}", &[3]),
        ("estHrs is empty", &[3]),
        ("estHrs is not empty", &[1, 2]),
        ("title = 'test case 1'", &[1]),
        ("title != 'Test Case 1'", &[2, 3]),
        ("status ~ 'open'", &[1, 2]),
        ("title = 'It isn''t so'", &[2]),
        ("title ~ 'AND (more)'", &[3]),
        ("description is empty", &[1, 2]),
        ("description is not empty", &[3]),
        ("title is not 'Test Case 1'", &[2, 3]),
        ("title is 'Test Case 1'", &[1]),
        ("dateOpened >= '2016-01-01'", &[1, 3]),
        ("DateOpened < '2015-05-26T10:54:21.0930001'", &[2]),
        ("dateOpened = '2015-05-26 10:54:21.093'", &[2]),
        ("dateClosed is empty", &[1, 2, 3]),
        ("(id in {1,2}) AND (title != 'Test Case 1')", &[2]),
        ("(status ~ 'Open') and (id > 1)", &[2]),
        ("(id = 1) OR (id = 3)", &[1, 3]),
        ("(id = 1) OR (id = 2) AND (id = 3)", &[1]),
        ("((id = 1) OR (id = 2)) AND (id = 2)", &[2]),
        ("(id = 1 or id = 3)", &[1, 3]),
        ("NOT (id = 1)", &[2, 3]),
        ("(id > 0) AND NOT (id = 2)", &[1, 3]),
        ("(((id = 1)))", &[1]),
        ("", &[1, 2, 3]),
    ] {
        let target = format!("/v1/projects/11873/defects?Filter={}", encoded(filter));
        assert_eq!(ids(&super::get(&mock, &target)), expected, "{filter}");
    }
    for (filter, expected) in [
        ("(releaseType='Build')", &[6][..]),
        ("(ParentID=5)", &[6]),
        ("isActive = true", &[5]),
        ("isActive = false", &[6]),
        ("isActive != TRUE", &[6]),
        ("parentName = 'R'", &[6]),
    ] {
        let target = format!("/v1/projects/11873/releases?filter={}", encoded(filter));
        assert_eq!(ids(&super::get(&mock, &target)), expected, "{filter}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn filters_that_are_none_are_refused() {
    let mock = seeded();
    for (filter, complaint) in [
        ("id", "an operation is expected"),
        ("id =", "a value is expected"),
        ("= 1", "a field is expected"),
        ("colour = 'red'", "no field `colour`"),
        ("est_hrs = 1", "`_` means nothing"),
        ("id = 'x'", "a number is expected"),
        ("id = title", "no number, nor a field"),
        ("id ~ 1", "looks for a text"),
        ("id in 1", "a set of numbers"),
        ("id in {}", "a set of numbers"),
        ("id in {'a'}", "a set of numbers"),
        ("title in {1}", "only numbers"),
        ("title > 'a'", "held against a text"),
        ("title = \"x\"", "means nothing"),
        ("title = open", "held against a text"),
        ("title = 'open", "does not end"),
        ("dateOpened > 'soon'", "is no date"),
        ("dateOpened > 2015", "a date in quotes"),
        ("id = 1 AND id = 2", "need parentheses"),
        ("(id = 1) AND id = 2", "need parentheses"),
        ("(id = 1", "not closed"),
        ("(id = 1))", "after the end"),
        ("(id = 1) (id = 2)", "after the end"),
        ("NOT id = 1", "before a parenthesis"),
        ("customFields = 1", "cannot be compared"),
        ("id is null", "`empty` or a text"),
        ("id = 1-2", "is no number"),
        ("id not = 1", "an operation is expected"),
    ] {
        let message = failed(&ask(&mock, "GET", &format!("/v1/projects/11873/defects?Filter={}", encoded(filter)), None), 400);
        assert!(message.starts_with("Filter: ") && message.contains(complaint), "{filter}: {message}");
    }
    let deep = format!("{}id = 1{}", "(".repeat(40), ")".repeat(40));
    let message = failed(&ask(&mock, "GET", &format!("/v1/projects/11873/defects?Filter={}", encoded(&deep)), None), 400);
    assert!(message.contains("too many groups"), "{message}");
}

#[test]
fn every_list_that_takes_a_filter_evaluates_it() {
    let mock = mock();
    for (target, filter, count) in [
        ("/v1/depts", "deptName ~ 'Solutions'", 1),
        ("/v1/depts/8162/securitygroups", "name = 'User'", 1),
        ("/v1/depts/8162/users", "email = 'john@example.com'", 1),
        ("/v1/projects/11873/users", "isSecurityAdmin = true", 1),
        ("/v1/projects/11873/requirements", "active = true", 2),
        ("/v2/projects/11873/tests", "nbrSteps > 0", 1),
        ("/v2/projects/11873/testsets", "nbrTests = 2", 1),
        ("/v1/projects/11873/testsets/182/items", "isStoppedOnFail = true", 1),
        ("/v2/projects/98429/testruns", "(testSetId = 277958 and id = 647894)", 1),
        ("/v2/projects/98429/testruns/647894/items", "statusCode = 'Awaiting Run'", 1),
        ("/v2/projects/11873/Bugs/folders", "fullFolderName ~ '/Floating'", 1),
        ("/v1/projects/11873/Bugs/3714539/linkeditems", "linkedEntityCode = 'TestSets'", 1),
        ("/v2/projects/11953/tests/2693/automations", "agent ~ 'JUnit'", 1),
    ] {
        for (filter, expected) in [(filter.to_owned(), count), (format!("NOT ({filter})"), -1)] {
            let target = format!("{target}?Filter={}", encoded(&filter));
            let page = super::get(&mock, &target);
            let total = page["metadata"]["result_set"]["total"].as_i64().expect("a total");
            assert_eq!(page["results"].as_array().map(Vec::len), usize::try_from(total).ok(), "{target}");
            assert!(expected < 0 || total == expected, "{target}: {total}");
        }
    }
    mock.assert_no_verdicts();
}
