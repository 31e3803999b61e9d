import type { AnyAction } from './define.ts';
import { restart } from './restart.ts';
import { scale } from './scale.ts';
import { scaleGroup } from './scale-group.ts';

/** Every action, in the order in which hints and help list them. */
export const ACTIONS: readonly AnyAction[] = [restart, scale, scaleGroup];
