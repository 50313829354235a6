/** Runs until done; the first Ctrl+C asks it to stop. */
export async function interruptible<Result>(
  run: (isCancelled: () => boolean) => Promise<Result>,
): Promise<Result> {
  let isCancelled = false;
  const stop = () => {
    isCancelled = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run(() => isCancelled);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
