//! Every operation of every API, called over a socket.

mod qacomplete_soap;
mod qase;
