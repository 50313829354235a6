-- Packs: one sealed file out to a vendor, one signed file back.

-- The key this store signs packs or returns with. Whoever has the store has the key.
CREATE TABLE signing_key (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  public_key TEXT NOT NULL,
  private_key TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

-- The lead's side.

CREATE TABLE packs (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES studies (id),
  name TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- Rows recorded after this are late.
  closed_at INTEGER,
  UNIQUE (study_id, name)
) STRICT;
CREATE TABLE pack_revisions (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  -- What was asked for, as a document that the code reads by a schema.
  options TEXT NOT NULL,
  -- What the pack says beside its texts; null until it was written once.
  manifest TEXT,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (pack_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pack_revisions_keep_their_options BEFORE UPDATE OF pack_id, revision, options ON pack_revisions
BEGIN SELECT RAISE(ABORT, 'a revision of a pack is fixed'); END;

-- The pack a rater works in. Such a rater works nowhere else.
ALTER TABLE raters ADD COLUMN pack_id INTEGER REFERENCES packs (id);
-- Whether the pack is still out: places on its pairs are kept, however long it takes.
ALTER TABLE raters ADD COLUMN is_away INTEGER NOT NULL DEFAULT 0 CHECK (is_away IN (0, 1));
CREATE INDEX raters_by_pack ON raters (pack_id) WHERE pack_id IS NOT NULL;

-- Whose signature a rater's rows must bear, once the lead has compared its words.
CREATE TABLE pack_keys (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  rater_id INTEGER NOT NULL REFERENCES raters (id),
  public_key TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  PRIMARY KEY (pack_id, rater_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE merges (
  id INTEGER PRIMARY KEY,
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  public_key TEXT NOT NULL,
  file TEXT NOT NULL,
  counts TEXT NOT NULL,
  -- Whether only what was intact of a file that was cut off was taken.
  is_recovered INTEGER NOT NULL CHECK (is_recovered IN (0, 1)),
  merged_at INTEGER NOT NULL
) STRICT;

-- Every row a return brought, once. Rows that were taken have their rating; the others are kept aside with the reason.
CREATE TABLE returned_rows (
  pack_id INTEGER NOT NULL REFERENCES packs (id),
  public_key TEXT NOT NULL,
  n INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  line TEXT NOT NULL,
  -- Null for a row that was taken.
  fault TEXT,
  reason TEXT,
  -- Whether the lead took it although it has a fault.
  is_accepted INTEGER NOT NULL DEFAULT 0 CHECK (is_accepted IN (0, 1)),
  rating_id INTEGER REFERENCES ratings (id),
  PRIMARY KEY (pack_id, public_key, n, sha256)
) STRICT, WITHOUT ROWID;

-- The vendor's side.

CREATE TABLE opened_packs (
  pack_id TEXT PRIMARY KEY,
  study TEXT NOT NULL,
  revision INTEGER NOT NULL,
  manifest TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  public_key TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  -- The log so far: how many rows, and their hash, each bound to the one before.
  rows INTEGER NOT NULL DEFAULT 0,
  chain TEXT NOT NULL
) STRICT;
CREATE TABLE packed_texts (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  id TEXT NOT NULL,
  messages TEXT NOT NULL,
  PRIMARY KEY (pack_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE packed_pairs (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  rater TEXT NOT NULL,
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  task TEXT NOT NULL,
  left_text TEXT NOT NULL,
  right_text TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('practice', 'qualifying', 'work')),
  PRIMARY KEY (pack_id, rater, place)
) STRICT, WITHOUT ROWID;
-- Worked examples, and what is known of practice pairs, as the pack has them.
CREATE TABLE packed_known (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  stage TEXT NOT NULL CHECK (stage IN ('example', 'practice')),
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (pack_id, stage, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE pack_claims (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  rater TEXT NOT NULL,
  passphrase TEXT,
  session TEXT NOT NULL UNIQUE,
  done INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (pack_id, rater)
) STRICT, WITHOUT ROWID;

-- What happened, in its order, each row as it goes into a return.
CREATE TABLE pack_log (
  pack_id TEXT NOT NULL REFERENCES opened_packs (pack_id),
  n INTEGER NOT NULL,
  -- Null for what concerns the device alone.
  rater TEXT,
  command TEXT,
  at INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (pack_id, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX pack_log_by_command ON pack_log (command) WHERE command IS NOT NULL;
CREATE INDEX pack_log_by_rater ON pack_log (pack_id, rater, n);
CREATE TRIGGER pack_log_is_never_updated BEFORE UPDATE ON pack_log
BEGIN SELECT RAISE(ABORT, 'the log of a pack is append-only'); END;
CREATE TRIGGER pack_log_is_never_deleted BEFORE DELETE ON pack_log
BEGIN SELECT RAISE(ABORT, 'the log of a pack is append-only'); END;

-- A key that signed packs of a study. Another one for the same study is a loud stop.
CREATE TABLE pinned_keys (
  study TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  pinned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
