//! Invitations and roles on both engines.
use super::actions::{self, Newcomer};
use super::model::{INVITATION_MS, RESET_MS, Rights};
use super::store;
use crate::features::accounts::{self, Email, Password, Role};
use crate::features::audit::{self, Act};
use crate::features::testing::{Site, author, sites};
use crate::kernel::Error;
use crate::kernel::ids::Token;
use crate::kernel::language::UiLanguage;

fn newcomer(email: &str) -> Newcomer {
    Newcomer {
        name: "새 사람".to_owned(),
        email: Email::parse(email).expect("an address"),
        password: Password::parse("a long password").expect("long enough"),
        ui_language: Some(UiLanguage::En),
    }
}

fn editor(site: &Site) -> Rights {
    Rights {
        role: Role::Editor,
        shows: vec![site.show.clone()],
    }
}

async fn invite(site: &Site) -> Token {
    let (db, by) = (&site.state.db, &site.author.user.id);
    actions::invite(db, by, "동료", editor(site))
        .await
        .expect("invited")
        .0
}

#[tokio::test]
async fn an_invitation_opens_once() {
    for site in sites().await {
        let db = &site.state.db;
        let token = invite(&site).await;
        let now = site.state.clock.now();
        let found = store::find(db, &token.hash(), now).await.expect("read");
        assert_eq!(found.expect("there").rights, editor(&site));
        // An address that is taken uses nothing up.
        let taken = newcomer("author@example.org");
        let refused = actions::join(&site.state, &token, taken).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let user = actions::join(&site.state, &token, newcomer("b@example.org"))
            .await
            .expect("in");
        assert_eq!(
            (user.role, user.shows),
            (Role::Editor, vec![site.show.clone()])
        );
        let again = actions::join(&site.state, &token, newcomer("c@example.org")).await;
        assert!(matches!(again, Err(Error::NotFound)));
        assert_eq!(accounts::list(db).await.expect("read").len(), 2);
        let told = audit::list(db, None, 10, 0).await.expect("read");
        assert!(
            told.iter()
                .any(|e| e.act == Some(Act::Joined) && e.user_name == "새 사람")
        );
    }
}

#[tokio::test]
async fn an_invitation_ends_by_time_and_by_hand() {
    for site in sites().await {
        let (db, by) = (&site.state.db, &site.author.user.id);
        let token = invite(&site).await;
        let late = site.state.clock.now().plus_ms(INVITATION_MS);
        assert!(
            store::find(db, &token.hash(), late)
                .await
                .expect("read")
                .is_none()
        );
        let waiting = store::list(db, site.state.clock.now()).await.expect("read");
        assert_eq!(waiting.len(), 1);
        actions::revoke(db, by, &waiting[0].id)
            .await
            .expect("revoked");
        actions::revoke(db, by, &waiting[0].id)
            .await
            .expect("gone already");
        let joined = actions::join(&site.state, &token, newcomer("b@example.org")).await;
        assert!(matches!(joined, Err(Error::NotFound)));

        let token = invite(&site).await;
        site.state.clock.set(late);
        let joined = actions::join(&site.state, &token, newcomer("b@example.org")).await;
        assert!(matches!(joined, Err(Error::NotFound)));
        invite(&site).await;
        let rows = store::list(db, site.state.clock.now()).await.expect("read");
        assert_eq!(rows.len(), 1, "old ones are cleared away");
    }
}

#[tokio::test]
async fn there_is_an_owner_at_any_time() {
    for site in sites().await {
        let (db, me) = (&site.state.db, &site.author.user.id);
        let other = author(&site.state, "b@example.org").await.user;
        actions::change(db, me, &other.id, &editor(&site))
            .await
            .expect("changed");
        for refused in [
            actions::change(db, me, me, &editor(&site)).await,
            actions::remove(db, me, me).await,
        ] {
            assert!(matches!(refused, Err(Error::Conflict(_))));
        }
        // What he invited to goes with his right to invite.
        let owner = Rights {
            role: Role::Owner,
            shows: Vec::new(),
        };
        actions::change(db, me, &other.id, &owner)
            .await
            .expect("changed");
        actions::invite(db, &other.id, "나", owner)
            .await
            .expect("invited");
        let invited = actions::invite(db, me, "남", editor(&site)).await;
        invited.expect("invited");
        actions::remove(db, me, &other.id).await.expect("removed");
        let waiting = store::waiting(db).await.expect("read");
        assert_eq!(waiting.len(), 1, "another's invitation stays");

        let gone = actions::remove(db, me, &other.id).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        let left = accounts::list(db).await.expect("read");
        assert_eq!((left.len(), left[0].role), (1, Role::Owner));
        assert_eq!(store::last_seen(db).await.expect("read"), []);
    }
}

#[tokio::test]
async fn a_link_to_a_new_password_opens_once_and_ends_with_its_maker() {
    for site in sites().await {
        let (db, by) = (&site.state.db, &site.author.user.id);
        let token = invite(&site).await;
        let user = actions::join(&site.state, &token, newcomer("b@example.org"))
            .await
            .expect("in");
        let first = actions::offer_reset(db, by, &user.id).await.expect("made");
        let second = actions::offer_reset(db, by, &user.id).await.expect("made");
        let now = site.state.clock.now();
        let opens = async |token: &Token, at| {
            let found = store::find_reset(db, &token.hash(), at).await;
            found.expect("read")
        };
        assert_eq!(opens(&first, now).await, None, "a newer one ends it");
        let email = opens(&second, now).await;
        assert_eq!(email.as_deref(), Some("b@example.org"));
        let over = now.plus_ms(RESET_MS);
        assert_eq!(opens(&second, over).await, None);
        let new = Password::parse("another long password").expect("long enough");
        let done = actions::reset(&site.state, &second, &new).await;
        done.expect("set");
        let again = actions::reset(&site.state, &second, &new).await;
        assert!(matches!(again, Err(Error::NotFound)));
        let own = actions::offer_reset(db, by, by).await;
        assert!(matches!(own, Err(Error::Conflict(_))));

        let owner = Rights {
            role: Role::Owner,
            shows: Vec::new(),
        };
        actions::change(db, by, &user.id, &owner)
            .await
            .expect("an owner");
        let third = actions::offer_reset(db, &user.id, by).await.expect("made");
        actions::drop_second_factor(db, by, &user.id)
            .await
            .expect("off");
        assert!(opens(&third, now).await.is_some());
        actions::change(db, by, &user.id, &editor(&site))
            .await
            .expect("an owner no more");
        assert_eq!(opens(&third, now).await, None);
        let told = audit::list(db, None, 20, 0).await.expect("read");
        for act in [Act::ResetOffered, Act::SecondFactorDropped] {
            assert!(told.iter().any(|entry| entry.act == Some(act)), "{act:?}");
        }
    }
}
