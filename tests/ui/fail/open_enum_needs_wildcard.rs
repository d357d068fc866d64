use qase::types::ResultStatus;

fn main() {
    match ResultStatus::Passed {
        ResultStatus::Passed => {}
        ResultStatus::Unknown(_) => {}
    }
}
