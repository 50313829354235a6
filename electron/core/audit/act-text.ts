import { isDeepStrictEqual } from 'node:util';
import { countedText, countText } from '../../../shared/report/number-texts.ts';
import type { AuditAction, StoredAct } from '../store/engine/audit-actions.ts';

type Texts = {
  readonly [Action in AuditAction]: (details: StoredAct<Action>['details'], isBlind: boolean) => string;
};

/** What an act did, in words. While a study is blind no name of a file is told: files are often named after what wrote them. */
export function actText<Action extends AuditAction>(
  { action, details }: StoredAct<Action>,
  isBlind: boolean,
): string {
  return (TEXTS[action] as (details: unknown, isBlind: boolean) => string)(details, isBlind);
}

const files = (names: readonly string[], isBlind: boolean) =>
  isBlind ? countedText(names.length, 'file') : names.join(', ');

const decision =
  (what: string) =>
  ({ rater, reason }: { readonly rater: string; readonly reason: string }) =>
    `${what} ${rater}${reason === '' ? '' : `: ${reason}`}`;

const packOf =
  (what: string) =>
  (details: {
    readonly pack: string;
    readonly revision: number;
    readonly raters: readonly { readonly name: string; readonly presentations: number }[];
  }) =>
    `${what} “${details.pack}”, revision ${details.revision}: ${details.raters.map(({ name, presentations }) => `${name} ${countText(presentations)}`).join(', ')}`;

const TEXTS: Texts = {
  'study.created': ({ name }) => `Made the study “${name}”`,
  'study.configured': ({ before, after }) =>
    ['Changed the design', ...changedFields(before, after)].join(': '),
  'study.configured_elsewhere': ({ fields }) =>
    `Took over from an import that the design was changed elsewhere: ${fields.join(', ')}`,
  'study.unblinded': () => 'Unblinded the study',
  'study.renamed': ({ from, to }) => `Renamed the study from “${from}” to “${to}”`,
  'study.archived': () => 'Archived the study',
  'study.restored': () => 'Took the study out of the archive',
  'study.deleted': ({ name, pairs, votes }) =>
    `Deleted the study “${name}” of ${countedText(pairs, 'pair')} and ${countedText(votes, 'vote')}`,
  'plan.stored': ({ sha256 }) => `Stored the analysis plan ${sha256.slice(0, 16)}`,
  'known_answers.added': ({ added }) => `Named ${countedText(added, 'known answer')}`,
  'pairs.drawn': ({ wave, pairs, method }) =>
    `Drew ${countedText(pairs, 'pair')} to rate (draw ${wave + 1}, ${String(method.kind ?? 'drawn')})`,
  import: ({ counts, sources }, isBlind) =>
    `Imported ${files(
      sources.map(({ name }) => name),
      isBlind,
    )}: ${countsText(counts)}`,
  export: ({ format, files: written }) =>
    `Exported ${format}${written === undefined ? '' : `, ${countedText(written.length, 'file')}`}`,
  'consent.given': () => 'Gave consent',
  'rating.begun': () => 'Began to rate',
  'rating.recorded': () => 'Recorded a vote',
  'rating.retracted': () => 'Took a vote back',
  'block.closed': ({ block }) => `Finished block ${block + 1}`,
  'guess.given': () => 'Said which system may have written an output',
  'note.erased': () => 'Erased a note',
  'rater.excluded': decision('Left out the votes of'),
  'rater.restored': decision('Counts again the votes of'),
  'rater.paused': decision('Paused'),
  'rater.resumed': decision('Let go on'),
  'rater.decided_elsewhere': ({ rater, about, isOn, reason }) =>
    `Took over from an import: ${about} of ${rater} ${isOn ? 'begun' : 'ended'}${reason === '' ? '' : `: ${reason}`}`,
  'seat.handed': ({ rater, role }) => `Handed the window over to ${rater}, as ${role}`,
  'seat.taken_back': ({ rater }) => `Took the window back from ${rater}`,
  'disagreement.classified': (details) =>
    details.class === null
      ? 'Took the class of a disagreement away'
      : `Classed a disagreement as ${details.class}`,
  'pair.left_out': ({ pair, reason }) => `Left pair ${countText(pair)} out: ${reason}`,
  'pair.taken_back': ({ pair, reason }) => `Counts pair ${countText(pair)} again: ${reason}`,
  'gaps.asked_again': ({ pairs, guidelineVersion }) =>
    `Asked ${countedText(pairs, 'pair')} again under version ${guidelineVersion} of the guideline`,
  'review.made': ({ pairs, plan }) =>
    `Made a review (${String(plan.kind ?? 'review')}) of ${countedText(pairs, 'pair')}`,
  'pack.made': packOf('Made the pack'),
  'pack.written_again': packOf('Wrote again the pack'),
  'pack.closed': ({ pack }) => `Closed the pack “${pack}”`,
  'pack.opened': ({ revision, isKeyKnown }) =>
    `Opened a pack, revision ${revision}${isKeyKnown ? '' : ', by a key not seen before'}`,
  'return.merged': ({ pack, file, counts, isRecovered }, isBlind) =>
    `Merged a return of the pack “${pack}”${isBlind ? '' : ` (${file})`}${isRecovered ? ', recovered' : ''}: ${countsText(counts)}`,
  'ratings.merged': ({ from, to }) => `Took in ${countedText(to - from + 1, 'vote')} of a return`,
  judge_added: ({ judge }) => `Added the judge ${judge}`,
  judge_panel_made: ({ name, members }) => `Made the panel ${name} of ${members.join(', ')}`,
  judge_run_started: ({ judge, origin }) => `Ran the judge ${judge} at ${origin}`,
  'judge.run_ended': ({ judge, ending }) => `A run of ${judge ?? 'a judge'} ended: ${ending}`,
  judge_batch_sent: ({ judge, origin, requests }) =>
    `Sent a batch of ${countedText(requests, 'request')} for ${judge} to ${origin}`,
  judge_test_split_looked_at: ({ judge }) =>
    `Looked at the test split of ${judge}, which can still be changed`,
};

/** Names of fields that are not what they were, as one text; none where nothing is. */
function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  const changed = Object.keys(after).filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return changed.length === 0 ? [] : [changed.join(', ')];
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const named = Object.entries(counts).filter(([, count]) => count > 0);
  return named.length === 0
    ? 'nothing new'
    : named
        .map(([what, count]) => `${countText(count)} ${what.replaceAll(/([A-Z])/gu, ' $1').toLowerCase()}`)
        .join(', ');
}
