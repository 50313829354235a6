/** One reply of an endpoint, whatever road it came by: live, from a batch file, or typed in as an example. */
export interface JudgeReply {
  /** The text of the first choice; empty where there is none. */
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
  readonly logProbability: number;
  readonly alternatives: readonly { readonly token: string; readonly logProbability: number }[];
}

/** Why a reply, or its absence, is no verdict. Never a tie. */
export const FAILURES = ['unparsed', 'refused', 'truncated', 'error'] as const;
export type Failure = (typeof FAILURES)[number];
