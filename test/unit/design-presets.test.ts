/** Presets are designs that a study takes, and set all the same rules; a design is read in five sentences. */
import { describe, expect, it } from 'vitest';
import { DESIGN_PARTS, designSentences } from '../../shared/report/design-sentences.ts';
import { DESIGN_PRESETS, designWithPreset } from '../../shared/study/design-presets.ts';
import { defaultDesign, type StudyDesign, studyDesignSchema } from '../../shared/study/study.ts';

const DESIGN = defaultDesign('0123456789abcdef');
const KNOWN = { answers: 'left or right', knownAnswers: { qualifying: 3, gold: 3 } };
const sentences = (changes: Partial<StudyDesign> = {}, known = KNOWN) =>
  designSentences({ ...DESIGN, ...changes }, known);
const withRules = DESIGN_PRESETS.filter(({ rules }) => rules !== null);

describe('a preset', () => {
  it.each(DESIGN_PRESETS)('“$label” makes a design that a study takes', (preset) => {
    const made = designWithPreset(DESIGN, preset, false);
    expect(studyDesignSchema.safeParse(made).error).toBeUndefined();
    expect(designWithPreset(made, preset, false)).toEqual(made);
  });

  it.each(withRules)('“$label” leaves nothing of the one before, and all that people wrote', (preset) => {
    const written: StudyDesign = {
      ...DESIGN,
      guideline: 'Mine.',
      consent: 'Agree.',
      rubric: { criteria: [{ name: 'true', about: '' }], reasonTags: ['long'] },
      retainUntil: '2030-01-01',
      marksSpans: true,
    };
    for (const other of withRules) {
      const made = designWithPreset(designWithPreset(written, other, false), preset, false);
      expect(made).toEqual(designWithPreset(written, preset, false));
      const { guideline, consent, rubric, retainUntil, marksSpans, seed } = written;
      expect(made).toMatchObject({ guideline, consent, rubric, retainUntil, marksSpans, seed });
    }
  });

  it.each(withRules)('“$label” leaves the scale of a study with votes', (preset) => {
    const made = designWithPreset({ ...DESIGN, scale: 'graded_7' }, preset, true);
    expect(made.scale).toBe('graded_7');
    expect(made).toEqual({ ...designWithPreset(DESIGN, preset, false), scale: 'graded_7' });
  });

  it('differs from every other', () => {
    const made = DESIGN_PRESETS.map((preset) => JSON.stringify(designWithPreset(DESIGN, preset, false)));
    expect(new Set(made).size).toBe(DESIGN_PRESETS.length);
  });
});

describe('the sentences of a design', () => {
  it('tell what nobody chose', () => {
    expect(sentences()).toEqual({
      answers: 'Raters answer left or right.',
      raters: 'Every rater sees every pair.',
      checks: 'No pair is a check; 7 rules warn you of a rater.',
      pace: 'A pair may be answered after 0.25 s; a break is suggested after 45 minutes; there are no blocks.',
      texts: expect.stringMatching(
        /^Raters read a guideline of \d+ words and agree to nothing beforehand\.$/u,
      ),
    });
  });

  it('tell of training, and where no pair is known for it', () => {
    const training = { passMark: 0.755, attempts: 1 };
    expect(sentences({ training }).answers).toBe(
      'Raters qualify first (75.5 % right in 1 attempt), then answer left or right.',
    );
    const none = { ...KNOWN, knownAnswers: { qualifying: 0, gold: 0 } };
    expect(sentences({ training }, none).answers).toContain('in 1 attempt, for which no pair is known yet)');
    const checks = { ...DESIGN.checks, goldShare: 0.05 };
    expect(sentences({ checks }, none).checks).toContain('5 % gold pairs (none is known yet) are checks');
    expect(sentences({ checks }).checks).toContain('5 % gold pairs are checks');
  });

  it('tell what raters may say beside the verdict', () => {
    expect(
      sentences({
        marksSpans: true,
        asksConfidence: true,
        rubric: { criteria: [{ name: 'true', about: '' }], reasonTags: ['long'] },
      }).answers,
    ).toBe(
      'Raters answer left or right, and may judge 1 criterion, tick reasons, mark the reason in the texts and say how sure they are.',
    );
  });

  it('tell how many raters see a pair, and not what changes nothing', () => {
    expect(sentences({ ratersPerPair: 1, overlapShare: 0.2 }).raters).toBe(
      'One rater sees each pair; 20 % of all pairs are seen by every rater.',
    );
    expect(sentences({ ratersPerPair: 3, ratersWhereSplit: 5 }).raters).toBe(
      '3 raters see each pair, 5 where those before were split.',
    );
    expect(sentences({ ratersPerPair: 3, ratersWhereSplit: 2 }).raters).toBe('3 raters see each pair.');
    expect(sentences({ ratersPerPair: null, overlapShare: 0.2 }).raters).toBe('Every rater sees every pair.');
  });

  it('tell pace, blocks, consent and what comes afterwards', () => {
    expect(sentences({ minimumViewingMs: 0, breakAfterMinutes: null, blockSize: 1200 }).pace).toBe(
      'A pair may be answered at once; no break is suggested; votes are final after each block of 1,200 pairs.',
    );
    expect(
      sentences({ guideline: 'Rather short.', consent: 'Yes?', systemGuesses: 1, retainUntil: '2030-01-01' })
        .texts,
    ).toBe(
      'Raters read a guideline of 2 words, agree to a text beforehand, and guess 1 time at the end who wrote what; the study is kept until 2030-01-01.',
    );
    expect(sentences({ guideline: ' ' }).texts).toContain('Raters read no guideline and agree to nothing');
  });

  it('show every rule that a preset sets: two presets that differ never read alike', () => {
    const read = DESIGN_PRESETS.map((preset) => {
      const told = sentences(designWithPreset(DESIGN, preset, false));
      return DESIGN_PARTS.map((part) => told[part]).join(' ');
    });
    expect(new Set(read).size).toBe(DESIGN_PRESETS.length);
  });
});
