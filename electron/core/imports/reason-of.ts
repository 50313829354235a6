/** Why a file of the system could not be read: its code, where it has one. */
export function systemReason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** What a decoder says is wrong, no longer than a line. */
export function decoderReason(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
