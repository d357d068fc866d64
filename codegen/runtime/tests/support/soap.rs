//! A small SOAP service as the generator emits it.

use super::both::Setup;
use tms_runtime::codegen::{
    Api, Auth, DecodeError, EncodeError, Info, Method, Mode, Operation, Parts, Patch, Place, QName, Raw, Records, Retry, Scheme, Secret,
    Soap, SoapFault, SoapVersion, Streamed, XmlExtra, record,
};
use tms_runtime::{Client, ClientBuilder};

pub(crate) const NAMESPACE: &str = "urn:bugs";
pub(crate) const SOAP: Soap = Soap { versions: &[SoapVersion::V11, SoapVersion::V12], omit_empty: true };
const LOGIN: Auth = Auth::AnyOf(&[&["Login"]]);

/// An obviously fake credential; no output may ever show it. What XML escapes is in it.
pub(crate) const SECRET: &str = "fake<&>\"sesame'open";

pub(crate) static API: Api = Api {
    user_agent: "sample/0.1.0",
    base_url: Some("http://bugs.example.com/service.asmx"),
    schemes: &[
        Scheme { name: "Login", place: Place::Element(QName(NAMESPACE, "Login")), setter: "login", env: None },
        Scheme { name: "Token", place: Place::Header("x-token"), setter: "token", env: None },
    ],
    rate_limit: None,
};

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Login {
    pub(crate) project: Option<i32>,
    pub(crate) code: Option<Secret>,
    pub(crate) extra: XmlExtra,
}
record! { Login in NAMESPACE { "Project" => project, "Code" => code } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bug {
    pub(crate) id: i32,
    pub(crate) title: Option<String>,
    pub(crate) due: Patch<String>,
    pub(crate) extra: XmlExtra,
}
record! { Bug in NAMESPACE { "Id" => id!, "Title" => title, "Due" => due } }

pub(crate) fn login() -> Login {
    Login { project: Some(7), code: Some(SECRET.into()), ..Login::default() }
}

pub(crate) fn builder<M: Mode>() -> ClientBuilder<M> {
    Client::builder(&API).element_credential("Login", &login())
}

/// Nothing special.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Setup for Plain {
    fn builder<M: Mode>(self) -> ClientBuilder<M> {
        builder()
    }
}

/// The newer version.
#[derive(Clone, Copy)]
pub(crate) struct Newer;

impl Setup for Newer {
    fn builder<M: Mode>(self) -> ClientBuilder<M> {
        builder().soap_version(SoapVersion::V12)
    }
}

const fn info(name: &'static str, operation: &'static str, auth: Auth, retry: Retry) -> Info {
    Info { name, method: Method::Post, path: operation, auth, retry, envelope: None }
}

#[derive(Clone, Debug)]
pub(crate) struct Load {
    pub(crate) id: i32,
}

impl Operation for Load {
    type Output = Bug;
    type Fault = SoapFault;
    const INFO: Info = info("bugs.load", "Bugs_Load", LOGIN, Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        let body = parts.soap(&SOAP, "urn:bugs/Load");
        body.wrapper(QName(NAMESPACE, "Bugs_Load"));
        body.element("Id", &self.id);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Bug, DecodeError> {
        raw.soap_child(QName(NAMESPACE, "Bugs_LoadResponse"), QName(NAMESPACE, "Bugs_LoadResult"))
    }
}

/// Adds; must not be sent twice.
#[derive(Clone, Debug)]
pub(crate) struct Add {
    pub(crate) bug: Bug,
    pub(crate) notes: Option<String>,
}

impl Operation for Add {
    type Output = i32;
    type Fault = SoapFault;
    const INFO: Info = info("bugs.add", "Bugs_Add", LOGIN, Retry::OnlyRefused);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        let body = parts.soap(&SOAP, "urn:bugs/Add");
        body.wrapper(QName(NAMESPACE, "Bugs_Add"));
        body.element("Bug", &self.bug);
        body.element("Notes", &self.notes);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<i32, DecodeError> {
        raw.soap_child(QName(NAMESPACE, "Bugs_AddResponse"), QName(NAMESPACE, "Bugs_AddResult"))
    }
}

/// A list.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) sorting: Option<String>,
    pub(crate) projects: Vec<i32>,
}

pub(crate) const LIST: [QName; 3] = [QName(NAMESPACE, "Bugs_ListResponse"), QName(NAMESPACE, "Bugs_ListResult"), QName(NAMESPACE, "Bug")];

impl Operation for List {
    type Output = Vec<Bug>;
    type Fault = SoapFault;
    const INFO: Info = info("bugs.list", "Bugs_List", LOGIN, Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        let body = parts.soap(&SOAP, "urn:bugs/List");
        body.wrapper(QName(NAMESPACE, "Bugs_List"));
        body.element("Sorting", &self.sorting);
        body.array("Projects", "int", &self.projects);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Vec<Bug>, DecodeError> {
        raw.soap_array(LIST[0], LIST[1], LIST[2])
    }
}

impl Streamed for List {
    type Record = Bug;

    fn records(raw: Raw) -> Records<Bug> {
        raw.soap_records(LIST[0], LIST[1], LIST[2])
    }
}

/// Deletes; nothing comes back.
#[derive(Clone, Debug)]
pub(crate) struct Delete {
    pub(crate) id: i32,
}

impl Operation for Delete {
    type Output = ();
    type Fault = SoapFault;
    const INFO: Info = info("bugs.delete", "Bugs_Delete", LOGIN, Retry::OnlyRefused);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        let body = parts.soap(&SOAP, "urn:bugs/Delete");
        body.wrapper(QName(NAMESPACE, "Bugs_Delete"));
        body.element("Id", &self.id);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<(), DecodeError> {
        raw.soap_empty()
    }
}

/// Needs no credential, but holds a secret itself; may answer nothing.
#[derive(Clone, Debug)]
pub(crate) struct Enter {
    pub(crate) password: Secret,
}

impl Operation for Enter {
    type Output = Option<String>;
    type Fault = SoapFault;
    const INFO: Info = info("enter", "Enter", Auth::None, Retry::Idempotent);

    fn encode(&self, parts: &mut Parts) -> Result<(), EncodeError> {
        let body = parts.soap(&SOAP, "urn:bugs/Enter");
        body.wrapper(QName(NAMESPACE, "Enter"));
        body.element("Password", &self.password);
        Ok(())
    }

    fn decode(raw: &Raw) -> Result<Option<String>, DecodeError> {
        raw.soap_child(QName(NAMESPACE, "EnterResponse"), QName(NAMESPACE, "EnterResult"))
    }
}

/// An envelope of SOAP 1.1 around a body.
pub(crate) fn envelope(body: &str) -> String {
    envelope_of(SoapVersion::V11, body)
}

/// An envelope around a body.
pub(crate) fn envelope_of(version: SoapVersion, body: &str) -> String {
    let namespace = version.namespace();
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope xmlns:s=\"{namespace}\"><s:Body>{body}</s:Body></s:Envelope>")
}

/// The answer to [`Load`].
pub(crate) fn loaded(bug: &str) -> String {
    envelope(&format!("<Bugs_LoadResponse xmlns=\"{NAMESPACE}\"><Bugs_LoadResult>{bug}</Bugs_LoadResult></Bugs_LoadResponse>"))
}

/// The answer to [`List`].
pub(crate) fn listed(bugs: &str) -> String {
    envelope(&format!("<Bugs_ListResponse xmlns=\"{NAMESPACE}\"><Bugs_ListResult>{bugs}</Bugs_ListResult></Bugs_ListResponse>"))
}

/// A fault as the documents print it: the words are in an attribute of the detail.
pub(crate) fn fault(version: SoapVersion, words: &str) -> String {
    let detail = format!("<detail><Description Text=\"{words}\"/></detail>");
    let fault = match version {
        SoapVersion::V11 => format!(
            "<s:Fault><faultcode>s:Client</faultcode><faultstring>Error</faultstring><faultactor>app.AuthException</faultactor>{detail}</s:Fault>"
        ),
        SoapVersion::V12 => format!(
            "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en\">Error</s:Text></s:Reason>\
             <s:Node>app.AuthException</s:Node>{detail}</s:Fault>"
        ),
    };
    envelope_of(version, &fault)
}
