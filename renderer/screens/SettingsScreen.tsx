import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_SETTINGS, LANGUAGES, type Settings } from '../../shared/study/settings.ts';
import { keyLabel, keyNameOf } from '../actions/key-name.ts';
import { boundActions, keyRefusal, type RatingAction } from '../actions/rating-action.ts';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { Page } from '../components/Page.tsx';
import type { Translate } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

export function SettingsScreen() {
  const { t } = useTranslation();
  const { language, theme, keys, textSize, textWidth, sessionGoal } = useSettings();
  const { value: host } = useQuery('host.info', {});
  const [problem, setProblem] = useState('');
  const change = async (settings: Partial<Settings>) => setProblem((await changeSettings(settings)) ?? '');
  const actions = boundActions(keys);
  return (
    <Page title={t('settings.title')}>
      <FieldProblem text={problem} />
      <section className="panel">
        <h2>{t('settings.appearance')}</h2>
        <fieldset className="inline-form">
          <legend className="visually-hidden">{t('settings.theme')}</legend>
          {(['system', 'light', 'dark'] as const).map((value) => (
            <label key={value} className="radio">
              <input
                type="radio"
                name="theme"
                checked={theme === value}
                onChange={() => void change({ theme: value })}
              />
              {t(`settings.${value}`)}
            </label>
          ))}
        </fieldset>
      </section>
      <section className="panel">
        <h2>{t('settings.reading')}</h2>
        <div className="inline-form">
          <label>
            {t('settings.language')}
            <select
              value={language}
              onChange={(event) => void change({ language: event.target.value as Settings['language'] })}
            >
              <option value="system">{t('settings.system')}</option>
              {Object.entries(LANGUAGES).map(([code, { name }]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <NumberSetting
            label={t('settings.textSize')}
            value={Math.round(100 * textSize)}
            min={80}
            max={200}
            onChange={(percent) => void change({ textSize: (percent ?? 100) / 100 })}
          />
          <NumberSetting
            label={t('settings.textWidth')}
            value={textWidth}
            min={45}
            max={140}
            onChange={(width) => void change({ textWidth: width ?? DEFAULT_SETTINGS.textWidth })}
          />
          <NumberSetting
            label={t('settings.goal')}
            value={sessionGoal}
            min={1}
            max={10_000}
            onChange={(goal) => void change({ sessionGoal: goal })}
          />
        </div>
      </section>
      <section className="panel">
        <h2>{t('settings.keys')}</h2>
        <table className="data">
          <thead>
            <tr>
              <th>{t('settings.action')}</th>
              <th>{t('settings.key')}</th>
              <th>
                <span className="visually-hidden">{t('settings.change')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action.id}>
                <td>{t(`action.${action.id}.about`)}</td>
                <td>
                  {action.keys.map((key) => (
                    <kbd key={key}>{keyLabel(key)}</kbd>
                  ))}
                </td>
                <td>
                  <KeyRecorder
                    action={action}
                    actions={actions}
                    onProblem={setProblem}
                    onKey={(key) => void change({ keys: { ...keys, [action.id]: [key] } })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <button type="button" onClick={() => void change({ keys: {} })}>
          {t('settings.usualKeys')}
        </button>
      </section>
      <p className="quiet">
        Touchstone {host?.version} · {t(host?.host === 'desktop' ? 'settings.desktop' : 'settings.browser')}
      </p>
    </Page>
  );
}

/** A number that is kept when it is whole: while it is typed it may be anything. */
function NumberSetting({
  label,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | null) => void;
}) {
  return (
    <label>
      {label}
      <input
        key={value}
        type="number"
        min={min}
        max={max}
        defaultValue={value ?? ''}
        onBlur={({ target }) => {
          const typed = target.value === '' ? null : Number(target.value);
          if (target.validity.valid && typed !== value) onChange(typed);
        }}
      />
    </label>
  );
}

function KeyRecorder({
  action,
  actions,
  onKey,
  onProblem,
}: {
  readonly action: RatingAction;
  readonly actions: readonly RatingAction[];
  readonly onKey: (key: string) => void;
  readonly onProblem: (text: string) => void;
}) {
  const { t } = useTranslation();
  const [isRecording, setIsRecording] = useState(false);
  return (
    <button
      type="button"
      aria-label={t(isRecording ? 'settings.pressFor' : 'settings.changeFor', {
        action: t(`action.${action.id}.about`),
      })}
      onClick={() => setIsRecording(true)}
      onBlur={() => setIsRecording(false)}
      onKeyDown={(event) => {
        if (
          !isRecording ||
          /^(?:Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|Dead)$/u.test(event.key)
        )
          return;
        event.preventDefault();
        if (event.key === 'Escape') {
          setIsRecording(false);
          return;
        }
        const key = keyNameOf(event.nativeEvent);
        const refusal = keyRefusal(key, action.id, actions);
        onProblem(refusal === null ? '' : refusalText(t, key, refusal));
        if (refusal === null) {
          setIsRecording(false);
          onKey(key);
        }
      }}
    >
      {t(isRecording ? 'settings.press' : 'settings.change')}
    </button>
  );
}

function refusalText(t: Translate, key: string, refusal: NonNullable<ReturnType<typeof keyRefusal>>): string {
  return refusal === 'reserved'
    ? t('settings.reserved', { key: keyLabel(key) })
    : t('settings.taken', { key: keyLabel(key), action: t(`action.${refusal.heldBy}.label`) });
}
