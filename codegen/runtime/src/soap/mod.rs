//! SOAP 1.1 and 1.2: envelopes out of typed bodies, and typed bodies and faults out of envelopes.
//!
//! A request is written by [`Message`], an answer is read by the `soap_..` functions of [`Raw`](crate::Raw). Of an answer only
//! what carries meaning counts: prefixes, the place of `xmlns`, header entries and the SOAP version are the server's to choose.
//! Header entries are not looked at, even if they are marked `mustUnderstand`: there is no processing model behind a client.

mod action;
mod answer;
mod charset;
mod element;
mod fault;
mod message;
mod records;
mod walk;

pub use fault::SoapFault;
pub use message::Message;
pub use records::{Records, Streamed};

pub(crate) use answer::speaks_of_fault;
pub(crate) use charset::decode as text_of;
pub(crate) use element::Element;

use std::fmt;

/// A version of SOAP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoapVersion {
    /// SOAP 1.1
    V11,
    /// SOAP 1.2
    V12,
}

impl SoapVersion {
    /// The namespace of its envelope.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::V12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The version whose envelope is in this namespace.
    pub(crate) fn of(namespace: &str) -> Option<Self> {
        [Self::V11, Self::V12].into_iter().find(|version| version.namespace() == namespace)
    }

    /// The prefix that requests use.
    const fn prefix(self) -> &'static str {
        match self {
            Self::V11 => "soap",
            Self::V12 => "soap12",
        }
    }

    /// The media type of its envelope.
    const fn media_type(self) -> &'static str {
        match self {
            Self::V11 => "text/xml",
            Self::V12 => "application/soap+xml",
        }
    }
}

impl fmt::Display for SoapVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V11 => "SOAP 1.1",
            Self::V12 => "SOAP 1.2",
        })
    }
}

/// What holds for all operations of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Soap {
    /// The versions it speaks, at least one.
    pub versions: &'static [SoapVersion],
    /// Whether it refuses elements without content, so that none is ever sent.
    pub omit_empty: bool,
}

impl Soap {
    /// The version a client speaks if it was told none: the older one, which every service of that time knows best.
    fn usual(&self) -> SoapVersion {
        let only_newer = self.versions == [SoapVersion::V12];
        if only_newer { SoapVersion::V12 } else { SoapVersion::V11 }
    }
}
