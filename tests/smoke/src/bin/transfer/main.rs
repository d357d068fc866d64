//! Transfers one large file in a process of its own, and prints how much memory that took at most: `transfer script async chunks
//! <url> <folder> <host> <run>`. What is sent and what has to come is the pattern of the mock server.

mod attachment;
mod script;

use std::error::Error;
use std::fs;
use std::path::PathBuf;

type Done = Result<(), Box<dyn Error>>;

/// What to do, and where.
struct Task {
    what: String,
    url: String,
    folder: PathBuf,
    numbers: Vec<i64>,
}

impl Task {
    /// The number of something.
    fn number(&self, place: usize) -> Result<i64, String> {
        self.numbers.get(place).copied().ok_or_else(|| format!("number {place} is missing"))
    }
}

fn main() -> Done {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("transfer <script|attachment> <async|blocking> <what> <url> <folder> <numbers>");
    let (api, mode, what, url, folder) = (next()?, next()?, next()?, next()?, next()?);
    let numbers = arguments.map(|text| text.parse()).collect::<Result<_, _>>()?;
    let task = Task { what, url, folder: folder.into(), numbers };
    match (api.as_str(), mode.as_str()) {
        ("script", "async") => script::asynchronous(&task)?,
        ("script", _) => script::blocking(&task)?,
        (_, "async") => attachment::asynchronous(&task)?,
        (_, _) => attachment::blocking(&task)?,
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc/self/status")?;
    println!("{}", peak.trim().trim_end_matches(" kB"));
    Ok(())
}
