/** What of a pack's texts looks as if it should not leave, gathered so that a person can decide about it. */
import {
  MASK,
  type SensitiveGroup,
  type SensitiveSpan,
  sensitiveSpans,
} from '../../../shared/blind/sensitive-text.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { Conversation } from '../../../shared/study/conversation.ts';

export interface PackFinding {
  readonly group: SensitiveGroup;
  readonly rule: string;
  /** What was found, as it stands there. */
  readonly found: string;
  readonly places: number;
  /** The first place, with what stands around it. */
  readonly excerpt: string;
}

/** Findings that are listed; the rest are counted. */
export const MOST_FINDINGS = 500;
const LONGEST_FOUND = 200;
const AROUND = 30;

/** Masks texts by what was decided, and keeps what was not. */
export class PackFindings {
  readonly #systemNames: readonly string[];
  readonly #policy: Readonly<Record<SensitiveGroup, 'undecided' | 'accept' | 'mask'>>;
  readonly #spared: ReadonlySet<string>;
  readonly #undecided = new Map<string, { -readonly [Key in keyof PackFinding]: PackFinding[Key] }>();
  undecidedPlaces = 0;
  masks = 0;

  constructor(
    systemNames: readonly string[],
    policy: Readonly<Record<SensitiveGroup, 'undecided' | 'accept' | 'mask'>>,
    spared: readonly string[],
  ) {
    this.#systemNames = systemNames;
    this.#policy = policy;
    this.#spared = new Set(spared);
  }

  /** A conversation as it leaves. */
  pass(conversation: Conversation): Conversation {
    if (this.#policy.identity === 'accept' && this.#policy.personal === 'accept') return conversation;
    return conversation.map((message) => ({ ...message, content: this.passText(message.content) }));
  }

  passText(text: string): string {
    const spans = sensitiveSpans(text, this.#systemNames).filter(
      ({ group, from, to }) => this.#policy[group] !== 'accept' && !this.#spared.has(text.slice(from, to)),
    );
    if (spans.length === 0) return text;
    for (const span of spans) if (this.#policy[span.group] === 'undecided') this.#keep(text, span);
    let [masked, end, masks] = ['', 0, 0];
    for (const { group, from, to } of spans) {
      if (this.#policy[group] !== 'mask') continue;
      if (from >= end || masks === 0) {
        masked += text.slice(end, from) + MASK;
        masks++;
      }
      end = Math.max(end, to);
    }
    this.masks += masks;
    return masked + text.slice(end);
  }

  /** A text that cannot be masked, because votes or files name it. Throws where it would have to be. */
  requireClean(what: string, text: string): string {
    if (this.passText(text) !== text)
      throw new ServiceError('conflict', { key: 'pack_making.name_must_not_leave', values: { text, what } });
    return text;
  }

  /** What nobody decided about, most places first. */
  get undecided(): PackFinding[] {
    return [...this.#undecided.values()].sort(
      (left, right) => right.places - left.places || (left.found < right.found ? -1 : 1),
    );
  }

  #keep(text: string, { group, rule, from, to }: SensitiveSpan): void {
    this.undecidedPlaces++;
    const found = text.slice(from, to);
    const key = `${rule}|${found}`;
    const known = this.#undecided.get(key);
    if (known !== undefined) known.places++;
    else if (this.#undecided.size < MOST_FINDINGS) {
      const before = text.slice(Math.max(0, from - AROUND), from);
      const after = text.slice(Math.min(to, from + LONGEST_FOUND), to + AROUND).slice(0, AROUND);
      const shown = found.slice(0, LONGEST_FOUND);
      const excerpt = `${before}${shown}${after}`.replace(/\s+/gu, ' ').trim();
      this.#undecided.set(key, { group, rule, found: shown, places: 1, excerpt });
    }
  }
}
