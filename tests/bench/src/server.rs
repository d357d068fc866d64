//! An HTTP server that costs next to nothing, so that what a client costs can be seen.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// Answers every request without a body by what its path begins with, on connections that are kept alive.
#[derive(Debug)]
pub struct Server {
    url: String,
}

/// Beginnings of paths, and the whole answers for them.
type Answers = Arc<[(&'static str, Vec<u8>)]>;

impl Server {
    /// Starts on a free port; ends with the process. `answers` are beginnings of paths, and JSON bodies.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(answers: &[(&'static str, &str)]) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let answers: Answers = answers.iter().map(|(path, body)| (*path, whole(body))).collect();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = Arc::clone(&answers);
                // A connection that breaks is seen by the client.
                std::thread::spawn(move || serve(stream, &answers).ok());
            }
        });
        Ok(Self { url })
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn whole(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn serve(mut stream: TcpStream, answers: &Answers) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&chunk[..read]);
        if request.ends_with(b"\r\n\r\n") {
            let path = request.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
            let answer = answers.iter().find(|(start, _)| path.starts_with(start.as_bytes()));
            let (_, answer) = answer.ok_or(io::ErrorKind::NotFound)?;
            stream.write_all(answer)?;
            request.clear();
        }
    }
}
