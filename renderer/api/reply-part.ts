/** Some bytes of the body of a reply, in order; null behind the last ones. */
export interface ReplyPart {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** What the bytes of a reply say together. */
export interface ParsedReply {
  readonly id: number;
  readonly value: unknown;
  readonly isJson: boolean;
}
