//! Makes a thing and looks at it.

use whole::Client;
use whole::types::NewThing;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let things = Client::new()?.things();
    let made = things.create(NewThing::new("spoon")).send().await?;
    println!("{}", things.get(made.id).send().await?.name);
    Ok(())
}
