//! 200 MB to the mock server and back, by a process of its own whose memory the system measures.

use serde_json::json;
use std::path::Path;
use std::process::Command;
use tms_smoke::qacomplete_automation::World;
use tms_smoke::transfer::{SIZE, is_pattern};

/// The memory a transfer may take, in KiB: a sixth of what is transferred.
const MOST: u64 = 32 * 1024;

/// Transfers in a process of its own.
fn transfer(mode: &str, what: &str, world: &World, run: i64) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("transfer-{mode}-{what}"));
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let (host, run) = (world.host.to_string(), run.to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_transfer")).args([mode, what, &world.mock.url(), &host, &run]).arg(&folder).output();
    let output = output.unwrap_or_else(|error| panic!("the program does not start: {error}"));
    let _ = std::fs::remove_dir_all(&folder);
    assert!(output.status.success(), "{mode} {what}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    let peak: u64 = said.trim().parse().unwrap_or_else(|error| panic!("{said}: {error}"));
    println!("{mode} {what}: {peak} KiB at most");
    assert!(peak < MOST, "{mode} {what} took {peak} KiB of memory, {MOST} are allowed");
    world.mock.assert_no_verdicts();
}

/// Uploads a log.
fn upload(mode: &str, what: &str) {
    let world = World::start();
    transfer(mode, what, &world, world.run);
    let uploads = world.mock.uploads();
    let [log] = uploads.as_slice() else { panic!("{} files came", uploads.len()) };
    assert_eq!((log.file_name.as_str(), log.content.len()), ("large.xml", SIZE));
    assert!(is_pattern(&log.content).expect("what came"), "something else came than was sent");
}

/// Downloads a script, from here and from elsewhere.
fn download(mode: &str, what: &str) {
    let world = World::start();
    for elsewhere in [false, true] {
        let run = world.run_of(&json!({ "agent": "junit", "size": SIZE, "elsewhere": elsewhere }));
        transfer(mode, what, &world, run);
    }
    assert_eq!(world.mock.elsewhere_requests().len(), 1);
}

macro_rules! transfers {
    ($($test:ident = $transfer:ident($mode:literal, $what:literal);)+) => {$(
        #[test]
        fn $test() {
            $transfer($mode, $what);
        }
    )+};
}

transfers! {
    a_file_is_uploaded_in_async = upload("async", "path");
    a_stream_is_uploaded_in_async = upload("async", "reader");
    a_stream_of_known_length_is_uploaded_in_async = upload("async", "sized");
    a_script_is_read_in_async = download("async", "chunks");
    a_script_is_saved_in_async = download("async", "save");
    a_file_is_uploaded_in_blocking = upload("blocking", "path");
    a_stream_is_uploaded_in_blocking = upload("blocking", "reader");
    a_stream_of_known_length_is_uploaded_in_blocking = upload("blocking", "sized");
    a_script_is_read_in_blocking = download("blocking", "chunks");
    a_script_is_saved_in_blocking = download("blocking", "save");
}
