import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import type { DisagreementClass } from '../../../shared/review/disagreement-class.ts';
import { SliceSelect } from '../SliceSelect.tsx';
import { CLASS_NAMES } from './class-names.ts';
import type { Filter } from './filter.ts';

const GAPS: Readonly<Record<string, readonly [number, number] | undefined>> = {
  any: undefined,
  'up to 10 %': [0, 0.1],
  '10 to 30 %': [0.1, 0.3],
  'above 30 %': [0.3, 1],
};

/** Which disagreements are read. What a blind study cannot tell is not offered. */
export function DisagreementFilters({
  study,
  filter,
  onFilter,
}: {
  readonly study: StudyDetails;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}) {
  const isBlind = study.unblindedAt === null;
  const between = filter.between ?? 'raters';
  const choose = <Key extends keyof Filter>(key: Key, value: Filter[Key] | undefined) => {
    const { [key]: _before, ...rest } = filter;
    onFilter((value === undefined ? rest : { ...rest, [key]: value }) as Filter);
  };
  const gap = Object.entries(GAPS).find(
    ([, range]) => JSON.stringify(range) === JSON.stringify(filter.lengthGap),
  )?.[0];
  const chosen = Object.keys(filter).length;
  return (
    <details className="disagreement-filters">
      <summary>{chosen === 0 ? 'Filters: none chosen' : `Filters: ${chosen} chosen`}</summary>
      <fieldset className="inline-form">
        <legend className="visually-hidden">Filters</legend>
        {!isBlind && study.judgeNames.length > 0 && (
          <>
            <label>
              Who parts
              <select
                value={between}
                onChange={(event) => choose('between', event.target.value as Filter['between'])}
              >
                <option value="raters">raters from each other</option>
                <option value="judge">a judge from people</option>
                <option value="either">either</option>
              </select>
            </label>
            {between !== 'raters' && (
              <label>
                Judge
                <select
                  value={filter.judge ?? study.judgeNames[0]}
                  onChange={(event) => choose('judge', event.target.value)}
                >
                  {study.judgeNames.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
            )}
          </>
        )}
        {between !== 'judge' && (
          <label>
            Rater against the others
            <select
              value={filter.rater ?? ''}
              onChange={(event) => choose('rater', event.target.value || undefined)}
            >
              <option value="">any</option>
              {study.raterProgress
                .filter(({ isExcluded }) => !isExcluded)
                .map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
            </select>
          </label>
        )}
        <label>
          Direction
          <select
            value={filter.direction ?? ''}
            onChange={(event) =>
              choose('direction', (event.target.value || undefined) as Filter['direction'])
            }
          >
            <option value="">any</option>
            <option value="opposite">one side against the other</option>
            <option value="side_against_tie">a side where the rest sees a tie</option>
            <option value="tie_against_side">a tie where the rest sees a side</option>
          </select>
        </label>
        <SliceSelect
          label="Slice"
          slices={study.slices}
          slice={filter.slice ?? null}
          onSlice={(slice) => choose('slice', slice ?? undefined)}
        />
        <label>
          Length gap
          <select
            value={gap ?? 'any'}
            onChange={(event) => choose('lengthGap', GAPS[event.target.value] as Filter['lengthGap'])}
          >
            {Object.keys(GAPS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Class
          <select
            value={filter.class ?? ''}
            onChange={(event) => choose('class', (event.target.value || undefined) as Filter['class'])}
          >
            <option value="">any</option>
            <option value="none">not classified yet</option>
            {(Object.keys(CLASS_NAMES) as DisagreementClass[]).map((name) => (
              <option key={name} value={name}>
                {CLASS_NAMES[name].toLowerCase()}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
    </details>
  );
}
