//! SOAP faults.

use super::message::Version;
use super::xml::escape;
use crate::answer::Answer;
use http::StatusCode;

/// A fault, in the words of neither version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoapFault {
    code: Code,
    reason: String,
    /// Who found it: `faultactor`, or `Node`.
    actor: Option<String>,
    /// What stands in the detail.
    detail: Detail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    Client,
    Server,
    VersionMismatch,
    MustUnderstand,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Detail {
    /// An empty one.
    Empty,
    /// `Description` with the message in its attribute `Text`.
    Description(String),
}

impl SoapFault {
    /// The sender's mistake, as the framework says it: all in the reason, and an empty detail.
    #[must_use]
    pub fn client(reason: impl Into<String>) -> Self {
        Self { code: Code::Client, reason: reason.into(), actor: None, detail: Detail::Empty }
    }

    /// The receiver's mistake.
    #[must_use]
    pub fn server(reason: impl Into<String>) -> Self {
        Self { code: Code::Server, ..Self::client(reason) }
    }

    /// The same, found by a class of the server, with a message of its own in the detail.
    #[must_use]
    pub fn described(mut self, actor: impl Into<String>, message: impl Into<String>) -> Self {
        self.actor = Some(actor.into());
        self.detail = Detail::Description(message.into());
        self
    }

    pub(crate) fn version_mismatch(mut self) -> Self {
        self.code = Code::VersionMismatch;
        self
    }

    pub(crate) fn must_understand(mut self) -> Self {
        self.code = Code::MustUnderstand;
        self
    }

    /// The fault in an envelope.
    pub(crate) fn answer(&self, version: Version, status: StatusCode) -> Answer {
        let body = match version {
            Version::V11 => self.v11(),
            Version::V12 => self.v12(),
        };
        reply(version, status, &body)
    }

    fn v11(&self) -> String {
        let code = match self.code {
            Code::Client => "Client",
            Code::Server => "Server",
            Code::VersionMismatch => "VersionMismatch",
            Code::MustUnderstand => "MustUnderstand",
        };
        let actor = self.actor.as_ref().map_or_else(String::new, |actor| format!("<faultactor>{}</faultactor>", escape(actor)));
        let detail = self.detail.element("detail");
        format!(
            "<soap:Fault><faultcode>soap:{code}</faultcode><faultstring>{}</faultstring>{actor}{detail}</soap:Fault>",
            escape(&self.reason)
        )
    }

    /// The service writes its detail without a prefix and in lower case; the framework's is the standard one.
    fn v12(&self) -> String {
        let code = match self.code {
            Code::Client => "Sender",
            Code::Server => "Receiver",
            Code::VersionMismatch => "VersionMismatch",
            Code::MustUnderstand => "MustUnderstand",
        };
        let reason = escape(&self.reason);
        let actor = self.actor.as_ref().map_or_else(String::new, |actor| format!("<soap:Node>{}</soap:Node>", escape(actor)));
        let detail = match &self.detail {
            Detail::Empty => self.detail.element("soap:Detail"),
            Detail::Description(_) => self.detail.element("detail"),
        };
        format!(
            "<soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">{reason}\
             </soap:Text></soap:Reason>{actor}{detail}</soap:Fault>"
        )
    }
}

impl Detail {
    fn element(&self, name: &str) -> String {
        match self {
            Self::Empty => format!("<{name}/>"),
            Self::Description(message) => format!("<{name}><Description Text=\"{}\"/></{name}>", escape(message)),
        }
    }
}

/// An envelope as an answer.
pub(crate) fn reply(version: Version, status: StatusCode, body: &str) -> Answer {
    Answer::bytes(status, format!("{}; charset=utf-8", version.media_type()), version.envelope(body))
}
