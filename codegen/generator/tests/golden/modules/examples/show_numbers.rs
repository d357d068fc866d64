//! Shows a number.

fn main() {
    println!("{}", modules::numbers::shown(7));
}
