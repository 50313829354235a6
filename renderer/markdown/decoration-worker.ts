/** Runs where an endless formula or a language's expressions hold up nothing but themselves. */
import { colourCode } from './colour-code.ts';
import type { Decoration, DecorationJob } from './decoration-node.ts';
import { setFormula } from './set-formula.ts';

function decorate(job: DecorationJob): Decoration {
  return job.kind === 'formula' ? setFormula(job.tex, job.isDisplay) : colourCode(job.text, job.language);
}

self.addEventListener('message', ({ data }: MessageEvent<DecorationJob>) => {
  let decoration: Decoration = null;
  try {
    decoration = decorate(data);
  } catch {
    // A fault of a library on some text: the text stays as it was written.
  }
  self.postMessage(decoration);
});
self.postMessage('ready');
