#![allow(clippy::unwrap_used)]

mod errors;
mod healing;
mod json;
mod limits;
mod reading;
