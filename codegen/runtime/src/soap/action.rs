//! How a request says which operation it wants.

use super::SoapVersion;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The content type of an envelope; what else belongs to it is written to `headers`. `None` if the action cannot stand there.
pub(super) fn write(version: SoapVersion, action: &str, headers: &mut HeaderMap) -> Option<HeaderValue> {
    let media_type = version.media_type();
    let action_text = format!("\"{}\"", action.replace('\\', "\\\\").replace('"', "\\\""));
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static(media_type));
    let content_type = match version {
        SoapVersion::V11 => {
            headers.insert(HeaderName::from_static("soapaction"), HeaderValue::try_from(action_text).ok()?);
            format!("{media_type}; charset=utf-8")
        }
        SoapVersion::V12 if action.is_empty() => format!("{media_type}; charset=utf-8"),
        SoapVersion::V12 => format!("{media_type}; charset=utf-8; action={action_text}"),
    };
    HeaderValue::try_from(content_type).ok()
}
