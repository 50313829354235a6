/** Whether lines without a fence around them are code. Such lines are shown as they are: in doubt nothing is markup. */

const MOST_LINES = 200;
const MOST_LENGTH = 160;

/** Lines that only code has. Each looks at a line of bounded length. */
const CODE = [
  // Ends as statements and blocks do.
  /[=(){}[\]<>].*[\w)\]}"'`];\s*(?:(?:\/\/|#|\/\*).*)?$/u,
  /[\w)\]>]\s*\{\s*(?:(?:\/\/|#|\/\*).*)?$/u,
  /^\s*[\w.]+(?:\+\+|--)?;$/u,
  /^\s*[)\]}]+[;,)]*\s*$/u,
  /^\s*[{[(]\s*$/u,
  // Python and the like: a block's head.
  /^\s*(?:async\s+)?(?:def|class|for|while|if|elif|else|try|except|finally|with|match|case)\b[^.!?]*:\s*(?:#.*)?$/u,
  /^\s*@\w[\w.]*(?:\(.*\))?\s*$/u,
  /^\s*(?:return|yield|raise|throw|assert|await|del|print|echo|export|set)\b.*[=()[\]{};_$]/u,
  /^\s*(?:return|pass|break|continue|end|fi|done|esac)\s*$/u,
  /^\s*(?:import\s+[\w.,* {}]+|from\s+[\w.]+\s+import\s.*|using\s+[\w.:]+;?|package\s+[\w.]+;?|#\s?(?:include|define|ifdef|ifndef|endif|pragma)\b.*|#!.*|use\s+[\w:{}, ]+;)\s*$/u,
  /^\s*(?:public|private|protected|static|const|let|var|val|function|func|fn|fun|struct|enum|interface|impl|template|typedef|void|int|char|float|double|bool|string|auto)\b.*[=(){};<>]/u,
  // Assignments, with types or without.
  /^\s*@?[\w.]+(?:\[[^\]]*\])*(?:\s*:\s*\w[\w.[\],]*)?\s*(?:[-+*/|&^%]|\*\*|\/\/|<<|>>|:|\?\?|\|\|)?=(?!=)\s*\S/u,
  // A call is all there is.
  /^\s*(?:await\s+)?[\w.$:]+(?:<\w*>)?\(.*\)\s*;?\s*(?:(?:#|\/\/).*)?$/u,
  /^\s*[\w.$]+\([^)]*$/u,
  // Keys and values of JSON.
  /^\s*"[^"]*"\s*:\s*\S/u,
  // SQL.
  /^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|FROM|WHERE|GROUP BY|ORDER BY|LEFT JOIN|INNER JOIN|JOIN|VALUES|LIMIT)\b/u,
  // Prompts and commands.
  /^\s*(?:>>>|\.\.\.)\s/u,
  /^\s*\$\s+[a-z]/u,
  /^\s*(?:sudo|pip3?|npm|npx|yarn|git|apt(?:-get)?|brew|docker|kubectl|curl|wget|chmod|mkdir|cd|rm|cp|mv)\s+[-\w./~$@:]+(?:\s+[-\w./~$@:="']+)*\s*$/u,
  // Paths of Windows, which escapes would eat.
  /^\s*[A-Za-z]:\\\S*\s*$/u,
];

/** Lines that code has, too. */
const NEITHER = /^\s*(?:#|\/\/|\/?\*|--|;|%|<!--|"""|'''|\}|\])|^\s{2,}\S|^\s*$/u;

/** Lines of lists, tables and quotes are never code, whatever stands in them. */
const MARKUP = /^\s*(?:[-*+]\s|\d{1,9}[.)]\s|\||>\s|#{2,6}\s)/u;

/** Whether at least half of the lines that can be told are code. */
export function looksLikeCode(lines: readonly string[]): boolean {
  let code = 0;
  let prose = 0;
  for (const whole of lines.slice(0, MOST_LINES)) {
    // Where a line is cut, it ends as no statement does.
    const line = whole.length > MOST_LENGTH ? `${whole.slice(0, MOST_LENGTH)}…` : whole;
    if (MARKUP.test(line)) prose++;
    else if (CODE.some((pattern) => pattern.test(line))) code++;
    else if (!NEITHER.test(line)) prose++;
  }
  return code > 0 && code >= prose;
}
