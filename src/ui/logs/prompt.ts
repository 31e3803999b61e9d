import { TOO_SLOW } from '../../core/pattern.ts';
import type { PromptTarget } from '../pane.ts';
import type { LogNarrowing } from './narrowing.ts';
import { compilePattern } from './pattern.ts';

/** What `/` asks for in a log pane: it filters as one types, and keeps what it showed on an error. */
export function logPrompt(narrowing: LogNarrowing): PromptTarget {
  const before = narrowing.pattern;
  return {
    mark: '/',
    initial: before?.source ?? '',
    history: 'logs',
    change: (text) => {
      const pattern = compilePattern(text);
      if (pattern !== null && 'error' in pattern) return pattern.error;
      const now = narrowing.pattern;
      narrowing.setPattern(pattern);
      if (pattern?.pattern.isTooSlow !== true) return '';
      narrowing.setPattern(now);
      return TOO_SLOW;
    },
    accept: () => undefined,
    cancel: () => narrowing.setPattern(before),
  };
}
