/** Signing in from the screen: an address and a code, confirmed in a browser wherever there is one. */
import { humanDuration } from '../core/duration.ts';
import type { Cell } from '../core/styled.ts';
import { reasonOf } from '../core/words.ts';
import type { SsoSession } from '../ports/sign-in.ts';
import type { SignInState } from '../session/index.ts';
import type { App } from './app.ts';
import { everyTick } from './ticking.ts';
import { TextPane } from './text/text-pane.ts';

/**
 * Begins to sign in by the session of the cluster's profile, or the one that is chosen. Where no
 * profile signs in so, what else can be done is said.
 */
export async function openSignIn(app: App): Promise<void> {
  const { connection, signIns } = app;
  const profile = connection?.eks?.profile ?? '';
  let sessions: readonly SsoSession[];
  try {
    sessions = await signIns.sessions(profile);
  } catch (error) {
    app.flash(reasonOf(error), 'bad');
    return;
  }
  const [first, ...others] = sessions;
  if (first === undefined) {
    const hint = connection?.health.hint ?? '';
    app.flash(hint === '' ? 'no profile of ~/.aws/config signs in by SSO' : hint, 'info');
    return;
  }
  if (others.length === 0 || first.profiles.includes(profile)) begin(app, first);
  else {
    const items = sessions.map(({ name, profiles }) => ({
      id: name,
      title: name,
      detail: profiles.join(', '),
      disabled: '',
    }));
    app.overlays.showChoice('Sign in', items, (id) => {
      const chosen = sessions.find(({ name }) => name === id);
      if (chosen !== undefined) begin(app, chosen);
    });
  }
}

function begin(app: App, session: SsoSession): void {
  const { signIns, clock } = app;
  const state = (): SignInState => signIns.state(session) ?? { stage: 'asking' };
  const again = (): void => {
    if (!signIns.begin(session)) return;
    const stop = signIns.subscribe(() => {
      const now = state();
      if (now.stage === 'done') app.tell(`signed in to ${session.name}`, 'good');
      else if (now.stage === 'failed') app.tell(`not signed in: ${now.reason}`, 'bad');
      else return;
      stop();
    });
  };
  again();
  app.open(
    new TextPane({
      host: app,
      title: 'Sign in',
      subject: session.name,
      crumb: 'sign in',
      connection: app.connection,
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
              if (state().stage === 'done') app.back();
            }),
            everyTick(clock, show),
          ];
          return () => stops.forEach((stop) => stop());
        },
        run: (command) => {
          if (command === 'signin.again') again();
          else if (command === 'signin.stop') {
            signIns.cancel(session);
            app.back();
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
