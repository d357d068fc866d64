//! Lists, page after page: one rule for turning pages, an async cursor, a stream and a blocking iterator around it.

use crate::cursor::{Cursor, Guard};
use crate::error::{DecodeError, Error};
use crate::mode::Mode;
use crate::operation::Paged;
use crate::raw::Raw;
use crate::request::Request;
use bytes::Bytes;
use std::fmt;
use std::vec;

/// The pages of a list, those without entries left out. After an error there is nothing more.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<M: Mode, O: Paged> {
    request: Request<M, O>,
    guard: Guard,
    /// The body of the page before: a server that sends it again does not understand paging.
    before: Bytes,
    state: State,
    /// The page on its way: it is kept when a future of `next` is dropped.
    #[cfg_attr(not(feature = "async"), expect(dead_code, reason = "only async pages are on their way"))]
    pending: M::Pending<O>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    More,
    End,
}

/// The entries of a list. After an error there is nothing more.
#[must_use = "entries are fetched when they are asked for"]
pub struct Items<M: Mode, O: Paged> {
    pages: Pages<M, O>,
    ready: vec::IntoIter<O::Item>,
}

impl<M: Mode, O: Paged> Pages<M, O> {
    pub(crate) fn new(mut request: Request<M, O>) -> Self {
        request.operation_mut().start();
        let (guard, before) = (Guard::default(), Bytes::new());
        Self { request, guard, before, state: State::More, pending: M::Pending::<O>::default() }
    }

    /// The operation that fetches the next page, or the one that failed: send it later to go on from here.
    #[must_use]
    pub fn operation(&self) -> &O {
        self.request.operation()
    }

    /// Takes the entries out of a page and moves on to the next.
    fn turn(&mut self, page: Result<(O::Output, Raw), Error<O::Fault>>) -> Result<Vec<O::Item>, Error<O::Fault>> {
        self.state = State::End;
        let (output, raw) = page?;
        let operation = self.request.operation_mut();
        let (items, cursor) = operation.items(output, raw.headers());
        if cursor == Cursor::End {
            return Ok(items);
        }
        let repeated = !items.is_empty() && *raw.body() == self.before;
        if repeated || !self.guard.admits(&cursor) {
            let reason = format!("the list does not move on: the server sent the same page again, next {cursor:?}");
            return Err(DecodeError::new(&raw, "", reason).into());
        }
        if operation.advance(&cursor) {
            self.state = State::More;
        }
        self.before = raw.body().clone();
        Ok(items)
    }
}

impl<M: Mode, O: Paged> Items<M, O> {
    pub(crate) fn new(pages: Pages<M, O>) -> Self {
        Self { pages, ready: Vec::new().into_iter() }
    }

    /// The operation that fetches the next page, or the one that failed: send it later to go on from there.
    #[must_use]
    pub fn operation(&self) -> &O {
        self.pages.operation()
    }
}

#[cfg(feature = "async")]
mod asynchronous {
    use super::{Error, Items, Paged, Pages, State};
    use crate::mode::Async;
    use futures_core::Stream;
    use std::future::poll_fn;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    type Polled<T, O> = Poll<Option<Result<T, Error<<O as crate::operation::Operation>::Fault>>>>;

    impl<O: Paged> Pages<Async, O> {
        /// The next page; `None` at the end.
        ///
        /// Dropping the future loses nothing: the page on its way is there for the next call.
        ///
        /// # Errors
        /// See [`Error`]; also when the server sends the same page again and again.
        #[expect(clippy::should_implement_trait, reason = "what `Iterator::next` is to the blocking mode")]
        pub fn next(&mut self) -> impl Future<Output = Result<Option<Vec<O::Item>>, Error<O::Fault>>> + Send {
            poll_fn(|context| self.poll(context).map(Option::transpose))
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Polled<Vec<O::Item>, O> {
            while self.state == State::More {
                let call = self.pending.get_or_insert_with(|| self.request.page());
                let page = ready!(Pin::new(call).poll(context));
                self.pending = None;
                match self.turn(page) {
                    Ok(items) if items.is_empty() => {}
                    page => return Poll::Ready(Some(page)),
                }
            }
            Poll::Ready(None)
        }
    }

    impl<O: Paged> Items<Async, O> {
        /// The next entry; `None` at the end.
        ///
        /// Dropping the future loses nothing: the page on its way is there for the next call.
        ///
        /// # Errors
        /// See [`Error`]; also when the server sends the same page again and again.
        #[expect(clippy::should_implement_trait, reason = "what `Iterator::next` is to the blocking mode")]
        pub fn next(&mut self) -> impl Future<Output = Result<Option<O::Item>, Error<O::Fault>>> + Send {
            poll_fn(|context| self.poll(context).map(Option::transpose))
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Polled<O::Item, O> {
            loop {
                if let Some(item) = self.ready.next() {
                    return Poll::Ready(Some(Ok(item)));
                }
                match ready!(self.pages.poll(context)) {
                    Some(Ok(items)) => self.ready = items.into_iter(),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                }
            }
        }
    }

    /// Nothing in them is pinned.
    impl<O: Paged> Unpin for Pages<Async, O> {}
    impl<O: Paged> Unpin for Items<Async, O> {}

    impl<O: Paged> Stream for Pages<Async, O> {
        type Item = Result<Vec<O::Item>, Error<O::Fault>>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.get_mut().poll(context)
        }
    }

    impl<O: Paged> Stream for Items<Async, O> {
        type Item = Result<O::Item, Error<O::Fault>>;

        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.get_mut().poll(context)
        }
    }
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::{Error, Items, Paged, Pages, State};
    use crate::mode::Blocking;

    impl<O: Paged> Iterator for Pages<Blocking, O> {
        type Item = Result<Vec<O::Item>, Error<O::Fault>>;

        fn next(&mut self) -> Option<Self::Item> {
            while self.state == State::More {
                let page = self.request.page();
                match self.turn(page) {
                    Ok(items) if items.is_empty() => {}
                    page => return Some(page),
                }
            }
            None
        }
    }

    impl<O: Paged> Iterator for Items<Blocking, O> {
        type Item = Result<O::Item, Error<O::Fault>>;

        fn next(&mut self) -> Option<Self::Item> {
            loop {
                if let Some(item) = self.ready.next() {
                    return Some(Ok(item));
                }
                match self.pages.next()? {
                    Ok(items) => self.ready = items.into_iter(),
                    Err(error) => return Some(Err(error)),
                }
            }
        }
    }
}

impl<M: Mode, O: Paged> fmt::Debug for Pages<M, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({:?})", self.request)
    }
}

impl<M: Mode, O: Paged> fmt::Debug for Items<M, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({:?})", self.pages.request)
    }
}
