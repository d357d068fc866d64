use crate::ir::Docs;
use crate::lower::docs::split;
use crate::source::XmlCursor;
use crate::source::namespaces::{SCHEMA, WSDL};

/// What an element of WSDL or XML Schema says about itself.
pub(in crate::lower) fn docs(at: &XmlCursor<'_>) -> Docs {
    let own = at.all(WSDL, "documentation");
    let annotated = at.all(SCHEMA, "annotation").flat_map(|annotation| annotation.all(SCHEMA, "documentation"));
    let (mut text, mut docs) = (String::new(), Docs::default());
    for documentation in own.chain(annotated) {
        let said = said(&documentation);
        match documentation.attr("source") {
            _ if said.is_empty() => {}
            Some("x-source") => docs.source = Some(one_line(&said)),
            Some("x-provenance") => docs.provenance = Some(one_line(&said)),
            _ if text.is_empty() => text = said,
            _ => text = format!("{text}\n\n{said}"),
        }
    }
    let (summary, details) = split(&text);
    Docs { summary, details, ..docs }
}

/// Adds a paragraph to a documentation.
pub(super) fn add(docs: &mut Docs, paragraph: &str) {
    let text = if docs.summary.is_empty() { &mut docs.summary } else { &mut docs.details };
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// The text, line by line without the indentation of the file.
fn said(at: &XmlCursor<'_>) -> String {
    let lines: Vec<String> = at.text().lines().map(|line| line.trim().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
