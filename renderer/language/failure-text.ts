/** What a failure means to a rater. English has the host's own words, which say more. */
import i18next from 'i18next';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { ErrorCode } from '../../shared/errors/errors.ts';
import { type ErrorValues, fillText, partsOf } from '../../shared/errors/messages.ts';
import type { LanguageCode } from '../../shared/study/settings.ts';
import { arErrors } from './errors/ar.ts';
import { deErrors } from './errors/de.ts';
import type { ErrorTexts } from './errors/error-texts.ts';

export const FAILURE_TEXTS: Readonly<
  Record<Exclude<LanguageCode, 'en'>, Readonly<Record<ErrorCode, string>>>
> = {
  de: {
    invalid_input: 'Diese Angabe passt nicht zur Studie. Nichts wurde gespeichert.',
    unknown_method: 'Das kann dieses Touchstone nicht. Ist es älter als die Seite?',
    unauthorized:
      'Dieses Fenster hat keinen Schlüssel zum Speicher: Touchstone wurde inzwischen neu gestartet, oder in einem anderen Browser. Öffnen Sie in diesem Browser die Adresse, die es jetzt anzeigt; dieses Fenster macht dann von selbst weiter, und nichts darin geht verloren.',
    forbidden: 'Das ist hier nicht erlaubt.',
    too_large: 'Das ist zu groß.',
    not_found: 'Das gibt es nicht mehr.',
    already_exists: 'Das gibt es schon.',
    conflict: 'Das ging nicht, weil sich inzwischen etwas geändert hat. Nichts wurde gespeichert.',
    import_failed: 'Der Import ist gescheitert. Nichts wurde geändert.',
    cancelled: 'Das wurde abgebrochen.',
    study_blinded: 'Diese Studie ist noch blind.',
    session_taken_over:
      'Die Arbeit wurde in einem anderen Fenster fortgesetzt. Jede gespeicherte Stimme ist sicher; hier können Sie weitermachen.',
    presentation_closed: 'Dieses Paar hat schon eine Stimme, die nicht mehr geändert werden kann.',
    nothing_to_undo: 'Es gibt keine Stimme, die zurückgenommen werden kann.',
    store_busy: 'Die Daten sind gerade belegt.',
    store_newer: 'Die Daten stammen von einem neueren Touchstone.',
    store_damaged: 'Die Daten sind beschädigt. Sagen Sie es der Leitung der Studie.',
    store_unavailable: 'Die Daten sind nicht erreichbar.',
    unsupported_here: 'Das geht in diesem Fenster nicht.',
    unreachable: 'Touchstone antwortet nicht.',
    internal: 'Etwas Unerwartetes ist geschehen. Sagen Sie es der Leitung der Studie.',
  },
  ar: {
    invalid_input: 'هذا لا يوافق قواعد الدراسة. لم يُسجَّل شيء.',
    unknown_method: 'هذه النسخة لا تعرف هذا الأمر. هل هي أقدم من الصفحة؟',
    unauthorized:
      'ليس لهذه النافذة مفتاح إلى المخزن: فقد أُعيد تشغيل البرنامج منذئذ، أو فُتح في متصفح آخر. افتح في هذا المتصفح العنوان الذي يعرضه الآن؛ عندئذ تتابع هذه النافذة من تلقاء نفسها، ولا يضيع منها شيء.',
    forbidden: 'هذا غير مسموح هنا.',
    too_large: 'هذا كبير جدًا.',
    not_found: 'لم يعد هذا موجودًا.',
    already_exists: 'هذا موجود من قبل.',
    conflict: 'تعذّر ذلك لأن شيئًا تغيّر في الأثناء. لم يُسجَّل شيء.',
    import_failed: 'فشل الاستيراد. لم يتغيّر شيء.',
    cancelled: 'أُلغي ذلك.',
    study_blinded: 'ما زالت هذه الدراسة معمّاة.',
    session_taken_over: 'استُؤنف العمل في نافذة أخرى. كل صوت مسجَّل محفوظ، ويمكنك المتابعة هنا.',
    presentation_closed: 'لهذا الزوج صوت لم يعد يمكن تغييره.',
    nothing_to_undo: 'لا يوجد صوت يمكن التراجع عنه.',
    store_busy: 'البيانات مشغولة الآن.',
    store_newer: 'البيانات من نسخة أحدث من التطبيق.',
    store_damaged: 'البيانات تالفة. أخبر القائم على الدراسة.',
    store_unavailable: 'لا يمكن الوصول إلى البيانات.',
    unsupported_here: 'هذا غير ممكن في هذه النافذة.',
    unreachable: 'التطبيق لا يجيب.',
    internal: 'حدث أمر غير متوقع. أخبر القائم على الدراسة.',
  },
};

export const ERROR_TEXTS: Readonly<Record<Exclude<LanguageCode, 'en'>, ErrorTexts>> = {
  de: deErrors,
  ar: arErrors,
};

/** A failure in the language that is spoken: in particular where the language can, else what its code means. */
export function failureText({
  code,
  message,
  key,
  values,
}: Pick<Failure, 'code' | 'message' | 'key' | 'values'>): string {
  const language = i18next.language as LanguageCode;
  if (language === 'en') return message;
  return textIn(ERROR_TEXTS[language], { key, values }) ?? FAILURE_TEXTS[language][code];
}

/** A message by its key; null where it, or a message in it, is not among the texts. */
function textIn(
  texts: Readonly<Record<string, Readonly<Record<string, string>>>>,
  { key, values = {} }: { readonly key: string; readonly values?: ErrorValues | undefined },
): string | null {
  const [room, name] = partsOf(key);
  const roomTexts = Object.hasOwn(texts, room) ? texts[room] : undefined;
  const text = roomTexts !== undefined && Object.hasOwn(roomTexts, name) ? roomTexts[name] : undefined;
  if (text === undefined) return null;
  let isWhole = true;
  const filled = fillText(text, values, (value) => {
    if (typeof value === 'number') return value.toLocaleString(i18next.language);
    if (typeof value === 'string') return apart(value);
    const inner = textIn(texts, value);
    isWhole &&= inner !== null;
    return inner ?? '';
  });
  return isWhole ? filled : null;
}

const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Data within a sentence that may run the other way: it turns nothing round but itself. */
function apart(value: string): string {
  return `\u2068${value.replace(DIRECTION_MARKS, '')}\u2069`;
}
