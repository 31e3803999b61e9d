import { parseArgs } from 'node:util';
import { findScenario } from './scenarios/index.ts';
import { SCENARIO_NAMES } from './scenarios/names.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly nodes: number;
  readonly pods: number;
  /** How much faster than the wall. */
  readonly speed: number;
  /** Added to every answer, in ms. */
  readonly latency: number;
  /** Where the CA and the kubeconfig go; null: a directory that is removed at the end. */
  readonly dir: string | null;
  /** End when stdin ends, that is with the parent. */
  readonly followStdin: boolean;
}

/** Reads the command line. @throws {Error} in words for the user */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: '1' },
      scenario: { type: 'string', default: 'steady' },
      nodes: { type: 'string' },
      pods: { type: 'string', default: '1000' },
      speed: { type: 'string', default: '1' },
      latency: { type: 'string', default: '0' },
      dir: { type: 'string' },
      'follow-stdin': { type: 'boolean', default: false },
    },
  });
  const scenario = findScenario(values.scenario);
  if (!scenario) {
    throw new Error(`unknown scenario "${values.scenario}": one of ${SCENARIO_NAMES.join(', ')}`);
  }
  const pods = whole('pods', values.pods, 50, 100_000);
  return {
    seed: whole('seed', values.seed, 0, 2 ** 31 - 1),
    scenario,
    // A node for every 17 pods, as the shop has them.
    nodes:
      values.nodes === undefined
        ? Math.max(10, Math.round(pods * 0.06))
        : whole('nodes', values.nodes, 6, 5000),
    pods,
    speed: between('speed', values.speed, 0.1, 100),
    latency: whole('latency', values.latency, 0, 60_000),
    dir: values.dir ?? null,
    followStdin: values['follow-stdin'],
  };
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = between(name, text, min, max);
  if (!Number.isInteger(value)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return value;
}

function between(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw new Error(`--${name} must be between ${min} and ${max}, not "${text}"`);
}
