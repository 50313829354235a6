/**
 * Labels as the alternative annotator test takes them: `{rater: {item: label}}` for people, and the same for judges. The two
 * look alike, so a file that has not the name that the test gives it has to be told apart. A label is a verdict, or the name of one of the two systems.
 */
import { z } from 'zod';
import { readBy } from '../../../json/read-by-schema.ts';
import { HUMAN_VERDICTS, JUDGE_VERDICTS } from '../../../study/verdict.ts';
import { type HarnessContext, type HarnessFormat, nativeRows, type RecordRows } from './harness-format.ts';

const labels = z.record(z.string(), z.union([z.string().max(200), z.number()]));

/**
 * The stored pair that an item names: by its own id, or, as in the test's own data on MT-bench, by question, both models and
 * turn; labels are `model_a` and `model_b` there.
 */
function pairNamed(
  item: string,
  systemsOf: HarnessContext['systemsOf'],
): {
  readonly id: string;
  readonly systems: NonNullable<ReturnType<HarnessContext['systemsOf']>>;
  readonly models?: { readonly a: string; readonly b: string };
} | null {
  const own = systemsOf(item);
  if (own !== undefined) return { id: item, systems: own };
  const [question, a, b, turn, ...more] = item.split('__');
  if (a === undefined || b === undefined || turn === undefined || more.length > 0) return null;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const id = `${question}/${turn}/${one}/${other}`;
    const systems = systemsOf(id);
    if (systems !== undefined) return { id, systems, models: { a, b } };
  }
  return null;
}

function labelFormat(kind: 'human' | 'judge', title: string, fileNames: RegExp): HarnessFormat {
  const known: readonly string[] = kind === 'human' ? HUMAN_VERDICTS : JUDGE_VERDICTS;
  return {
    name: `alt-test-${kind}s`,
    title,
    fileNames,
    order: 'labels are verdicts on the stored pair, or name one of its systems',
    recognise: (record) => {
      const [only, ...others] = Object.values(record);
      const all =
        only !== null && typeof only === 'object' && !Array.isArray(only) ? Object.values(only) : [];
      return others.length === 0 && all.length > 0 && all.every(isLabel)
        ? 'it has labels by item by annotator'
        : null;
    },
    reader: (context) => ({ read: (record) => read(record, kind, known, context) }),
  };
}

function isLabel(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= 200);
}

export const altTestHumans = labelFormat(
  'human',
  'alternative annotator test: people by item',
  /^humans?_annotations\b/iu,
);
export const altTestJudges = labelFormat(
  'judge',
  'alternative annotator test: judges by item',
  /^llms?_annotations\b/iu,
);

function read(
  record: unknown,
  kind: 'human' | 'judge',
  known: readonly string[],
  { systemsOf }: HarnessContext,
): RecordRows {
  const outer = readBy(z.record(z.string(), labels), record);
  if (!outer.ok) return outer;
  const rows: unknown[] = [];
  for (const [by, given] of Object.entries(outer.value))
    for (const [item, label] of Object.entries(given)) {
      const field = `${by}.${item}`.slice(0, 200);
      const found = pairNamed(item, systemsOf);
      if (found === null)
        return {
          ok: false,
          problems: [{ field, reason: 'is no pair of this study; import the pairs first' }],
        };
      const { id, systems, models } = found;
      const named = label === 'model_a' ? models?.a : label === 'model_b' ? models?.b : label;
      const verdict =
        named === systems.first
          ? 'first'
          : named === systems.second
            ? 'second'
            : known.find((each) => each === named);
      if (verdict === undefined)
        return {
          ok: false,
          problems: [
            {
              field,
              reason: `is ${JSON.stringify(label)}; expected a system of the pair, or one of ${known.join(', ')}`,
            },
          ],
        };
      rows.push(
        kind === 'human'
          ? {
              id,
              human: [{ rater: by, verdict, ...(verdict === 'skipped' ? { reason: 'other' } : {}) }],
            }
          : { id, judge: [{ judge: by, order: 'both', verdict }] },
      );
    }
  if (rows.length === 0)
    return { ok: false, problems: [{ field: '(record)', reason: 'holds no label of anybody' }] };
  return nativeRows(rows);
}
