//! Makes this computer a test host, and reports how the runs that wait for it went.
//!
//! `QACOMPLETE_LOGIN` and `QACOMPLETE_PASSWORD` hold the mail address and the password of a user;
//! `QACOMPLETE_AUTOMATION_BASE_URL` names another host than the shared cloud, if any.

use qacomplete_automation::types::{Agent, ItemReport, NewHost, Outcome, LogUpload};
use qacomplete_automation::{Async, Client, ClientBuilder, File, StatusCode};

const COMPUTER: &str = "RACK11-W7X64";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The login of a user is needed once: to register the computer, or to find it.
    let user = at_base_url(Client::builder().login(std::env::var("QACOMPLETE_LOGIN")?, std::env::var("QACOMPLETE_PASSWORD")?)).build()?;
    let host = match user.hosts().find(COMPUTER).send().await {
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => {
            let new = NewHost::new(COMPUTER, "x64, firefox, chrome").with_agents(vec![Agent::JUnit]).with_is_active(true);
            user.hosts().register(new).send().await?
        }
        found => found?,
    };
    println!("host {}: {}", host.id, host.host_name.as_deref().unwrap_or(COMPUTER));

    // From here on the host speaks for itself.
    let token = host.security_token.ok_or("the answer holds no security token")?;
    let client = at_base_url(Client::builder().host(host.id.to_string(), token.expose())).build()?;
    let runs = client.runs(host.id);
    let mut waiting = runs.current().items();
    while let Some(run) = waiting.next().await? {
        for item in run.test_run_items.unwrap_or_default() {
            let place = item.sequence_number.unwrap_or(1);
            let script = runs.script(run.id, place, Agent::JUnit).send().await?;
            println!("run {}, test {place}: a script of {} bytes", run.id, script.len());

            // Whatever runs the script goes here.
            let report = ItemReport::default().with_status(Outcome::Passed).with_run_time(12);
            runs.report(run.id, place, report).send().await?;
            let log = File::from_bytes("run.xml", "<log/>");
            runs.upload_log(run.id, place, LogUpload::new(log)).send().await?;
        }
    }
    Ok(())
}

fn at_base_url(builder: ClientBuilder<Async>) -> ClientBuilder<Async> {
    match std::env::var("QACOMPLETE_AUTOMATION_BASE_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    }
}
