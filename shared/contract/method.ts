import type { z } from 'zod';
import type { ChangedArea } from './changed-area.ts';
import { ownJobId } from './job-id.ts';
import { lazily, type ReplySchema } from './reply-schema.ts';

/** Who a method is for. A rater-facing reply must pass its schema before it leaves. */
export type Audience = 'rater' | 'lead';

/**
 * What a method's reply may tell about the systems behind the texts. `blind`: nothing. `own_file`: only
 * what stands in a file the caller just handed in. `after_unblinding`: refused until the study was unblinded.
 */
export type Reveals = 'blind' | 'own_file' | 'after_unblinding';

/**
 * Where a method's work is done. `here`: on the thread that serves keys, so that it must be short. `worker`: in a thread of its own,
 * followed and stopped as a job where the caller names one. `job`: the same, and the reply is the job's id at once.
 */
export type Runs = 'here' | 'worker' | 'job';

/** One method of the contract. */
export interface Method<Input extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly audience: Audience;
  readonly reveals: Reveals;
  readonly about: string;
  /** Where its work is done; see {@link Runs}. */
  readonly runs: Runs;
  /** What pages read again after a call that succeeded. */
  readonly changes?: readonly ChangedArea[];
  readonly input: Input;
  /** Strict: a field too many or too few is a fault. Rater-facing replies are held against it wherever they are given. */
  readonly reply: ReplySchema<Reply>;
}

type Spec<Input extends z.ZodType, Reply extends z.ZodType> = Omit<
  Method<Input, Reply>,
  'audience' | 'runs'
> & {
  /** `here` where it is not said. */
  readonly runs?: 'job';
};

/** A lead's method. */
export function leadMethod<Input extends z.ZodType, Reply extends z.ZodType>(
  spec: Spec<Input, Reply>,
): Method<Input, Reply> {
  return { runs: 'here', ...spec, reply: lazily(spec.reply), audience: 'lead' };
}

/** A rater's method: always blind, its reply always checked. */
export function raterMethod<Input extends z.ZodType, Reply extends z.ZodType>(
  spec: Omit<Spec<Input, Reply>, 'reveals'>,
): Method<Input, Reply> {
  return { runs: 'here', ...spec, reply: lazily(spec.reply), audience: 'rater', reveals: 'blind' };
}

/**
 * A lead’s question to a whole study or to the whole store. It is answered by a thread of its own from one view of the store, and can be
 * followed and stopped as a job.
 */
export function leadReport<Shape extends z.ZodRawShape, Reply extends z.ZodType>(
  spec: Omit<Spec<z.ZodObject<Shape>, Reply>, 'kind' | 'changes'>,
) {
  const input = spec.input.extend({ jobId: ownJobId });
  return { ...leadMethod({ ...spec, input, kind: 'query' }), runs: 'worker' as const };
}
