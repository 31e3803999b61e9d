/** Why a pod does not run, or not as it should; what tells most is asked first. */
import type { PodRow } from '../../rows.ts';
import { firstOf } from '../finding.ts';
import { claimless } from './claims.ts';
import { crashed } from './crash.ts';
import { deviceless } from './devices.ts';
import { ended } from './ended.ts';
import { fargate } from './fargate.ts';
import { gated } from './gates.ts';
import { imageless } from './image.ts';
import { leaving } from './leaving.ts';
import { pulling } from './pulling.ts';
import { resizing } from './resizing.ts';
import { settingUp } from './setting-up.ts';
import { unheard } from './unheard.ts';
import { unmade } from './unmade.ts';
import { initializing, unready } from './unready.ts';
import { unstarted } from './unstarted.ts';
import { unschedulable } from './unschedulable.ts';

export const whyPod = firstOf<PodRow>(
  leaving,
  ended,
  gated,
  fargate,
  unschedulable,
  deviceless,
  claimless,
  unheard,
  imageless,
  unmade,
  settingUp,
  pulling,
  crashed,
  initializing,
  unstarted,
  unready,
  resizing,
);
