import { textSha256 } from '../json/content-hash.ts';
import type { PackManifest } from './pack-manifest.ts';
import type { PackPresentation } from './pack-rows.ts';
import type { PackContent } from './row-check.ts';

/**
 * What rows are held against, from the lists of the raters. Of what earlier revisions of the pack asked, nothing is known but
 * that it may have been something else.
 *
 * @param lengthOf characters of a text, by its id
 */
export function packContent(
  manifest: PackManifest,
  presentationsOf: (rater: string) => readonly PackPresentation[],
  lengthOf: (text: string) => number,
): PackContent {
  const { guideline, rubric, rules, revision } = manifest;
  const hasEarlier = revision > 1;
  const consent = textSha256(rules.consent);
  const found = new Map<
    string,
    { readonly rater: string; readonly place: number; readonly pair: PackPresentation }
  >();
  const firstWork = new Map<string, number>();
  for (const { name: rater } of manifest.raters) {
    const list = presentationsOf(rater);
    const first = list.findIndex(({ part }) => part === 'work');
    firstWork.set(rater, first === -1 ? list.length : first);
    for (const [place, pair] of list.entries()) found.set(pair.id, { rater, place, pair });
  }
  return {
    manifest,
    rubricOf: (version) => {
      if (version === guideline.version) return rubric;
      return hasEarlier && version < guideline.version ? 'not_kept' : null;
    },
    isConsent: (sha256) => sha256 === consent || hasEarlier,
    presentation: (id) => found.get(id),
    charactersOf: ({ left, right }) => lengthOf(left) + lengthOf(right),
    firstWorkOf: (rater) => firstWork.get(rater) ?? 0,
  };
}
