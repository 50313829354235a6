/** Answers of a chat endpoint. */

/** What every answer is charged for. */
export const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
/** An answer with one choice. */
export const completion = (choice: object, more: object = {}) => ({
  kind: 'status' as const,
  status: 200,
  body: {
    model: 'synthetic-1',
    choices: [{ index: 0, finish_reason: 'stop', ...choice }],
    usage: USAGE,
    ...more,
  },
});
/** An answer that says this. */
export const said = (content: unknown, message: object = {}) =>
  completion({ message: { role: 'assistant', content, ...message } });
