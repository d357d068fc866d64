//! An operation is a plain value: it can be made, kept, compared by eye and sent later through any client.
use qase::{Client, cases};

fn main() {
    let operation = cases::List::new("DEMO");
    let kept = operation.clone();
    println!("{kept:?}");
    let client = Client::new("fake-token").unwrap();
    drop(client.send(&operation));
}
