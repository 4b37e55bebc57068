//! CSS, JavaScript and icons, inside the binary under `/assets/{hash}/{name}`.
//!
//! One hash stands over all files, so a module may import its neighbour by `./name.js`. A new
//! file is one line in [`SOURCES`] or [`JOINED`]; style sheets are written by component, scripts by
//! what they do, and both are joined here, and sent without their comments.
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::modules;
use crate::kernel::ids::sha256_hex;
use crate::kernel::urls;

macro_rules! file {
    ($path:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $path)).as_slice()
    };
}

macro_rules! module {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $path))
    };
}

/// A served file: its name, its media type, the pieces it is joined of.
type Source = (&'static str, &'static str, &'static [&'static [u8]]);

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const SOURCES: &[Source] = &[
    (
        "site.css",
        CSS,
        &[
            file!("css/tokens.css"),
            file!("css/base.css"),
            file!("css/frame.css"),
            file!("css/list.css"),
            file!("css/post.css"),
            file!("css/passage.css"),
            file!("css/diff.css"),
            file!("css/reading.css"),
            file!("css/print.css"),
        ],
    ),
    (
        "embed.css",
        CSS,
        &[
            file!("css/tokens.css"),
            file!("css/base.css"),
            file!("css/embed.css"),
        ],
    ),
    (
        "admin.css",
        CSS,
        &[
            file!("css/tokens.css"),
            file!("css/base.css"),
            file!("css/admin.css"),
            file!("css/admin-editor.css"),
            file!("css/admin-pane.css"),
            file!("css/diff.css"),
            file!("css/admin-timing.css"),
            file!("css/admin-show.css"),
            file!("css/admin-mending.css"),
        ],
    ),
    ("mending/main.js", JS, &[file!("js/admin/mending/main.js")]),
    (
        "mending/model.js",
        JS,
        &[file!("js/admin/mending/model.js")],
    ),
    (
        "mending/player.js",
        JS,
        &[file!("js/admin/mending/player.js")],
    ),
    ("mending/wave.js", JS, &[file!("js/admin/mending/wave.js")]),
    ("mending/list.js", JS, &[file!("js/admin/mending/list.js")]),
    (
        "mending/tools.js",
        JS,
        &[file!("js/admin/mending/tools.js")],
    ),
    ("mending/save.js", JS, &[file!("js/admin/mending/save.js")]),
    ("mending/keys.js", JS, &[file!("js/admin/mending/keys.js")]),
    ("mending/text.js", JS, &[file!("js/admin/mending/text.js")]),
    ("embed.js", JS, &[file!("js/embed.js")]),
    ("tus.js", JS, &[file!("vendor/tus-js-client/tus.min.js")]),
    ("favicon.svg", SVG, &[file!("icons/favicon.svg")]),
];

/// Served scripts that are joined of modules: each one after those that it imports from.
pub(super) const JOINED: &[(&str, &[&str])] = &[
    ("site.js", &[module!("js/copy.js"), module!("js/site.js")]),
    (
        "admin.js",
        &[
            module!("js/admin/token.js"),
            module!("js/admin/setup.js"),
            module!("js/admin/rows.js"),
            module!("js/admin/editor.js"),
            module!("js/admin/references.js"),
            module!("js/admin/insert.js"),
            module!("js/admin/markdown.js"),
            module!("js/admin/paste.js"),
            module!("js/admin/kept.js"),
            module!("js/admin/autosave.js"),
            module!("js/admin/upload.js"),
            module!("js/admin/recording.js"),
            module!("js/admin/timing.js"),
            module!("js/admin/fresh.js"),
            module!("js/admin/places.js"),
            module!("js/admin/pane.js"),
            module!("js/admin/place.js"),
        ],
    ),
    (
        "reading/main.js",
        &[
            module!("js/copy.js"),
            module!("js/reading/text.js"),
            module!("js/reading/memory.js"),
            module!("js/reading/fold.js"),
            module!("js/reading/find.js"),
            module!("js/reading/player.js"),
            module!("js/reading/track.js"),
            module!("js/reading/follow.js"),
            module!("js/reading/sentences.js"),
            module!("js/reading/quote.js"),
            module!("js/reading/keys.js"),
            module!("js/reading/session.js"),
            module!("js/reading/bar.js"),
            module!("js/reading/main.js"),
        ],
    ),
];

/// A file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// The last piece of its address.
    pub name: &'static str,
    /// For `Content-Type`.
    pub media_type: &'static str,
    /// Identity encoding.
    pub bytes: Vec<u8>,
    gzip: OnceLock<Vec<u8>>,
    brotli: OnceLock<Vec<u8>>,
}

struct Assets {
    hash: String,
    files: Vec<Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let joined = JOINED.iter().map(|&(name, modules)| {
        asset(
            name,
            JS,
            modules::squeeze(&modules::join(modules)).into_bytes(),
        )
    });
    let files: Vec<Asset> = SOURCES.iter().map(build).chain(joined).collect();
    let digests: String = files
        .iter()
        .map(|f| format!("{} {}\n", f.name, sha256_hex(&f.bytes)))
        .collect();
    let mut hash = sha256_hex(digests.as_bytes());
    hash.truncate(16);
    Assets { hash, files }
});

fn build(&(name, media_type, parts): &Source) -> Asset {
    let whole = parts.join(&b'\n');
    match std::str::from_utf8(&whole) {
        Ok(text) if media_type != SVG => {
            let sent = modules::squeeze(text).into_bytes();
            asset(name, media_type, sent)
        }
        _ => asset(name, media_type, whole),
    }
}

fn asset(name: &'static str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
    Asset {
        name,
        media_type,
        bytes,
        gzip: OnceLock::new(),
        brotli: OnceLock::new(),
    }
}

impl Asset {
    /// `Content-Encoding: gzip`; made when it is first asked for, since the first page of a
    /// fresh start must not wait for it.
    pub fn gzip(&self) -> &[u8] {
        self.gzip.get_or_init(|| {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(&self.bytes)
                .expect("memory takes every byte");
            gzip.finish().expect("memory takes every byte")
        })
    }

    /// `Content-Encoding: br`; made when it is first asked for.
    pub fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut brotli = Vec::new();
            brotli::BrotliCompress(&mut self.bytes.as_slice(), &mut brotli, &Default::default())
                .expect("memory takes every byte");
            brotli
        })
    }
}

/// The path of a file, `/assets/{hash}/{name}`.
///
/// # Panics
/// In tests, if no file has this name: a template names what is not there.
pub fn url(name: &str) -> String {
    debug_assert!(
        ASSETS.files.iter().any(|f| f.name == name),
        "no asset {name}"
    );
    urls::asset(&ASSETS.hash, name)
}

/// The 16 hexadecimal characters in every path, changing with any file.
pub fn hash() -> &'static str {
    &ASSETS.hash
}

/// The file at `/assets/{hash}/{name}`; nothing under another hash, since what it would be
/// cached as forever is not what stood there.
pub fn find(hash: &str, name: &str) -> Option<&'static Asset> {
    let assets: &'static Assets = &ASSETS;
    if hash != assets.hash {
        return None;
    }
    assets.files.iter().find(|f| f.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_url_finds_its_file() {
        let url = url("site.css");
        let (hash, name) = url
            .strip_prefix("/assets/")
            .and_then(|rest| rest.split_once('/'))
            .unwrap();
        let css = find(hash, name).unwrap();
        assert_eq!(css.media_type, CSS);
        assert!(css.bytes.starts_with(b":root {"));
        assert!(find("0000000000000000", name).is_none());
        assert!(find(hash, "../Cargo.toml").is_none());
    }

    #[test]
    fn compressed_forms_are_the_same_bytes() {
        for file in &ASSETS.files {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(file.gzip())
                .read_to_end(&mut plain)
                .unwrap();
            assert_eq!(plain, file.bytes, "{}", file.name);
            plain.clear();
            brotli::BrotliDecompress(&mut file.brotli(), &mut plain).unwrap();
            assert_eq!(plain, file.bytes, "{}", file.name);
        }
    }

    /// `modules::squeeze` takes the indentation of every line.
    #[test]
    fn no_string_has_several_lines() {
        for file in ASSETS.files.iter().filter(|f| f.media_type == JS) {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            let outside_of_patterns = |line: &&str| !line.contains("/gu") && !line.contains("/g,");
            for line in text.lines().filter(outside_of_patterns) {
                assert_eq!(line.matches('`').count() % 2, 0, "{}: {line}", file.name);
            }
        }
    }

    #[test]
    fn what_others_wrote_is_what_they_gave_out() {
        let told = include_str!("../../assets/vendor/README.md");
        let file = file!("vendor/tus-js-client/tus.min.js");
        assert!(told.contains(&sha256_hex(file)));
        let sent = find(hash(), "tus.js").unwrap();
        let (code, map) = file.split_at(sent.bytes.len());
        assert_eq!(sent.bytes, code);
        assert!(map.starts_with(b"//# sourceMappingURL="));
    }

    #[test]
    fn scripts_import_only_what_is_served() {
        for file in ASSETS.files.iter().filter(|f| f.media_type == JS) {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            for line in text.lines().filter(|l| l.starts_with("import ")) {
                let name = line.split("\"./").nth(1).unwrap().split('"').next();
                let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
                let name = format!("{folder}/{}", name.unwrap());
                let name = name.trim_start_matches('/');
                assert!(find(hash(), name).is_some(), "{line}");
            }
        }
    }
}
