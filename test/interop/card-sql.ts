import { JUDGE } from './made-study.ts';
import { ratedStudy } from './rated-study.ts';
import type { Trial } from './trial.ts';

/** A row of what card.sql gives. */
interface SqlFigure {
  readonly judge: string;
  readonly part: string;
  readonly measure: string;
  readonly subject_kind: string;
  readonly subject: string;
  readonly subject_other: string;
  readonly label: string | null;
  readonly other_label: string | null;
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
  for (const figure of figures) {
    const { part, measure, value } = figure;
    const row = rowOf(figure);
    trial.equal(`${part} ${measure} ${row}`, value, card.value(part, measure, row));
  }
}

/** The subject in the card's words. */
function rowOf({ subject_kind, subject, subject_other, label, other_label }: SqlFigure): string {
  const rest = label === null ? '' : `: ${label} / ${other_label}`;
  if (subject_kind === 'consensus') return 'people';
  if (subject_kind === 'all_raters') return 'all raters';
  if (subject === '') return `matrix${rest}`;
  return `${subject_other === '' ? subject : `${subject} – ${subject_other}`}${rest}`;
}
