import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import type { OpenedPack } from '../../shared/contract/pack-work-methods.ts';
import type { AcceptanceReport } from '../../shared/pack/acceptance.ts';
import { client, downloadFile } from '../api/host.ts';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { Page } from '../components/Page.tsx';
import { AcceptanceView } from '../components/packs/AcceptanceView.tsx';
import { OpenPackDialog } from '../components/packs/OpenPackDialog.tsx';
import { SyntheticBadge } from '../components/SyntheticBadge.tsx';
import { failureText } from '../language/failure-text.ts';
import { countText, numberText } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { openWork } from '../state/rating.ts';

type PackRater = OpenedPack['raters'][number];

/** All that a vendor's window shows beside the work itself: who works, and what goes back. */
export function PackScreen({ mayOpen = true }: { readonly mayOpen?: boolean }) {
  const { t } = useTranslation();
  const { value: packs, error, reload } = useQuery('packs.opened', {});
  const [isOpening, setIsOpening] = useState(false);
  const { value: host } = useQuery('host.info', {});
  const goBack = async () => {
    const reply = await client.call('host.showStudies', {});
    if (reply.ok && reply.value.address !== null) location.assign(reply.value.address);
  };
  return (
    <Page
      title={t('pack.title')}
      actions={
        mayOpen && (
          <>
            {host?.capabilities.studiesBeside === true && (
              <button type="button" onClick={() => void goBack()}>
                {t('pack.toStudies')}
              </button>
            )}
            <button type="button" onClick={() => setIsOpening(true)}>
              {t('pack.openAnother')}
            </button>
          </>
        )
      }
    >
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {packs?.map((pack) => (
        <PackPanel key={pack.packId} pack={pack} />
      ))}
      {isOpening && <OpenPackDialog file={null} onClose={() => setIsOpening(false)} />}
    </Page>
  );
}

function PackPanel({ pack }: { readonly pack: OpenedPack }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<PackRater | null>(
    pack.raters.length === 1 ? (pack.raters[0] ?? null) : null,
  );
  return (
    <section className="panel pack">
      <h2>
        <bdi>{pack.title}</bdi> {pack.isSynthetic && <SyntheticBadge />}
      </h2>
      <p className="quiet">
        {t('pack.signedBy')} <strong className="key-words">{pack.words}</strong>. {t('pack.compare')}
      </p>
      <h3>{t('pack.who')}</h3>
      <ul className="rater-choice">
        {pack.raters.map((rater) => (
          <li key={rater.name}>
            <button type="button" aria-pressed={chosen?.name === rater.name} onClick={() => setChosen(rater)}>
              <bdi>{rater.name}</bdi>{' '}
              <span className="quiet">
                {rater.isTaken
                  ? t('pack.done', { done: numberText(rater.done), total: numberText(rater.total) })
                  : t('pack.free', { pairs: countText('pair', rater.total) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {chosen !== null && <EnterForm key={chosen.name} pack={pack} rater={chosen} />}
      <ReturnForm pack={pack} />
    </section>
  );
}

/** A rater's own passphrase keeps the others at the same machine from the rater's votes. */
function EnterForm({ pack, rater }: { readonly pack: OpenedPack; readonly rater: PackRater }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState('');
  const isAsked = rater.isTaken ? rater.hasPassphrase : true;
  const isNeeded = rater.isTaken ? rater.hasPassphrase : pack.raters.length > 1;
  const enter = async (event: FormEvent) => {
    event.preventDefault();
    const failure = await openWork(pack.packId, rater.name, { passphrase });
    if (failure !== null)
      setProblem(failure.code === 'forbidden' ? t('pack.wrongPassphrase') : failureText(failure));
  };
  return (
    <form className="inline-form" onSubmit={(event) => void enter(event)}>
      {isAsked && (
        <label>
          {t(rater.isTaken ? 'pack.passphrase' : isNeeded ? 'pack.newPassphrase' : 'pack.maybePassphrase')}
          <input
            type="password"
            value={passphrase}
            maxLength={1000}
            autoComplete={rater.isTaken ? 'current-password' : 'new-password'}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </label>
      )}
      <button type="submit" className="primary" disabled={isNeeded && passphrase.trim() === ''}>
        {t(rater.isTaken ? 'pack.goOn' : 'pack.start', { rater: rater.name })}
      </button>
      <FieldProblem text={problem} />
    </form>
  );
}

function ReturnForm({ pack }: { readonly pack: OpenedPack }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<ReplyOf<'packs.makeReturn'> | null>(null);
  const [report, setReport] = useState<AcceptanceReport | null>(null);
  const [problem, setProblem] = useState('');
  const make = async () => {
    const reply = await client.call('packs.makeReturn', { packId: pack.packId });
    setProblem(reply.ok ? '' : failureText(reply.error));
    if (!reply.ok) return;
    setMade(reply.value);
    if (reply.value.downloadId !== null) await downloadFile(reply.value.downloadId, reply.value.name);
  };
  const check = async () => {
    const reply = await client.call('packs.check', { packId: pack.packId });
    setProblem(reply.ok ? '' : failureText(reply.error));
    if (reply.ok) setReport(reply.value);
  };
  return (
    <>
      <h3>{t('pack.handBack')}</h3>
      <p className="quiet">{t('pack.handBackAbout')}</p>
      <div className="button-row">
        <button type="button" disabled={pack.rows === 0} onClick={() => void make()}>
          {t('pack.makeReturn')}
        </button>
        <button type="button" disabled={pack.rows === 0} onClick={() => void check()}>
          {t('pack.check')}
        </button>
      </div>
      <FieldProblem text={problem} />
      {made !== null && (
        <div role="status" className="made-return">
          <p>
            {t(made.isComplete ? 'pack.madeWhole' : 'pack.madePart', { rows: numberText(made.rows) })}{' '}
            <code>{made.path ?? made.name}</code>
          </p>
          <p>
            {t('pack.tellWords')} <strong className="key-words">{made.words}</strong>
          </p>
        </div>
      )}
      {report !== null && (
        <Dialog title={t('pack.check')} onClose={() => setReport(null)} isWide>
          <AcceptanceView report={report} />
        </Dialog>
      )}
    </>
  );
}
