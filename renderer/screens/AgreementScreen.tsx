import { useCallback, useMemo, useState } from 'react';
import type { ComparisonFilter, SliceName } from '../../shared/card/columns/comparison-filter.ts';
import { type Figure, PART_NAMES, type PartName } from '../../shared/card/figures/figure.ts';
import { figureOf } from '../../shared/card/figures/figure-text.ts';
import { ROW } from '../../shared/card/figures/subject.ts';
import { DEFAULT_LEVEL } from '../../shared/labels/default-options.ts';
import { cardFacts } from '../../shared/report/card-facts.ts';
import type { CardPolicies } from '../../shared/report/policy-words.ts';
import { AgreementSection } from '../components/card/AgreementSection.tsx';
import { BiasSection } from '../components/card/BiasSection.tsx';
import { CardControls } from '../components/card/CardControls.tsx';
import { ConfidenceSection } from '../components/card/ConfidenceSection.tsx';
import { CopyCsvButton } from '../components/card/CopyCsvButton.tsx';
import { DecisionSection } from '../components/card/DecisionSection.tsx';
import { GroupsSection } from '../components/card/GroupsSection.tsx';
import { HowComputedDialog } from '../components/card/HowComputedDialog.tsx';
import { JudgesSection } from '../components/card/JudgesSection.tsx';
import { OrdersSection } from '../components/card/OrdersSection.tsx';
import { PeopleSection } from '../components/card/PeopleSection.tsx';
import { PoliciesSection } from '../components/card/PoliciesSection.tsx';
import { policiesOf } from '../components/card/PolicySelects.tsx';
import { PrintedHead } from '../components/card/PrintedHead.tsx';
import { RankingSection } from '../components/card/RankingSection.tsx';
import { StandingSection } from '../components/card/StandingSection.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { StudyPage } from '../components/StudyPage.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { UnblindDialog } from '../components/UnblindDialog.tsx';
import { ComparisonsDialog } from '../features/comparisons/ComparisonsDialog.tsx';
import { type GrowingCard, useCard } from '../state/card.ts';
import { CardActionsContext } from '../state/card-actions.ts';
import { setPartsOpen, useOpenParts } from '../state/open-parts.ts';
import { useQuery } from '../state/query.ts';
import { type Choices, choose, hashOfRoute } from '../state/route.ts';

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
  choices,
}: {
  readonly studyId: string;
  readonly choices: Choices;
}) {
  const policies = useMemo(() => policiesOf(choices), [choices]);
  const judge = choices.judge ?? null;
  const slice = useMemo(() => sliceOf(choices), [choices]);
  const { value: study } = useQuery('studies.show', { studyId });
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
  const level = card.head?.options.level ?? DEFAULT_LEVEL;
  const actions = useMemo(
    () => ({
      level,
      openComparisons,
      explain: (part: PartName, figures: readonly Figure[]) => setExplained({ part, figures }),
    }),
    [openComparisons, level],
  );
  const { head, error } = card;
  return (
    <StudyPage
      studyId={studyId}
      study={study}
      place="agreement"
      actions={
        <>
          {study?.isSynthetic === true && <SyntheticBadge />}
          <button type="button" onClick={() => print()}>
            Print
          </button>
        </>
      }
    >
      {study !== null && (
        <PrintedHead study={study} judge={judge ?? head?.judge ?? null} slice={slice} policies={policies} />
      )}
      <CardControls
        policies={policies}
        onPolicies={(next) => choose({ ...next })}
        judges={head?.judges ?? []}
        judge={judge ?? head?.judge ?? null}
        onJudge={(name) => choose({ judge: name })}
        slices={study?.slices ?? []}
        hasPairs={(study?.pairs ?? 0) > 0}
        slice={slice}
        onSlice={(next) => choose({ slice: next?.name ?? null, value: next?.value ?? null })}
      />
      {error !== null && <ErrorNote error={error} onRetry={card.reload} />}
      <CardActionsContext value={actions}>
        <CardBody studyId={studyId} card={card} policies={policies} />
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
    </StudyPage>
  );
}

function sliceOf({ slice, value }: Choices): SliceName | null {
  return slice === undefined || value === undefined ? null : { name: slice, value };
}

/** Parts that open: all but the answer. */
const CLOSED_PARTS = PART_NAMES.filter((name) => name !== 'standing');

/** Opens every part of the card, or closes all. */
function AllParts() {
  const areAllOpen = useOpenParts(({ open }) => CLOSED_PARTS.every((name) => open.has(name)));
  return (
    <button type="button" onClick={() => setPartsOpen(CLOSED_PARTS, !areAllOpen)}>
      {areAllOpen ? 'Close all parts' : 'Open all parts'}
    </button>
  );
}

/** What would settle an open answer: pairs of this study, as far as it has any left, or more of them. */
function NextStep({
  studyId,
  more,
  left,
}: {
  readonly studyId: string;
  readonly more: number;
  /** Pairs that are in no comparison of judge and raters yet. */
  readonly left: number;
}) {
  // A few that are left would not settle it.
  return 2 * left >= more ? (
    <a
      className="button"
      href={hashOfRoute({ screen: 'design', studyId, choices: { draw: String(Math.min(more, left)) } })}
    >
      Draw {Math.min(more, left).toLocaleString('en')} pairs to label …
    </a>
  ) : (
    <a className="button" href={hashOfRoute({ screen: 'import' })}>
      Import more pairs …
    </a>
  );
}

/** What the card rests on, printed with it. */
function CardFacts({
  head,
  policies,
}: {
  readonly head: NonNullable<GrowingCard['head']>;
  readonly policies: CardPolicies;
}) {
  return (
    <p className="facts" data-ties={policies.ties}>
      {cardFacts(head).join(' ')}
    </p>
  );
}

function CardBody({
  studyId,
  card,
  policies,
}: {
  readonly studyId: string;
  readonly card: GrowingCard;
  readonly policies: CardPolicies;
}) {
  const { head, parts, isLoading } = card;
  if (head === null) {
    return card.error === null ? (
      <p className="waiting" role="status">
        Working it out …
      </p>
    ) : null;
  }
  const { judge } = head;
  const compared = figureOf(parts.standing, ROW.judge_less_rater, 'kappa_difference')?.n ?? 0;
  if (judge === null) {
    return (
      <>
        <CardFacts head={head} policies={policies} />
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
      <StandingSection
        parts={parts}
        isLoading={isLoading('standing')}
        isWholeLoading={(['bias', 'slices', 'orders'] as const).some(isLoading)}
        next={(more) => <NextStep studyId={studyId} more={more} left={head.pairs - compared} />}
      />
      <CardFacts head={head} policies={policies} />
      <div className="card-parts-actions">
        <AllParts />
        <CopyCsvButton parts={Object.values(parts)} label="Copy the card as CSV" />
      </div>
      <div className="card-parts">
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
      </div>
    </>
  );
}
