fn main() {
    let client = qase::Client::new("fake-token").unwrap();
    drop(client.projects().list().severity([qase::types::Severity::Major]));
}
