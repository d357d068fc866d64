//! The mock over a real socket.

mod client;
mod faults;
mod judge;
mod leniency;
mod lifecycle;
mod limit;
mod lists;
mod log;
mod operations;
mod program;
mod qacomplete;
mod qase;
mod qtest;
mod samples;
mod soap;
mod spread;
mod story;
mod styles;
