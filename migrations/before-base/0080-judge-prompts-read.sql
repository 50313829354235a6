-- Servers with a short context cut long prompts without a word. What they report to have read tells.
ALTER TABLE judge_replies ADD COLUMN is_prompt_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_prompt_cut IN (0, 1));
-- What a request that is out in a batch must at least be read as; 0 where that is not known.
ALTER TABLE judge_requests ADD COLUMN least_tokens INTEGER NOT NULL DEFAULT 0 CHECK (least_tokens >= 0);
