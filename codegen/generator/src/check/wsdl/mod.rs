//! What a WSDL declares: its services, ports, bindings, port types and messages, and the operations that a SOAP client can call.

mod binding;
mod definitions;
mod port;
mod run;
mod site;
mod uses;

pub(crate) use binding::{Bound, Style, soap_child, soap_children};
pub(crate) use definitions::{Definitions, parts};
pub(crate) use port::{Contact, contacts};
pub(crate) use run::run;
pub(crate) use site::{SoapSite, sites};
pub(crate) use uses::block_users;
