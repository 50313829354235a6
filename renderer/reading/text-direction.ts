const LETTER = /\p{Letter}/u;
const FROM_THE_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Which way a text runs: that of its first letter, from the left without one. The page around it may run the other way. */
export function textDirection(text: string): 'ltr' | 'rtl' {
  const letter = LETTER.exec(text)?.[0];
  return letter !== undefined && FROM_THE_RIGHT.test(letter) ? 'rtl' : 'ltr';
}
