//! Every transcribed vector in both modes, over a transport in memory.

use std::collections::BTreeSet;
use tms_runtime::{FromJson, ToJson};
use tms_smoke::qase::Replay;
use tms_smoke::qase::drive::{Drive, in_memory};
use tms_smoke::{Call, Vector, shown, vector, wire};

/// Replays the vectors of an operation.
fn replay<M: Drive, O: Replay>(operation: &str)
where
    O::Output: FromJson + ToJson,
{
    let vectors: Vec<Vector> = vector::of_api("qase").into_iter().filter(|vector| vector.operation() == operation).collect();
    assert!(!vectors.is_empty(), "{operation} has no vector: transcribe one into tests/vectors/qase");
    for vector in &vectors {
        let (sent, written) = exchange::<M, O>(vector, &vector.at("/reply/body").to_string());
        wire::check(vector, &sent);
        shown::check(vector, &written);
        let (_, written) = exchange::<M, O>(vector, &shown::with_strangers(vector.at("/reply/body")));
        let unclaimed: BTreeSet<String> = shown::unclaimed(vector, &written).into_iter().collect();
        assert_eq!(unclaimed, unknown(vector), "vector `{}`: members no field claims (left) are not those expected", vector.name());
    }
}

/// The members a vector expects no field to claim: those it lists, and the `status` of a reply without `result`.
fn unknown(vector: &Vector) -> BTreeSet<String> {
    let listed = vector.pointers("unknown").into_iter().map(str::to_owned);
    listed.chain(vector.is_bare().then(|| "/status".to_owned())).collect()
}

/// What is sent when a vector's call is made, and what the answer, as JSON text, shows when it is decoded.
fn exchange<M: Drive, O: Replay>(vector: &Vector, reply: &str) -> (wire::Sent, String)
where
    O::Output: ToJson,
{
    let status = vector.at("/reply/status").as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default();
    let (client, memory) = in_memory::<M>(&[(status, reply)]);
    let mut call = Call::new(vector.name(), vector.at("/call"));
    let request = O::request(&client, &mut call);
    call.finish();
    let output = M::send(request).unwrap_or_else(|error| panic!("vector `{}`: {error}", vector.name()));
    (wire::Sent::only(&memory), tms_runtime::json::to_string(&output))
}

macro_rules! tests {
    ($($resource:ident { $($method:ident: $operation:ident = $id:literal),+ $(,)? })+) => {$(
        mod $resource {$(
            mod $method {
                use tms_runtime::{Async, Blocking};

                #[test]
                fn in_async() {
                    crate::qase::replay::<Async, qase::$resource::$operation>($id);
                }

                #[test]
                fn in_blocking() {
                    crate::qase::replay::<Blocking, qase::$resource::$operation>($id);
                }
            }
        )+}
    )+

        /// The operationIds of the generated crate.
        const OPERATIONS: &[&str] = &[$($($id),+),+];
    };
}

qase::operations!(tests);

#[test]
fn every_vector_belongs_to_an_operation() {
    for vector in vector::of_api("qase") {
        let known = OPERATIONS.contains(&vector.operation());
        assert!(known, "vector `{}`: the generated crate has no operation `{}`", vector.name(), vector.operation());
    }
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for vector in vector::of_api("qase") {
        assert!(names.insert(vector.name().to_owned()), "two vectors are called `{}`", vector.name());
    }
}

/// The list of operations that was transcribed for the coverage count has vectors for each, on its path.
#[test]
fn every_documented_operation_has_a_vector_on_its_path() {
    let vectors = vector::of_api("qase");
    for (method, template, operation) in vector::documented("qase") {
        let mut own = vectors.iter().filter(|vector| vector.operation() == operation).peekable();
        assert!(own.peek().is_some(), "{operation} is documented, but has no vector in tests/vectors/qase");
        for vector in own {
            let expected = (method.as_str(), wire::filled(&format!("/v1{template}"), vector.at("/call/path")));
            let path = vector.at("/request/path").as_str().unwrap_or_default();
            let found = (vector.at("/request/method").as_str().unwrap_or_default(), path.to_owned());
            assert_eq!(found, expected, "vector `{}`: not the request documented.tsv lists", vector.name());
        }
    }
}
