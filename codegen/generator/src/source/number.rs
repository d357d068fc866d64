use std::fmt;

/// A number as the file writes it (YAML's hexadecimal and octal forms are turned into decimal).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Box<str>);

impl Number {
    /// Keeps a number that a parser recognised as one.
    pub(crate) fn from_text(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its value, if it is an integer that fits; `1.0` and `1e3` count as integers, as JSON Schema says.
    pub fn as_i64(&self) -> Option<i64> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        self.0.strip_prefix('+').unwrap_or(&self.0).parse().ok().or_else(|| {
            let value = self.as_f64()?;
            (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
        })
    }

    /// Its value as a float: `None` for YAML's `.nan`.
    pub fn as_f64(&self) -> Option<f64> {
        match &*self.0 {
            ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
            "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
            text => text.parse().ok().filter(|value: &f64| !value.is_nan()),
        }
    }

    /// Whether it is a whole number, of any size.
    pub fn is_integer(&self) -> bool {
        self.0.trim_start_matches(['+', '-']).bytes().all(|b| b.is_ascii_digit())
            || self.as_f64().is_some_and(|value| value.is_finite() && value.fract() == 0.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
