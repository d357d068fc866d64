//! Scripts and logs of QAComplete Test Automation.

use crate::{Done, Task};
use qacomplete_automation::ApiClient;
use qacomplete_automation::runs::Runs;
use qacomplete_automation::types::{Agent, LogUpload};
use std::error::Error;
use std::fs;
use std::io::Write;
use tms_runtime::{Async, Blocking};
use tms_smoke::drive::block_on;
use tms_smoke::qacomplete_automation::Drive;
use tms_smoke::qacomplete_automation::world::TOKEN;
use tms_smoke::transfer::{Check, file};

/// The runs of the first number, and the second one.
fn runs<M: Drive>(task: &Task) -> Result<(Runs<M>, i64), Box<dyn Error>> {
    let host = task.number(0)?;
    let client = ApiClient::<M>::builder().base_url(&task.url).host(host.to_string(), TOKEN).build()?;
    Ok((client.runs(host), task.number(1)?))
}

pub(crate) fn asynchronous(task: &Task) -> Done {
    let (runs, run) = runs::<Async>(task)?;
    block_on(async {
        match task.what.as_str() {
            "chunks" => {
                let (mut check, mut download) = (Check::default(), runs.script(run, 1, Agent::JUnit).download().await?);
                while let Some(chunk) = download.chunk().await? {
                    check.write_all(&chunk)?;
                }
                Ok(check.finish()?)
            }
            "save" => {
                let path = task.folder.join("script.zip");
                runs.script(run, 1, Agent::JUnit).download().await?.save_to(&path).await?;
                Ok(Check::all(fs::File::open(path)?)?)
            }
            origin => Ok(runs.upload_log(run, 1, LogUpload::new(file(origin, &task.folder)?)).send().await?),
        }
    })
}

pub(crate) fn blocking(task: &Task) -> Done {
    let (runs, run) = runs::<Blocking>(task)?;
    match task.what.as_str() {
        "chunks" => Ok(Check::all(runs.script(run, 1, Agent::JUnit).download()?)?),
        "save" => {
            let path = task.folder.join("script.zip");
            runs.script(run, 1, Agent::JUnit).download()?.save_to(&path)?;
            Ok(Check::all(fs::File::open(path)?)?)
        }
        origin => Ok(runs.upload_log(run, 1, LogUpload::new(file(origin, &task.folder)?)).send()?),
    }
}
