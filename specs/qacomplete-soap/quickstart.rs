//! Signs in, walks through the defects of a project, then takes a defect from its creation to its end.
//!
//! `QACOMPLETE_SOAP_EMAIL` and `QACOMPLETE_SOAP_PASSWORD` are those of the user. On premises, `QACOMPLETE_SOAP_BASE_URL` names the
//! service, such as `http://qa.example.com/psws/psws.asmx`.

use qacomplete_soap::types::{AuthenticationData, Bug};
use qacomplete_soap::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (email, password) = (std::env::var("QACOMPLETE_SOAP_EMAIL")?, std::env::var("QACOMPLETE_SOAP_PASSWORD")?);
    let mut builder = Client::builder();
    if let Ok(url) = std::env::var("QACOMPLETE_SOAP_BASE_URL") {
        builder = builder.base_url(url);
    }
    let stranger = builder.build()?; // signing in needs no credentials yet

    let login = stranger.service().get_login_info(email, password.as_str()).send().await?;
    for project in login.projects.iter().flatten() {
        println!("project {:?}: {}", project.proj_id, project.proj_name.as_deref().unwrap_or_default());
    }
    let mut credentials = AuthenticationData::default().with_pass_code(password);
    credentials.app_code = login.app_code;
    credentials.dept_id = login.dept_id;
    credentials.proj_id = login.proj_id;
    credentials.user_id = login.user_id;
    let client = stranger.with_authentication_data(credentials)?;

    let mut bugs = client.bugs().load_by_criteria("").sorting("BugId DESC").items(); // fetches page after page
    while let Some(bug) = bugs.next().await? {
        println!("defect {:?}: {}", bug.bug_id, bug.title.as_deref().unwrap_or_default());
    }

    let bugs = client.bugs();
    let id = bugs.add(Bug::default().with_title("Total is wrong").with_status_code("New")).new_notes("Seen in the basket").send().await?;

    // An update replaces the whole defect: change what was loaded, and send all of it back.
    let bug = bugs.load(id).send().await?;
    bugs.update(bug.with_status_code("Resolved")).send_email_alert("N").send().await?;
    println!("defect {id} is now {:?}", bugs.load(id).send().await?.status_code);

    bugs.delete(id).send().await?;
    match bugs.load(id).send().await {
        Ok(bug) => println!("{:?} is still there", bug.title),
        Err(Error::Api(error)) => println!("defect {id} is gone: {}", error.fault().message()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
