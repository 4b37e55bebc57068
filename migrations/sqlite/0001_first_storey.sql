-- The first storey: accounts, shows, posts with their working copies and revisions, recordings,
-- uploads, jobs. migrations/sqlite and migrations/postgres each hold a file of this name, and both
-- make the same tables, columns and views: a test compares them.
--
-- Conventions: ids are 12 characters of lower-case base32; *_at columns are UTC milliseconds;
-- booleans are 0 or 1 in a BIGINT, since the portable driver reads no other form on both
-- engines; JSON is TEXT.

-- Facts about the site as a whole.
CREATE TABLE site_settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One-time tokens of the set-up page, as SHA-256; all go when the first account is made.
CREATE TABLE setup_tokens (
    token_hash TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,          -- lower case
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,                 -- argon2id in PHC form
    ui_language   TEXT NOT NULL,                 -- 'ko' or 'en'
    created_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash   TEXT PRIMARY KEY,               -- SHA-256 of the cookie's 32 bytes
    id           TEXT NOT NULL UNIQUE,           -- names the session in the list, opens nothing
    user_id      TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    device       TEXT NOT NULL,                  -- what the browser says of itself, cut short
    created_at   BIGINT NOT NULL,                -- 90 days from here it ends whatever happens
    last_seen_at BIGINT NOT NULL                 -- 14 days from here it ends unless used
);
CREATE INDEX sessions_by_user ON sessions(user_id);

CREATE TABLE shows (
    id           TEXT PRIMARY KEY,
    address      TEXT NOT NULL UNIQUE,           -- the name in /@address
    title        TEXT NOT NULL,
    description  TEXT NOT NULL,                  -- one line
    language     TEXT NOT NULL,                  -- BCP 47
    time_zone    TEXT NOT NULL,                  -- IANA name
    author       TEXT NOT NULL,                  -- display name in feeds and on pages
    owner_email  TEXT NOT NULL DEFAULT '',       -- shown in podcast:locked if not empty
    copyright    TEXT NOT NULL DEFAULT '',
    category     TEXT NOT NULL,                  -- Apple's words: 'News > News Commentary'
    explicit     BIGINT NOT NULL,
    locked       BIGINT NOT NULL DEFAULT 1,      -- podcast:locked: others may not import it
    show_type    TEXT NOT NULL DEFAULT 'episodic' CHECK (show_type IN ('episodic', 'serial')),
    cover_hash   TEXT NOT NULL,
    podcast_guid TEXT,                           -- set when first served under a public address, then fixed
    revision     BIGINT NOT NULL DEFAULT 1,      -- raised by every change that the public can see
    changed_at   BIGINT NOT NULL,                -- when it was raised last
    created_at   BIGINT NOT NULL
);

-- Former addresses of shows; everything below them answers 301.
CREATE TABLE show_addresses (
    address TEXT PRIMARY KEY,
    show_id TEXT NOT NULL REFERENCES shows(id) ON DELETE CASCADE
);

-- One row a file in the media store, by content.
CREATE TABLE media (
    hash         TEXT PRIMARY KEY,               -- SHA-256 in lower-case hexadecimal
    length_bytes BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('present', 'missing')),
    created_at   BIGINT NOT NULL
);

-- A recording: one file as the recording of one post, with what was read from it.
CREATE TABLE recordings (
    id             TEXT PRIMARY KEY,
    media_hash     TEXT NOT NULL REFERENCES media(hash),
    kind           TEXT NOT NULL,                -- mp3, m4a, aac, ogg, opus, flac, wav: also the ending
    duration_ms    BIGINT NOT NULL,
    bitrate_bps    BIGINT NOT NULL,
    sample_rate_hz BIGINT NOT NULL,
    channels       BIGINT NOT NULL,
    original_name  TEXT NOT NULL,                -- for the author's eyes only
    tags           TEXT NOT NULL,                -- JSON: title, artist, album, comment, chapters
    artwork_hash   TEXT,                         -- a cover made from the file's picture
    created_at     BIGINT NOT NULL
);
CREATE INDEX recordings_by_media ON recordings(media_hash);
CREATE INDEX recordings_by_artwork ON recordings(artwork_hash);

-- Pictures, one row a size; the hash is that of the source picture.
CREATE TABLE covers (
    hash       TEXT NOT NULL,
    size_px    BIGINT NOT NULL,                  -- a side of the square
    media_hash TEXT NOT NULL REFERENCES media(hash),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (hash, size_px)
);
CREATE INDEX covers_by_media ON covers(media_hash);

CREATE TABLE posts (
    id                 TEXT PRIMARY KEY,
    show_id            TEXT NOT NULL REFERENCES shows(id),
    guid               TEXT NOT NULL UNIQUE,     -- a random UUID, or word for word what was imported
    state              TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'published', 'unlisted', 'removed')),
    slug               TEXT,                     -- claimed when first scheduled or published
    public_revision_id TEXT,                     -- what the public sees, or will see when due
    revision_count     BIGINT NOT NULL DEFAULT 0,
    scheduled_at       BIGINT,
    first_public_at    BIGINT,                   -- the date of the piece; set once
    public_changed_at  BIGINT,                   -- when the public text last changed
    removed_at         BIGINT,
    created_at         BIGINT NOT NULL
);
CREATE INDEX posts_by_show ON posts(show_id, state, first_public_at, id);
CREATE INDEX posts_due ON posts(state, scheduled_at);

-- Every slug that was ever public, and the claimed one: none is given to another post.
CREATE TABLE post_slugs (
    show_id    TEXT NOT NULL REFERENCES shows(id),
    slug       TEXT NOT NULL,
    post_id    TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    was_public BIGINT NOT NULL,
    PRIMARY KEY (show_id, slug)
);
CREATE INDEX post_slugs_by_post ON post_slugs(post_id);

-- The one working copy of a post: overwritten by autosave under a rising version number.
CREATE TABLE post_working_copies (
    post_id      TEXT PRIMARY KEY REFERENCES posts(id) ON DELETE CASCADE,
    version      BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    slug         TEXT NOT NULL,                  -- as typed; empty means: from the title
    title        TEXT NOT NULL,
    language     TEXT NOT NULL,                  -- empty means: the show's
    season       BIGINT,
    episode      BIGINT,
    episode_type TEXT NOT NULL CHECK (episode_type IN ('full', 'trailer', 'bonus')),
    explicit     BIGINT,                         -- null means: as the show
    cover_hash   TEXT,                           -- null means: the show's
    recording_id TEXT REFERENCES recordings(id),
    -- Long texts last: what stands before them is read without touching their pages.
    refs         TEXT NOT NULL,                  -- JSON array of title, url, outlet, date, remark
    note         TEXT NOT NULL,
    script       TEXT NOT NULL
);

-- Whether anything names a recording or a picture is asked before a file is taken away.
CREATE INDEX working_copies_by_recording ON post_working_copies(recording_id);
CREATE INDEX working_copies_by_cover ON post_working_copies(cover_hash);

-- Immutable versions, made by Save version, Publish, Schedule or Update.
CREATE TABLE post_revisions (
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
    refs         TEXT NOT NULL,
    note         TEXT NOT NULL,
    script       TEXT NOT NULL,
    UNIQUE (post_id, number)
);
CREATE INDEX post_revisions_by_recording ON post_revisions(recording_id);
CREATE INDEX post_revisions_by_cover ON post_revisions(cover_hash);

-- Endings under which a post's recording was ever public: an old one answers 302.
CREATE TABLE post_audio_endings (
    post_id   TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    extension TEXT NOT NULL,
    PRIMARY KEY (post_id, extension)
);

-- Links to what is not public; the token itself is shown once and stored hashed.
CREATE TABLE preview_links (
    token_hash TEXT PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,             -- names the link in the list, opens nothing
    post_id    TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX preview_links_by_post ON preview_links(post_id);

-- Uploads under way: the bytes are in a temporary file of the same name. A finished one keeps
-- its row, without a file, until it expires.
CREATE TABLE uploads (
    id            TEXT PRIMARY KEY,
    user_id       TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    post_id       TEXT NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    original_name TEXT NOT NULL,
    length_bytes  BIGINT NOT NULL,
    offset_bytes  BIGINT NOT NULL,               -- what is synced to disk
    recording_id  TEXT REFERENCES recordings(id) ON DELETE CASCADE, -- once finished: who lost the last answer asks again
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL
);

-- Nonces of forms that create something: sent twice, it is created once.
CREATE TABLE form_nonces (
    nonce      TEXT PRIMARY KEY,
    post_id    TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The queue. A job is a kind and a subject; announced again while it waits or runs, the one
-- row is raised to a new generation instead of doubled.
CREATE TABLE jobs (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    generation   BIGINT NOT NULL DEFAULT 1,
    run_at       BIGINT NOT NULL,
    leased_until BIGINT,                         -- claimed by a worker until then
    attempts     BIGINT NOT NULL DEFAULT 0,
    last_error   TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    UNIQUE (kind, subject)
);
CREATE INDEX jobs_due ON jobs(run_at);

-- What the public can reach by an address: published, and unlisted. Knows no clock: a post
-- becomes public by a stored change of state. Public code reads this view and the next one,
-- nothing else. A recording whose file is missing is as good as none.
CREATE VIEW reachable_posts AS
SELECT p.id AS id, p.show_id AS show_id, p.guid AS guid, p.slug AS slug, p.state AS state,
       p.first_public_at AS first_public_at, p.public_changed_at AS public_changed_at,
       r.id AS revision_id, r.number AS revision_number,
       r.title AS title, r.note AS note, r.script AS script, r.refs AS refs,
       CASE WHEN r.language = '' THEN s.language ELSE r.language END AS language,
       r.season AS season, r.episode AS episode, r.episode_type AS episode_type,
       r.explicit AS explicit, r.cover_hash AS cover_hash,
       a.id AS recording_id, a.kind AS recording_kind, a.media_hash AS media_hash,
       a.duration_ms AS duration_ms, m.length_bytes AS length_bytes
FROM posts p
JOIN shows s ON s.id = p.show_id
JOIN post_revisions r ON r.id = p.public_revision_id
LEFT JOIN media m ON m.state = 'present'
    AND m.hash = (SELECT x.media_hash FROM recordings x WHERE x.id = r.recording_id)
LEFT JOIN recordings a ON a.id = r.recording_id AND a.media_hash = m.hash
WHERE p.state IN ('published', 'unlisted');

-- What stands in lists, feeds and search: published alone.
CREATE VIEW listed_posts AS SELECT * FROM reachable_posts WHERE state = 'published';

-- Pictures that the public can reach: of shows, and of reachable posts.
CREATE VIEW reachable_covers AS
SELECT c.hash AS hash, c.size_px AS size_px, c.media_hash AS media_hash, m.length_bytes AS length_bytes
FROM covers c
JOIN media m ON m.hash = c.media_hash AND m.state = 'present'
WHERE EXISTS (SELECT 1 FROM shows s WHERE s.cover_hash = c.hash)
   OR EXISTS (SELECT 1 FROM reachable_posts p WHERE p.cover_hash = c.hash);
