import type { ActionNotice } from '../../actions/define.ts';
import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import { NOTICE_LOOK } from '../action-notices.ts';
import type { App } from '../app.ts';
import { TextPane } from '../text/text-pane.ts';

/** Opens the list of what actions did in this session, newest first. */
export function openNotices(app: App): void {
  const { connection } = app;
  if (!connection) {
    app.flash('not connected: no action so far', 'muted');
    return;
  }
  const { actions } = connection;
  app.open(
    new TextPane({
      host: app,
      title: 'Actions',
      subject: connection.title,
      crumb: 'actions',
      connection,
      file: 'actions.txt',
      source: {
        start: (sink) => {
          const show = (): void => {
            const { notices } = actions;
            const now = app.clock.now();
            if (notices.length === 0) sink.notice(['no action in this session so far']);
            else sink.text([...notices].reverse().map((notice) => noticeLine(notice, now)));
          };
          show();
          return actions.subscribe(show);
        },
      },
    }),
  );
}

function noticeLine({ state, text, at, undo }: ActionNotice, now: number): Cell {
  const [glyph, tone] = NOTICE_LOOK[state];
  return [
    [`${humanDuration(now - at).padStart(6)}  `, 'muted'],
    [`${glyph} `, tone],
    [text, 'text'],
    [undo ? '  · U undo' : '', 'accent'],
  ];
}
