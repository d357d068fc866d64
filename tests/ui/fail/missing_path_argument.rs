fn main() {
    let client = qase::Client::new("fake-token").unwrap();
    drop(client.cases("DEMO").get().send());
}
