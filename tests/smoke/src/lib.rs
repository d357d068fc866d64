//! Calls every operation of every generated client over a socket.
//!
//! What the tests under `tests/` share, one helper per kind; each API has a module with what is its own:
//!
//! - `Drive` runs the same generic test in both modes ([`drive`] makes it);
//! - `Exercise` says how an operation is called against the mock server and what must come back;
//! - `Replay` says how an operation is called with the arguments of a transcribed vector;
//! - [`form`] reads forms with files, as they were sent;
//! - `World` fills a mock server that [`lease`] lends;
//! - [`vector`] reads those vectors, [`replay`] plays them, [`wire`] and [`shown`] compare what was sent and what was decoded with them;
//! - [`xml`], [`xsd`] and [`instance`] read a schema and make documents of it, for values to survive;
//! - [`transfer`] is what the program of that name sends and fetches;
//! - [`coverage`] notes what was exercised, for `cargo xtask coverage`.

pub mod call;
pub mod coverage;
pub mod drive;
pub mod form;
pub mod instance;
pub mod lease;
pub mod qacomplete;
pub mod qacomplete_automation;
pub mod qacomplete_soap;
pub mod qase;
pub mod qtest_manager;
pub mod replay;
mod rest;
pub mod shown;
pub mod transfer;
pub mod vector;
pub mod wire;
pub mod xml;
pub mod xsd;

pub use call::Call;
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
