import { useTranslation } from 'react-i18next';
import type { StudyProgress } from '../../../shared/contract/study-methods.ts';
import { countText, numberText } from '../../language/language.ts';

const BAR_WIDTH = 7;
const STEP = 9;
const HEIGHT = 28;
/** Days that fit beside a step. */
const MOST_SHOWN = 21;
const MS_PER_DAY = 86_400_000;

/** Votes a day, one bar for each of the last days, those without a vote among them. */
export function DayBars({ days }: { readonly days: StudyProgress['votesByDay'] }) {
  const { t } = useTranslation();
  const shown = lastDays(days);
  const most = Math.max(1, ...shown.map(({ votes }) => votes));
  const busiest = shown.find(({ votes }) => votes === most);
  if (busiest === undefined) return null;
  return (
    <svg
      className="day-bars"
      role="img"
      width={shown.length * STEP}
      height={HEIGHT}
      aria-label={t('overview.votesByDay', {
        days: numberText(shown.length),
        votes: countText(
          'vote',
          shown.reduce((sum, { votes }) => sum + votes, 0),
        ),
        most: countText('vote', most),
        day: busiest.day,
      })}
    >
      {shown.map(({ day, votes }, place) => {
        const height = votes === 0 ? 1 : Math.max(2, (votes / most) * HEIGHT);
        return (
          <rect key={day} x={place * STEP} y={HEIGHT - height} width={BAR_WIDTH} height={height}>
            <title>{`${day}: ${countText('vote', votes)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function lastDays(days: StudyProgress['votesByDay']): { readonly day: string; readonly votes: number }[] {
  const last = days.at(-1);
  const first = days[0];
  if (last === undefined || first === undefined) return [];
  const votesOf = new Map(days.map(({ day, votes }) => [day, votes]));
  const end = Date.parse(last.day);
  const count = Math.min(MOST_SHOWN, (end - Date.parse(first.day)) / MS_PER_DAY + 1);
  return Array.from({ length: count }, (_day, place) => {
    const day = new Date(end - (count - 1 - place) * MS_PER_DAY).toISOString().slice(0, 10);
    return { day, votes: votesOf.get(day) ?? 0 };
  });
}
