//! Calls every operation of every generated client over a socket.
//!
//! What the tests under `tests/` share, one helper per kind:
//!
//! - [`Drive`] runs the same generic test in both modes;
//! - [`Exercise`] says how an operation is called against the mock server and what must come back ([`qase::exercise`]);
//! - [`Replay`] says how an operation is called with the arguments of a transcribed vector ([`qase::replay`]);
//! - [`vector`] reads those vectors, [`wire`] and [`shown`] compare what was sent and what was decoded with them;
//! - [`lease`] lends the mock servers, [`World`](qase::World) fills one;
//! - [`coverage`] notes what was exercised, for `cargo xtask coverage`.

pub mod call;
pub mod coverage;
pub mod drive;
pub mod lease;
pub mod qase;
pub mod shown;
pub mod vector;
pub mod wire;

pub use crate::qase::{Exercise, Replay};
pub use call::Call;
pub use drive::Drive;
pub use vector::Vector;

/// Calls the setter for every argument that is there: `fluent!(start; setter <- Option, ..)`.
#[macro_export]
macro_rules! fluent {
    ($start:expr; $($setter:ident <- $argument:expr),* $(,)?) => {{
        let value = $start;
        $(let value = match $argument {
            Some(argument) => value.$setter(argument),
            None => value,
        };)*
        value
    }};
}

/// Makes two tests of one function that is generic over the mode: `both!(deleting_twice_is_not_found)` calls
/// `super::deleting_twice_is_not_found::<Async>` and `::<Blocking>`.
#[macro_export]
macro_rules! both {
    ($($test:ident),+ $(,)?) => {
        mod in_async {
            $(#[test] fn $test() { super::$test::<::tms_runtime::Async>(); })+
        }
        mod in_blocking {
            $(#[test] fn $test() { super::$test::<::tms_runtime::Blocking>(); })+
        }
    };
}
