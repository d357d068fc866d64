fn main() {
    let client = qase::Client::new("fake-token").unwrap();
    drop(client.suites("DEMO").create().send());
}
