import { type ErrorMessage, messageText } from './messages.ts';

/** Every way a call can fail, as a closed set the page can decide by. */
export const ERROR_CODES = [
  'invalid_input',
  'unknown_method',
  'unauthorized',
  'forbidden',
  'too_large',
  'not_found',
  'already_exists',
  'conflict',
  'import_failed',
  'cancelled',
  'study_blinded',
  'session_taken_over',
  'presentation_closed',
  'nothing_to_undo',
  'store_busy',
  'store_newer',
  'store_damaged',
  'store_unavailable',
  'unsupported_here',
  'unreachable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes after which the same call may simply be made again. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['store_busy', 'unreachable']);

export function isRetryable(code: ErrorCode): boolean {
  return RETRYABLE.has(code);
}

/** Codes after which the same call fails again, whatever happens meanwhile. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'invalid_input',
  'unknown_method',
  'forbidden',
  'too_large',
  'not_found',
  'already_exists',
  'presentation_closed',
  'nothing_to_undo',
  'store_newer',
  'unsupported_here',
]);

/** Whether somebody may succeed who asks for the same once more. */
export function canSucceedLater(code: ErrorCode): boolean {
  return !FINAL.has(code);
}

/**
 * A failure with a code, and what is said of it as a key with its values. Thrown inside services; only its plain form crosses
 * a transport.
 */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly said: ErrorMessage;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, said: ErrorMessage, details?: Readonly<Record<string, unknown>>) {
    super(messageText(said));
    this.name = 'ServiceError';
    this.code = code;
    this.said = said;
    this.details = details;
  }
}
