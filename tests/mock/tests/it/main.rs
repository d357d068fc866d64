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
mod samples;
mod soap;
mod styles;
