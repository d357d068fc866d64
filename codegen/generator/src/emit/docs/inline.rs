//! Markdown inside a paragraph.

/// `text` as a code span of our own documentation; never empty.
pub(crate) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c == '`' { '\'' } else { c }).filter(|c| !super::blocks::unprintable(*c)).collect();
    match text.trim() {
        "" => "`\"\"`".to_owned(),
        text => format!("`{text}`"),
    }
}

/// Escapes what rustdoc would take for a link, a tag or code, and marks bare addresses.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let used = match first {
            '`' => code_span(rest, &mut out),
            '\\' => backslash(rest, &mut out),
            '<' => angle(rest, &mut out),
            '!' if rest.starts_with("![") => 1,
            '[' => bracket(rest, &mut out),
            ']' => keep("\\]", 1, &mut out),
            'h' if at_word_start(&out) && address_length(rest) > 0 => bare_address(rest, &mut out),
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

fn keep(text: &str, used: usize, out: &mut String) -> usize {
    out.push_str(text);
    used
}

fn at_word_start(out: &str) -> bool {
    !out.ends_with(|c: char| c.is_alphanumeric())
}

/// A span closes at a run of as many backticks as opened it; without one the backticks are text.
fn code_span(rest: &str, out: &mut String) -> usize {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let (fence, tail) = rest.split_at(ticks);
    let mut from = 0;
    while let Some(at) = tail.get(from..).and_then(|t| t.find(fence)).map(|at| at + from) {
        let run = tail[at..].len() - tail[at..].trim_start_matches('`').len();
        if run == ticks && !tail[..at].trim().is_empty() {
            out.push_str(&rest[..ticks + at + ticks]);
            return ticks + at + ticks;
        }
        from = at + run;
    }
    out.push_str(&"\\`".repeat(ticks));
    ticks
}

fn backslash(rest: &str, out: &mut String) -> usize {
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => keep(&rest[..2], 2, out),
        _ => keep("\\\\", 1, out),
    }
}

fn angle(rest: &str, out: &mut String) -> usize {
    let address = address_length(&rest[1..]);
    if address > 0 && rest[1 + address..].starts_with('>') {
        return keep(&rest[..address + 2], address + 2, out);
    }
    keep("\\<", 1, out)
}

/// `[label](address)` stays a link if the address is absolute, else only the label stays.
fn bracket(rest: &str, out: &mut String) -> usize {
    let Some((label, address, used)) = link(rest) else { return keep("\\[", 1, out) };
    if label.trim().is_empty() {
        out.push_str(&if absolute(address) { format!("<{address}>") } else { String::new() });
    } else if absolute(address) {
        out.push_str(&format!("[{}]({address})", escape_label(label)));
    } else {
        out.push_str(&escape(label));
    }
    used
}

/// Addresses inside a label are text: links do not nest.
fn escape_label(label: &str) -> String {
    escape(&label.replace("://", ":\u{200b}//")).replace('\u{200b}', "")
}

fn link(rest: &str) -> Option<(&str, &str, usize)> {
    let close = rest.find(']')?;
    let label = &rest[1..close];
    let tail = rest[close + 1..].strip_prefix('(')?;
    let end = tail.find(')')?;
    let address = tail[..end].split_whitespace().next().unwrap_or_default();
    (!label.contains(['[', '`'])).then_some((label, address, close + 2 + end + 1))
}

fn absolute(address: &str) -> bool {
    address_length(address) == address.len() && !address.is_empty() && !address.contains(['(', ')'])
}

fn bare_address(rest: &str, out: &mut String) -> usize {
    let length = address_length(rest);
    let address = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*', '_', '|']);
    out.push('<');
    out.push_str(address);
    out.push('>');
    address.len()
}

/// Bytes of an `http` address at the start of `text`; 0 when there is none.
fn address_length(text: &str) -> usize {
    let Some(tail) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return 0 };
    let end = tail.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"`[]\\".contains(c)).unwrap_or(tail.len());
    if tail[..end].starts_with(|c: char| c.is_alphanumeric()) { text.len() - tail.len() + end } else { 0 }
}
