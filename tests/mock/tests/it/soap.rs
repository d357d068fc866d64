//! The SOAP side: requests written by hand, answers as they come over the wire.

mod calls;
mod faults;
mod hostile;
mod lifecycle;
mod lists;
mod login;
mod pages;
mod printed;
mod refusals;
mod zoo;

use crate::client::{Reply, send, start};
use std::io;
use tms_mock::Mock;

const NAMESPACE: &str = "http://www.pragmaticsw.com/";

/// Credentials of the samples.
pub(crate) const CREDENTIALS: &str = "<AuthenticationData><AppCode>agSP</AppCode><DeptId>7154</DeptId><ProjId>1032</ProjId>\
     <UserId>25315</UserId><PassCode>p@ssword</PassCode></AuthenticationData>";

/// A running mock of QAComplete's SOAP service.
pub(crate) fn qacomplete() -> Mock {
    start(Mock::qacomplete_soap())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    V11,
    V12,
}

pub(crate) const BOTH: [Version; 2] = [Version::V11, Version::V12];

impl Version {
    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::V11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::V12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::V11 => "text/xml; charset=utf-8",
            Self::V12 => "application/soap+xml; charset=utf-8",
        }
    }

    /// An envelope as the documentation prints it.
    pub(crate) fn envelope(self, body: &str) -> String {
        let prefix = match self {
            Self::V11 => "soap",
            Self::V12 => "soap12",
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><{prefix}:Envelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:{prefix}=\"{}\"><{prefix}:Body>{body}</{prefix}:Body></{prefix}:Envelope>",
            self.namespace()
        )
    }
}

/// A request, all of it to be changed.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) content_type: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) body: String,
}

impl Post {
    /// A right one: `inner` is what stands in the operation's element.
    pub(crate) fn new(version: Version, operation: &str, inner: &str) -> Self {
        let body = version.envelope(&format!("<{operation} xmlns=\"{NAMESPACE}\">{inner}</{operation}>"));
        let action = format!("\"{NAMESPACE}{operation}\"");
        match version {
            Version::V11 => Self { content_type: Some(version.content_type().to_owned()), action: Some(action), body },
            Version::V12 => Self { content_type: Some(format!("{}; action={action}", version.content_type())), action: None, body },
        }
    }

    pub(crate) fn try_send(&self, mock: &Mock) -> io::Result<Reply> {
        let mut request = send(mock, "POST", "").without("Token").without("Accept").text(&self.body);
        if let Some(content_type) = &self.content_type {
            request = request.header("Content-Type", content_type);
        }
        if let Some(action) = &self.action {
            request = request.header("SOAPAction", action);
        }
        request.try_now()
    }

    #[track_caller]
    pub(crate) fn send(&self, mock: &Mock) -> Reply {
        self.try_send(mock).expect("an answer")
    }
}

/// An operation with credentials before its arguments, in SOAP 1.1.
#[track_caller]
pub(crate) fn call(mock: &Mock, operation: &str, arguments: &str) -> Reply {
    Post::new(Version::V11, operation, &format!("{CREDENTIALS}{arguments}")).send(mock)
}

/// The text of a success.
#[track_caller]
pub(crate) fn ok(reply: &Reply) -> String {
    let text = text(reply);
    assert_eq!(reply.status, 200, "{text}");
    text
}

pub(crate) fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).expect("UTF-8")
}

/// The text of every element of this name in an answer, in order.
#[track_caller]
pub(crate) fn all(reply: &Reply, name: &str) -> Vec<String> {
    let text = ok(reply);
    let document = roxmltree::Document::parse(&text).expect("XML");
    let found = document.descendants().filter(|node| node.is_element() && node.tag_name().name() == name);
    found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// The text of the only element of this name.
#[track_caller]
pub(crate) fn only(reply: &Reply, name: &str) -> String {
    let found = all(reply, name);
    assert_eq!(found.len(), 1, "one `{name}` in {}", text(reply));
    found.into_iter().next().expect("just counted")
}

/// A SOAP fault, whatever its version.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: String,
    pub(crate) reason: String,
    pub(crate) actor: Option<String>,
    pub(crate) message: Option<String>,
}

/// Reads a fault at a status; every part must have the name and the namespace its version gives it.
#[track_caller]
pub(crate) fn fault(reply: &Reply, version: Version, status: u16) -> Fault {
    let text = text(reply);
    assert_eq!((reply.status, reply.header("content-type")), (status, Some(version.content_type())), "{text}");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let own = |name: &str| document.descendants().find(|node| node.has_tag_name((version.namespace(), name)));
    let bare = |name: &str| document.descendants().find(|node| node.is_element() && node.tag_name() == name.into());
    let content = |node: Option<roxmltree::Node<'_, '_>>| node.and_then(|node| node.text()).map(str::to_owned);
    assert!(own("Body").and_then(|body| body.first_element_child()).is_some_and(|f| f.tag_name().name() == "Fault"), "{text}");
    let (code, reason, actor) = match version {
        Version::V11 => (bare("faultcode"), bare("faultstring"), bare("faultactor")),
        Version::V12 => (own("Code").and_then(|_| own("Value")), own("Reason").and_then(|_| own("Text")), own("Node")),
    };
    let message = bare("detail").and_then(|_| bare("Description")).and_then(|node| node.attribute("Text")).map(str::to_owned);
    Fault { code: content(code).expect("a code"), reason: content(reason).expect("a reason"), actor: content(actor), message }
}

/// The message of a refusal that is about the data, in SOAP 1.1.
#[track_caller]
pub(crate) fn refused(reply: &Reply) -> String {
    let fault = fault(reply, Version::V11, 500);
    assert_eq!((fault.code.as_str(), fault.reason.as_str()), ("soap:Client", "Error"));
    assert_eq!(fault.actor.as_deref(), Some(tms_mock::qacomplete_soap::DATA_EXCEPTION));
    fault.message.expect("a description")
}
