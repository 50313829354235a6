import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../shared/contract/envelope.ts';
import type { MadePackView, PackFindingView, PackSummary } from '../../../shared/contract/pack-methods.ts';
import { USUAL_ACCEPTANCE } from '../../../shared/pack/usual-acceptance.ts';
import { downloadFile } from '../../api/host.ts';
import { useFollowedCall } from '../../state/followed-call.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { JobProgressView } from '../JobProgressView.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { AcceptanceFields } from './AcceptanceFields.tsx';

type Policy = 'undecided' | 'accept' | 'mask';

const POLICIES: Readonly<Record<Policy, string>> = {
  undecided: 'look for it, and ask me',
  mask: 'mask it',
  accept: 'leave it as it stands',
};

/** Makes a pack, or tops one up. */
export function MakePackPanel({
  studyId,
  packs,
  onMade,
}: {
  readonly studyId: string;
  readonly packs: readonly PackSummary[];
  readonly onMade: () => void;
}) {
  const [name, setName] = useState('');
  const [title, setTitle] = useState('');
  const [raters, setRaters] = useState('');
  const [percent, setPercent] = useState('100');
  const [passphrase, setPassphrase] = useState('');
  const [recipients, setRecipients] = useState('');
  const [identity, setIdentity] = useState<Policy>('undecided');
  const [personal, setPersonal] = useState<Policy>('undecided');
  const [acceptance, setAcceptance] = useState(USUAL_ACCEPTANCE);
  const [made, setMade] = useState<MadePackView | null>(null);
  const [findings, setFindings] = useState<{
    readonly places: number;
    readonly listed: readonly PackFindingView[];
  } | null>(null);
  const [problem, setProblem] = useState<Failure | null>(null);
  const sealing = useFollowedCall();
  const known = packs.find((pack) => pack.name === name.trim());
  const names = raters
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const keys = recipients.split(/\s+/u).filter((each) => each !== '');
  const share = Number(percent) / 100;
  const isReady =
    name.trim() !== '' &&
    title.trim() !== '' &&
    names.length > 0 &&
    share > 0 &&
    share <= 1 &&
    (passphrase !== '') !== keys.length > 0;
  const make = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await sealing.call('packs.make', {
      studyId,
      name: name.trim(),
      isTopUp: known !== undefined,
      options: {
        title: title.trim(),
        raters: names,
        share: share === 1 ? null : share,
        pairs: null,
        identity,
        personal,
        spared: [],
        acceptance,
      },
      passphrase: keys.length > 0 ? null : passphrase,
      recipients: keys,
    });
    setProblem(reply.ok ? null : reply.error);
    setMade(reply.ok ? reply.value.made : null);
    setFindings(reply.ok ? reply.value.findings : null);
    if (!reply.ok || reply.value.made === null) return;
    onMade();
    setName('');
    setRaters('');
    setPassphrase('');
    const { downloadId, path } = reply.value.made;
    if (downloadId !== null) await downloadFile(downloadId, path.split(/[/\\]/u).at(-1) ?? 'work.touchpack');
  };
  return (
    <section className="panel">
      <h2>{known === undefined ? 'Make a pack' : `Top up “${known.name}”`}</h2>
      <form className="stacked-form pack-form" onSubmit={(event) => void make(event)}>
        <label>
          Name, for you (one that is out is topped up)
          <input
            value={name}
            maxLength={80}
            list="pack-names"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <datalist id="pack-names">
          {packs.map((pack) => (
            <option key={pack.packId} value={pack.name} />
          ))}
        </datalist>
        <label>
          Title, for the raters
          <input value={title} maxLength={120} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <label>
          Pseudonyms of the raters, with commas between
          <input value={raters} onChange={(event) => setRaters(event.target.value)} />
        </label>
        <label>
          Share of the pairs, in %
          <input
            type="number"
            min="0.1"
            max="100"
            step="any"
            value={percent}
            onChange={(event) => setPercent(event.target.value)}
          />
        </label>
        <div className="field-pair">
          <label>
            Passphrase that opens it (12 characters or more)
            <input
              type="password"
              value={passphrase}
              maxLength={1000}
              autoComplete="new-password"
              disabled={keys.length > 0}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </label>
          <label>
            or public keys of the vendor (age1 …)
            <textarea
              rows={1}
              value={recipients}
              disabled={passphrase !== ''}
              onChange={(event) => setRecipients(event.target.value)}
            />
          </label>
        </div>
        <div className="field-pair">
          <PolicySelect label="What says who wrote a text" policy={identity} onPolicy={setIdentity} />
          <PolicySelect label="Personal data and keys" policy={personal} onPolicy={setPersonal} />
        </div>
        <AcceptanceFields rule={acceptance} onRule={setAcceptance} />
        <div className="button-row">
          <button type="submit" className="primary" disabled={!isReady || sealing.isRunning}>
            {sealing.isRunning ? 'Sealing …' : known === undefined ? 'Make the pack' : 'Top up the pack'}
          </button>
        </div>
      </form>
      {sealing.job !== null && <JobProgressView job={sealing.job} />}
      {problem !== null && <ErrorNote error={problem} />}
      {findings !== null && <Findings {...findings} />}
      {made !== null && (
        <div role="status" className="made-return">
          <p>
            {made.pairs.toLocaleString('en')} pairs for {made.raters.map((rater) => rater.name).join(', ')}
            {made.masked === 0 ? '' : `, ${made.masked.toLocaleString('en')} places masked`}:{' '}
            <code>{made.path}</code>
          </p>
          <p>
            It is signed by <strong className="key-words">{made.words}</strong>. Send these words by another
            way than the file, and what opens it by a third.
          </p>
        </div>
      )}
    </section>
  );
}

function PolicySelect({
  label,
  policy,
  onPolicy,
}: {
  readonly label: string;
  readonly policy: Policy;
  readonly onPolicy: (policy: Policy) => void;
}) {
  return (
    <label>
      {label}
      <select value={policy} onChange={(event) => onPolicy(event.target.value as Policy)}>
        {(Object.keys(POLICIES) as Policy[]).map((each) => (
          <option key={each} value={each}>
            {POLICIES[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Findings({
  places,
  listed,
}: {
  readonly places: number;
  readonly listed: readonly PackFindingView[];
}) {
  return (
    <div role="alert" className="error-note">
      <p>
        No pack was made: {places.toLocaleString('en')} places look as if they should not leave. Say above
        what becomes of them.
      </p>
      <TableScroll label="Places that look as if they should not leave">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <NumberHead>Places</NumberHead>
              <th scope="col">Found</th>
            </tr>
          </thead>
          <tbody>
            {listed.map(({ rule, found, places: count, excerpt }) => (
              <tr key={`${rule}|${found}|${excerpt}`}>
                <td>{rule.replaceAll('_', ' ')}</td>
                <td className="number">{count}</td>
                <td dir="auto">
                  {excerpt === '' ? 'shown after unblinding, and by the command line' : excerpt}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </div>
  );
}
