//! Tests of the recordings.
use std::io::Cursor;

use super::{AudioError, AudioInfo, AudioKind, probe};

#[test]
#[ignore = "prints what is found in a folder of one's own: DAEBON_AUDIO names it"]
fn a_folder() {
    let folder = option_env!("DAEBON_AUDIO").expect("set at compile time");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    names.sort();
    for path in names {
        let mut file = std::fs::File::open(&path).expect("a file");
        let length = file.metadata().expect("a length").len();
        let start = std::time::Instant::now();
        let result = probe(&mut file, length);
        println!("{}\t{:?}\t{result:?}", path.display(), start.elapsed());
    }
}
