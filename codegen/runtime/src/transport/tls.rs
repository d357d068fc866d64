//! The cryptography under both transports.

use rustls::crypto::CryptoProvider;
use std::sync::Arc;

/// The process's own provider if it chose one, else ring. Nothing is installed: that is the program's to do.
pub(super) fn provider() -> Arc<CryptoProvider> {
    CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()))
}
