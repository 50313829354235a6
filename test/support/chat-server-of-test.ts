import { afterEach, beforeEach } from 'vitest';
import { type ChatServer, startChatServer } from './chat-server.ts';

/** A chat server for each test of a file, under one name; closed after the test. To be asked for once, at the top of the file. */
export function chatServerOfEachTest(): ChatServer {
  let current: ChatServer;
  beforeEach(async () => {
    current = await startChatServer();
  });
  afterEach(() => current.close());
  return {
    get endpoint() {
      return current.endpoint;
    },
    get asked() {
      return current.asked;
    },
    get answered() {
      return current.answered;
    },
    mostOpen: () => current.mostOpen(),
    misbehave: (how) => current.misbehave(how),
    close: () => current.close(),
  };
}
