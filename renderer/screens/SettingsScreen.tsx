import { useState } from 'react';
import { DEFAULT_SETTINGS, LANGUAGES, type Settings } from '../../shared/domain/settings.ts';
import {
  boundActions,
  keyLabel,
  keyNameOf,
  keyRefusal,
  type RatingAction,
} from '../actions/rating-action.ts';
import { FieldProblem } from '../components/FieldProblem.tsx';
import { Page } from '../components/Page.tsx';
import { english } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { changeSettings, useSettings } from '../state/settings.ts';

export function SettingsScreen() {
  const { language, theme, keys, textSize, textWidth, sessionGoal } = useSettings();
  const { value: host } = useQuery('host.info', {});
  const [problem, setProblem] = useState('');
  const change = async (settings: Partial<Settings>) => setProblem((await changeSettings(settings)) ?? '');
  const actions = boundActions(keys);
  return (
    <Page title="Settings">
      <FieldProblem text={problem} />
      <section className="panel">
        <h2>Appearance</h2>
        <fieldset className="inline-form">
          <legend className="visually-hidden">Theme</legend>
          {(['system', 'light', 'dark'] as const).map((value) => (
            <label key={value} className="radio">
              <input
                type="radio"
                name="theme"
                checked={theme === value}
                onChange={() => void change({ theme: value })}
              />
              {value === 'system' ? 'as the system' : value}
            </label>
          ))}
        </fieldset>
      </section>
      <section className="panel">
        <h2>Reading</h2>
        <div className="inline-form">
          <label>
            Language of the rater’s screens
            <select
              value={language}
              onChange={(event) => void change({ language: event.target.value as Settings['language'] })}
            >
              <option value="system">as the system</option>
              {Object.entries(LANGUAGES).map(([code, { name }]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <NumberSetting
            label="Size of texts, in %"
            value={Math.round(100 * textSize)}
            min={80}
            max={200}
            onChange={(percent) => void change({ textSize: (percent ?? 100) / 100 })}
          />
          <NumberSetting
            label="Longest line, in characters"
            value={textWidth}
            min={45}
            max={140}
            onChange={(width) => void change({ textWidth: width ?? DEFAULT_SETTINGS.textWidth })}
          />
          <NumberSetting
            label="Votes to give in one session (empty: no goal)"
            value={sessionGoal}
            min={1}
            max={10_000}
            onChange={(goal) => void change({ sessionGoal: goal })}
          />
        </div>
      </section>
      <section className="panel">
        <h2>Keys for rating</h2>
        <table className="data">
          <thead>
            <tr>
              <th>Action</th>
              <th>Keys</th>
              <th>
                <span className="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action) => (
              <tr key={action.id}>
                <td>{english(`action.${action.id}.about`)}</td>
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
          Back to the usual keys
        </button>
      </section>
      <p className="quiet">
        Touchstone {host?.version} · {host?.host === 'desktop' ? 'desktop window' : 'browser on loopback'}
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
  const [isRecording, setIsRecording] = useState(false);
  return (
    <button
      type="button"
      aria-label={
        isRecording
          ? `Press the new key for: ${english(`action.${action.id}.about`)}`
          : `Change the key for: ${english(`action.${action.id}.about`)}`
      }
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
        onProblem(refusal === null ? '' : refusalText(key, refusal));
        if (refusal === null) {
          setIsRecording(false);
          onKey(key);
        }
      }}
    >
      {isRecording ? 'Press a key …' : 'Change'}
    </button>
  );
}

function refusalText(key: string, refusal: NonNullable<ReturnType<typeof keyRefusal>>): string {
  return refusal === 'reserved'
    ? `“${keyLabel(key)}” is needed for moving about the page.`
    : `“${keyLabel(key)}” already means “${english(`action.${refusal.heldBy}.label`)}”.`;
}
