//! What bytes and characters mean in XML 1.0. Knows nothing of elements.

use std::borrow::Cow;

use quick_xml::escape::resolve_xml_entity;

/// Bytes that are looked at together; see [`survey`].
const CHUNK: usize = 256;

/// What there is to know of a text before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    /// Where the first character stands that XML does not allow.
    pub(super) illegal: Option<usize>,
    /// Line ends must be looked for, as some are to be replaced.
    pub(super) carriage_returns: bool,
}

/// Looks for characters that XML does not allow at all and for carriage returns, so that nobody has to do that again per value.
pub(super) fn survey(text: &str) -> Survey {
    let bytes = text.as_bytes();
    let mut survey = Survey::default();
    for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
        // Without branches, so that the compiler looks at many bytes at a time.
        let odd = chunk.iter().fold(false, |odd, &byte| odd | (byte < 0x20 && byte != b'\t' && byte != b'\n') | (byte == 0xef));
        if !odd {
            continue;
        }
        survey.carriage_returns |= chunk.contains(&b'\r');
        let from = index * CHUNK;
        let illegal = |at: &usize| match bytes[*at] {
            byte @ 0..0x20 => !matches!(byte, b'\t' | b'\n' | b'\r'),
            // U+FFFE and U+FFFF
            0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])),
            _ => false,
        };
        survey.illegal = (from..from + chunk.len()).find(illegal);
        if survey.illegal.is_some() {
            break;
        }
    }
    survey
}

/// Whether a character may stand in an XML document, in whatever way it is written.
pub(super) fn is_legal(character: char) -> bool {
    !matches!(character, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// Bytes of whitespace at the beginning.
#[inline]
pub(super) fn whitespace(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Bytes before the first `<` or `&` (or the end).
#[inline]
pub(super) fn text_run(bytes: &[u8]) -> usize {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let (words, tail) = bytes.as_chunks::<8>();
    let mut run = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // A byte's high bit is set where the byte is the one looked for; false positives only stand above a true one.
        let equals = |byte: u8| {
            let diff = word ^ (LOW * u64::from(byte));
            diff.wrapping_sub(LOW) & !diff
        };
        let found = (equals(b'<') | equals(b'&')) & HIGH;
        if found != 0 {
            return run + found.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run + tail.iter().position(|byte| matches!(byte, b'<' | b'&')).unwrap_or(tail.len())
}

/// What a byte can be in a name: nothing, a part of it, or also its beginning. Beyond ASCII everything is taken for a letter.
const NAME: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)]
        let ascii = byte as u8;
        classes[byte] = match ascii {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..=0xff => 2,
            b'0'..=b'9' | b'-' | b'.' => 1,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// A name with or without prefix at the beginning of `bytes`: its length, and the length of the prefix. `None`: there is none.
#[inline]
pub(super) fn name(bytes: &[u8]) -> Option<(usize, usize)> {
    let part = |from: usize| {
        let mut at = from;
        if bytes.get(at).is_none_or(|byte| NAME[usize::from(*byte)] != 2) {
            return None;
        }
        while bytes.get(at).is_some_and(|byte| NAME[usize::from(*byte)] != 0) {
            at += 1;
        }
        Some(at)
    };
    let first = part(0)?;
    if bytes.get(first) != Some(&b':') {
        return Some((first, 0));
    }
    Some((part(first + 1)?, first))
}

/// Whether a text is a name, with or without prefix.
pub(super) fn is_name(text: &str) -> bool {
    name(text.as_bytes()).is_some_and(|(length, _)| length == text.len())
}

/// Whether a character may stand in a name, a colon aside.
pub(super) fn in_name(character: char) -> bool {
    u8::try_from(character).map_or(true, |byte| NAME[usize::from(byte)] != 0)
}

/// What stands between `&` and `;` as text, or why it cannot be read.
pub(super) fn reference(name: &str) -> Result<Cow<'static, str>, String> {
    let Some(number) = name.strip_prefix('#') else {
        let text = resolve_xml_entity(name).map(Cow::Borrowed);
        return text.ok_or_else(|| format!("the entity `&{name};` is not one of the five of XML; others are refused"));
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let plain = !digits.is_empty() && digits.bytes().all(|digit| char::from(digit).is_digit(radix));
    let character = u32::from_str_radix(digits, radix).ok().filter(|_| plain).and_then(char::from_u32);
    match character {
        Some(character) if is_legal(character) => Ok(character.to_string().into()),
        _ => Err(format!("`&{name};` is no character that XML allows")),
    }
}

/// An attribute's value: references resolved, whitespace made spaces.
pub(super) fn attribute_value(raw: &str) -> Result<Cow<'_, str>, String> {
    if !raw.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r')) {
        return Ok(Cow::Borrowed(raw));
    }
    if raw.contains('<') {
        return Err("`<` in the value of an attribute".to_owned());
    }
    let spaced = raw.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
    let mut pieces = spaced.split('&');
    let mut value = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((name, text)) = piece.split_once(';') else {
            return Err("a reference without `;` in the value of an attribute".to_owned());
        };
        value.push_str(&reference(name)?);
        value.push_str(text);
    }
    Ok(Cow::Owned(value))
}

/// Line ends as XML wants them: `\r\n` and `\r` are `\n`.
pub(super) fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}
