/** The text that enter opens on a row, or on a part of one. */
import type { Cell } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Whole } from '../../resources/enter.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { TextPane } from '../text/text-pane.ts';
import { WholeRow } from './whole.ts';
import type { RowResource } from './row-resource.ts';

/** What the text is of. */
export interface WholeTextOptions {
  readonly host: PaneHost;
  readonly connection: UiConnection;
  readonly def: RowResource;
  readonly row: BaseRow;
  /** What it is about, for title and crumb, e.g. `settings/app.yaml`. */
  readonly subject: string;
  readonly text: (whole: Whole<BaseRow>) => readonly Cell[];
}

/** Opens a text that is made from a row and the object behind it, and follows both. */
export function openWholeText({
  host,
  connection,
  def,
  row,
  subject,
  text,
}: WholeTextOptions): Pane {
  const whole = new WholeRow({ connection, def, uid: row.uid, needs: [], ofObject: true });
  return new TextPane({
    host,
    title: def.singular.charAt(0).toUpperCase() + def.singular.slice(1),
    subject,
    crumb: subject,
    connection,
    file: `${subject.replaceAll('/', '-')}.txt`,
    source: {
      start: (sink) => {
        const show = (): void => {
          const { status } = whole;
          const known = whole.whole;
          if (known) {
            sink.text(text(known));
            sink.badge(status.reason === '' ? null : [[status.reason, 'warn']]);
          } else if (status.reason === '') sink.notice([[[`fetching ${subject}…`, 'muted']]]);
          else sink.notice([[[status.reason, 'bad']], [[status.hint, 'muted']]]);
        };
        const unsubscribe = whole.changes.subscribe(show);
        const stop = whole.start();
        show();
        return () => {
          unsubscribe();
          stop();
          // What is not looked at is not kept: it may be secret.
          sink.text([]);
        };
      },
      run: (command) => {
        if (command !== 'refresh') return false;
        whole.refresh();
        return true;
      },
    },
  });
}
