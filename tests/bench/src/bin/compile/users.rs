//! Programs that use the generated crate: what building all of it takes, and how many crates that are.

use crate::cargo::Cargo;
use crate::sandbox::{CRATE, Sandbox};
use crate::{Broken, disk};
use std::collections::BTreeSet;

/// A user of the generated crate.
struct User {
    name: &'static str,
    features: &'static str,
    /// Further lines of the manifest's dependencies.
    dependencies: &'static str,
    main: &'static str,
    /// The most crates there should be.
    aim: usize,
}

const USERS: &[User] = &[
    User {
        name: "async-user",
        features: r#""all", "async""#,
        dependencies: "tokio = { version = \"1\", default-features = false, features = [\"rt\"] }\n",
        main: r#"
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = qase::Client::new("fake-token")?;
        println!("{:?}", client.cases("DEMO").list().send().await?.total);
        Ok(())
    })
}
"#,
        aim: 90,
    },
    User {
        name: "blocking-user",
        features: r#""all", "blocking""#,
        dependencies: "",
        main: r#"
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = qase::blocking::Client::new("fake-token")?;
    println!("{:?}", client.cases("DEMO").list().send()?.total);
    Ok(())
}
"#,
        aim: 30,
    },
];

/// Builds both kinds of user from nothing and prints what that took.
pub(crate) fn report(sandbox: &Sandbox) -> Result<(), Broken> {
    for user in USERS {
        let folder = sandbox.root().join("users").join(user.name);
        disk::write(&folder.join("Cargo.toml"), &manifest(user))?;
        disk::write(&folder.join("Cargo.lock"), &disk::read(&sandbox.root().join("Cargo.lock"))?)?;
        disk::write(&folder.join("src/main.rs"), user.main.trim_start())?;
        Cargo::new(&folder, &["fetch"]).run()?;
        let (check, _) = clean(&folder, &["check"])?;
        let (build, _) = clean(&folder, &["build"])?;
        let crates = crates(&folder)?;
        let verdict = if crates.len() <= user.aim { "met" } else { "MISSED" };
        let (name, count, aim) = (user.name, crates.len(), user.aim);
        println!("{name}: clean check {check:.1} s CPU, clean dev build {build:.1} s CPU, {count} crates (aim: <= {aim}, {verdict})");
        println!("  {}", crates.into_iter().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

fn manifest(user: &User) -> String {
    let User { name, features, dependencies, .. } = user;
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
{CRATE} = {{ path = "../../generated/{CRATE}", default-features = false, features = [{features}] }}
{dependencies}"#
    )
}

fn clean(folder: &std::path::Path, step: &[&str]) -> Result<(f64, String), Broken> {
    disk::remove(&folder.join("target"))?;
    let (reading, said) = Cargo::new(folder, step).run()?;
    Ok((reading.cpu, said))
}

/// The crates below the user's own, on this platform.
fn crates(folder: &std::path::Path) -> Result<BTreeSet<String>, Broken> {
    let tree = Cargo::new(folder, &["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]).output()?;
    let names = tree.lines().skip(1).map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
    Ok(names.collect())
}
