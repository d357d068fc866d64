fn main() {
    drop(qase::types::NewPlan::default());
}
