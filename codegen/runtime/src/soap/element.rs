//! Credentials that are elements of the request.

use super::{Soap, message};
use crate::credentials::{Place, Scheme};
use crate::secret::Secret;
use crate::xml::{QName, Slot, ToXml, Writer, Written, XmlError};

/// A credential as it goes out, once as it is and once without its empty parts: which of them counts is a matter of the service.
#[derive(Clone)]
pub(crate) struct Element {
    name: QName,
    whole: String,
    lean: String,
    secrets: Vec<Secret>,
    problem: Option<String>,
}

impl Element {
    /// The credential of the scheme of this name.
    pub(crate) fn new(schemes: &[Scheme], scheme: &str, value: &dyn ToXml) -> Self {
        let name = schemes.iter().find(|known| known.name == scheme).and_then(|known| match known.place {
            Place::Element(name) => Some(name),
            _ => None,
        });
        // Of another scheme it is refused later, by those who know how its credential is given.
        let name = name.unwrap_or(QName("", "credential"));
        let written = |omit_empty| -> Result<Written, XmlError> {
            let mut writer = message::writer(name.0, &Soap { versions: &[], omit_empty });
            writer.element(name, value);
            writer.finish()
        };
        match (written(false), written(true)) {
            (Ok(whole), Ok(lean)) => Self { name, whole: whole.text, lean: lean.text, secrets: whole.secrets, problem: None },
            (Err(error), _) | (_, Err(error)) => {
                let problem = format!("cannot be written as XML: {}", error.reason());
                Self { name, whole: String::new(), lean: String::new(), secrets: Vec::new(), problem: Some(problem) }
            }
        }
    }

    /// Why it cannot be sent.
    pub(crate) fn problem(&self) -> Option<&str> {
        match &self.problem {
            Some(problem) => Some(problem),
            None if self.lean.is_empty() => Some("is empty"),
            None => None,
        }
    }

    /// Writes it where `default` is the default namespace.
    pub(super) fn write(&self, default: &str, omit_empty: bool, target: &mut String) {
        let text = if omit_empty { &self.lean } else { &self.whole };
        if self.name.0 == default {
            return target.push_str(text);
        }
        let (tag, rest) = text.split_at(1 + self.name.1.len());
        target.push_str(tag);
        declare(self.name.0, target);
        target.push_str(rest);
    }

    /// The forms in which its secrets can come back.
    pub(crate) fn forms(&self) -> Vec<String> {
        self.secrets.iter().flat_map(forms).collect()
    }
}

/// Makes `namespace` the default namespace of the start tag at the end of `target`.
pub(super) fn declare(namespace: &str, target: &mut String) {
    let mut writer = Writer::new();
    writer.text(Slot::Attribute(QName("", "xmlns")), namespace);
    // A namespace that XML cannot write is none that a schema could have.
    target.push_str(&writer.finish().map(|written| written.text).unwrap_or_default());
}

/// The forms in which a secret can come back in XML.
pub(super) fn forms(secret: &Secret) -> Vec<String> {
    let text = secret.expose();
    let least = text.replace('&', "&amp;").replace('<', "&lt;");
    let usual = least.replace('>', "&gt;");
    let quoted = usual.replace('"', "&quot;");
    let most = [quoted.replace('\'', "&apos;"), quoted.replace('\'', "&#39;")];
    [text.to_owned(), least, usual, quoted].into_iter().chain(most).collect()
}
