fn main() {
    drop(qase::types::NewSuite::new());
}
