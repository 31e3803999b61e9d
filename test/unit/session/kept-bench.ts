/** A log that CloudWatch keeps, and what reads it: what was written, what is asked for, what comes live. */
import { expect } from 'vitest';
import { arnKey } from '../../../src/domain/cluster-key.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { controlPlaneLine } from '../../../src/domain/kept-logs/control-plane.ts';
import type { AwsDoor } from '../../../src/ports/aws.ts';
import type { LogEvent } from '../../../src/ports/aws-shapes.ts';
import type { KeptLogs, LogPlace } from '../../../src/ports/kept-logs.ts';
import type { LiveUpdate } from '../../../src/ports/aws/logs-calls.ts';
import { keptLogs } from '../../../src/session/kept-feed.ts';
import { LogSession } from '../../../src/session/log-session.ts';
import type { Since } from '../../../src/session/log-stream.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

interface Asked {
  readonly logGroupName: string;
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly startTime: number;
  readonly endTime: number;
}

const EKS = {
  name: 'shop',
  arn: arnKey('arn:aws:eks:eu-central-1:111122223333:cluster/shop'),
  profile: '',
  region: 'eu-central-1',
};
export const NOW = Date.UTC(2026, 10, 24, 6);

const PLACE: LogPlace = {
  group: '/aws/eks/shop/cluster',
  searches: [{ streams: '', pattern: '' }],
  from: NOW - 86_400_000,
  until: null,
  read: controlPlaneLine,
  unless: 'turn it on',
};

export class KeptBench {
  readonly clock = new VirtualClock(NOW);
  readonly events: LogEvent[] = [];
  readonly asked: Asked[] = [];
  /** Why nothing can be read now. */
  fault: AwsFault | null = null;
  /** What sessions of Live Tail were asked for, and which ended. */
  readonly sessions: { readonly input: unknown; readonly signal: AbortSignal }[] = [];
  /** Why none can begin now. */
  liveFault: AwsFault | null = null;
  /** Sessions begin when it is over. */
  held: Promise<void> = Promise.resolve();
  /** What they are to say: each an update, or why it ended. */
  readonly #live: (LiveUpdate | AwsFault)[] = [];
  #hear: () => void = () => undefined;

  wrote(stream: string, ago: number, message: string): void {
    const timestamp = this.clock.now() - ago;
    const eventId = `${stream}${timestamp}${message}`;
    this.events.push({ logStreamName: stream, timestamp, message, eventId });
  }

  /** A session says something. */
  async says(said: LiveUpdate | AwsFault): Promise<void> {
    this.#live.push(said);
    this.#hear();
    await this.settle();
    await this.settle(500);
  }

  lines(...all: readonly (readonly [ago: number, message: string])[]): LiveUpdate {
    return {
      isSampled: false,
      events: all.map(([ago, message]) => ({
        ...{ logStreamName: 'kube-apiserver-1', timestamp: this.clock.now() - ago, message },
      })),
    };
  }

  /** Lets promises and the timers behind them run. */
  async settle(ms = 0): Promise<void> {
    for (let i = 0; i < 60; i++) await Promise.resolve();
    this.clock.advance(ms);
    for (let i = 0; i < 60; i++) await Promise.resolve();
  }

  open(place: Partial<LogPlace> = {}, since: Since = 'tail', capacity = 1000): LogSession {
    const logs: KeptLogs = {
      ...{ title: 't', namespace: '', advice: [], copies: [] },
      writers: [
        { pod: 'api', container: '', missing: '' },
        { pod: 'scheduler', container: '', missing: 'off' },
      ],
      find: () => Promise.resolve({ ...PLACE, ...place }),
    };
    const kube = { get: () => Promise.reject(new Error('none')) };
    const part = keptLogs({ cluster: EKS.arn, logs, eks: EKS, door: this.#door, kube });
    const target = { title: 't', container: null, runs: 'current' } as const;
    return new LogSession({ parts: [part], clock: this.clock, target, since, capacity });
  }

  readonly #door: AwsDoor = {
    scope: EKS,
    call: (action, input, signal): Promise<never> => {
      if (action === 'logs:StartLiveTail') return this.#begun(input, signal);
      expect(action).toBe('logs:FilterLogEvents');
      const given = input as unknown as Asked;
      this.asked.push(given);
      if (this.fault) return Promise.reject(this.fault);
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      const found = this.events
        .filter(({ timestamp }) => (timestamp ?? 0) >= given.startTime)
        .filter(({ timestamp }) => (timestamp ?? 0) <= given.endTime)
        .filter(({ logStreamName }) => logStreamName.startsWith(given.logStreamNamePrefix ?? ''))
        .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
      return Promise.resolve({ events: found, nextToken: '' } as never);
    },
  };

  #begun(input: unknown, signal?: AbortSignal): Promise<never> {
    if (this.liveFault) return Promise.reject(this.liveFault);
    this.sessions.push({ input, signal: signal ?? new AbortController().signal });
    return this.held.then(() => ({ updates: this.#said() }) as never);
  }

  async *#said(): AsyncGenerator<LiveUpdate> {
    for (;;) {
      const next = this.#live.shift();
      if (next instanceof AwsFault) throw next;
      if (next === undefined) await new Promise<void>((resolve) => (this.#hear = resolve));
      else yield next;
    }
  }
}
