//! Walks through projects, then designs a test case with steps, runs it and logs how that went.
//!
//! `QTEST_BASE_URL` holds the address of the site, such as `https://acme.qtestnet.com`; `QTEST_TOKEN` a token, or else
//! `QTEST_USERNAME` and `QTEST_PASSWORD` the name and the password of a user; `QTEST_PROJECT` the number of a project, if it
//! is not 108781.

use qtest_manager::types::{ExecutionStatusRef, NewModule, NewTestCase, NewTestLog, NewTestRun, NewTestStep, TestCaseRef};
use qtest_manager::{Client, DateTime, Error, PasswordLogin, StatusCode};
use std::env::var;
use std::time::SystemTime;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let builder = Client::builder().base_url(setting("QTEST_BASE_URL")?);
    let client = match var("QTEST_TOKEN") {
        Ok(token) => builder.token(token),
        Err(_) => builder.login(PasswordLogin::new(setting("QTEST_USERNAME")?, setting("QTEST_PASSWORD")?)),
    }
    .build()?;
    let project = var("QTEST_PROJECT").map_or(Ok(108_781), |text| text.parse().map_err(|_| "QTEST_PROJECT is no number"))?;

    let mut projects = client.projects().list().items(); // fetches page after page
    while let Some(project) = projects.next().await? {
        println!("project {}: {}", project.id, project.name.as_deref().unwrap_or_default());
    }

    let project = client.project(project);
    let module = project.modules().create(NewModule::new("Login")).send().await?;
    let steps = [NewTestStep::new("Open the page", "A form is shown"), NewTestStep::new("Fill it in", "The user is in")];
    let new = NewTestCase::new("Login works").with_parent_id(module.id).with_test_steps(steps);
    let case = project.test_cases().create(new).send().await?;
    for step in project.test_cases().steps(case.id).send().await? {
        println!("step of {}: {}", case.id, step.description.as_deref().unwrap_or_default());
    }

    let run = project.test_runs().create(NewTestRun::new("Login works", TestCaseRef::new(case.id))).send().await?;
    let statuses = project.test_runs().statuses().send().await?;
    let passed = statuses.iter().find(|status| status.name.as_deref() == Some("Passed")).ok_or("nothing can pass here")?;
    let now = DateTime::from(SystemTime::now());
    let log = NewTestLog::new(ExecutionStatusRef::new(passed.id), now.clone(), now).with_note("As expected");
    project.test_logs().create(run.id, log).send().await?;
    let last = project.test_logs().last(run.id).send().await?;
    println!("run {} says: {}", run.id, last.note.as_deref().unwrap_or("nothing"));

    project.test_runs().delete(run.id).send().await?;
    project.modules().delete(module.id).force(true).send().await?;
    match project.modules().get(module.id).send().await {
        Ok(module) => println!("module {} is still there", module.id),
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => println!("module {} is gone", module.id),
        Err(Error::Api(error)) => println!("refused: {:?}", error.fault().message),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn setting(name: &str) -> Result<String, String> {
    var(name).map_err(|_| format!("the environment variable {name} is not set"))
}
