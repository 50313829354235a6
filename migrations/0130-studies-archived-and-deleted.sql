-- An archived study is out of the way, and nothing new begins in it.
ALTER TABLE studies ADD COLUMN archived_at INTEGER;
-- Of a study that was deleted, its row alone is left, under no name: the log counts its rows by that number, which is given to
-- no other study.
ALTER TABLE studies ADD COLUMN deleted_at INTEGER;
