import type { EventEmitter } from 'node:events';
import process from 'node:process';
import type { Terminal } from './terminal.ts';
import { isLost } from './tty.ts';

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Why the program ends from outside: a signal, or a terminal that is gone. */
export type EndReason = keyof typeof SIGNALS | 'lost';

/** The part of Node's `process` that the guards need. */
export type GuardedProcess = Pick<EventEmitter, 'on' | 'off'> & { exit(code: number): unknown };

/** What main does about an end; the terminal has been restored before. All of it must be synchronous. */
export interface ExitHooks {
  /** A bug, while the terminal is ours: true where it was told on the screen, and the program goes on. */
  onError?(error: unknown): boolean;
  /** A bug that ends it: print and log it. The program exits with 1. */
  onFatal(error: unknown): void;
  /** A quiet end: close logs. The program exits with 128 + the number of the signal. */
  onEnd?(reason: EndReason): void;
}

/**
 * Restores the terminal on exit, signals, errors that end the program and a lost session. Returns
 * the function that removes the guards.
 */
export function installExitGuards(
  terminal: Terminal,
  hooks: ExitHooks,
  streams: readonly { on(event: string, listener: (error?: unknown) => void): unknown }[] = [
    process.stdin,
    process.stdout,
  ],
  target: GuardedProcess = process,
): () => void {
  let ended = false;
  const end = (code: number, tell: () => void): void => {
    if (ended) return;
    ended = true;
    terminal.restore();
    try {
      tell();
    } finally {
      target.exit(code);
    }
  };
  const quiet = (reason: EndReason): void => {
    const code = reason === 'lost' ? SIGNALS.SIGHUP : SIGNALS[reason];
    end(code, () => hooks.onEnd?.(reason));
  };
  const fatal = (error: unknown): void => {
    if (isLost(error)) quiet('lost');
    else end(1, () => hooks.onFatal(error));
  };
  const uncaught = (error: unknown): void => {
    if (ended) return;
    if (isLost(error) || hooks.onError?.(error) !== true) fatal(error);
  };
  const listeners: Record<string, (error?: unknown) => void> = {
    exit: () => terminal.restore(),
    uncaughtException: uncaught,
    unhandledRejection: uncaught,
    SIGHUP: () => quiet('SIGHUP'),
    SIGTERM: () => quiet('SIGTERM'),
    // With the terminal in a child's hands, ctrl-c is for the child.
    SIGINT: () => {
      if (!terminal.isHandedOver) quiet('SIGINT');
    },
  };
  for (const [event, listener] of Object.entries(listeners)) target.on(event, listener);
  for (const stream of streams) {
    stream.on('error', fatal);
    stream.on('end', () => quiet('lost'));
  }
  return () => {
    ended = true;
    for (const [event, listener] of Object.entries(listeners)) target.off(event, listener);
  };
}
