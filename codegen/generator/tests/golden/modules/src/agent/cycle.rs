//! One time around.

use tms_runtime::Mode;

use crate::ApiClient;
use crate::things::Things;

/// Where a round begins.
pub fn round<M: Mode>(client: &ApiClient<M>) -> Things<M> {
    client.things()
}
