/**
 * Reads the stream that the program begins with, all pods in protobuf, and only counts its bytes:
 * what the server and the wire take by themselves.
 */
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

const PATH =
  '/api/v1/pods?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
const ACCEPT = 'application/vnd.kubernetes.protobuf;stream=watch';
/** Stands in the bookmark that ends the initial events. */
const END = 'k8s.io/initial-events-end';

/** @returns how long it took (ms), and how much came (bytes) */
export async function readUnread(
  kubeconfig: string,
): Promise<{ readonly ms: number; readonly bytes: number }> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const options: https.RequestOptions = { headers: { Accept: ACCEPT } };
  await config.applyToHTTPSOptions(options);
  const url = new URL(PATH, config.getCurrentCluster()?.server);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = https.get(url, options, (response) => {
      let bytes = 0;
      // What it ends with may come in two pieces.
      let before: Buffer = Buffer.alloc(0);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        const isEnd =
          chunk.includes(END) ||
          Buffer.concat([before, chunk.subarray(0, END.length)]).includes(END);
        before = chunk.subarray(-END.length);
        if (!isEnd) return;
        request.destroy();
        resolve({ ms: performance.now() - began, bytes });
      });
      response.on('end', () => {
        reject(
          new Error(`the stream ended after ${bytes} bytes, status ${response.statusCode ?? 0}`),
        );
      });
    });
    request.on('error', reject);
  });
}
