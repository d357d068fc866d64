//! The types every schema has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::{Date, DateTime, Time};
use serde_json::Value;

/// A built-in type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// How a built-in type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text as it is.
    Text,
    /// Text whose white space does not count.
    Token,
    Integer {
        min: i128,
        max: i128,
    },
    Decimal,
    Float,
    Boolean,
    DateTime,
    Date,
    Time,
    Duration,
    Base64,
    Hex,
    Name,
}

const UNBOUNDED: (i128, i128) = (i128::MIN, i128::MAX);

const fn integer(name: &'static str, (min, max): (i128, i128)) -> Builtin {
    Builtin { name, kind: Kind::Integer { min, max } }
}

const fn other(name: &'static str, kind: Kind) -> Builtin {
    Builtin { name, kind }
}

/// All of them, `anyType` aside.
pub(crate) static ALL: [Builtin; 45] = [
    other("anySimpleType", Kind::Text),
    other("string", Kind::Text),
    other("normalizedString", Kind::Text),
    other("token", Kind::Token),
    other("language", Kind::Token),
    other("anyURI", Kind::Token),
    other("Name", Kind::Name),
    other("NCName", Kind::Name),
    other("NMTOKEN", Kind::Token),
    other("NMTOKENS", Kind::Token),
    other("ID", Kind::Name),
    other("IDREF", Kind::Name),
    other("IDREFS", Kind::Token),
    other("ENTITY", Kind::Name),
    other("ENTITIES", Kind::Token),
    other("QName", Kind::Name),
    other("NOTATION", Kind::Name),
    integer("integer", UNBOUNDED),
    integer("nonPositiveInteger", (i128::MIN, 0)),
    integer("negativeInteger", (i128::MIN, -1)),
    integer("nonNegativeInteger", (0, i128::MAX)),
    integer("positiveInteger", (1, i128::MAX)),
    integer("long", (i64::MIN as i128, i64::MAX as i128)),
    integer("int", (i32::MIN as i128, i32::MAX as i128)),
    integer("short", (i16::MIN as i128, i16::MAX as i128)),
    integer("byte", (i8::MIN as i128, i8::MAX as i128)),
    integer("unsignedLong", (0, u64::MAX as i128)),
    integer("unsignedInt", (0, u32::MAX as i128)),
    integer("unsignedShort", (0, u16::MAX as i128)),
    integer("unsignedByte", (0, u8::MAX as i128)),
    other("decimal", Kind::Decimal),
    other("float", Kind::Float),
    other("double", Kind::Float),
    other("boolean", Kind::Boolean),
    other("dateTime", Kind::DateTime),
    other("date", Kind::Date),
    other("time", Kind::Time),
    other("duration", Kind::Duration),
    other("gYear", Kind::Token),
    other("gYearMonth", Kind::Token),
    other("gMonth", Kind::Token),
    other("gMonthDay", Kind::Token),
    other("gDay", Kind::Token),
    other("base64Binary", Kind::Base64),
    other("hexBinary", Kind::Hex),
];

impl Builtin {
    /// The value a text stands for: numbers and booleans as such, everything else as text.
    pub(crate) fn read(&self, text: &str) -> Result<Value, String> {
        let collapsed = collapse(text);
        let token = match self.kind {
            Kind::Text => text,
            _ => collapsed.as_str(),
        };
        let fine = match self.kind {
            Kind::Text | Kind::Token => true,
            Kind::Integer { min, max } => return integer_value(token, min, max).ok_or_else(|| self.complaint(token)),
            Kind::Boolean => {
                return match token {
                    "true" | "1" => Ok(Value::Bool(true)),
                    "false" | "0" => Ok(Value::Bool(false)),
                    _ => Err(self.complaint(token)),
                };
            }
            Kind::Decimal => is_decimal(token),
            Kind::Float => is_float(token),
            Kind::DateTime => {
                let (rest, fine) = without_zone(token);
                fine && rest.contains('T') && rest.parse::<DateTime>().is_ok()
            }
            Kind::Date => {
                let (rest, fine) = without_zone(token);
                fine && rest.parse::<Date>().is_ok() && !rest.contains('T')
            }
            Kind::Time => {
                let (rest, fine) = without_zone(token);
                fine && !rest.contains('T') && rest.parse::<Time>().is_ok()
            }
            Kind::Duration => is_duration(token),
            Kind::Base64 => STANDARD.decode(token.replace(' ', "")).is_ok(),
            Kind::Hex => token.len().is_multiple_of(2) && token.chars().all(|c| c.is_ascii_hexdigit()),
            Kind::Name => {
                !token.is_empty() && !token.contains(' ') && !token.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
            }
        };
        match (fine, self.kind) {
            (false, _) => Err(self.complaint(token)),
            (true, Kind::Base64) => Ok(Value::from(token.replace(' ', ""))),
            (true, _) => Ok(Value::from(token)),
        }
    }

    fn complaint(&self, text: &str) -> String {
        format!("`{text}` is no {}", self.name)
    }
}

/// White space at the ends dropped, in between one space.
pub(crate) fn collapse(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn integer_value(text: &str, min: i128, max: i128) -> Option<Value> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number: i128 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| text.strip_prefix('+').unwrap_or(text).parse().ok())??;
    let exact = i64::try_from(number).map(Value::from).or_else(|_| u64::try_from(number).map(Value::from));
    (min..=max).contains(&number).then(|| exact.unwrap_or_else(|_| Value::from(text)))
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
    all_digits && whole.len() + part.len() > 0
}

fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let plain = is_decimal(mantissa) && !exponent.is_empty() && exponent.bytes().all(|b| b.is_ascii_digit());
    plain || matches!(text, "INF" | "-INF" | "NaN")
}

/// A date or time without its zone, and whether the zone was well written.
fn without_zone(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_suffix('Z') {
        return (rest, true);
    }
    let Some((rest, zone)) = text.len().checked_sub(6).filter(|at| text.is_char_boundary(*at)).map(|at| text.split_at(at)) else {
        return (text, true);
    };
    match zone.strip_prefix(['+', '-']).filter(|zone| zone.contains(':')) {
        Some(zone) => (rest, zone.split(':').all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))),
        None => (text, true),
    }
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').unwrap_or(text).strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    let fields = |text: &str, units: &str| {
        let mut units = units.chars();
        let mut rest = text;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|at| *at > 0)?;
            let unit = rest[digits..].chars().next()?;
            units.by_ref().find(|u| *u == unit)?;
            rest = &rest[digits + unit.len_utf8()..];
        }
        Some(())
    };
    let something = !date.is_empty() || !time.is_empty();
    something && (rest.contains('T') != time.is_empty()) && fields(date, "YMD").is_some() && fields(time, "HMS").is_some()
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn texts_are_held_to_their_type() {
        for (name, good, bad) in [
            ("string", &["", " a ", "<"] as &[&str], &[] as &[&str]),
            ("int", &["0", "-1", " 7 ", "+7", "2147483647", "007"], &["", "7.0", "2147483648", "seven", "--7", "+-7"]),
            ("unsignedByte", &["255"], &["256", "-1"]),
            ("unsignedLong", &["18446744073709551615"], &["18446744073709551616"]),
            ("decimal", &["1", "-1.50", ".5", "5."], &["", ".", "1e3", "1,5", "NaN"]),
            ("double", &["1", "1.5e-3", "INF", "-INF", "NaN"], &["", "inf", "1e", "e3"]),
            ("boolean", &["true", "0", "1"], &["TRUE", "Y", ""]),
            (
                "dateTime",
                &["2014-07-25T10:20:30", "0001-01-01T00:00:00", "2014-07-25T10:20:30.123Z", "2014-07-25T10:20:30+04:00"],
                &["2014-07-25", "2014-02-30T00:00:00", "2014-07-25 10:20:30", "2014-07-25T10:20:30+4:00", ""],
            ),
            ("date", &["2014-07-25", "2014-07-25Z"], &["2014-07-32", "25.07.2014", "2014-07-25T00:00:00"]),
            ("duration", &["P1Y2M3DT4H5M6.7S", "-PT1S", "P1D"], &["P", "PT", "1D", "P1H", "P1DT"]),
            ("base64Binary", &["", "aGVsbG8=", "aGVs\n bG8="], &["aGVsbG8", "a$=="]),
            ("hexBinary", &["0aF0"], &["0", "0g"]),
            ("NCName", &["a-b"], &["", "1a", "a b"]),
        ] {
            let builtin = ALL.iter().find(|b| b.name == name).expect(name);
            for text in good {
                assert!(builtin.read(text).is_ok(), "{name} takes `{text}`: {:?}", builtin.read(text));
            }
            for text in bad {
                assert!(builtin.read(text).is_err(), "{name} does not take `{text}`");
            }
        }
    }
}
