//! Bounded, printable pieces of foreign text.

use crate::secret::Redaction;

/// Characters of an answer's body an error shows at most.
pub(crate) const SHOWN: usize = 200;

/// The beginning of a text in one line, at most `shown` characters, followed by `…` if there is more.
pub(crate) fn of(bytes: &[u8], shown: usize) -> String {
    without(&Redaction::default(), bytes, shown)
}

/// As [`of`], without the secrets.
pub(crate) fn without(redaction: &Redaction, bytes: &[u8], shown: usize) -> String {
    // Four bytes hold any character; the margin keeps a secret at the edge whole, so that it is found.
    let read = &bytes[..bytes.len().min(shown * 4 + redaction.margin() * 2)];
    let mut text = redaction.apply(String::from_utf8_lossy(read).into_owned());
    if read.len() < bytes.len() {
        text = redaction.apply_to_end(text);
    }
    let line: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|s| !s.is_empty()).collect();
    let line = line.join(" ");
    match line.char_indices().nth(shown) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if read.len() < bytes.len() => format!("{line}…"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts() {
        assert_eq!(of(b"<html>\n\t<body>\x00\x1b[31m", 200), "<html> <body> [31m");
        assert_eq!(of("äöü".as_bytes(), 2), "äö…");
        assert_eq!(of(&b"\xff".repeat(1000), 3), "\u{fffd}\u{fffd}\u{fffd}…");
        assert_eq!(of(b"", 3), "");
        let redaction = Redaction::of(vec!["sesame-open".into()]);
        for before in 0..60 {
            let text = format!("{}sesame-open", "x".repeat(before));
            let shown = without(&redaction, text.as_bytes(), 10);
            assert!(!shown.contains("ses"), "{before} characters before: {shown}");
            let text = format!("{}{}", "x".repeat(before), "sesame-open ".repeat(100));
            let shown = without(&redaction, text.as_bytes(), 60);
            assert!(!shown.contains("ses"), "{before} characters before many: {shown}");
        }
    }
}
