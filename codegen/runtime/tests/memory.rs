//! How much memory large files need: each case runs in a process of its own, which says how much it had at its peak.
#![cfg(target_os = "linux")]

mod support;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};
use support::api::{self, Script, Upload};
use support::both::block_on;
use support::large::{self, Pattern};
use support::service::Store;
use tms_runtime::{Async, Blocking, Bytes, Client, File};

const SIZE: u64 = 200 * 1000 * 1000;
const MOST: u64 = 32 * 1024 * 1024;

/// What the process started by [`child`] has to do.
const CASE: &str = "TMS_MEMORY_CASE";
const URL: &str = "TMS_MEMORY_URL";
const FILE: &str = "TMS_MEMORY_FILE";

/// Runs a case in a process of its own and returns the most memory it had.
fn child(case: &str, url: &str, file: &Path) -> u64 {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args(["--exact", "one_case", "--nocapture"]).env(CASE, case).env(URL, url).env(FILE, file);
    let output = command.output().expect("the process starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{case}: {text}{errors}");
    let peak = text.split_once("peak ").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    peak.unwrap_or_else(|| panic!("{case}: it does not say what it needed: {text}"))
}

#[test]
fn one_case() {
    let Ok(case) = env::var(CASE) else { return };
    let (url, file) = (env::var(URL).expect("an address"), env::var(FILE).expect("a path"));
    let upload = |source: &str| match source {
        "path" => File::from_path(&file).expect("the file"),
        "reader" => File::from_reader("a.bin", Pattern::new(SIZE)).length(SIZE),
        "chunked" => File::from_reader("a.bin", Pattern::new(SIZE)),
        _ => File::from_stream("a.bin", Pieces(Pattern::new(SIZE))).length(SIZE),
    };
    let asynchronous = || -> Client<Async> { api::builder(&api::API).base_url(&url).build().expect("a client") };
    let blocking = || -> Client<Blocking> { api::builder(&api::API).base_url(&url).build().expect("a client") };
    let (mode, work) = case.split_once(' ').expect("mode and work");
    let (way, how) = work.split_once(' ').expect("way and how");
    match (mode, way, how) {
        ("async", "up", source) => assert_eq!(block_on(asynchronous().send(&Upload { file: upload(source) })).expect("an answer"), "done"),
        ("blocking", "up", source) => assert_eq!(blocking().send(&Upload { file: upload(source) }).expect("an answer"), "done"),
        ("async", "store", source) => {
            assert_eq!(block_on(asynchronous().send(&Store { file: upload(source) })).expect("an answer"), "done");
        }
        ("blocking", "store", source) => assert_eq!(blocking().send(&Store { file: upload(source) }).expect("an answer"), "done"),
        ("async", _, "save") => {
            let count = block_on(async { asynchronous().request(Script).download().await?.save_to(&file).await });
            assert_eq!(count.expect("a file"), SIZE);
        }
        ("blocking", _, "save") => {
            let download = blocking().request(Script).download().expect("a download");
            assert_eq!(download.save_to(&file).expect("a file"), SIZE);
        }
        ("async", _, _) => block_on(async {
            let mut download = asynchronous().request(Script).download().await.expect("a download");
            let mut pattern = Pattern::new(SIZE);
            while let Some(chunk) = download.chunk().await.expect("a piece") {
                pattern.check(&chunk).expect("what was sent");
            }
            pattern.end().expect("all of it");
        }),
        _ => {
            let mut download = blocking().request(Script).download().expect("a download");
            let (mut pattern, mut buffer) = (Pattern::new(SIZE), vec![0; 50_000]);
            loop {
                match download.read(&mut buffer).expect("a piece") {
                    0 => break,
                    count => pattern.check(&buffer[..count]).expect("what was sent"),
                }
            }
            pattern.end().expect("all of it");
        }
    }
    let status = fs::read_to_string("/proc/self/status").expect("what the kernel knows");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    println!("peak {}", peak.expect("the peak") * 1024);
}

/// The pattern as a stream.
struct Pieces(Pattern);

impl futures_core::Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<Option<Self::Item>> {
        let mut piece = vec![0; 30_000];
        let count = self.0.read(&mut piece)?;
        piece.truncate(count);
        std::task::Poll::Ready(if count == 0 { None } else { Some(Ok(piece.into())) })
    }
}

#[test]
fn large_files_need_little_memory() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let whole = folder.join(format!("large-{}.bin", std::process::id()));
    io::copy(&mut Pattern::new(SIZE), &mut fs::File::create(&whole).expect("a file")).expect("room on disk");
    let mut peaks = Vec::new();
    for case in [
        "async up path",
        "async up reader",
        "async up stream",
        "async up chunked",
        "blocking up path",
        "blocking up reader",
        "blocking up chunked",
        "async store path",
        "async store reader",
        "async store chunked",
        "blocking store path",
        "blocking store chunked",
    ] {
        let (url, server) = large::take(SIZE);
        peaks.push((case, child(case, &url, &whole)));
        let head = server.join().expect("the server ran").unwrap_or_else(|error| panic!("{case}: {error}"));
        assert_eq!(head.contains("transfer-encoding: chunked"), case.ends_with("chunked"), "{case}: {head}");
    }
    for case in ["async down save", "async down read", "blocking down save", "blocking down read"] {
        let (url, server) = large::give(SIZE);
        fs::remove_file(&whole).or_else(|_| fs::exists(&whole).map(drop)).expect("the file before is gone");
        peaks.push((case, child(case, &url, &whole)));
        server.join().expect("the server ran").unwrap_or_else(|error| panic!("{case}: {error}"));
        if case.ends_with("save") {
            let mut saved = fs::File::open(&whole).expect("a file");
            let mut pattern = Pattern::new(SIZE);
            let mut buffer = vec![0; 1 << 20];
            loop {
                match saved.read(&mut buffer).expect("readable") {
                    0 => break,
                    count => pattern.check(&buffer[..count]).expect(case),
                }
            }
            pattern.end().expect(case);
        }
    }
    let _ = fs::remove_file(&whole);
    println!("{peaks:#?}");
    for (case, peak) in peaks {
        assert!(peak < MOST, "{case}: {peak} bytes at the peak, more than {MOST}");
    }
}
