//! Loading by criteria, and the filter text of audits.

use super::{CREDENTIALS, Post, Version, all, call, ok, qacomplete, refused, text};
use serde_json::json;
use tms_mock::qacomplete_soap as records;

#[test]
fn pages_end_with_a_short_one() {
    let mock = qacomplete();
    let bugs = (0..197).map(|n| json!({ "Title": format!("Bug {n}") }));
    mock.seed_all(records::BUGS, "", bugs).expect("seeded");
    let page = |size: &str, number: u32| {
        let reply = call(&mock, "Bugs_LoadByCriteria", &format!("{size}<PageNumber>{number}</PageNumber>"));
        all(&reply, "BugId").len()
    };
    assert_eq!((page("", 1), page("", 2)), (200, 0), "200 fit a page: a full last page needs one more call");
    let size = "<PageSize>90</PageSize>";
    assert_eq!([1, 2, 3, 4].map(|number| page(size, number)), [90, 90, 20, 0]);
    let none = call(&mock, "Bugs_LoadByCriteria", "<PageSize>200</PageSize><PageNumber>2</PageNumber>");
    assert!(text(&none).contains("<Bugs_LoadByCriteriaResult/>"), "{}", text(&none));
    mock.assert_no_verdicts();
}

#[test]
fn objects_come_sorted() {
    let mock = qacomplete();
    for (sorting, expected) in [
        ("", ["5", "33", "34"]),
        ("BugId DESC", ["34", "33", "5"]),
        ("BugId", ["5", "33", "34"]),
        ("Title ASC", ["34", "33", "5"]),
        ("StatusCode, BugId desc", ["34", "5", "33"]),
        ("EstHrs DESC, BugId DESC", ["5", "34", "33"]),
    ] {
        let sorting = if sorting.is_empty() { String::new() } else { format!("<Sorting>{sorting}</Sorting>") };
        assert_eq!(all(&call(&mock, "Bugs_LoadByCriteria", &sorting), "BugId"), expected, "{sorting}");
    }
}

#[test]
fn a_condition_is_any_xml_document() {
    let mock = qacomplete();
    for condition in ["<![CDATA[<a><b/></a>]]>", "&lt;a&gt;&lt;/a&gt;", "<![CDATA[<?xml version=\"1.0\"?><a/>]]>"] {
        let reply = call(&mock, "Bugs_LoadByCriteria", &format!("<Condition>{condition}</Condition>"));
        assert_eq!(all(&reply, "BugId").len(), 3, "{condition}");
    }
    for condition in ["everything", "<![CDATA[<a>]]>", "<![CDATA[<!DOCTYPE a><a/>]]>"] {
        let message = refused(&call(&mock, "Bugs_LoadByCriteria", &format!("<Condition>{condition}</Condition>")));
        assert!(message.contains("no XML document"), "{condition}: {message}");
    }
}

#[test]
fn what_a_list_cannot_be_asked_is_refused() {
    let mock = qacomplete();
    for (arguments, told) in [
        ("<PageSize>0</PageSize>", "PageSize must be between 1 and 200"),
        ("<PageSize>201</PageSize>", "PageSize"),
        ("<PageNumber>0</PageNumber>", "PageNumber starts at 1"),
        ("<Sorting>Colour</Sorting>", "no property `Colour`"),
        ("<Sorting>BugId UP</Sorting>", "`BugId UP`"),
    ] {
        let message = refused(&call(&mock, "Bugs_LoadByCriteria", arguments));
        assert!(message.contains(told), "{arguments}: {message}");
    }
    mock.assert_no_verdicts();
}

#[test]
fn projects_are_kept_apart_and_several_can_be_asked() {
    let mock = qacomplete();
    let list = |credentials: &str| {
        let reply = Post::new(Version::V12, "Bugs_LoadByCriteria", credentials).send(&mock);
        all(&reply, "BugId")
    };
    let other = CREDENTIALS.replace("7154", "8162").replace("1032", "11873");
    assert_eq!(list(CREDENTIALS), ["5", "33", "34"]);
    assert_eq!(list(&other), ["3"]);
    let both = CREDENTIALS
        .replace("<ProjId>1032</ProjId>", "")
        .replace("</PassCode>", "</PassCode><ProjIds><int>1032</int><int>11873</int></ProjIds>");
    assert_eq!(list(&both), ["3", "5", "33", "34"]);
    let add = Post::new(Version::V11, "Bugs_Add", &format!("{both}<Bug><Title>x</Title></Bug>")).send(&mock);
    let fault = super::fault(&add, Version::V11, 500);
    assert!(fault.message.is_some_and(|m| m.contains("only loading takes several projects")));
    assert!(refused(&call(&mock, "Bugs_Load", "<BugId>3</BugId>")).contains("number 3"));
}

#[test]
fn audits_are_filtered_by_their_own_text() {
    let mock = qacomplete();
    for (filter, expected) in [
        ("", &["5", "33"] as &[&str]),
        ("FKId = 5", &["5"]),
        ("FKId &lt;&gt; 5", &["33"]),
        ("DateCreated &gt; '2014-07-25' and DateCreated &lt; '2014-07-29'", &["5"]),
        ("DateCreated &gt;= '2014-07-25 10:20:30' AND FKId &gt; 5", &["33"]),
        ("Title = 'Nothing'", &[]),
    ] {
        let filter = if filter.is_empty() { String::new() } else { format!("<Where>{filter}</Where>") };
        let reply = call(&mock, "Audits_LoadElevated", &format!("<EntityCode>Bugs</EntityCode>{filter}"));
        assert_eq!(all(&reply, "FKId"), expected, "{filter}");
    }
    let sorted = call(&mock, "Audits_LoadElevated", "<EntityCode>Bugs</EntityCode><OrderBy>FKId DESC</OrderBy>");
    assert_eq!(all(&sorted, "FKId"), ["33", "5"]);
    ok(&call(&mock, "Audits_Add", "<Audit><FKId>5</FKId><EntityCode>Bugs</EntityCode></Audit>"));
    let reply = call(&mock, "Audits_LoadElevated", "<EntityCode>Bugs</EntityCode><Where>FKId = 5</Where>");
    assert_eq!(all(&reply, "OldValue"), ["N/A", "N/A"]);
    refused(&call(&mock, "Audits_LoadElevated", "<EntityCode>Bugs</EntityCode><Where>drop table</Where>"));
}
