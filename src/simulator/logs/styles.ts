import type { LogStyle } from '../world/profile.ts';
import { go, json, node, python } from './structured.ts';
import { coredns, kafka, klog, nginx, postgres, quiet, redis } from './servers.ts';
import { spring } from './spring.ts';
import type { Style } from './style.ts';

export const STYLES: Readonly<Record<LogStyle, Style>> = {
  nginx,
  json,
  spring,
  node,
  go,
  python,
  postgres,
  redis,
  kafka,
  coredns,
  klog,
  quiet,
};
