//! Text made fit for XML.

/// Whether a text as it is written holds whitespace.
pub(super) fn holds_whitespace(escaped: &str) -> bool {
    escaped.contains([' ', '\t', '\n', '\r']) || ["&#9;", "&#10;", "&#13;"].iter().any(|reference| escaped.contains(reference))
}

/// Adds a text with what must be escaped escaped; `false`: it holds characters that XML does not allow, which are left out.
pub(super) fn escape(target: &mut String, text: &str, attribute: bool) -> bool {
    let bytes = text.as_bytes();
    let (mut from, mut at, mut legal) = (0, 0, true);
    loop {
        at = odd_run(bytes, at);
        let Some(byte) = bytes.get(at) else { break };
        let mut length = 1;
        let replacement = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\r' => "&#13;",
            b'"' if attribute => "&quot;",
            b'\t' if attribute => "&#9;",
            b'\n' if attribute => "&#10;",
            0..0x20 if !matches!(byte, b'\t' | b'\n') => {
                legal = false;
                ""
            }
            0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => {
                legal = false;
                length = 3;
                ""
            }
            _ => {
                at += 1;
                continue;
            }
        };
        target.push_str(&text[from..at]);
        target.push_str(replacement);
        at += length;
        from = at;
    }
    target.push_str(&text[from..]);
    legal
}

/// First position at or after `at` that may have to be escaped (or the end).
#[inline]
fn odd_run(bytes: &[u8], at: usize) -> usize {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let rest = bytes.get(at..).unwrap_or_default();
    let (words, tail) = rest.as_chunks::<8>();
    let mut run = at;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // A byte's high bit is set where the byte is the one looked for; false positives only stand above a true one.
        let equals = |byte: u8| {
            let diff = word ^ (LOW * u64::from(byte));
            diff.wrapping_sub(LOW) & !diff
        };
        let control = word.wrapping_sub(LOW * 0x20) & !word;
        let found = (equals(b'&') | equals(b'<') | equals(b'>') | equals(b'"') | equals(0xef) | control) & HIGH;
        if found != 0 {
            return run + found.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + tail.iter().position(|byte| matches!(byte, 0..0x20 | b'&' | b'<' | b'>' | b'"' | 0xef)).unwrap_or(tail.len())
}
