import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import type { SelectionMethod } from '../../../shared/selection/selection-method.ts';
import { client } from '../../api/host.ts';
import { useQuery } from '../../state/query.ts';
import { useRoute } from '../../state/route.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';

const WAYS = {
  random: 'at random',
  stratified: 'from every value of a slice, in proportion',
  judge_inconsistent: 'rather where a judge contradicts itself',
  judge_uncertain: 'rather where a judge is unsure',
  raters_split: 'rather in items on which raters were split',
  rare_slice: 'rather from rare values of a slice',
} as const;
type Way = keyof typeof WAYS;

/** Draws of the pairs to rate, wave after wave. */
export function DrawsPanel({ study }: { readonly study: StudyDetails }) {
  const { value: draws, error, reload } = useQuery('design.selections', { studyId: study.studyId });
  const [way, setWay] = useState<Way>('random');
  // The card says how many pairs would settle its answer, and leads here.
  const wanted = useRoute(({ route }) => route.choices?.draw);
  const [pairs, setPairs] = useState(wanted ?? '100');
  const number = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted === undefined) return;
    number.current?.scrollIntoView({ block: 'center' });
    number.current?.focus({ preventScroll: true });
  }, [wanted]);
  const [slice, setSlice] = useState(study.slices[0]?.name ?? '');
  const [judge, setJudge] = useState(study.judgeNames[0] ?? '');
  const [emphasis, setEmphasis] = useState('5');
  const [isDrawing, setIsDrawing] = useState(false);
  const [problem, setProblem] = useState('');
  const draw = async (event: FormEvent) => {
    event.preventDefault();
    setProblem('');
    setIsDrawing(true);
    const method = methodOf(way, { pairs: Number(pairs), slice, judge, emphasis: Number(emphasis) });
    const reply = await client.call('design.draw', { studyId: study.studyId, method });
    setIsDrawing(false);
    if (!reply.ok) setProblem(reply.error.message);
  };
  const usesSlice = way === 'stratified' || way === 'rare_slice';
  const usesJudge = way === 'judge_inconsistent' || way === 'judge_uncertain';
  return (
    <section className="panel" aria-label="Pairs to rate">
      <h2>Pairs to rate</h2>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {draws !== null && draws.length === 0 && <p>All pairs, in an order of each rater’s own.</p>}
      {draws !== null && draws.length > 0 && (
        <TableScroll label="Draws">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Draw</th>
                <th scope="col">How</th>
                <NumberHead>Pairs</NumberHead>
                <NumberHead>Of</NumberHead>
                <NumberHead>Chance of a pair</NumberHead>
              </tr>
            </thead>
            <tbody>
              {draws.map((each) => (
                <tr key={each.wave}>
                  <th scope="row">{each.wave + 1}</th>
                  <td>{WAYS[each.method.kind === 'prioritised' ? each.method.by.what : each.method.kind]}</td>
                  <td className="number">{each.pairs.toLocaleString('en')}</td>
                  <td className="number">{each.candidates.toLocaleString('en')}</td>
                  <td className="number">{chanceText(each.lowestProbability, each.highestProbability)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      <form className="inline-form" onSubmit={(event) => void draw(event)}>
        <label>
          Draw
          <input
            type="number"
            min={1}
            required
            ref={number}
            value={pairs}
            onChange={(event) => setPairs(event.target.value)}
          />
        </label>
        <label>
          pairs
          <select value={way} onChange={(event) => setWay(event.target.value as Way)}>
            {Object.entries(WAYS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {usesSlice && (
          <Choice
            label="Slice"
            values={study.slices.map(({ name }) => name)}
            value={slice}
            onChange={setSlice}
          />
        )}
        {usesJudge && <Choice label="Judge" values={study.judgeNames} value={judge} onChange={setJudge} />}
        {way !== 'random' && way !== 'stratified' && (
          <label>
            How many times likelier at most
            <input
              type="number"
              min={1.1}
              max={100}
              step="any"
              required
              value={emphasis}
              onChange={(event) => setEmphasis(event.target.value)}
            />
          </label>
        )}
        <button type="submit" disabled={isDrawing}>
          {isDrawing ? 'Drawing …' : 'Draw'}
        </button>
      </form>
      <p className="quiet">
        From the first draw on raters see drawn pairs only. Each keeps the chance it was drawn with, and
        figures of agreement weigh it by what it stands for.
      </p>
      <FieldProblem text={problem} />
    </section>
  );
}

function Choice({
  label,
  values,
  value,
  onChange,
}: {
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label>
      {label}
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        {values.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}

function methodOf(
  way: Way,
  { pairs, slice, judge, emphasis }: { pairs: number; slice: string; judge: string; emphasis: number },
): InputOf<'design.draw'>['method'] {
  const by = (what: Exclude<Way, 'random' | 'stratified'>) => {
    if (what === 'raters_split') return { what };
    return what === 'rare_slice' ? { what, slice } : { what, judge };
  };
  if (way === 'random') return { kind: 'random', pairs };
  if (way === 'stratified') return { kind: 'stratified', pairs, slice };
  return {
    kind: 'prioritised',
    pairs,
    emphasis,
    by: by(way) as Extract<SelectionMethod, { kind: 'prioritised' }>['by'],
  };
}

function chanceText(lowest: number, highest: number): string {
  const percent = (chance: number) => `${(100 * chance).toFixed(1)} %`;
  return lowest === highest ? percent(lowest) : `${percent(lowest)} to ${percent(highest)}`;
}
