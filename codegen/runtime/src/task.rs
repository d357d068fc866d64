//! Work in the background.

use crate::error::ConfigError;
use crate::transport::BoxFuture;
use std::panic;
use tokio::runtime::Handle;

/// Begins work in the background of the async mode; what is returned waits for its end. Dropping that disturbs nothing.
///
/// # Errors
/// Outside of a tokio runtime, where the transport would not work either.
pub fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<BoxFuture<'static, T>, ConfigError> {
    let runtime = Handle::try_current().map_err(|error| ConfigError::new(format!("there is no tokio runtime: {error}")))?;
    let task = runtime.spawn(work);
    Ok(Box::pin(async move {
        match task.await {
            Ok(value) => value,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => panic::resume_unwind(panic),
                // Only the runtime itself cancels it, and then nobody polls this any more.
                Err(_) => std::future::pending().await,
            },
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_no_background_without_a_runtime() {
        let error = spawn(async {}).err().expect("it has begun");
        assert!(error.to_string().contains("tokio runtime"), "{error}");
    }

    #[tokio::test]
    async fn it_goes_on_by_itself() {
        let (send, receive) = tokio::sync::oneshot::channel();
        let work = spawn(receive).expect("there is a runtime");
        send.send(7).expect("it has ended");
        assert_eq!(work.await, Ok(7));
        let (send, receive) = tokio::sync::oneshot::channel();
        drop(spawn(async move { send.send(8) }).expect("there is a runtime"));
        assert_eq!(receive.await, Ok(8), "nobody waits for it");
    }
}
