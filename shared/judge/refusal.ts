/** Replies that decline to judge, told by how they begin. It decides how a reply without a verdict is counted, never a verdict. */

const BEGINNINGS = [
  // English
  "(?:unfortunately,? |regretfully,? )?(?:i(?:'|’)?m (?:really |very |so |truly )?sorry|i am (?:really |very |so |truly )?sorry|(?:my )?apologies|i apologi[sz]e|i can(?:'|’)?t|i can ?not|i could ?n(?:o|'|’)t|i am (?:not able|unable)|i(?:'|’)m (?:not able|unable|not comfortable)|i am not comfortable|i won(?:'|’)?t|i will not|i must (?:decline|refuse)|i (?:decline|refuse)|i have to decline|as an? (?:ai|artificial intelligence|(?:large )?language model)\\b)",
  'sorry\\b',
  // German, Dutch, Nordic
  '(?:es )?tut mir leid|entschuldig|verzeih|(?:leider )?kann ich (?:nicht|das nicht|diese|dabei nicht|hierzu)|ich kann (?:dies|das|hier|dabei|dazu|leider|nicht|keine?\\b|ihnen (?:dabei|hier)|dir (?:dabei|hier))|ich darf (?:das |hier )?(?:nicht|keine)|als (?:ki|sprachmodell)\\b',
  '(?:het )?spijt me|helaas kan ik|ik kan (?:dit|hier|geen|niet)|tyvärr|jag kan inte|beklager|jeg kan ikke|desværre|valitettavasti|anteeksi',
  // Romance
  "(?:je suis |nous sommes )?(?:vraiment )?désolée?s?|je ne (?:peux|puis|suis pas en mesure)|je refuse|malheureusement,? je|en tant qu(?:e |(?:’|'))(?:ia|modèle)",
  'lo (?:siento|lamento)|(?:lamentablemente|desafortunadamente),? no puedo|no puedo|me disculpo|como (?:modelo|ia|inteligencia)',
  'desculp|sinto muito|lamento|(?:infelizmente,? )?(?:eu )?não posso|como (?:um )?modelo',
  'mi dispiace|mi scuso|spiacente|(?:purtroppo,? )?non posso|îmi pare rău',
  // Slavic, Turkish, others in Latin script
  'извините|простите|прошу прощения|(?:к сожалению,? )?я не (?:могу|буду)|как (?:ии|языковая)|вибачте|перепрошую|на жаль|я не можу',
  'przepraszam|przykro mi|niestety|nie mogę|omlouvám|bohužel|nemohu|sajnálom',
  'üzgünüm|özür dilerim|maalesef|xin lỗi|rất tiếc|tôi không thể|(?:mohon )?maaf\\b|saya tidak (?:dapat|bisa)',
  // Chinese, Japanese, Korean
  '(?:非常|很|十分|真的)?(?:抱歉|对不起|對不起|遗憾|遺憾|不好意思)|我(?:无法|無法|不能|没有办法|不便|拒绝|拒絕)|无法(?:评判|评价|回答|判断|比较)|無法(?:評判|評價|回答|判斷|比較)|作为(?:一个|一名)?(?:ai|人工智能|语言模型)|作為(?:一個)?(?:ai|人工智慧|語言模型)',
  '(?:大変|誠に)?申し訳|すみません|ごめんなさい|恐れ入りますが|残念ながら|お(?:答え|応え)(?:でき|する)',
  '죄송|미안|유감|(?:저는 )?(?:답변|판단|평가)할 수 없',
  // Arabic, Persian, Hebrew, Hindi, Thai, Greek
  '(?:أنا )?آسف|عذر|أعتذر|نأسف|(?:أنا )?لا (?:أستطيع|يمكنني)|متأسف|متاسف|ببخشید|نمی.?توانم|מצטער|סליחה|אני לא יכול|איני יכול',
  'क्षमा|माफ़|मुझे खेद|खेद है|ขออภัย|ขอโทษ|λυπάμαι|συγγνώμη|δεν μπορώ',
];

/** Marks and blanks only before the beginning: with other scripts every letter counts as one. */
const REFUSAL = new RegExp(`^[^\\p{L}\\p{N}]*(?:${BEGINNINGS.join('|')})`, 'iu');

/** Whether a text without a verdict says plainly that it will not give one. */
export function isRefusal(text: string): boolean {
  return REFUSAL.test(text.trimStart().slice(0, 400));
}
