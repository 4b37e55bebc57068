//! The second factor of a login: codes of an app that change every 30 seconds (TOTP, RFC 6238),
//! and recovery codes for the day on which the telephone is lost.
use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Totp};

use crate::kernel::ids::{UserId, random_base32, random_bytes, sha256_hex};
use crate::kernel::time::Instant;

/// How many recovery codes there are at once.
pub const RECOVERY_CODES: usize = 10;
/// A login waits so long for its code, in milliseconds: ten minutes.
pub const STEP_MS: i64 = 10 * 60_000;
/// Wrong codes after which a login begins again.
pub const STEP_TRIES: i64 = 5;

/// A new secret in base32: 160 bits, as RFC 4226 recommends.
pub fn new_secret() -> String {
    BASE32_NOPAD.encode(&random_bytes::<20>())
}

/// Reads a secret that a form brought back.
pub fn is_secret(text: &str) -> bool {
    BASE32_NOPAD
        .decode(text.as_bytes())
        .is_ok_and(|bytes| bytes.len() == 20)
}

/// What the QR code says, in the form that authenticator apps read: SHA-1, 6 digits, 30 s, which
/// is all that many of them know.
pub fn uri(secret: &str, email: &str, site: &str) -> String {
    let part = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let site = part(site);
    format!(
        "otpauth://totp/{site}:{}?secret={secret}&issuer={site}",
        part(email)
    )
}

/// The step of the clock to which a code belongs: the present one or one of its neighbours. The
/// caller takes care that a step is used once.
pub fn step_of(secret: &str, code: &str, now: Instant) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(secret)?.check(&digits, now.0.max(0).unsigned_abs() / 1000)?;
    i64::try_from(step).ok()
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(bytes).build().ok()
}

/// The code of an instant, as an app shows it.
#[cfg(test)]
pub fn code_at(secret: &str, now: Instant) -> Option<String> {
    Some(
        totp(secret)?
            .generate(now.0.unsigned_abs() / 1000)
            .to_string(),
    )
}

/// Fresh recovery codes: 50 bits each, in two groups that are easy to copy.
pub fn recovery_codes() -> Vec<String> {
    (0..RECOVERY_CODES)
        .map(|_| format!("{}-{}", random_base32::<5>(), random_base32::<5>()))
        .collect()
}

/// What is stored of a recovery code. Capitals, blanks and the hyphen are as one pleases.
pub fn recovery_hash(user: &UserId, code: &str) -> String {
    let code: String = code
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    sha256_hex(format!("{user}:{code}").as_bytes())
}

/// A QR code as the path of an SVG: its side in modules, a margin of four included, and the `d`.
pub fn qr_path(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{},{}h1v1h-1z", x + 4, y + 4));
        }
    }
    Some((code.size() + 8, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, for SHA-1; the last six of its eight digits.
    #[test]
    fn codes_of_the_standard() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let at = Instant(second * 1000);
            assert_eq!(code_at(&secret, at).as_deref(), Some(code));
            assert_eq!(step_of(&secret, code, at), Some(second / 30));
            let spaced = format!("{} {}", &code[..3], &code[3..]);
            let late = at.plus_ms(30_000);
            assert_eq!(step_of(&secret, &spaced, late), Some(second / 30));
            assert_eq!(step_of(&secret, code, at.plus_ms(90_000)), None);
        }
        for bad in ["", "12345", "28708２", "287082x", "abcdef"] {
            assert_eq!(step_of(&secret, bad, Instant(59_000)), None, "{bad}");
        }
    }

    #[test]
    fn secrets_and_their_pictures() {
        let secret = new_secret();
        assert!(is_secret(&secret) && secret.len() == 32);
        assert!(!is_secret("") && !is_secret("abc") && !is_secret(&secret[..31]));
        let uri = uri(&secret, "a@example.org", "아침 논평");
        assert!(uri.starts_with("otpauth://totp/%EC%95%84"), "{uri}");
        let (side, path) = qr_path(&uri).expect("short enough");
        assert!(side > 40 && path.starts_with("M4,4h1v1h-1z"));
    }

    #[test]
    fn recovery_codes_are_read_as_they_are_typed() {
        let user = UserId::random();
        let codes = recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(
            recovery_hash(&user, &codes[0]),
            recovery_hash(&user, &typed)
        );
        assert_ne!(
            recovery_hash(&user, &codes[0]),
            recovery_hash(&user, &codes[1])
        );
        assert_ne!(
            recovery_hash(&user, &codes[0]),
            recovery_hash(&UserId::random(), &codes[0])
        );
    }
}
