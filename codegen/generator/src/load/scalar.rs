use crate::source::{Number, Value};

/// What an unquoted YAML scalar means, by the core schema of YAML 1.2.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    if let Some((digits, radix)) = text.strip_prefix("0x").map(|d| (d, 16)).or_else(|| text.strip_prefix("0o").map(|d| (d, 8))) {
        let unsigned = digits.starts_with(|c: char| c.is_digit(radix));
        return u64::from_str_radix(digits, radix).ok().filter(|_| unsigned).map(|value| Number::from_text(value.to_string()));
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let special = matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    (special || is_decimal(unsigned)).then(|| Number::from_text(text))
}

/// `12`, `12.`, `.5`, `1.5e3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_yaml_1_2() {
        for text in ["yes", "on", "No", "1.2.3", "12:30", "2020-01-01", "1e", "e3", ".", "-", "0x", "0o8", "1_000", "+0x1", "-.nan"] {
            assert!(matches!(resolve(text), Value::String(_)), "`{text}` is a text");
        }
        for (text, value) in
            [("12", 12.0), ("-1", -1.0), ("+3", 3.0), ("1e3", 1000.0), (".5", 0.5), ("2.", 2.0), ("0o14", 12.0), ("0x1F", 31.0)]
        {
            let Value::Number(number) = resolve(text) else { panic!("`{text}` is a number") };
            assert_eq!(number.as_f64(), Some(value), "{text}");
        }
        assert!(matches!(resolve("~"), Value::Null));
        assert!(matches!(resolve("True"), Value::Bool(true)));
    }
}
