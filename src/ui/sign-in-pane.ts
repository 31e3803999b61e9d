/** Signing in from the screen: an address and a code, confirmed in a browser wherever there is one. */
import { humanDuration } from '../core/duration.ts';
import type { Cell, Tone } from '../core/styled.ts';
import { reasonOf } from '../core/words.ts';
import type { SsoSession } from '../ports/sign-in.ts';
import type { SignInState } from '../session/index.ts';
import type { Pane, PaneHost } from './pane.ts';
import type { SignIns, UiConnection } from './session.ts';
import { everyTick } from './ticking.ts';
import { TextPane } from './text/text-pane.ts';

/** What signing in may ask, beside what every pane may. */
export interface SignInHost extends PaneHost {
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  readonly signIns: SignIns;
  readonly navigator: { readonly top: Pick<Pane, 'profile'> | null };
  /** Says what belongs to no pane. */
  tell(text: string, tone: Tone): void;
}

/**
 * Begins to sign in by the session of the cluster's profile, or the one that is chosen. Where no
 * profile signs in so, what else can be done is said.
 */
export async function openSignIn(host: SignInHost): Promise<void> {
  const { connection, signIns } = host;
  const profile = host.navigator.top?.profile ?? connection?.eks?.profile ?? '';
  let sessions: readonly SsoSession[];
  try {
    sessions = await signIns.sessions(profile);
  } catch (error) {
    host.flash(reasonOf(error), 'bad');
    return;
  }
  const [first, ...others] = sessions;
  if (first === undefined) {
    const hint = connection?.health.hint ?? '';
    host.flash(hint === '' ? 'no profile of ~/.aws/config signs in by SSO' : hint, 'info');
    return;
  }
  if (others.length === 0 || first.profiles.includes(profile)) begin(host, first);
  else {
    const items = sessions.map(({ name, profiles }) => ({
      id: name,
      title: name,
      detail: profiles.join(', '),
      disabled: '',
    }));
    host.overlays.showChoice('Sign in', items, (id) => {
      const chosen = sessions.find(({ name }) => name === id);
      if (chosen !== undefined) begin(host, chosen);
    });
  }
}

function begin(host: SignInHost, session: SsoSession): void {
  const { signIns, clock } = host;
  const state = (): SignInState => signIns.state(session) ?? { stage: 'asking' };
  const again = (): void => {
    if (!signIns.begin(session)) return;
    const stop = signIns.subscribe(() => {
      const now = state();
      if (now.stage === 'done') host.tell(`signed in to ${session.name}`, 'good');
      else if (now.stage === 'failed') host.tell(`not signed in: ${now.reason}`, 'bad');
      else return;
      stop();
    });
  };
  again();
  host.open(
    new TextPane({
      host,
      title: 'Sign in',
      subject: session.name,
      crumb: 'sign in',
      connection: host.connection,
      layers: ['signin'],
      file: 'sign-in.txt',
      copies: () => {
        const now = state();
        if (now.stage !== 'waiting') return [];
        const { url, code } = now.prompt;
        return [
          { label: 'address', text: url },
          { label: 'code', text: code },
        ].filter(({ text }) => text !== '');
      },
      source: {
        start: (sink) => {
          const show = (): void => sink.text(paneLines(session, state(), clock.now()));
          show();
          const stops = [
            signIns.subscribe(() => {
              show();
              // It is shown for as long as this is subscribed: there is nothing more to see.
              if (state().stage === 'done') host.back();
            }),
            everyTick(clock, show),
          ];
          return () => stops.forEach((stop) => stop());
        },
        run: (command) => {
          if (command === 'signin.again') again();
          else if (command === 'signin.stop') {
            signIns.cancel(session);
            host.back();
          } else return false;
          return true;
        },
      },
    }),
  );
}

function paneLines(session: SsoSession, state: SignInState, now: number): readonly Cell[] {
  const { startUrl, region, profiles } = session;
  const who: readonly Cell[] = [
    [
      ['IAM Identity Center  ', 'muted'],
      [`${startUrl} · ${region}`, 'text'],
    ],
    [
      ['Profiles             ', 'muted'],
      [profiles.join(', '), 'text'],
    ],
    '',
  ];
  switch (state.stage) {
    case 'asking':
      return [...who, [['asking for a code…', 'info']]];
    case 'waiting': {
      const { url, code, until } = state.prompt;
      const left = humanDuration(Math.max(0, until - now));
      return [
        ...who,
        'Open this address in a browser, on any machine:',
        '',
        [[`  ${url}`, 'accent']],
        '',
        'Confirm there only if it shows this code:',
        '',
        [[`  ${code}`, 'strong']],
        '',
        [[`waiting for it · the code is good for ${left}`, 'info']],
        [['c copies the address · esc leaves it waiting · x calls it off', 'muted']],
      ];
    }
    case 'done':
      return [
        ...who,
        [[`✓ signed in for ${humanDuration(state.until - now)}`, 'good']],
        [['everything is asked again', 'muted']],
      ];
    case 'failed':
      return [
        ...who,
        [[`✗ ${state.reason}`, 'bad']],
        ...(state.hint === '' ? [] : [[[state.hint, 'muted']] satisfies Cell]),
        '',
        [['r begins again · esc leaves', 'muted']],
      ];
  }
}
