-- A presentation is open until it has a vote, and again when that is taken back: the database itself keeps it so, as it keeps
-- all that follows from a rating. What was said of a pair before its vote goes with the vote.
CREATE TRIGGER a_vote_closes_its_presentation AFTER INSERT ON ratings
WHEN new.presentation_id IS NOT NULL AND new.kind = 'vote'
BEGIN
  UPDATE presentations SET is_open = 0 WHERE id = new.presentation_id;
  DELETE FROM vote_drafts WHERE presentation = (SELECT public_id FROM presentations WHERE id = new.presentation_id);
END;
CREATE TRIGGER a_retraction_opens_its_presentation AFTER INSERT ON ratings
WHEN new.presentation_id IS NOT NULL AND new.kind = 'retraction'
BEGIN
  UPDATE presentations SET is_open = 1 WHERE id = new.presentation_id;
END;
