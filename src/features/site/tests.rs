//! The public pages over HTTP.
use http::{Method, StatusCode};
use scraper::{Html, Selector};

use crate::features::feed::tests::support::{Answer, Site, a_show};
use crate::features::posts::{self, Content, Reference};
use crate::features::show::{self, ShowAddress};
use crate::kernel::events::Event;
use crate::kernel::ids::{PostId, UserId};
use crate::kernel::urls;

const KO: &[(&str, &str)] = &[("accept-language", "ko")];
const EN: &[(&str, &str)] = &[("accept-language", "en")];

fn links(answer: &Answer, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(answer.text())
        .select(&selector)
        .filter_map(|e| e.attr("href").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_post_reads_along_without_a_script() {
    let site = Site::new().await;
    let older = site.post("먼저").await;
    let id = site
        .draft_of(Content {
            title: "한 <글>".into(),
            note: "메모 & [링크](https://a.example/)".into(),
            script: "첫 문장 <script>alert(1)</script>\n\n> 인용".into(),
            references: vec![
                Reference {
                    title: "출처 <1>".into(),
                    url: "https://news.example/1".into(),
                    outlet: "신문".into(),
                    ..Reference::default()
                },
                Reference {
                    title: "나쁜".into(),
                    url: "https://bad.example/".into(),
                    ..Reference::default()
                },
            ],
            ..Content::default()
        })
        .await;
    site.record(&id, b"sound", "mp3").await;
    site.publish(&id).await;
    // What the form refuses may stand in an old row (HARDENING O2).
    let mut tx = site.tx().await;
    sqlx::query("UPDATE post_revisions SET refs = replace(refs, 'https://bad.example/', 'javascript:alert(1)')")
        .execute(tx.conn())
        .await
        .expect("changed");
    tx.commit().await.expect("committed");
    let path = urls::post("morning", "한-글");
    let page = site.get_with(&path, KO).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let html = page.text();
    assert!(html.contains(&urls::audio(&id, "mp3")));
    assert!(html.contains("<blockquote>") && html.contains("https://news.example/1"));
    assert!(!html.contains("<script>") && !html.contains("javascript:"));
    assert!(html.contains(&urls::transcript(&id, "txt")));
    assert!(links(&page, "a[rel=prev]")[0].ends_with("%EB%A8%BC%EC%A0%80"));
    assert_eq!(
        links(&page, "link[rel=canonical]"),
        [site.state.base_url.join(&path)]
    );
    assert_eq!(page.header("vary"), "Accept-Encoding, Accept-Language");
    assert!(!page.headers.contains_key("set-cookie"));
    for header in ["content-security-policy", "etag", "last-modified"] {
        assert!(page.headers.contains_key(header), "{header}");
    }
    // From memory now, and the short link leads to it.
    assert_eq!(site.get_with(&path, KO).await.body, page.body);
    let etag = page.header("etag").to_owned();
    let again = site
        .get_with(
            &path,
            &[("accept-language", "ko"), ("if-none-match", &etag)],
        )
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let short = site.get(&urls::short(&id)).await;
    assert_eq!(
        (short.status.as_u16(), short.header("location")),
        (301, path.as_str())
    );
    assert!(site.get(&urls::short(&older)).await.status.is_redirection());
}

#[tokio::test]
async fn the_wish_and_the_query_choose_the_language() {
    let site = Site::new().await;
    site.post("글").await;
    let path = urls::post("morning", "글");
    for target in [path.clone(), "/@morning".to_owned(), "/".to_owned()] {
        let ko = site.get_with(&target, KO).await;
        let en = site.get_with(&target, EN).await;
        assert!(ko.text().contains("<html lang=\"ko\""), "{target}");
        assert!(en.text().contains("<html lang=\"en\""), "{target}");
        assert_eq!(site.get_with(&target, &[]).await.body, ko.body);
        let asked = site.get_with(&format!("{target}?ui=en"), KO).await;
        assert!(asked.text().contains("<html lang=\"en\""));
        assert_ne!(asked.body, en.body, "its links carry the language");
        // Again, from memory, and whatever else the query holds changes nothing.
        let again = site.get_with(&format!("{target}?ui=en"), KO).await;
        assert_eq!(again.body, asked.body);
        let more = site.get_with(&format!("{target}?utm=x&ui=en"), KO).await;
        assert_eq!(more.body, asked.body);
        let bare = site.get_with(&format!("{target}?utm=x&ui=fr"), EN).await;
        assert_eq!(bare.body, en.body);
    }
    let page = site.get("/@morning?ui=en").await;
    let post = links(&page, ".post-card a");
    assert_eq!(post, [format!("{path}?ui=en")]);
    let canonical = links(&page, "link[rel=canonical]");
    assert_eq!(canonical, [site.state.base_url.join("/@morning")]);
}

#[tokio::test]
async fn a_show_is_paged() {
    let site = Site::new().await;
    let empty = site.get("/@morning").await;
    assert_eq!(empty.status, StatusCode::OK);
    for n in 0..21 {
        site.post(&format!("글 {n}")).await;
    }
    let first = site.get("/@morning").await;
    assert_ne!(first.body, empty.body);
    assert_eq!(links(&first, ".post-card a").len(), 20);
    assert_eq!(links(&first, ".paging a"), ["/@morning?page=2"]);
    let second = site.get("/@morning?page=2").await;
    assert_eq!(links(&second, ".post-card a").len(), 1);
    assert_eq!(links(&second, ".paging a"), ["/@morning"]);
    assert_eq!(site.get("/@morning?page=1").await.body, first.body);
    assert_eq!(site.get("/@morning?page=3").await.status, 404);
    let carried = site.get("/@morning?page=2&ui=en").await;
    assert_eq!(links(&carried, ".paging a"), ["/@morning?ui=en"]);
}

#[tokio::test]
async fn home_is_the_show_or_the_list() {
    let site = Site::new().await;
    let one = site.get("/").await;
    assert_eq!(
        links(&one, "link[rel=canonical]"),
        [site.state.base_url.join("/@morning")]
    );
    site.add_show("evening").await;
    let two = site.get("/").await;
    let shown = links(&two, ".show-card a");
    assert_eq!(shown, ["/@morning", "/@evening"]);

    let bare = Site::new().await;
    let mut tx = bare.tx().await;
    sqlx::query("DELETE FROM shows")
        .execute(tx.conn())
        .await
        .expect("deleted");
    tx.announce(Event::ShowChanged(bare.show.clone()));
    tx.commit().await.expect("committed");
    let none = bare.get("/").await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(links(&none, ".show-card a").is_empty());
}

#[tokio::test]
async fn one_spelling_and_former_names() {
    let site = Site::new().await;
    let id = site.post("한").await;
    let path = urls::post("morning", "한");
    for other in [
        "/@morning/%ed%95%9c",
        "/@morning/%E1%84%92%E1%85%A1%E1%86%AB",
    ] {
        let answer = site.get(&format!("{other}?ui=en")).await;
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY, "{other}");
        assert_eq!(answer.header("location"), format!("{path}?ui=en"));
    }
    // Another slug.
    let db = &site.state.db;
    let content = Content {
        title: "한".into(),
        script: "글".into(),
        ..Content::default()
    };
    posts::save(db, &UserId::random(), &id, 2, "새-이름", &content)
        .await
        .expect("saved");
    site.update(&id).await;
    let moved = site.get(&path).await;
    let present = urls::post("morning", "새-이름");
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (301, present.as_str())
    );
    assert_eq!(site.get(&present).await.status, 200);
    // Another address of the show, and everything below follows.
    let shown = show::find(db, &site.show).await.expect("found");
    let mut draft = a_show("morning");
    draft.address = ShowAddress::parse("dawn").expect("an address");
    let mut tx = site.tx().await;
    show::update(&mut tx, &shown, &draft, &shown.cover_hash)
        .await
        .expect("updated");
    tx.announce(Event::ShowChanged(site.show.clone()));
    tx.commit().await.expect("committed");
    for (old, new) in [
        ("/@morning".to_owned(), "/@dawn".to_owned()),
        (present, urls::post("dawn", "새-이름")),
        ("/@morning?page=2".to_owned(), "/@dawn?page=2".to_owned()),
        (
            "/@morning/feed.xml".to_owned(),
            "/@dawn/feed.xml".to_owned(),
        ),
        (
            "/@morning/posts.xml".to_owned(),
            "/@dawn/posts.xml".to_owned(),
        ),
    ] {
        let moved = site.get(&old).await;
        assert_eq!(
            (moved.status.as_u16(), moved.header("location")),
            (301, new.as_str())
        );
    }
}

#[tokio::test]
async fn hidden_is_missing() {
    let site = Site::new().await;
    let draft = site.draft("초안").await;
    let removed = site.post("지운 글").await;
    let path = urls::post("morning", "지운-글");
    assert_eq!(site.get(&path).await.status, 200);
    site.remove(&removed).await;
    let missing = site.get("/@morning/none").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    for target in [
        path,
        urls::post("morning", "초안"),
        urls::short(&draft),
        urls::short(&removed),
        urls::short(&PostId::random()),
        urls::transcript(&draft, "html"),
        urls::transcript(&removed, "txt"),
        "/@nobody".to_owned(),
        "/@nobody/feed.xml".to_owned(),
        "/@morning/a%2Fb".to_owned(),
        "/@Morning".to_owned(),
        "/p/x".to_owned(),
    ] {
        let answer = site.get(&target).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert_eq!(answer.body, missing.body, "{target}");
        assert_eq!(answer.header("cache-control"), "no-store", "{target}");
    }
}

#[tokio::test]
async fn transcripts_for_posts_with_a_script() {
    let site = Site::new().await;
    let id = site.post("글").await;
    let text = site.get(&urls::transcript(&id, "txt")).await;
    assert_eq!(text.text(), "첫 문장입니다.\n둘째 <문장>입니다.\n");
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(text.header("access-control-allow-origin"), "*");
    assert_eq!(text.header("vary"), "Accept-Encoding");
    let html = site.get(&urls::transcript(&id, "html")).await;
    assert!(html.text().contains("둘째 &lt;문장&gt;입니다."));
    assert!(html.text().contains("<html lang=\"ko\""));
    assert_eq!(site.get(&urls::transcript(&id, "vtt")).await.status, 404);
    let bare = Content {
        title: "메모만".into(),
        note: "메모".into(),
        ..Content::default()
    };
    let id = site.draft_of(bare).await;
    site.publish(&id).await;
    assert_eq!(site.get(&urls::transcript(&id, "txt")).await.status, 404);
}

#[tokio::test]
async fn after_a_change_the_page_is_new() {
    let site = Site::new().await;
    let id = site.post("글").await;
    let path = urls::post("morning", "글");
    let before = site.get(&path).await;
    let etag = before.header("etag").to_owned();
    let content = Content {
        title: "글".into(),
        script: "고친 글입니다.".into(),
        ..Content::default()
    };
    posts::save(&site.state.db, &UserId::random(), &id, 2, "", &content)
        .await
        .expect("saved");
    assert_eq!(site.get(&path).await.body, before.body, "not public yet");
    site.update(&id).await;
    let after = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(after.status, StatusCode::OK);
    assert!(after.text().contains("고친 글입니다."));
}

#[tokio::test]
async fn what_belongs_to_the_program() {
    let site = Site::new().await;
    let robots = site.get("/robots.txt").await;
    assert!(robots.text().contains("Disallow: /admin"));
    let icon = site.get("/favicon.ico").await;
    assert_eq!(icon.status, StatusCode::FOUND);
    let path = icon.header("location").to_owned();
    let plain = site.get(&path).await;
    assert_eq!(plain.header("content-type"), "image/svg+xml");
    assert!(plain.header("cache-control").contains("immutable"));
    let gzip = site.get_with(&path, &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_ne!(gzip.header("etag"), plain.header("etag"));
    let head = site.ask(Method::HEAD, &path, &[]).await;
    assert_eq!(head.header("content-length"), plain.body.len().to_string());
    let etag = gzip.header("etag").to_owned();
    let again = site
        .get_with(
            &path,
            &[("accept-encoding", "gzip"), ("if-none-match", &etag)],
        )
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(
        site.get("/assets/0000000000000000/site.css").await.status,
        404
    );
}

#[tokio::test]
async fn a_long_list_of_pages_is_several_files() {
    let site = Site::new().await;
    for n in 0..3 {
        site.post(&format!("글 {n}")).await;
    }
    let all = site.get("/sitemap.xml").await;
    assert!(all.text().contains("<urlset") && all.text().matches("<loc>").count() == 4);
    assert_eq!(
        site.get("/sitemaps/1.xml").await.status,
        StatusCode::NOT_FOUND
    );
    let fourth = site.post("글 3").await;
    let index = site.get("/sitemap.xml").await;
    assert!(index.text().contains("<sitemapindex"), "{}", index.text());
    let base = &site.state.base_url;
    for (n, pages, last) in [(1, 4, "글-2"), (2, 1, "글-3")] {
        let path = urls::sitemap_part(n);
        let loc = format!("<loc>{}</loc>", base.join(&path));
        assert!(index.text().contains(&loc));
        let part = site.get(&path).await;
        assert_eq!(part.text().matches("<loc>").count(), pages);
        let last = base.join(&urls::post("morning", last));
        assert!(part.text().contains(&last), "{}", part.text());
    }
    for none in ["/sitemaps/3.xml", "/sitemaps/02.xml", "/sitemaps/-1.xml"] {
        assert_eq!(site.get(none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
    site.remove(&fourth).await;
    assert!(site.get("/sitemap.xml").await.text().contains("<urlset"));
    assert_eq!(
        site.get("/sitemaps/2.xml").await.status,
        StatusCode::NOT_FOUND
    );
}
