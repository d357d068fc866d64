fn main() {
    let client = qacomplete_soap::Client::builder().build().unwrap();
    drop(client.bugs().load().send());
}
