import { z } from 'zod';
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

/**
 * Who may call a method. `all`: pages and commands, as its audience says. `commands`: commands of whoever runs programs on the machine
 * and may read and write its files anyway; no page, so that nothing shown in one can name a place of the machine.
 */
export type Callers = 'all' | 'commands';

/** One method of the contract. */
export interface Method<Input extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly audience: Audience;
  readonly reveals: Reveals;
  readonly about: string;
  /** Where its work is done; see {@link Runs}. */
  readonly runs: Runs;
  readonly callers: Callers;
  /** What pages read again after a call that succeeded. */
  readonly changes?: readonly ChangedArea[];
  /** Begins something new in the study it names, and so is refused while that is archived. */
  readonly beginsWork?: true;
  readonly input: Input;
  /** Strict: a field too many or too few is a fault. Rater-facing replies are held against it wherever they are given. */
  readonly reply: ReplySchema<Reply>;
}

type Spec<Input extends z.ZodType, Reply extends z.ZodType> = Omit<
  Method<Input, Reply>,
  'audience' | 'runs' | 'callers'
> & {
  /** `all` where it is not said. */
  readonly callers?: 'commands';
};

const USUAL = { runs: 'here', callers: 'all' } as const;

/** A lead's method. */
export function leadMethod<Input extends z.ZodType, Reply extends z.ZodType>(
  spec: Spec<Input, Reply>,
): Method<Input, Reply> {
  return { ...USUAL, ...spec, reply: lazily(spec.reply), audience: 'lead' };
}

/** A rater's method: always blind, its reply always checked. */
export function raterMethod<Input extends z.ZodType, Reply extends z.ZodType>(
  spec: Omit<Spec<Input, Reply>, 'reveals'>,
): Method<Input, Reply> {
  return { ...USUAL, ...spec, reply: lazily(spec.reply), audience: 'rater', reveals: 'blind' };
}

type TaskSpec<Shape extends z.ZodRawShape, Reply extends z.ZodType> = Spec<z.ZodObject<Shape>, Reply>;

/** A lead’s method that may take long: followed and stopped as a job where the caller names one. */
export function leadTask<Shape extends z.ZodRawShape, Reply extends z.ZodType>(spec: TaskSpec<Shape, Reply>) {
  const input = spec.input.extend({ jobId: ownJobId });
  return { ...leadMethod({ ...spec, input }), runs: 'worker' as const };
}

/** The same for whoever rates: always blind, its reply always checked. */
export function raterTask<Shape extends z.ZodRawShape, Reply extends z.ZodType>(
  spec: Omit<TaskSpec<Shape, Reply>, 'reveals'>,
) {
  const input = spec.input.extend({ jobId: ownJobId });
  return { ...raterMethod({ ...spec, input }), runs: 'worker' as const };
}

/** A lead’s command whose work outlives the call: the reply names the job. */
export function leadJob<Shape extends z.ZodRawShape>(
  spec: Omit<Spec<z.ZodObject<Shape>, z.ZodType>, 'kind' | 'reply'>,
) {
  const reply = () => z.strictObject({ jobId: z.string() });
  return { ...leadMethod({ ...spec, kind: 'command', reply }), runs: 'job' as const };
}

/**
 * A lead’s question to a whole study or to the whole store, answered from one view of the store and from nothing else.
 */
export function leadReport<Shape extends z.ZodRawShape, Reply extends z.ZodType>(
  spec: Omit<TaskSpec<Shape, Reply>, 'kind' | 'changes'>,
) {
  return { ...leadTask({ ...spec, kind: 'query' }), isReport: true as const };
}
