//! Walks through projects and cases, then takes a suite from its creation to its end.
//!
//! `QASE_TOKEN` holds the API token; `QASE_BASE_URL` names another host than the shared cloud, if any.

use qase::types::{NewSuite, SuiteUpdate};
use qase::{Client, Error, Patch, StatusCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().token(std::env::var("QASE_TOKEN")?);
    if let Ok(url) = std::env::var("QASE_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;

    for project in client.projects().list().limit(10).send().await?.entities {
        println!("project {}: {}", project.code, project.title);
    }

    let mut cases = client.cases("DEMO").list().items(); // fetches page after page
    while let Some(case) = cases.next().await? {
        println!("case {}: {}", case.id, case.title);
    }

    let suites = client.suites("DEMO");
    let new = NewSuite::new("Checkout").with_description("From basket to receipt");
    let id = suites.create(new).send().await?.id.ok_or("the answer names no suite")?;

    let top_level = SuiteUpdate::default().with_title("Payment").with_parent_id(Patch::Null);
    suites.update(id, top_level).send().await?;
    println!("suite {id} is now called {}", suites.get(id).send().await?.title);

    suites.delete(id).send().await?;
    match suites.get(id).send().await {
        Ok(suite) => println!("{} is still there", suite.title),
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => println!("suite {id} is gone"),
        Err(Error::Api(error)) => println!("refused: {:?}", error.fault().error_message),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
