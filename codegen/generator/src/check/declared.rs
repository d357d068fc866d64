use super::{operations, wsdl};
use crate::diagnostic::Report;
use crate::source::{Location, Sources, Spot};

/// An operation that the document declares, whether or not anything can be made of it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What the document calls it, if it does.
    pub id: Option<String>,
    /// Its HTTP method, upper case.
    pub method: String,
    /// Its path as written, or the name of a SOAP operation.
    pub path: String,
    /// Where it stands.
    pub spot: Spot,
    /// What to point at.
    pub location: Location,
}

impl Declared {
    /// `GET /case/{code}`, or `POST Bugs_Load`.
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// All operations of the document, in file order: of a WSDL those that a port offers by SOAP.
pub fn declared(sources: &Sources) -> Vec<Declared> {
    if sources.wsdl().is_none() {
        let declared = |site: super::Site<'_>| Declared {
            id: site.operation.str("operationId").map(str::to_owned),
            method: site.method.to_ascii_uppercase(),
            path: site.path.to_owned(),
            spot: site.operation.spot(),
            location: site.operation.key_location(),
        };
        return operations(sources).into_iter().map(declared).collect();
    }
    let contacts = wsdl::contacts(&wsdl::Definitions::new(sources), &mut Report::default());
    let declared = |site: wsdl::SoapSite<'_>| Declared {
        path: site.name.to_owned(),
        id: Some(site.id),
        method: "POST".to_owned(),
        spot: site.at.spot(),
        location: site.at.location(),
    };
    wsdl::sites(&contacts).into_iter().map(declared).collect()
}
