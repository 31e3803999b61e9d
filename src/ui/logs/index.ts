/** Logs of a container, a pod, a workload or a service, as a pane. */
import type { LogTarget } from '../../session/index.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { LogPane } from './log-pane.ts';
import type { LogSettings } from './settings.ts';

export { hasLogs, LOGGED } from './logged.ts';
export type { LogSettings } from './settings.ts';
export type { LogTarget } from '../../session/index.ts';

/** A pane that follows the logs of a target. */
export function openLogs(
  host: PaneHost,
  connection: UiConnection,
  target: LogTarget,
  settings: LogSettings,
): Pane {
  return new LogPane(host, connection, target, settings);
}
