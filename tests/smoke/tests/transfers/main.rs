//! 200 MB to the mock server and back, by a process of its own whose memory the system measures.

use serde_json::json;
use std::path::Path;
use std::process::Command;
use tms_mock::{Mock, qtest_manager};
use tms_smoke::qtest_manager::PROJECT;
use tms_smoke::transfer::{Check, SIZE};
use tms_smoke::{qacomplete_automation, qtest_manager as manager};

/// The memory a transfer may take, in KiB: a sixth of what is transferred.
const MOST: u64 = 32 * 1024;

/// Transfers in a process of its own.
fn transfer(what: [&str; 3], mock: &Mock, numbers: &[i64]) {
    let name = what.join(" ");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace(' ', "-"));
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut command = Command::new(env!("CARGO_BIN_EXE_transfer"));
    let output = command.args(what).arg(mock.url()).arg(&folder).args(numbers.iter().map(i64::to_string)).output();
    let output = output.unwrap_or_else(|error| panic!("the program does not start: {error}"));
    let _ = std::fs::remove_dir_all(&folder);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    let peak: u64 = said.trim().parse().unwrap_or_else(|error| panic!("{said}: {error}"));
    println!("{name}: {peak} KiB at most");
    assert!(peak < MOST, "{name} took {peak} KiB of memory, {MOST} are allowed");
    mock.assert_no_verdicts();
}

/// The last file that came is the one that was sent.
fn assert_came(mock: &Mock) {
    let file = mock.uploads().pop().expect("nothing came");
    assert_eq!((file.file_name.as_str(), file.content.len()), ("large.xml", SIZE));
    Check::all(file.content.reader()).unwrap_or_else(|error| panic!("something else came than was sent: {error}"));
}

/// Uploads a log.
fn upload(mode: &str, what: &str) {
    let world = qacomplete_automation::World::start();
    transfer(["script", mode, what], &world.mock, &[world.host, world.run]);
    assert_eq!(world.mock.uploads().len(), 1);
    assert_came(&world.mock);
}

/// Downloads a script, from here and from elsewhere.
fn download(mode: &str, what: &str) {
    let world = qacomplete_automation::World::start();
    for elsewhere in [false, true] {
        let run = world.run_of(&json!({ "agent": "junit", "size": SIZE, "elsewhere": elsewhere }));
        transfer(["script", mode, what], &world.mock, &[world.host, run]);
    }
    assert_eq!(world.mock.elsewhere_requests().len(), 1);
}

/// Uploads an attachment, and downloads it.
fn attach(mode: &str, up: &str, down: &str) {
    let world = manager::World::start();
    transfer(["attachment", mode, up], &world.mock, &[]);
    assert_came(&world.mock);
    let files = world.mock.records(qtest_manager::ATTACHMENTS, &PROJECT.to_string());
    let number = files.last().and_then(|file| file.key.parse().ok()).expect("a file with a number");
    transfer(["attachment", mode, down], &world.mock, &[number]);
}

macro_rules! transfers {
    ($($test:ident = $transfer:ident($($argument:literal),+);)+) => {$(
        #[test]
        fn $test() {
            $transfer($($argument),+);
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
    a_file_is_attached_and_read_in_async = attach("async", "path", "chunks");
    a_stream_is_attached_and_saved_in_async = attach("async", "reader", "save");
    a_file_is_attached_and_read_in_blocking = attach("blocking", "path", "chunks");
    a_stream_is_attached_and_saved_in_blocking = attach("blocking", "reader", "save");
}
