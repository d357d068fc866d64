//! Every transcribed vector, over a transport in memory.

mod qacomplete_soap;
mod qase;
