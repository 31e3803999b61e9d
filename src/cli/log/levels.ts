import type { LogLevel } from '../../ports/log.ts';

/** Every level, the most urgent first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const satisfies readonly LogLevel[];
