-- What a rater has said of a pair that has no vote yet, as the rater's page keeps it. A presentation is one rater's, here
-- and in packs, and so is its draft. It goes with the vote.
CREATE TABLE vote_drafts (
  presentation TEXT PRIMARY KEY,
  draft TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
