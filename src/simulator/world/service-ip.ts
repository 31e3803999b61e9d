import { hash, noise } from '../random.ts';
import type { World } from './world.ts';

/** An address of the service range that follows from the name. */
export function serviceIp(world: World, key: string): string {
  const [first = '172', second = '20'] = world.cluster.serviceCidr.split('.');
  const seed = hash(key);
  return `${first}.${second}.${Math.floor(noise(seed, 1) * 255)}.${1 + Math.floor(noise(seed, 2) * 253)}`;
}

/** A port of the range that nodes open for services, which follows from the name. */
export function nodePort(key: string): number {
  return 30_000 + Math.floor(noise(hash(key), 3) * 2_768);
}
