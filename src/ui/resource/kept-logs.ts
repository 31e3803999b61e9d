/** The logs that CloudWatch keeps of a row, in the pane of logs. */
import type { BaseRow } from '../../domain/rows.ts';
import { keptLogs, type ConnectionCore } from '../../session/index.ts';
import { openLogs, type LogMember } from '../logs/index.ts';
import type { Workspace } from '../workspace.ts';
import { unasked } from './unasked.ts';
import type { RowResource } from './row-resource.ts';

/** Of what. */
export interface KeptLogsOf {
  readonly workspace: Workspace;
  readonly def: Pick<RowResource, 'kept' | 'singular'>;
  readonly row: BaseRow;
  /** The cluster that is asked about; null: it is not known. */
  readonly core: ConnectionCore | null;
}

/** Opens them, or says why there are none. */
export function openKeptLogs({ workspace, def, row, core }: KeptLogsOf): void {
  if (def.kept === undefined) {
    workspace.flash(`CloudWatch keeps no log of a ${def.singular}`, 'muted');
    return;
  }
  if (core?.eks == null || core.door === null) {
    workspace.flash(`CloudWatch cannot be asked: ${unasked(workspace)}`, 'warn');
    return;
  }
  const { cluster, store, eks, door, kube, title: name } = core;
  const logs = def.kept.of(row, store, eks);
  if ('none' in logs) {
    workspace.flash(logs.none, 'muted');
    return;
  }
  const member: LogMember = {
    ...{ cluster, name, refusal: '', needs: [] },
    tone: 'text',
    connection: workspace.session.connectionTo(cluster),
    part: keptLogs({ cluster, logs, eks, door, kube }),
  };
  const { advice, copies } = logs;
  const kept = { where: 'CloudWatch', advice, copies };
  const target = { title: logs.title, container: null, runs: 'current' } as const;
  workspace.open(
    openLogs(workspace, { ...target, members: [member], kept }, workspace.config.logs),
  );
}
