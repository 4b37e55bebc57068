-- What the feeds say besides words and sound: people, licences, support links and the like;
-- a recording in a second format; what became of the last ping.

-- JSON of features/show/details.rs: facts that nothing is looked up by. A fact that a row does
-- not name has its default.
ALTER TABLE shows ADD COLUMN details TEXT NOT NULL DEFAULT '{}';

-- JSON of features/posts/details.rs, and a recording in a second format.
ALTER TABLE post_working_copies ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
ALTER TABLE post_working_copies ADD COLUMN alternate_id TEXT REFERENCES recordings(id);
CREATE INDEX working_copies_by_alternate ON post_working_copies(alternate_id);

-- The revisions are copied into a table of another order: what is short stands before the long
-- texts, so that a list is read without touching their pages.
DROP VIEW reachable_covers;
DROP VIEW listed_posts;
DROP VIEW reachable_posts;

CREATE TABLE post_revisions_in_order (
    id           TEXT PRIMARY KEY,
    post_id      TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    number       BIGINT NOT NULL,                -- 1, 2, 3 … within the post
    ever_public  BIGINT NOT NULL,                -- 1: kept for good
    created_at   BIGINT NOT NULL,
    title        TEXT NOT NULL,
    language     TEXT NOT NULL,
    season       BIGINT,
    episode      BIGINT,
    episode_type TEXT NOT NULL CHECK (episode_type IN ('full', 'trailer', 'bonus')),
    explicit     BIGINT,
    cover_hash   TEXT,
    recording_id TEXT REFERENCES recordings(id),
    alternate_id TEXT REFERENCES recordings(id), -- the same in a second format
    details      TEXT NOT NULL DEFAULT '{}',     -- JSON, as in the working copy
    refs         TEXT NOT NULL,
    note         TEXT NOT NULL,
    script       TEXT NOT NULL,
    UNIQUE (post_id, number)
);
INSERT INTO post_revisions_in_order (id, post_id, number, ever_public, created_at, title, language,
    season, episode, episode_type, explicit, cover_hash, recording_id, refs, note, script)
SELECT id, post_id, number, ever_public, created_at, title, language,
    season, episode, episode_type, explicit, cover_hash, recording_id, refs, note, script
FROM post_revisions;
DROP TABLE post_revisions;
ALTER TABLE post_revisions_in_order RENAME TO post_revisions;
CREATE INDEX post_revisions_by_recording ON post_revisions(recording_id);
CREATE INDEX post_revisions_by_alternate ON post_revisions(alternate_id);
CREATE INDEX post_revisions_by_cover ON post_revisions(cover_hash);

-- Which place of the post an upload is for.
ALTER TABLE uploads ADD COLUMN place TEXT NOT NULL DEFAULT 'recording'
    CHECK (place IN ('recording', 'alternate'));

-- What became of the last word to the world that a show has changed: one row a show and kind.
CREATE TABLE pings (
    show_id   TEXT NOT NULL REFERENCES shows(id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('websub', 'podping')),
    at        BIGINT NOT NULL,                   -- when it was tried last
    succeeded BIGINT NOT NULL,
    answer    TEXT NOT NULL,                     -- for the author's eyes: status, or what went wrong
    PRIMARY KEY (show_id, kind)
);

-- As before, and with the second format, the details and what a recording tells of itself.
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
       n.length_bytes AS alternate_length_bytes
FROM posts p
JOIN shows s ON s.id = p.show_id
JOIN post_revisions r ON r.id = p.public_revision_id
LEFT JOIN media m ON m.state = 'present'
    AND m.hash = (SELECT x.media_hash FROM recordings x WHERE x.id = r.recording_id)
LEFT JOIN recordings a ON a.id = r.recording_id AND a.media_hash = m.hash
LEFT JOIN media n ON n.state = 'present'
    AND n.hash = (SELECT x.media_hash FROM recordings x WHERE x.id = r.alternate_id)
LEFT JOIN recordings b ON b.id = r.alternate_id AND b.media_hash = n.hash
WHERE p.state IN ('published', 'unlisted');

CREATE VIEW listed_posts AS SELECT * FROM reachable_posts WHERE state = 'published';

CREATE VIEW reachable_covers AS
SELECT c.hash AS hash, c.size_px AS size_px, c.media_hash AS media_hash, m.length_bytes AS length_bytes
FROM covers c
JOIN media m ON m.hash = c.media_hash AND m.state = 'present'
WHERE EXISTS (SELECT 1 FROM shows s WHERE s.cover_hash = c.hash)
   OR EXISTS (SELECT 1 FROM reachable_posts p WHERE p.cover_hash = c.hash);
