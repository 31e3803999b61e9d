import { expect, it } from 'vitest';
import { configSchema } from '../../../../src/config/schema.ts';
import { arnKey, contextKey } from '../../../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../../../src/domain/rows.ts';
import { IDLE } from '../../../../src/domain/status.ts';
import type { LogSink } from '../../../../src/ports/kube.ts';
import type { Pane } from '../../../../src/ui/pane.ts';
import { openRowLogs, type LoggedRows } from '../../../../src/ui/resource/row-logs.ts';
import type { RowResource } from '../../../../src/ui/resource/row-resource.ts';
import type { UiConnection } from '../../../../src/ui/session.ts';
import type { TableModel } from '../../../../src/ui/table/model.ts';
import type { Workspace } from '../../../../src/ui/workspace.ts';
import { plainPainter } from '../../../support/plain-painter.ts';
import { container, podRow } from '../../../support/rows.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

it('lines have the name of a cluster that is known by another key than it was reached by', () => {
  const clock = new VirtualClock();
  const pod = podRow({ name: 'api', containers: [container({ name: 'app' })] });
  const sinks: LogSink[] = [];
  const connected = (context: string): UiConnection =>
    ({
      cluster: contextKey(context),
      need: () => () => undefined,
      store: {
        rows: () => [pod],
        status: () => ({ ...IDLE, state: 'live', synced: true }),
        onChange: () => () => undefined,
      },
      kube: { clockOffset: null, logs: (_: unknown, sink: LogSink) => sinks.push(sink) },
    }) as unknown as UiConnection;
  const part = (context: string, cluster = contextKey(context)): LoggedRows => ({
    member: { cluster, name: context, connection: connected(context), refusal: '' },
    tone: 'cluster1',
    rows: [pod],
  });
  const opened: Pane[] = [];
  const workspace = {
    clock,
    painter: plainPainter,
    settings: { wide: false, time: 'age' },
    config: configSchema.parse({}),
    open: (pane: Pane) => opened.push(pane),
  } as unknown as Workspace;
  openRowLogs({
    workspace,
    def: {
      id: 'pods',
      singular: 'pod',
      table: 'pods',
      pods: () => () => true,
    } as unknown as RowResource,
    table: {} as unknown as TableModel<BaseRow>,
    // AWS told of it after it was connected to.
    parts: [
      part('prod', arnKey('arn:aws:eks:eu-central-1:123456789012:cluster/prod')),
      part('staging'),
    ],
    runs: 'current',
  });
  for (const sink of sinks) sink.lines([{ time: '', text: 'a line' }]);
  clock.advance(1000);
  const [pane] = opened;
  expect(pane?.paint({ columns: 80, rows: 10 }).lines).toEqual([
    ' prod    │ a line',
    ' staging │ a line',
  ]);
});
