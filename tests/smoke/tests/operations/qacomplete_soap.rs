//! Every operation in both modes and both versions of SOAP over a socket. The list comes from the generated crate: an operation
//! without an entry in `src/qacomplete_soap/exercise` does not compile.

use qacomplete_soap::SoapVersion;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use tms_runtime::{Async, Blocking};
use tms_smoke::qacomplete_soap::drive::{self, Drive, Setup};
use tms_smoke::qacomplete_soap::{Exercise, VERSIONS, World};
use tms_smoke::xml::Element;
use tms_smoke::{coverage, vector, wire};

/// What the element of each operation holds, as the vendor's pages list it.
static ARGUMENTS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| vector::arguments("qacomplete-soap"));

/// Calls an operation and checks the answer, what the mock server thought of the request, and the request itself against the
/// vendor's pages.
fn exercise<M: Drive, O: Exercise>(operation: &str, version: usize) {
    let (spoken, version) = VERSIONS[version];
    let world = World::start();
    let client = M::client(&Setup::of(&world.mock, version));
    let outcome = M::send(O::request(&client, &world));
    world.mock.assert_no_verdicts();
    let output = outcome.unwrap_or_else(|error| panic!("{operation}: {error}"));
    assert!(O::holds(&output, &world), "{operation}: the answer does not show what was seeded: {output:#?}");
    let hits: Vec<_> = world.mock.hits().into_iter().filter(|(_, hits)| *hits > 0).collect();
    assert_eq!(hits, [(operation.to_owned(), 1)], "the mock server saw other operations than {operation}");
    let requests: Vec<_> = world.mock.requests().iter().map(wire::Sent::of_mock).collect();
    let [sent] = requests.as_slice() else { panic!("{operation} took {} requests", requests.len()) };
    check(operation, version, sent);
    coverage::record(env!("CARGO_TARGET_TMPDIR"), "qacomplete-soap", operation, &format!("{} over SOAP {spoken}", M::NAME));
    coverage::record(env!("CARGO_TARGET_TMPDIR"), "qacomplete-soap", operation, M::NAME);
}

/// Envelope, headers and arguments.
fn check(operation: &str, version: SoapVersion, sent: &wire::Sent) {
    const NAMESPACE: &str = "http://www.pragmaticsw.com/";
    let action = format!("{NAMESPACE}{operation}");
    let (envelope, media, header) = match version {
        SoapVersion::V11 => {
            ("http://schemas.xmlsoap.org/soap/envelope/", "text/xml; charset=utf-8".to_owned(), Some(format!("\"{action}\"")))
        }
        _ => ("http://www.w3.org/2003/05/soap-envelope", format!("application/soap+xml; charset=utf-8; action=\"{action}\""), None),
    };
    assert_eq!(sent.method, "POST", "{operation}");
    assert_eq!(sent.header("content-type"), Some(media.as_str()), "{operation}");
    assert_eq!(sent.header("soapaction"), header.as_deref(), "{operation}");
    let text = std::str::from_utf8(&sent.body).unwrap_or_else(|error| panic!("{operation}: {error}"));
    let root = Element::parse(text);
    let [body] = root.children() else { panic!("{operation}: the envelope holds more than a body: {root}") };
    assert_eq!((root.name.namespace.as_str(), body.name.namespace.as_str()), (envelope, envelope), "{operation}");
    assert_eq!((root.name.local.as_str(), body.name.local.as_str()), ("Envelope", "Body"), "{operation}");
    let [element] = body.children() else { panic!("{operation}: the body does not hold one element: {body}") };
    assert_eq!((element.name.namespace.as_str(), element.name.local.as_str()), (NAMESPACE, operation));
    let names: Vec<&str> = element.children().iter().map(|child| child.name.local.as_str()).collect();
    let listed = ARGUMENTS.get(operation).unwrap_or_else(|| panic!("{operation} is not in tests/vectors/qacomplete-soap/arguments.tsv"));
    assert_eq!(names, *listed, "{operation}: the arguments sent (left) are not those the vendor's page lists (right)");
    let empties = body.empties();
    assert!(names.is_empty() || empties.is_empty(), "{operation}: elements without content: {empties:?}");
}

/// Both modes put the same bytes on the wire.
fn parity<O: Exercise>(operation: &str) {
    let sent = |requests: Vec<tms_mock::Request>| -> Vec<wire::Sent> { requests.iter().map(wire::Sent::of_mock).collect() };
    for (spoken, version) in VERSIONS {
        let asynchronous = sent(drive::requests_of::<Async, O>(version));
        let blocking = sent(drive::requests_of::<Blocking, O>(version));
        assert_eq!(asynchronous.len(), 1, "{operation} took more than one request");
        assert_eq!(asynchronous, blocking, "{operation}, SOAP {spoken}: async (left) and blocking (right) differ on the wire");
    }
}

macro_rules! tests {
    ($($resource:ident { $($method:ident: $operation:ident = $id:literal),+ $(,)? })+) => {$(
        mod $resource {$(
            mod $method {
                use qacomplete_soap::$resource::$operation;
                use tms_runtime::{Async, Blocking};

                #[test]
                fn in_async_over_soap_1_1() {
                    crate::qacomplete_soap::exercise::<Async, $operation>($id, 0);
                }

                #[test]
                fn in_async_over_soap_1_2() {
                    crate::qacomplete_soap::exercise::<Async, $operation>($id, 1);
                }

                #[test]
                fn in_blocking_over_soap_1_1() {
                    crate::qacomplete_soap::exercise::<Blocking, $operation>($id, 0);
                }

                #[test]
                fn in_blocking_over_soap_1_2() {
                    crate::qacomplete_soap::exercise::<Blocking, $operation>($id, 1);
                }

                #[test]
                fn alike() {
                    crate::qacomplete_soap::parity::<$operation>($id);
                }
            }
        )+}
    )+

        /// The operations of the generated crate.
        const OPERATIONS: &[&str] = &[$($($id),+),+];
    };
}

qacomplete_soap::operations!(tests);

/// The mock server reads the description by itself: what the generator left out would show here.
#[test]
fn the_generated_crate_has_every_operation_of_the_description() {
    let world = World::start();
    let described: BTreeSet<&str> = world.mock.operations().iter().map(tms_mock::Operation::id).collect();
    let generated = OPERATIONS.iter().copied().collect();
    assert_eq!(described, generated, "the description (left) and qacomplete_soap::operations! (right) differ: `cargo xtask regenerate`");
}

/// The list of arguments was transcribed for every operation of the vendor's pages, and for no other.
#[test]
fn every_documented_operation_has_its_arguments_listed() {
    let documented: BTreeSet<String> = vector::documented("qacomplete-soap").into_iter().map(|(_, _, operation)| operation).collect();
    let listed: BTreeSet<String> = ARGUMENTS.keys().cloned().collect();
    assert_eq!(documented, listed, "documented.tsv (left) and arguments.tsv (right) differ");
}
