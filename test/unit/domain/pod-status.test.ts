import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../../src/domain/rows.ts';
import { container, pod, podOf } from './pods.ts';

const said = ({ status, ready, total }: PodRow): string => `${ready}/${total} ${status}`;

describe('the status of a pod, branch by branch as printPod', () => {
  it('is the phase where no container tells', () => {
    expect(said(podOf({ phase: 'Pending', main: [null] }))).toBe('0/1 Pending');
  });

  it("is the status's own reason before the phase", () => {
    expect(said(podOf({ phase: 'Failed', reason: 'Evicted', main: [null] }))).toBe('0/1 Evicted');
  });

  it('is SchedulingGated by the condition', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }];
    expect(said(podOf({ phase: 'Pending', conditions, main: [null] }))).toBe('0/1 SchedulingGated');
  });

  it('is Running with all containers ready', () => {
    const main = [container({ ready: true }), container({ ready: true })];
    expect(said(podOf({ main }))).toBe('2/2 Running');
  });

  it('does not count a ready container that is not running', () => {
    const main = [container({ ready: true, state: {} })];
    expect(said(podOf({ main }))).toBe('0/1 Running');
  });

  it('is what a container waits for', () => {
    const state = { waiting: { reason: 'CrashLoopBackOff' } };
    expect(said(podOf({ main: [container({ ready: true }), container({ state })] }))).toBe(
      '1/2 CrashLoopBackOff',
    );
  });

  it('takes the word of the first container that has one', () => {
    const first = container({ state: { waiting: { reason: 'ErrImagePull' } } });
    const second = container({ state: { waiting: { reason: 'CrashLoopBackOff' } } });
    expect(podOf({ main: [first, second] }).status).toBe('ErrImagePull');
  });

  it('passes over a wait without a reason', () => {
    expect(podOf({ phase: 'Pending', main: [container({ state: { waiting: {} } })] }).status).toBe(
      'Pending',
    );
  });

  it.each([
    [{ exitCode: 137, reason: 'OOMKilled' }, 'OOMKilled'],
    [{ exitCode: 1, reason: 'Error' }, 'Error'],
    [{ exitCode: 137, signal: 9 }, 'Signal:9'],
    [{ exitCode: 3 }, 'ExitCode:3'],
    [{ exitCode: 0 }, 'ExitCode:0'],
    [{ exitCode: 0, reason: 'Completed' }, 'Completed'],
  ])('is how a container ended: %j', (terminated, status) => {
    expect(podOf({ main: [container({ state: { terminated } })] }).status).toBe(status);
  });

  describe('with one container completed', () => {
    const done = container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } });
    const running = container({ ready: true });

    it('is Running where another runs and the pod is ready', () => {
      const conditions = [{ type: 'Ready', status: 'True' }];
      expect(said(podOf({ conditions, main: [done, running] }))).toBe('1/2 Running');
    });

    it('is NotReady where another runs and the pod is not ready', () => {
      expect(said(podOf({ main: [done, running] }))).toBe('1/2 NotReady');
    });

    it('is the failure where another failed', () => {
      const failed = container({ state: { terminated: { exitCode: 2, reason: 'Error' } } });
      expect(podOf({ phase: 'Failed', main: [done, failed] }).status).toBe('Error');
      const conditions = [{ type: 'Ready', status: 'False' }];
      expect(podOf({ conditions, main: [done, failed, running] }).status).toBe('Error');
    });

    it('is Completed where all are', () => {
      expect(said(podOf({ phase: 'Succeeded', main: [done, done] }))).toBe('0/2 Completed');
    });
  });

  describe('while init containers run', () => {
    const done = container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } });
    const waiting = (reason: string) => container({ state: { waiting: { reason } } });

    it('counts those that are done', () => {
      const init = [done, container(), null];
      expect(podOf({ phase: 'Pending', init, main: [waiting('PodInitializing')] }).status).toBe(
        'Init:1/3',
      );
      expect(
        podOf({ phase: 'Pending', init: [waiting('PodInitializing')], main: [null] }).status,
      ).toBe('Init:0/1');
    });

    it.each([
      [{ waiting: { reason: 'CrashLoopBackOff' } }, 'Init:CrashLoopBackOff'],
      [{ terminated: { exitCode: 1, reason: 'Error' } }, 'Init:Error'],
      [{ terminated: { exitCode: 137, signal: 9 } }, 'Init:Signal:9'],
      [{ terminated: { exitCode: 3 } }, 'Init:ExitCode:3'],
    ])('tells what is wrong with one: %j', (state, status) => {
      const row = podOf({ phase: 'Pending', init: [done, container({ state })], main: [null] });
      expect(row.status).toBe(status);
    });

    it('counts the restarts of init containers up to the one that is not done', () => {
      const failing = container({
        restarts: 4,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        last: { exitCode: 1, finishedAt: '2026-01-01T00:00:10Z' },
      });
      const row = podOf({
        phase: 'Pending',
        init: [failing, container({ restarts: 9 })],
        main: [null],
      });
      expect([row.restarts, row.lastRestart]).toEqual([4, Date.parse('2026-01-01T00:00:10Z')]);
    });

    it('is PodInitializing once they are done', () => {
      const row = podOf({ phase: 'Pending', init: [done], main: [waiting('PodInitializing')] });
      expect(row.status).toBe('PodInitializing');
    });

    it('forgets their restarts once they are done', () => {
      const restarted = container({ ...done, restarts: 3, state: { terminated: { exitCode: 0 } } });
      const row = podOf({ init: [restarted], main: [container({ ready: true, restarts: 1 })] });
      expect([row.status, row.restarts]).toEqual(['Running', 1]);
    });

    it('lets main containers speak where initialization was over before', () => {
      const conditions = [{ type: 'Initialized', status: 'True' }];
      const init = [container()];
      expect(said(podOf({ conditions, init, main: [container({ ready: true })] }))).toBe(
        '1/1 Init:0/1',
      );
      expect(podOf({ conditions, init, main: [waiting('CrashLoopBackOff')] }).status).toBe(
        'CrashLoopBackOff',
      );
    });
  });

  describe('with sidecars', () => {
    const sidecar = { restartPolicy: 'Always' };

    it('counts them, ready or not', () => {
      const up = container({ ...sidecar, started: true, ready: true });
      const down = container({ ...sidecar, started: true, ready: false });
      expect(said(podOf({ init: [up, down], main: [container({ ready: true })] }))).toBe(
        '2/3 Running',
      );
    });

    it('waits for one that has not started', () => {
      const starting = container({ ...sidecar, started: false });
      expect(said(podOf({ phase: 'Pending', init: [starting], main: [null] }))).toBe(
        '0/2 Init:0/1',
      );
    });

    it('keeps counting their restarts', () => {
      const last = { exitCode: 1, finishedAt: '2026-01-01T00:00:10Z' };
      const restarted = container({ ...sidecar, started: true, ready: true, restarts: 5, last });
      const row = podOf({ init: [restarted], main: [container({ ready: true, restarts: 2 })] });
      expect([row.restarts, row.lastRestart]).toEqual([7, Date.parse(last.finishedAt)]);
    });

    it('takes one that ended well for done', () => {
      const ended = container({ ...sidecar, state: { terminated: { exitCode: 0 } } });
      expect(said(podOf({ init: [ended], main: [container({ ready: true })] }))).toBe(
        '1/2 Running',
      );
    });
  });

  describe('being deleted', () => {
    const deleted = { deletionTimestamp: '2026-01-01T00:00:00Z' };

    it('is Terminating', () => {
      expect(said(podOf({ ...deleted, main: [container({ ready: true })] }))).toBe(
        '1/1 Terminating',
      );
    });

    it('is Unknown where its node is lost', () => {
      expect(podOf({ ...deleted, reason: 'NodeLost', main: [container()] }).status).toBe('Unknown');
    });

    it('stays what it was once it has ended', () => {
      const main = [container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } })];
      expect(podOf({ ...deleted, phase: 'Succeeded', main }).status).toBe('Completed');
    });
  });

  it('is empty, with no containers, for an object that is none', () => {
    expect(said(pod('nonsense'))).toBe('0/0 ');
  });
});
