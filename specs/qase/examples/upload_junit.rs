//! Sends a file of JUnit XML as a run of its own: `upload_junit FILE [--project CODE] [--title TITLE]`.
//!
//! `QASE_TOKEN` holds the API token; `QASE_BASE_URL` names another host than the shared cloud, if any.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use lexopt::prelude::*;
use qase::Client;
use qase::types::NewRun;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (mut path, mut project, mut title) = (None, "DEMO".to_owned(), None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("project") => project = parser.value()?.string()?,
            Long("title") => title = Some(parser.value()?.string()?),
            Value(file) if path.is_none() => path = Some(PathBuf::from(file)),
            other => return Err(other.unexpected().into()),
        }
    }
    let path = path.ok_or("which file? upload_junit FILE [--project CODE] [--title TITLE]")?;
    let title = title.unwrap_or_else(|| path.display().to_string());

    let mut builder = Client::builder().token(std::env::var("QASE_TOKEN")?);
    let own_host = std::env::var("QASE_BASE_URL").ok();
    if let Some(url) = &own_host {
        builder = builder.base_url(url);
    }
    let client = builder.build()?;

    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    // The file is read as fast as the service takes the results.
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {bytes} of {total_bytes}, {elapsed}")?.progress_chars("=> ");
    let bar = ProgressBar::new(file.metadata()?.len()).with_style(style).with_message("uploading");
    let run = NewRun::new(title).with_is_autotest(true);
    let sent = client.reporter(project).send_junit(run, BufReader::new(bar.wrap_read(file))).await;
    bar.finish_and_clear();

    let summary = sent?;
    println!("{summary}");
    for refused in &summary.refused {
        println!("refused: {}: {}", refused.result.title, refused.refusal);
    }
    for file in &summary.lost_files {
        println!("not uploaded: {} of {}: {}", file.name, file.title, file.reason);
    }
    if own_host.is_none() {
        println!("{}", summary.link());
    }
    Ok(if summary.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
