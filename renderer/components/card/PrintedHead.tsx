import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import { type CardPolicies, policyLine } from '../../../shared/report/policy-words.ts';
import { useQuery } from '../../state/query.ts';

/** What a card on paper must say of itself to be defended: of what it is, under which policies, when, by which version, from which log. */
export function PrintedHead({
  study,
  judge,
  slice,
  policies,
}: {
  readonly study: { readonly studyId: string; readonly name: string; readonly isSynthetic: boolean };
  readonly judge: string | null;
  readonly slice: SliceName | null;
  readonly policies: CardPolicies;
}) {
  const { value: host } = useQuery('host.info', {});
  const { value: log } = useQuery('audit.list', { studyId: study.studyId, limit: 1 });
  const lines: readonly (readonly [string, string])[] = [
    ['Study', `${study.name}${study.isSynthetic ? ' (synthetic data)' : ''}`],
    ['Judge', judge ?? 'none'],
    ['Comparisons', slice === null ? 'all' : `${slice.name} = ${slice.value}`],
    ['Policies', policyLine(policies)],
    ['Printed', new Date().toISOString().replace('T', ' ').slice(0, 16).concat(' UTC')],
    ['Touchstone', host?.version ?? ''],
    ['Log', log === null ? '' : `${log.head.entries.toLocaleString('en')} rows, head ${log.head.hash}`],
  ];
  return (
    <dl className="printed-head">
      {lines.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
