//! Collecting and looking over, on both engines.
use super::store;
use super::{check_files, collect, insert};
use crate::features::covers;
use crate::features::posts::{self, Content};
use crate::features::recordings;
use crate::features::show;
use crate::features::testing::{Site, sites, wav};
use crate::formats::image::default_cover;
use crate::kernel::ids::RecordingId;
use crate::ports::media::Stored;

impl Site {
    /// A new recording of the post, as an upload would make it.
    async fn record(&self, seed: u8) -> (RecordingId, String) {
        let temp = self.state.media.temp_path("test");
        let file = wav(1000, seed);
        std::fs::write(&temp, &file).expect("writes");
        let arrived = recordings::take_in(&self.state, temp, file.len() as u64, "a.wav".into());
        let arrived = arrived.await.expect("sound");
        let mut tx = self.state.db.begin().await.expect("begins");
        let recording = arrived.write(&mut tx).await.expect("writes");
        posts::attach_recording(&mut tx, &self.post, Some(&recording.id))
            .await
            .expect("attaches");
        tx.commit().await.expect("commits");
        (recording.id, recording.media_hash)
    }

    async fn publish(&self) {
        let copy = posts::writing::working_copy(&self.state.db, &self.post)
            .await
            .expect("there");
        let content = Content {
            title: "제목".to_owned(),
            script: "글".to_owned(),
            ..copy.content
        };
        posts::save(
            &self.state.db,
            &self.author.user.id,
            &self.post,
            copy.version,
            "",
            &content,
        )
        .await
        .expect("saves");
        let mut tx = self.state.db.begin().await.expect("begins");
        posts::publish(&mut tx, &self.post)
            .await
            .expect("publishes");
        tx.commit().await.expect("commits");
    }

    async fn episodes(&self) -> usize {
        let mut snapshot = self.state.db.snapshot().await.expect("begins");
        let listed = posts::feed::episodes(&mut snapshot, &self.show).await;
        listed.expect("lists").len()
    }

    async fn revision(&self) -> i64 {
        let show = show::find(&self.state.db, &self.show).await;
        show.expect("there").revision
    }
}

#[tokio::test]
async fn what_a_revision_names_is_kept_and_what_nothing_names_goes() {
    for site in sites().await {
        let media = &site.state.media;
        let (first, first_file) = site.record(1).await;
        site.publish().await;
        let (second, second_file) = site.record(2).await;
        let (third, third_file) = site.record(3).await;
        collect(&site.state).await.expect("collects");
        for (id, file, kept) in [
            (first, first_file, true),
            (second, second_file, false),
            (third, third_file, true),
        ] {
            let found = recordings::find(&site.state.db, &id).await;
            assert_eq!(found.is_ok(), kept);
            assert_eq!(media.length_bytes(&file).is_some(), kept);
        }
        assert_eq!(store::list(&site.state.db).await.expect("lists").len(), 2);
        collect(&site.state).await.expect("again");
    }
}

#[tokio::test]
async fn a_file_that_two_recordings_share_stays_for_one() {
    for site in sites().await {
        let (_, file) = site.record(1).await;
        let (_, same) = site.record(1).await;
        assert_eq!(file, same);
        collect(&site.state).await.expect("collects");
        assert!(site.state.media.length_bytes(&file).is_some());
    }
}

#[tokio::test]
async fn covers_are_kept_while_named_or_new() {
    for site in sites().await {
        let hash = covers::store_cover(&site.state, default_cover("하나"))
            .await
            .expect("stored");
        collect(&site.state).await.expect("collects");
        let (file, length) = covers::find(&site.state.db, &hash, 600).await.expect("new");
        assert_eq!(site.state.media.length_bytes(&file), Some(length));
        site.state
            .clock
            .set(site.state.clock.now().plus_ms(25 * 3_600_000));
        let mut tx = site.state.db.begin().await.expect("begins");
        posts::writing::set_cover(&mut tx, &site.post, Some(&hash))
            .await
            .expect("set");
        tx.commit().await.expect("commits");
        collect(&site.state).await.expect("collects");
        assert!(covers::find(&site.state.db, &hash, 600).await.is_ok());
        let mut tx = site.state.db.begin().await.expect("begins");
        posts::writing::set_cover(&mut tx, &site.post, None)
            .await
            .expect("set");
        tx.commit().await.expect("commits");
        collect(&site.state).await.expect("collects");
        assert!(covers::find(&site.state.db, &hash, 600).await.is_err());
        assert!(site.state.media.list().expect("lists").is_empty());
    }
}

#[tokio::test]
async fn a_start_tells_missing_files_and_strangers() {
    for site in sites().await {
        let media = &site.state.media;
        let (id, file) = site.record(1).await;
        site.publish().await;
        let stranger = media.put(b"a stranger").expect("put");
        let before = site.revision().await;
        check_files(&site.state).await.expect("looks over");
        assert_eq!(site.revision().await, before, "nothing public changed");
        assert_eq!(media.length_bytes(&stranger.hash), None);
        let quarantine = site.scratch.dir.path().join("media/quarantine");
        assert!(quarantine.join(&stranger.hash).exists(), "not deleted");
        assert_eq!(site.episodes().await, 1);

        let path = site
            .scratch
            .dir
            .path()
            .join("media")
            .join(&file[..2])
            .join(&file);
        let aside = site.scratch.dir.path().join("aside");
        std::fs::rename(&path, &aside).expect("moved away");
        check_files(&site.state).await.expect("looks over");
        assert_eq!(site.episodes().await, 0, "left out of the feed");
        assert_eq!(site.revision().await, before + 1);
        let recording = recordings::find(&site.state.db, &id).await.expect("there");
        assert!(!recording.present, "and the author can see it");

        std::fs::write(&path, b"cut").expect("writes");
        check_files(&site.state).await.expect("looks over");
        assert_eq!(
            (site.episodes().await, site.revision().await),
            (0, before + 1)
        );
        std::fs::rename(&aside, &path).expect("back");
        check_files(&site.state).await.expect("looks over");
        assert_eq!(
            (site.episodes().await, site.revision().await),
            (1, before + 2)
        );
    }
}

#[tokio::test]
async fn a_file_that_comes_again_is_present_again() {
    for site in sites().await {
        let file = Stored {
            hash: "a".repeat(64),
            length_bytes: 5,
        };
        for present in [false, true] {
            let mut tx = site.state.db.begin().await.expect("begins");
            insert(&mut tx, &file).await.expect("inserts");
            store::set_present(&mut tx, &file.hash, present)
                .await
                .expect("sets");
            tx.commit().await.expect("commits");
        }
        let mut tx = site.state.db.begin().await.expect("begins");
        store::set_present(&mut tx, &file.hash, false)
            .await
            .expect("sets");
        insert(&mut tx, &file).await.expect("inserts");
        let shows = store::shows_with(&mut tx, &file.hash).await.expect("reads");
        assert!(shows.is_empty());
        tx.commit().await.expect("commits");
        let rows = store::list(&site.state.db).await.expect("lists");
        assert_eq!(rows.len(), 1);
        assert!(rows[0].present && rows[0].length_bytes == 5);
    }
}
