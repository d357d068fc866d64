//! A WSDL or schema whose definitions stand in reverse order.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements whose children may stand in any order; what services offer first is another matter.
const UNORDERED: [&str; 4] = ["definitions", "types", "schema", "portType"];

/// Children that must come first.
const FIRST: [&str; 6] = ["documentation", "import", "include", "annotation", "types", "service"];

struct Element {
    local: String,
    start: usize,
    /// Behind the start tag, and before the end tag.
    inner: (usize, usize),
    end: usize,
    children: Vec<Element>,
}

pub(crate) fn turned(text: &str) -> String {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> =
        vec![Element { local: String::new(), start: 0, inner: (0, text.len()), end: text.len(), children: Vec::new() }];
    loop {
        let start = place(&reader);
        let event = reader.read_event().expect("a sound document");
        let end = place(&reader);
        let element = |name: &str| Element {
            local: name.rsplit(':').next().unwrap_or_default().to_owned(),
            start,
            inner: (end, end),
            end,
            children: Vec::new(),
        };
        match event {
            Event::Start(tag) => open.push(element(tag.name().into_inner())),
            Event::Empty(tag) => open.last_mut().expect("a root").children.push(element(tag.name().into_inner())),
            Event::End(_) => {
                let mut done = open.pop().expect("an open element");
                done.inner.1 = start;
                done.end = end;
                open.last_mut().expect("a root").children.push(done);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut out = String::new();
    write(text, open.first().expect("a root"), &mut out);
    out
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a small file")
}

fn write(text: &str, element: &Element, out: &mut String) {
    out.push_str(&text[element.start..element.inner.0]);
    let order: Vec<&Element> = if UNORDERED.contains(&element.local.as_str()) {
        let (first, rest): (Vec<&Element>, Vec<&Element>) =
            element.children.iter().partition(|child| FIRST.contains(&child.local.as_str()));
        first.into_iter().chain(rest.into_iter().rev()).collect()
    } else {
        element.children.iter().collect()
    };
    let mut at = element.inner.0;
    for (place, child) in element.children.iter().zip(order) {
        out.push_str(&text[at..place.start]);
        write(text, child, out);
        at = place.end;
    }
    out.push_str(&text[at..element.inner.1]);
    out.push_str(&text[element.inner.1..element.end]);
}
