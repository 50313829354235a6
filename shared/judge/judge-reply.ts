/** One reply of an endpoint, whatever road it came by: live, from a batch file, or typed in as an example. */
export interface JudgeReply {
  /** The text of the first choice, without what the endpoint keeps apart as thoughts; empty where there is none. */
  readonly text: string;
  /** As the endpoint says it: stop, length, content_filter … */
  readonly finishReason: string | null;
  /** Where the endpoint says of itself that it refused. */
  readonly refusal: string | null;
  /** Log-probabilities of the tokens, where asked for and given. */
  readonly tokens: readonly ReplyToken[] | null;
}

export interface ReplyToken {
  readonly token: string;
  /** Null where the endpoint gives none. */
  readonly logProbability: number | null;
  readonly alternatives: readonly { readonly token: string; readonly logProbability: number | null }[];
  /** What the token is in UTF-8, where the endpoint says so: a piece of a character is no text. */
  readonly bytes?: readonly number[] | null;
}

/** Why a reply, or its absence, is no verdict. Never a tie. */
export const FAILURES = ['unparsed', 'refused', 'truncated', 'error'] as const;
export type Failure = (typeof FAILURES)[number];
