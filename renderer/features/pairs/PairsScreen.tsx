import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { StudyPage } from '../../components/StudyPage.tsx';
import { useQuery } from '../../state/query.ts';
import { type Choices, choose } from '../../state/route.ts';
import { ChosenPairs } from './ChosenPairs.tsx';
import { FoundLine } from './FoundLine.tsx';
import { filterOf, numberOf } from './filter-of.ts';
import { PairFilters } from './PairFilters.tsx';
import { PairTable } from './PairTable.tsx';
import { useFoundPairs } from './use-found-pairs.ts';
import { usePairRows } from './use-pair-rows.ts';

// What reads texts is heavy, and only needed once a pair is opened.
const PairDialog = lazy(() => import('./PairDialog.tsx').then(({ PairDialog }) => ({ default: PairDialog })));

/** All pairs of a study: searched, filtered, opened, and decided about. */
export function PairsScreen({ studyId, choices }: { readonly studyId: string; readonly choices: Choices }) {
  const { value: study, error, reload } = useQuery('studies.show', { studyId });
  const filter = useMemo(() => filterOf(choices), [choices]);
  const from = numberOf(choices.from) ?? 1;
  const found = useFoundPairs(studyId, filter, from);
  const { rowAt, view } = usePairRows(studyId, found.numbers);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [current, setCurrent] = useState(0);
  const open = numberOf(choices.pair);
  const { numbers } = found;
  const toggle = useCallback(
    (place: number) => {
      const number = numbers[place];
      if (number === undefined) return;
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(number)) next.add(number);
        return next;
      });
    },
    [numbers],
  );
  const place = open === null ? -1 : numbers.indexOf(open);
  const openAt = (next: number) => {
    const number = numbers[next];
    if (number === undefined) return;
    setCurrent(next);
    choose({ pair: String(number) });
  };
  return (
    <StudyPage studyId={studyId} study={study} place="pairs">
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {study !== null && (
        <section className="panel pairs" aria-label="Pairs">
          <PairFilters
            study={study}
            filter={filter}
            onFilter={(next) => {
              setCurrent(0);
              setChosen(new Set());
              const isAny = Object.keys(next).length === 0;
              choose({ filter: isAny ? null : JSON.stringify(next), from: null });
            }}
          />
          <FoundLine found={found} from={from} />
          <ChosenPairs
            studyId={studyId}
            numbers={chosen}
            onDone={() => {
              setChosen(new Set());
              found.reload();
            }}
            others={numbers.length - chosen.size}
            onAll={() => setChosen(new Set(numbers))}
            onNone={() => setChosen(new Set())}
          />
          {numbers.length > 0 && (
            <PairTable
              study={study}
              count={numbers.length}
              rowAt={rowAt}
              current={Math.min(current, numbers.length - 1)}
              onCurrent={setCurrent}
              onOpen={openAt}
              onView={view}
              isChosen={(at) => chosen.has(numbers[at] ?? 0)}
              onChoose={toggle}
            />
          )}
          {open !== null && (
            <Suspense fallback={null}>
              <PairDialog
                key={open}
                study={study}
                number={open}
                onStep={(step) => openAt(place + step)}
                canStep={(step) => place >= 0 && numbers[place + step] !== undefined}
                onClose={() => choose({ pair: null })}
              />
            </Suspense>
          )}
        </section>
      )}
    </StudyPage>
  );
}
