fn main() {
    // The credentials of the service are an element with five members, not a token.
    drop(qacomplete_soap::Client::builder().authentication_data("fake-pass-code").build());
}
