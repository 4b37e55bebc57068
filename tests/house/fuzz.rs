//! Every fuzz target is compiled and run over its committed seeds, so that none is left behind by
//! the code and no seed that once crashed crashes again. What finds new ones is cargo-fuzz.
use std::fs;
use std::path::Path;

/// Stands in for libFuzzer's: the body becomes a function of the module.
macro_rules! as_function {
    (|$input:ident: $kind:ty| $body:block) => {
        pub fn run(bytes: &[u8]) {
            fn body($input: $kind) $body
            crate::fuzz::Input::give(bytes, |input: $kind| body(input));
        }
    };
}
pub(crate) use as_function as fuzz_target;

/// What a target takes, made of the bytes of a seed.
pub trait Input<'b>: Sized {
    fn give(bytes: &'b [u8], take: impl FnOnce(Self));
}

impl<'b> Input<'b> for &'b [u8] {
    fn give(bytes: &'b [u8], take: impl FnOnce(Self)) {
        take(bytes);
    }
}

impl<'b> Input<'b> for &'b str {
    fn give(bytes: &'b [u8], take: impl FnOnce(Self)) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            take(text);
        }
    }
}

impl<'b> Input<'b> for (&'b str, u64) {
    fn give(bytes: &'b [u8], take: impl FnOnce(Self)) {
        Input::give(bytes, |text: &str| take((text, 1_000)));
    }
}

impl<'b> Input<'b> for (&'b str, &'b str, i64) {
    fn give(bytes: &'b [u8], take: impl FnOnce(Self)) {
        Input::give(bytes, |text: &str| {
            let (one, other) = text.split_once('\n').unwrap_or((text, text));
            take((one, other, 1_764_000_000_000));
        });
    }
}

/// Their modules, and by name what runs them. `no_main` is for the programs that cargo-fuzz makes.
macro_rules! targets {
    ($($name:ident at $path:literal,)*) => {
        $(#[allow(unused_attributes)] #[path = $path] mod $name;)*
        const TARGETS: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name::run),)*];
    };
}

targets! {
    audio at "../../fuzz/fuzz_targets/audio.rs",
    conditional at "../../fuzz/fuzz_targets/conditional.rs",
    description at "../../fuzz/fuzz_targets/description.rs",
    form at "../../fuzz/fuzz_targets/form.rs",
    front_matter at "../../fuzz/fuzz_targets/front_matter.rs",
    heard at "../../fuzz/fuzz_targets/heard.rs",
    image at "../../fuzz/fuzz_targets/image.rs",
    instant at "../../fuzz/fuzz_targets/instant.rs",
    kept at "../../fuzz/fuzz_targets/kept.rs",
    multipart at "../../fuzz/fuzz_targets/multipart.rs",
    page_facts at "../../fuzz/fuzz_targets/page_facts.rs",
    range at "../../fuzz/fuzz_targets/range.rs",
    reading at "../../fuzz/fuzz_targets/reading.rs",
    script at "../../fuzz/fuzz_targets/script.rs",
    slug at "../../fuzz/fuzz_targets/slug.rs",
    sound at "../../fuzz/fuzz_targets/sound.rs",
    transcript at "../../fuzz/fuzz_targets/transcript.rs",
}

#[test]
fn every_target_takes_its_seeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let files = fs::read_dir(root.join("fuzz_targets")).expect("targets");
    assert_eq!(files.count(), TARGETS.len(), "a target is missing here");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("a manifest");
    for (name, run) in TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")));
        let seeds = fs::read_dir(root.join("corpus").join(name)).expect(name);
        let seeds: Vec<_> = seeds.map(|seed| seed.expect("a seed").path()).collect();
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in seeds {
            run(&fs::read(seed).expect("a seed"));
        }
    }
}
