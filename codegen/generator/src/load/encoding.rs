/// Why the bytes of an XML file are no text to us.
#[derive(Debug)]
pub(super) enum Undecodable {
    /// They were to be UTF-8.
    NotUtf8(Vec<u8>),
    /// They are in an encoding that is not read.
    Refused(String),
}

/// The text of an XML file, without its byte order mark: UTF-8, UTF-16, ISO-8859-1, and what is plain ASCII whatever it declares.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Undecodable> {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec()),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        // A UTF-16 file without mark still begins with `<`.
        [0, b'<', ..] => utf16(&bytes, u16::from_be_bytes),
        [b'<', 0, ..] => utf16(&bytes, u16::from_le_bytes),
        _ => match declared(&bytes).map(str::to_ascii_lowercase).as_deref() {
            // What can be read so far is not UTF-16, whatever it says.
            None | Some("utf-8" | "utf8" | "utf-16" | "us-ascii") => utf8(bytes),
            Some("iso-8859-1" | "latin1") => Ok(bytes.iter().copied().map(char::from).collect()),
            Some(_) if bytes.is_ascii() => utf8(bytes),
            Some(other) => Err(Undecodable::Refused(other.to_owned())),
        },
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Undecodable> {
    String::from_utf8(bytes).map_err(|error| Undecodable::NotUtf8(error.into_bytes()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let broken = || Undecodable::Refused("UTF-16, with errors".to_owned());
    let (pairs, []) = bytes.as_chunks::<2>() else { return Err(broken()) };
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().map_err(|_| broken())
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    const LONGEST: usize = 200;
    let head = bytes.get(..bytes.len().min(LONGEST))?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let head = std::str::from_utf8(head.get(..end)?).ok()?.strip_prefix("<?xml")?;
    let (_, rest) = head.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_read_or_refused_and_never_guessed() {
        let text = "<?xml version='1.0'?><a>é😀</a>";
        let read = |bytes: &[u8]| decode(bytes.to_vec()).ok();
        let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        assert_eq!(read(text.as_bytes()).as_deref(), Some(text));
        assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).as_deref(), Some(text));
        for to in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(read(&[&to(0xFEFF)[..], &units(to)].concat()).as_deref(), Some(text));
            assert_eq!(read(&units(to)).as_deref(), Some(text));
        }
        assert_eq!(read(b"<?xml version='1.0' encoding = \"ISO-8859-1\"?><a>\xE9</a>").map(|text| text.ends_with("<a>é</a>")), Some(true));
        assert!(read(b"<?xml version='1.0' encoding='gb2312'?><a/>").is_some());
        assert!(
            matches!(decode(b"<?xml version='1.0' encoding='gb2312'?><a>\xE9</a>".to_vec()), Err(Undecodable::Refused(name)) if name == "gb2312")
        );
        assert!(matches!(decode(b"<a>\xE9</a>".to_vec()), Err(Undecodable::NotUtf8(_))));
        assert!(matches!(decode(b"\xFF\xFE<\0a".to_vec()), Err(Undecodable::Refused(_))));
    }
}
