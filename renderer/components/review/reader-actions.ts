/** What a lead does with a disagreement on screen, wherever it is read: say why people part, or step on. */
import type { DisagreementClass } from '../../../shared/review/disagreement-class.ts';
import { CLASS_NAMES } from './class-names.ts';

export interface ReaderAction {
  readonly keys: readonly string[];
  readonly label: string;
  /** What it says of the pair on screen; undefined for what says nothing. */
  readonly class?: DisagreementClass | null;
  readonly step?: 1 | -1;
  readonly queues?: true;
}

const CLASSES: readonly ReaderAction[] = [
  ...(Object.keys(CLASS_NAMES) as DisagreementClass[]).map((name, place) => ({
    keys: [String(place + 1)],
    label: CLASS_NAMES[name],
    class: name,
  })),
  { keys: ['0'], label: 'No class', class: null },
];

const STEPS: readonly ReaderAction[] = [
  { keys: ['arrowleft'], label: 'Earlier', step: -1 },
  { keys: ['arrowright'], label: 'Next', step: 1 },
];

export const READER_ACTIONS: readonly ReaderAction[] = [...CLASSES, ...STEPS];

export const QUEUE_ACTION: ReaderAction = { keys: ['q'], label: 'Queue for adjudicators', queues: true };
