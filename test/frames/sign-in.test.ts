/** Signing in to AWS from the screen. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SignInPort, SignInPrompt, SsoSession } from '../../src/ports/sign-in.ts';
import { Harness } from './harness.ts';

const session = (name: string, ...profiles: readonly string[]): SsoSession => ({
  name,
  startUrl: `https://${name}.awsapps.com/start`,
  region: 'eu-central-1',
  scopes: [],
  profiles,
});

/** Ways to sign in that the test answers for. */
function portOf(...sessions: readonly SsoSession[]) {
  const begun: {
    readonly session: SsoSession;
    readonly show: (prompt: SignInPrompt) => void;
    readonly done: (until: number) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const port: SignInPort = {
    sessions: () => Promise.resolve(sessions),
    signIn: (session, show, signal) =>
      new Promise((done, fail) => {
        begun.push({ session, show, done, fail });
        signal.addEventListener('abort', () => fail(signal.reason as Error));
      }),
  };
  return { port, begun };
}

async function start(port: SignInPort, columns = 80): Promise<Harness> {
  const harness = await Harness.start({ columns, rows: 24, signIn: port });
  onTestFinished(() => harness.quit());
  return harness;
}

const PROMPT = (now: number): SignInPrompt => ({
  url: 'https://device.sso.eu-central-1.amazonaws.com/?user_code=BCDF-GHJK',
  code: 'BCDF-GHJK',
  until: now + 600_000,
});

describe('L', () => {
  it('shows an address and a code, and goes back once they are confirmed', async () => {
    const { port, begun } = portOf(session('corp', 'dev', 'prod'));
    const harness = await start(port);
    await harness.press('L');
    expect(await harness.screen()).toContain('asking for a code…');
    begun[0]?.show(PROMPT(harness.clock.now()));
    await expect(await harness.screen()).toMatchFileSnapshot('./__frames__/sign-in-80x24.txt');
    begun[0]?.done(harness.clock.now() + 8 * 3_600_000);
    await harness.wait(100);
    const after = await harness.screen();
    expect(after).toContain('Pods(all)');
    expect(after).toContain('signed in to corp');
  });

  it('waits in the background, and says there what comes of it', async () => {
    const { port, begun } = portOf(session('corp', 'dev'));
    const harness = await start(port);
    await harness.press('L');
    begun[0]?.show(PROMPT(harness.clock.now()));
    await harness.press('esc');
    begun[0]?.fail(new Error('the code was not confirmed in time'));
    await harness.wait(100);
    const screen = await harness.screen();
    expect(screen).toContain('Pods(all)');
    expect(screen).toContain('not signed in: the code was not confirmed in time');
  });

  it('shows the same sign-in again, and begins another only once it is over', async () => {
    const { port, begun } = portOf(session('corp', 'dev'));
    const harness = await start(port);
    await harness.press('L');
    begun[0]?.show(PROMPT(harness.clock.now()));
    await harness.press('esc', 'L');
    expect(await harness.screen()).toContain('BCDF-GHJK');
    await harness.press('r');
    expect(begun).toHaveLength(1);
    begun[0]?.fail(new Error('refused'));
    await harness.wait(100);
    expect(await harness.screen()).toContain('✗ refused');
    await harness.press('r');
    expect(begun).toHaveLength(2);
    expect(await harness.screen()).toContain('asking for a code…');
  });

  it('is called off by x', async () => {
    const { port } = portOf(session('corp', 'dev'));
    const harness = await start(port);
    await harness.press('L', 'x');
    const screen = await harness.screen();
    expect(screen).toContain('Pods(all)');
    expect(screen).toContain('not signed in: called off');
  });

  it('lets one of several be chosen', async () => {
    const { port, begun } = portOf(session('corp', 'dev'), session('labs', 'lab'));
    const harness = await start(port);
    await harness.press('L');
    expect(await harness.screen()).toMatch(/corp .*dev/);
    await harness.press('down', 'enter');
    expect(begun.map(({ session: { name } }) => name)).toEqual(['labs']);
  });

  it('says that no profile signs in so', async () => {
    const harness = await start(portOf().port);
    await harness.press('L');
    expect(await harness.screen()).toContain('no profile of ~/.aws/config signs in by SSO');
  });

  it('copies the address, then the code', async () => {
    const { port, begun } = portOf(session('corp', 'dev'));
    const harness = await start(port, 120);
    await harness.press('L');
    begun[0]?.show(PROMPT(harness.clock.now()));
    await harness.press('c');
    expect(await harness.screen()).toContain(
      'copied address: https://device.sso.eu-central-1.amazonaws.com/?user_code=BCDF-GHJK',
    );
  });
});
