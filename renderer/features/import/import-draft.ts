/** What the import screen is about to do: per file, which columns become which fields. */
import type { PickedFile } from '../../../shared/contract/host-methods.ts';
import type { SniffedFile } from '../../../shared/contract/import-methods.ts';
import type { Mapping, SourceMapping, ValueExpression } from '../../../shared/formats/mapping/mapping.ts';
import type { Separator } from '../../../shared/formats/own/separators.ts';

/** How a file of text is read, where that is not as it was found. */
export interface TextLayout {
  readonly encoding?: string;
  readonly separator?: Separator;
}

/** All that is chosen on the screen, as it is kept over leaving it. */
export interface ImportDraft {
  readonly files: readonly Pick<PickedFile, 'uploadId' | 'name'>[];
  /** By upload. */
  readonly layouts: Readonly<Record<string, TextLayout>>;
  /** Null where nobody typed one. */
  readonly studyName: string | null;
  readonly savedMapping: string;
  readonly saveAs: string;
  /** By name of the file, those that somebody changed: a file that is chosen again finds its own. */
  readonly sources: Readonly<Record<string, SourceDraft>>;
  readonly jobId: string | null;
}

/** Nothing chosen yet. */
export const NO_IMPORT: ImportDraft = {
  files: [],
  layouts: {},
  studyName: null,
  savedMapping: '',
  saveAs: '',
  sources: {},
  jobId: null,
};

/** A field filled from a column, or with one fixed text. */
export interface FieldChoice {
  readonly from: string;
  readonly fixed: string;
}

/** A column of verdicts by one rater or judge, and what its values mean. */
export interface VerdictColumn {
  readonly kind: 'human' | 'judge';
  /** The rater's or judge's, for the whole column. */
  readonly name: string;
  /** The column that holds it, row by row; empty where it is always the same. */
  readonly nameColumn: string;
  readonly column: string;
  readonly order: 'a_first' | 'b_first' | 'both' | 'unknown';
  readonly values: Readonly<Record<string, string>>;
  /** Whether “first” is what was shown first, and not A. */
  readonly isAsShown: boolean;
  /** Of a judge's number: where it stands, and what it is. */
  readonly scoreColumn: string;
  readonly scoreMeaning: '' | 'verdict_probability' | 'first_probability' | 'sureness';
}

/** A column of verdicts of which nothing is chosen yet. */
export function newVerdictColumn(kind: VerdictColumn['kind']): VerdictColumn {
  return {
    kind,
    name: '',
    nameColumn: '',
    column: '',
    order: 'unknown',
    values: {},
    isAsShown: false,
    scoreColumn: '',
    scoreMeaning: '',
  };
}

export interface SourceDraft {
  readonly file: string;
  readonly kind: 'comparisons' | 'verdicts';
  readonly id: FieldChoice;
  readonly prompt: FieldChoice;
  readonly systemA: FieldChoice;
  readonly textA: FieldChoice;
  readonly systemB: FieldChoice;
  readonly textB: FieldChoice;
  readonly slices: readonly string[];
  readonly verdicts: readonly VerdictColumn[];
}

const GUESSES: Readonly<
  Record<'id' | 'prompt' | 'systemA' | 'textA' | 'systemB' | 'textB', readonly RegExp[]>
> = {
  id: [/^(id|idx|key|uid|question_id|item_id)$/iu, /id$/iu],
  prompt: [/^(prompt|instruction|question|input|task|query)$/iu, /prompt|question|instruction/iu],
  systemA: [/^(model_a|model_1|system_a|generator_1|a\.system)$/iu, /^(m|model|system|sys).*(a|1)$/iu],
  textA: [
    /^(response1|response_a|answer_a|output_1|output_a|a\.text|response_1)$/iu,
    /^(ans|resp|out|comp|text|gen|left).*(a|1)$/iu,
  ],
  systemB: [/^(model_b|model_2|system_b|generator_2|b\.system)$/iu, /^(m|model|system|sys).*(b|2)$/iu],
  textB: [
    /^(response2|response_b|answer_b|output_2|output_b|b\.text|response_2)$/iu,
    /^(ans|resp|out|comp|text|gen|right).*(b|2)$/iu,
  ],
};

/** A first proposal from the names of the columns. Without a column of answers, only a later file is verdicts. */
function draftOf(file: SniffedFile, isFirst: boolean): SourceDraft {
  const guess = (field: keyof typeof GUESSES): FieldChoice => {
    for (const pattern of GUESSES[field]) {
      const found = file.fields.find(({ path }) => pattern.test(path));
      if (found !== undefined) return { from: found.path, fixed: '' };
    }
    return { from: '', fixed: field === 'systemA' ? 'system A' : field === 'systemB' ? 'system B' : '' };
  };
  const textA = guess('textA');
  return {
    file: file.name,
    kind: textA.from === '' && !isFirst ? 'verdicts' : 'comparisons',
    id: guess('id'),
    prompt: guess('prompt'),
    systemA: guess('systemA'),
    textA,
    systemB: guess('systemB'),
    textB: guess('textB'),
    slices: [],
    verdicts: [],
  };
}

/** Whether somebody might want to have it read otherwise: tables, and texts that are not plainly UTF-8. */
export function canBeReadOtherwise({ format, encoding, problem, separator }: SniffedFile): boolean {
  if (problem !== null) return /UTF-8|utf-16|encoding|cells|CSV/u.test(problem);
  return format === 'csv' || separator !== null || (encoding !== null && encoding !== 'utf-8');
}

/** Neither native nor in a tool's own format. */
export function needsColumns({ isNative, recognised, problem }: SniffedFile): boolean {
  return problem === null && !isNative && recognised === null;
}

/** By file that needs it: what was chosen for its columns, where it has those columns, else a proposal. */
export function draftsOf(files: readonly SniffedFile[], sources: ImportDraft['sources']): SourceDraft[] {
  return files.filter(needsColumns).map((file) => {
    const kept = sources[file.name];
    return kept !== undefined && hasColumns(file, kept) ? kept : draftOf(file, file === files[0]);
  });
}

function hasColumns({ fields }: SniffedFile, draft: SourceDraft): boolean {
  const { id, prompt, systemA, textA, systemB, textB, slices, verdicts } = draft;
  const chosen = [
    ...[id, prompt, systemA, textA, systemB, textB].map(({ from }) => from),
    ...slices,
    ...verdicts.flatMap(({ column, nameColumn, scoreColumn }) => [column, nameColumn, scoreColumn]),
  ];
  const paths = new Set(fields.map(({ path }) => path));
  return chosen.every((column) => column === '' || paths.has(column));
}

/** Whether a study's name may be left to the files: a calibration set says what it was called. */
export function namesItself(files: readonly SniffedFile[]): boolean {
  return files.some(({ format }) => format === 'calibration_set');
}

/** What a study may be called that comes from these files. */
export function proposedName(files: readonly SniffedFile[]): string {
  if (namesItself(files)) return '';
  const name = files[0]?.name.split('/').at(-1) ?? '';
  return name.replace(/(?:\.[a-z]\w{0,9})+$/iu, '').slice(0, 120);
}

/** What a value of a verdict column most likely means. */
export function guessedVerdict(value: string): string {
  const folded = value.trim().toLowerCase();
  if (/^(1|a|first|left|model_a|model_1|output_1)$/u.test(folded)) return 'first';
  if (/^(2|b|second|right|model_b|model_2|output_2)$/u.test(folded)) return 'second';
  if (/both.?bad/u.test(folded)) return 'both_bad';
  if (/^(0|3|c|tie|equal|draw|same)$/u.test(folded)) return 'tie';
  return '';
}

/** Why the drafts cannot be used yet, or null. */
export function draftProblem(drafts: readonly SourceDraft[]): string | null {
  for (const draft of drafts) {
    const missing = requiredFields(draft).find(([, choice]) => choice.from === '' && choice.fixed === '');
    if (missing !== undefined) return `${draft.file}: choose a column for ${missing[0]}.`;
    if (draft.kind === 'verdicts' && draft.verdicts.length === 0)
      return `${draft.file}: add at least one column of verdicts.`;
    for (const { name, nameColumn, column, values } of draft.verdicts) {
      if ((name.trim() === '' && nameColumn === '') || column === '')
        return `${draft.file}: a column of verdicts needs a name and a column.`;
      if (Object.values(values).includes(''))
        return `${draft.file}: say what every value of ${column} means.`;
    }
  }
  return null;
}

function requiredFields(draft: SourceDraft): readonly (readonly [string, FieldChoice])[] {
  const id = ['the id', draft.id] as const;
  if (draft.kind === 'verdicts') return [id];
  return [
    ['the prompt', draft.prompt],
    ['system A', draft.systemA],
    ['the text of A', draft.textA],
    ['system B', draft.systemB],
    ['the text of B', draft.textB],
  ];
}

/** The mapping that the drafts describe, in the format of mapping files. */
export function mappingOf(drafts: readonly SourceDraft[]): Mapping {
  return { format: 'touchstone-mapping/1', sources: drafts.map(sourceOf) };
}

function sourceOf(draft: SourceDraft): SourceMapping {
  const humans = draft.verdicts.filter(({ kind }) => kind === 'human');
  const judges = draft.verdicts.filter(({ kind }) => kind === 'judge');
  const verdict = ({ column, values }: VerdictColumn): ValueExpression =>
    Object.keys(values).length === 0
      ? { from: column, optional: true }
      : { from: column, values: { ...values }, optional: true };
  return {
    file: draft.file,
    fields: {
      ...(draft.id.from === '' ? {} : { id: draft.id.from }),
      ...(draft.kind === 'verdicts'
        ? {}
        : {
            prompt: expressionOf(draft.prompt),
            a: { system: expressionOf(draft.systemA), text: expressionOf(draft.textA) },
            b: { system: expressionOf(draft.systemB), text: expressionOf(draft.textB) },
          }),
      ...(draft.slices.length === 0
        ? {}
        : { slices: Object.fromEntries(draft.slices.map((path) => [path, { from: path, optional: true }])) }),
      ...(humans.length === 0
        ? {}
        : {
            human: humans.map((column) => ({
              rater: nameOf(column),
              verdict: verdict(column),
            })),
          }),
      ...(judges.length === 0
        ? {}
        : {
            judge: judges.map((column) => ({
              judge: nameOf(column),
              order: { const: column.order },
              verdict: verdict(column),
              ...(column.isAsShown && isOrderKnown(column) ? { asShown: true as const } : {}),
              ...(column.scoreColumn === '' ? {} : { score: scoreOf(column) }),
            })),
          }),
    },
  };
}

/** Whether all verdicts of the column were given in one order. */
export function isOrderKnown({ order }: VerdictColumn): boolean {
  return order === 'a_first' || order === 'b_first';
}

function nameOf({ name, nameColumn }: VerdictColumn): ValueExpression {
  return nameColumn === '' ? { const: name.trim() } : nameColumn;
}

function scoreOf({ scoreColumn, scoreMeaning }: VerdictColumn) {
  const value = { from: scoreColumn, optional: true };
  return scoreMeaning === '' ? value : { meaning: scoreMeaning, value };
}

function expressionOf(choice: FieldChoice): ValueExpression {
  return choice.from === '' ? { const: choice.fixed } : choice.from;
}
