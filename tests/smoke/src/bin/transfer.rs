//! Transfers one large file in a process of its own, and prints how much memory that took at most: `transfer async download
//! <url> <host> <run> <folder>`. What is sent and what has to come is the pattern of the mock server.

use qacomplete_automation::types::{Agent, LogUpload};
use qacomplete_automation::{ApiClient, File};
use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tms_mock::Blob;
use tms_runtime::{Async, Blocking};
use tms_smoke::drive::block_on;
use tms_smoke::qacomplete_automation::Drive;
use tms_smoke::qacomplete_automation::world::TOKEN;

type Done = Result<(), Box<dyn Error>>;

/// What to do, and where.
struct Task {
    what: String,
    url: String,
    host: i64,
    run: i64,
    folder: PathBuf,
}

/// Bytes to transfer.
const SIZE: u64 = tms_smoke::transfer::SIZE;

fn main() -> Done {
    let [_, mode, what, url, host, run, folder] =
        std::env::args().collect::<Vec<_>>().try_into().map_err(|_| "transfer <mode> <what> <url> <host> <run> <folder>")?;
    let task = Task { what, url, host: host.parse()?, run: run.parse()?, folder: folder.into() };
    match mode.as_str() {
        "async" => asynchronous(&task)?,
        _ => blocking(&task)?,
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc/self/status")?;
    println!("{}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}

fn client<M: Drive>(task: &Task) -> Result<ApiClient<M>, Box<dyn Error>> {
    Ok(ApiClient::<M>::builder().base_url(&task.url).host(task.host.to_string(), TOKEN).build()?)
}

/// The file to be sent, and how its content gets to the client.
fn log(task: &Task) -> Result<File, Box<dyn Error>> {
    let reader = || File::from_reader("large.xml", Blob::pattern(SIZE).reader());
    match task.what.as_str() {
        "path" => {
            let path = task.folder.join("large.xml");
            std::io::copy(&mut Blob::pattern(SIZE).reader(), &mut fs::File::create(&path)?)?;
            Ok(File::from_path(path)?)
        }
        "reader" => Ok(reader()),
        "sized" => Ok(reader().length(SIZE)),
        other => Err(format!("nobody knows how to send `{other}`").into()),
    }
}

fn asynchronous(task: &Task) -> Done {
    let runs = client::<Async>(task)?.runs(task.host);
    block_on(async {
        match task.what.as_str() {
            "chunks" => {
                let (mut check, mut download) = (Check::default(), runs.script(task.run, 1, Agent::JUnit).download().await?);
                while let Some(chunk) = download.chunk().await? {
                    check.write_all(&chunk)?;
                }
                check.finish()
            }
            "save" => {
                let path = task.folder.join("script.zip");
                runs.script(task.run, 1, Agent::JUnit).download().await?.save_to(&path).await?;
                saved(&path)
            }
            _ => Ok(runs.upload_log(task.run, 1, LogUpload::new(log(task)?)).send().await?),
        }
    })
}

fn blocking(task: &Task) -> Done {
    let runs = client::<Blocking>(task)?.runs(task.host);
    match task.what.as_str() {
        "chunks" => {
            let (mut check, mut download) = (Check::default(), runs.script(task.run, 1, Agent::JUnit).download()?);
            std::io::copy(&mut download, &mut check)?;
            check.finish()
        }
        "save" => {
            let path = task.folder.join("script.zip");
            runs.script(task.run, 1, Agent::JUnit).download()?.save_to(&path)?;
            saved(&path)
        }
        _ => Ok(runs.upload_log(task.run, 1, LogUpload::new(log(task)?)).send()?),
    }
}

/// Holds what comes against the pattern.
struct Check {
    wanted: Box<dyn Read>,
    buffer: Vec<u8>,
    come: u64,
}

impl Default for Check {
    fn default() -> Self {
        Self { wanted: Box::new(Blob::pattern(SIZE).reader()), buffer: Vec::new(), come: 0 }
    }
}

impl Write for Check {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.buffer.resize(bytes.len(), 0);
        self.wanted.read_exact(&mut self.buffer)?;
        if self.buffer != bytes {
            return Err(std::io::Error::other(format!("something else than the pattern behind byte {}", self.come)));
        }
        self.come += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Check {
    fn finish(self) -> Done {
        if self.come == SIZE { Ok(()) } else { Err(format!("{} bytes came, not {SIZE}", self.come).into()) }
    }
}

fn saved(path: &Path) -> Done {
    let mut check = Check::default();
    std::io::copy(&mut fs::File::open(path)?, &mut check)?;
    check.finish()
}
