//! How loops are ended from outside.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Ends agent loops, from any thread and for good. Clones end the same loops.
///
/// ```
/// use qacomplete_automation::agent::Stop;
/// use std::time::Duration;
///
/// let stop = Stop::new();
/// let elsewhere = stop.clone();
/// std::thread::spawn(move || elsewhere.stop());
/// assert!(stop.wait(Duration::from_secs(60)));
/// ```
#[derive(Clone, Default)]
pub struct Stop(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    stopped: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    /// Who waits, by the number of the wait.
    waiting: BTreeMap<u64, Waker>,
    waits: u64,
}

impl Stop {
    /// One that nobody has called yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the loops.
    pub fn stop(&self) {
        let waiting = {
            let mut state = self.state();
            state.stopped = true;
            std::mem::take(&mut state.waiting)
        };
        self.0.stopped.notify_all();
        waiting.into_values().for_each(Waker::wake);
    }

    /// Whether loops are to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.state().stopped
    }

    /// Waits so long, or until loops are to end; tells whether they are.
    ///
    /// A [`blocking::Runner`](mod@super::blocking) may want to know, too, if its tests take long.
    #[must_use]
    pub fn wait(&self, time: Duration) -> bool {
        let waited = self.0.stopped.wait_timeout_while(self.state(), time, |state| !state.stopped);
        waited.unwrap_or_else(PoisonError::into_inner).0.stopped
    }

    /// Waits until loops are to end.
    ///
    /// A [`Runner`](super::Runner) may want to know, too, if its tests take long.
    pub fn stopped(&self) -> Stopped {
        let mut state = self.state();
        state.waits += 1;
        Stopped { stop: self.clone(), wait: state.waits }
    }

    /// Whoever panics while he holds the lock has changed nothing yet.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stop({})", self.is_stopped())
    }
}

/// The future that [`Stop::stopped`] returns.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Stopped {
    stop: Stop,
    wait: u64,
}

impl Future for Stopped {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.stop.state();
        if state.stopped {
            return Poll::Ready(());
        }
        state.waiting.insert(self.wait, context.waker().clone());
        Poll::Pending
    }
}

#[cfg(feature = "async")]
impl Stopped {
    /// Waits for this or the other, whichever is first.
    pub(super) async fn or(mut self, mut other: tms_runtime::transport::BoxFuture<'_, ()>) {
        let either = std::future::poll_fn(|context| match Pin::new(&mut self).poll(context) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending => other.as_mut().poll(context),
        });
        either.await;
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let waker = self.stop.state().waiting.remove(&self.wait);
        // Wakers are foreign code: the lock is gone by now.
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;
    use std::thread;

    #[derive(Default)]
    struct Counter(AtomicUsize);

    impl Wake for Counter {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn threads_are_woken() {
        let stop = Stop::new();
        assert!(!stop.wait(Duration::from_millis(1)));
        let waiting = thread::spawn({
            let stop = stop.clone();
            move || stop.wait(Duration::MAX)
        });
        stop.stop();
        assert!(waiting.join().expect("the thread panicked"));
        assert!(stop.wait(Duration::MAX), "stopped for good");
    }

    #[test]
    fn tasks_are_woken() {
        let stop = Stop::new();
        let counter = Arc::new(Counter::default());
        let waker = Waker::from(Arc::clone(&counter));
        let mut context = Context::from_waker(&waker);
        let mut waits = [stop.stopped(), stop.stopped(), stop.stopped()];
        for wait in &mut waits {
            assert_eq!(Pin::new(&mut *wait).poll(&mut context), Poll::Pending);
            assert_eq!(Pin::new(wait).poll(&mut context), Poll::Pending, "asked twice, woken once");
        }
        let [one, two, three] = waits;
        drop(three);
        assert_eq!(stop.state().waiting.len(), 2, "who gives up is forgotten");
        stop.stop();
        assert_eq!(counter.0.load(Ordering::Relaxed), 2);
        for mut wait in [one, two, stop.stopped()] {
            assert_eq!(Pin::new(&mut wait).poll(&mut context), Poll::Ready(()));
        }
        assert_eq!(stop.state().waiting.len(), 0);
    }
    #[cfg(feature = "async")]
    #[test]
    fn the_first_counts() {
        use std::future::{pending, ready};
        let ended = |stop: &Stop, other| {
            let mut either = Box::pin(stop.stopped().or(other));
            either.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
        };
        let stop = Stop::new();
        assert!(!ended(&stop, Box::pin(pending())));
        assert!(ended(&stop, Box::pin(ready(()))));
        stop.stop();
        assert!(ended(&stop, Box::pin(pending())));
    }
}
