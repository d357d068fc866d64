//! The few HTML tags that descriptions use, turned into Markdown.

/// Replaces known tags of one line, outside of code spans; what comes back may have more lines.
pub(super) fn to_markdown(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut link = None;
    let mut in_code = false;
    let mut rest = line;
    while let Some(at) = rest.find(['<', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('`') {
            in_code = !in_code;
            out.push('`');
            rest = &rest[1..];
            continue;
        }
        match tag(rest).filter(|_| !in_code) {
            Some(tag) => {
                replace(&tag, &mut link, &mut out);
                rest = &rest[tag.length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

struct Tag<'a> {
    name: String,
    attributes: &'a str,
    closing: bool,
    length: usize,
}

fn tag(text: &str) -> Option<Tag<'_>> {
    let end = text.find('>')?;
    let inner = &text[1..end];
    let closing = inner.starts_with('/');
    let inner = inner.trim_start_matches('/').trim_end_matches('/');
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner[..name_end].to_ascii_lowercase();
    let attributes = inner[name_end..].trim();
    let known = BLOCKS.contains(&name.as_str()) || DROPPED.contains(&name.as_str()) || ["li", "a", "code", "tt"].contains(&name.as_str());
    let plain = attributes.is_empty() || attributes.contains('=');
    (known && plain).then_some(Tag { name, attributes, closing, length: end + 1 })
}

/// Tags that end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "tbody",
    "thead",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "blockquote",
    "section",
    "details",
    "summary",
    "center",
];

/// Tags that only change the look.
const DROPPED: &[&str] = &[
    "b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "small", "td", "th", "img", "nobr", "abbr", "label", "kbd", "var",
    "strike", "big", "mark",
];

fn replace(tag: &Tag<'_>, link: &mut Option<String>, out: &mut String) {
    match tag.name.as_str() {
        "br" => out.push('\n'),
        "li" if !tag.closing => out.push_str("\n- "),
        "li" => {}
        "a" if tag.closing => {
            if let Some(address) = link.take() {
                out.push_str(&format!("]({address})"));
            }
        }
        "a" => {
            if let (Some(address), None) = (href(tag.attributes), &link) {
                out.push('[');
                *link = Some(address);
            }
        }
        "code" | "tt" => out.push('`'),
        "td" | "th" => out.push(' '),
        name if BLOCKS.contains(&name) => out.push_str("\n\n"),
        _ => {}
    }
}

fn href(attributes: &str) -> Option<String> {
    let tail = attributes.split_once("href=")?.1;
    let quote = tail.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let address = tail[1..].split(quote).next()?;
    (!address.contains([' ', ')', '('])).then(|| address.to_owned())
}
