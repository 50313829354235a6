import { JUDGE } from './made-study.ts';
import { ratedStudy } from './rated-study.ts';
import type { Trial } from './trial.ts';

/** A row of what card.sql gives. */
interface SqlFigure {
  readonly judge: string;
  readonly part: string;
  readonly measure: string;
  readonly row_name: string;
  readonly n: number;
  readonly value: number | null;
}

/** Lets a database run card.sql over a study's tables, and holds every figure against the card. */
export async function witnessCardSql(trial: Trial): Promise<void> {
  const { card } = await ratedStudy(trial);
  const folder = await trial.exportAs('Rated', 'parquet');
  const figures = await trial.python<SqlFigure[]>('card', folder);
  trial.went.push(`${figures.length} figures of card.sql`);
  trial.equal(
    'whether the judge is there',
    figures.some(({ judge }) => judge === JUDGE),
    true,
  );
  for (const { part, measure, row_name, value } of figures)
    trial.equal(`${part} ${measure} ${row_name}`, value, card.value(part, measure, row_name));
}
