use super::binding::soap_children;
use super::definitions::Definitions;
use super::port::contacts;
use super::site::{SoapSite, sites};
use crate::check::xsd::{self, Use};
use crate::diagnostic::Report;
use crate::source::namespaces::WSDL;
use crate::source::{Sources, XmlCursor};
use crate::xsd::Schemas;

/// Rules out the operations that reach something of which the report says what rules operations out.
pub(crate) fn block_users(sources: &Sources, report: &mut Report) {
    let definitions = Definitions::new(sources);
    let sites = sites(&contacts(&definitions, &mut Report::default()));
    xsd::block_users(&Schemas::new(sources), &uses(&definitions, &sites), report);
}

/// What each operation is made of, but for its types.
fn uses<'s>(definitions: &Definitions<'s>, sites: &[SoapSite<'s>]) -> Vec<Use<'s>> {
    sites.iter().map(|site| Use { operation: site.at.spot(), parts: parts(definitions, site) }).collect()
}

fn parts<'s>(definitions: &Definitions<'s>, site: &SoapSite<'s>) -> Vec<XmlCursor<'s>> {
    let mut parts = vec![site.at];
    parts.extend(site.bound.iter().map(|bound| bound.at));
    parts.extend(naming_messages(site).into_iter().filter_map(|at| definitions.message_of(&at)));
    parts
}

/// All elements of an operation that name a message: inputs, outputs and faults, and headers.
pub(super) fn naming_messages<'s>(site: &SoapSite<'s>) -> Vec<XmlCursor<'s>> {
    let mut found: Vec<XmlCursor<'s>> = site.at.children().filter(|at| at.namespace() == WSDL && at.local() != "documentation").collect();
    for side in site.bound.iter().flat_map(|bound| ["input", "output"].into_iter().filter_map(|side| bound.side(side))) {
        found.extend(soap_children(&side, "header"));
    }
    found
}
