import type { AnswerKey } from '../../../shared/pack/answer-key.ts';
import { knownOnScale } from '../../../shared/rating/rules.ts';
import { answersOfScale, type Side } from '../../../shared/study/verdict.ts';
import { answerOfVerdict } from '../../../shared/study/vote-details.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { packedPresentations, packRaters } from '../store/packs/packs.ts';
import { type KnownAnswer, knownAnswerOf } from '../store/study/known-answers.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { PackSecret } from './pack-secret.ts';

type Right = AnswerKey['gold'][string];

/** A known answer in terms of the screen. */
export function answerOnScreen(
  known: Pick<KnownAnswer, 'verdict'>,
  leftSide: Side,
  { design }: StudyRow,
): Right {
  return knownOnScale(answerOfVerdict(known.verdict, leftSide) as Right, design.scale);
}

/** Which presentations of a pack check a rater, and what is right about them. */
export function answerKeyOf(
  store: ReadStore,
  study: StudyRow,
  pack: { readonly id: number; readonly publicId: string },
  revision: number,
  secret: PackSecret,
): AnswerKey {
  const key = { gold: {}, qualifying: {}, catches: {}, repeats: {} } as {
    gold: Record<string, Right>;
    qualifying: Record<string, Right>;
    catches: Record<string, Right[]>;
    repeats: Record<string, string>;
  };
  const offered = answersOfScale(study.design.scale) as readonly string[];
  for (const { id } of packRaters(store, pack.id)) {
    const presentations = packedPresentations(store, id);
    const publicIdOf = new Map(presentations.map((shown) => [shown.id, shown.publicId]));
    for (const { publicId, kind, pairId, leftSide, repeatOf } of presentations) {
      const known = kind === 'gold' || kind === 'qualifying' ? knownAnswerOf(store, pairId) : undefined;
      if (known !== undefined && (kind === 'gold' || kind === 'qualifying'))
        key[kind][publicId] = answerOnScreen(known, leftSide, study);
      const right: Right[] =
        kind === 'identical'
          ? ['tie', 'both_bad']
          : kind === 'off_topic'
            ? [answerOfVerdict('first', leftSide) as Right, 'both_bad']
            : [];
      if (right.length > 0) key.catches[publicId] = right.filter((answer) => offered.includes(answer));
      const before = kind === 'repeat' && repeatOf !== null ? publicIdOf.get(repeatOf) : undefined;
      if (before !== undefined) key.repeats[publicId] = before;
    }
  }
  return {
    touchpackAnswers: 1,
    packId: pack.publicId,
    revision,
    salt: secret.hex('answers', revision),
    ...key,
  };
}
