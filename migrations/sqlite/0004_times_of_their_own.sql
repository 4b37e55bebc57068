-- Work that is asked for again while it runs, and times that come before their recording.

-- What running work goes by: a digest of recording, sentences and what is known of them. Asked for
-- again with the same, it goes on; empty where it does not run.
ALTER TABLE transcript_work ADD COLUMN basis TEXT NOT NULL DEFAULT '';

-- Times of a file that was taken in before there was a recording: one row a post, gone when they
-- were laid on its recording.
CREATE TABLE early_times (
    post_id TEXT PRIMARY KEY REFERENCES posts(id) ON DELETE CASCADE,
    at      BIGINT NOT NULL,                     -- when the file was taken in
    times   TEXT NOT NULL                        -- JSON array of sentence id and time, in reading order
);
