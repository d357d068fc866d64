//! The same builders serve both modes; async calls are `Send`, clients cross threads.
use qase::types::{NewSuite, Severity, SuiteUpdate};
use qase::{Client, Patch, blocking};

fn send<T: Send>(value: T) -> T {
    value
}

fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}

async fn asynchronous(client: &Client) -> Result<(), qase::Error> {
    let page = send(client.cases("DEMO").list().limit(10).severity([Severity::Blocker]).send()).await?;
    println!("{:?}", page.total);
    let mut items = client.cases("DEMO").list().items();
    while let Some(case) = send(items.next()).await? {
        println!("{}", case.title);
    }
    send(client.suites("DEMO").create(NewSuite::new("x").with_parent_id(Patch::Null)).send()).await?;
    Ok(())
}

fn blocking(client: &blocking::Client) -> Result<(), qase::Error> {
    let page = client.cases("DEMO").list().limit(10).severity([Severity::Blocker]).send()?;
    println!("{:?}", page.total);
    for case in client.cases("DEMO").list().items() {
        println!("{}", case?.title);
    }
    client.suites("DEMO").update(1, SuiteUpdate::default().with_title("y")).send()?;
    Ok(())
}

fn main() {
    let client = Client::new("fake-token").unwrap();
    shared(&client);
    let other = blocking::Client::new("fake-token").unwrap();
    shared(&other);
    drop(send(asynchronous(&client)));
    let _ = blocking;
}
