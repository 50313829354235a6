import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MarkedSpan, MOST_SPANS, sentencesOf, shownTexts, spanOf } from '../../reading/marked-spans.ts';
import { Dialog } from '../Dialog.tsx';

/** Marks sentences of either output as the reason, without a mouse. */
export function MarkDialog({
  spans,
  onSpans,
  onClose,
}: {
  readonly spans: readonly MarkedSpan[];
  readonly onSpans: (spans: MarkedSpan[]) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [sides] = useState(() => {
    const texts = shownTexts();
    return texts === null
      ? []
      : (['left', 'right'] as const).map((side) => ({
          side,
          text: texts[side],
          sentences: sentencesOf(texts[side]).map(({ from, to }) => spanOf(texts[side], side, from, to)),
        }));
  });
  const isSame = (one: MarkedSpan, two: MarkedSpan) =>
    one.side === two.side && one.from === two.from && one.to === two.to;
  const sentences = sides.flatMap((each) => each.sentences);
  const others = spans.filter((span) => !sentences.some((sentence) => isSame(sentence, span)));
  const toggle = (span: MarkedSpan, isOn: boolean) =>
    onSpans(isOn ? [...spans, span].slice(0, MOST_SPANS) : spans.filter((each) => !isSame(each, span)));
  return (
    <Dialog title={t('mark.title')} isWide onClose={onClose}>
      <p className="quiet">{t('mark.about', { key: 'M' })}</p>
      <div className="mark-sides">
        {sides.map(({ side, text, sentences: own }) => (
          <fieldset key={side}>
            <legend>{t(`pair.${side}`)}</legend>
            {own.map((sentence) => (
              <label key={sentence.from}>
                <input
                  type="checkbox"
                  checked={spans.some((span) => isSame(span, sentence))}
                  onChange={(event) => toggle(sentence, event.target.checked)}
                />
                <span dir="auto">{sentence.quote}</span>
              </label>
            ))}
            {others
              .filter((span) => span.side === side)
              .map((span) => (
                <label key={`${span.from} ${span.to}`}>
                  <input type="checkbox" checked onChange={() => toggle(span, false)} />
                  <span dir="auto">
                    {t('mark.selected', { quote: spanOf(text, side, span.from, span.to).quote })}
                  </span>
                </label>
              ))}
          </fieldset>
        ))}
      </div>
      <div className="button-row">
        <button type="button" className="primary" onClick={onClose}>
          {t('mark.done')}
        </button>
      </div>
    </Dialog>
  );
}
