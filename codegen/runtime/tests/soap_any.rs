//! SOAP answers of all kinds, good and broken, read in every way: the seeds of the fuzz target, and what chance makes of them.

mod envelope_oracle;

use std::path::Path;

/// Broken copies of each seed.
const COPIES: usize = 300;

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/envelope");
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = files.map(|file| file.expect("a readable folder").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).expect("a readable file"))).collect()
}

#[test]
fn seeds_and_what_becomes_of_them() {
    let seeds = seeds();
    assert!(seeds.len() >= 15, "seeds are missing: {}", seeds.len());
    let mut chance = fastrand::Rng::with_seed(3);
    for (name, seed) in &seeds {
        envelope_oracle::agree(seed);
        for copy in 0..COPIES {
            let broken = broken(seed, &seeds, &mut chance);
            let outcome = std::panic::catch_unwind(|| envelope_oracle::agree(&broken));
            assert!(outcome.is_ok(), "{name}, copy {copy}: {}", broken.escape_ascii());
        }
    }
}

/// A copy with a few parts removed, repeated, replaced or taken from elsewhere.
fn broken(seed: &[u8], seeds: &[(String, Vec<u8>)], chance: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..chance.usize(1..4) {
        let start = chance.usize(0..=bytes.len());
        let end = (start + chance.usize(0..30)).min(bytes.len());
        let part = bytes[start..end].to_vec();
        match chance.u8(0..5) {
            0 => drop(bytes.drain(start..end)),
            1 => drop(bytes.splice(start..start, part)),
            2 => bytes.truncate(end),
            3 => bytes[start..end].iter_mut().take(2).for_each(|byte| *byte = chance.u8(..)),
            _ => {
                let (_, other) = &seeds[chance.usize(0..seeds.len())];
                let from = chance.usize(0..=other.len());
                let to = (from + chance.usize(0..60)).min(other.len());
                drop(bytes.splice(start..end, other[from..to].iter().copied()));
            }
        }
    }
    bytes
}
