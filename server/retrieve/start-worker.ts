import { Worker } from 'node:worker_threads'

/** Compiled, a worker is a file beside this one; under tsx it is TypeScript, which Node 20's workers cannot load. */
export function startWorker(url: URL, workerData: unknown = undefined): Worker {
  if (import.meta.url.endsWith('.js')) {
    return new Worker(new URL(url.href.replace(/\.ts$/, '.js')), { workerData })
  }
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const file = JSON.stringify(url.href)
  return new Worker(`import(${tsx}).then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
    workerData,
  })
}
