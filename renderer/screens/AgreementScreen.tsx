import { useCallback, useMemo, useState } from 'react';
import type { ComparisonFilter, SliceName } from '../../shared/card/columns/comparison-filter.ts';
import { type Figure, PART_NAMES, type PartName } from '../../shared/card/figures/figure.ts';
import { PART_TITLES } from '../../shared/card/figures/part-titles.ts';
import type { AgreementOptions } from '../../shared/labels/agreement-options.ts';
import { ComparisonsDialog } from '../components/ComparisonsDialog.tsx';
import { AgreementSection } from '../components/card/AgreementSection.tsx';
import { BiasSection } from '../components/card/BiasSection.tsx';
import { CardControls } from '../components/card/CardControls.tsx';
import { partElementId } from '../components/card/CardSection.tsx';
import { ConfidenceSection } from '../components/card/ConfidenceSection.tsx';
import { CopyCsvButton } from '../components/card/CopyCsvButton.tsx';
import { DecisionSection } from '../components/card/DecisionSection.tsx';
import { GroupsSection } from '../components/card/GroupsSection.tsx';
import { HowComputedDialog } from '../components/card/HowComputedDialog.tsx';
import { JudgesSection } from '../components/card/JudgesSection.tsx';
import { OrdersSection } from '../components/card/OrdersSection.tsx';
import { PeopleSection } from '../components/card/PeopleSection.tsx';
import { PoliciesSection } from '../components/card/PoliciesSection.tsx';
import { type CardPolicies, DEFAULT_POLICIES } from '../components/card/PolicySelects.tsx';
import { RankingSection } from '../components/card/RankingSection.tsx';
import { StandingSection } from '../components/card/StandingSection.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Page } from '../components/Page.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { UnblindDialog } from '../components/UnblindDialog.tsx';
import { countText } from '../language/language.ts';
import { type GrowingCard, useCard } from '../state/card.ts';
import { CardActionsContext } from '../state/card-actions.ts';
import { useQuery } from '../state/query.ts';
import { goTo } from '../state/route.ts';

interface Opened {
  readonly filter: ComparisonFilter;
  readonly title: string;
}

interface Explained {
  readonly part: PartName;
  readonly figures: readonly Figure[];
}

/** The agreement card: may this judge be used, for what, and how sure is that? */
export function AgreementScreen({
  studyId,
  judge: wanted,
}: {
  readonly studyId: string;
  readonly judge: string | null;
}) {
  const [policies, setPolicies] = useState<CardPolicies>(DEFAULT_POLICIES);
  const [judge, setJudge] = useState(wanted);
  const [slice, setSlice] = useState<SliceName | null>(null);
  const { value: study } = useQuery('studies.show', { studyId }, ['studies']);
  const card = useCard({
    studyId,
    options: policies,
    ...(judge === null ? {} : { judge }),
    ...(slice === null ? {} : { slice }),
  });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isUnblinding, setIsUnblinding] = useState(false);
  const [explained, setExplained] = useState<Explained | null>(null);
  const isBlind = study?.unblindedAt === null;
  const openComparisons = useCallback(
    (filter: ComparisonFilter, title: string) => {
      setOpened({ filter, title });
      setIsUnblinding(isBlind);
    },
    [isBlind],
  );
  const actions = useMemo(
    () => ({
      openComparisons,
      explain: (part: PartName, figures: readonly Figure[]) => setExplained({ part, figures }),
    }),
    [openComparisons],
  );
  const { head, error } = card;
  return (
    <Page
      title={study === null ? 'Agreement' : `Agreement: ${study.name}`}
      actions={
        <>
          {head !== null && <CopyCsvButton parts={Object.values(card.parts)} label="Copy the card as CSV" />}{' '}
          <button type="button" onClick={() => print()}>
            Print
          </button>{' '}
          <button type="button" onClick={() => goTo({ screen: 'study', studyId })}>
            Back to the study
          </button>
        </>
      }
    >
      {study?.isSynthetic === true && <SyntheticBadge />}
      <CardControls
        policies={policies}
        onPolicies={setPolicies}
        judges={head?.judges ?? []}
        judge={judge ?? head?.judge ?? null}
        onJudge={setJudge}
        slices={study?.slices ?? []}
        hasPairs={(study?.pairs ?? 0) > 0}
        slice={slice}
        onSlice={setSlice}
      />
      {error !== null && <ErrorNote error={error} onRetry={card.reload} />}
      <CardActionsContext value={actions}>
        {head !== null && <CardFacts head={head} policies={policies} />}
        {head?.judge !== null && head !== null && <PartLinks />}
        <CardBody card={card} />
      </CardActionsContext>
      {explained !== null && <HowComputedDialog {...explained} onClose={() => setExplained(null)} />}
      {opened !== null && study !== null && isUnblinding && (
        <UnblindDialog
          studyId={studyId}
          studyName={study.name}
          onClose={() => setOpened(null)}
          onDone={() => setIsUnblinding(false)}
        />
      )}
      {opened !== null && !isUnblinding && (
        <ComparisonsDialog
          studyId={studyId}
          options={policies}
          slice={slice ?? undefined}
          {...opened}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

/** The parts of the card, to go to one. */
function PartLinks() {
  return (
    <nav className="part-links" aria-label="Parts of the card">
      {PART_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          onClick={() => {
            const part = document.getElementById(partElementId(name));
            part?.scrollIntoView();
            part?.focus({ preventScroll: true });
          }}
        >
          {PART_TITLES[name]}
        </button>
      ))}
    </nav>
  );
}

/** What the card rests on, in one line that is printed with it. */
function CardFacts({
  head,
  policies,
}: {
  readonly head: NonNullable<GrowingCard['head']>;
  readonly policies: Pick<AgreementOptions, 'ties'>;
}) {
  const { pairs, splits, items, raters, judges, slice, systemsAreNamed, systems, isWeighted, deviations } =
    head;
  const { excluded, adjudicated } = head;
  return (
    <p className="facts" data-ties={policies.ties}>
      {countText('pair', pairs)} of {countText('item', items)}, {countText('rater', raters.length)},{' '}
      {countText('judge', judges.length)}
      {slice === null ? '' : `, only ${slice.name} = ${slice.value}`}. Split:{' '}
      {splits.dev.toLocaleString('en')} dev, {splits.test.toLocaleString('en')} test; figures are of both
      where none is named. Intervals at 95 %, by item.
      {!systemsAreNamed && systems.length > 0 && ' The study is blind: systems have stand-ins for names.'}
      {isWeighted &&
        ' Pairs were drawn with different chances: figures of agreement with people, their win rates and rankings weigh each by what it stands for; the others do not.'}
      {excluded.length > 0 && ` Left out by the lead: the votes of ${excluded.join(', ')}.`}
      {adjudicated > 0 && ` ${adjudicated.toLocaleString('en')} labels were decided by an adjudicator.`}
      {deviations.length > 0 && ` Not as planned: ${deviations.join('; ')}.`}
    </p>
  );
}

function CardBody({ card }: { readonly card: GrowingCard }) {
  const { head, parts, isLoading } = card;
  if (head === null) {
    return card.error === null ? (
      <p className="waiting" role="status">
        Working it out …
      </p>
    ) : null;
  }
  const { judge } = head;
  if (judge === null) {
    return (
      <>
        <section className="empty">
          <h2>{head.raters.length === 0 ? 'Nothing to compare yet' : 'No judge yet'}</h2>
          <p>
            {head.raters.length === 0
              ? 'A card needs people’s votes, or votes and a judge’s verdicts, on the same pairs.'
              : 'A card is about a judge. Import a judge’s verdicts on these pairs, and it is worked out here; below is how people agree with each other.'}
          </p>
        </section>
        {head.raters.length > 0 && <PeopleSection part={parts.people} isLoading={isLoading('people')} />}
      </>
    );
  }
  return (
    <>
      <StandingSection parts={parts} isLoading={isLoading('standing')} />
      <AgreementSection parts={parts} judge={judge} isLoading={isLoading('agreement')} />
      <PoliciesSection part={parts.policies} isLoading={isLoading('policies')} />
      <PeopleSection part={parts.people} isLoading={isLoading('people')} />
      <OrdersSection part={parts.orders} isLoading={isLoading('orders')} />
      <BiasSection part={parts.bias} isLoading={isLoading('bias')} />
      <GroupsSection name="slices" parts={parts} isLoading={isLoading('slices')} />
      <GroupsSection name="splits" parts={parts} isLoading={isLoading('splits')} />
      <GroupsSection name="systems" parts={parts} isLoading={isLoading('systems')} />
      <GroupsSection name="length" parts={parts} isLoading={isLoading('length')} />
      <ConfidenceSection part={parts.confidence} isLoading={isLoading('confidence')} />
      <DecisionSection part={parts.decision} isLoading={isLoading('decision')} />
      <RankingSection part={parts.ranking} isLoading={isLoading('ranking')} />
      <JudgesSection part={parts.judges} isLoading={isLoading('judges')} />
    </>
  );
}
