import { type FormEvent, type RefObject, useState } from 'react';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { DRAW_WAYS, type DrawWay, drawMethodOf } from './draw-method.ts';

/** Asks for the next draw. */
export function DrawForm({
  study,
  pairs,
  number,
  onPairs,
}: {
  readonly study: StudyDetails;
  /** How many, as typed. */
  readonly pairs: string;
  readonly number: RefObject<HTMLInputElement | null>;
  readonly onPairs: (pairs: string) => void;
}) {
  const [way, setWay] = useState<DrawWay>('random');
  const [slice, setSlice] = useState(study.slices[0]?.name ?? '');
  const [judge, setJudge] = useState(study.judgeNames[0] ?? '');
  const [emphasis, setEmphasis] = useState('5');
  const [isDrawing, setIsDrawing] = useState(false);
  const [problem, setProblem] = useState('');
  const draw = async (event: FormEvent) => {
    event.preventDefault();
    setProblem('');
    setIsDrawing(true);
    const method = drawMethodOf(way, { pairs: Number(pairs), slice, judge, emphasis: Number(emphasis) });
    const reply = await client.call('design.draw', { studyId: study.studyId, method });
    setIsDrawing(false);
    if (!reply.ok) setProblem(reply.error.message);
  };
  const usesSlice = way === 'stratified' || way === 'rare_slice';
  const usesJudge = way === 'judge_inconsistent' || way === 'judge_uncertain';
  return (
    <>
      <form className="inline-form" onSubmit={(event) => void draw(event)}>
        <label>
          Draw
          <input
            type="number"
            min={1}
            required
            ref={number}
            value={pairs}
            onChange={(event) => onPairs(event.target.value)}
          />
        </label>
        <label>
          pairs
          <select value={way} onChange={(event) => setWay(event.target.value as DrawWay)}>
            {Object.entries(DRAW_WAYS).map(([value, label]) => (
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
      <FieldProblem text={problem} />
    </>
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
