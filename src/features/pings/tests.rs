//! One ping and what is noted of it, on each engine.
use crate::config::{Config, Podping};
use crate::features::pings::model::{Kind, Last, Outcome};
use crate::features::pings::{hub, jobs, of_all, of_show, run, store, uses_podping};
use crate::features::show;
use crate::features::testing::{Site, sites_with};
use crate::jobs::Job;
use crate::kernel::ids::ShowId;
use crate::kernel::language::UiLanguage;
use crate::kernel::urls::BaseUrl;
use crate::web::ui::Ui;

fn configured(config: &mut Config) {
    config.public_url = Some(BaseUrl::parse("https://news.example").expect("a base"));
    config.websub_hub = Some("http://127.0.0.1:9/hub".to_owned());
    config.podping = Some(Podping {
        url: "https://podping.example/".to_owned(),
        token: "secret".to_owned(),
    });
}

fn job(kind: Kind, show: &str, attempts: i64) -> Job {
    Job {
        id: "job".to_owned(),
        kind: kind.job().to_owned(),
        subject: show.to_owned(),
        generation: 1,
        attempts,
        leased_until: 0,
    }
}

async fn noted(site: &Site, kind: Kind) -> Option<Last> {
    let all = store::last(&site.state.db, kind).await.expect("read");
    assert!(all.len() <= 1, "{all:?}");
    all.into_iter().next().map(|(show, last)| {
        assert_eq!(show, site.show.as_str());
        last
    })
}

#[tokio::test]
async fn a_failure_is_noted_and_tried_again_but_not_for_ever() {
    for site in sites_with(configured).await {
        for kind in Kind::ALL {
            let show = site.show.as_str();
            assert!(run(&site.state, &job(kind, show, 0)).await.is_err());
            let last = noted(&site, kind).await.expect("noted");
            assert_eq!(last.outcome, Outcome::Unreachable);
            assert_eq!(last.at, site.state.clock.now());
            assert!(run(&site.state, &job(kind, show, 78)).await.is_err());
            assert!(run(&site.state, &job(kind, show, 79)).await.is_ok());
        }
        // Three feeds at the hub, of which the first failed; three tries of each kind.
        assert_eq!(site.state.fetch.heard().len(), 6);
    }
}

#[tokio::test]
async fn a_site_that_nobody_reaches_tells_nobody() {
    let at_home = |config: &mut Config| {
        configured(config);
        config.public_url = None;
    };
    for site in sites_with(at_home).await {
        assert!(!uses_podping(&site.state));
        let job = job(Kind::WebSub, site.show.as_str(), 0);
        run(&site.state, &job).await.expect("ends");
        let last = noted(&site, Kind::WebSub).await.expect("noted");
        assert_eq!(last.outcome, Outcome::NotPublic);
        assert!(site.state.fetch.heard().is_empty());
    }
}

#[tokio::test]
async fn what_is_not_configured_asks_for_nothing() {
    for site in sites_with(|_| {}).await {
        let state = &site.state;
        assert!(jobs(&state.config, &site.show).is_empty());
        assert!(hub(state).is_none() && !uses_podping(state));
        // Jobs left over from when it was configured end quietly.
        for kind in Kind::ALL {
            let job = job(kind, site.show.as_str(), 0);
            run(state, &job).await.expect("ends");
            assert_eq!(noted(&site, kind).await, None);
        }
        assert!(state.fetch.heard().is_empty());
        let ui = Ui::new(UiLanguage::En);
        let all = of_all(state, ui).await.expect("read");
        assert_eq!(all.len(), 1, "one line a kind, not one a show");
        let show = show::find(&state.db, &site.show).await.expect("there");
        assert_eq!(of_show(state, &show, ui).await.expect("read"), all[0].pings);
    }
}

#[tokio::test]
async fn a_show_that_is_gone_is_nobodys_trouble() {
    for site in sites_with(configured).await {
        let gone = ShowId::random();
        let job = job(Kind::Podping, gone.as_str(), 0);
        run(&site.state, &job).await.expect("ends");
        let mut tx = site.state.db.begin().await.expect("begins");
        let kind = Kind::Podping;
        store::note(&mut tx, &gone, kind, Outcome::Unreachable)
            .await
            .expect("nothing to note");
        tx.commit().await.expect("commits");
        assert_eq!(noted(&site, kind).await, None);
    }
}
