//! What happens around calls.

mod qacomplete_soap;
mod qase;
