//! The body of any form is read or refused.
#![no_main]
use daebon::features::posts::PostForm;
use daebon::web::form::FormData;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(form) = FormData::parse(bytes) {
        let _ = PostForm::parse(&form).map(|f| f.content.faults_for_public(None));
    }
});
