import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';

/** A column of a {@link DataTable}. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly head: ReactNode;
  /** A track of a CSS grid. */
  readonly width: string;
  readonly isNumber?: boolean;
  /** Whether it is left out where the table is narrow. */
  readonly isWide?: boolean;
  cell(row: Row): ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly count: number;
  /** Undefined while it is on its way. */
  readonly rowAt: (place: number) => Row | undefined;
  /** The row that keys act on. */
  readonly current: number;
  readonly onCurrent: (place: number) => void;
  readonly onOpen: (place: number) => void;
  /** Called with the rows that are in view, or about to be. */
  readonly onView: (first: number, last: number) => void;
  readonly isChosen: (place: number) => boolean;
  readonly onChoose: (place: number) => void;
}

/** Of a row with a line of text. */
const ROW_PX = 38;
/** Rows beside those in view that are there already. */
const OVERSCAN = 12;
const PAGE = 10;

/**
 * Rows of which only those in view are there, however many there are. One stop of the Tab key: arrows, Page Up and Down, Home
 * and End move among rows, Enter opens one, Space chooses it.
 */
export function DataTable<Row>({
  label,
  columns,
  count,
  rowAt,
  current,
  onCurrent,
  onOpen,
  onView,
  isChosen,
  onChoose,
}: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    // The head stands in the way of the first row.
    scrollPaddingStart: ROW_PX,
  });
  const items = rows.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1];
  useEffect(() => {
    if (last >= first) onView(first, last);
  }, [first, last, onView]);
  useEffect(() => {
    if (current < count) rows.scrollToIndex(current);
  }, [rows, current, count]);
  const moveTo = (place: number) => onCurrent(Math.min(Math.max(0, place), count - 1));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const act = {
      ArrowDown: () => moveTo(current + 1),
      ArrowUp: () => moveTo(current - 1),
      PageDown: () => moveTo(current + PAGE),
      PageUp: () => moveTo(current - PAGE),
      Home: () => moveTo(0),
      End: () => moveTo(count - 1),
      Enter: () => onOpen(current),
      ' ': () => onChoose(current),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const tracksOf = (shown: readonly DataColumn<Row>[]) =>
    ['2rem', ...shown.map(({ width }) => width)].join(' ');
  const tracks = {
    '--tracks': tracksOf(columns),
    '--narrow-tracks': tracksOf(columns.filter(({ isWide }) => isWide !== true)),
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not there cannot stand in a table
    <div
      ref={scroller}
      className="data-grid"
      style={tracks}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={current >= first && current <= last ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus */}
      <div className="data-grid-head" role="row" aria-rowindex={1}>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus */}
        <span role="columnheader" aria-colindex={1} aria-label="Chosen" />
        {columns.map(({ id: column, head, isNumber, isWide }, place) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus
          <span
            key={column}
            role="columnheader"
            aria-colindex={place + 2}
            className={cellClass(isNumber, isWide)}
          >
            {head}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the grid has the keys
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={isChosen(index)}
              aria-busy={row === undefined ? true : undefined}
              className={index === current ? 'data-grid-row current' : 'data-grid-row'}
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              onClick={() => {
                onCurrent(index);
                onOpen(index);
              }}
            >
              {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: Space chooses */}
              <span
                role="gridcell"
                aria-colindex={1}
                className="data-grid-choice"
                onClick={(event) => {
                  event.stopPropagation();
                  onCurrent(index);
                  onChoose(index);
                }}
              >
                <input type="checkbox" tabIndex={-1} aria-label="Chosen" checked={isChosen(index)} readOnly />
              </span>
              {columns.map(({ id: column, cell, isNumber, isWide }, place) => (
                // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: the grid has the focus
                <span
                  key={column}
                  role="gridcell"
                  aria-colindex={place + 2}
                  className={cellClass(isNumber, isWide)}
                >
                  {row === undefined ? (place === 0 ? '…' : '') : cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function cellClass(isNumber = false, isWide = false): string {
  return [...(isNumber ? ['number'] : []), ...(isWide ? ['wide-only'] : [])].join(' ');
}
