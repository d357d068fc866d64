//! Walks through projects and open defects, then takes a defect from its creation to its end.
//!
//! `QACOMPLETE_LOGIN` and `QACOMPLETE_PASSWORD` hold the mail address and the password of a user; `QACOMPLETE_PROJECT`
//! holds the number of a project, if it is not 11873; `QACOMPLETE_BASE_URL` names another host than the shared cloud, if any.

use qacomplete::types::DefectInput;
use qacomplete::{Client, Error, StatusCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().login(std::env::var("QACOMPLETE_LOGIN")?, std::env::var("QACOMPLETE_PASSWORD")?);
    if let Ok(url) = std::env::var("QACOMPLETE_BASE_URL") {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;
    let project = std::env::var("QACOMPLETE_PROJECT").map_or(Ok(11873), |number| number.parse())?;

    let mut projects = client.projects().list().items(); // fetches page after page
    while let Some(project) = projects.next().await? {
        println!("project {}: {}", project.id, project.name);
    }

    let defects = client.project(project).defects();
    let mut open = defects.list().filter("(Status ~ 'Open') AND (Id > 10)").items();
    while let Some(defect) = open.next().await? {
        println!("defect {}: {}", defect.id, defect.title);
    }

    let new = DefectInput::new("Floating toolbar improvements", "New").with_severity_code("3-Medium").with_est_hrs(2.5);
    let id = defects.create(new).send().await?.id;

    // A change keeps what it leaves out, but title and status have to be there.
    let resolved = DefectInput::new("Floating toolbar improvements", "Resolved").with_act_hrs(3.0);
    defects.update(id, resolved).send().await?;
    let defect = defects.get(id).send().await?;
    println!("defect {id} is {}", defect.status.as_deref().unwrap_or("in an unknown state"));

    // Replacing resets what it leaves out, so that it begins with all that was read.
    let whole = DefectInput::try_from(defect)?.with_resolution_code("Fixed");
    defects.replace(id, whole).send().await?;

    defects.delete(id).send().await?;
    match defects.get(id).send().await {
        Ok(defect) => println!("{} is still there", defect.title),
        Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => println!("defect {id} is gone"),
        Err(Error::Api(error)) => println!("refused: {:?}", error.fault().errors),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
