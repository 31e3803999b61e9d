/** Why a row is as it is: the finding in full, kept up to date. */
import type { Cell } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Stop } from '../../ports/sink.ts';
import { whySections } from '../../resources/why.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSource } from '../text/text-pane.ts';
import { Inquiry } from './inquiry.ts';
import { sectionLines } from './sections.ts';

/** Ages in the text are written anew, and rules are asked anew, this often (ms). */
const TICK_MS = 1000;

const READING: Cell = [['reading what there is…', 'muted']];

/** Opens the answer to why a row is as it is. */
export function openWhy(
  host: PaneHost,
  def: RowResource,
  connection: UiConnection,
  row: BaseRow,
): Pane {
  return new TextPane({
    host,
    title: 'Why',
    subject: `${def.singular} ${row.namespace === '' ? '' : `${row.namespace}/`}${row.name}`,
    crumb: 'why',
    connection,
    file: `why-${def.singular}-${row.name}.txt`,
    source: whySource(host, def, connection, row),
  });
}

function whySource(
  host: PaneHost,
  def: RowResource,
  connection: UiConnection,
  first: BaseRow,
): TextSource {
  let row = first;
  return {
    start: (sink): Stop => {
      const { store } = connection;
      let cancelTick: Stop = () => undefined;
      const show = (): void => {
        row = store.get(def.table, row.uid) ?? row;
        const finding = inquiry.answer(row);
        const ctx = { now: store.now(), time: host.settings.time };
        if (finding !== null) sink.text(sectionLines(whySections(finding, ctx), false));
        else if (inquiry.isReading) sink.notice([READING]);
        else sink.text(sectionLines([nothingFound(def, row, connection)], false));
        sink.badge(finding !== null && inquiry.isReading ? [['reading…', 'muted']] : null);
      };
      const tick = (): void => {
        show();
        cancelTick = host.clock.after(TICK_MS, tick);
      };
      const inquiry = new Inquiry(def, connection, host.clock, show);
      const release = connection.need([def.table]);
      tick();
      return () => {
        cancelTick();
        inquiry.stop();
        release();
      };
    },
  };
}

/** What its row says, where no rule knows a cause. */
function nothingFound(def: RowResource, row: BaseRow, { store }: UiConnection) {
  const { level, cause } = def.health(row, { now: store.now(), time: 'age' });
  const lines: Cell[] =
    row.gone > 0
      ? [`this ${def.singular} is gone; d tells how it was`]
      : level === 'ok'
        ? [`nothing is wrong with this ${def.singular} that the cluster tells`]
        : [cause === '' ? 'no cause is known' : cause, [['d describes it', 'muted']]];
  return { title: 'Why', lines };
}
