import type { z } from 'zod';
import type { ChangedArea } from './changed-area.ts';
import { ownJobId } from './job-id.ts';

/** Who a method is for. A rater-facing reply must pass a strict schema before it leaves. */
export type Audience = 'rater' | 'lead';

/**
 * What a method's reply may tell about the systems behind the texts. `blind`: nothing. `own_file`: only
 * what stands in a file the caller just handed in. `after_unblinding`: refused until the study was unblinded.
 */
export type Reveals = 'blind' | 'own_file' | 'after_unblinding';

/** One method of the contract. `Value` is the type of its reply. */
export interface Method<Input extends z.ZodType = z.ZodType, Value = unknown> {
  readonly kind: 'query' | 'command';
  readonly audience: Audience;
  readonly reveals: Reveals;
  readonly about: string;
  /** What pages read again after a call that succeeded. */
  readonly changes?: readonly ChangedArea[];
  readonly input: Input;
  /** Present on rater-facing methods: unknown fields are refused, not passed on. */
  readonly output?: z.ZodType<Value>;
  /** Carries the reply's type only; never set. */
  readonly reply?: Value;
}

type Spec<Input extends z.ZodType> = Omit<Method<Input>, 'output' | 'reply' | 'audience'>;

/** A lead's method, whose reply type is stated by the caller. */
export function leadMethod<Value>() {
  return <Input extends z.ZodType>(spec: Spec<Input>): Method<Input, Value> => ({
    ...spec,
    audience: 'lead',
  });
}

/** A rater's method: always blind, its reply always checked. */
export function raterMethod<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Omit<Spec<Input>, 'reveals'> & { readonly output: Output },
): Omit<Method<Input, z.output<Output>>, 'output'> & { readonly output: Output } {
  return { ...spec, audience: 'rater', reveals: 'blind' };
}

/**
 * A lead’s question to a whole study or to the whole store. It is answered by a thread of its own from one view of the store, and can be
 * followed and stopped as a job.
 */
export function leadReport<Value>() {
  return <Shape extends z.ZodRawShape>(spec: Omit<Spec<z.ZodObject<Shape>>, 'kind' | 'changes'>) => {
    const input = spec.input.extend({ jobId: ownJobId });
    const report: Method<typeof input, Value> = { ...spec, input, kind: 'query', audience: 'lead' };
    return { ...report, runs: 'worker' as const };
  };
}
