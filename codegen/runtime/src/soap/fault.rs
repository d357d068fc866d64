//! Faults of both versions.

use super::{SoapVersion, charset, walk};
use crate::error::excerpt;
use crate::operation::Fault;
use crate::raw::Raw;
use crate::secret::Redaction;
use crate::xml::{FromXml, QName, Reader, Xml, XmlError};
use std::fmt;

/// Levels of codes in each other that are looked at.
const CODES: usize = 16;

const LANGUAGE: QName = QName("http://www.w3.org/XML/1998/namespace", "lang");

/// What a SOAP service says when a call failed.
///
/// `Display` and `Debug` are one line without credentials; what the methods return is as the service sent it.
#[derive(Clone)]
pub struct SoapFault {
    version: SoapVersion,
    /// The code, then those that say it more exactly.
    codes: Vec<String>,
    reasons: Vec<Reason>,
    actor: Option<String>,
    role: Option<String>,
    detail: Option<Xml>,
    description: Option<String>,
    redaction: Redaction,
}

#[derive(Clone)]
struct Reason {
    language: String,
    text: String,
}

impl SoapFault {
    /// The version of SOAP the fault is written in.
    #[must_use]
    pub fn version(&self) -> SoapVersion {
        self.version
    }

    /// The code without its prefix: `Client` or `Server` in SOAP 1.1, `Sender` or `Receiver` in SOAP 1.2, unless the service
    /// has its own; empty if there is none.
    #[must_use]
    pub fn code(&self) -> &str {
        let code = self.qualified_code();
        code.rsplit_once(':').map_or(code, |(_, local)| local)
    }

    /// The code as it was sent, such as `soap:Client`. What the prefix means is the service's affair.
    #[must_use]
    pub fn qualified_code(&self) -> &str {
        self.codes.first().map_or("", String::as_str)
    }

    /// The codes inside of the code, from the general to the particular, as they were sent. SOAP 1.1 has none.
    pub fn subcodes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().skip(1).map(String::as_str)
    }

    /// What the service says in words, in English if it can choose; empty if there is nothing.
    #[must_use]
    pub fn reason(&self) -> &str {
        let english = self.reasons.iter().find(|reason| reason.language.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("en")));
        english.or(self.reasons.first()).map_or("", |reason| &reason.text)
    }

    /// What the service says in words, each with its language; that is empty in SOAP 1.1.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &str)> {
        self.reasons.iter().map(|reason| (reason.language.as_str(), reason.text.as_str()))
    }

    /// Who failed, such as the class of an exception: `faultactor` in SOAP 1.1, `Node` in SOAP 1.2.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// As whom it failed; SOAP 1.1 does not tell.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// What went wrong, in words: the text of the detail's description, where services of ASP.NET put it, or else the reason.
    /// Empty if there is neither.
    #[must_use]
    pub fn message(&self) -> &str {
        self.description.as_deref().unwrap_or_else(|| self.reason())
    }

    /// The entry of the detail under this name; `None` if there is none.
    #[must_use]
    pub fn detail<T: FromXml>(&self, name: QName) -> Option<Result<T, XmlError>> {
        self.detail.as_ref()?.child(name)
    }

    /// The detail as it was sent.
    #[must_use]
    pub fn detail_xml(&self) -> Option<&Xml> {
        self.detail.as_ref()
    }

    fn new(version: SoapVersion, redaction: Redaction) -> Self {
        let (codes, reasons) = (Vec::new(), Vec::new());
        Self { version, codes, reasons, actor: None, role: None, detail: None, description: None, redaction }
    }

    /// Reads the children of the fault the reader is in. What was read before an error stays.
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        while reader.child()? {
            // Whether they are qualified is a matter of the version, and of how well the service knows it.
            match reader.local() {
                "faultcode" => self.codes.extend(text(reader)?),
                "Code" => self.read_codes(reader)?,
                "faultstring" => self.read_reason(reader)?,
                "Reason" => self.read_reasons(reader)?,
                "faultactor" | "Node" => self.actor = text(reader)?,
                "Role" => self.role = text(reader)?,
                "detail" | "Detail" if !reader.is_nil() => self.read_detail(reader)?,
                _ => reader.skip()?,
            }
        }
        Ok(())
    }

    /// `<Code><Value/><Subcode><Value/>..</Subcode></Code>`
    fn read_codes(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        let outside = reader.depth() - 1;
        while reader.depth() > outside {
            if !reader.child()? {
                continue;
            }
            match reader.local() {
                "Value" if self.codes.len() < CODES => self.codes.extend(text(reader)?),
                "Subcode" => {}
                _ => reader.skip()?,
            }
        }
        Ok(())
    }

    fn read_reasons(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        while reader.child()? {
            if reader.local() == "Text" { self.read_reason(reader)? } else { reader.skip()? }
        }
        Ok(())
    }

    fn read_reason(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        let language = reader.attribute(LANGUAGE)?.unwrap_or_default().into_owned();
        self.reasons.extend(text(reader)?.map(|text| Reason { language, text }));
        Ok(())
    }

    fn read_detail(&mut self, reader: &mut Reader<'_>) -> Result<(), XmlError> {
        let mut detail = Xml::blank();
        detail.read(reader)?;
        self.description = description(&detail).ok().flatten();
        self.detail = Some(detail);
        Ok(())
    }

    /// Message, code and actor in one line.
    fn line(&self) -> String {
        let facts: Vec<&str> = [self.code()].into_iter().chain(self.actor()).filter(|fact| !fact.is_empty()).collect();
        match (self.message(), facts.join(", ")) {
            ("", facts) if facts.is_empty() => "a fault without a reason".to_owned(),
            ("", facts) => facts,
            (message, facts) if facts.is_empty() => message.to_owned(),
            (message, facts) => format!("{message} ({facts})"),
        }
    }
}

/// The text of an element; `None` if it is blank.
fn text(reader: &mut Reader<'_>) -> Result<Option<String>, XmlError> {
    if reader.null()? {
        return Ok(None);
    }
    let text = reader.text()?;
    Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned))
}

/// The attribute `Text` of the child `Description`, in whichever namespace.
fn description(detail: &Xml) -> Result<Option<String>, XmlError> {
    let document = detail.to_document();
    let mut reader = Reader::new(&document);
    reader.root()?;
    while reader.child()? {
        if reader.local() == "Description"
            && let Some(text) = reader.attribute(QName("", "Text"))?
        {
            return Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned));
        }
        reader.skip()?;
    }
    Ok(None)
}

impl Fault for SoapFault {
    const FINAL: bool = true;

    fn of(raw: &Raw) -> Option<Self> {
        let text = charset::decode(raw.content_type(), raw.body()).ok()?;
        let mut reader = walk::fault(&text)?;
        let version = SoapVersion::of(reader.namespace())?;
        let mut fault = Self::new(version, raw.redaction().clone());
        // A fault that breaks off still says more than the status.
        let _ = fault.read(&mut reader);
        Some(fault)
    }

    fn message(&self) -> Option<String> {
        Some(Self::message(self).to_owned())
    }

    fn summary(&self) -> Option<String> {
        Some(self.line())
    }
}

impl fmt::Display for SoapFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&excerpt::without(&self.redaction, self.line().as_bytes(), excerpt::SHOWN))
    }
}

impl fmt::Debug for SoapFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SoapFault({self})")
    }
}
