//! Lists: page after page, in both modes, as stream, and interrupted.

mod support;

use futures_core::Stream;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use support::api::{self, List, Tokens, page};
use support::both::{self, Plain, Seen, block_on};
use tms_runtime::transport::{AsyncTransport, Body, BoxFuture, Limits};
use tms_runtime::{Async, Blocking, Bytes, MemoryTransport, TransportError};

/// The queries of the requests.
fn queries(seen: &Seen) -> Vec<&str> {
    let query = |text: &str| text.find('?').map_or(0, |at| at + 1);
    seen.requests.iter().filter_map(|text| text.lines().next()).map(|line| &line[query(line)..]).collect()
}

fn ids(result: &str) -> Vec<i64> {
    result.split("id: ").skip(1).filter_map(|rest| rest.split(',').next()?.parse().ok()).collect()
}

#[test]
fn offsets_to_the_end() {
    type Page = (i64, &'static [i64]);
    let pages = |pages: &'static [Page]| {
        move |memory: &MemoryTransport| {
            for (total, ids) in pages {
                memory.json(200, page(*total, ids));
            }
        }
    };
    type Row = (&'static [Page], &'static [i64], &'static [&'static str]);
    let table: [Row; 5] = [
        (&[(3, &[1, 2]), (3, &[3])], &[1, 2, 3], &["limit=2&offset=0", "limit=2&offset=2"]),
        (&[(2, &[1, 2]), (2, &[])], &[1, 2], &["limit=2&offset=0", "limit=2&offset=2"]),
        (&[(0, &[])], &[], &["limit=2&offset=0"]),
        (&[(3, &[1]), (3, &[2]), (3, &[3])], &[1, 2, 3], &["limit=2&offset=0", "limit=2&offset=1", "limit=2&offset=2"]),
        (&[(1, &[1, 2]), (1, &[3])], &[1, 2, 3], &["limit=2&offset=0", "limit=2&offset=2"]),
    ];
    for (script, expected, asked) in table {
        let seen = both::list(Plain, pages(script), &List::default(), 99);
        assert_eq!(ids(&seen.result), expected, "{script:?}");
        assert_eq!(queries(&seen), asked, "{script:?}");
    }
    let seen = both::list(Plain, pages(&[(9, &[1, 2]), (9, &[3, 4])]), &List::default(), 3);
    assert_eq!(queries(&seen).len(), 2, "no page is fetched before it is needed");
    let start = List { limit: Some(1), offset: Some(5), ..List::default() };
    let seen = both::list(Plain, pages(&[(6, &[6]), (6, &[])]), &start, 99);
    assert_eq!(queries(&seen), ["limit=1&offset=5", "limit=1&offset=6"], "what the caller set stands");
}

#[test]
fn tokens_to_the_end() {
    let script = |memory: &MemoryTransport| {
        memory.json(200, r#"{"next":"a/b","items":[1]}"#);
        memory.json(200, r#"{"next":"c","items":[]}"#);
        memory.json(200, r#"{"next":null,"items":[2]}"#);
    };
    let seen = both::list(Plain, script, &Tokens::default(), 99);
    assert_eq!(seen.result, "[1, 2]", "an empty page in between does not end the list");
    assert_eq!(queries(&seen)[1..], ["after=a%2Fb", "after=c"]);
}

#[test]
fn lists_that_do_not_move_on_are_an_error() {
    let stuck = |memory: &MemoryTransport| {
        memory.json(200, r#"{"next":"a","items":[1]}"#);
        memory.json(200, r#"{"next":"b","items":[2]}"#);
        memory.json(200, r#"{"next":"a","items":[3]}"#);
    };
    let seen = both::list(Plain, stuck, &Tokens::default(), 99);
    let expected = "tokens.list (GET /tokens): the answer is not what the API documents: the list does not move on: \
                    the server sent the same page again, next Token(\"a\")";
    assert!(seen.result.starts_with(expected), "{}", seen.result);

    let deaf = |memory: &MemoryTransport| {
        memory.json(200, page(99, &[1, 2])).json(200, page(99, &[1, 2]));
    };
    let seen = both::list(Plain, deaf, &List::default(), 99);
    assert!(seen.result.contains("the server sent the same page again, next Offset(4)"), "{}", seen.result);
}

#[test]
fn an_error_ends_the_list() {
    let memory = MemoryTransport::new();
    memory.json(200, page(9, &[1, 2])).json(404, r#"{"errorMessage":"gone"}"#);
    let client = api::builder::<Blocking>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let mut items = client.request(List::default()).items();
    let seen: Vec<_> = items.by_ref().map(|item| item.map(|case| case.id).map_err(|error| error.status())).collect();
    assert_eq!(seen, [Ok(1), Ok(2), Err(Some(http::StatusCode::NOT_FOUND))]);
    assert_eq!(items.operation().offset, Some(2), "the operation that failed can be sent again");
}

#[test]
fn pages_and_stream() {
    let memory = MemoryTransport::new();
    let client = api::builder::<Async>(&api::API).transport(Arc::new(memory.clone())).build().expect("a client");
    let script = || memory.json(200, page(3, &[1, 2])).json(200, page(3, &[3])).clone();
    script();
    let mut pages = client.request(List::default()).pages();
    let sizes = block_on(async {
        let mut sizes = Vec::new();
        while let Some(page) = pages.next().await.expect("a page") {
            sizes.push(page.len());
        }
        sizes
    });
    assert_eq!(sizes, [2, 1]);
    script();
    let mut stream = pin!(client.request(List::default()).items());
    let streamed = block_on(async {
        let mut ids = Vec::new();
        while let Some(item) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            ids.push(item.expect("an item").id);
        }
        ids
    });
    assert_eq!(streamed, [1, 2, 3]);
}

/// Gives way once before every answer, so that a future of it can be dropped half-way.
struct Hesitant(MemoryTransport);

impl AsyncTransport for Hesitant {
    fn send(&self, request: http::Request<Body>, limits: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            AsyncTransport::send(&self.0, request, limits).await
        })
    }

    fn sleep(&self, time: std::time::Duration) -> BoxFuture<'_, ()> {
        AsyncTransport::sleep(&self.0, time)
    }
}

/// Polls a future once and drops it.
async fn touch<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| {
        std::task::Poll::Ready(match Pin::as_mut(&mut future).poll(context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[test]
fn dropping_a_future_loses_nothing() {
    let memory = MemoryTransport::new();
    let transport = Arc::new(Hesitant(memory.clone()));
    let client = api::builder::<Async>(&api::API).transport(transport).build().expect("a client");
    memory.json(200, page(3, &[1, 2])).json(200, page(3, &[3]));
    let ids = block_on(async {
        let mut items = client.request(List::default()).items();
        let mut ids = Vec::new();
        loop {
            let next = match touch(items.next()).await {
                Some(next) => next,
                None => items.next().await,
            };
            match next.expect("an item") {
                Some(case) => ids.push(case.id),
                None => break,
            }
        }
        ids
    });
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(memory.requests().len(), 2, "a page on its way is not asked for again");

    let dropped = block_on(touch(client.send(&api::get(1))));
    assert!(dropped.is_none(), "the call was under way");
    assert_eq!(memory.requests().len(), 2, "a dropped call is not carried out");
}

#[test]
fn futures_are_send() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let client = api::builder::<Async>(&api::API).transport(Arc::new(MemoryTransport::new())).build().expect("a client");
    drop(is_send(client.request(api::get(1)).send()));
    drop(is_send(client.request(api::get(1)).send_with_response()));
    let mut items = is_send(client.request(List::default()).items());
    drop(is_send(items.next()));
    drop(is_send(client.request(List::default()).pages()));
}
