import { type ErrorCode, isRetryable, type ServiceError } from '../errors/errors.ts';
import { type ErrorKey, type ErrorMessage, type ErrorValues, messageText } from '../errors/messages.ts';

/** What went wrong, in a form that survives every transport. */
export interface Failure {
  readonly code: ErrorCode;
  /** In English. */
  readonly message: string;
  /** What the message was made of, for whoever says it in another language. */
  readonly key: ErrorKey;
  readonly values?: ErrorValues;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
}

/** The reply to every call on every transport: Electron's IPC would strip a thrown error to its message. */
export type Envelope<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

export function success<Value>(value: Value): Envelope<Value> {
  return { ok: true, value };
}

export function failure(
  code: ErrorCode,
  said: ErrorMessage,
  details?: Readonly<Record<string, unknown>>,
): Envelope<never> {
  const error: Failure = {
    code,
    message: messageText(said),
    ...said,
    ...(details === undefined ? {} : { details }),
    retryable: isRetryable(code),
  };
  return { ok: false, error };
}

export function failureOf({ code, said, details }: ServiceError): Envelope<never> {
  return failure(code, said, details);
}

/** What was said of a failure that came over a transport. */
export function messageOf({ key, values }: Failure): ErrorMessage {
  return (values === undefined ? { key } : { key, values }) as ErrorMessage;
}
