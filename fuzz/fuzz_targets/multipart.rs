//! The multipart parser takes any bytes apart or refuses them, in whatever pieces they come.
//! The first byte says how long the pieces are.
#![no_main]

use daebon::web::multipart::Parser;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((step, body)) = input.split_first() else {
        return;
    };
    let mut parser =
        Parser::from_content_type("multipart/form-data; boundary=B").expect("a good type");
    for piece in body.chunks(usize::from(*step).max(1)) {
        parser.push(piece);
        loop {
            match parser.next() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
    if let Ok(text) = std::str::from_utf8(body) {
        let _ = Parser::from_content_type(text);
    }
});
