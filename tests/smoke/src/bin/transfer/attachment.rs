//! Attachments of qTest Manager.

use crate::{Done, Task};
use qtest_manager::attachments::{Attachments, Get, Upload};
use qtest_manager::types::AttachmentOwner;
use qtest_manager::{ApiClient, ConfigError, PasswordLogin, Request};
use std::fs;
use std::io::{self, Write};
use tms_mock::qtest_manager as server;
use tms_runtime::{Async, Blocking};
use tms_smoke::drive::block_on;
use tms_smoke::qtest_manager::world::CASE;
use tms_smoke::qtest_manager::{Drive, PROJECT};
use tms_smoke::transfer::{Check, file};

fn attachments<M: Drive>(task: &Task) -> Result<Attachments<M>, ConfigError> {
    let login = PasswordLogin::new(server::USERNAME, server::PASSWORD);
    Ok(ApiClient::<M>::builder().base_url(&task.url).login(login).build()?.project(PROJECT).attachments())
}

/// The upload of a file. It is called XML, which the mock server would read at once, and refuse for its size.
fn upload<M: Drive>(attachments: &Attachments<M>, task: &Task) -> io::Result<Request<M, Upload>> {
    let mut file = file(&task.what, &task.folder)?;
    file.content_type = "application/octet-stream".to_owned();
    Ok(attachments.upload(AttachmentOwner::TestCases, CASE, "large.xml", file))
}

/// The file of the first number.
fn large<M: Drive>(attachments: &Attachments<M>, task: &Task) -> Result<Request<M, Get>, String> {
    Ok(attachments.get(AttachmentOwner::TestCases, CASE, task.number(0)?))
}

pub(crate) fn asynchronous(task: &Task) -> Done {
    let attachments = attachments::<Async>(task)?;
    block_on(async {
        match task.what.as_str() {
            "chunks" => {
                let (mut check, mut download) = (Check::default(), large(&attachments, task)?.download().await?);
                while let Some(chunk) = download.chunk().await? {
                    check.write_all(&chunk)?;
                }
                Ok(check.finish()?)
            }
            "save" => {
                let path = task.folder.join("large.xml");
                large(&attachments, task)?.download().await?.save_to(&path).await?;
                Ok(Check::all(fs::File::open(path)?)?)
            }
            _ => {
                upload(&attachments, task)?.send().await?;
                Ok(())
            }
        }
    })
}

pub(crate) fn blocking(task: &Task) -> Done {
    let attachments = attachments::<Blocking>(task)?;
    match task.what.as_str() {
        "chunks" => Ok(Check::all(large(&attachments, task)?.download()?)?),
        "save" => {
            let path = task.folder.join("large.xml");
            large(&attachments, task)?.download()?.save_to(&path)?;
            Ok(Check::all(fs::File::open(path)?)?)
        }
        _ => {
            upload(&attachments, task)?.send()?;
            Ok(())
        }
    }
}
