/** The reference of the contract, generated so that it cannot fall behind. */
import { z } from 'zod';
import type { Method } from './method.ts';
import { METHODS } from './methods.ts';

/** What a method needs to find: told by the fields of its input that name it. */
const NEEDS = {
  studyId: 'study',
  session: 'rater',
  uploads: 'file',
  uploadId: 'file',
  jobId: 'job',
} as const;
export type Needs = (typeof NEEDS)[keyof typeof NEEDS];

/** One method as programs read it. */
export interface MethodEntry
  extends Pick<Method, 'about' | 'kind' | 'audience' | 'callers' | 'reveals' | 'runs'>,
    Required<Pick<Method, 'changes'>> {
  /** Whether it is refused for a study that is archived. */
  readonly beginsWork: boolean;
  readonly needs: readonly Needs[];
  /** JSON Schema of what a caller passes. */
  readonly input: z.core.JSONSchema.BaseSchema;
  /** JSON Schema of `value` in the reply. */
  readonly reply: z.core.JSONSchema.BaseSchema;
}

/** Every method by name: what it takes, gives, needs and changes, for whom it is and where it runs. */
export function methodEntries(): Readonly<Record<string, MethodEntry>> {
  return Object.fromEntries(Object.entries(METHODS).map(([name, method]) => [name, entryOf(method)]));
}

function entryOf({
  about,
  kind,
  audience,
  callers,
  reveals,
  runs,
  changes = [],
  beginsWork,
  input,
  reply,
}: Method): MethodEntry {
  const inputSchema = z.toJSONSchema(input, { io: 'input' });
  const required = new Set(inputSchema.required);
  const needs = (Object.keys(NEEDS) as (keyof typeof NEEDS)[]).filter((field) => required.has(field));
  return {
    about,
    kind,
    audience,
    callers,
    reveals,
    runs,
    needs: [...new Set(needs.map((field) => NEEDS[field]))],
    changes,
    beginsWork: beginsWork === true,
    input: inputSchema,
    reply: z.toJSONSchema(reply(), { io: 'output' }),
  };
}

const PLACES = {
  here: 'answered at once',
  worker: 'worked out in a thread of its own; followed and stopped under the jobId that the caller names',
  job: 'answers with the id of a job, which is followed with jobs.get and stopped with jobs.cancel',
} as const;

/** The same as a page in Markdown. */
export function methodReference(): string {
  const lines = [
    '# Methods',
    '',
    'Generated from `shared/contract` by `touchstone methods`; `touchstone methods --json` is the same for programs. Every method is `POST /api/NAME` on the loopback host and `touchstone call NAME JSON` on the command line, and answers `{ok, value}` or `{ok, error}`.',
    '',
  ];
  for (const [name, entry] of Object.entries(methodEntries())) {
    const { about, kind, audience, callers, reveals, runs, needs, changes, beginsWork, input, reply } = entry;
    lines.push(`## ${name}`, '', about, '');
    lines.push(`- ${kind}, for the ${audience}; reveals: ${reveals.replaceAll('_', ' ')}`);
    lines.push(`- ${PLACES[runs]}`);
    if (callers === 'commands') lines.push('- answered to commands on the machine alone, never to a page');
    if (needs.length > 0) lines.push(`- needs: ${needs.join(', ')}`);
    if (beginsWork) lines.push('- refused while the study is archived');
    if (changes.length > 0) lines.push(`- changes: ${changes.join(', ')}`);
    for (const [title, schema] of [
      ['Input', input],
      ['Reply', reply],
    ] as const)
      lines.push('', `${title}:`, '', '```json', JSON.stringify(schema, null, 2), '```');
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
