/** Logs of a container, a pod, a workload or a service, in one cluster or several, as a pane. */
import type { Pane, PaneHost } from '../pane.ts';
import { LogPane } from './log-pane.ts';
import type { LogsOf } from './member.ts';
import type { LogSettings } from './settings.ts';

export { hasLogs, LOGGED } from './logged.ts';
export { fold as foldLine } from './fold.ts';
export { compilePattern } from './pattern.ts';
export { RUNS } from './runs.ts';
export { streamNames } from './stream-names.ts';
export type { LogMember, LogsOf } from './member.ts';
export type { LogSettings } from './settings.ts';

/** A pane that follows the logs of a target. */
export function openLogs(host: PaneHost, logs: LogsOf, settings: LogSettings): Pane {
  return new LogPane(host, logs, settings);
}
