import type { Clock } from '../../core/clock.ts';
import { type AmiKind, releaseParameter } from '../../domain/ami-release.ts';
import { memory, type Memory } from './polling/memory.ts';
import type { Round } from './polling/round.ts';
import type { Reads } from './polling/table.ts';

/** Releases come about every week. */
const GOOD_FOR = 3_600_000;
/** Systems Manager tells so many parameters at once. */
const AT_ONCE = 10;

type Told = ReadonlyMap<string, string>;

/** The latest releases of AMIs, by the public parameters that name them. */
export interface AmiReleases {
  /** Asks for those that are not known, or were asked for an hour ago. */
  read(amis: readonly AmiKind[], round: Round): Promise<void>;
  /** Of an AMI: null where it is not known, empty where there is none. */
  of(ami: AmiKind): string | null;
}

/** A call an hour for ten kinds of image. */
export function amiReleases(aws: Reads<'ssm:GetParameters'>, clock: Clock): AmiReleases {
  /** By the names that are asked for at once. */
  let asked = new Map<string, Memory<Told>>();

  const ask = (Names: readonly string[]): Memory<Told> =>
    memory(clock, GOOD_FOR, async (signal) => {
      const { Parameters } = await aws.call('ssm:GetParameters', { Names }, signal);
      const told = new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
      return new Map(Names.map((name) => [name, told.get(name) ?? '']));
    });

  return {
    async read(amis, round) {
      const names = [...new Set(amis.map(releaseParameter))].filter((name) => name !== '').sort();
      const chunks = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, i) =>
        names.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
      );
      asked = new Map(
        chunks.map((chunk) => {
          const key = chunk.join(' ');
          return [key, asked.get(key) ?? ask(chunk)];
        }),
      );
      await Promise.all([...asked.values()].map((each) => each.read(round)));
    },
    of(ami) {
      const name = releaseParameter(ami);
      if (name === '') return '';
      for (const { value } of asked.values()) {
        const latest = value?.get(name);
        if (latest !== undefined) return latest;
      }
      return null;
    },
  };
}
