//! Many calls and one login: one request for a token, whatever becomes of who asks.

mod support;

use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;
use support::api::{case, get};
use support::both::block_on;
use support::service::{self, ACCESS, LOGIN, tokens};
use tms_runtime::transport::{AsyncTransport, BlockingTransport, Body, BoxFuture, Limits};
use tms_runtime::{Async, Blocking, Bytes, Client, MemoryTransport, TransportError};

const CROWD: usize = 50;

/// A service that takes the token given out last, and no other.
#[derive(Default)]
struct Service {
    given: AtomicU32,
    /// Tokens up to this number are expired.
    expired: AtomicU32,
    served: AtomicUsize,
    refused: AtomicUsize,
}

impl Service {
    fn answer(&self, request: &http::Request<Body>) -> http::Response<Bytes> {
        let (status, body) = if request.uri().path().starts_with("/v1/oauth/") {
            (200, tokens(self.given.fetch_add(1, Ordering::SeqCst) + 1, 300))
        } else {
            let token = request.headers()["authorization"].to_str().expect("text").trim_start_matches("Bearer ");
            let number = token.trim_start_matches(ACCESS).parse::<u32>().expect("one of our tokens");
            if number > self.expired.load(Ordering::SeqCst) {
                self.served.fetch_add(1, Ordering::SeqCst);
                (200, case(1))
            } else {
                self.refused.fetch_add(1, Ordering::SeqCst);
                (401, "{}".to_owned())
            }
        };
        http::Response::builder().status(status).body(body.into()).expect("a valid answer")
    }

    /// Requests for tokens, calls served, and calls refused.
    fn seen(&self) -> [usize; 3] {
        let given = self.given.load(Ordering::SeqCst);
        [usize::try_from(given).unwrap_or(usize::MAX), self.served.load(Ordering::SeqCst), self.refused.load(Ordering::SeqCst)]
    }
}

/// What happens before a token is given out, by the number of the request for it.
type Before = Box<dyn Fn(u32) + Send + Sync>;

struct AsyncNet {
    service: Arc<Service>,
    /// How many requests for tokens are never answered.
    lost: u32,
    tokens: AtomicU32,
}

impl AsyncTransport for AsyncNet {
    fn send(&self, request: http::Request<Body>, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let asks = request.uri().path().starts_with("/v1/oauth/");
            if asks && self.tokens.fetch_add(1, Ordering::SeqCst) < self.lost {
                return pending().await;
            }
            // Everybody else gets as far as he can.
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            Ok(self.service.answer(&request))
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

fn async_client(service: &Arc<Service>, lost: u32) -> Client<Async> {
    let net = AsyncNet { service: Arc::clone(service), lost, tokens: AtomicU32::new(0) };
    service::builder::<Async>(&LOGIN).transport(Arc::new(net)).build().expect("a client")
}

/// All at once, each through its own clone; returns how many succeeded.
async fn crowd(client: &Client<Async>) -> usize {
    let calls: Vec<_> = (0..CROWD).map(|_| client.clone()).map(|client| tokio::spawn(async move { client.send(&get(1)).await })).collect();
    let mut good = 0;
    for call in calls {
        match call.await.expect("no panic") {
            Ok(_) => good += 1,
            Err(error) => panic!("{error}"),
        }
    }
    good
}

#[test]
fn fifty_futures_ask_once() {
    let service = Arc::new(Service::default());
    let client = async_client(&service, 0);
    block_on(async {
        assert_eq!(crowd(&client).await, CROWD);
        assert_eq!(service.seen(), [1, CROWD, 0], "one token for all");
        service.expired.store(1, Ordering::SeqCst);
        assert_eq!(crowd(&client).await, CROWD);
        assert_eq!(service.seen(), [2, 2 * CROWD, CROWD], "one more for all that were refused");
    });
}

#[test]
fn a_dropped_future_does_not_stop_the_others() {
    let service = Arc::new(Service::default());
    let client = async_client(&service, 2);
    block_on(async {
        // Two in a row ask and go away; the third waited for both.
        let mut first = Box::pin(client.send(&get(1)));
        let mut second = Box::pin(client.send(&get(1)));
        let third = tokio::spawn({
            let client = client.clone();
            async move { client.send(&get(1)).await.map(|case| case.id).map_err(|error| error.to_string()) }
        });
        let mut third = pin!(third);
        poll_fn(|context| {
            assert!(first.as_mut().poll(context).is_pending() && second.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        tokio::task::yield_now().await;
        assert_eq!(service.seen(), [0, 0, 0], "the first asks, the others wait");
        drop(first);
        poll_fn(|context| {
            assert!(second.as_mut().poll(context).is_pending() && third.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        drop(second);
        assert_eq!(third.await.expect("no panic"), Ok(1));
        assert_eq!(service.seen(), [1, 1, 0]);
    });
}

#[test]
fn who_waits_has_a_deadline_of_his_own() {
    let memory = MemoryTransport::new();
    let net = Hanging(memory.clone());
    let client = service::builder::<Async>(&LOGIN).transport(Arc::new(net)).build().expect("a client");
    block_on(async {
        let mut first = Box::pin(client.send(&get(1)));
        poll_fn(|context| {
            assert!(first.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        let second = client.request(get(1)).timeout(Duration::from_secs(7)).send().await;
        let error = second.expect_err("it cannot have a token").to_string();
        assert!(error.contains("within 7s"), "{error}");
        assert_eq!((memory.waits(), memory.requests().len()), (vec![Duration::from_secs(7)], 0));
    });
}

/// Answers nothing, and keeps the time of a memory transport.
struct Hanging(MemoryTransport);

impl AsyncTransport for Hanging {
    fn send(&self, _: http::Request<Body>, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(pending())
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        AsyncTransport::sleep(&self.0, time)
    }

    fn now(&self) -> std::time::Instant {
        AsyncTransport::now(&self.0)
    }
}

struct BlockingNet {
    service: Arc<Service>,
    before: Before,
    asked: AtomicU32,
}

impl BlockingTransport for BlockingNet {
    fn send(&self, request: http::Request<Body>, _: Limits) -> Result<http::Response<Bytes>, TransportError> {
        if request.uri().path().starts_with("/v1/oauth/") {
            (self.before)(self.asked.fetch_add(1, Ordering::SeqCst) + 1);
        }
        Ok(self.service.answer(&request))
    }
}

fn blocking_client(service: &Arc<Service>, before: Before) -> Client<Blocking> {
    let net = BlockingNet { service: Arc::clone(service), before, asked: AtomicU32::new(0) };
    service::builder::<Blocking>(&LOGIN).transport(Arc::new(net)).build().expect("a client")
}

#[test]
fn fifty_threads_ask_once() {
    let service = Arc::new(Service::default());
    let begun = Arc::new(AtomicUsize::new(0));
    let all_begun = Arc::clone(&begun);
    // No token before all have begun.
    let before = move |number| {
        while number == 1 && all_begun.load(Ordering::SeqCst) < CROWD {
            thread::yield_now();
        }
    };
    let client = blocking_client(&service, Box::new(before));
    let crowd = || {
        let barrier = Barrier::new(CROWD);
        thread::scope(|scope| {
            for _ in 0..CROWD {
                scope.spawn(|| {
                    barrier.wait();
                    begun.fetch_add(1, Ordering::SeqCst);
                    client.clone().send(&get(1)).expect("an answer");
                });
            }
        });
    };
    crowd();
    assert_eq!(service.seen(), [1, CROWD, 0], "one token for all");
    service.expired.store(1, Ordering::SeqCst);
    crowd();
    let [tokens, served, refused] = service.seen();
    assert_eq!((tokens, served), (2, 2 * CROWD), "one more for all that were refused");
    assert!((1..=CROWD).contains(&refused), "{refused} were refused");
}

#[test]
fn a_panic_does_not_stop_the_others() {
    let service = Arc::new(Service::default());
    let client = blocking_client(&service, Box::new(|number| assert_ne!(number, 1, "the first who asks dies")));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let died = catch_unwind(AssertUnwindSafe(|| client.send(&get(1)))).is_err();
    std::panic::set_hook(hook);
    assert!(died, "the first call was to die");
    assert!(client.send(&get(1)).is_ok());
    assert_eq!(service.seen(), [1, 1, 0]);
}

#[test]
fn a_thread_that_waits_has_a_deadline_of_its_own() {
    let service = Arc::new(Service::default());
    let (started, has_started) = channel();
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let before = move |_| {
        started.send(()).expect("the test listens");
        let _ = released.lock().expect("no panic").recv();
    };
    let client = blocking_client(&service, Box::new(before));
    thread::scope(|scope| {
        let first = scope.spawn(|| client.send(&get(1)).map(|case| case.id).map_err(|error| error.to_string()));
        has_started.recv().expect("the first call asks");
        let second = client.request(get(1)).timeout(Duration::from_millis(30)).send();
        let error = second.expect_err("it cannot have a token").to_string();
        assert!(error.contains("within 30ms"), "{error}");
        drop(release);
        assert_eq!(first.join().expect("no panic"), Ok(1));
    });
    assert_eq!(service.seen(), [1, 1, 0]);
}

#[test]
fn a_failure_is_shared_by_those_who_waited() {
    let memory = MemoryTransport::new();
    memory.json(400, r#"{"message":"no such user"}"#).json(400, r#"{"message":"still no such user"}"#);
    let net = Patient(memory.clone());
    let client = service::builder::<Async>(&LOGIN).transport(Arc::new(net)).build().expect("a client");
    block_on(async {
        let calls: Vec<_> = (0..CROWD)
            .map(|_| client.clone())
            .map(|client| tokio::spawn(async move { client.send(&get(1)).await.expect_err("no token").to_string() }))
            .collect();
        for call in calls {
            let error = call.await.expect("no panic");
            assert!(error.contains("the login failed: 400 Bad Request: no such user"), "{error}");
        }
        assert_eq!(memory.requests().len(), 1, "nobody tries a wrong password fifty times");
        let later = client.send(&get(1)).await.expect_err("no token").to_string();
        assert!(later.contains("still no such user"), "who comes later tries again: {later}");
    });
}

/// A memory transport that lets the others go first.
struct Patient(MemoryTransport);

impl AsyncTransport for Patient {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            for _ in 0..5 {
                tokio::task::yield_now().await;
            }
            AsyncTransport::send(&self.0, request, limits).await
        })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        AsyncTransport::sleep(&self.0, time)
    }
}
