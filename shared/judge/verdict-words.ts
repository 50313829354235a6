/** Words in which a verdict is wrapped or said, in the languages judges answer in. Each list is closed: “worse: A” must stay unread. */

/** “Verdict:”, “Final answer is”, “最终判决：” and their like before the verdict itself. */
const LABEL_WORDS = [
  'verdicts?|answer|winner|choice|decision|preference|judg(?:e)?ment|conclusion|rating|score|result|better (?:output|response|answer|one|assistant)|best (?:output|response|answer)',
  'endurteil|urteil|fazit|antwort|entscheidung|gewinner|sieger|wahl|ergebnis|bewertung|punktzahl|präferenz',
  'jugement|décision|réponse|choix|gagnante?|vainqueur|préférence|note|résultat',
  'veredicto|veredito|verdetto|juicio|julgamento|giudizio|decisión|decisão|decisione|conclusión|conclusão|conclusione|respuesta|resposta|risposta|elección|escolha|scelta|ganador|vencedora?|vincitore|vincitrice|puntuación|pontuação|punteggio|resultado|risultato|hotărâre|câștigător|răspuns',
  'oordeel|beslissing|besluit|conclusie|antwoord|keuze|winnaar|dom|utslag|beslut|slutsats|svar|vinnare|avgjørelse|vinder|konklusjon|konklusion|tuomio|vastaus|voittaja',
  'вердикт|решение|вывод|ответ|выбор|победитель|итог|оценка|рішення|висновок|відповідь|вибір|переможець|werdykt|decyzja|wniosek|odpowiedź|wybór|zwycięzca|ocena|verdikt|rozhodnutí|závěr|odpověď|vítěz',
  'karar|hüküm|sonuç|cevap|yanıt|seçim|kazanan|puan|phán quyết|kết luận|câu trả lời|quyết định|lựa chọn|người thắng|putusan|keputusan|kesimpulan|jawaban|pilihan|pemenang|skor|nilai',
  '(?:判决|判決|裁决|裁決|结论|結論|答案|选择|選擇|選択|胜者|勝者|获胜者|獲勝者|判断|判斷|评判|評判|判定|评价|評価|評決|结果|結果|回答|答え|评分|評分|得分|分数|分數|点数)(?:结果|結果)?',
  '판결|결론|판정|정답|답변|답|선택|승자|결과|평결|점수',
  'الحكم|القرار|النتيجة|الجواب|الإجابة|الفائز|الاختيار|حکم|رأی|نتیجه|پاسخ|برنده|פסק הדין|הכרעה|מסקנה|תשובה|המנצח|निर्णय|फैसला|फ़ैसला|उत्तर|निष्कर्ष|विजेता|คำตัดสิน|คำตอบ|ผู้ชนะ|ετυμηγορία|απόφαση|συμπέρασμα|απάντηση|νικητής',
  'bessere[rs]? (?:antwort|ausgabe|assistent|modell)|beste antwort|meilleure? (?:réponse|sortie|assistant|modèle)|mejor (?:respuesta|salida|asistente|modelo|opción)|melhor (?:resposta|saída|assistente|modelo|opção)|(?:risposta|opzione) migliore|migliore (?:risposta|opzione)|betere? (?:antwoord|uitvoer)|beste antwoord|лучш(?:ий|ая) (?:ответ|вариант|модель)|lepsza odpowiedź|daha iyi (?:yanıt|cevap)|더 (?:나은|좋은) (?:답변|응답|출력)',
  '(?:更好|较好|較好|更优|最佳|最好)的?(?:回答|答案|回复|回覆|输出|輸出|助手)|(?:より良い|より優れた|優れている|優れた)(?:回答|応答|答え|出力)',
].join('|');
const LABEL_BEFORE =
  'my|the|our|final|overall|so|therefore|thus|mein|meine|das|die|der|unser|endgültiges?|finales|abschließendes|gesamt|mon|ma|notre|le|la|l’|mi|el|il|mio|meu|minha|o|a|nuestra|finale|definitief|mijn|uiteindelijke|het|итоговый|итоговое|окончательный|окончательное|мой|moje|ostateczny|nihai|son|최종|나의|내';
const LABEL_AFTER =
  'finale?s?|définitifs?|définitive|definitiv[oa]s?|global|cuối cùng|akhir|النهائي|النهائية|نهایی|הסופי|הסופית';
export const LABEL = new RegExp(
  `^(?:(?:${LABEL_BEFORE})\\s{1,3}){0,3}(?:(?:我的|我们的|最终|最終|最后|最後|总体|综合|本次)的?){0,2}(?:${LABEL_WORDS})(?:\\s{1,3}(?:${LABEL_AFTER}))?[\\s*_"”]{0,4}(?:is|ist|lautet|est|es|è|é|są|jest|är|er|on|adalah|là|это|:|：|=>|->|→|⇒|=|＝|-|–|—|は|이다|은|는|是|为|為|هو|هي){1,3}[\\s*_"“]{0,4}`,
  'iu',
);

const NOUN_WORDS =
  'output|response|assistant|answer|option|model|candidate|system|reply|completion|ai|text|ausgabe|antwort|assistent|modell|kandidat|variante|sortie|réponse|modèle|candidat|salida|respuesta|asistente|opción|modelo|saída|resposta|assistente|opção|risposta|modello|opzione|uitvoer|antwoord|ответ|вывод|модель|вариант|ассистент|відповідь|odpowiedź|yanıt|cevap|çıktı|jawaban|câu trả lời|输出|輸出|回答|回复|回覆|答案|助手|选项|選項|选择|模型|系统|出力|応答|アシスタント|モデル|選択肢|응답|출력|답변|모델|어시스턴트|الإجابة|الرد|النموذج|المخرج|المساعد|پاسخ|תשובה|उत्तर';
const ARTICLE = "(?:the|die|das|der|la|le|el|il|a|o|de|het|l[’'])";
/** “Output ” before the letter of a place. */
export const NOUN = new RegExp(
  `^(?:${ARTICLE}\\s{0,3})?(?:${NOUN_WORDS})\\s{0,3}[:：#]?\\s{0,3}(?=[("'*_[（「]{0,3}[abＡＢ](?![\\p{Script=Latin}\\p{N}]))`,
  'iu',
);
/** The same nouns within a comparison, such as “Output A > Output B”. */
export const NOUNS_WITHIN = new RegExp(
  `(?:${NOUN_WORDS})\\s{0,3}(?=[ab](?![\\p{Script=Latin}\\p{N}]))`,
  'giu',
);
/** “ is better” behind it. */
export const AFTER =
  /(?:\s{1,3}(?:is\s{1,3}(?:the\s{1,3})?(?:slightly\s{1,3}|much\s{1,3}|clearly\s{1,3})?(?:better|best|winner)(?:\s{1,3}(?:one|output|response|answer))?|wins|ist\s{1,3}besser|gewinnt|est\s{1,3}meilleure?|es\s{1,3}mejor|gana|è\s{1,3}migliore|é\s{1,3}melhor|is\s{1,3}beter|лучше|jest\s{1,3}lepsz[ay]))$|\s{0,3}(?:的?(?:回答)?(?:更好|更优|更佳|胜出|勝出|获胜)|の方が(?:優れている|良い)|が(?:優れている|より良い)|(?:가|이) 더 (?:낫다|좋다|낫습니다|좋습니다))$/iu;

export const TIES: ReadonlySet<string> = new Set([
  ...[
    'c',
    'tie',
    'tied',
    'a tie',
    'it is a tie',
    'it’s a tie',
    "it's a tie",
    'draw',
    'a draw',
    'equal',
    'both good',
  ],
  ...[
    'c: tie',
    'c (tie)',
    'tie (c)',
    'a=b',
    'b=a',
    'a = b',
    'neither is better',
    'no preference',
    'equally good',
    'both are equally good',
  ],
  ...[
    'gleichstand',
    'unentschieden',
    'gleich gut',
    'gleichwertig',
    'égalité',
    'ex æquo',
    'ex aequo',
    'match nul',
  ],
  ...[
    'empate',
    'pareggio',
    'parità',
    'gelijkspel',
    'gelijk',
    'oavgjort',
    'uavgjort',
    'uafgjort',
    'tasapeli',
    'remis',
  ],
  ...['remíza', 'ничья', 'нічия', 'berabere', 'beraberlik', 'seri', 'imbang', 'hòa', 'egalitate', 'ισοπαλία'],
  ...['平局', '平手', '持平', '一样好', '一樣好', '同样好', '引き分け', '同等', '무승부', '동점'],
  ...['تعادل', 'مساوی', 'תיקו', 'बराबर', 'बराबरी', 'เสมอ'],
]);
export const BOTH_BAD: ReadonlySet<string> = new Set([
  ...['d', 'both bad', 'both_bad', 'both-bad', 'bothbad', 'both are bad', 'tie (bothbad)', 'beide schlecht'],
  ...[
    'les deux mauvais',
    'les deux sont mauvais',
    'ambas malas',
    'ambos malos',
    'ambas ruins',
    'entrambe cattive',
  ],
  ...[
    'обе плохие',
    'оба плохие',
    '都不好',
    '都很差',
    '两个都不好',
    '两者都不好',
    'どちらも悪い',
    '둘 다 나쁨',
    'كلاهما سيئ',
  ],
]);
