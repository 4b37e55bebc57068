//! What a page says to machines of itself (schema.org). The same facts as the page shows to
//! people, and none of a page that is not public.
use super::fill::{Reader, summary};
use crate::features::posts::PublicPost;
use crate::features::show::Show;
use crate::features::transcripts::FileForm;
use crate::formats::audio::AudioKind;
use crate::formats::json_ld::{
    Article, AudioObject, BreadcrumbList, Document, ItemList, MediaObject, Node, Organization,
    Person, PodcastEpisode, PodcastSeason, PodcastSeries, duration,
};
use crate::formats::transcript::{Line, Times};
use crate::kernel::Result;
use crate::kernel::urls;
use crate::web::json_block::JsonBlock;

/// Most characters of a transcript here: who wants all of a long one has its files, and the page
/// must not weigh twice what its text does.
const TRANSCRIPT_CHARS: usize = 4_000;

impl Reader {
    /// What the page of a post says. `lines` are the sentences of its script.
    ///
    /// # Errors
    /// `Internal`, if it can't be written.
    pub(super) fn post_data(
        &self,
        show: &Show,
        post: &PublicPost,
        lines: &[Line],
    ) -> Result<JsonBlock> {
        let page = self.base.join(&urls::post(show.address(), &post.slug));
        let title = post.content.title.clone();
        let chief = match self.audio_data(post, lines) {
            Some(audio) => Node::Episode(Box::new(self.episode_data(show, post, &page, audio))),
            None => Node::Article(Box::new(self.article_data(show, post, &page))),
        };
        let crumbs = BreadcrumbList::new([
            (show.draft.title.clone(), self.show_page_url(show)),
            (title, page),
        ]);
        JsonBlock::of(&Document::new(vec![chief, Node::Breadcrumbs(crumbs)]))
    }

    /// What the page of a show says.
    ///
    /// # Errors
    /// `Internal`, if it can't be written.
    pub(super) fn show_data(&self, show: &Show, posts: &[PublicPost]) -> Result<JsonBlock> {
        let draft = &show.draft;
        let series = PodcastSeries {
            description: draft.description.clone(),
            in_language: draft.language.as_str().to_owned(),
            image: self.card_image(&show.cover_hash),
            author: author(show),
            same_as: draft.details.apps.iter().map(|l| l.url.clone()).collect(),
            ..self.series(show)
        };
        let page = |post: &PublicPost| {
            let path = urls::post(show.address(), &post.slug);
            (post.content.title.clone(), self.base.join(&path))
        };
        let list = ItemList::new(posts.iter().map(page));
        let graph = vec![Node::Series(Box::new(series)), Node::List(list)];
        JsonBlock::of(&Document::new(graph))
    }

    /// What the list of shows says.
    ///
    /// # Errors
    /// `Internal`, if it can't be written.
    pub(super) fn shows_data(&self, shows: &[Show]) -> Result<JsonBlock> {
        let page = |show: &Show| (show.draft.title.clone(), self.show_page_url(show));
        let list = ItemList::new(shows.iter().map(page));
        JsonBlock::of(&Document::new(vec![Node::List(list)]))
    }

    fn show_page_url(&self, show: &Show) -> String {
        self.base.join(&urls::show(show.address()))
    }

    /// A show as it is named on the pages of its posts.
    fn series(&self, show: &Show) -> PodcastSeries {
        PodcastSeries {
            name: show.draft.title.clone(),
            url: self.show_page_url(show),
            web_feed: self.base.join(&urls::podcast_feed(show.address())),
            ..PodcastSeries::default()
        }
    }

    fn publisher(&self, show: &Show) -> Organization {
        Organization {
            name: show.draft.title.clone(),
            url: self.show_page_url(show),
            logo: self.card_image(&show.cover_hash),
        }
    }

    fn picture(&self, show: &Show, post: &PublicPost) -> String {
        let own = post.content.cover_hash.as_ref();
        self.card_image(own.unwrap_or(&show.cover_hash))
    }

    fn episode_data(
        &self,
        show: &Show,
        post: &PublicPost,
        page: &str,
        audio: AudioObject,
    ) -> PodcastEpisode {
        let content = &post.content;
        let season = |season_number| PodcastSeason { season_number };
        PodcastEpisode {
            url: page.to_owned(),
            name: content.title.clone(),
            description: summary(content),
            date_published: post.first_public_at.rfc3339(),
            date_modified: post.changed_at.rfc3339(),
            in_language: content.language.clone(),
            image: self.picture(show, post),
            episode_number: content.episode,
            part_of_season: content.season.map(season),
            author: author(show),
            publisher: self.publisher(show),
            main_entity_of_page: page.to_owned(),
            is_accessible_for_free: true,
            duration: audio.duration.clone(),
            associated_media: audio,
            part_of_series: self.series(show),
        }
    }

    fn article_data(&self, show: &Show, post: &PublicPost, page: &str) -> Article {
        let content = &post.content;
        Article {
            headline: content.title.clone(),
            url: page.to_owned(),
            description: summary(content),
            date_published: post.first_public_at.rfc3339(),
            date_modified: post.changed_at.rfc3339(),
            in_language: content.language.clone(),
            image: self.picture(show, post),
            author: author(show),
            publisher: self.publisher(show),
            main_entity_of_page: page.to_owned(),
            is_accessible_for_free: true,
            is_part_of: self.series(show),
        }
    }

    fn audio_data(&self, post: &PublicPost, lines: &[Line]) -> Option<AudioObject> {
        let recording = post.recording.as_ref()?;
        let kind = AudioKind::parse(&recording.kind)?;
        let timed = FileForm::Vtt;
        let caption = MediaObject {
            content_url: self.base.join(&urls::transcript(&post.id, timed.ending())),
            encoding_format: timed.media_type().to_owned(),
        };
        let has_captions = post.transcript.is_timed && !post.content.script.trim().is_empty();
        Some(AudioObject {
            content_url: self.base.join(&urls::audio(&post.id, &recording.kind)),
            encoding_format: kind.media_type().to_owned(),
            duration: duration(recording.duration_ms),
            content_size: recording.length_bytes.to_string(),
            upload_date: post.first_public_at.rfc3339(),
            in_language: post.content.language.clone(),
            transcript: transcript(lines),
            caption: has_captions.then_some(caption),
        })
    }
}

fn author(show: &Show) -> Option<Person> {
    let name = show.draft.author.clone();
    (!name.is_empty()).then_some(Person { name })
}

/// What is heard, in whole sentences, as far as there is room; an ellipsis says that more follows.
fn transcript(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut room = TRANSCRIPT_CHARS;
    let heard = lines
        .iter()
        .filter(|line| !matches!(line.times, Times::NotSpoken(_)));
    for line in heard {
        let length = line.text.chars().count() + 1;
        if length > room {
            text.push_str(" …");
            break;
        }
        room -= length;
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&line.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{PostId, SentenceId};

    fn line(n: u32, text: &str, times: Times) -> Line {
        let post = PostId::from_db("abcdefghijkl".to_owned());
        Line {
            id: SentenceId::numbered(&post, n),
            block: 0,
            is_heading: false,
            speaker: None,
            text: text.to_owned(),
            times,
        }
    }

    #[test]
    fn a_transcript_is_what_is_heard() {
        let lines = [
            line(0, "하나.", Times::Unknown),
            line(1, "글에만.", Times::NotSpoken(true)),
            line(2, "둘.", Times::Unknown),
        ];
        assert_eq!(transcript(&lines), "하나. 둘.");
        let long = "가".repeat(999);
        let lines: Vec<Line> = (0..6).map(|n| line(n, &long, Times::Unknown)).collect();
        let text = transcript(&lines);
        assert!(text.ends_with("가 …"), "cut between sentences");
        assert_eq!(text.chars().count(), TRANSCRIPT_CHARS + 1);
    }
}
