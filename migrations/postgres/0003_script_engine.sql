-- The script engine: sentences with ids that last, their times, work on them, and what was
-- corrected after publication.

-- How many sentence ids a post has given away: the next one is made of this number, so that none
-- is ever given twice.
ALTER TABLE posts ADD COLUMN sentences_given BIGINT NOT NULL DEFAULT 0;

-- The sentences of the script in reading order, cut when the revision was made: JSON array of id,
-- text and whether the author set its extent by hand. NULL: made before sentences had ids; they
-- are cut when they are first wanted.
ALTER TABLE post_revisions ADD COLUMN sentences TEXT;

-- The times of a post's sentences in one recording. They hang on the ids, so they hold for every
-- revision whose sentences have them.
CREATE TABLE transcripts (
    post_id      TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    recording_id TEXT NOT NULL REFERENCES recordings(id) ON DELETE CASCADE,
    version      BIGINT NOT NULL,                -- rises with every change; a save that names an older one is refused
    changed_at   BIGINT NOT NULL,
    is_timed     BIGINT NOT NULL,                -- whether any sentence has a time
    algorithm    BIGINT NOT NULL,                -- version of the aligner that was here last; 0: none was
    verdict      TEXT NOT NULL CHECK (verdict IN ('', 'good', 'doubtful', 'other-script')),
    chapters     TEXT,                           -- JSON array of start, title, link, picture; NULL: those of the file
    gaps         TEXT NOT NULL,                  -- JSON array of spans of speech that the script does not have
    times        TEXT NOT NULL,                  -- JSON object: sentence id to its time
    PRIMARY KEY (post_id, recording_id)
);
CREATE INDEX transcripts_by_recording ON transcripts(recording_id);

-- What is being done, or was done last, to make the transcript of a post: one row a post.
CREATE TABLE transcript_work (
    post_id          TEXT PRIMARY KEY REFERENCES posts(id) ON DELETE CASCADE,
    kind             TEXT NOT NULL CHECK (kind IN ('align', 'transcribe')),
    state            TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'cancelled', 'failed', 'done')),
    whole            BIGINT NOT NULL,            -- 1: anew for every sentence that is not fixed by hand
    progress_percent BIGINT NOT NULL,
    message          TEXT NOT NULL,              -- why it failed: a message as JSON; else empty
    changed_at       BIGINT NOT NULL
);

-- What readers are told of a change to a piece that was public already.
CREATE TABLE corrections (
    post_id     TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    revision_id TEXT NOT NULL REFERENCES post_revisions(id) ON DELETE CASCADE, -- the corrected text
    at          BIGINT NOT NULL,
    remark      TEXT NOT NULL,                   -- the author's words; may be empty
    changes     TEXT NOT NULL,                   -- JSON array of what stood there and what stands there now
    PRIMARY KEY (post_id, revision_id)
);

-- As before, and with what feeds and pages tell of the transcript.
DROP VIEW reachable_covers;
DROP VIEW listed_posts;
DROP VIEW reachable_posts;

CREATE VIEW reachable_posts AS
SELECT p.id AS id, p.show_id AS show_id, p.guid AS guid, p.slug AS slug, p.state AS state,
       p.first_public_at AS first_public_at, p.public_changed_at AS public_changed_at,
       r.id AS revision_id, r.number AS revision_number,
       r.title AS title, r.note AS note, r.script AS script, r.refs AS refs, r.details AS details,
       CASE WHEN r.language = '' THEN s.language ELSE r.language END AS language,
       r.season AS season, r.episode AS episode, r.episode_type AS episode_type,
       r.explicit AS explicit, r.cover_hash AS cover_hash,
       a.id AS recording_id, a.kind AS recording_kind, a.media_hash AS media_hash,
       a.duration_ms AS duration_ms, a.bitrate_bps AS bitrate_bps, a.tags AS recording_tags,
       m.length_bytes AS length_bytes,
       b.id AS alternate_id, b.kind AS alternate_kind, b.media_hash AS alternate_hash,
       b.duration_ms AS alternate_duration_ms, b.bitrate_bps AS alternate_bitrate_bps,
       n.length_bytes AS alternate_length_bytes,
       t.version AS transcript_version, t.changed_at AS transcript_changed_at,
       t.is_timed AS is_timed, t.chapters AS chapters
FROM posts p
JOIN shows s ON s.id = p.show_id
JOIN post_revisions r ON r.id = p.public_revision_id
LEFT JOIN media m ON m.state = 'present'
    AND m.hash = (SELECT x.media_hash FROM recordings x WHERE x.id = r.recording_id)
LEFT JOIN recordings a ON a.id = r.recording_id AND a.media_hash = m.hash
LEFT JOIN media n ON n.state = 'present'
    AND n.hash = (SELECT x.media_hash FROM recordings x WHERE x.id = r.alternate_id)
LEFT JOIN recordings b ON b.id = r.alternate_id AND b.media_hash = n.hash
LEFT JOIN transcripts t ON t.post_id = p.id AND t.recording_id = a.id
WHERE p.state IN ('published', 'unlisted');

CREATE VIEW listed_posts AS SELECT * FROM reachable_posts WHERE state = 'published';

-- The sentences of a reachable post, and their times in its recording if there are any.
CREATE VIEW reachable_transcripts AS
SELECT p.id AS id, p.show_id AS show_id, p.title AS title, p.language AS language,
       p.revision_id AS revision_id, p.script AS script, r.sentences AS sentences,
       p.recording_id AS recording_id, p.public_changed_at AS public_changed_at,
       t.changed_at AS transcript_changed_at, t.times AS times, t.gaps AS gaps
FROM reachable_posts p
JOIN post_revisions r ON r.id = p.revision_id
LEFT JOIN transcripts t ON t.post_id = p.id AND t.recording_id = p.recording_id;

-- The corrections that the public may read.
CREATE VIEW reachable_corrections AS
SELECT c.post_id AS post_id, c.revision_id AS revision_id, c.at AS at, c.remark AS remark,
       c.changes AS changes
FROM corrections c
JOIN reachable_posts p ON p.id = c.post_id;

CREATE VIEW reachable_covers AS
SELECT c.hash AS hash, c.size_px AS size_px, c.media_hash AS media_hash, m.length_bytes AS length_bytes
FROM covers c
JOIN media m ON m.hash = c.media_hash AND m.state = 'present'
WHERE EXISTS (SELECT 1 FROM shows s WHERE s.cover_hash = c.hash)
   OR EXISTS (SELECT 1 FROM reachable_posts p WHERE p.cover_hash = c.hash);
