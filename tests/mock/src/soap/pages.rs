//! What a service shows to people and tools: its document and a short page.

use super::files::{Files, WSDL};
use super::xml;
use crate::answer::Answer;
use crate::call::Incoming;
use crate::operation::Operation;
use http::header::HOST;
use http::{Method, StatusCode};
use std::path::Component;

/// The path of an address.
pub(super) fn path(location: &str) -> &str {
    let rest = location.split_once("://").map_or(location, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// The answer to a GET: the document, one of its files, or a page.
pub(super) fn serve(incoming: &Incoming, base: &str, files: &Files, operations: &[Operation]) -> Option<Answer> {
    if incoming.method != Method::GET {
        return None;
    }
    let xml = |text: String| Answer::bytes(StatusCode::OK, "text/xml; charset=utf-8", text);
    if incoming.path == base {
        let wants_document = incoming.query.as_deref().is_some_and(|query| query.eq_ignore_ascii_case("wsdl"));
        return Some(if wants_document { xml(relocated(incoming, base, &files.0[0].text)) } else { page(base, operations) });
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = incoming.path.strip_prefix(folder)?.strip_prefix('/')?;
    let file =
        files.0.iter().skip(1).find(|file| file.path.components().eq(below.split('/').map(|part| Component::Normal(part.as_ref()))))?;
    Some(xml(relocated(incoming, base, &file.text)))
}

/// A WSDL with this server's address at every port.
fn relocated(incoming: &Incoming, base: &str, text: &str) -> String {
    let Ok(document) = xml::parse(text) else { return text.to_owned() };
    let host = incoming.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    let ports = document.descendants().filter(|n| n.has_tag_name((WSDL, "port")));
    let addresses = ports.flat_map(xml::elements).filter(|n| n.tag_name().name() == "address");
    let mut places: Vec<_> = addresses.filter_map(|n| n.attribute_node("location")).map(|a| a.range_value()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(place.start));
    let mut text = text.to_owned();
    for place in places {
        text.replace_range(place, &xml::escape(&format!("http://{host}{base}")));
    }
    text
}

fn page(base: &str, operations: &[Operation]) -> Answer {
    let items: String = operations.iter().map(|o| format!("<li>{}</li>", xml::escape(o.id()))).collect();
    let text = format!(
        "<!DOCTYPE html><html><head><title>Service</title></head><body><h1>Service</h1>\
         <p>The following operations are supported. <a href=\"{base}?WSDL\">Service Description</a></p><ul>{items}</ul></body></html>"
    );
    Answer::bytes(StatusCode::OK, "text/html; charset=utf-8", text)
}
