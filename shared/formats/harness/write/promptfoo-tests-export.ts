/**
 * promptfoo's test cases: the judge under test is asked with `{{pair.prompt}}`, `{{pair.output_a}}`, `{{pair.output_b}}` and, where
 * there is one, `{{pair.reference}}`, and must reply with a letter.
 *
 * promptfoo makes more of a text than a text: a variable that opens with `file://` or `package:` is read or run, and braces in
 * one are filled in (`evaluatorHelpers.ts`, `renderPrompt`). Both are done to variables that are texts, so everything stands one
 * level deeper, where nothing is. What is expanded wherever it stands is told apart here: a template behind `file://`
 * (`util/file.ts`), everything outside of the variables, and a template of the environment, which is filled in, and with it any
 * program that stands in it run, where tests are pasted into a configuration (`renderEnvOnlyInObject`).
 */
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, letterOf, threeTexts } from './harness-exporter.ts';

const FILE = 'promptfoo-tests.json';

export const promptfooTestsExport: HarnessExporter = {
  name: 'promptfoo-tests',
  title: 'promptfoo test cases',
  isForChat: true,
  files: { [FILE]: 'json_array' },
  writer: (sink) => ({
    add: (pair) => {
      const { row, gold, split } = pair;
      const letter = letterOf(pair, sink);
      if (letter === null) return;
      leaveOutRest(row, sink, ['slices', 'reference']);
      leaveOutVoteFields(row, sink);
      const texts = threeTexts(pair, sink);
      if (texts === null) return;
      const { prompt, first, second } = texts;
      const reference = row.reference === undefined ? [] : [row.reference];
      if ([prompt, first, second, ...reference].some(isRenderedPath)) {
        sink.leaveOut(
          'pairs with a text that opens as a file’s address and holds a template: promptfoo would fill it in',
        );
        return;
      }
      if ([row.id, prompt, first, second, ...reference].some(readsEnvironment)) {
        sink.leaveOut(
          'pairs with a text that holds a template of the environment: promptfoo would fill it in where tests are pasted into a configuration',
        );
        return;
      }
      const slices = Object.entries(row.slices ?? {}).filter(
        ([, value]) => !isPath(value) && !readsEnvironment(value),
      );
      if (slices.length < Object.keys(row.slices ?? {}).length)
        sink.leaveOut('slices whose value promptfoo would read as a file or fill in');
      sink.write(FILE, {
        // A name that is a file's address would be read; a blank before it ends that.
        description: isPath(row.id) ? ` ${row.id}` : row.id,
        vars: {
          pair: {
            prompt,
            output_a: first,
            output_b: second,
            ...(row.reference === undefined ? {} : { reference: row.reference }),
          },
        },
        assert: [{ type: 'equals', value: letter }],
        metadata: {
          votes: gold.votes,
          agreeing: gold.agreeing,
          split,
          ...Object.fromEntries(slices.map(([name, value]) => [`slice.${name}`, value])),
        },
      });
    },
  }),
};

function isPath(text: string): boolean {
  return text.startsWith('file://');
}

/** Whether a text holds what promptfoo takes for a template of the environment, by its own two patterns. */
function readsEnvironment(text: string): boolean {
  const templates = text.match(/\{\{(?:[^}]|\}(?!\}))*\}\}/gu) ?? [];
  return templates.some((template) => /\benv\.|env\[/u.test(template));
}

/** Whether a text is one that promptfoo takes for the path of a file, and fills in wherever it stands. */
function isRenderedPath(text: string): boolean {
  return isPath(text) && /\{[{%#]/u.test(text);
}
