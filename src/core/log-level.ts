import type { LogLevel } from './log-buffer.ts';
import { saidLevel } from './log-said.ts';
import { isErrorHead, isFrame } from './log-stack.ts';

/** How a line begins tells whether it is of an error (UTF-16 units). */
const HEAD = 240;

/** How severe a line says it is; empty where it does not. */
export const statedLevel = (text: string): LogLevel => saidLevel(text).level;

/**
 * How severe a line is by itself: as it says, or an error where it looks like one that a program
 * died of or caught.
 */
export function logLevel(text: string): LogLevel {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  // What an error says may have any word in it.
  if (isErrorHead(head)) return 'error';
  return statedLevel(text) || (isFrame(head) ? 'error' : '');
}
