import { releasesOf } from './releases.ts';

/** What Bottlerocket is at. */
const BOTTLEROCKET = '1.54.0-8b2f6d1c';

/** The value of one of the parameters that AWS publishes; null where there is none of that name. */
export function publicParameter(name: string): string | null {
  const [, eks] =
    /^\/aws\/service\/eks\/optimized-ami\/(\d\.\d+)\/amazon-linux-2023\/(?:x86_64|arm64)\/(?:standard|nvidia)\/recommended\/release_version$/.exec(
      name,
    ) ?? [];
  if (eks !== undefined) return releasesOf(eks)[0] ?? null;
  const [, rocket] =
    /^\/aws\/service\/bottlerocket\/aws-k8s-(\d\.\d+)(?:-\w+)?\/(?:x86_64|arm64)\/latest\/image_version$/.exec(
      name,
    ) ?? [];
  return rocket !== undefined && releasesOf(rocket).length > 0 ? BOTTLEROCKET : null;
}
