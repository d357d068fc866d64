//! What is there to GET.

use super::{ok, qacomplete, text};
use crate::client::{get, send};
use tms_mock::Reason;

#[test]
fn the_document_is_served_with_the_address_of_the_mock() {
    let mock = qacomplete();
    for query in ["?WSDL", "?wsdl"] {
        let reply = send(&mock, "GET", query).header("Host", "qa.example.com:81").now();
        // The client always sends a host of its own, too: the first one counts.
        let text = ok(&reply);
        assert_eq!(reply.header("content-type"), Some("text/xml; charset=utf-8"));
        let document = roxmltree::Document::parse(&text).expect("XML");
        let addresses = document.descendants().filter(|n| n.tag_name().name() == "address");
        let addresses: Vec<&str> = addresses.filter_map(|n| n.attribute("location")).collect();
        let path = mock.url().splitn(4, '/').last().expect("a path").to_owned();
        assert_eq!(addresses, [format!("http://mock.test/{path}"), format!("http://mock.test/{path}")]);
    }
    mock.assert_no_verdicts();
}

#[test]
fn its_schemas_are_where_it_says() {
    let mock = qacomplete();
    let document = ok(&get(&mock, "?WSDL"));
    let document = roxmltree::Document::parse(&document).expect("XML");
    let places: Vec<&str> = document.descendants().filter_map(|n| n.attribute("schemaLocation")).collect();
    assert!(!places.is_empty());
    for place in places {
        let request = format!("GET /{place} HTTP/1.1\r\nHost: mock.test\r\n\r\n");
        let reply = crate::client::Connection::open(&mock).exchange(&request, b"").expect("an answer");
        assert!(ok(&reply).contains("<xs:schema"), "{place}");
    }
}

#[test]
fn people_get_a_page() {
    let mock = qacomplete();
    let page = get(&mock, "");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let text = ok(&page);
    assert!(text.contains("<li>Bugs_Load</li>") && text.contains("?WSDL"), "{text}");
    mock.assert_no_verdicts();
}

#[test]
fn other_places_and_methods_are_mistakes() {
    let mock = qacomplete();
    for (method, target, status, reason) in [
        ("POST", "/other", 404, Reason::UnknownPath),
        ("GET", "/other", 404, Reason::UnknownPath),
        ("PUT", "", 405, Reason::WrongMethod),
        ("DELETE", "", 405, Reason::WrongMethod),
    ] {
        mock.reset();
        let reply = send(&mock, method, target).now();
        assert_eq!(reply.status, status, "{method} {target}: {}", text(&reply));
        assert_eq!(mock.verdicts()[0].problems[0].reason, reason);
    }
}
