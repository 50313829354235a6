/** Runs until done; the first Ctrl+C calls `stop`, which asks it to end. */
export async function interruptible<Result>(stop: () => void, run: () => Promise<Result>): Promise<Result> {
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run();
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
