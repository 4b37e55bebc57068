//! The interface in Korean and English (DESIGN 5, HARDENING V6).
use crate::support::{Answer, Site};

fn language(answer: &Answer) -> String {
    answer.attributes("html", "lang").remove(0)
}

async fn in_language(site: &Site, path: &str, wished: &str) -> Answer {
    let headers = [("accept-language", wished)];
    site.stranger().get_with(path, &headers).await
}

#[tokio::test]
async fn a_page_speaks_what_the_browser_wishes() {
    let site = Site::ready().await;
    site.author().published("글").await;
    for (wished, spoken) in [
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.8, ko;q=0.9", "ko"),
        ("en;q=0.9, ko;q=0.8", "en"),
    ] {
        for path in [
            "/",
            "/@news",
            "/@news/%EA%B8%80",
            "/admin/login",
            "/no/such",
        ] {
            let page = in_language(&site, path, wished).await;
            let text_of_post = path.contains("%EA");
            let ours = if text_of_post {
                page.attributes("html", "lang")
            } else {
                vec![language(&page)]
            };
            assert!(
                ours.iter().any(|l| l == spoken),
                "{path} {wished}: {ours:?}"
            );
        }
    }
}

#[tokio::test]
async fn everything_else_gets_one_of_the_two() {
    let site = Site::ready().await;
    let plain = site.stranger().get("/admin/login").await;
    let usual = language(&plain);
    for wished in ["", "*", "xx", "\u{7f}", ",,;q=", "ko;q=0, en;q=0"] {
        let Ok(value) = http::HeaderValue::from_str(wished) else {
            continue;
        };
        let page = in_language(&site, "/admin/login", value.to_str().expect("text")).await;
        assert!(["ko", "en"].contains(&language(&page).as_str()), "{wished}");
    }
    assert!(["ko", "en"].contains(&usual.as_str()));
}

#[tokio::test]
async fn the_address_wins_and_is_carried_on() {
    let site = Site::ready().await;
    site.author().published("글").await;
    for (asked, wished) in [("en", "ko"), ("ko", "en")] {
        let page = in_language(&site, &format!("/@news?ui={asked}"), wished).await;
        assert_eq!(language(&page), asked);
        let links = page.attributes("main a[href^='/@news/']", "href");
        let posts: Vec<_> = links.iter().filter(|l| l.contains("%EA%B8%80")).collect();
        assert!(!posts.is_empty());
        assert!(
            posts.iter().all(|l| l.contains(&format!("ui={asked}"))),
            "{posts:?}"
        );
        // Whoever wishes what, the address says it all.
        let other = in_language(&site, &format!("/@news?ui={asked}"), asked).await;
        assert_eq!(page.body, other.body);
        let canonical = page.attributes("link[rel=canonical]", "href");
        assert_eq!(canonical, ["http://127.0.0.1:8080/@news"]);
    }
    let bare = in_language(&site, "/@news", "en").await;
    assert!(
        !bare
            .attributes("main a", "href")
            .iter()
            .any(|l| l.contains("%EA%B8%80?ui="))
    );
}

#[tokio::test]
async fn caches_are_told_what_a_page_depends_on() {
    let site = Site::ready().await;
    site.author().published("글").await;
    for path in ["/", "/@news", "/@news/%EA%B8%80"] {
        let page = site.stranger().get(path).await;
        assert_eq!(
            page.header("vary"),
            "Accept-Encoding, Accept-Language",
            "{path}"
        );
        let korean = in_language(&site, path, "ko").await;
        let english = in_language(&site, path, "en").await;
        assert_ne!(korean.header("etag"), english.header("etag"), "{path}");
        let headers = [
            ("accept-language", "en"),
            ("if-none-match", korean.header("etag")),
        ];
        site.stranger()
            .get_with(path, &headers)
            .await
            .assert_status(200);
    }
}

#[tokio::test]
async fn errors_speak_both_languages() {
    let site = Site::ready().await;
    for (path, korean, english) in [
        ("/no/such", "찾을 수 없", "Page not found"),
        ("/admin/setup/x", "찾을 수 없", "Page not found"),
    ] {
        let (ko, en) = (
            in_language(&site, path, "ko").await,
            in_language(&site, path, "en").await,
        );
        assert!(ko.text().contains(korean), "{}", ko.text());
        assert!(en.text().contains(english), "{}", en.text());
        assert_eq!(
            (language(&ko), language(&en)),
            ("ko".to_owned(), "en".to_owned())
        );
        // The way to the other language keeps the address, whatever that is.
        assert_eq!(ko.attributes(".languages a", "href"), ["?ui=ko", "?ui=en"]);
        assert_eq!(ko.attributes("main a", "href"), ["/"]);
        let asked = site.stranger().get(&format!("{path}?a=1&ui=en")).await;
        assert_eq!(language(&asked), "en");
        assert_eq!(asked.attributes("main a", "href"), ["/?ui=en"]);
        assert_eq!(
            asked.attributes(".languages a", "href"),
            ["?ui=ko", "?ui=en"]
        );
    }
    for (host, wished, word) in [
        ("evil.example", "en", "Not this site"),
        ("evil.example", "ko", "주소"),
    ] {
        let headers = [("host", host), ("accept-language", wished)];
        let answer = site.stranger().get_with("/", &headers).await;
        assert!(
            answer.assert_status(421).text().contains(word),
            "{}",
            answer.text()
        );
    }
    let headers = [("accept", "application/json"), ("accept-language", "en")];
    let answer = site.stranger().get_with("/admin", &headers).await;
    assert_eq!(
        answer.assert_status(401).json()["message"],
        "Log in to see this page."
    );
}

#[tokio::test]
async fn the_author_s_side_speaks_what_he_chose() {
    let site = Site::ready().await;
    let author = site.author();
    for chosen in ["en", "ko"] {
        let page = author.get("/admin/account").await;
        let form = page.form(r#"form[action="/admin/account/language"]"#);
        author
            .submit(form.set("language", chosen))
            .await
            .assert_status(303);
        for wished in ["ko", "en"] {
            let page = author
                .get_with("/admin", &[("accept-language", wished)])
                .await;
            assert_eq!(language(&page), chosen);
        }
        assert_eq!(language(&author.get("/admin?ui=en").await), "en");
    } // What goes wrong on his pages is told in it too.
    let lost = author
        .get_with("/admin/posts/aaaaaaaaaaaa", &[("accept-language", "en")])
        .await;
    assert_eq!(language(lost.assert_status(404)), "ko");
    // And the browser has its way again, whichever it is.
    let page = author.get("/admin/account").await;
    let form = page.form(r#"form[action="/admin/account/language"]"#);
    author
        .submit(form.set("language", ""))
        .await
        .assert_status(303);
    for wished in ["ko", "en"] {
        let headers = [("accept-language", wished)];
        let page = author.get_with("/admin/account", &headers).await;
        assert_eq!(language(&page), wished);
        let chosen = page.attributes("#f-ui_language option[selected]", "value");
        assert!(chosen.is_empty(), "{chosen:?}");
    }
}
