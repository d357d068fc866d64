//! Whole calls over loopback: the generated clients against hand-written ones on the same HTTP libraries.
//!
//! `cargo bench -p tms-bench --bench call`. What counts is the client thread's time: the server is the same for all.

use qase::{Client, RateLimit, blocking};
use serde::de::DeserializeOwned;
use std::hint::black_box;
use std::time::Duration;
use tms_bench::cases::{self, Unknown};
use tms_bench::contest::{self, Contestant};
use tms_bench::peer::{Answer, Case, CasePage};
use tms_bench::server::Server;
use tms_bench::table::{Aim, Table};

const ROUNDS: usize = 101;
const TOKEN: &str = "fake-token";
/// The peers have one too.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The limit is kept, so that its cost shows, but never reached.
const LIMIT: RateLimit = RateLimit::new(200, Duration::from_millis(1));
const AIM: Aim = Aim::Cost(1.02);

type Broken = Box<dyn std::error::Error>;

fn main() -> Result<(), Broken> {
    // reqwest asks for a provider though nothing here is encrypted. That there is one already is no error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let one = cases::answer(&format!("[{}]", cases::case(1, Unknown::None)));
    let page = cases::answer(&cases::page(50, Unknown::None));
    let server = Server::start(&[("/case/DEMO/1", &one), ("/case/DEMO?", &page)])?;

    let mut table = Table::new();
    asynchronous(&mut table, server.url())?;
    blocking(&mut table, server.url())?;
    println!("{table}");
    Ok(())
}

fn asynchronous(table: &mut Table, url: &str) -> Result<(), Broken> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let cases = Client::builder().token(TOKEN).base_url(url).timeout(TIMEOUT).rate_limit(LIMIT).build()?.cases("DEMO");
    let http = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build()?;
    let peer = AsyncPeer { http, url: url.to_owned() };

    let get = contest::run(
        ROUNDS,
        &mut [
            Contestant::new("ours", || must(runtime.block_on(cases.get(1).send()))),
            Contestant::new("reqwest", || must(runtime.block_on(peer.case("DEMO", 1)))),
        ],
    );
    let list = contest::run(
        ROUNDS,
        &mut [
            Contestant::new("ours", || must(runtime.block_on(cases.list().limit(50).offset(0).send()))),
            Contestant::new("reqwest", || must(runtime.block_on(peer.cases("DEMO", 50, 0)))),
        ],
    );
    for (task, times) in [("async cases.get", get), ("async cases.list, 50 cases", list)] {
        table.cpu(task, "reqwest + serde_json", (&times[0], &times[1]), AIM);
        table.wall(task, "reqwest + serde_json", (&times[0], &times[1]), AIM);
    }
    Ok(())
}

fn blocking(table: &mut Table, url: &str) -> Result<(), Broken> {
    let builder = blocking::Client::builder().token(TOKEN).base_url(url);
    let cases = builder.timeout(TIMEOUT).rate_limit(LIMIT).build()?.cases("DEMO");
    let config = ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(0).build();
    let peer = BlockingPeer { http: config.new_agent(), url: url.to_owned() };

    let get = contest::run(
        ROUNDS,
        &mut [Contestant::new("ours", || must(cases.get(1).send())), Contestant::new("ureq", || must(peer.case("DEMO", 1)))],
    );
    let list = contest::run(
        ROUNDS,
        &mut [
            Contestant::new("ours", || must(cases.list().limit(50).offset(0).send())),
            Contestant::new("ureq", || must(peer.cases("DEMO", 50, 0))),
        ],
    );
    for (task, times) in [("blocking cases.get", get), ("blocking cases.list, 50 cases", list)] {
        table.cpu(task, "ureq + serde_json", (&times[0], &times[1]), AIM);
        table.wall(task, "ureq + serde_json", (&times[0], &times[1]), AIM);
    }
    Ok(())
}

/// A call that fails would be quick, and prove nothing.
fn must<T, E: std::fmt::Display>(result: Result<T, E>) {
    match result {
        Ok(value) => drop(black_box(value)),
        Err(error) => panic!("a call failed: {error}"),
    }
}

/// What one would write over reqwest.
struct AsyncPeer {
    http: reqwest::Client,
    url: String,
}

impl AsyncPeer {
    async fn case(&self, code: &str, id: i64) -> Result<Case, Broken> {
        let [case]: [Case; 1] = self.get(&format!("{}/case/{code}/{id}", self.url)).await?;
        Ok(case)
    }

    async fn cases(&self, code: &str, limit: i64, offset: i64) -> Result<CasePage, Broken> {
        self.get(&format!("{}/case/{code}?limit={limit}&offset={offset}", self.url)).await
    }

    async fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, Broken> {
        let request = self.http.get(url).header("Token", TOKEN).header("Accept", "application/json");
        let body = request.send().await?.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice::<Answer<T>>(&body)?.result)
    }
}

/// What one would write over ureq.
struct BlockingPeer {
    http: ureq::Agent,
    url: String,
}

impl BlockingPeer {
    fn case(&self, code: &str, id: i64) -> Result<Case, Broken> {
        let [case]: [Case; 1] = self.get(&format!("{}/case/{code}/{id}", self.url))?;
        Ok(case)
    }

    fn cases(&self, code: &str, limit: i64, offset: i64) -> Result<CasePage, Broken> {
        self.get(&format!("{}/case/{code}?limit={limit}&offset={offset}", self.url))
    }

    fn get<T: DeserializeOwned>(&self, url: &str) -> Result<T, Broken> {
        let request = self.http.get(url).header("Token", TOKEN).header("Accept", "application/json");
        let body = request.call()?.body_mut().read_to_vec()?;
        Ok(serde_json::from_slice::<Answer<T>>(&body)?.result)
    }
}
