//! Many calls at the same time, and a token that ends in their midst.

use crate::asked;
use qtest_manager::{PasswordLogin, StatusCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tms_mock::qtest_manager as server;
use tms_smoke::both;
use tms_smoke::qtest_manager::{Access, PROJECT, Setup, Work, World};

both!(fifty_at_once_take_one_token, a_token_that_ends_in_their_midst_takes_one_more, one_wrong_password_is_tried_once,);

/// Who calls at the same time.
const WORKERS: usize = 50;
/// How often each of them calls.
const CALLS: usize = 6;

/// The requests of all workers.
macro_rules! requests {
    ($client:expr, $calls:expr) => {
        (0..WORKERS).map(|_| (0..$calls).map(|_| $client.clone().projects().get(PROJECT)).collect()).collect()
    };
}

fn fifty_at_once_take_one_token<M: Work>() {
    let world = World::start();
    let client = M::client(&Setup::user(&world.mock));
    let errors = M::crowd(requests!(client, 1), || {});
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!((asked(&world.mock, "issueToken"), asked(&world.mock, "getProject")), (1, WORKERS));
}

fn a_token_that_ends_in_their_midst_takes_one_more<M: Work>() {
    let world = Arc::new(World::start());
    let client = M::client(&Setup::user(&world.mock));
    let (calls, server) = (AtomicUsize::new(0), Arc::clone(&world));
    let errors = M::crowd(requests!(client, CALLS), move || {
        if calls.fetch_add(1, Ordering::SeqCst) == WORKERS * CALLS / 2 {
            server::expire_tokens(&server.mock);
        }
    });
    assert!(errors.is_empty(), "{errors:?}");
    let requests = world.mock.requests();
    let served = |status: StatusCode| {
        let calls = requests.iter().filter(|request| request.operation.as_deref() == Some("getProject"));
        calls.filter(|request| request.status == Some(status)).count()
    };
    let (good, refused) = (served(StatusCode::OK), served(StatusCode::UNAUTHORIZED));
    assert_eq!(asked(&world.mock, "issueToken"), 2, "{refused} calls were refused, and one token is enough for all of them");
    assert_eq!(good, WORKERS * CALLS, "each call was served once");
    assert!((1..=WORKERS).contains(&refused), "{refused} calls were refused: the token did not end while they were under way");
}

fn one_wrong_password_is_tried_once<M: Work>() {
    let world = World::start();
    let login = PasswordLogin::new(server::USERNAME, "wrong-p@ssword");
    let client = M::client(&Setup::new(world.mock.url(), Access::login(login)));
    world.mock.script("issueToken", [tms_mock::Fault::pass().delayed(std::time::Duration::from_secs(1))]);
    let errors = M::crowd(requests!(client, 1), || {});
    assert_eq!((errors.len(), asked(&world.mock, "issueToken")), (WORKERS, 1), "an account may be locked after a few wrong passwords");
    assert!(errors.iter().all(|error| error.to_string().contains("Bad credentials")), "{}", errors[0]);
}
