import { type ErrorCode, isRetryable, type ServiceError } from '../errors/errors.ts';

/** What went wrong, in a form that survives every transport. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
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
  message: string,
  details?: Readonly<Record<string, unknown>>,
): Envelope<never> {
  const base = { code, message, retryable: isRetryable(code) };
  return { ok: false, error: details === undefined ? base : { ...base, details } };
}

export function failureOf(error: ServiceError): Envelope<never> {
  return failure(error.code, error.message, error.details);
}
