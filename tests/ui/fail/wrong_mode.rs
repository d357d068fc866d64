fn main() {
    let client = qase::Client::new("fake-token").unwrap();
    let case: Result<qase::types::Case, qase::Error> = client.cases("DEMO").get(1).send();
    drop(case);
}
