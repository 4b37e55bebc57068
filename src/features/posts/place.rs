//! Places as the author's maps name them: coordinates, objects of OpenStreetMap, countries.
use crate::kernel::Message;

/// `37.57, 126.98`, as maps show it, is meant as `geo:37.57,126.98`; anything else stays.
pub fn geo_of(typed: String) -> String {
    let bare: String = typed.split_whitespace().collect();
    let whole = format!("geo:{bare}");
    if check_geo(&whole).is_ok() {
        whole
    } else {
        typed
    }
}

/// The address of an object's page, as browsers show it, is meant as the object; anything else
/// stays.
pub fn osm_of(typed: String) -> String {
    let path = typed
        .split_once("openstreetmap.org/")
        .map_or("", |(_, path)| path);
    let mut parts = path.split(['/', '?', '#']);
    let letter = match parts.next() {
        Some("node") => 'N',
        Some("way") => 'W',
        Some("relation") => 'R',
        _ => return typed,
    };
    let object = format!("{letter}{}", parts.next().unwrap_or_default());
    if check_osm(&object).is_ok() {
        object
    } else {
        typed
    }
}

/// Empty, or a geo URI (RFC 5870) of latitude and longitude, perhaps with a height and an
/// uncertainty.
pub fn check_geo(geo: &str) -> Result<(), Message> {
    let bad = || Message::new("error-location-geo");
    if geo.is_empty() {
        return Ok(());
    }
    let rest = geo.strip_prefix("geo:").ok_or_else(bad)?;
    let (point, parameter) = rest.split_once(';').unwrap_or((rest, "u=0"));
    let uncertainty = parameter.strip_prefix("u=").and_then(decimal);
    let numbers: Option<Vec<f64>> = point.split(',').map(decimal).collect();
    match (numbers.as_deref(), uncertainty) {
        (Some([latitude, longitude] | [latitude, longitude, _]), Some(metres))
            if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 && metres >= 0.0 =>
        {
            Ok(())
        }
        _ => Err(bad()),
    }
}

/// A number as RFC 5870 writes it: digits, perhaps with a sign and a fraction.
fn decimal(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'-' | b'.'));
    let ends_in_digits = text.ends_with(|c: char| c.is_ascii_digit());
    (plain && ends_in_digits).then(|| text.parse().ok())?
}

/// Empty, or an object of OpenStreetMap (Podcasting 2.0, `location`): N, W or R and its number,
/// perhaps `#` and a version.
pub fn check_osm(osm: &str) -> Result<(), Message> {
    let number = |t: &str| (1..=19).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let good = osm.strip_prefix(['N', 'W', 'R']).is_some_and(|rest| {
        let (id, version) = rest.split_once('#').unwrap_or((rest, "1"));
        number(id) && number(version)
    });
    if good || osm.is_empty() {
        Ok(())
    } else {
        Err(Message::new("error-location-osm"))
    }
}

/// Empty, or two capital letters (ISO 3166-1 alpha-2).
pub fn check_country(country: &str) -> Result<(), Message> {
    let two = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if two || country.is_empty() {
        Ok(())
    } else {
        Err(Message::new("error-location-country"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_as_maps_name_them() {
        for (typed, meant) in [
            ("37.57, 126.98", "geo:37.57,126.98"),
            ("-33.86,151.2", "geo:-33.86,151.2"),
            ("geo:37.57,126.98", "geo:37.57,126.98"),
            ("서울", "서울"),
        ] {
            assert_eq!(geo_of(typed.to_owned()), meant);
        }
        for (typed, meant) in [
            (
                "https://www.openstreetmap.org/relation/2297418#map=10/37/126",
                "R2297418",
            ),
            ("https://www.openstreetmap.org/way/12", "W12"),
            ("R2297418", "R2297418"),
            (
                "https://www.openstreetmap.org/user/12",
                "https://www.openstreetmap.org/user/12",
            ),
        ] {
            assert_eq!(osm_of(typed.to_owned()), meant);
        }
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for good in ["", "geo:1,2", "geo:1.5,-2.5,30;u=35"] {
            assert!(check_geo(good).is_ok(), "{good}");
        }
        for bad in [
            "1,2",
            "geo:91,0",
            "geo:1",
            "geo:a,b",
            "geo:1,2;x=1",
            "geo:1e2,2",
            "geo:,",
        ] {
            assert!(check_geo(bad).is_err(), "{bad}");
        }
        for bad in ["R", "X1", "R1#", "r1", "12"] {
            assert!(check_osm(bad).is_err(), "{bad}");
        }
        for bad in ["K", "kr", "KOR", "한국"] {
            assert!(check_country(bad).is_err(), "{bad}");
        }
    }
}
