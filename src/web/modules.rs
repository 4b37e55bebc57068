//! Joins ES modules into one file, so that a page asks once and not a dozen times, each answer
//! with headers as long as itself. The modules stay what they are for whoever reads or tests them.
//!
//! The little that it understands is how our own modules are written: an `import` is one line of
//! its own, and `export` stands in front of a declaration. Modules know nothing of each other's
//! private names here either.
use std::fmt::Write as _;

/// The modules as one script. Each may import only what those before it export, whatever file its
/// import names; the last one is run for what it does.
pub fn join(modules: &[&str]) -> String {
    let mut out = String::with_capacity(modules.iter().map(|m| m.len() + 64).sum());
    for module in modules {
        let (body, names) = read(module);
        let names = names.join(", ");
        let _ = match names.is_empty() {
            true => writeln!(out, "{{\n{body}}}"),
            false => writeln!(
                out,
                "const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();"
            ),
        };
    }
    out
}

/// A script or a style sheet as it is sent: without comments that have lines of their own, and
/// without indentation. What is meant for whoever reads the source costs who reads the site a
/// third of it. A string of several lines would lose its spaces: ours have none.
pub fn squeeze(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        // Of a line with something behind the comment nothing goes.
        let is_whole = line.ends_with("*/") || !line.contains("*/");
        let begins = !in_comment && line.starts_with("/*") && is_whole;
        if begins || in_comment {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// What a module does, without its imports, and the names that it exports.
fn read(module: &str) -> (String, Vec<&str>) {
    let (mut body, mut names) = (String::with_capacity(module.len()), Vec::new());
    for line in module.lines().filter(|line| !line.starts_with("import ")) {
        let declared = line.strip_prefix("export ");
        names.extend(declared.and_then(name_of));
        body.push_str(declared.unwrap_or(line));
        body.push('\n');
    }
    (body, names)
}

/// The name in `async function name(…`.
fn name_of(declaration: &str) -> Option<&str> {
    const KINDS: [&str; 5] = ["async", "function", "class", "const", "let"];
    let mut words = declaration.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    words.find(|word| !word.is_empty() && !KINDS.contains(word))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn modules_are_joined() {
        let a =
            "// A.\nconst own = 1;\nexport const ONE = own;\nexport async function two() {\n}\n";
        let b = "import { ONE, two } from \"./a.js\";\nconst own = 2;\ntwo(ONE, own, import(\"./c.js\"));\n";
        assert_eq!(
            join(&[a, b]),
            "const { ONE, two } = (() => {\n// A.\nconst own = 1;\nconst ONE = own;\nasync function two() {\n}\nreturn { ONE, two };\n})();\n\
             {\nconst own = 2;\ntwo(ONE, own, import(\"./c.js\"));\n}\n"
        );
    }

    #[test]
    fn what_is_sent_has_no_comments() {
        let source = "/* A. */\n// B\na {\n  b: c; /* d */\n\n}\n/** E\n * f\n */\n  g(\"// h\");\n/* i\n/* j */\nk";
        assert_eq!(squeeze(source), "a {\nb: c; /* d */\n}\ng(\"// h\");\nk\n");
    }

    #[test]
    fn every_import_comes_from_a_module_before() {
        for (name, modules) in crate::web::assets::JOINED {
            let mut exported = HashSet::new();
            for module in *modules {
                for line in module.lines().filter(|line| line.starts_with("import ")) {
                    let (_, rest) = line.split_once('{').expect("names");
                    let (names, from) = rest.split_once('}').expect("names");
                    assert!(from.ends_with(".js\";"), "{name}: {line}");
                    for wanted in names.split(',').map(str::trim) {
                        assert!(exported.contains(wanted), "{name}: {line}");
                    }
                }
                for new in read(module).1 {
                    assert!(exported.insert(new), "{name}: {new} is exported twice");
                }
            }
            let last = modules.last().expect("a module");
            assert_eq!(read(last).1, Vec::<&str>::new(), "{name}");
        }
    }
}
