/**
 * Signs in to IAM Identity Center without a browser on this machine: the device authorization grant
 * (RFC 8628), as `aws sso login --use-device-code` does it. The token goes where the aws CLI keeps
 * its own, so that either tool can use what the other signed in.
 */
import {
  CreateTokenCommand,
  type CreateTokenResponse,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { shellWord } from '../../core/shell.ts';
import { sleep } from '../../core/sleep.ts';
import { sanitize } from '../../core/text.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import type { SignInPrompt, SsoSession } from '../../ports/sign-in.ts';
import { clientConfig } from './client-config.ts';
import { type AwsEnv, awsFolder, loadAwsFiles } from './config.ts';
import { answered, explain } from './explain.ts';
import { requireSafeEndpoint } from './service-settings.ts';
import { closeAgents, createAgents } from './http-agents.ts';

/** What signing in is made with. */
export interface SignInOptions {
  readonly clock: Clock;
  readonly env: AwsEnv;
  /** Writes a file of the user's that nobody else can read, in one step. */
  readonly keep: (path: string, text: string) => Promise<void>;
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
/** Between two questions (s) where the server says nothing, and by how much more it may ask for. */
const INTERVAL = 5;
const LONGEST_INTERVAL = 60;
/** A code is good for ten minutes; whatever a server says, nobody waits longer than this (s). */
const LONGEST = 3_600;
/** The last second that a date of four digits has. */
const LATEST = Date.UTC(9999, 11, 31) / 1000;
/** What people are to compare and to copy (characters). */
const LONGEST_CODE = 64;
const LONGEST_URL = 2_000;

/**
 * Resolves once somebody has confirmed it, with the moment (ms) until which it holds.
 * @param show is told where to confirm it
 * @throws AwsFault where it is refused, not confirmed in time, or cannot be asked for; the reason of
 * the signal where that is aborted
 */
export async function signIn(
  options: SignInOptions,
  session: SsoSession,
  show: (prompt: SignInPrompt) => void,
  signal: AbortSignal,
): Promise<number> {
  const { clock, env } = options;
  const scope = { profile: session.profiles[0] ?? '', region: session.region };
  const files = await loadAwsFiles(env);
  const agents = await createAgents(scope.profile, env, files);
  const config = clientConfig('sso-oidc', scope, env, files, agents);
  const client = new SSOOIDCClient(config);
  try {
    if (config.endpoint) requireSafeEndpoint(config.endpoint);
    const sent = { abortSignal: signal };
    const registered = await client.send(
      new RegisterClientCommand({
        clientName: 'ekscope',
        clientType: 'public',
        grantTypes: [DEVICE_CODE, 'refresh_token'],
        ...(session.scopes.length > 0 && { scopes: [...session.scopes] }),
      }),
      sent,
    );
    const { clientId, clientSecret } = registered;
    const device = await client.send(
      new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: session.startUrl }),
      sent,
    );
    const until = clock.now() + clamp(device.expiresIn, 1, LONGEST) * 1000;
    const plain = web(device.verificationUri);
    show({
      url: web(device.verificationUriComplete) || plain,
      code: sanitize(device.userCode ?? '').slice(0, LONGEST_CODE),
      until,
    });
    const token = await confirmed(
      () =>
        client.send(
          new CreateTokenCommand({
            clientId,
            clientSecret,
            grantType: DEVICE_CODE,
            deviceCode: device.deviceCode,
          }),
          sent,
        ),
      { interval: clamp(device.interval, 1, LONGEST_INTERVAL, INTERVAL), until },
      clock,
      signal,
    );
    if (!token.accessToken)
      throw new AwsFault('rejected', 'IAM Identity Center confirmed it and sent no token');
    const expires = clock.now() + clamp(token.expiresIn, 1, 90 * 86_400) * 1000;
    await options.keep(
      tokenFile(session, env),
      JSON.stringify({
        startUrl: session.startUrl,
        region: session.region,
        accessToken: token.accessToken,
        expiresAt: seconds(expires),
        clientId,
        clientSecret,
        registrationExpiresAt: seconds(
          clamp(registered.clientSecretExpiresAt, 0, LATEST, 0) * 1000,
        ),
        ...(token.refreshToken !== undefined && { refreshToken: token.refreshToken }),
      }),
    );
    return expires;
  } catch (error) {
    signal.throwIfAborted();
    throw inWords(error, session, config.endpoint ?? '');
  } finally {
    closeAgents(agents);
  }
}

/** Asks until somebody has decided. */
async function confirmed(
  ask: () => Promise<CreateTokenResponse>,
  { interval, until }: { readonly interval: number; readonly until: number },
  clock: Clock,
  signal: AbortSignal,
): Promise<CreateTokenResponse> {
  let pause = interval;
  while (clock.now() < until) {
    await sleep(pause * 1000, signal, clock);
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const code = nameOf(error);
      if (code === 'SlowDownException') pause = Math.min(pause + INTERVAL, LONGEST_INTERVAL);
      else if (code !== 'AuthorizationPendingException') throw error;
    }
  }
  throw late();
}

/** The SDK's name of an error. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const late = (): AwsFault =>
  new AwsFault('rejected', 'the code was not confirmed in time', 'begin again for a new one');

function inWords(error: unknown, session: SsoSession, endpoint: string): Error {
  const { name, startUrl, region, profiles } = session;
  switch (nameOf(error)) {
    case 'ExpiredTokenException':
      return late();
    case 'AccessDeniedException':
      return new AwsFault('rejected', 'the sign-in was refused where it was to be confirmed');
    case 'PrivateFileError':
      return error as Error;
  }
  const answer = answered(error);
  if (answer !== null && answer.status < 500) {
    const said = answer.message === '' ? answer.code : answer.message;
    return new AwsFault(
      'rejected',
      `IAM Identity Center does not begin a sign-in: ${said}`,
      `check sso_start_url (${startUrl}) and sso_region (${region}) of ${name} in ~/.aws/config`,
    );
  }
  const { kind, message, hint } = explain(error, {
    action: 'sso-oidc',
    profile: '',
    region,
    endpoint,
  });
  const otherwise = `aws sso login --profile ${shellWord(profiles[0] ?? '')} tries the same`;
  return new AwsFault(kind, message, [hint, otherwise].filter((part) => part !== '').join('; '));
}

/** Where the aws CLI and the SDKs look for the token of a session. */
function tokenFile({ name }: SsoSession, env: AwsEnv): string {
  const file = createHash('sha1').update(name).digest('hex');
  return join(awsFolder(env), 'sso', 'cache', `${file}.json`);
}

/**
 * An address to open in a browser, as a browser reads it: pasted somewhere else it is one word of one
 * line. Empty for whatever else a server may say.
 */
function web(text: string | undefined): string {
  const url = URL.parse(text ?? '');
  return url?.protocol === 'https:' && url.href.length <= LONGEST_URL ? url.href : '';
}

const seconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const clamp = (value: number | undefined, least: number, most: number, otherwise = most): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, value ?? 0)) : otherwise;
