import type { CardPart } from '../../../shared/card/figures/figure.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { ROW } from '../../../shared/card/figures/subject.ts';
import { CardSection, PartWords } from './CardSection.tsx';
import { FigureGrid } from './FigureGrid.tsx';
import { FigureList } from './FigureList.tsx';

const BOTH: readonly MeasureName[] = [
  'consistency',
  'flip_rate',
  'first_place_share',
  'order_kappa',
  'agreement',
  'pooled_kappa',
  'pooled_pi',
];
const FLIPS: readonly MeasureName[] = ['flips'];
const PLACES: readonly MeasureName[] = ['place_verdicts'];
const EACH: readonly MeasureName[] = ['agreement', 'kappa', 'kappa_independent'];
const REPEATS: readonly MeasureName[] = ['repeat_consistency'];

/** What the order of the outputs does to the judge. */
export function OrdersSection({
  part,
  isLoading,
}: {
  readonly part: CardPart | undefined;
  readonly isLoading: boolean;
}) {
  return (
    <CardSection name="orders" part={part} isLoading={isLoading}>
      {(orders) => (
        <>
          <PartWords part={orders} />
          <div className="part-columns">
            <FigureList part={orders} row={ROW.both_orders} measures={BOTH} label="Both orders" />
            <div>
              <FigureGrid part={orders} rowTitle="Over the two orders" measures={FLIPS} />
              <FigureGrid part={orders} rowTitle="Place chosen" measures={PLACES} />
            </div>
          </div>
          <FigureList part={orders} row={ROW.repeated_samples} measures={REPEATS} label="Repeated samples" />
          <FigureGrid
            part={orders}
            rowTitle="Each order against people"
            measures={EACH}
            rows={[ROW.first_output_shown_first, ROW.second_output_shown_first].filter((row) =>
              orders.figures.some((figure) => figure.row === row),
            )}
          />
        </>
      )}
    </CardSection>
  );
}
