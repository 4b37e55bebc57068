//! From what the author's side knows of recordings, versions, times and the server to what goes
//! over the wire.
use crate::features::admin::{Found, Health, Wants, WorkLine, WorkStand};
use crate::features::api::model;
use crate::features::mending::Scene;
use crate::features::recordings::Recording;
use crate::formats::diff::{Block, Piece, Stretch};
use crate::formats::sound::Sound;
use crate::state::AppState;

/// How a recording sounds.
pub fn sound(sound: &Sound) -> model::Sound {
    model::Sound {
        integrated_lufs: sound.loudness.integrated_lufs,
        peak_dbfs: sound.loudness.peak_dbfs,
        is_cut_off: sound.is_cut_off,
        damaged_packets: sound.damaged_packets,
    }
}

/// What a recording's file offers.
pub fn suggestions(recording: &Recording) -> model::Suggestions {
    let offered = recording.suggestions();
    let chapters = offered.chapters.into_iter().map(|chapter| model::Chapter {
        start_ms: chapter.start_ms,
        title: chapter.title,
        ..model::Chapter::default()
    });
    model::Suggestions {
        title: offered.title,
        has_artwork: offered.artwork_hash.is_some(),
        chapters: chapters.collect(),
    }
}

fn passages(pieces: Vec<Piece<'_>>) -> Vec<model::Passage> {
    let passage = |piece: Piece<'_>| model::Passage {
        side: piece.side,
        text: piece.text.to_owned(),
    };
    pieces.into_iter().map(passage).collect()
}

fn stretches(found: Vec<Stretch<'_>>) -> Vec<model::Stretch> {
    let paragraph = |block: Block<'_>| model::Paragraph {
        is_moved: block.moved,
        pieces: passages(block.pieces),
    };
    let stretch = |stretch: Stretch<'_>| {
        let (is_unchanged, blocks) = match stretch {
            Stretch::Shown(blocks) => (false, blocks),
            Stretch::Folded(blocks) => (true, blocks),
        };
        model::Stretch {
            is_unchanged,
            paragraphs: blocks.into_iter().map(paragraph).collect(),
        }
    };
    found.into_iter().map(stretch).collect()
}

/// What differs between two versions.
pub fn versions(found: Found<'_>) -> model::Versions {
    let facts = found.facts.into_iter().map(|fact| model::Fact {
        name: fact.label.to_owned(),
        pieces: passages(fact.pieces),
    });
    model::Versions {
        is_same: found.nothing,
        title: passages(found.title),
        note: stretches(found.note),
        script: stretches(found.script),
        references: stretches(found.references),
        facts: facts.collect(),
    }
}

/// What directories want.
pub fn directories(wants: Wants) -> model::Directories {
    let requirements = wants.requirements.into_iter();
    let directories = wants.directories.into_iter();
    model::Directories {
        feed_url: wants.feed_url,
        requirements: requirements
            .map(|one| model::Requirement {
                weight: one.code(),
                text: one.text,
                of: one.of,
            })
            .collect(),
        directories: directories
            .map(|one| model::Directory {
                name: one.name,
                how: one.how,
                url: one.url,
                is_ready: one.is_ready,
                listed_at: one.listed_at,
            })
            .collect(),
    }
}

/// A piece of work in the background.
pub fn work(state: &AppState, line: WorkLine) -> model::Work {
    model::Work {
        name: line.name,
        state: match line.stand {
            WorkStand::Failed => model::WorkState::Failed,
            WorkStand::Retrying => model::WorkState::Retrying,
            WorkStand::Running => model::WorkState::Running,
            WorkStand::Waiting => model::WorkState::Waiting,
        },
        at: line.at.rfc3339(),
        percent: line.percent,
        about: line.about,
        about_url: match line.about_href.as_str() {
            "" => String::new(),
            path => state.base_url.join(path),
        },
        why: line.why,
        again: line
            .again
            .map(|(kind, subject)| model::Again { kind, subject }),
    }
}

/// How the server does.
pub fn health(state: &AppState, health: Health) -> model::Health {
    let mut pings = Vec::new();
    for show in health.told {
        pings.extend(show.pings.into_iter().map(|one| model::Pings {
            show: show.show_title.clone(),
            name: one.name,
            lines: one.lines,
            is_failing: one.failing,
        }));
    }
    model::Health {
        version: env!("CARGO_PKG_VERSION"),
        database: health.database,
        log_bytes: health.log_bytes,
        files: model::Files {
            present: health.files.present,
            bytes: health.files.bytes,
            missing: health.files.missing,
        },
        disk: model::Disk {
            free_bytes: health.space.free_bytes,
            reserve_bytes: health.space.reserve_bytes(),
            room_bytes: health.space.room_bytes(),
        },
        jobs: health.jobs,
        url: state.base_url.as_str().to_owned(),
        alarms: health.alarms,
        pings,
    }
}

/// Sentences and their times.
pub fn sentences(scene: Scene) -> model::Sentences {
    let sentences = scene.lines.into_iter().map(|line| model::Sentence {
        id: line.id.to_string(),
        block: line.block,
        is_heading: line.is_heading,
        speaker: line.speaker,
        text: line.text,
        times: line.times,
    });
    model::Sentences {
        version: scene.timeline.version,
        revision: scene.post.revision_count,
        differs: scene.differs,
        duration_ms: scene.recording.map_or(0, |r| r.duration_ms),
        sentences: sentences.collect(),
        gaps: scene.timeline.gaps,
    }
}
