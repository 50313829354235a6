/** What is typed into a lead's form and not saved yet: kept for this window, over leaving, reload and crashes of the page. */
import { useRef, useState } from 'react';

interface Typed<Value> {
  readonly value: Value;
  /** Whether the form was opened with what was typed before. */
  readonly isFromBefore: boolean;
  readonly type: (value: Value) => void;
  /** As `type`, by what is typed by then: for what comes back from the host after more was typed. */
  readonly change: (part: Partial<Value>) => void;
  /** Called once it is saved, or thrown away: the form shows this, and nothing is kept. */
  readonly settle: (value: Value) => void;
}

/**
 * @param place names the form, unlike any other
 * @param asSaved what the form shows where nothing was typed
 */
export function useTyped<Value>(place: string, asSaved: Value): Typed<Value> {
  const key = `touchstone-typed ${place}`;
  const [before] = useState(() => read<Value>(key));
  const [value, setValue] = useState<Value>(before ?? asSaved);
  const latest = useRef(value);
  const [isFromBefore, setIsFromBefore] = useState(before !== null);
  const show = (shown: Value) => {
    latest.current = shown;
    setValue(shown);
  };
  const type = (typed: Value) => {
    show(typed);
    write(key, typed);
  };
  return {
    value,
    isFromBefore,
    type,
    change: (part) => type({ ...latest.current, ...part }),
    settle: (settled) => {
      show(settled);
      setIsFromBefore(false);
      sessionStorage.removeItem(key);
    },
  };
}

function read<Value>(key: string): Value | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Value | null;
  } catch {
    return null;
  }
}

/** Where the browser has no room left, the form works on and only leaving it loses what is typed. */
function write(key: string, typed: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(typed));
  } catch {
    sessionStorage.removeItem(key);
  }
}
