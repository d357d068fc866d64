//! Bytes as base64 text.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{FromJson, JsonError, Reader, ToJson, Writer};

/// Reads with and without padding, writes with.
const ENGINE: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Bytes that travel as base64 text (RFC 4648, standard alphabet).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

impl Base64 {
    /// The bytes of a text; `None` if it is no base64.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        ENGINE.decode(text).ok().map(Self)
    }

    /// The text.
    pub(crate) fn encode(&self) -> String {
        ENGINE.encode(&self.0)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl FromJson for Base64 {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), JsonError> {
        reader.parsed("base64 text", &mut |text| Self::decode(text).map(|bytes| *self = bytes).is_some())
    }
}

impl ToJson for Base64 {
    fn write(&self, writer: &mut Writer) {
        writer.str(&self.encode());
    }
}
