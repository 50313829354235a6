import type { PairRow } from '../../../shared/contract/pair-methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { type DataColumn, DataTable } from '../../components/DataTable.tsx';
import { markText, standingText } from './pair-words.ts';

type Table = Omit<Parameters<typeof DataTable<PairRow>>[0], 'label' | 'columns'>;

/** The pairs that were found. Ids stand in it once the study is unblinded. */
export function PairTable({ study, ...table }: Table & { readonly study: StudyDetails }) {
  return (
    <DataTable<PairRow> label="Pairs" columns={study.unblindedAt === null ? BLIND : UNBLINDED} {...table} />
  );
}

const COLUMNS: readonly DataColumn<PairRow>[] = [
  {
    id: 'number',
    head: 'Pair',
    width: '4rem',
    isNumber: true,
    cell: ({ number }) => number.toLocaleString('en'),
  },
  { id: 'task', head: 'Task', width: 'minmax(4rem, 3fr)', cell: ({ task }) => <bdi>{task}</bdi> },
  { id: 'standing', head: 'Status', width: '5.5rem', cell: (row) => standingText(row) },
  {
    id: 'labels',
    head: 'Labels',
    width: '3.5rem',
    isNumber: true,
    isWide: true,
    cell: ({ labels, skips }) => (skips === 0 ? labels : `${labels} + ${skips}`),
  },
  {
    id: 'slices',
    head: 'Slices',
    width: 'minmax(5rem, 1.5fr)',
    isWide: true,
    cell: ({ slices, split }) => <bdi>{[...Object.values(slices), split].join(' · ')}</bdi>,
  },
  {
    id: 'mark',
    head: 'Class, look',
    width: 'minmax(5rem, 1.2fr)',
    isWide: true,
    cell: (row) => markText(row),
  },
];

const BLIND = COLUMNS;
const UNBLINDED: readonly DataColumn<PairRow>[] = [
  ...COLUMNS.slice(0, 1),
  {
    id: 'id',
    head: 'Id',
    width: 'minmax(4rem, 1fr)',
    isWide: true,
    cell: ({ id }) => <bdi>{id}</bdi>,
  },
  ...COLUMNS.slice(1),
];
