import { type CardData, type JudgeColumn, SPLIT_SLICE } from '../../shared/card/columns/card-data.ts';
import type { SurenessSource } from '../../shared/judge/sureness.ts';
import { CODE } from '../../shared/study/verdict-codes.ts';

/** What a test wants to say of a study; everything else is filled in plainly. */
export interface CardInput {
  /** Votes by rater, one code per pair. */
  readonly raters: Readonly<Record<string, ArrayLike<number>>>;
  /** Steps of the votes, by rater. */
  readonly strengths?: Readonly<Record<string, ArrayLike<number>>>;
  readonly judges?: Readonly<Record<string, ArrayLike<number> | JudgeInput>>;
  /** One item per pair where absent. */
  readonly itemOfPair?: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
  readonly adjudicated?: ArrayLike<number>;
  readonly warned?: readonly string[];
  readonly systems?: readonly string[];
  readonly systemOf?: { readonly first: ArrayLike<number>; readonly second: ArrayLike<number> };
  readonly length?: { readonly first: ArrayLike<number>; readonly second: ArrayLike<number> };
  readonly slices?: readonly {
    readonly name: string;
    readonly value: string;
    readonly pairs: readonly number[];
  }[];
}

export interface JudgeInput {
  readonly codes?: ArrayLike<number>;
  readonly firstShownFirst?: ArrayLike<number>;
  readonly secondShownFirst?: ArrayLike<number>;
  readonly scores?: ArrayLike<number>;
  readonly preferences?: ArrayLike<number>;
  /** Probabilities of the verdict unless said otherwise. */
  readonly scoresAre?: SurenessSource;
  readonly tunedOn?: ArrayLike<number>;
  readonly model?: string;
  readonly probes?: JudgeColumn['probes'];
}

/** Columns of a study made up by a test. */
export function cardData(input: CardInput): CardData {
  const judges = Object.entries(input.judges ?? {});
  const columns = [...Object.values(input.raters), ...judges.map(([, judge]) => codesOf(judge))];
  const pairs = columns[0]?.length ?? 0;
  const itemOfPair = Int32Array.from(
    input.itemOfPair ?? Array.from({ length: pairs }, (_pair, index) => index),
  );
  const sides = (value?: { readonly first: ArrayLike<number>; readonly second: ArrayLike<number> }) => ({
    first: value === undefined ? new Int32Array(pairs) : Int32Array.from(value.first),
    second: value === undefined ? new Int32Array(pairs) : Int32Array.from(value.second),
  });
  const features = {
    length: sides(input.length),
    listItems: sides(),
    markdown: sides(),
  };
  const slices = (input.slices ?? []).map((slice) => ({ ...slice, pairs: Int32Array.from(slice.pairs) }));
  const systemOf =
    input.systemOf === undefined
      ? { ...sides(), second: new Int32Array(pairs).fill(1) }
      : sides(input.systemOf);
  const isOnDev = new Uint8Array(pairs);
  for (const { name, value, pairs: own } of slices)
    if (name === SPLIT_SLICE && value === 'dev') for (const pair of own) isOnDev[pair] = 1;
  return {
    pairIds: Int32Array.from({ length: pairs }, (_pair, index) => 1000 + index),
    itemOfPair,
    itemCount: new Set(itemOfPair).size,
    raters: Object.entries(input.raters).map(([name, codes]) => ({
      name,
      codes: Int8Array.from(codes),
      ...(input.strengths?.[name] === undefined ? {} : { strengths: Int8Array.from(input.strengths[name]) }),
    })),
    strengths: input.strengths === undefined ? 0 : 3,
    judges: judges.map(([name, judge]) => judgeColumn(name, judge, pairs)),
    excluded: [],
    leftOut: 0,
    warned: () => input.warned ?? [],
    adjudicated: input.adjudicated === undefined ? null : Int8Array.from(input.adjudicated),
    weights: input.weights === undefined ? null : Float64Array.from(input.weights),
    systems: input.systems ?? ['one', 'two'],
    systemsAreNamed: true,
    systemOf: () => systemOf,
    isOnDev: () => isOnDev,
    features: () => features,
    slices: () => slices,
  };
}

function codesOf(judge: ArrayLike<number> | JudgeInput): ArrayLike<number> {
  return 'length' in judge ? judge : (judge.codes ?? judge.firstShownFirst ?? []);
}

function judgeColumn(name: string, judge: ArrayLike<number> | JudgeInput, pairs: number): JudgeColumn {
  const none = () => new Int8Array(pairs).fill(CODE.missing);
  const input: JudgeInput = 'length' in judge ? { codes: judge } : judge;
  const one = input.firstShownFirst === undefined ? none() : Int8Array.from(input.firstShownFirst);
  const two = input.secondShownFirst === undefined ? none() : Int8Array.from(input.secondShownFirst);
  const merged = one.map((code, pair) => (code === two[pair] ? code : CODE.inconsistent));
  return {
    name,
    model: input.model ?? null,
    probes: input.probes ?? null,
    pooled: merged,
    probabilityFirst: null,
    tunedOn: input.tunedOn === undefined ? null : Uint8Array.from(input.tunedOn),
    tunedCodes: null,
    codes: input.codes === undefined ? merged : Int8Array.from(input.codes),
    firstShownFirst: one,
    secondShownFirst: two,
    sureness:
      input.scores === undefined
        ? null
        : { source: input.scoresAre ?? 'probability', values: Float64Array.from(input.scores) },
    preferences: input.preferences === undefined ? null : Float64Array.from(input.preferences),
    unusedScores: null,
    repeats: null,
  };
}
