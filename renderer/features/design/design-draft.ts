import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { canonicalJson } from '../../../shared/json/canonical-json.ts';

export type Design = StudyDetails['design'];

/** A design as it is being typed: lists are lines of text until they are saved. */
export interface DesignDraft {
  readonly design: Design;
  /** One “name: what it asks” a line. */
  readonly criteria: string;
  /** Names of criteria without which no vote goes. */
  readonly required: readonly string[];
  /** One reason a line. */
  readonly tags: string;
}

export function draftOfDesign(design: Design): DesignDraft {
  const { criteria, reasonTags } = design.rubric;
  return {
    design,
    criteria: criteria.map(({ name, about }) => `${name}: ${about}`).join('\n'),
    required: criteria.flatMap(({ name, required }) => (required === true ? [name] : [])),
    tags: reasonTags.join('\n'),
  };
}

/** What a draft asks the host to make of the design. */
export function designOfDraft(
  draft: DesignDraft,
): InputOf<'studies.configure'>['design'] & Omit<Design, 'seed'> {
  const { seed: _seed, ...rules } = draft.design;
  return { ...rules, rubric: { criteria: criteriaOfDraft(draft), reasonTags: linesOf(draft.tags) } };
}

/** Whether saving would change nothing. */
export function isSaved(draft: DesignDraft, saved: Design): boolean {
  const { seed: _seed, ...rules } = saved;
  return canonicalJson(designOfDraft(draft)) === canonicalJson(rules);
}

export function criteriaOfDraft({
  criteria,
  required,
}: Pick<DesignDraft, 'criteria' | 'required'>): Design['rubric']['criteria'] {
  return linesOf(criteria).map((line) => {
    const [written = '', ...about] = line.split(':');
    const name = written.trim();
    return {
      name,
      about: about.join(':').trim(),
      ...(required.includes(name) ? { required: true } : {}),
    };
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
