//! The command line of dlint.
fn main() {}
