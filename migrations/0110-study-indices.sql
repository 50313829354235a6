-- What is asked of one rater is found without a look at everything else that the store holds.
DROP INDEX ratings_of_rater;
CREATE INDEX ratings_by_rater ON ratings (rater_id);
-- No wider than the one of all: of two that find the same, SQLite takes the narrower, and this one leaves imported votes out.
CREATE INDEX ratings_of_rater ON ratings (rater_id) WHERE presentation_id IS NOT NULL;

-- Next to all rows of the log record votes, and are found by nothing but their number.
CREATE INDEX audit_log_by_action ON audit_log (action, study_id) WHERE action NOT IN ('rating.recorded', 'rating.retracted');
