/** Puts long replies together and parses them where that holds up nothing but itself. */
import type { ParsedReply, ReplyPart } from './reply-part.ts';

interface Begun {
  readonly decoder: TextDecoder;
  text: string;
}

const begun = new Map<number, Begun>();

function parseReply({ decoder, text }: Begun): Pick<ParsedReply, 'value' | 'isJson'> {
  try {
    return { value: JSON.parse(text + decoder.decode()), isJson: true };
  } catch {
    return { value: null, isJson: false };
  }
}

self.addEventListener('message', ({ data: { id, bytes } }: MessageEvent<ReplyPart>) => {
  const reply = begun.get(id) ?? { decoder: new TextDecoder(), text: '' };
  if (bytes !== null) {
    reply.text += reply.decoder.decode(bytes, { stream: true });
    begun.set(id, reply);
    return;
  }
  begun.delete(id);
  self.postMessage({ id, ...parseReply(reply) } satisfies ParsedReply);
});
