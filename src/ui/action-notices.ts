/** What running actions say, in the line at the bottom. */
import type { ActionNotice, ActionRunner } from '../actions/define.ts';
import type { Tone } from '../core/styled.ts';
import type { Stop } from '../ports/sink.ts';

/** How a notice's state looks. */
export const NOTICE_LOOK: Readonly<
  Record<ActionNotice['state'], readonly [glyph: string, tone: Tone]>
> = {
  working: ['…', 'info'],
  done: ['✓', 'good'],
  failed: ['✗', 'bad'],
  undone: ['↶', 'muted'],
};

/** Flashes each notice that is new or has changed, the newest last. */
export function followNotices(
  actions: ActionRunner,
  flash: (text: string, tone: Tone) => void,
): Stop {
  let seen = new Set(actions.notices);
  return actions.subscribe(() => {
    for (const notice of actions.notices) {
      // That an action was taken back is told by what took it back.
      if (seen.has(notice) || notice.state === 'undone') continue;
      const [glyph, tone] = NOTICE_LOOK[notice.state];
      const undo = notice.undo && notice.state !== 'working' ? ' · U undo' : '';
      flash(`${glyph} ${notice.text}${undo}`, tone);
    }
    seen = new Set(actions.notices);
  });
}
