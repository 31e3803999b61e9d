/** Why a pod does not run, or not as it should. */
import type { PodRow } from '../../rows.ts';
import { firstOf, type Rule } from '../finding.ts';
import { unschedulable } from './unschedulable.ts';

export const whyPod: Rule<PodRow> = firstOf(unschedulable);
