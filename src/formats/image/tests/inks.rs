//! Tests of JPEGs that only other programs write: in inks and in progressive scans
//! (`tests/fixtures/make-pictures.sh`).
use crate::formats::image::read_square;

const INKS: &[u8] = include_bytes!("../../../../tests/fixtures/pictures/inks.jpg");
const INKS_PROGRESSIVE: &[u8] =
    include_bytes!("../../../../tests/fixtures/pictures/inks-progressive.jpg");
const INKS_PROFILE: &[u8] = include_bytes!("../../../../tests/fixtures/pictures/inks-profile.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("../../../../tests/fixtures/pictures/progressive.jpg");

const SIDE: usize = 1400;

/// Compares colours at places across and down.
fn assert_near(jpeg: &[u8], wanted: &[([usize; 2], [u8; 3])]) {
    let square = read_square(jpeg).expect("a picture");
    assert_eq!((square.side as usize, square.channels), (SIDE, 3));
    let pixels = square.data.as_chunks::<3>().0;
    for ([x, y], wanted) in wanted {
        let found = pixels[SIDE * y + x];
        let far = found.iter().zip(wanted).any(|(a, b)| a.abs_diff(*b) > 4);
        assert!(!far, "{found:?} is not {wanted:?} at {x}, {y}");
    }
}

/// A colour for each half.
fn halves(left: [u8; 3], right: [u8; 3]) -> [([usize; 2], [u8; 3]); 4] {
    [
        ([20, 20], left),
        ([650, 1380], left),
        ([750, 20], right),
        ([1380, 1380], right),
    ]
}

#[test]
fn inks_without_a_profile_are_ideal_ones() {
    // What cyan, magenta, yellow and black of 55, 215, 0, 25 and of 230, 120, 20, 60 leave.
    let wanted = halves([180, 36, 230], [19, 103, 180]);
    assert_near(INKS, &wanted);
    assert_near(INKS_PROGRESSIVE, &wanted);
}

#[test]
fn inks_as_brightness_and_colours_are_read() {
    // Adobe's segment says at its end whether the first three channels are YCbCr.
    let mut ycck = INKS.to_vec();
    let adobe = ycck.windows(5).position(|name| name == b"Adobe");
    ycck[adobe.expect("the segment") + 11] = 2;
    // What was inks upside down, 200, 40, 255 and 25, 135, 235, becomes them by T.871's rule.
    assert_near(&ycck, &halves([0, 104, 190], [61, 195, 167]));
}

#[test]
fn inks_are_seen_through_their_profile() {
    // As LittleCMS has them, relative colorimetric. The profile has one table, for all intents.
    assert_near(INKS_PROFILE, &halves([248, 148, 204], [115, 138, 187]));
}

#[test]
fn every_progressive_scan_counts() {
    let wanted = [
        ([700, 4], [0, 0, 0]),
        ([700, 350], [15, 64, 45]),
        ([10, 700], [30, 128, 90]),
        ([1390, 1050], [45, 193, 135]),
        ([700, 1396], [60, 255, 179]),
    ];
    assert_near(PROGRESSIVE, &wanted);
}
