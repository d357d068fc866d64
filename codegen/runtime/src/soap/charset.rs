//! The text of an answer, in whichever of the usual encodings it came.

use std::borrow::Cow;

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotText {
    pub(crate) reason: String,
    /// Bytes before the offence.
    pub(crate) offset: usize,
}

/// An encoding that answers may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Utf16 { big_endian: bool },
    Ascii,
    Latin1,
    Windows1252,
}

/// The text of a body. A byte order mark of UTF-8 stays, as the reader of the text expects it.
///
/// What the bytes themselves show beyond doubt counts most: a byte order mark, or characters two bytes wide. Then the `charset`
/// of the content type, then what the XML declaration says; without any of them it is UTF-8.
pub(crate) fn decode<'b>(content_type: Option<&str>, body: &'b [u8]) -> Result<Cow<'b, str>, NotText> {
    let (charset, start) = charset(content_type, body)?;
    let bytes = &body[start..];
    let text = match charset {
        Charset::Utf8 => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| error.valid_up_to()),
        Charset::Utf16 { big_endian } => utf16(bytes, big_endian).map(Cow::Owned),
        Charset::Ascii => single(bytes, |_| None),
        Charset::Latin1 => single(bytes, |byte| Some(char::from(byte))),
        Charset::Windows1252 => single(bytes, windows_1252),
    };
    text.map_err(|offset| NotText { reason: format!("the answer is not {}", charset.name()), offset: start + offset })
}

/// The encoding of a body, and where its text begins.
fn charset(content_type: Option<&str>, body: &[u8]) -> Result<(Charset, usize), NotText> {
    // UTF-32 is marked by what would be UTF-16 and a null character.
    if body.starts_with(b"\xFF\xFE\0\0") || body.starts_with(b"\0\0\xFE\xFF") {
        return Err(unknown("utf-32"));
    }
    let marks: [(&[u8], Charset, usize); 3] = [
        (b"\xEF\xBB\xBF", Charset::Utf8, 0),
        (b"\xFF\xFE", Charset::Utf16 { big_endian: false }, 2),
        (b"\xFE\xFF", Charset::Utf16 { big_endian: true }, 2),
    ];
    if let Some((_, charset, start)) = marks.into_iter().find(|(mark, ..)| body.starts_with(mark)) {
        return Ok((charset, start));
    }
    // Every document begins with a character of ASCII, which shows how wide characters are, whatever labels say.
    match body {
        [0, 1..=u8::MAX, ..] => return Ok((Charset::Utf16 { big_endian: true }, 0)),
        [1..=u8::MAX, 0, ..] => return Ok((Charset::Utf16 { big_endian: false }, 0)),
        _ => {}
    }
    let Some(label) = content_type.and_then(parameter).or_else(|| declared(body)) else { return Ok((Charset::Utf8, 0)) };
    match label.to_ascii_lowercase().as_str() {
        // .NET likes to write `encoding="utf-16"` into what is then sent as UTF-8.
        "utf-8" | "utf8" | "utf-16" | "utf16" | "utf-16le" | "utf-16be" => Ok((Charset::Utf8, 0)),
        "us-ascii" | "ascii" => Ok((Charset::Ascii, 0)),
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" => Ok((Charset::Latin1, 0)),
        "windows-1252" | "cp1252" | "cp-1252" => Ok((Charset::Windows1252, 0)),
        _ => Err(unknown(label)),
    }
}

fn unknown(label: &str) -> NotText {
    let label: String = label.chars().take(40).collect();
    NotText { reason: format!("the answer is in `{label}`, which cannot be read; ask the service for UTF-8"), offset: 0 }
}

/// `charset` of a content type.
fn parameter(content_type: &str) -> Option<&str> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty())
}

/// `encoding` of an XML declaration, which is readable before the encoding is known.
fn declared(body: &[u8]) -> Option<&str> {
    /// No declaration is longer.
    const LONGEST: usize = 200;
    let start = body.trim_ascii_start().strip_prefix(b"<?xml")?;
    let start = &start[..start.len().min(LONGEST)];
    let end = start.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(&start[..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split_once(quote).map(|(label, _)| label.trim())
}

/// The text of bytes that are a character each; those of ASCII are themselves in all of these encodings.
fn single(bytes: &[u8], upper: fn(u8) -> Option<char>) -> Result<Cow<'_, str>, usize> {
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.is_ascii()
    {
        return Ok(Cow::Borrowed(text));
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for (offset, byte) in bytes.iter().enumerate() {
        let char = if byte.is_ascii() { Some(char::from(*byte)) } else { upper(*byte) };
        text.push(char.ok_or(offset)?);
    }
    Ok(Cow::Owned(text))
}

fn utf16(bytes: &[u8], big_endian: bool) -> Result<String, usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    let mut text = String::with_capacity(bytes.len() / 2 + bytes.len() / 8);
    let mut offset = 0;
    for char in char::decode_utf16(units) {
        let char = char.map_err(|_| offset)?;
        text.push(char);
        offset += 2 * char.len_utf16();
    }
    if rest.is_empty() { Ok(text) } else { Err(offset) }
}

/// From 0x80 to 0x9F this encoding has characters of its own; five places are empty.
fn windows_1252(byte: u8) -> Option<char> {
    const OWN: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—', '˜',
        '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match OWN.get(usize::from(byte.wrapping_sub(0x80))) {
        Some('\0') => None,
        Some(own) => Some(*own),
        None => Some(char::from(byte)),
    }
}

impl Charset {
    fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 { .. } => "UTF-16",
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, mark: &[u8], big_endian: bool) -> Vec<u8> {
        let units = text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() });
        mark.iter().copied().chain(units).collect()
    }

    #[test]
    fn encodings() {
        const TEXT: &str = "<a>ü€𝄞</a>";
        let table: [(Option<&str>, Vec<u8>, &str); 17] = [
            (None, b"<a>\xC3\xBC</a>".to_vec(), "<a>ü</a>"),
            (Some("text/xml"), b"\xEF\xBB\xBF<a/>".to_vec(), "\u{feff}<a/>"),
            (Some("text/xml; charset=iso-8859-1"), b"\xEF\xBB\xBF<a>\xC3\xBC</a>".to_vec(), "\u{feff}<a>ü</a>"),
            (None, wide(TEXT, b"\xFF\xFE", false), TEXT),
            (None, wide(TEXT, b"\xFE\xFF", true), TEXT),
            (Some("text/xml; charset=utf-8"), wide(TEXT, b"\xFE\xFF", true), TEXT),
            (None, wide(TEXT, b"", false), TEXT),
            (Some("text/xml;charset=UTF-16"), wide(TEXT, b"", false), TEXT),
            (Some("text/xml; charset=utf-8"), wide(TEXT, b"", true), TEXT),
            (Some("text/xml"), b"<?xml version='1.0' encoding='utf-16'?>\xC3\xBC".to_vec(), "<?xml version='1.0' encoding='utf-16'?>ü"),
            (Some("text/xml; Charset='ISO-8859-1'"), b"<a>\xFC\x85</a>".to_vec(), "<a>ü\u{85}</a>"),
            (
                None,
                b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xFC</a>".to_vec(),
                "<?xml version='1.0' encoding='iso-8859-1'?><a>ü</a>",
            ),
            (
                None,
                b"<?xml version=\"1.0\" encoding = \"Windows-1252\" ?>\x80\xFC\x9F".to_vec(),
                "<?xml version=\"1.0\" encoding = \"Windows-1252\" ?>€üŸ",
            ),
            (
                Some("text/xml; charset=utf-8"),
                "<?xml version='1.0' encoding='iso-8859-1'?>ü".into(),
                "<?xml version='1.0' encoding='iso-8859-1'?>ü",
            ),
            (Some("text/xml; charset=us-ascii"), b"<a/>".to_vec(), "<a/>"),
            (Some("text/xml; charset="), b"<a/>".to_vec(), "<a/>"),
            (None, Vec::new(), ""),
        ];
        for (content_type, body, expected) in table {
            let text = decode(content_type, &body);
            assert_eq!(text.as_deref(), Ok(expected), "{content_type:?} {}", body.escape_ascii());
        }
    }

    #[test]
    fn refused() {
        let table: [(Option<&str>, &[u8], &str, usize); 9] = [
            (None, b"<a>\xFC</a>", "the answer is not UTF-8", 3),
            (Some("a; charset=utf-8"), b"<?xml version='1.0' encoding='iso-8859-1'?>\xFC", "the answer is not UTF-8", 43),
            (Some("a; charset=us-ascii"), b"<a>\xFC", "the answer is not US-ASCII", 3),
            (Some("a; charset=windows-1252"), b"<a>\x81", "the answer is not Windows-1252", 3),
            (None, b"\xFE\xFF\0a\xD8\0\0a", "the answer is not UTF-16", 4),
            (None, b"\xFE\xFF\0a\0", "the answer is not UTF-16", 4),
            (Some("a; charset=shift_jis"), b"<a/>", "the answer is in `shift_jis`, which cannot be read; ask the service for UTF-8", 0),
            (None, b"\xFF\xFE\0\0<\0\0\0", "the answer is in `utf-32`, which cannot be read; ask the service for UTF-8", 0),
            (None, b"<?xml encoding='EBCDIC'?>", "the answer is in `EBCDIC`, which cannot be read; ask the service for UTF-8", 0),
        ];
        for (content_type, body, reason, offset) in table {
            let expected = NotText { reason: reason.to_owned(), offset };
            assert_eq!(decode(content_type, body), Err(expected), "{content_type:?} {}", body.escape_ascii());
        }
    }
}
